using System.Globalization;
using LienThong.Standard;

namespace LienThong.Gateway.Deadlines;

/// <summary>One month, quarter or other period of a duty.</summary>
/// <param name="Subject">Its name: <c>2026-07</c>, <c>2026-Q2</c>, <c>2026-H1</c>, <c>2026</c>, <c>2026-07-14</c>.</param>
/// <param name="First">First day of the period.</param>
/// <param name="Opens">Moment from which the duty is shown.</param>
/// <param name="Closes">First moment that is too late.</param>
public sealed record DutyPeriod(string Subject, DateOnly First, DateTimeOffset Opens, DateTimeOffset Closes);

/// <summary>When duties are due.</summary>
public static class DutyDue
{
    // Days of the month from which people look ahead to its end (processes.md §7).
    private const int LookAhead = 25;

    /// <summary>First moment that is too late for a duty that something started.</summary>
    /// <exception cref="ArgumentException">The duty is one of periods.</exception>
    public static DateTimeOffset After(DutyRule rule, DateTimeOffset start, WorkCalendar calendar) => rule.Unit switch
    {
        DutyUnit.Minutes => start.AddMinutes(rule.Amount),
        DutyUnit.Hours => start.AddHours(rule.Amount),
        DutyUnit.Days => EndOf(start.VietnamDay().AddDays(rule.Amount)),
        DutyUnit.WorkingDays => EndOf(calendar.Add(start.VietnamDay(), rule.Amount)),
        DutyUnit.NextWorkingDay => EndOf(calendar.OnOrAfter(start.VietnamDay())),
        DutyUnit.BeforeDayOfNextMonth => EndOf(FirstOfMonth(start.VietnamDay()).AddMonths(1).AddDays(rule.Amount - 2)),
        DutyUnit.BeforeDayOfMonth => EndOf(FirstOfMonth(start.VietnamDay()).AddDays(rule.Amount - 2)),
        _ => throw new ArgumentException($"{rule.Id} is due by period, not after an event.", nameof(rule)),
    };

    /// <summary>The periods of a duty that are open at a moment: begun to matter and not over.</summary>
    public static IEnumerable<DutyPeriod> OpenAt(DutyRule rule, DateTimeOffset now)
    {
        DateOnly today = now.VietnamDay();
        // The one that has just begun and the ones before it: a duty of a past period is due in the present one.
        for (int back = 0; back <= 2; back++)
        {
            DutyPeriod period = PeriodOf(rule, Back(rule.From, today, back));
            if (rule.IsInForce(period.First) && period.Opens <= now && now < period.Closes)
                yield return period;
        }
    }

    /// <summary>The period that holds a day.</summary>
    /// <exception cref="ArgumentException">The duty isn't one of periods.</exception>
    public static DutyPeriod PeriodOf(DutyRule rule, DateOnly day)
    {
        (DateOnly first, DateOnly next, string subject) = rule.From switch
        {
            DutyStart.Day => (day, day.AddDays(1), Text(day, "yyyy-MM-dd")),
            DutyStart.Month => (FirstOfMonth(day), FirstOfMonth(day).AddMonths(1), Text(day, "yyyy-MM")),
            DutyStart.Quarter => Months(day, 3, "Q"),
            DutyStart.HalfYear => Months(day, 6, "H"),
            DutyStart.Year => (new DateOnly(day.Year, 1, 1), new DateOnly(day.Year + 1, 1, 1), Text(day, "yyyy")),
            _ => throw new ArgumentException($"{rule.Id} isn't a duty of periods.", nameof(rule)),
        };
        return rule.Unit switch
        {
            DutyUnit.DayOfNextMonth => new DutyPeriod(subject, first, StartOf(next), EndOf(next.AddDays(rule.Amount - 1))),
            DutyUnit.EndOfNextMonth => new DutyPeriod(subject, first, StartOf(next), StartOf(next.AddMonths(1))),
            DutyUnit.BeforeDayOfNextMonth => new DutyPeriod(subject, first, StartOf(first.AddDays(LookAhead - 1)), EndOf(next.AddDays(rule.Amount - 2))),
            DutyUnit.HourOfDay => new DutyPeriod(subject, first, StartOf(first), StartOf(first).AddHours(rule.Amount)),
            DutyUnit.DayOfDecember => new DutyPeriod(subject, first, StartOf(new DateOnly(first.Year, 11, 15)), EndOf(new DateOnly(first.Year, 12, rule.Amount))),
            _ => throw new ArgumentException($"{rule.Id} isn't a duty of periods.", nameof(rule)),
        };
    }

    internal static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), VietnamTime.Offset);

    internal static DateTimeOffset EndOf(DateOnly day) => StartOf(day.AddDays(1));

    internal static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);

    private static DateOnly Back(DutyStart from, DateOnly day, int periods) => from switch
    {
        DutyStart.Day => day.AddDays(-periods),
        DutyStart.Month => FirstOfMonth(day).AddMonths(-periods),
        DutyStart.Quarter => FirstOfMonth(day).AddMonths(-3 * periods),
        DutyStart.HalfYear => FirstOfMonth(day).AddMonths(-6 * periods),
        _ => day.AddYears(-periods),
    };

    private static (DateOnly First, DateOnly Next, string Subject) Months(DateOnly day, int length, string letter)
    {
        int part = (day.Month - 1) / length;
        DateOnly first = new(day.Year, (part * length) + 1, 1);
        return (first, first.AddMonths(length), string.Create(CultureInfo.InvariantCulture, $"{day.Year}-{letter}{part + 1}"));
    }

    private static string Text(DateOnly day, string format) => day.ToString(format, CultureInfo.InvariantCulture);
}
