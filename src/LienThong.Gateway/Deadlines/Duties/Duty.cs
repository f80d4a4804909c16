namespace LienThong.Gateway.Deadlines;

/// <summary>How a duty stands.</summary>
public enum DutyState
{
    /// <summary>To be done; overdue once it is due.</summary>
    Open,
    /// <summary>Done, by a person or by what the product saw.</summary>
    Done,
    /// <summary>A person said that it doesn't concern the facility.</summary>
    Dropped,
}

/// <summary>A task with a due date beside the records.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="Rule">Id of its line in <c>duties.csv</c>.</param>
/// <param name="Subject">What it is about: a month, a serial, a day of answers, or what a person wrote.</param>
/// <param name="Title">What it is called.</param>
/// <param name="State">How it stands.</param>
/// <param name="BeganAt">From when its limit counts.</param>
/// <param name="DueAt">First moment that is too late.</param>
/// <param name="Records">How many records it concerns; null when that says nothing.</param>
/// <param name="Note">What was noted.</param>
/// <param name="OpenedBy">Who opened it; <c>system</c> for the product.</param>
/// <param name="DoneBy">Who settled it.</param>
/// <param name="DoneAt">When.</param>
public sealed record Duty(
    Guid Id, string Facility, string Rule, string Subject, string Title, DutyState State, DateTimeOffset BeganAt, DateTimeOffset DueAt, long? Records, string Note,
    string OpenedBy, string? DoneBy, DateTimeOffset? DoneAt)
{
    /// <summary>Whether it should have been done by now.</summary>
    public bool IsOverdue(DateTimeOffset now) => State == DutyState.Open && now >= DueAt;

    /// <summary>The line it comes from; null when a later program has no such line any more.</summary>
    public DutyRule? Line => DutyRule.All.FirstOrDefault(r => r.Id == Rule);
}

/// <summary>What became of a change of a duty.</summary>
/// <param name="Done">Whether it was taken.</param>
/// <param name="Message">What to tell the person, in Vietnamese.</param>
/// <param name="Id">The duty; null when there is none.</param>
public sealed record DutyChange(bool Done, string Message, Guid? Id = null);

/// <summary>A date by which something changes (<c>milestones.csv</c>, regulation-timeline.md §3 and §11).</summary>
/// <param name="Id">Stable name.</param>
/// <param name="Day">The day from which it holds.</param>
/// <param name="Title">What changes.</param>
/// <param name="Basis">Where it is written.</param>
/// <param name="Confidence">As for <see cref="DutyRule"/>.</param>
public sealed record Milestone(string Id, DateOnly Day, string Title, string Basis, string Confidence)
{
    /// <summary>All of them, by day.</summary>
    public static IReadOnlyList<Milestone> All { get; } =
        [.. DatedData.Read("milestones.csv", c => new Milestone(c("id"), DatedData.Day(c("day"))!.Value, c("title"), c("basis"), c("confidence"))).OrderBy(m => m.Day)];
}
