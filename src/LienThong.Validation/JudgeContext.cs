using LienThong.Standard;
using LienThong.Validation.Custom;

namespace LienThong.Validation;

/// <summary>What a record is judged against besides its own content. Nothing is read from the machine's clock.</summary>
/// <param name="ProcessTime">Moment of checking, Vietnam local time (<c>PROCESS_TIME</c> of the rules).</param>
/// <param name="FacilityCode"><c>MACSKCB</c> of the package envelope; null or empty when unknown.</param>
/// <param name="ForcedRelease">Release to judge by, whatever <c>NGAY_RA</c> says; null to choose it by date.</param>
/// <param name="AsOf">Release date of records without a usable <c>NGAY_RA</c>; null means the day of <paramref name="ProcessTime"/>.</param>
/// <param name="AccountFacility">Facility of the portal account that will send the record; null or empty when unknown.</param>
/// <param name="Lists">Code lists of the facility; null for those of <see cref="ValidatorOptions.Lists"/>.</param>
/// <param name="ForClaim">The run prepares the monthly claim, not only the sending of the day.</param>
/// <param name="HistoryFollows">The rules over several records are judged next (<see cref="HistoryJudge"/>), so they aren't told as not checked.</param>
/// <param name="Custom">Rules the facility wrote; null for those of <see cref="ValidatorOptions.Custom"/>.</param>
/// <param name="IsOpen">The visit goes on: what only makes sense at its end isn't told (<see cref="DischargeRules"/>).</param>
public sealed record JudgeContext(
    DateTime ProcessTime, string? FacilityCode = null, Release? ForcedRelease = null, DateOnly? AsOf = null, string? AccountFacility = null, CodeLists? Lists = null,
    bool ForClaim = false, bool HistoryFollows = false, CustomRules? Custom = null, bool IsOpen = false);
