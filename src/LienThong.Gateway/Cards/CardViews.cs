using LienThong.Portal;

namespace LienThong.Gateway.Cards;

/// <summary>A lookup in a list: nothing personal is in it.</summary>
/// <param name="Id">Our id.</param>
/// <param name="VisitId">The visit it belongs to.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="MaLk"><c>MA_LK</c>; empty when it wasn't known.</param>
/// <param name="Moment">When in the visit.</param>
/// <param name="Origin"><c>page</c>, <c>api</c>, <c>cli</c>, <c>retry</c> or <c>nightly</c>.</param>
/// <param name="Actor">User or service that asked.</param>
/// <param name="At">When (UTC).</param>
/// <param name="HttpStatus">HTTP status of the answer; null when none came.</param>
/// <param name="Code"><c>maKetQua</c>; empty when no usable answer came.</param>
/// <param name="State">What it says of the card.</param>
/// <param name="Cause">Why there is no answer, in Vietnamese; empty when there is one.</param>
/// <param name="IsSimulator">A simulator answered: no evidence towards anyone.</param>
public sealed record CardLookupSummary(
    string Id, string VisitId, string Facility, string MaLk, CardMoment Moment, string Origin, string Actor, DateTimeOffset At, int? HttpStatus, string Code, CardState State,
    string Cause, bool IsSimulator);

/// <summary>A lookup, whole.</summary>
/// <param name="Summary">When, who, how it ended.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Staff">Who asked, as told to the portal.</param>
/// <param name="Meaning">The code's meaning and what to do at the desk.</param>
/// <param name="Card">The answer; null when there was no usable one.</param>
/// <param name="Notes">Vietnamese sentences about what the answer tells differently from what was asked, or that want attention.</param>
/// <param name="AnswerSha256">Hash of the kept answer, hexadecimal; null when none came.</param>
/// <param name="DurationMs">How long the portal took.</param>
public sealed record CardLookupView(
    CardLookupSummary Summary, CardQuestion Question, CardStaff? Staff, CardLookupCode Meaning, CardAnswer? Card, IReadOnlyList<string> Notes, string? AnswerSha256, long DurationMs)
{
    /// <summary>Id and state only: the rest is personal.</summary>
    public override string ToString() => $"{nameof(CardLookupView)} {Summary.Id} {Summary.State}";
}

/// <summary>How the card of a visit stands.</summary>
/// <param name="Id">Our id of the visit.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="MaLk"><c>MA_LK</c>; empty when not known.</param>
/// <param name="State">How far the card is verified.</param>
/// <param name="Code">Newest <c>maKetQua</c> that decided it; empty when none did.</param>
/// <param name="Cause">Why the newest try got no answer; empty when it did.</param>
/// <param name="Question">Whose card.</param>
/// <param name="OpenedAt">First lookup (UTC).</param>
/// <param name="ChangedAt">Newest lookup (UTC).</param>
/// <param name="Attempts">Tries in a row that found the portal down.</param>
/// <param name="DueAt">When it is asked again; null when it isn't.</param>
/// <param name="EndedAt">When a record said that the visit is over; null before.</param>
/// <param name="LookupId">Newest lookup.</param>
/// <param name="ClosedAt">When a person closed it; null while it is open.</param>
/// <param name="ClosedBy">Who.</param>
/// <param name="Contact">How to reach the patient, as written down when it was closed.</param>
public sealed record CardVisitView(
    string Id, string Facility, string MaLk, CardState State, string Code, string Cause, CardQuestion Question, DateTimeOffset OpenedAt, DateTimeOffset ChangedAt, int Attempts,
    DateTimeOffset? DueAt, DateTimeOffset? EndedAt, string? LookupId, DateTimeOffset? ClosedAt, string? ClosedBy, string? Contact)
{
    /// <summary>Id and state only: the rest is personal.</summary>
    public override string ToString() => $"{nameof(CardVisitView)} {Id} {State}";
}

/// <summary>What an answer says differently from the answer before for the same visit.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="VisitId">The visit.</param>
/// <param name="MaLk"><c>MA_LK</c>; empty when not known.</param>
/// <param name="Question">Whose card; null when the visit is gone.</param>
/// <param name="LookupId">The answer.</param>
/// <param name="FoundAt">When (UTC).</param>
/// <param name="CodeBefore"><c>maKetQua</c> before; empty when this was the first answer.</param>
/// <param name="CodeAfter"><c>maKetQua</c> now.</param>
/// <param name="Meaning">What the code now means and what to do.</param>
/// <param name="Fields">Fields that differ.</param>
/// <param name="SeenAt">When somebody noted it as seen; null before.</param>
/// <param name="SeenBy">Who.</param>
public sealed record CardChangeView(
    string Id, string Facility, string VisitId, string MaLk, CardQuestion? Question, string LookupId, DateTimeOffset FoundAt, string CodeBefore, string CodeAfter, CardLookupCode Meaning,
    IReadOnlyList<CardFieldChange> Fields, DateTimeOffset? SeenAt, string? SeenBy)
{
    /// <summary>Id and codes only: the rest is personal.</summary>
    public override string ToString() => $"{nameof(CardChangeView)} {Id} {CodeBefore}→{CodeAfter}";
}
