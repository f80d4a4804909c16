namespace LienThong.Gateway.Rejudging;

/// <summary>Which stored records are judged again: the current version of each, within the caller's facilities.</summary>
public sealed record RejudgeSelection
{
    /// <summary>Only this facility; null for all the caller may see.</summary>
    public string? Facility { get; init; }

    /// <summary>First day of <c>NGAY_RA</c>; null for no limit.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day of <c>NGAY_RA</c>; null for no limit.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Only records that have a finding of this rule now; null for all. A rule that is new can break any record: leave it out then.</summary>
    public string? Rule { get; init; }

    /// <summary>Also records that were sent: they get the new findings, and keep their state.</summary>
    public bool IncludeSent { get; init; }

    /// <summary>Only these records (also sent ones, when <see cref="IncludeSent"/>); null for all.</summary>
    public IReadOnlyCollection<Guid>? Records { get; init; }

    /// <summary>Why, for the list of runs; may be empty.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>Where a run stands.</summary>
public enum RejudgeState
{
    /// <summary>Waiting for a worker, or being worked on.</summary>
    Running,
    /// <summary>Stopped by a person; goes on where it stood.</summary>
    Paused,
    /// <summary>Every record of the selection was looked at.</summary>
    Done,
    /// <summary>Ended by a person before its end; what was judged stays judged.</summary>
    Stopped,
    /// <summary>Ended by a failure; <see cref="RejudgeProgress.Cause"/> tells it. It can be resumed.</summary>
    Failed,
}

/// <summary>A run and how far it has come, summed over the facilities the caller may see.</summary>
/// <param name="Id">The run.</param>
/// <param name="Facilities">Its facilities.</param>
/// <param name="State">The least finished state of its facilities.</param>
/// <param name="Total">Records selected when it started.</param>
/// <param name="Done">Records looked at.</param>
/// <param name="Changed">Records whose findings changed.</param>
/// <param name="NowReady">Records that became ready.</param>
/// <param name="NowInvalid">Records that became blocked.</param>
/// <param name="Actor">Who started it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Cause">Why it failed; null when it didn't.</param>
/// <param name="StartedAt">When it was started (UTC).</param>
/// <param name="UpdatedAt">Its last progress (UTC).</param>
/// <param name="FinishedAt">When it was over; null before.</param>
public sealed record RejudgeProgress(
    Guid Id, IReadOnlyList<string> Facilities, RejudgeState State, long Total, long Done, long Changed, long NowReady, long NowInvalid, string Actor,
    string Reason, string? Cause, DateTimeOffset StartedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt)
{
    /// <summary>Whether nothing more happens without a person.</summary>
    public bool IsOver => State is RejudgeState.Done or RejudgeState.Stopped or RejudgeState.Failed;

    /// <summary>Share done in percent, 0–100.</summary>
    public int Percent => Total == 0 ? (IsOver ? 100 : 0) : (int)Math.Min(100, 100 * Done / Total);
}
