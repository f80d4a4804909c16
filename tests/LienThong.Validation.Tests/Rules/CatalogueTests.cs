namespace LienThong.Validation.Tests.Rules;

/// <summary>The catalogue of rules (<c>catalogue-codes.txt</c>, one code per line) against the rules this version judges.</summary>
public sealed class CatalogueTests
{
    // Codes of the catalogue that no rule judges yet: take a code out when its rule comes.
    private static readonly string[] Outstanding =
    [];

    private static readonly string[] Codes = [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "catalogue-codes.txt")).Where(l => l.Length > 0)];

    [Fact]
    public void Every_code_of_the_catalogue_is_judged_or_named_as_outstanding()
    {
        Assert.Equal(582, Codes.Distinct().Count());

        Assert.Equal(Outstanding.Order(StringComparer.Ordinal), Codes.Where(c => !IsJudged(c)).Order(StringComparer.Ordinal));
    }

    // Rules of our own, beside the catalogue.
    private static readonly string[] Own = ["REC-DUP-001"];

    [Fact]
    public void Every_rule_is_in_the_catalogue()
    {
        Assert.Equal(Own, RuleCatalogue.All.Select(r => r.Code).Except(Codes));
    }

    private static bool IsJudged(string code) => RuleCatalogue.Find(code) is not null;
}
