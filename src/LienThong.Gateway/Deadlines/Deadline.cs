using LienThong.Standard;

namespace LienThong.Gateway.Deadlines;

/// <summary>Which limit is the nearest one.</summary>
public enum DeadlineKind
{
    /// <summary>Seven working days from the end of the visit.</summary>
    CorrectionWindow,
    /// <summary>Before the fifth of the next month.</summary>
    MonthClose,
    /// <summary>Three hours from the end of the visit: a draft, where a person switched it on.</summary>
    Draft3h,
}

/// <summary>The moment by which a record must be at the portal.</summary>
/// <param name="Kind">The limit that decides: the earliest of those in force.</param>
/// <param name="Starts">From when the clock runs.</param>
/// <param name="Original">First moment that is too late, incidents left aside.</param>
/// <param name="Closes">First moment that is too late, with what incidents add.</param>
/// <param name="Rule">The line it was calculated by.</param>
public sealed record Deadline(DeadlineKind Kind, DateTimeOffset Starts, DateTimeOffset Original, DateTimeOffset Closes, DutyRule Rule)
{
    /// <summary>Last day in Vietnam on which sending is in time, incidents left aside.</summary>
    public DateOnly LastDay => Original.AddTicks(-1).VietnamDay();

    /// <summary>Whether an incident makes it later.</summary>
    public bool IsExtended => Closes > Original;
}

/// <summary>A deadline with the number of the ground it stands on, as stored with a version.</summary>
/// <param name="Ground">Number of calendar, incidents and switches it was calculated by.</param>
/// <param name="Deadline">The deadline; null when <c>NGAY_RA</c> is unusable or no rule was in force.</param>
public sealed record GroundedDeadline(long Ground, Deadline? Deadline)
{
    /// <summary>As stored: UTC milliseconds; null for none.</summary>
    internal long? At => Deadline?.Closes.ToUnixTimeMilliseconds();

    internal long? Base => Deadline?.Original.ToUnixTimeMilliseconds();

    internal string? Kind => Deadline?.Kind.ToString();
}
