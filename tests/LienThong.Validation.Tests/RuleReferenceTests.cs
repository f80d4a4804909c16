using System.Text;
using LienThong.Validation.Tests.Rules;
using LienThong.Validation.Tests.Rules.CrossTable;

namespace LienThong.Validation.Tests;

/// <summary>
/// Writes the rule reference and the examples of rules from the rules and their tests, and holds them against what is checked in.
/// After a change of the rules run the tests twice with LIENTHONG_UPDATE=1: first the examples change, then the pages that show them.
/// </summary>
public sealed class RuleReferenceTests
{
    [Fact]
    public void The_rule_reference_is_current()
    {
        string folder = Path.Combine(Repository.Root, "docs", "rules");
        KeyValuePair<string, string>[] pages = [.. RuleReference.Pages()];
        if (Repository.Updates)
        {
            Directory.CreateDirectory(folder);
            foreach (string old in Directory.GetFiles(folder)) File.Delete(old);
            foreach ((string name, string content) in pages) File.WriteAllText(Path.Combine(folder, name), content);
        }

        Assert.Equal(pages.Select(p => p.Key).Order(StringComparer.Ordinal), Directory.GetFiles(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        Assert.All(pages, p => Assert.Equal(p.Value, File.ReadAllText(Path.Combine(folder, p.Key))));
    }

    [Fact]
    public void The_examples_are_current()
    {
        string path = Path.Combine(Repository.Root, "src", "LienThong.Validation", "Data", "examples.csv");
        string expected = Examples();
        if (Repository.Updates) File.WriteAllText(path, expected);

        Assert.Equal(expected, File.ReadAllText(path));
    }

    [Fact]
    public void Every_rule_says_why_it_matters() => Assert.All(RuleCatalogue.All, r => Assert.NotEmpty(Reasons.Why(r.Code, r.Severity)));

    private static string Examples()
    {
        var all = new SortedDictionary<string, (string Fails, string Passes)>(StringComparer.Ordinal);
        foreach (RuleCase rule in RuleTests.Cases) all.TryAdd(rule.Code, Changes.Of(rule.Start, rule.Break, rule.Keep));
        foreach (LineCase rule in LineRuleTests.Cases) all.TryAdd(rule.Code, Changes.Of(rule.Start, rule.Break, rule.Keep));
        var text = new StringBuilder("code,fails,passes\n");
        foreach ((string code, (string fails, string passes)) in all)
        {
            if (fails.Length > 0) text.Append($"{code},{Quoted(fails)},{Quoted(passes)}\n");
        }

        return text.ToString();
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
