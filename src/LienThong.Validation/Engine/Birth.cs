using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>
/// A moment of birth as <c>NGAY_SINH</c> writes it: 12 digits, with <c>00</c> for a month, day, hour and minute that nobody knows.
/// </summary>
internal readonly struct Birth
{
    private Birth(int year, int month, int day, int minutes)
    {
        Year = year;
        Month = month;
        Day = day;
        Minutes = minutes;
    }

    public int Year { get; }

    /// <summary>0 when unknown.</summary>
    public int Month { get; }

    /// <summary>0 when unknown.</summary>
    public int Day { get; }

    /// <summary>Minutes after midnight; 0 also when the time isn't known.</summary>
    public int Minutes { get; }

    public bool HasDay => Month > 0 && Day > 0;

    /// <summary>Reads 12 digits with the zero convention; years 1880 to 2100.</summary>
    public static Read<Birth> Of(Value value)
    {
        ReadOnlySpan<byte> text = value.Trimmed;
        if (text.IsEmpty) return Read<Birth>.Absent;
        if (text.Length != 12 || text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return Read<Birth>.Malformed;
        int year = (Two(text, 0) * 100) + Two(text, 2);
        int month = Two(text, 4);
        int day = Two(text, 6);
        int hour = Two(text, 8);
        int minute = Two(text, 10);
        bool real = year is >= 1880 and <= 2100 && month <= 12 && hour <= 23 && minute <= 59
            && (month == 0 ? day == 0 : day <= DateTime.DaysInMonth(year, month));
        return real ? Read<Birth>.Of(new Birth(year, month, day, (hour * 60) + minute)) : Read<Birth>.Malformed;
    }

    /// <summary>Completed years on a day. An unknown month counts as 1 July, an unknown day as the 15th (REC-AGE-001).</summary>
    public int YearsOn(DateOnly day)
    {
        (int month, int date) = Month == 0 ? (7, 1) : (Month, Day == 0 ? 15 : Day);
        date = Math.Min(date, DateTime.DaysInMonth(day.Year, month));
        return day.Year - Year - (day.Month < month || (day.Month == month && day.Day < date) ? 1 : 0);
    }

    /// <summary>Days lived on a day, an unknown day counted as the 15th; null when the month isn't known.</summary>
    public int? DaysOn(DateOnly day) => Month == 0 ? null : day.DayNumber - new DateOnly(Year, Month, Day == 0 ? 15 : Day).DayNumber;

    /// <summary>Completed months on a day, an unknown day counted as the 15th; null when the month isn't known.</summary>
    public int? MonthsOn(DateOnly day)
    {
        if (Month == 0) return null;
        int date = Math.Min(Day == 0 ? 15 : Day, DateTime.DaysInMonth(day.Year, day.Month));
        return ((day.Year - Year) * 12) + day.Month - Month - (day.Day < date ? 1 : 0);
    }

    /// <summary>True when the birth lies after the moment, compared as exactly as the birth is known.</summary>
    public bool IsAfter(DateTime moment)
    {
        if (Year != moment.Year || Month == 0) return Year > moment.Year;
        if (Month != moment.Month || Day == 0) return Month > moment.Month;
        if (Day != moment.Day || Minutes == 0) return Day > moment.Day;
        return Minutes > (moment.Hour * 60) + moment.Minute;
    }

    private static int Two(ReadOnlySpan<byte> text, int at) => ((text[at] - '0') * 10) + text[at + 1] - '0';
}
