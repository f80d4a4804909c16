namespace LienThong.Standard;

/// <summary>Typed reads over trimmed UTF-8 text; no allocation, no exception.</summary>
internal static class Typed
{
    private const int FirstYear = 1900;
    private const int LastYear = 2100;

    public static Read<decimal> Decimal(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return Read<decimal>.Absent;
        bool negative = text[0] == '-';
        if (negative) text = text[1..];
        ulong high = 0;
        ulong low = 0;
        int digits = 0;
        int scale = -1;
        foreach (byte b in text)
        {
            uint digit = (uint)(b - '0');
            if (digit <= 9)
            {
                if (digits < 18) low = (low * 10) + digit;
                else high = (high * 10) + digit;
                if (++digits > 28) return Read<decimal>.Malformed;
                if (scale >= 0) scale++;
            }
            else if (b == '.' && scale < 0 && digits > 0)
            {
                scale = 0;
            }
            else
            {
                return Read<decimal>.Malformed;
            }
        }

        if (digits == 0 || scale == 0) return Read<decimal>.Malformed;
        byte places = (byte)(scale < 0 ? 0 : scale);
        if (digits <= 18) return Read<decimal>.Of(new decimal((int)low, (int)(low >> 32), 0, negative, places));
        decimal whole = (low * Power(digits - 18)) + high;
        whole /= Power(places);
        return Read<decimal>.Of(negative ? -whole : whole);
    }

    public static Read<int> Integer(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return Read<int>.Absent;
        long number = 0;
        foreach (byte b in text)
        {
            uint digit = (uint)(b - '0');
            if (digit > 9) return Read<int>.Malformed;
            number = (number * 10) + digit;
            if (number > int.MaxValue) return Read<int>.Malformed;
        }

        return Read<int>.Of((int)number);
    }

    public static Read<DateOnly> Date8(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return Read<DateOnly>.Absent;
        return text.Length == 8 && Date(text, out DateOnly day) ? Read<DateOnly>.Of(day) : Read<DateOnly>.Malformed;
    }

    public static Read<DateTime> DateTime12(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return Read<DateTime>.Absent;
        if (text.Length != 12 || !Date(text[..8], out DateOnly day)) return Read<DateTime>.Malformed;
        int hour = Digits(text.Slice(8, 2));
        int minute = Digits(text.Slice(10, 2));
        return (uint)hour <= 23 && (uint)minute <= 59
            ? Read<DateTime>.Of(day.ToDateTime(new TimeOnly(hour, minute)))
            : Read<DateTime>.Malformed;
    }

    private static bool Date(ReadOnlySpan<byte> text, out DateOnly day)
    {
        int year = Digits(text[..4]);
        int month = Digits(text.Slice(4, 2));
        int date = Digits(text.Slice(6, 2));
        bool real = year is >= FirstYear and <= LastYear && month is >= 1 and <= 12 && date >= 1 && date <= DateTime.DaysInMonth(year, month);
        day = real ? new DateOnly(year, month, date) : default;
        return real;
    }

    /// <summary>The number in digits; -1 when something else is among them.</summary>
    private static int Digits(ReadOnlySpan<byte> text)
    {
        int number = 0;
        foreach (byte b in text)
        {
            uint digit = (uint)(b - '0');
            if (digit > 9) return -1;
            number = (number * 10) + (int)digit;
        }

        return number;
    }

    private static decimal Power(int exponent)
    {
        decimal power = 1;
        while (exponent-- > 0) power *= 10;
        return power;
    }
}
