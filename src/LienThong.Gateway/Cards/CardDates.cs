using System.Globalization;

namespace LienThong.Gateway.Cards;

/// <summary>Dates of the card lookup: the portal writes <c>dd/MM/yyyy</c>, records <c>yyyyMMdd</c>, people and QR codes whatever they like.</summary>
internal static class CardDates
{
    private static readonly string[] Whole = ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "ddMMyyyy", "yyyy-MM-dd", "yyyyMMdd"];

    /// <summary>A birth date in the portal's form; null when it can't be one.</summary>
    /// <param name="text"><c>dd/MM/yyyy</c> and its variants, <c>yyyy</c>; day or month «00» means that only the year is known.</param>
    /// <param name="today">No one is born later.</param>
    public static string? Birth(string text, DateOnly today)
    {
        string plain = string.Concat(text.Where(static c => !char.IsWhiteSpace(c)));
        if (plain.Length == 12 && plain.All(char.IsAsciiDigit))
            plain = plain[..8];
        foreach (string form in Whole)
        {
            if (DateOnly.TryParseExact(plain, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) && day.Year >= 1900 && day <= today)
                return day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        }
        return YearOf(plain) is { } year && year >= 1900 && year <= today.Year ? year.ToString(CultureInfo.InvariantCulture) : null;
    }

    /// <summary>The portal's date as records write it: <c>yyyyMMdd</c> or <c>yyyy</c>; empty for anything else.</summary>
    public static string AsInRecord(string text)
    {
        text = text.Trim();
        if (DateOnly.TryParseExact(text, ["dd/MM/yyyy", "d/M/yyyy", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            return day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        return text.Length == 4 && text.All(char.IsAsciiDigit) ? text : "";
    }

    // «1990», «00/00/1990», «03/1990», «19900000».
    private static int? YearOf(string text)
    {
        string? digits = text switch
        {
            { Length: 4 } => text,
            { Length: 10 } when text.StartsWith("00/", StringComparison.Ordinal) || text[2..].StartsWith("/00/", StringComparison.Ordinal) => text[6..],
            { Length: 7 } when text[2] == '/' => text[3..],
            { Length: 8 } when text.EndsWith("0000", StringComparison.Ordinal) => text[..4],
            { Length: 8 } when text.StartsWith("0000", StringComparison.Ordinal) => text[4..],
            _ => null,
        };
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int year) ? year : null;
    }
}
