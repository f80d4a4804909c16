namespace LienThong.Extracts.Tests.Reading;

/// <summary>What hospital systems write, and the one form behind the door.</summary>
public sealed class ValueFormTests
{
    [Theory]
    [InlineData(ValueKind.Moment, "15/08/2026 09:15", "202608150915")]
    [InlineData(ValueKind.Moment, "2026-08-15T09:15:30+07:00", "202608150915")]
    [InlineData(ValueKind.Moment, "2026-08-15 09:15:30.123", "202608150915")]
    [InlineData(ValueKind.Moment, "202608150915", "202608150915")]
    [InlineData(ValueKind.Moment, "15/8/2026", "202608150000")]
    [InlineData(ValueKind.Day, "2026-08-15", "20260815")]
    [InlineData(ValueKind.Day, "15/08/2026 09:15", "20260815")]
    [InlineData(ValueKind.Days, "15/08/2026; 2026-09-01", "20260815;20260901")]
    [InlineData(ValueKind.Birth, "1950", "195000000000")]
    [InlineData(ValueKind.Birth, "19500000", "195000000000")]
    [InlineData(ValueKind.Birth, "19500300", "195003000000")]
    [InlineData(ValueKind.Birth, "02/03/1950", "195003020000")]
    [InlineData(ValueKind.Birth, "202608150915", "202608150915")]
    [InlineData(ValueKind.Number, "1234.50", "1234.5")]
    [InlineData(ValueKind.Number, "1,234,567.5", "1234567.5")]
    [InlineData(ValueKind.Number, "-0.5", "-0.5")]
    [InlineData(ValueKind.Count, "3.0", "3")]
    [InlineData(ValueKind.Codes, " J10 ; E11.9;", "J10;E11.9;")]
    [InlineData(ValueKind.Role, "MAIN", "main")]
    [InlineData(ValueKind.Text, "  Sốt cao\u0323  ", "Sốt ca\u1ecd")]
    [InlineData(ValueKind.Code, "007", "007")]
    [InlineData(ValueKind.Moment, "", "")]
    public void Brings_values_to_one_form(ValueKind kind, string text, string expected)
    {
        Assert.Null(ValueForm.TryNormalise(kind, text, NumberForm.Point, out string value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData(ValueKind.Moment, "31/02/2026 09:15")]
    [InlineData(ValueKind.Moment, "202608152561")]
    [InlineData(ValueKind.Moment, "2026-08-15T09:15:30Z")]
    [InlineData(ValueKind.Moment, "2026-08-15T09:15:30-05:00")]
    [InlineData(ValueKind.Day, "08/15/2026")]
    [InlineData(ValueKind.Birth, "19501300")]
    [InlineData(ValueKind.Number, "12,5")]
    [InlineData(ValueKind.Number, "1.2.3")]
    [InlineData(ValueKind.Number, "1e5")]
    [InlineData(ValueKind.Count, "1.5")]
    [InlineData(ValueKind.Payer, "bank")]
    [InlineData(ValueKind.Text, "a\u0000b")]
    public void Refuses_what_is_not_of_its_kind(ValueKind kind, string text)
    {
        Assert.NotNull(ValueForm.TryNormalise(kind, text, NumberForm.Point, out string value));
        Assert.Empty(value);
    }

    [Theory]
    [InlineData("1.234.567,5", "1234567.5")]
    [InlineData("1234,5", "1234.5")]
    [InlineData("12.000", "12000")]
    public void Reads_numbers_with_a_decimal_comma_where_the_extract_writes_them_so(string text, string expected)
    {
        Assert.Null(ValueForm.TryNormalise(ValueKind.Number, text, NumberForm.Comma, out string value));
        Assert.Equal(expected, value);
    }
}
