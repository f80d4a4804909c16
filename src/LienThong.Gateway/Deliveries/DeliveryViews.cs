namespace LienThong.Gateway.Deliveries;

/// <summary>One document on its way to one destination, for people.</summary>
/// <param name="Id">Our number.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="Channel">Id of the destination; <c>bhxh</c> for the national portal.</param>
/// <param name="ChannelName">Its name.</param>
/// <param name="Service">Kind of document, as <see cref="Portal.PortalService"/>.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="SubjectId">Record or check-in; hash of the document for forms.</param>
/// <param name="Version">Version of the record or check-in; 1 for forms.</param>
/// <param name="MaLk"><c>MA_LK</c>; empty for forms.</param>
/// <param name="Period">Settlement period <c>yyyyMM</c> of a form; empty elsewhere.</param>
/// <param name="State">Where it stands.</param>
/// <param name="StateAt">Since when.</param>
/// <param name="Attempts">Calls made.</param>
/// <param name="Resends">How often the same bytes were sent again out of an unknown outcome.</param>
/// <param name="DueAt">When it is tried next; null when nothing happens by itself.</param>
/// <param name="DeadlineAt">By when the record is due; null without.</param>
/// <param name="Cause">Why it stands where it does, in Vietnamese; null for none.</param>
/// <param name="TransactionCode">Number of the receipt, or what the destination can be asked by; null without.</param>
/// <param name="DocumentSha256">Hash of the bytes in the archive.</param>
/// <param name="CertificateSerial">Serial of the signing certificate; null when unsigned.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record DeliveryView(
    long Id, string Facility, string Channel, string ChannelName, string Service, DeliverySubject Subject, string SubjectId, int Version, string MaLk, string Period,
    DeliveryState State, DateTimeOffset StateAt, int Attempts, int Resends, DateTimeOffset? DueAt, DateTimeOffset? DeadlineAt, string? Cause, string? TransactionCode,
    string DocumentSha256, string? CertificateSerial, DateTimeOffset CreatedAt);

/// <summary>A call to a destination.</summary>
/// <param name="Id">Our number.</param>
/// <param name="Attempt">Which call of the delivery, from 1.</param>
/// <param name="Asked">The destination was asked what became of it; nothing was sent.</param>
/// <param name="StartedAt">When.</param>
/// <param name="EndedAt">When it ended; null while it may be under way.</param>
/// <param name="Outcome"><c>Accepted</c>, <c>Rejected</c>, <c>NotSent</c>, <c>Unknown</c>; null while it may be under way.</param>
/// <param name="Code">Result code.</param>
/// <param name="Message">What the destination said, or why it couldn't be sent.</param>
/// <param name="HttpStatus">HTTP status; null without an answer.</param>
/// <param name="TransactionCode">Number of the receipt.</param>
/// <param name="ReceivedAt">Moment of reception as the destination told it, <c>yyyyMMddHHmmss</c> Vietnam time.</param>
/// <param name="Simulator">A simulator answered: no evidence.</param>
public sealed record DeliveryAttemptView(
    long Id, int Attempt, bool Asked, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Outcome, string? Code, string? Message, int? HttpStatus,
    string? TransactionCode, string? ReceivedAt, bool Simulator);

/// <summary>A delivery with its calls, oldest first.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Attempts">Its calls.</param>
public sealed record DeliveryDetail(DeliveryView Delivery, IReadOnlyList<DeliveryAttemptView> Attempts);

/// <summary>Which deliveries to list.</summary>
/// <param name="Channel">Only this destination; null for all.</param>
/// <param name="State">Only this state; null for all.</param>
/// <param name="Subject">Only of this kind; null for all.</param>
/// <param name="MaLk">Only of this visit; null for all.</param>
public sealed record DeliveryFilter(string? Channel = null, DeliveryState? State = null, DeliverySubject? Subject = null, string? MaLk = null);

/// <summary>How many deliveries stand in a state.</summary>
/// <param name="Channel">Id of the destination.</param>
/// <param name="State">The state.</param>
/// <param name="Count">How many.</param>
public sealed record DeliveryCount(string Channel, DeliveryState State, long Count);

/// <summary>Whether a change was made.</summary>
/// <param name="Done">It was.</param>
/// <param name="Code">Why not: <c>not-found</c>, <c>forbidden</c>, <c>wrong-state</c>, <c>reason-required</c>, <c>refused</c>; empty when done.</param>
/// <param name="Message">What to tell people, in Vietnamese; empty when done.</param>
public sealed record DeliveryChange(bool Done, string Code, string Message)
{
    internal static DeliveryChange Made { get; } = new(true, "", "");

    internal static DeliveryChange NotFound { get; } = new(false, "not-found", "Không tìm thấy, hoặc không thuộc cơ sở của bạn.");

    internal static DeliveryChange Forbidden { get; } = new(false, "forbidden", "Tài khoản của bạn không được làm việc này.");

    internal static DeliveryChange NeedsReason { get; } = new(false, "reason-required", "Ghi lý do.");

    internal static DeliveryChange WrongState(string state) => new(false, "wrong-state", $"Không làm được khi đang ở trạng thái «{state}».");

    internal static DeliveryChange Refused(string why) => new(false, "refused", why);
}
