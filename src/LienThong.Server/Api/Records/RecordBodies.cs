using LienThong.Gateway.Records;
using LienThong.Gateway.Rules;
using LienThong.Server.Pages.Records;

namespace LienThong.Server.Api.Records;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">Kind of row.</typeparam>
/// <param name="Items">Rows, newest first.</param>
/// <param name="Next">Pass as <c>after</c> for the next page; null on the last.</param>
/// <param name="Previous">Pass as <c>before</c> for the page before; null on the first.</param>
public sealed record PageBody<T>(IReadOnlyList<T> Items, string? Next, string? Previous);

/// <summary>A record: its current version.</summary>
/// <param name="Id">Our id: <c>MA_LK</c> is unique per facility only.</param>
/// <param name="MaCskcb">Facility code.</param>
/// <param name="MaLk"><c>MA_LK</c>.</param>
/// <param name="Version">Current version.</param>
/// <param name="State">Its state.</param>
/// <param name="StateAt">Since when (UTC).</param>
/// <param name="StateCause">Why it is in this state, in Vietnamese; null when there is nothing to say.</param>
/// <param name="Name">Patient's name.</param>
/// <param name="NgayVao"><c>yyyyMMddHHmm</c>, Vietnam time; empty when unusable.</param>
/// <param name="NgayRa">As above.</param>
/// <param name="MaLoaiKcb">Visit type.</param>
/// <param name="Release">Release of the standard it is judged by.</param>
/// <param name="TTongChiBv"><c>T_TONGCHI_BV</c>, VND.</param>
/// <param name="TBhtt"><c>T_BHTT</c>, VND.</param>
/// <param name="Blocked">Whether something blocks sending.</param>
/// <param name="Findings">How many findings of each severity.</param>
/// <param name="Deadline">First moment that is too late for the portal (UTC); null when unknown.</param>
/// <param name="ReceivedAt">When it came (UTC).</param>
public sealed record RecordBody(
    Guid Id, string MaCskcb, string MaLk, int Version, RecordState State, DateTimeOffset StateAt, string? StateCause, string Name, string NgayVao, string NgayRa,
    string MaLoaiKcb, string Release, decimal? TTongChiBv, decimal? TBhtt, bool Blocked, FindingCounts Findings, DateTimeOffset? Deadline, DateTimeOffset ReceivedAt)
{
    internal static RecordBody Of(RecordListItem r) => new(
        r.Id, r.Facility, r.MaLk, r.Version, r.State, r.StateAt, r.StateCause, r.Name, r.NgayVao, r.NgayRa, r.MaLoaiKcb, r.Release,
        r.TotalCost, r.FundPays, r.Blocks > 0, new FindingCounts(r.Blocks, r.Warnings, r.Infos), r.Deadline, r.ReceivedAt);
}

/// <summary>How many findings of each severity.</summary>
/// <param name="Block">They stop sending.</param>
/// <param name="Warn">They may cost money.</param>
/// <param name="Info">Hints.</param>
public sealed record FindingCounts(int Block, int Warn, int Info);

/// <summary>A record with its versions, history and calls to the portal.</summary>
/// <param name="Record">The current version.</param>
/// <param name="NotChecked">How often a rule could not be judged.</param>
/// <param name="Versions">All versions, newest first.</param>
/// <param name="History">All moves, oldest first.</param>
/// <param name="Submissions">All calls, oldest first.</param>
/// <param name="Work">What waits to be done; null when nothing.</param>
public sealed record RecordDetailBody(
    RecordBody Record, int NotChecked, IReadOnlyList<VersionView> Versions, IReadOnlyList<HistoryEntry> History,
    IReadOnlyList<SubmissionView> Submissions, WorkView? Work);

/// <summary>A finding, as the command line prints it.</summary>
/// <param name="Code">Rule; <c>HIDDEN</c> for one whose place the caller may not know.</param>
/// <param name="Severity"><c>block</c>, <c>warn</c> or <c>info</c>.</param>
/// <param name="Table">Table (<c>XML3</c>); empty when the record is meant.</param>
/// <param name="Row">Position of the row, from 1; null when the table is meant.</param>
/// <param name="Stt"><c>STT</c> as received.</param>
/// <param name="Field">Field; empty when none is meant.</param>
/// <param name="Value">Text as received; empty when hidden from the caller.</param>
/// <param name="Message">What is wrong, in Vietnamese.</param>
/// <param name="Fix">What to do, in Vietnamese.</param>
/// <param name="LegalBasis">Where it is written.</param>
/// <param name="Expected">The right value when the rule can tell it; otherwise null.</param>
/// <param name="Department">Department of the row, else of the record; empty when unknown.</param>
/// <param name="Doctor">Who ordered, performed or signed the row; empty when unknown.</param>
/// <param name="Item">The drug, supply, service or disease code it is about; empty when there is none.</param>
/// <param name="AtRisk">VND that the fund could cut if the finding stands; null when it can't be told. Findings of one record overlap.</param>
/// <param name="Related">The other cells the rule read.</param>
public sealed record FindingBody(
    string Code, string Severity, string Table, int? Row, string Stt, string Field, string Value, string Message, string Fix, string LegalBasis,
    string? Expected, string Department, string Doctor, string Item, decimal? AtRisk, IReadOnlyList<StoredCell> Related)
{
    /// <summary>What it saw, to mark it by; empty for one whose place the caller may not know.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>What a person said of it; null while nobody did.</summary>
    public MarkBody? Mark { get; init; }

    /// <summary>Exception that changed it; null when none did.</summary>
    public Guid? Exception { get; init; }

    /// <summary>The weight the rule itself gave, when an exception changed it; otherwise null.</summary>
    public string? Given { get; init; }

    internal static FindingBody Of(StoredFinding f) => new(
        f.Rule, f.Severity.ToString().ToLowerInvariant(), f.Table, f.Row, f.Stt, f.Field, f.Value, f.Message, f.Fix, f.LegalBasis,
        f.Expected, f.Department, f.Doctor, f.Item, f.AtRisk, f.Related)
    {
        Exception = f.Exception.Length > 0 ? Guid.ParseExact(f.Exception, "N") : null,
        Given = f.Given?.ToString().ToLowerInvariant(),
    };

    internal static FindingBody Of(NumberedFinding f) => Of(f.Finding) with
    {
        Fingerprint = f.Fingerprint,
        Mark = f.Mark is { } m ? new MarkBody(m.Id, m.Verdict, m.Reason, m.Author, m.At) : null,
    };
}

/// <summary>What a person said of a finding.</summary>
/// <param name="Id">Id, to take it back by.</param>
/// <param name="Verdict"><c>NotAnError</c> or <c>Confirmed</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Author">Who.</param>
/// <param name="At">When (UTC).</param>
public sealed record MarkBody(Guid Id, MarkVerdict Verdict, string Reason, string Author, DateTimeOffset At);

/// <summary>Findings of the current version.</summary>
/// <param name="Version">That version.</param>
/// <param name="Findings">Them.</param>
/// <param name="NotChecked">How often a rule could not be judged.</param>
/// <param name="Suppressed">Findings that an exception keeps from counting.</param>
public sealed record FindingsBody(int Version, IReadOnlyList<FindingBody> Findings, int NotChecked, IReadOnlyList<FindingBody> Suppressed);

/// <summary>Asks to hold a record.</summary>
/// <param name="Reason">Why; required.</param>
/// <param name="Until">When somebody should look again; null for no date.</param>
public sealed record HoldRequest(string? Reason, DateTimeOffset? Until);

/// <summary>Why something is done.</summary>
/// <param name="Reason">Why, in words; may be left out with a code.</param>
/// <param name="ReasonCode">Entry of the list of reasons.</param>
/// <param name="ReferenceNumber">Number of the letter, minutes or message in which it was agreed with BHXH.</param>
/// <param name="ReferenceDate">Its day.</param>
public sealed record ReasonRequest(string? Reason, string? ReasonCode = null, string? ReferenceNumber = null, DateOnly? ReferenceDate = null)
{
    internal ChangeReason? Why() => Reason is null && ReasonCode is null
        ? null
        : new ChangeReason(ReasonCode, Reason ?? "") { ReferenceNumber = ReferenceNumber, ReferenceDate = ReferenceDate };
}

/// <summary>Asks to correct cells.</summary>
/// <param name="Reason">Why, in words; required without a code.</param>
/// <param name="Changes">Cells, at least one.</param>
/// <param name="ReasonCode">Entry of the list of reasons.</param>
/// <param name="ReferenceNumber">Number of the letter, minutes or message in which it was agreed with BHXH.</param>
/// <param name="ReferenceDate">Its day.</param>
public sealed record CorrectRequest(
    string? Reason, IReadOnlyList<CellChange>? Changes, string? ReasonCode = null, string? ReferenceNumber = null, DateOnly? ReferenceDate = null)
{
    internal ChangeReason Why() => new(ReasonCode, Reason ?? "") { ReferenceNumber = ReferenceNumber, ReferenceDate = ReferenceDate };
}

/// <summary>A record after a change.</summary>
/// <param name="Id">The record.</param>
/// <param name="Version">Version that is concerned.</param>
/// <param name="State">Its state now.</param>
public sealed record ChangedBody(Guid Id, int Version, RecordState State);
