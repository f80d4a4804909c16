using System.Diagnostics;

namespace LienThong.Architecture.Tests;

/// <summary>The repository the tests run in, as git sees it.</summary>
internal static class SourceTree
{
    /// <summary>Files git tracks or would track, relative to the root.</summary>
    public static IReadOnlyList<string> Files { get; } = List();

    public static string Read(string path) => File.ReadAllText(Repository.At(path));

    private static string[] List()
    {
        var start = new ProcessStartInfo("git", ["-C", Repository.Root, "ls-files", "--cached", "--others", "--exclude-standard"]) { RedirectStandardOutput = true, UseShellExecute = false };
        using Process git = Process.Start(start) ?? throw new InvalidOperationException("git doesn't start.");
        string[] files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return [.. files.Where(f => File.Exists(Repository.At(f)))];
    }
}
