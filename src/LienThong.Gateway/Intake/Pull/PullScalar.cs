using System.Globalization;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>What kind of value a key or a watermark is.</summary>
public enum PullKind
{
    /// <summary>Text, compared by the hospital's database.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A moment of Vietnam's time.</summary>
    Time,
}

/// <summary>Keys and watermarks in one form of text, so that they can be stored, compared and given back to the database they came from.</summary>
internal static class PullScalar
{
    /// <summary>Longest key or watermark.</summary>
    public const int MostCharacters = 200;

    private static readonly string[] Times =
        ["yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd"];

    /// <summary>The one form of a value; null when it isn't of its kind.</summary>
    public static string? TryNormalise(PullKind kind, string text)
    {
        if (text.Length is 0 or > MostCharacters || text.Any(char.IsControl)) return null;
        return kind switch
        {
            PullKind.Number => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal n) ? Write(n) : null,
            PullKind.Time => TryTime(text) is { } time ? Write(time) : null,
            _ => text,
        };
    }

    /// <summary>What stands before every value of a kind, so that reading begins with the first.</summary>
    public static string First(PullKind kind) => kind switch
    {
        PullKind.Number => long.MinValue.ToString(CultureInfo.InvariantCulture),
        PullKind.Time => "1900-01-01 00:00:00",
        _ => "",
    };

    /// <summary>A normalised value as the driver takes it.</summary>
    public static object ToParameter(PullKind kind, string text) => kind switch
    {
        PullKind.Number => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture) is var n && n == decimal.Truncate(n) && n is >= long.MinValue and <= long.MaxValue ? (long)n : n,
        PullKind.Time => DateTime.ParseExact(text, Times[0], CultureInfo.InvariantCulture),
        _ => text,
    };

    /// <summary>Which of two normalised watermarks is later; texts are only told equal or not (the later one counts as later).</summary>
    public static bool IsBefore(PullKind kind, string one, string other) => kind switch
    {
        PullKind.Number => decimal.Parse(one, NumberStyles.Number, CultureInfo.InvariantCulture) < decimal.Parse(other, NumberStyles.Number, CultureInfo.InvariantCulture),
        PullKind.Time => DateTime.ParseExact(one, Times[0], CultureInfo.InvariantCulture) < DateTime.ParseExact(other, Times[0], CultureInfo.InvariantCulture),
        _ => false,
    };

    /// <summary>A watermark moved back: by a duration for moments, by a difference for numbers.</summary>
    public static string Back(PullKind kind, string watermark, PullOverlap overlap)
    {
        if (overlap.IsNone) return watermark;
        if (kind == PullKind.Number) return Write(decimal.Parse(watermark, NumberStyles.Number, CultureInfo.InvariantCulture) - overlap.Difference);
        DateTime time = DateTime.ParseExact(watermark, Times[0], CultureInfo.InvariantCulture);
        return Write(time - DateTime.MinValue > overlap.Duration ? time - overlap.Duration : DateTime.MinValue);
    }

    private static DateTime? TryTime(string text) =>
        DateTime.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time) ? time : null;

    private static string Write(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    private static string Write(DateTime time) => time.ToString(Times[0], CultureInfo.InvariantCulture);
}

/// <summary>How far a pass goes back behind the watermark, for transactions that were committed late.</summary>
/// <param name="Duration">For watermarks that are moments.</param>
/// <param name="Difference">For watermarks that are numbers.</param>
public readonly record struct PullOverlap(TimeSpan Duration, decimal Difference)
{
    /// <summary>Whether a pass goes on exactly where the last one ended.</summary>
    public bool IsNone => Duration == TimeSpan.Zero && Difference == 0;
}
