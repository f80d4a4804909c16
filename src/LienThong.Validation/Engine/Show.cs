using System.Globalization;
using System.Text;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>How values appear in messages.</summary>
internal static class Show
{
    /// <summary>Stands for values of XML6 (HIV), which no message may show (X6-ACCESS-001).</summary>
    public const string Hidden = "•••";

    private const int Longest = 500;

    /// <summary>An amount with a decimal point and without trailing zeros.</summary>
    public static string Money(decimal amount) => amount.ToString("0.###", CultureInfo.InvariantCulture);

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>A day as people write it; three dots for an open end.</summary>
    public static string Date(DateOnly? day) => day?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) ?? "…";

    public static string Of(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    /// <summary>The text as received, cut when very long.</summary>
    public static string Text(Value value)
    {
        ReadOnlySpan<byte> raw = value.Raw;
        bool cut = raw.Length > Longest * 4;
        string text = Encoding.UTF8.GetString(cut ? raw[..(Longest * 4)] : raw);
        return text.Length <= Longest && !cut ? text : string.Concat(text.AsSpan(0, Math.Min(Longest, text.Length)), "…");
    }
}
