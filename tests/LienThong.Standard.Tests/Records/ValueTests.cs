using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace LienThong.Standard.Tests.Records;

public sealed class ValueTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("007.50", "7.50")]
    [InlineData("-12.345", "-12.345")]
    [InlineData(" 8004.00 ", "8004.00")]
    [InlineData("1234567890123456789.12", "1234567890123456789.12")]
    [InlineData("79228162514264337593543950335", null)]
    public void Reads_decimals_exactly(string text, string? expected)
    {
        Read<decimal> read = Read(text, v => v.Decimal());

        if (expected is null) Assert.True(read.IsMalformed);
        else Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), read.Value);
    }

    [Theory]
    [InlineData("1,5")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e3")]
    [InlineData("1.2.3")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("1 000")]
    [InlineData("٣")]
    public void Malformed_numbers_are_told_apart_from_absent_ones(string text)
    {
        Assert.True(Read(text, v => v.Decimal()).IsMalformed);
        Assert.True(Read("", v => v.Decimal()).IsAbsent);
        Assert.True(Read(" \u00A0\t", v => v.Decimal()).IsAbsent);
    }

    [Theory]
    [InlineData("202608150915", true)]
    [InlineData("202608152561", false)]
    [InlineData("202602290000", false)]
    [InlineData("202402292359", true)]
    [InlineData("20260815", false)]
    [InlineData("189912312359", false)]
    [InlineData("20260815091a", false)]
    public void Moments_must_be_real(string text, bool real)
    {
        Assert.Equal(real, Read(text, v => v.DateTime12()).IsPresent);
    }

    [Fact]
    public void A_day_is_read_from_eight_or_twelve_digits()
    {
        Assert.Equal(new DateOnly(2026, 8, 15), Read("20260815", v => v.Day()).Value);
        Assert.Equal(new DateOnly(2026, 8, 15), Read("202608150915", v => v.Day()).Value);
        Assert.True(Read("2026", v => v.Day()).IsMalformed);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("A", 1)]
    [InlineData("A; B;", 3)]
    public void Lists_give_every_item_trimmed(string text, int count)
    {
        using Record record = new RecordBuilder().Set(Xml1.MA_BENH_KT, text).Build();
        ListItems items = record.Summary!.Value[Xml1.MA_BENH_KT].Items();
        int found = 0;
        foreach (ReadOnlySpan<byte> item in items)
        {
            Assert.False(item.StartsWith(" "u8));
            found++;
        }

        Assert.Equal((count, count), (items.Count(), found));
    }

    [Fact]
    public void Characters_are_counted_not_bytes()
    {
        using Record record = new RecordBuilder().Set(Xml1.HO_TEN, " Nguyễn ").Build();
        Assert.Equal(6, record.Summary!.Value[Xml1.HO_TEN].CharacterCount);
    }

    [Fact]
    public void Every_decimal_up_to_28_digits_survives()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<decimal>(), number =>
        {
            string text = Math.Round(number / 100m, 3).ToString(CultureInfo.InvariantCulture);
            Read<decimal> read = Read(text, v => v.Decimal());
            return text.Count(char.IsDigit) > 28 || read.Value == decimal.Parse(text, CultureInfo.InvariantCulture);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Text_is_kept_in_NFC_and_characters_that_XML_cannot_carry_are_refused()
    {
        using Record record = new RecordBuilder().Set(Xml1.HO_TEN, "Ha\u0300").Build();
        Assert.Equal("H\u00E0", record.Summary!.Value[Xml1.HO_TEN].Text);
        Assert.Throws<ArgumentException>(() => new RecordBuilder().Set(Xml1.HO_TEN, "a\u0001"));
        Assert.Throws<ArgumentException>(() => new RecordBuilder().Set(Xml1.HO_TEN, "a\uD800"));
    }

    private delegate Read<T> Reader<T>(Value value)
        where T : struct;

    private static Read<T> Read<T>(string text, Reader<T> read)
        where T : struct
    {
        using Record record = new RecordBuilder().Set(Xml1.HO_TEN, text).Build();
        return read(record.Summary!.Value[Xml1.HO_TEN]);
    }
}
