using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Reads doses such as <c>2 viên/lần * 2 lần/ngày * 5 ngày [4 viên/ngày]</c> without allocating.</summary>
internal static class Dose
{
    /// <summary>True when a bracket with a number is there: the total per day.</summary>
    public static bool HasTotal(ReadOnlySpan<byte> dose)
    {
        while (dose.IndexOf((byte)'[') is >= 0 and var open)
        {
            dose = dose[(open + 1)..];
            int close = dose.IndexOf((byte)']');
            if (close < 0) return false;
            if (dose[..close].IndexOfAnyInRange((byte)'0', (byte)'9') >= 0) return true;
            dose = dose[(close + 1)..];
        }

        return false;
    }

    /// <summary>Days of medicine: the third factor; null when the text isn't of the form «a * b * c» with whole days.</summary>
    public static int? Days(ReadOnlySpan<byte> dose)
    {
        int bracket = dose.IndexOf((byte)'[');
        if (bracket >= 0) dose = dose[..bracket];
        if (dose.Count((byte)'*') != 2 || Number(Blank.Trim(dose[(dose.LastIndexOf((byte)'*') + 1)..])) is not { } days || days > 10_000) return null;
        return days == Math.Truncate(days) ? (int)days : null;
    }

    /// <summary>The amount of the whole course; null when the text isn't of the form «a * b * c».</summary>
    public static decimal? Amount(ReadOnlySpan<byte> dose)
    {
        int bracket = dose.IndexOf((byte)'[');
        if (bracket >= 0) dose = dose[..bracket];
        decimal amount = 1;
        for (int factor = 0; factor < 3; factor++)
        {
            int star = dose.IndexOf((byte)'*');
            if (star < 0 != (factor == 2)) return null;
            ReadOnlySpan<byte> part = star < 0 ? dose : dose[..star];
            if (Number(Blank.Trim(part)) is not { } number || number > 10_000) return null;
            amount *= number;
            if (star >= 0) dose = dose[(star + 1)..];
        }

        return amount;
    }

    // The leading number of a factor, with a decimal point or comma; «1/2» can't be read and isn't tried.
    private static decimal? Number(ReadOnlySpan<byte> text)
    {
        int end = 0;
        while (end < text.Length && (char.IsAsciiDigit((char)text[end]) || text[end] is (byte)'.' or (byte)',')) end++;
        if (end is 0 or > 8 || (end < text.Length && text[end] == '/')) return null;
        Span<byte> number = stackalloc byte[8];
        text[..end].CopyTo(number);
        int comma = number.IndexOf((byte)',');
        if (comma >= 0) number[comma] = (byte)'.';
        Read<decimal> read = Typed.Decimal(number[..end]);
        return read.IsPresent ? read.Value : null;
    }
}
