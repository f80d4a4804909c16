using LienThong.Gateway.Reports.Findings;
using LienThong.Standard;

namespace LienThong.Gateway.Tests.Reports;

public sealed class FindingGroupsTests
{
    [Fact]
    public void A_blocked_record_counts_once_whatever_the_number_of_findings()
    {
        FindingGroup group = Assert.Single(Group(FindingGrouping.Table, At(1, Severity.Block, 100), At(1, Severity.Block, 100), At(1, Severity.Warn, 30), At(2, Severity.Block, 100)));

        Assert.Equal(200, group.AtRisk);
        Assert.Equal(2, group.Records);
        Assert.Equal(4, group.Count);
    }

    [Fact]
    public void Rows_with_warnings_add_up_and_each_counts_once()
    {
        FindingGroup group = Assert.Single(Group(
            FindingGrouping.Table, At(1, Severity.Warn, 30), At(1, Severity.Warn, 20), At(1, Severity.Warn, 5) with { Row = 2 }, At(2, Severity.Warn, 7)));

        Assert.Equal(42, group.AtRisk);
    }

    [Fact]
    public void The_example_is_the_first_of_the_weightiest_and_what_blocks_stands_first()
    {
        IReadOnlyList<FindingGroup> groups = Group(
            FindingGrouping.Doctor, At(1, Severity.Info, null) with { Doctor = "A" }, At(1, Severity.Warn, null) with { Doctor = "A", Message = "nặng" }, At(1, Severity.Block, 1) with { Doctor = "B" });

        Assert.Equal(["B", "A"], groups.Select(g => g.Key));
        Assert.Equal("nặng", groups[1].Example.Message);
    }

    [Fact]
    public void Findings_of_the_automatic_audit_are_grouped_by_its_contents()
    {
        FindingGroups groups = new(FindingGrouping.Audit);
        groups.Add(At(1, Severity.Block, 1) with { Rule = "X1-MONEY-001" });
        groups.Add(At(1, Severity.Info, null) with { Rule = "NO-SUCH-RULE" });

        Assert.StartsWith("k) ", groups.Sorted()[0].Key, StringComparison.Ordinal);
        Assert.Equal("", groups.Sorted()[1].Key);
    }

    [Theory]
    [InlineData("rule", FindingGrouping.Rule)]
    [InlineData("Audit", FindingGrouping.Audit)]
    [InlineData("1", null)]
    [InlineData("weather", null)]
    public void Names_are_understood_or_not(string name, FindingGrouping? by) => Assert.Equal(by, FindingGroups.Parse(name));

    private static IReadOnlyList<FindingGroup> Group(FindingGrouping by, params FindingLine[] lines)
    {
        FindingGroups groups = new(by);
        foreach (FindingLine line in lines) groups.Add(line);
        return groups.Sorted();
    }

    private static FindingLine At(int hoso, Severity severity, decimal? vnd) => new()
    {
        Source = new FindingSource("a.xml", hoso, "", "", ""),
        Severity = severity,
        Rule = "R",
        Message = "",
        Fix = "",
        Table = "XML3",
        Row = 1,
        AtRisk = vnd,
    };
}
