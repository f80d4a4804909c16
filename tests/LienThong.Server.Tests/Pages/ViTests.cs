using LienThong.Server.Pages;
using LienThong.Standard;

namespace LienThong.Server.Tests.Pages;

/// <summary>Dates and numbers on pages.</summary>
public sealed class ViTests
{
    [Fact]
    public void Times_are_those_of_Vietnam() =>
        Assert.Equal("01/01/2027 06:30", Vi.Time(new DateTimeOffset(2026, 12, 31, 23, 30, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData("202607050830", "05/07/2026 08:30")]
    [InlineData("20260705083059", "05/07/2026 08:30")]
    [InlineData("20260705", "05/07/2026")]
    [InlineData("202613050830", "202613050830")]
    [InlineData("", "")]
    public void Moments_of_the_standard_are_read_and_others_left_alone(string text, string shown) => Assert.Equal(shown, Vi.Moment(text));

    [Theory]
    [InlineData("1234567.50", FieldKind.Decimal, "1.234.567,5")]
    [InlineData("-1000", FieldKind.Decimal, "-1.000")]
    [InlineData("1,5", FieldKind.Decimal, "1,5")]
    [InlineData("001", FieldKind.Code, "001")]
    [InlineData("0123456789", FieldKind.Integer, "0123456789")]
    public void Only_numbers_that_are_numbers_get_separators(string text, FieldKind kind, string shown) => Assert.Equal(shown, Vi.Value(text, kind));

    [Theory]
    [InlineData(72, "còn 3 ngày")]
    [InlineData(5, "còn 5 giờ")]
    [InlineData(-50, "quá hạn 2 ngày")]
    public void Says_how_long_is_left(int hours, string text)
    {
        DateTimeOffset now = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(text, Vi.Left(now.AddHours(hours), now));
    }
}
