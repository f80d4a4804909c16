using LienThong.Standard;

namespace LienThong.Validation.Tests;

public sealed class EngineTests
{
    private static readonly JudgeContext Now = new(new DateTime(2026, 9, 1, 8, 0, 0, DateTimeKind.Unspecified));

    [Fact]
    public void Record_without_XML1_stops_after_structure()
    {
        using Record record = new RecordBuilder().Set(Xml2.MA_LK, "A1").Build();

        Judgement judgement = Validator.Create().Judge(record, Now);

        Finding finding = Assert.Single(judgement.Findings);
        Assert.Equal("PKG-XML1-001", finding.Rule);
        Assert.True(judgement.Blocked);
    }

    [Fact]
    public void Empty_required_field_is_reported_at_its_cell()
    {
        using Record record = new RecordBuilder().Set(Xml1.MA_LK, "A1").Set(Xml1.NGAY_RA, "202608151000").Build();

        Judgement judgement = Validator.Create().Judge(record, Now);

        Assert.Equal("QD1931", judgement.Release.Id);
        Assert.Contains(judgement.Findings, f => f.Rule == "X1-REQUIRED-001" && f.At == new Cell("XML1", 1, "HO_TEN") && f.Severity == Severity.Block);
    }
}
