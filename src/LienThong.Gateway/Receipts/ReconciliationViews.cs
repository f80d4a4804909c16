using LienThong.Gateway.Catalogues;
using LienThong.Gateway.Records;

namespace LienThong.Gateway.Receipts;

/// <summary>Where a comparison stands.</summary>
public enum ReconciliationState
{
    /// <summary>Its list is being read; one that stays so was given up and is removed after a day.</summary>
    Reading,
    /// <summary>Read and compared for show; nothing is changed until somebody applies it.</summary>
    Previewed,
    /// <summary>Being applied, page by page; goes on after a crash where it stood.</summary>
    Applying,
    /// <summary>Applied and compared.</summary>
    Done,
}

/// <summary>What a difference is about.</summary>
public enum DifferenceKind
{
    /// <summary>Ours, accepted or of unknown outcome, but not in the portal's list although it falls into its range.</summary>
    NotTheirs,
    /// <summary>In the portal's list, not in our store.</summary>
    NotOurs,
    /// <summary>In both, with another amount, discharge, transaction or state.</summary>
    Different,
    /// <summary>The portal found faults.</summary>
    Faulty,
    /// <summary>The list speaks of a version that isn't the current one any more.</summary>
    OlderVersion,
    /// <summary>An unknown outcome was settled.</summary>
    Settled,
    /// <summary>Was missing or faulty and is now seen in an accepted list.</summary>
    Resolved,
    /// <summary>Left alone because it is being sent at this moment.</summary>
    Skipped,
}

/// <summary>The three work lists of reconciliation.</summary>
public enum CaseGroup
{
    /// <summary>Ours, in no list of the portal.</summary>
    Fail,
    /// <summary>In a list of faults.</summary>
    Faulty,
    /// <summary>Seen in an accepted list at a later comparison.</summary>
    Resolved,
}

/// <summary>How a comparison went.</summary>
public sealed record ReconciliationCounts
{
    /// <summary>Records (or transactions) of the list.</summary>
    public long Listed { get; set; }
    /// <summary>Of those, ours and sent by us.</summary>
    public long Matched { get; set; }
    /// <summary>Receipts that become confirmed.</summary>
    public long Confirmed { get; set; }
    /// <summary>Receipts that become faulty.</summary>
    public long Faulty { get; set; }
    /// <summary>Receipts that stay as they were.</summary>
    public long Unchanged { get; set; }
    /// <summary>Unknown outcomes settled as accepted.</summary>
    public long SettledAccepted { get; set; }
    /// <summary>Unknown outcomes settled as rejected.</summary>
    public long SettledRejected { get; set; }
    /// <summary>Records in the list that aren't ours.</summary>
    public long NotOurs { get; set; }
    /// <summary>Our records that the list lacks.</summary>
    public long NotTheirs { get; set; }
    /// <summary>Records with another amount, discharge, transaction or state.</summary>
    public long Different { get; set; }
    /// <summary>Rows that speak of a version that isn't current any more.</summary>
    public long OlderVersion { get; set; }
    /// <summary>Cases that became resolved.</summary>
    public long Resolved { get; set; }
    /// <summary>Records left alone because they are being sent.</summary>
    public long Skipped { get; set; }
}

/// <summary>A comparison with one list of the portal.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="Kind">Kind of list.</param>
/// <param name="State">Where it stands.</param>
/// <param name="FileName">Name of the list's file.</param>
/// <param name="Sha256">Hash of its bytes, which stay in the archive.</param>
/// <param name="AsOf">When the list was taken from the portal.</param>
/// <param name="Simulator">A simulator wrote it: no evidence of anything.</param>
/// <param name="Repeats">Comparison that applied the same bytes before; then this one changes nothing. Null otherwise.</param>
/// <param name="From">First day in which our records must be in the list; null when the list can't be asked what it lacks.</param>
/// <param name="To">Last such day.</param>
/// <param name="ByReception">The days are those of reception instead of discharge.</param>
/// <param name="Rows">Rows read.</param>
/// <param name="Refused">Wrong rows, which were left out.</param>
/// <param name="Done">Rows worked through.</param>
/// <param name="NeedsConfirmation">So few rows are ours that it may be another facility's list: applying must be confirmed.</param>
/// <param name="Expected">What the preview said.</param>
/// <param name="Counts">What was done so far.</param>
/// <param name="Problems">What was wrong with file and rows: the first ones.</param>
/// <param name="MoreProblems">Problems beyond those.</param>
/// <param name="Actor">Who brought the list.</param>
/// <param name="AppliedBy">Who applied it; null before.</param>
/// <param name="CreatedAt">When it was brought.</param>
/// <param name="FinishedAt">When it was over; null before.</param>
public sealed record Reconciliation(
    Guid Id, string Facility, PortalListKind Kind, ReconciliationState State, string FileName, string Sha256, DateTimeOffset AsOf, bool Simulator, Guid? Repeats,
    DateOnly? From, DateOnly? To, bool ByReception, long Rows, long Refused, long Done, bool NeedsConfirmation, ReconciliationCounts Expected, ReconciliationCounts Counts,
    IReadOnlyList<CatalogueProblem> Problems, int MoreProblems, string Actor, string? AppliedBy, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt);

/// <summary>What is to be done with a list.</summary>
public sealed record ReconciliationRequest
{
    /// <summary>Name of the file.</summary>
    public required string FileName { get; init; }

    /// <summary>Facility whose list it is.</summary>
    public required string Facility { get; init; }

    /// <summary>The kind of list; null to find out from its headings.</summary>
    public PortalListKind? Kind { get; init; }

    /// <summary>When it was taken from the portal; null for now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>First day it covers; null to take it from its rows.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day it covers; null to take it from its rows.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>What became of a request.</summary>
/// <param name="Run">The comparison; null when there is none.</param>
/// <param name="Refusal">Why not, in Vietnamese; empty when done.</param>
/// <param name="Problems">What was wrong with the file when it couldn't be read.</param>
public sealed record ReconciliationResult(Reconciliation? Run, string Refusal, IReadOnlyList<CatalogueProblem> Problems);

/// <summary>One difference.</summary>
/// <param name="Ordinal">Position in the comparison, from 1.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="MaLk"><c>MA_LK</c>; the transaction where the list has no <c>MA_LK</c>.</param>
/// <param name="RecordId">Our record; null when it isn't ours.</param>
/// <param name="Version">Version that is meant.</param>
/// <param name="State">State of the current version now; null when it isn't ours.</param>
/// <param name="Field">What differs; empty when the record as a whole.</param>
/// <param name="Ours">What we have.</param>
/// <param name="Theirs">What the list says.</param>
/// <param name="Code">Code of the portal's fault.</param>
/// <param name="Message">Its text, or what to know, in Vietnamese.</param>
/// <param name="Line">Line in the list; null when it isn't in it.</param>
public sealed record ReconciliationDifference(
    long Ordinal, DifferenceKind Kind, string MaLk, Guid? RecordId, int? Version, RecordState? State, string Field, string Ours, string Theirs, string Code,
    string Message, int? Line);

/// <summary>A record of one of the three work lists.</summary>
/// <param name="RecordId">The record.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="MaLk"><c>MA_LK</c>.</param>
/// <param name="Group">Which list.</param>
/// <param name="Version">Current version.</param>
/// <param name="State">Its state now.</param>
/// <param name="Code">Code of the fault.</param>
/// <param name="Message">Its text.</param>
/// <param name="OpenedAt">Since when it is a case.</param>
/// <param name="ChangedAt">When it came into this list.</param>
public sealed record ReconciliationCase(
    Guid RecordId, string Facility, string MaLk, CaseGroup Group, int Version, RecordState State, string Code, string Message, DateTimeOffset OpenedAt, DateTimeOffset ChangedAt);

/// <summary>A record that no list has confirmed long after it was sent.</summary>
/// <param name="RecordId">The record.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="MaLk"><c>MA_LK</c>.</param>
/// <param name="Version">Its version.</param>
/// <param name="State">Its state.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="WindowEnds">When the portal stops showing its result.</param>
public sealed record UnconfirmedRecord(Guid RecordId, string Facility, string MaLk, int Version, RecordState State, DateTimeOffset SentAt, DateTimeOffset WindowEnds);

/// <summary>How many records no list has confirmed long after they were sent; each at most 10 000, which then means 'or more'.</summary>
/// <param name="Due">Old enough for a reminder, results can still be looked up.</param>
/// <param name="Closed">The portal doesn't show their results any more.</param>
public sealed record UnconfirmedCounts(long Due, long Closed);
