using System.Globalization;

namespace LienThong.Samples.Building;

/// <summary>Values as the standard writes them.</summary>
internal static class Text
{
    public static string Money(decimal value) => value == 0 ? "0.00" : value.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Quantity(decimal value) => value == 1 ? "1.000" : value.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Number(int value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    public static string Percent(decimal value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => string.Create(8, day, static (span, d) => WriteDay(span, d.Year, d.Month, d.Day));

    public static string Day(DateTime moment) => Day(DateOnly.FromDateTime(moment));

    public static string Minute(DateTime moment) => string.Create(12, moment, static (span, m) =>
    {
        WriteDay(span, m.Year, m.Month, m.Day);
        Two(span[8..], m.Hour);
        Two(span[10..], m.Minute);
    });

    private static void WriteDay(Span<char> span, int year, int month, int day)
    {
        Two(span, year / 100);
        Two(span[2..], year % 100);
        Two(span[4..], month);
        Two(span[6..], day);
    }

    private static void Two(Span<char> span, int value)
    {
        span[0] = (char)('0' + (value / 10));
        span[1] = (char)('0' + (value % 10));
    }
}
