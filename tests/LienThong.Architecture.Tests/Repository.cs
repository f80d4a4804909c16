using System.Diagnostics;

namespace LienThong.Architecture.Tests;

/// <summary>The repository the tests run in, as git sees it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Files git tracks or would track, relative to the root.</summary>
    public static IReadOnlyList<string> Files { get; } = List();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LienThong.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException("The tests don't run inside the repository.");
    }

    private static string[] List()
    {
        var start = new ProcessStartInfo("git", ["-C", Root, "ls-files", "--cached", "--others", "--exclude-standard"]) { RedirectStandardOutput = true, UseShellExecute = false };
        using Process git = Process.Start(start) ?? throw new InvalidOperationException("git doesn't start.");
        string[] files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return [.. files.Where(f => File.Exists(Path.Combine(Root, f)))];
    }
}
