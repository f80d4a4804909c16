namespace LienThong.Validation.Tests;

/// <summary>Where the sources lie: generated pages are held against what is checked in.</summary>
internal static class Repository
{
    /// <summary>True when generated files are to be written anew instead of compared.</summary>
    public static bool Updates => Environment.GetEnvironmentVariable("LIENTHONG_UPDATE") == "1";

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LienThong.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests don't run inside the repository.");
    }
}
