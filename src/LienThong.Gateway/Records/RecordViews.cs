using LienThong.Gateway.Deadlines;

namespace LienThong.Gateway.Records;

/// <summary>By what a record list is ordered; newest first.</summary>
public enum RecordOrder
{
    /// <summary>By <c>NGAY_RA</c>.</summary>
    Discharge,
    /// <summary>By the moment of arrival.</summary>
    Arrival,
}

/// <summary>Which records to list.</summary>
public sealed record RecordFilter
{
    /// <summary>Only these states; empty for all.</summary>
    public IReadOnlyList<RecordState> States { get; init; } = [];

    /// <summary>Only these facilities (within the caller's scope); empty for all.</summary>
    public IReadOnlyList<string> Facilities { get; init; } = [];

    /// <summary>First day of <c>NGAY_RA</c>.</summary>
    public DateOnly? DischargedFrom { get; init; }

    /// <summary>Last day of <c>NGAY_RA</c>.</summary>
    public DateOnly? DischargedTo { get; init; }

    /// <summary>Received at or after this moment.</summary>
    public DateTimeOffset? ReceivedFrom { get; init; }

    /// <summary>Received before this moment.</summary>
    public DateTimeOffset? ReceivedBefore { get; init; }

    /// <summary>Beginning of <c>MA_LK</c>.</summary>
    public string? MaLk { get; init; }

    /// <summary>Part of the name, with or without accents.</summary>
    public string? Name { get; init; }

    /// <summary>Only records with blocking findings (true) or without (false).</summary>
    public bool? Blocked { get; init; }

    /// <summary>Order of the list.</summary>
    public RecordOrder Order { get; init; }
}

/// <summary>Which page: after or before a key that an earlier page gave; neither for the first.</summary>
/// <param name="Take">Rows, 1–500.</param>
/// <param name="After">Rows that follow this key.</param>
/// <param name="Before">Rows that precede this key.</param>
public sealed record PageRequest(int Take = 50, string? After = null, string? Before = null);

/// <summary>One page.</summary>
/// <typeparam name="T">Kind of row.</typeparam>
/// <param name="Items">Rows in the list's order.</param>
/// <param name="Next">Key for the following page; null on the last.</param>
/// <param name="Previous">Key for the preceding page; null on the first.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, string? Previous);

/// <summary>A record in a list: its current version.</summary>
/// <param name="Id">Our id, used in addresses.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="MaLk"><c>MA_LK</c>.</param>
/// <param name="Version">Current version.</param>
/// <param name="State">Its state.</param>
/// <param name="StateAt">Since when.</param>
/// <param name="StateCause">Why it is in this state; null when there is nothing to say.</param>
/// <param name="Name">Patient's name.</param>
/// <param name="NgayVao"><c>yyyyMMddHHmm</c> or empty.</param>
/// <param name="NgayRa"><c>yyyyMMddHHmm</c> or empty.</param>
/// <param name="MaLoaiKcb">Visit type.</param>
/// <param name="Release">Release of the standard.</param>
/// <param name="TotalCost"><c>T_TONGCHI_BV</c>, VND.</param>
/// <param name="FundPays"><c>T_BHTT</c>, VND.</param>
/// <param name="Blocks">Blocking findings.</param>
/// <param name="Warnings">Warnings.</param>
/// <param name="Infos">Hints.</param>
/// <param name="Deadline">First moment that is too late for the portal; null when unknown.</param>
/// <param name="ReceivedAt">When it came.</param>
public sealed record RecordListItem(
    Guid Id, string Facility, string MaLk, int Version, RecordState State, DateTimeOffset StateAt, string? StateCause, string Name, string NgayVao,
    string NgayRa, string MaLoaiKcb, string Release, decimal? TotalCost, decimal? FundPays, int Blocks, int Warnings, int Infos,
    DateTimeOffset? Deadline, DateTimeOffset ReceivedAt)
{
    /// <summary>The deadline without what incidents add; null when unknown.</summary>
    public DateTimeOffset? OriginalDeadline { get; init; }

    /// <summary>The limit that decides; null when unknown.</summary>
    public DeadlineKind? DeadlineKind { get; init; }

    /// <summary>Ward the patient left from (last of <c>MA_KHOA</c>); empty when unknown.</summary>
    public string Ward { get; init; } = "";
}

/// <summary>A record with everything known about it.</summary>
/// <param name="Current">The current version.</param>
/// <param name="Versions">All versions, newest first.</param>
/// <param name="Findings">Findings of the current version that count.</param>
/// <param name="NotChecked">How often its rules could not be judged.</param>
/// <param name="History">All moves, oldest first.</param>
/// <param name="Submissions">All calls to the portal, oldest first.</param>
/// <param name="Work">What waits to be done; null when nothing.</param>
public sealed record RecordDetail(
    RecordListItem Current, IReadOnlyList<VersionView> Versions, IReadOnlyList<StoredFinding> Findings, int NotChecked,
    IReadOnlyList<HistoryEntry> History, IReadOnlyList<SubmissionView> Submissions, WorkView? Work)
{
    /// <summary>Findings of the current version that an exception keeps from counting.</summary>
    public IReadOnlyList<StoredFinding> Suppressed { get; init; } = [];
}

/// <summary>A version in a record's list of versions.</summary>
/// <param name="Version">Number, from 1.</param>
/// <param name="State">State.</param>
/// <param name="IsCurrent">The one that counts.</param>
/// <param name="IsWaiting">Waits for a sending to end or for a person.</param>
/// <param name="Origin"><c>His</c> or <c>Correction</c>.</param>
/// <param name="Reason">Why it was made; null for the first.</param>
/// <param name="Actor">Who handed it in or made it.</param>
/// <param name="ReceivedAt">When.</param>
/// <param name="ContentSha256">Hash of its content in stored form.</param>
/// <param name="SignedSha256">Hash of the signed bytes; null until signed.</param>
/// <param name="CertificateSerial">Serial of the signing certificate.</param>
/// <param name="Corrections">Cells that differ from what the HIS sent.</param>
public sealed record VersionView(
    int Version, RecordState State, bool IsCurrent, bool IsWaiting, string Origin, string? Reason, string Actor, DateTimeOffset ReceivedAt,
    string ContentSha256, string? SignedSha256, string? CertificateSerial, IReadOnlyList<CorrectionView> Corrections)
{
    /// <summary>Entry of <see cref="ChangeReasons"/>; null when the reason fits none or is older than the list.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>Number of the letter, minutes or message in which the change was agreed with BHXH; null when there was none.</summary>
    public string? ReferenceNumber { get; init; }

    /// <summary>Day of that exchange.</summary>
    public DateOnly? ReferenceDate { get; init; }

    /// <summary>Name of the reason's entry; null when there is none.</summary>
    public string? ReasonName => ChangeReasons.Find(ReasonCode)?.Name;
}

/// <summary>A corrected cell.</summary>
/// <param name="Table">Table code.</param>
/// <param name="Row">Position of the row, from 1.</param>
/// <param name="Field">Field name.</param>
/// <param name="OldValue">Text before; null when the element wasn't there.</param>
/// <param name="NewValue">Text now.</param>
public sealed record CorrectionView(string Table, int Row, string Field, string? OldValue, string NewValue);

/// <summary>One move of a version.</summary>
/// <param name="Version">The version.</param>
/// <param name="From">State before; null for the first.</param>
/// <param name="To">State after.</param>
/// <param name="On">What caused it.</param>
/// <param name="Actor">Who.</param>
/// <param name="At">When.</param>
/// <param name="Cause">Why, in Vietnamese; null when there is nothing to say.</param>
public sealed record HistoryEntry(int Version, RecordState? From, RecordState To, RecordEvent On, string Actor, DateTimeOffset At, string? Cause);

/// <summary>A call to the portal and its outcome.</summary>
/// <param name="Id">Our id.</param>
/// <param name="RecordId">The record.</param>
/// <param name="Version">The version sent.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="MaLk"><c>MA_LK</c>.</param>
/// <param name="Attempt">1 for the version's first call.</param>
/// <param name="Follows">The call before, of the same version.</param>
/// <param name="Outcome"><c>Accepted</c>, <c>Rejected</c>, <c>NotSent</c>, <c>Unknown</c>; null while under way.</param>
/// <param name="Code"><c>maKetQua</c>.</param>
/// <param name="Message">The portal's text, or the cause.</param>
/// <param name="HttpStatus">HTTP status; null without an answer.</param>
/// <param name="MaGiaoDich">Transaction number.</param>
/// <param name="ThoiGianTiepNhan">Reception time, <c>yyyyMMddHHmmss</c>, Vietnam time.</param>
/// <param name="RequestSha256">Hash of the bytes sent.</param>
/// <param name="CertificateSerial">Certificate they were signed with.</param>
/// <param name="Simulator">A simulator answered.</param>
/// <param name="LaterState">What the portal found later: <c>Pending</c>, <c>Confirmed</c>, <c>Faulty</c>; null for what wasn't accepted.</param>
/// <param name="StartedAt">Start of the call.</param>
/// <param name="EndedAt">End; null while under way.</param>
public sealed record SubmissionView(
    Guid Id, Guid RecordId, int Version, string Facility, string MaLk, int Attempt, Guid? Follows, string? Outcome, string? Code, string? Message,
    int? HttpStatus, string? MaGiaoDich, string? ThoiGianTiepNhan, string RequestSha256, string? CertificateSerial, bool Simulator, string? LaterState,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt)
{
    /// <summary>Codes of the faults the portal found later; null when none or not told.</summary>
    public string? LaterCode { get; init; }

    /// <summary>Their text.</summary>
    public string? LaterMessage { get; init; }

    /// <summary>When the list that said so was taken from the portal; null before the first.</summary>
    public DateTimeOffset? LaterAt { get; init; }

    /// <summary>What <see cref="Code"/> means, in Vietnamese; null without a code.</summary>
    public string? Meaning { get; init; }

    /// <summary>What to do about it, in Vietnamese; null without a code or when the portal accepted.</summary>
    public string? Remedy { get; init; }
}

/// <summary>What waits to be done with a version.</summary>
/// <param name="Stage"><c>Sign</c> or <c>Send</c>.</param>
/// <param name="Status"><c>Ready</c>, <c>Leased</c> or <c>Dead</c> (set aside for a person).</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="DueAt">When it is tried next.</param>
/// <param name="Cause">Why the last try failed.</param>
public sealed record WorkView(string Stage, string Status, int Attempts, DateTimeOffset DueAt, string? Cause);

/// <summary>One row for status overviews: a record with its last call.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="MaLk"><c>MA_LK</c>.</param>
/// <param name="Version">Current version.</param>
/// <param name="State">Its state.</param>
/// <param name="MaGiaoDich">Transaction number of the last accepted call; null when none.</param>
/// <param name="Attempts">Calls made for this version.</param>
/// <param name="LastError">Cause of the last failure; null when there is none.</param>
public sealed record RecordStatus(Guid Id, string Facility, string MaLk, int Version, RecordState State, string? MaGiaoDich, int Attempts, string? LastError);
