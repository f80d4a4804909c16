using System.Text.RegularExpressions;

namespace LienThong.Architecture.Tests;

/// <summary>What the compiler lets pass in components of pages.</summary>
public sealed partial class PageComponentTests
{
    [Fact]
    public void No_member_is_handed_to_a_text_parameter_as_its_name()
    {
        // To a parameter of type string, Message="Message" hands the word and Message="@Message" the value.
        Dictionary<string, string> components = SourceTree.Files.Where(f => f.EndsWith(".razor", StringComparison.Ordinal) && !f.EndsWith("/_Imports.razor", StringComparison.Ordinal)).ToDictionary(f => f, SourceTree.Read);
        Dictionary<string, HashSet<string>> texts = components.ToDictionary(
            c => Path.GetFileNameWithoutExtension(c.Key), c => TextParameter().Matches(c.Value).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        List<string> wrong = [];
        foreach ((string file, string source) in components)
        {
            HashSet<string> members = Member().Matches(source).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
            foreach (Match use in Use().Matches(source))
            {
                if (!texts.TryGetValue(use.Groups["component"].Value, out HashSet<string>? known))
                    continue;
                wrong.AddRange(Attribute().Matches(use.Groups["attributes"].Value)
                    .Where(a => known.Contains(a.Groups["name"].Value) && members.Contains(a.Groups["value"].Value.Split('.')[0]))
                    .Select(a => $"{file}: <{use.Groups["component"].Value} {a.Value}>"));
            }
        }

        Assert.NotEmpty(texts["Pager"]);
        Assert.Empty(wrong);
    }

    [GeneratedRegex(@"\[Parameter[^\]]*\]\s*public\s+(required\s+)?string\??\s+(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TextParameter();

    [GeneratedRegex(@"\[\w*Parameter[^\]]*\]\s*public\s+(required\s+)?[^\s{;]+\s+(?<name>\w+)\s*\{", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Member();

    [GeneratedRegex(@"<(?<component>[A-Z]\w+)(?<attributes>(\s+[\w-]+=""[^""]*"")+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Use();

    [GeneratedRegex(@"(?<name>\w+)=""(?<value>[^""@]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Attribute();
}
