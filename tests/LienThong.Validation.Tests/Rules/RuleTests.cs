namespace LienThong.Validation.Tests.Rules;

/// <summary>Every specific rule with a record that breaks it and one that doesn't.</summary>
public sealed class RuleTests
{
    private static readonly RuleCase[] Cases = [.. SummaryCases.All(), .. PaperCases.All(), .. CodeListCases.All()];

    public static TheoryData<int, string, string> All
    {
        get
        {
            var data = new TheoryData<int, string, string>();
            for (int i = 0; i < Cases.Length; i++) data.Add(i, Cases[i].Code, Cases[i].At);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Broken_points_at_the_cell(int index, string code, string at)
    {
        RuleCase rule = Cases[index];

        Judgement judgement = RuleCase.Judge(rule.Start, rule.Break, CodeListCases.Lists);

        Finding? finding = judgement.Findings.FirstOrDefault(f => f.Rule == code && f.At.ToString() == at);
        Assert.True(finding is not null, string.Join('\n', judgement.Findings));
        Assert.Equal(rule.Severity ?? finding.Severity, finding.Severity);
        Assert.True(finding.Severity <= RuleCatalogue.Find(code)!.Severity);
        Assert.DoesNotContain('{', finding.Message + finding.Fix);
        Assert.DoesNotContain("\"\"", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Holds_for_the_record_near_by(int index, string code, string at)
    {
        RuleCase rule = Cases[index];

        Judgement judgement = RuleCase.Judge(rule.Start, rule.Keep, CodeListCases.Lists);

        Assert.DoesNotContain(judgement.Findings, f => f.Rule == code && f.At.ToString() == at);
    }

    [Fact]
    public void Every_rule_of_these_tables_has_a_case()
    {
        string[] mine = ["X0-", "X1-", "X4-", "X5-", "X6-", "X7-", "X8-", "X9-", "X10-", "X11-", "X13-", "X14-", "X15-", "CAT-"];
        HashSet<string> covered = [.. Cases.Select(c => c.Code)];

        IEnumerable<string> missing = RuleBook.All.Select(r => r.Code).Distinct().Where(c => mine.Any(m => c.StartsWith(m, StringComparison.Ordinal)) && !covered.Contains(c));

        Assert.Equal([], missing);
    }

    [Fact]
    public void Every_implementation_has_its_catalogue_row_and_every_row_an_implementation()
    {
        HashSet<string> implemented = [.. RuleBook.All.Select(r => r.Code)];

        Assert.DoesNotContain(RuleCatalogue.All, r => !RuleBook.IsBuiltIn(r) && !implemented.Contains(r.Code));
        Assert.DoesNotContain(implemented, c => RuleCatalogue.Find(c) is null);
    }

    [Fact]
    public void Every_rule_says_where_it_comes_from()
    {
        foreach (RuleInfo rule in RuleCatalogue.All)
        {
            Assert.False(string.IsNullOrWhiteSpace(rule.LegalBasis), rule.Code);
            Assert.False(string.IsNullOrWhiteSpace(rule.MessageVi), rule.Code);
            Assert.False(string.IsNullOrWhiteSpace(rule.Sources), rule.Code);
        }
    }
}
