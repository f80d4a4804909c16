using System.Globalization;

namespace LienThong.Gateway.Deadlines;

/// <summary>What a duty is about.</summary>
public enum DutyKind
{
    /// <summary>Each record has this deadline.</summary>
    Record,
    /// <summary>A task that an event starts.</summary>
    Task,
    /// <summary>A task of every month, quarter, half-year, year or day.</summary>
    Period,
    /// <summary>Somebody else's duty; we only expect it. That nothing came proves nothing.</summary>
    Expectation,
    /// <summary>A reminder before a task is due.</summary>
    Reminder,
    /// <summary>A date to know.</summary>
    Notice,
}

/// <summary>From when a limit counts.</summary>
public enum DutyStart
{
    /// <summary>End of the visit.</summary>
    VisitEnd,
    /// <summary>First cost of the visit or of the admitting ward.</summary>
    FirstCost,
    /// <summary>Moment of sending.</summary>
    Sending,
    /// <summary>The portal's reception.</summary>
    PortalReception,
    /// <summary>The portal's answer that something is wrong.</summary>
    PortalAnswer,
    /// <summary>A letter, a result, an announcement.</summary>
    Event,
    /// <summary>A calendar month.</summary>
    Month,
    /// <summary>A calendar quarter.</summary>
    Quarter,
    /// <summary>January–June or July–December.</summary>
    HalfYear,
    /// <summary>A calendar year.</summary>
    Year,
    /// <summary>A day.</summary>
    Day,
}

/// <summary>How a limit is measured.</summary>
public enum DutyUnit
{
    /// <summary>Minutes of the clock.</summary>
    Minutes,
    /// <summary>Hours of the clock.</summary>
    Hours,
    /// <summary>Calendar days, counted from the day after; in time until 24:00.</summary>
    Days,
    /// <summary>Working days, counted from the day after; in time until 24:00.</summary>
    WorkingDays,
    /// <summary>A start on a day off moves to the next working day.</summary>
    NextWorkingDay,
    /// <summary>Before this day of the month after; in time until 24:00 of the day before.</summary>
    BeforeDayOfNextMonth,
    /// <summary>Before this day of the month.</summary>
    BeforeDayOfMonth,
    /// <summary>By this day of the month after the period.</summary>
    DayOfNextMonth,
    /// <summary>By the last day of the month after the period.</summary>
    EndOfNextMonth,
    /// <summary>By this hour of the day.</summary>
    HourOfDay,
    /// <summary>By this day of December.</summary>
    DayOfDecember,
}

/// <summary>Whose duty it is.</summary>
public enum DutyParty
{
    /// <summary>The facility.</summary>
    Facility,
    /// <summary>The portal, by machine.</summary>
    Portal,
    /// <summary>BHXH's people.</summary>
    Bhxh,
}

/// <summary>A duty with its dates, as <c>duties.csv</c> states it (regulation-timeline.md §4–6). A new circular is a line there.</summary>
/// <param name="Id">Stable name.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="ValidFrom">First day it applies to, compared with what <paramref name="From"/> names.</param>
/// <param name="ValidTo">Last day; null while in force.</param>
/// <param name="Enacted">False for drafts, which apply only where a person switches them on.</param>
/// <param name="From">From when it counts.</param>
/// <param name="Amount">How much of <paramref name="Unit"/>.</param>
/// <param name="Unit">How it is measured.</param>
/// <param name="By">Whose duty it is.</param>
/// <param name="On">Whether facilities have it unless they say otherwise.</param>
/// <param name="Province">Only facilities of this province; empty for all.</param>
/// <param name="Confidence"><c>O</c> official text, <c>G</c> as a handbook cites it, <c>S</c> a single source, <c>I</c> own reading.</param>
/// <param name="Basis">Where it is written.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Action">What to do; may be empty.</param>
public sealed record DutyRule(
    string Id, DutyKind Kind, DateOnly ValidFrom, DateOnly? ValidTo, bool Enacted, DutyStart From, int Amount, DutyUnit Unit, DutyParty By, bool On, string Province,
    string Confidence, string Basis, string Title, string Action)
{
    /// <summary>All of them, in the order of the file.</summary>
    public static IReadOnlyList<DutyRule> All { get; } = DatedData.Read("duties.csv", c => new DutyRule(
        c("id"), DatedData.Word<DutyKind>(c("kind")), DatedData.Day(c("valid_from"))!.Value, DatedData.Day(c("valid_to")), c("enacted") == "yes",
        DatedData.Word<DutyStart>(c("from")), int.Parse(c("amount"), CultureInfo.InvariantCulture), DatedData.Word<DutyUnit>(c("unit")), DatedData.Word<DutyParty>(c("by")),
        c("on") == "yes", c("provinces"), c("confidence"), c("basis"), c("title"), c("action")));

    /// <summary>The newest line of this name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static DutyRule Get(string id) => All.LastOrDefault(r => r.Id == id) ?? throw new InvalidOperationException($"There is no duty {id}.");

    /// <summary>The line of this name in force on a day, enacted or not; null when none is.</summary>
    public static DutyRule? InForce(string id, DateOnly day)
    {
        foreach (DutyRule rule in All)
        {
            if (rule.Id == id && rule.IsInForce(day))
                return rule;
        }
        return null;
    }

    /// <summary>Whether the line covers a day.</summary>
    public bool IsInForce(DateOnly day) => ValidFrom <= day && (ValidTo is not { } last || day <= last);
}
