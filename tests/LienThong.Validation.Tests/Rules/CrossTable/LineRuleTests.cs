using LienThong.Standard;
using LienThong.Validation.Tests.Rules.Drugs;
using LienThong.Validation.Tests.Rules.Services;

namespace LienThong.Validation.Tests.Rules.CrossTable;

/// <summary>Every rule of drug lines, service lines and across tables: what breaks it breaks nothing else, and what is near by keeps it.</summary>
public sealed class LineRuleTests
{
    internal static readonly LineCase[] Cases = [.. DrugCases.All(), .. ServiceCases.All(), .. MoneyCases.All(), .. TableCases.All()];

    private static readonly string[] Lists = ["arv_drug", "tb_drug", "exam_service", "bed_service", "long_prescription_icd"];

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
    public void Broken_alone_and_at_its_cell(int index, string code, string at)
    {
        LineCase rule = Cases[index];

        List<Finding> ours = Ours(rule.Start, rule.Break);

        Finding? finding = ours.Find(f => f.Rule == code && f.At.ToString() == at);
        Assert.True(finding is not null, string.Join('\n', ours));
        Assert.Equal(rule.Severity, finding.Severity);
        Assert.DoesNotContain('{', finding.Message + finding.Fix);
        string[] others = [.. ours.Where(f => f.Severity > Severity.Info && f.Rule != code && !rule.Also.Split(' ').Contains(f.Rule)).Select(f => f.ToString())];
        Assert.Equal([], others);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Holds_for_the_record_near_by(int index, string code, string at)
    {
        List<Finding> ours = Ours(Cases[index].Start, Cases[index].Keep);

        Assert.DoesNotContain(ours, f => f.Rule == code && f.At.ToString() == at);
    }

    [Theory]
    [InlineData("outpatient")]
    [InlineData("referral")]
    public void Costs_without_any_line_are_one_mistake(string start)
    {
        RecordBuilder builder = CleanRecordTests.Build(start);
        foreach (TableId table in (TableId[])[TableId.Xml2, TableId.Xml3, TableId.Xml4]) builder.Rows(table).Clear();

        Assert.Equal(["REC-TABLE-001"], A.Judge(builder).Findings.Where(f => f.Severity > Severity.Info).Select(f => f.Rule));
    }

    [Fact]
    public void Every_rule_has_a_case()
    {
        string[] families = ["X2-", "X3-", "REC-", "AUD-"];
        HashSet<string> covered = [.. Cases.Select(c => c.Code), .. ListCases.All().Select(c => c.Code), .. Audit.AuditCases.All().Select(c => c.Code)];

        IEnumerable<string> missing = RuleBook.All.Where(r => r is not HistoryRule).Select(r => r.Code).Distinct()
            .Where(c => families.Any(f => c.StartsWith(f, StringComparison.Ordinal)) && !covered.Contains(c));

        Assert.Equal([], missing.Order(StringComparer.Ordinal));
    }

    private static List<Finding> Ours(string start, Action<RecordBuilder>? change)
    {
        RecordBuilder builder = CleanRecordTests.Build(start);
        change?.Invoke(builder);
        using Record record = builder.Build();
        var options = new ValidatorOptions { Lists = new CodeLists(Lists.Select(Marked)) };
        return [.. Validator.Create(options).Judge(record, A.Context).Findings.Where(f =>
            f.Rule.StartsWith("X2-", StringComparison.Ordinal) || f.Rule.StartsWith("X3-", StringComparison.Ordinal)
            || f.Rule.StartsWith("REC-", StringComparison.Ordinal) || f.Rule.StartsWith("AUD-", StringComparison.Ordinal))];
    }

    private static CodeList Marked(string name) => name switch
    {
        "exam_service" => Tests.Lists.Of(name, "K02.1910", "K03.1910"),
        "bed_service" => Tests.Lists.Of(name, "K02.1915"),
        "long_prescription_icd" => Tests.Lists.Of(name, "I10"),
        _ => Tests.Lists.Of(name, "40.154"),
    };
}
