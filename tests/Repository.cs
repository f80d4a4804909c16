namespace LienThong.Tests;

/// <summary>Where the sources lie: examples are read from there, and what is generated is held against what is checked in.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>True when generated files are to be written anew instead of compared.</summary>
    public static bool Updates => Environment.GetEnvironmentVariable("LIENTHONG_UPDATE") == "1";

    /// <summary>A file or folder of it.</summary>
    public static string At(params ReadOnlySpan<string> path) => Path.Combine([Root, .. path]);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LienThong.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException("The tests don't run inside the repository.");
    }
}
