using LienThong.Standard;

namespace LienThong.Validation.Tests.History;

/// <summary>Rules over several records: each broken, each kept, and what they need.</summary>
public sealed class HistoryRuleTests
{
    private static readonly HistoryRuleCase[] Cases = [.. HistoryCases.All()];

    public static TheoryData<int, string> All
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (int i = 0; i < Cases.Length; i++) data.Add(i, Cases[i].Code);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Broken_points_at_the_cell(int index, string code)
    {
        HistoryRuleCase rule = Cases[index];

        HistoryJudgement judged = Judge(rule.Own, rule.Broken());

        Finding? finding = judged.Findings.FirstOrDefault(f => f.Rule == code && f.At.ToString() == rule.At);
        Assert.True(finding is not null, string.Join('\n', judged.Findings));
        Assert.Equal(rule.Severity ?? RuleCatalogue.Find(code)!.Severity, finding.Severity);
        Assert.DoesNotContain('{', finding.Message + finding.Fix);
        Assert.DoesNotContain("\"\"", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("  ", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Kept_beside_others_near_by(int index, string code)
    {
        HistoryRuleCase rule = Cases[index];
        bool always = rule.Kept() is null;

        HistoryJudgement judged = Judge(always ? static _ => { } : rule.Own, rule.Kept() ?? new KnownRecords());

        Assert.DoesNotContain(judged.Findings, f => f.Rule == code && f.At.ToString() == rule.At);
    }

    [Fact]
    public void Every_rule_over_several_records_has_a_case()
    {
        Assert.Equal([], HistoryRules.All.Select(r => r.Code).Except(Cases.Select(c => c.Code)));
    }

    [Fact]
    public void A_rule_whose_list_is_missing_says_nothing()
    {
        HistoryRuleCase intervals = Array.Find(Cases, c => c.Code == "AUD-H-001")!;

        HistoryJudgement judged = HistoryJudge.Judge(HistoryCases.Facts(intervals.Own), intervals.Broken(), CodeLists.None, new DateOnly(2026, 8, 15));

        Assert.DoesNotContain(judged.Findings, f => f.Rule == "AUD-H-001");
    }

    [Fact]
    public void A_file_alone_says_once_that_it_was_not_judged_beside_others()
    {
        using Record record = A.CleanOutpatient().Build();

        NotCheckedCount alone = Validator.Create().Judge(record, A.Context).NotChecked.Single(n => n.List == HistoryLists.Submissions);
        Judgement followed = Validator.Create().Judge(record, A.Context with { HistoryFollows = true });

        Assert.True(alone.Count > 5);
        Assert.DoesNotContain(followed.NotChecked, n => n.List == HistoryLists.Submissions);
        Assert.DoesNotContain(followed.NotChecked, n => n.List == HistoryLists.Cards);
        Assert.DoesNotContain(followed.NotChecked, n => n.List == HistoryLists.CheckIns);
    }

    [Fact]
    public void Facts_survive_packing()
    {
        RecordFacts facts = HistoryCases.Facts(r => r.AddRow(TableId.Xml14).Set(Xml14.NGAY_HEN_KL, "20260901"));

        RecordFacts? back = PackedFacts.Unpack(PackedFacts.Pack(facts), facts.Id);

        Assert.NotNull(back);
        Assert.Equal(PackedFacts.Pack(facts), PackedFacts.Pack(back));
        Assert.Equal((facts.Id, facts.MaLk, facts.Arrived, facts.Acts.Length), (back.Id, back.MaLk, back.Arrived, back.Acts.Length));
        Assert.Equal(facts.Acts, back.Acts);
        Assert.Equal(HistoryKey.Of(facts), HistoryKey.Of(back));
    }

    private static HistoryJudgement Judge(Action<RecordBuilder> own, IRecordHistory history) =>
        HistoryJudge.Judge(HistoryCases.Facts(own), history, HistoryCases.Known, new DateOnly(2026, 8, 15));
}
