namespace LienThong.Gateway.Deadlines;

/// <summary>A day that isn't what its weekday says.</summary>
/// <param name="Day">The day.</param>
/// <param name="Works">True for a weekend day worked in exchange, false for a holiday.</param>
/// <param name="Note">Its name.</param>
public sealed record CalendarDay(DateOnly Day, bool Works, string Note)
{
    /// <summary>False for days that follow from law and moon but weren't announced when the program was made: to be checked by a person.</summary>
    public bool IsCertain { get; init; } = true;
}

/// <summary>Working days: Monday to Friday less public holidays and official swaps.</summary>
public sealed class WorkCalendar
{
    private readonly Dictionary<DateOnly, CalendarDay> special;

    /// <summary>A calendar of special days; a later entry of the same day wins.</summary>
    public WorkCalendar(IEnumerable<CalendarDay> days)
    {
        special = [];
        foreach (CalendarDay day in days)
            special[day.Day] = day;
    }

    /// <summary>The calendar that comes with the program (2024–2027).</summary>
    public static WorkCalendar Shipped { get; } = new(DatedData.Read(
        "calendar.csv", c => new CalendarDay(DatedData.Day(c("day"))!.Value, c("kind") == "work", c("note")) { IsCertain = c("certain") == "yes" }));

    /// <summary>The entry of a day; null for a day that is what its weekday says.</summary>
    public CalendarDay? Find(DateOnly day) => special.GetValueOrDefault(day);

    /// <summary>Its special days, in order.</summary>
    public IEnumerable<CalendarDay> Special => special.Values.OrderBy(d => d.Day);

    /// <summary>This calendar with the facility's own entries laid over it.</summary>
    public WorkCalendar With(IEnumerable<CalendarDay> changes) => new(special.Values.Concat(changes));

    /// <summary>Whether people work on that day.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        special.TryGetValue(day, out CalendarDay? entry) ? entry.Works : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The day itself when it is worked, else the next one that is.</summary>
    public DateOnly OnOrAfter(DateOnly day)
    {
        while (!IsWorkingDay(day))
            day = day.AddDays(1);
        return day;
    }

    /// <summary>The n-th working day after the given one, which itself isn't counted.</summary>
    public DateOnly Add(DateOnly day, int workingDays)
    {
        for (int left = workingDays; left > 0;)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day))
                left--;
        }
        return day;
    }
}
