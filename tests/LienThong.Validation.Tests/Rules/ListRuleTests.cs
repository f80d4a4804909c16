using LienThong.Standard;

namespace LienThong.Validation.Tests.Rules;

/// <summary>What holds for all rules that need a list (CAT-GENERAL-001).</summary>
public sealed class ListRuleTests
{
    [Theory]
    [InlineData("outpatient")]
    [InlineData("inpatient")]
    [InlineData("programme")]
    public void Clean_records_stay_clean_with_all_lists_loaded(string start)
    {
        Judgement judgement = RuleCase.Judge(start, null, CodeListCases.Lists);

        Assert.Empty(judgement.Findings.Where(f => f.Severity > Severity.Info).Select(f => f.ToString()));
    }

    [Fact]
    public void Without_a_list_its_rules_find_nothing_and_are_counted_once_per_list()
    {
        string[] builtIn = [.. ListDefinitions.All.Where(l => CodeLists.None.Find(l.Name) is not null).Select(l => l.Name)];
        foreach (RuleCase rule in ListCases.All().Concat(CodeListCases.All()))
        {
            RuleInfo info = RuleCatalogue.Find(rule.Code)!;
            string? missing = info.NeedsLists.FirstOrDefault(l => !builtIn.Contains(l));
            if (missing is null) continue;

            Judgement judgement = RuleCase.Judge(rule.Start, rule.Break, CodeLists.None);

            Assert.DoesNotContain(judgement.Findings, f => f.Rule == rule.Code);
            if (info.AppliesOn(new DateOnly(2026, 8, 15)) && rule.Code != "REC-ICD-001") Assert.Single(judgement.NotChecked, n => n.List == missing && n.Cause == NotCheckedCause.ListNotLoaded);
        }
    }

    [Fact]
    public void List_known_in_part_rejects_no_code()
    {
        var builder = new CodeListBuilder(DiseaseLists.Icd10, "code") { IsComplete = false };
        builder.Add(["I10"]);

        Judgement judgement = RuleCase.Judge("outpatient", null, new CodeLists([builder.Build()]));

        Assert.DoesNotContain(judgement.Findings, f => f.Rule == "CAT-ICD-001");
        Assert.Contains(judgement.NotChecked, n => n.List == "icd10");
    }

    [Fact]
    public void Order_before_the_list_begins_is_not_checked()
    {
        CodeList late = Tests.Lists.Table("service_facility", "MA_DICH_VU|from", "99.0001.0001|2026-08-10");

        Judgement judgement = RuleCase.Judge("inpatient", r => r.Set(Xml1.NGAY_RA, "202608111000"), new CodeLists([late]));

        Assert.DoesNotContain(judgement.Findings, f => f.Rule == "CAT-DVKT-002");
        Assert.Contains(judgement.NotChecked, n => n.List == "service_facility");
    }
}
