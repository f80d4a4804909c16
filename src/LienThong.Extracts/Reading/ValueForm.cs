using System.Globalization;
using System.Text;
using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>How an extract writes numbers.</summary>
/// <param name="Decimal">The decimal mark: <c>.</c> or <c>,</c>; the other one may group thousands.</param>
public readonly record struct NumberForm(char Decimal)
{
    /// <summary>A point before the decimals, as the standard writes numbers.</summary>
    public static readonly NumberForm Point = new('.');

    /// <summary>A comma before the decimals, as Vietnamese documents write numbers.</summary>
    public static readonly NumberForm Comma = new(',');
}

/// <summary>
/// Brings values to one form at the door: text in NFC without blanks around it; days <c>yyyyMMdd</c>; moments <c>yyyyMMddHHmm</c>; numbers with a
/// point and without grouping or idle zeros. Everything behind the door relies on it.
/// </summary>
public static class ValueForm
{
    /// <summary>Longest text of one value.</summary>
    public const int MaxCharacters = 100_000;

    private static readonly string[] DayForms = ["yyyyMMdd", "yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy", "dd-MM-yyyy"];
    private static readonly string[] TimeForms = ["HHmm", "HH:mm", "H:mm", "HHmmss", "HH:mm:ss", "H:mm:ss", "HH:mm:ss.FFFFFFF"];

    /// <summary>Normalises a value; empty stays empty.</summary>
    /// <param name="kind">Kind of the field.</param>
    /// <param name="text">The value as it came.</param>
    /// <param name="numbers">How the extract writes numbers.</param>
    /// <param name="value">The normalised value.</param>
    /// <returns>What was expected, in Vietnamese, when it isn't of its kind; otherwise null.</returns>
    public static string? TryNormalise(ValueKind kind, string text, NumberForm numbers, out string value)
    {
        value = "";
        if (text.Length > MaxCharacters) return $"không quá {MaxCharacters} ký tự";
        if (!XmlText.IsAllowed(text)) return "không chứa ký tự điều khiển";
        string trimmed = text.Trim().Normalize(NormalizationForm.FormC);
        if (trimmed.Length == 0) return null;
        string? normal = kind switch
        {
            ValueKind.Text or ValueKind.Code => trimmed,
            ValueKind.Codes => Items(trimmed, static item => item),
            ValueKind.Count => Number(trimmed, numbers) is { } n && n == decimal.Truncate(n) ? Plain(n) : null,
            ValueKind.Number => Number(trimmed, numbers) is { } n ? Plain(n) : null,
            ValueKind.Day => Day(trimmed) is { } day ? Write(day) : Moment(trimmed) is { } m ? Write(DateOnly.FromDateTime(m)) : null,
            ValueKind.Days => Items(trimmed, static item => Day(item) is { } day ? Write(day) : null),
            ValueKind.Moment => Moment(trimmed) is { } m ? Write(m) : null,
            ValueKind.Birth => Birth(trimmed),
            ValueKind.Role => OneOf(trimmed, "main", "secondary"),
            ValueKind.Payer => OneOf(trimmed, "patient", "NSNN", "VTNN", "VTTN", "CL"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        value = normal ?? "";
        return normal is null ? Expected(kind) : null;
    }

    /// <summary>A moment of a normalised value; null when it is empty. A day counts from midnight.</summary>
    public static DateTime? AsMoment(string value) => value.Length == 0 ? null
        : DateTime.ParseExact(value.Length == 8 ? value + "0000" : value, "yyyyMMddHHmm", CultureInfo.InvariantCulture);

    /// <summary>The day of a normalised day or moment; null when it is empty.</summary>
    public static DateOnly? AsDay(string value) => AsMoment(value) is { } moment ? DateOnly.FromDateTime(moment) : null;

    /// <summary>The number of a normalised value; null when it is empty.</summary>
    public static decimal? AsNumber(string value) => value.Length == 0 ? null : decimal.Parse(value, NumberStyles.Number, CultureInfo.InvariantCulture);

    private static string Expected(ValueKind kind) => kind switch
    {
        ValueKind.Count => "số nguyên",
        ValueKind.Number => "số",
        ValueKind.Day or ValueKind.Days => "ngày dạng dd/MM/yyyy, yyyy-MM-dd hoặc yyyyMMdd",
        ValueKind.Moment => "ngày giờ dạng dd/MM/yyyy HH:mm, yyyy-MM-dd HH:mm hoặc yyyyMMddHHmm",
        ValueKind.Birth => "ngày sinh dạng dd/MM/yyyy, yyyy-MM-dd, yyyyMMdd hoặc năm sinh yyyy",
        ValueKind.Role => "main hoặc secondary",
        ValueKind.Payer => "patient, NSNN, VTNN, VTTN hoặc CL",
        _ => "văn bản",
    };

    private static string? OneOf(string text, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase)) return word;
        }

        return null;
    }

    // Empty items stay: parallel lists are told apart by position.
    private static string? Items(string text, Func<string, string?> one)
    {
        string[] items = text.Split(';', StringSplitOptions.TrimEntries);
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i].Length == 0) continue;
            if (one(items[i]) is not { } item) return null;
            items[i] = item;
        }

        return string.Join(';', items);
    }

    private static decimal? Number(string text, NumberForm form)
    {
        char group = form.Decimal == '.' ? ',' : '.';
        string plain = text.Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal);
        if (plain.Contains(group) && !IsGrouped(plain, group, form.Decimal)) return null;
        plain = plain.Replace(group.ToString(), "", StringComparison.Ordinal).Replace(form.Decimal, '.');
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(plain, Style, CultureInfo.InvariantCulture, out decimal number) ? number : null;
    }

    // Only groups of exactly three digits are thousands; "12,5" with a point as decimal mark is refused, not read as 125.
    private static bool IsGrouped(string text, char group, char mark)
    {
        int end = text.IndexOf(mark, StringComparison.Ordinal);
        string[] parts = (end < 0 ? text : text[..end]).TrimStart('-', '+').Split(group);
        return parts[0].Length is >= 1 and <= 3 && !(end >= 0 && text.AsSpan(end).Contains(group)) && Array.TrueForAll(parts[1..], p => p.Length == 3);
    }

    private static string Plain(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) && day.Year >= 1800 ? day : null;

    private static DateTime? Moment(string text)
    {
        if (Day(text) is { } only) return only.ToDateTime(TimeOnly.MinValue);
        int cut = text.IndexOfAny([' ', 'T']);
        (string day, string time) = cut > 0 ? (text[..cut], text[(cut + 1)..].Trim()) : text.Length is 12 or 14 ? (text[..8], text[8..]) : ("", "");
        if (Offset(time) is not { } local || Day(day) is not { } date) return null;
        if (!TimeOnly.TryParseExact(local, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly minute)) return null;
        return date.ToDateTime(new TimeOnly(minute.Hour, minute.Minute));
    }

    // Vietnam's offset may be written out; any other clock is refused rather than converted behind the sender's back.
    private static string? Offset(string time)
    {
        foreach (string vietnam in (ReadOnlySpan<string>)["+07:00", "+0700", "+07"])
        {
            if (time.EndsWith(vietnam, StringComparison.Ordinal)) return time[..^vietnam.Length];
        }

        return time.AsSpan().IndexOfAny("+-Zz") >= 0 ? null : time;
    }

    // Unknown parts of a birth are zeros (QĐ 3176: NGAY_SINH).
    private static string? Birth(string text)
    {
        if (text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int year) && year >= 1800) return text + "00000000";
        if (text.Length is 8 or 12 && text.All(char.IsAsciiDigit) && text.AsSpan(4, 2) is "00") return text.AsSpan(6).Trim('0').Length == 0 ? text.PadRight(12, '0') : null;
        if (text.Length is 8 or 12 && text.All(char.IsAsciiDigit) && text.AsSpan(6, 2) is "00") return Day(text[..6] + "01") is null ? null : text.PadRight(12, '0');
        return Moment(text) is { } moment ? Write(moment) : null;
    }

    internal static string Write(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    internal static string Write(DateTime moment) => moment.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
}
