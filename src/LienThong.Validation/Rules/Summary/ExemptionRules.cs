using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML1: freedom from co-payment.</summary>
internal static class ExemptionRules
{
    public static readonly Rule[] All =
    [
        new RowRule("X1-NGAY_MIEN_CCT-001", Xml1.NGAY_MIEN_CCT, static (row, _) =>
            row[Xml1.NGAY_MIEN_CCT].IsEmpty ? Answer.NotApplicable : row[Xml1.NGAY_MIEN_CCT].Day().IsPresent)
        {
            OwnsForm = true,
        },

        // Nobody is freed before five years without interruption are full.
        new RowRule("X1-NGAY_MIEN_CCT-002", Xml1.NGAY_MIEN_CCT, static (row, _) =>
            row[Xml1.NAM_NAM_LIEN_TUC].Day().NotAfter(row[Xml1.NGAY_MIEN_CCT].Day()), Xml1.NAM_NAM_LIEN_TUC),

        new RowRule("X1-NGAY_MIEN_CCT-003", Xml1.NGAY_MIEN_CCT, static (row, record) =>
            row[Xml1.NGAY_MIEN_CCT].Day() is { IsPresent: true } day && record.Arrived.IsPresent && record.Discharged.IsPresent
                ? day.Value.Year == record.Arrived.Value.Year || day.Value.Year == record.Discharged.Value.Year
                : Answer.NotApplicable, Xml1.NGAY_VAO, Xml1.NGAY_RA),

        // Eight digits; twelve are an old habit.
        new RowRule("X1-NAM_NAM_LIEN_TUC-001", Xml1.NAM_NAM_LIEN_TUC, static (row, _) =>
            row[Xml1.NAM_NAM_LIEN_TUC].Date8() is { IsMalformed: false } day
                ? day.IsPresent ? Answer.Holds : Answer.NotApplicable
                : row[Xml1.NAM_NAM_LIEN_TUC].DateTime12().IsPresent ? Breach.As(Severity.Warn) : Answer.Broken)
        {
            OwnsForm = true,
        },
    ];
}
