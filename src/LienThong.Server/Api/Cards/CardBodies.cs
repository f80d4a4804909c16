using LienThong.Gateway.Cards;
using LienThong.Portal;

namespace LienThong.Server.Api.Cards;

/// <summary>A card lookup to make.</summary>
/// <param name="Facility">Facility whose account asks.</param>
/// <param name="Number">Card number (15 characters), social-insurance number (10 digits), citizen number (12 digits), or the text of a QR code.</param>
/// <param name="Name">Full name with diacritics; not needed with a QR code that holds it.</param>
/// <param name="Birth"><c>dd/MM/yyyy</c> or <c>yyyy</c>; not needed with a QR code that holds it.</param>
/// <param name="MaLk"><c>MA_LK</c> of the visit, when known.</param>
/// <param name="Moment"><c>Reception</c> (default), <c>During</c> or <c>BeforeDischarge</c>.</param>
/// <param name="StaffName">Who looks up, as registered with BHXH; null for the one set for the user, else for the facility.</param>
/// <param name="StaffCitizenId">That person's citizen number.</param>
public sealed record CardLookupRequest(string? Facility, string? Number, string? Name, string? Birth, string? MaLk, string? Moment, string? StaffName, string? StaffCitizenId);

/// <summary>A card lookup.</summary>
/// <param name="Lookup">When, who, how it ended.</param>
/// <param name="Number">Number asked about.</param>
/// <param name="Name">Name asked about.</param>
/// <param name="Birth">Birth date asked about.</param>
/// <param name="Meaning">What the code means, in Vietnamese.</param>
/// <param name="Remedy">What to do at the desk, in Vietnamese.</param>
/// <param name="Note"><c>ghiChu</c>: the portal's text.</param>
/// <param name="Notes">What the answer tells differently from what was asked, or wants attention, in Vietnamese.</param>
/// <param name="Fields">The answer's fields by their official names; empty without an answer.</param>
/// <param name="Visits"><c>dsLichSuKCB2018</c>.</param>
/// <param name="Checks"><c>dsLichSuKT2018</c>.</param>
/// <param name="AnswerSha256">Hash of the kept answer; null without one.</param>
/// <param name="DurationMs">How long the portal took.</param>
public sealed record CardLookupBody(
    CardLookupSummary Lookup, string Number, string Name, string Birth, string Meaning, string Remedy, string Note, IReadOnlyList<string> Notes, IReadOnlyDictionary<string, string> Fields,
    IReadOnlyList<CardVisit> Visits, IReadOnlyList<CardCheck> Checks, string? AnswerSha256, long DurationMs)
{
    internal static CardLookupBody Of(CardLookupView v) => new(
        v.Summary, v.Question.Number, v.Question.Name, v.Question.Birth, v.Meaning.Meaning, v.Meaning.Remedy, v.Card?.Note ?? "", v.Notes,
        v.Card?.Fields ?? new Dictionary<string, string>(StringComparer.Ordinal), v.Card?.Visits ?? [], v.Card?.Checks ?? [], v.AnswerSha256, v.DurationMs);
}

/// <summary>How the card of a visit stands.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="MaLk"><c>MA_LK</c>; empty when not known.</param>
/// <param name="State">How far the card is verified.</param>
/// <param name="Code">Newest <c>maKetQua</c> that decided it; empty when none did.</param>
/// <param name="Cause">Why the newest try got no answer, in Vietnamese; empty when it did.</param>
/// <param name="Number">Number asked about.</param>
/// <param name="Name">Name.</param>
/// <param name="Birth">Birth date.</param>
/// <param name="OpenedAt">First lookup.</param>
/// <param name="ChangedAt">Newest lookup.</param>
/// <param name="Attempts">Tries in a row that found the portal down.</param>
/// <param name="DueAt">When it is asked again; null when it isn't.</param>
/// <param name="EndedAt">When a record said that the visit is over; null before.</param>
/// <param name="LookupId">Newest lookup.</param>
public sealed record CardVisitBody(
    string Id, string Facility, string MaLk, CardState State, string Code, string Cause, string Number, string Name, string Birth, DateTimeOffset OpenedAt, DateTimeOffset ChangedAt,
    int Attempts, DateTimeOffset? DueAt, DateTimeOffset? EndedAt, string? LookupId)
{
    internal static CardVisitBody Of(CardVisitView v) => new(
        v.Id, v.Facility, v.MaLk, v.State, v.Code, v.Cause, v.Question.Number, v.Question.Name, v.Question.Birth, v.OpenedAt, v.ChangedAt, v.Attempts, v.DueAt, v.EndedAt, v.LookupId);
}

/// <summary>Closing a visit of the list.</summary>
/// <param name="Contact">How to reach the patient: telephone, address.</param>
public sealed record CardCloseRequest(string? Contact);

/// <summary>What an answer says differently from the answer before for the same visit.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="VisitId">The visit.</param>
/// <param name="MaLk"><c>MA_LK</c>; empty when not known.</param>
/// <param name="Name">Whose card.</param>
/// <param name="LookupId">The answer.</param>
/// <param name="FoundAt">When.</param>
/// <param name="CodeBefore"><c>maKetQua</c> before; empty when this was the first answer.</param>
/// <param name="CodeAfter"><c>maKetQua</c> now.</param>
/// <param name="Meaning">What the code now means, in Vietnamese.</param>
/// <param name="Remedy">What to do, in Vietnamese.</param>
/// <param name="Fields">Fields that differ.</param>
/// <param name="SeenAt">When somebody noted it as seen; null before.</param>
/// <param name="SeenBy">Who.</param>
public sealed record CardChangeBody(
    string Id, string Facility, string VisitId, string MaLk, string Name, string LookupId, DateTimeOffset FoundAt, string CodeBefore, string CodeAfter, string Meaning, string Remedy,
    IReadOnlyList<CardFieldChange> Fields, DateTimeOffset? SeenAt, string? SeenBy)
{
    internal static CardChangeBody Of(CardChangeView v) => new(
        v.Id, v.Facility, v.VisitId, v.MaLk, v.Question?.Name ?? "", v.LookupId, v.FoundAt, v.CodeBefore, v.CodeAfter, v.Meaning.Meaning, v.Meaning.Remedy, v.Fields, v.SeenAt, v.SeenBy);
}

/// <summary>The visits a facility wants watched; the whole list.</summary>
/// <param name="Facility">Facility code.</param>
/// <param name="Visits">In-patients and tomorrow's appointments.</param>
public sealed record CardWatchRequest(string? Facility, IReadOnlyList<CardWatchVisit?>? Visits);

/// <summary>A visit to watch.</summary>
/// <param name="MaLk"><c>MA_LK</c>; needed for in-patients.</param>
/// <param name="Number">Card number, social-insurance number or citizen number.</param>
/// <param name="Name">Full name.</param>
/// <param name="Birth"><c>dd/MM/yyyy</c> or <c>yyyy</c>.</param>
/// <param name="Kind"><c>InPatient</c> (default) or <c>Appointment</c>.</param>
/// <param name="Day">Day of an appointment.</param>
public sealed record CardWatchVisit(string? MaLk, string? Number, string? Name, string? Birth, string? Kind, DateOnly? Day);

/// <summary>What became of a list of visits to watch.</summary>
/// <param name="Watched">Visits watched from now on.</param>
/// <param name="Ended">Visits that were watched before and aren't any more.</param>
/// <param name="Errors">Lines that weren't taken; the others were.</param>
public sealed record CardWatchBody(int Watched, int Ended, IReadOnlyList<CardWatchErrorBody> Errors);

/// <summary>A line that wasn't taken.</summary>
/// <param name="Entry">Its position, from 1.</param>
/// <param name="Field">What of it is wrong.</param>
/// <param name="Message">What to do, in Vietnamese.</param>
public sealed record CardWatchErrorBody(int Entry, string Field, string Message);

/// <summary>How a facility wants cards looked up.</summary>
/// <param name="Facility">Facility code.</param>
/// <param name="ReportsMissing">Whether a record without a lookup gets a note.</param>
/// <param name="SkipsForces">Whether the nightly batch leaves cards of army, police and cipher service out.</param>
/// <param name="Nightly">Whether watched visits are looked up every night.</param>
/// <param name="NightlyAt">When, <c>HH:mm</c>, Vietnam time.</param>
/// <param name="NightlyPerMinute">How many a minute.</param>
public sealed record CardSettingBody(string Facility, bool ReportsMissing, bool SkipsForces, bool Nightly, string NightlyAt, int NightlyPerMinute)
{
    internal static CardSettingBody Of(CardSetting s) => new(s.Facility, s.ReportsMissing, s.SkipsForces, s.Nightly, $"{s.NightlyAt:HH:mm}", s.NightlyPerMinute);
}

/// <summary>Changes to how a facility wants cards looked up; what is null stays as it is.</summary>
/// <param name="ReportsMissing">As in the settings.</param>
/// <param name="SkipsForces">As in the settings.</param>
/// <param name="Nightly">As in the settings.</param>
/// <param name="NightlyAt"><c>HH:mm</c>.</param>
/// <param name="NightlyPerMinute">1–120.</param>
public sealed record CardSettingRequest(bool? ReportsMissing, bool? SkipsForces, bool? Nightly, string? NightlyAt, int? NightlyPerMinute);

/// <summary>Who looks up; both texts null take the setting back.</summary>
/// <param name="Name">Full name as registered with BHXH.</param>
/// <param name="CitizenId">Citizen number.</param>
/// <param name="ForFacility">For the facility instead of the caller.</param>
public sealed record CardStaffRequest(string? Name, string? CitizenId, bool ForFacility = false);
