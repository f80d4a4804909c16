namespace LienThong.Standard.Tests.Conversion;

/// <summary>The release a record is written in is told by its fields first, by its day where fields don't tell.</summary>
public sealed class RecordReleaseTests
{
    [Theory]
    [InlineData("202308010900", "QD4210", "MA_THE")]
    [InlineData("202408010900", "QD4210", "MA_THE")]
    [InlineData("202408010900", "QD4750", "MA_THE_BHYT")]
    [InlineData("202505010900", "QD3176", "MA_THE_BHYT")]
    [InlineData("202608010900", "QD1931", "MA_THE_BHYT")]
    public void By_the_fields_and_the_day(string discharged, string release, string cardField)
    {
        Assert.True(FieldId.TryParse(TableId.Xml1, cardField, out FieldId card));
        using Record record = new RecordBuilder().Set(Xml1.NGAY_RA, discharged).Set(card, "DN4990000000001").Build();

        Assert.Equal(release, RecordRelease.Of(record).Id);
    }

    [Theory]
    [InlineData("202505010900", "QD4750", "MA_NOI_DEN")]
    [InlineData("202608010900", "QD4750", "MA_NOI_DEN")]
    [InlineData("202410010900", "QD3176", "MA_CSKCB_DEN")]
    public void A_package_in_another_form_than_its_day_asks_for_is_told_by_XML13(string discharged, string release, string field)
    {
        Assert.True(FieldId.TryParse(TableId.Xml13, field, out FieldId to));
        using Record record = new RecordBuilder().Set(Xml1.NGAY_RA, discharged).Set(to, "99002").Build();

        Assert.Equal(release, RecordRelease.Of(record).Id);
    }

    [Fact]
    public void A_record_that_fits_none_is_told_by_the_most_fields()
    {
        using Record record = new RecordBuilder().Set(Xml1.NGAY_RA, "202308010900").Set(Xml1.MA_THE, "1").Set(Xml1.MA_BENH, "J00").Set(Xml2.T_NGUONKHAC, "0").Build();

        Assert.Equal("QD4210", RecordRelease.Of(record).Id);
    }

    [Fact]
    public void A_check_in_goes_by_its_arrival()
    {
        using Record record = new RecordBuilder().Set(Xml0.MA_LK, "1").Set(Xml0.NGAY_VAO, "202508010900").Build();

        Assert.Equal("QD3176", RecordRelease.Of(record).Id);
    }
}
