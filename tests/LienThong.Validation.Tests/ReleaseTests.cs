using LienThong.Standard;

namespace LienThong.Validation.Tests;

public sealed class ReleaseTests
{
    [Theory]
    [InlineData("202412312359", "QD4750")]
    [InlineData("202501010000", "QD3176")]
    [InlineData("202606302359", "QD3176")]
    [InlineData("202607010000", "QD1931")]
    public void Release_follows_the_day_of_discharge(string left, string release) =>
        Assert.Equal(release, A.Judge(A.CleanOutpatient().Set(Xml1.NGAY_RA, left)).Release.Id);

    [Fact]
    public void Record_before_July_2024_gets_field_checks_only()
    {
        Judgement judgement = A.Judge(A.CleanOutpatient()
            .Set(Xml1.NGAY_VAO, "202406300915").Set(Xml1.NGAY_RA, "202406301030").Set(Xml1.T_BHTT, "x").Set(Xml1.T_TONGCHI_BV, "1"));

        Assert.NotEmpty(judgement.ReleaseNote);
        Assert.Contains(judgement.Findings, f => f.Rule == "FAM-TYPE" && f.At.Field == "T_BHTT");
        Assert.DoesNotContain(judgement.Findings, f => f.Rule == "X1-T_TONGCHI_BV-001");
    }

    [Fact]
    public void Forced_release_wins_over_the_date() =>
        Assert.Equal("QD4750", A.Judge(A.CleanOutpatient(), A.Context with { ForcedRelease = Releases.Get("QD4750") }).Release.Id);

    [Fact]
    public void As_of_decides_when_discharge_cannot_be_read()
    {
        Judgement judgement = A.Judge(A.CleanOutpatient().Set(Xml1.NGAY_RA, "soon"), A.Context with { AsOf = new DateOnly(2025, 3, 1) });

        Assert.Equal("QD3176", judgement.Release.Id);
        Assert.NotEmpty(judgement.ReleaseNote);
    }

    [Theory]
    [InlineData("2026-07-31", "X1-MA_LOAI_KCB-001", true)]
    [InlineData("2026-08-01", "X1-MA_LOAI_KCB-001", false)]
    [InlineData("2026-07-31", "X1-MA_LOAI_KCB-002", false)]
    [InlineData("2026-08-01", "X1-MA_LOAI_KCB-002", true)]
    public void Both_ends_of_a_period_are_inclusive(string day, string code, bool applies) =>
        Assert.Equal(applies, RuleCatalogue.Find(code)!.AppliesOn(DateOnly.ParseExact(day, "yyyy-MM-dd")));

    [Fact]
    public void Visit_kind_10_is_refused_until_the_last_day_of_July_2026()
    {
        RecordBuilder july = A.CleanOutpatient().Set(Xml1.NGAY_VAO, "202607310915").Set(Xml1.NGAY_RA, "202607311030").Set(Xml1.MA_LOAI_KCB, "10");
        RecordBuilder august = A.CleanOutpatient().Set(Xml1.NGAY_VAO, "202608010915").Set(Xml1.NGAY_RA, "202608011030").Set(Xml1.MA_LOAI_KCB, "10");

        Assert.Contains(A.Judge(july).Findings, f => f.Rule == "X1-MA_LOAI_KCB-001");
        Assert.DoesNotContain(A.Judge(august).Findings, f => f.At.Field == "MA_LOAI_KCB" && f.Severity == Severity.Block);
    }

    [Fact]
    public void Rule_sets_are_shared_within_one_interval()
    {
        Release release = Releases.Get("QD1931");

        Assert.Same(RuleSet.For(release, new DateOnly(2026, 8, 1)), RuleSet.For(release, new DateOnly(2026, 8, 31)));
        Assert.NotSame(RuleSet.For(release, new DateOnly(2026, 7, 31)), RuleSet.For(release, new DateOnly(2026, 8, 1)));
    }

    [Fact]
    public void Summary_with_the_elements_of_an_old_release_is_named_once()
    {
        var record = new RecordBuilder();
        record.AddRow(TableId.Xml1).FillWith(Releases.Get("QD4210")).Set(Xml1.MA_LK, "A1").Set(Xml1.NGAY_RA, "202608151030");

        Judgement judgement = A.Judge(record);

        Assert.Contains(judgement.Findings, f => f.Rule == "PKG-REL-001");
        Assert.DoesNotContain(judgement.Findings, f => f.Rule == "PKG-FIELD-002" && f.At.Table == "XML1");
    }
}
