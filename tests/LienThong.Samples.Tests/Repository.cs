namespace LienThong.Samples.Tests;

/// <summary>Finds the committed example packages.</summary>
internal static class Repository
{
    public static string Packages { get; } = Path.Combine(Root(), "samples", "packages");

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "LienThong.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("LienThong.slnx not found above the tests.");
    }
}
