using System.Globalization;
using LienThong.Standard;

namespace LienThong.Gateway.Deadlines;

/// <summary>Rules of a period for how long a record may take, compared with the end of the visit.</summary>
/// <param name="Id">Stable name.</param>
/// <param name="ValidFrom">First day of visits it applies to.</param>
/// <param name="ValidTo">Last day; null while in force.</param>
/// <param name="CorrectionWindowDays">Working days after the end to check, correct, authenticate and send.</param>
/// <param name="MonthCloseDay">Before this day of the next month everything of a month must be in.</param>
/// <param name="LegalBasis">Where it is written.</param>
/// <param name="Enacted">False for drafts, which are shown but not applied.</param>
public sealed record DeadlineRegime(
    string Id, DateOnly ValidFrom, DateOnly? ValidTo, int CorrectionWindowDays, int MonthCloseDay, string LegalBasis, bool Enacted)
{
    /// <summary>All regimes. A new circular is a line here.</summary>
    public static IReadOnlyList<DeadlineRegime> All { get; } =
    [
        new("TT48", new DateOnly(2018, 3, 1), null, 7, 5, "TT 48/2017/TT-BYT, Điều 7 khoản 1", Enacted: true),
    ];

    /// <summary>The regime in force on the day a visit ended; null before the first.</summary>
    public static DeadlineRegime? InForceOn(DateOnly end)
    {
        foreach (DeadlineRegime regime in All)
        {
            if (regime.Enacted && regime.ValidFrom <= end && (regime.ValidTo is not { } last || end <= last))
                return regime;
        }
        return null;
    }
}

/// <summary>Which limit is the nearer one.</summary>
public enum DeadlineKind
{
    /// <summary>Seven working days from the end of the visit.</summary>
    CorrectionWindow,
    /// <summary>Before the fifth of the next month.</summary>
    MonthClose,
}

/// <summary>The moment by which a record must be at the portal.</summary>
/// <param name="Kind">The limit that decides: the earlier of the two.</param>
/// <param name="LastDay">Last day in Vietnam on which sending is in time, until 24:00.</param>
/// <param name="Regime">Rules it was calculated by.</param>
public sealed record Deadline(DeadlineKind Kind, DateOnly LastDay, DeadlineRegime Regime)
{

    /// <summary>First moment that is too late (00:00 of the day after, Vietnam time).</summary>
    public DateTimeOffset Closes => new(LastDay.AddDays(1).ToDateTime(TimeOnly.MinValue), VietnamTime.Offset);
}

/// <summary>Calculates deadlines of records.</summary>
public static class DeadlineRules
{

    // Under these releases NGAY_RA of some visit types is the last day of drug use, a moment still to come (regulation-timeline.md §2).
    private static readonly string[] ReleasesWithFutureEnd = ["QD130", "QD4750"];
    private static readonly string[] TypesWithFutureEnd = ["02", "05", "07"];

    /// <summary>Deadline of a record; null when <c>NGAY_RA</c> is unusable or no regime is in force.</summary>
    /// <param name="ngayRa"><c>yyyyMMddHHmm</c>, Vietnam time.</param>
    /// <param name="release">Release of the record.</param>
    /// <param name="maLoaiKcb">Visit type.</param>
    /// <param name="receivedAt">When the HIS handed it in: the visit was closed by then.</param>
    /// <param name="calendar">Working days.</param>
    public static Deadline? For(string ngayRa, string release, string maLoaiKcb, DateTimeOffset receivedAt, WorkCalendar calendar)
    {
        if (!DateTime.TryParseExact(ngayRa, "yyyyMMddHHmm", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime discharged))
            return null;
        DateOnly end = DateOnly.FromDateTime(discharged);
        DateOnly received = receivedAt.VietnamDay();
        if (received < end && ReleasesWithFutureEnd.Contains(release) && TypesWithFutureEnd.Contains(maLoaiKcb))
            end = received;
        return DeadlineRegime.InForceOn(end) is { } regime ? For(end, regime, calendar) : null;
    }

    /// <summary>Deadline of a visit that ended on a day.</summary>
    public static Deadline For(DateOnly end, DeadlineRegime regime, WorkCalendar calendar)
    {
        // A visit that ends on a day off counts as ended on the next working day (TT 48, Điều 13 khoản 7).
        DateOnly window = calendar.Add(calendar.OnOrAfter(end), regime.CorrectionWindowDays);
        DateOnly close = new DateOnly(end.Year, end.Month, 1).AddMonths(1).AddDays(regime.MonthCloseDay - 2);
        return close < window
            ? new Deadline(DeadlineKind.MonthClose, close, regime)
            : new Deadline(DeadlineKind.CorrectionWindow, window, regime);
    }
}
