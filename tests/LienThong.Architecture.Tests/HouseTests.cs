using System.Text.RegularExpressions;

namespace LienThong.Architecture.Tests;

/// <summary>What holds for every file of the repository.</summary>
public sealed partial class HouseTests
{
    private static readonly string[] TextEndings = [".cs", ".md", ".sql", ".csproj", ".props", ".targets", ".json", ".yml", ".razor", ".css", ".js", ".csv", ".sh", ".editorconfig", ".slnx"];

    [Fact]
    public void Nothing_committed_names_a_machine_path_or_a_registry()
    {
        foreach ((string file, string text) in Texts())
        {
            Match match = MachineWords().Match(text);
            Assert.False(match.Success, $"{file} holds «{match.Value}»");
        }
    }

    [Fact]
    public void No_work_is_left_behind_in_a_comment()
    {
        foreach ((string file, string text) in Texts().Where(t => t.File.EndsWith(".cs", StringComparison.Ordinal)))
        {
            Assert.False(Leftovers().IsMatch(text), $"{file} holds a leftover note");
            Assert.False(text.Contains("NotImplementedException", StringComparison.Ordinal) && !file.Contains("HouseTests", StringComparison.Ordinal), $"{file} isn't implemented");
        }
    }

    [Fact]
    public void README_shows_the_commands_that_CI_runs()
    {
        string readme = SourceTree.Read("README.md");
        string ci = SourceTree.Read(".ci/run");

        Assert.Contains("./lienthong demo", readme, StringComparison.Ordinal);
        Assert.Contains("./test", readme, StringComparison.Ordinal);
        Assert.Contains("./test", ci, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = SourceTree.Read("LienThong.slnx").Replace('\\', '/');
        foreach (string project in SourceTree.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) && !f.StartsWith("bench/", StringComparison.Ordinal)))
        {
            Assert.Contains(project, solution, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_private_key_or_token_is_committed()
    {
        string[] words = ["-----BEGIN " + "PRIVATE KEY", "-----BEGIN " + "RSA PRIVATE KEY", "-----BEGIN " + "ENCRYPTED PRIVATE"];
        foreach ((string file, string text) in Texts()) Assert.All(words, word => Assert.False(text.Contains(word, StringComparison.Ordinal), file));
        Assert.DoesNotContain(SourceTree.Files, f => f.EndsWith(".pfx", StringComparison.Ordinal) || f.EndsWith(".p12", StringComparison.Ordinal));
    }

    private static IEnumerable<(string File, string Text)> Texts() =>
        SourceTree.Files.Where(f => TextEndings.Any(e => f.EndsWith(e, StringComparison.Ordinal))).Select(f => (f, SourceTree.Read(f)));

    [GeneratedRegex("(?<![A-Za-z])/(work|root|tmp/h)/[a-z]|registry\\.npmjs|api\\.nuget\\.org|nuget\\.org/v3", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex MachineWords();

    [GeneratedRegex("//\\s*(TODO|FIXME|HACK|XXX)\\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Leftovers();
}
