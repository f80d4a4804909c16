using LienThong.Standard;

namespace LienThong.Validation.Tests.Rules.Audit;

public sealed class AuditRuleTests
{
    private static readonly AuditCase[] Cases = [.. AuditCases.All()];

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
        Finding[] findings = Judge(Cases[index].Start, Cases[index].Break, Cases[index].Lists);

        Finding? finding = Array.Find(findings, f => f.Rule == code && f.At.ToString() == at);
        Assert.True(finding is not null, string.Join('\n', findings.Select(f => f.ToString())));
        Assert.DoesNotContain('{', finding.Message + finding.Fix);
        Assert.True(finding.Severity <= RuleCatalogue.Find(code)!.Severity);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Holds_for_the_record_near_by(int index, string code, string at)
    {
        Finding[] findings = Judge(Cases[index].Start, Cases[index].Keep, Cases[index].Lists);

        Assert.DoesNotContain(findings, f => f.Rule == code && f.At.ToString() == at);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Not_checked_without_its_lists(int index, string code, string at)
    {
        RuleInfo rule = RuleCatalogue.Find(code)!;
        RecordBuilder builder = CleanRecordTests.Build(Cases[index].Start);
        Cases[index].Break(builder);

        Judgement judgement = A.Judge(builder);

        foreach (string list in rule.NeedsLists.Where(l => CodeLists.None.Find(l) is null))
        {
            Assert.Contains(judgement.NotChecked, n => n.Cause == NotCheckedCause.ListNotLoaded && n.List == list);
            Assert.DoesNotContain(judgement.Findings, f => f.Rule == code && f.At.ToString() == at);
        }
    }

    private static Finding[] Judge(string start, Action<RecordBuilder>? change, CodeList[] lists)
    {
        RecordBuilder builder = CleanRecordTests.Build(start);
        change?.Invoke(builder);
        using Record record = builder.Build();
        return [.. Validator.Create(new ValidatorOptions { Lists = new CodeLists(lists) }).Judge(record, A.Context).Findings];
    }
}
