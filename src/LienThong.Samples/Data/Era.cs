namespace LienThong.Samples.Data;

/// <summary>What changes with the discharge day, as far as an invented record shows it. The legal sources stand with the rules themselves.</summary>
/// <param name="From">First discharge day.</param>
/// <param name="CountsVisitDays">A visit of one day is 1 day of treatment (QĐ 3176); before it was 0.</param>
/// <param name="OffListDrugCode"><c>MA_THUOC</c> of a product outside insurance.</param>
/// <param name="OccupationDigits">Digits of <c>MA_NGHE_NGHIEP</c>.</param>
/// <param name="HeadId"><c>MA_TTDV</c>: social-insurance number first, practice licence later.</param>
/// <param name="AllowsChronicVisits">Kinds that end with the examination can be written without the older 23:59 convention.</param>
/// <param name="ItemCeiling"><c>T_TRANTT</c> is the payment level of the item, not 45 base salaries.</param>
/// <param name="HasDistricts">Addresses have a district code.</param>
/// <param name="SelfReferral">Codes of QĐ 3276 for patients who come without a paper.</param>
/// <param name="HalfRateSelfReferral">Codes 1.13, 1.14, 1.18 are paid at half the rate.</param>
internal sealed record Era(
    DateOnly From,
    bool CountsVisitDays,
    string OffListDrugCode,
    int OccupationDigits,
    string HeadId,
    bool AllowsChronicVisits,
    bool ItemCeiling,
    bool HasDistricts,
    bool SelfReferral,
    bool HalfRateSelfReferral)
{
    private static readonly Era[] All =
    [
        new(new(2026, 7, 1), true, "", 2, Staff.Head, true, true, false, true, true),
        new(new(2026, 1, 1), true, "", 2, Staff.Head, true, true, false, true, false),
        new(new(2025, 7, 1), true, "", 2, Staff.Head, true, true, false, false, false),
        new(new(2025, 1, 1), true, "", 2, Staff.Head, true, true, true, false, false),
        new(new(2024, 7, 1), false, "00.0000", 5, "9900000001", false, false, true, false, false),
        new(DateOnly.MinValue, false, "00.0000", 5, "9900000001", false, false, true, false, false),
    ];

    private static readonly (DateOnly From, decimal Amount)[] BaseSalaries =
    [
        (new(2026, 7, 1), 2_530_000), (new(2024, 7, 1), 2_340_000), (DateOnly.MinValue, 1_800_000),
    ];

    public static Era On(DateOnly discharge) => Array.Find(All, era => era.From <= discharge)!;

    /// <summary>A visit that costs the insurance less than 15 % of the base salary has no co-payment (Luật BHYT, điều 22).</summary>
    public static decimal SmallTotal(DateTime admission) =>
        0.15m * Array.Find(BaseSalaries, s => s.From <= DateOnly.FromDateTime(admission)).Amount;
}
