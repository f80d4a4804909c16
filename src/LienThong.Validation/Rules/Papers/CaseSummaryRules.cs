using LienThong.Standard;
using static LienThong.Validation.Forms;

namespace LienThong.Validation;

/// <summary>XML8: the summary of the medical record.</summary>
internal static class CaseSummaryRules
{
    public static readonly Rule[] All =
    [
        // Which visits have such a summary: portal note before QĐ 3176, the list of the field since, of which some are outside the note.
        new RowRule("X8-LOAI-001", Xml8.MA_LOAI_KCB, static (_, record) =>
            record.VisitKind == 0 ? Answer.Malformed
            : record.IsVisit(3, 4, 6) ? Answer.Holds
            : record.SinceQD3176 && record.IsVisit(2, 5, 8, 9) ? Breach.As(Severity.Info) : Answer.Broken, Xml1.MA_LOAI_KCB)
        {
            OwnsForm = true,
        },

        // A dead child: births, deaths and number together.
        new RowRule("X8-CON-001", Xml8.NGAY_CONCHET, static (row, _) =>
            !row[Xml8.NGAY_CONCHET].IsEmpty || row[Xml8.SO_CONCHET].Integer() is { IsPresent: true, Value: > 0 }
                ? AllFilled(row, [Xml8.NGAY_SINHCON, Xml8.NGAY_CONCHET, Xml8.SO_CONCHET]) : Answer.NotApplicable),

        new RowRule("X8-CON-002", Xml8.NGAY_SINHCON, static (row, record) =>
        {
            Read<DateOnly> born = row[Xml8.NGAY_SINHCON].Date8();
            Read<DateOnly> died = row[Xml8.NGAY_CONCHET].Date8();
            if (!born.IsPresent || !died.IsPresent) return Reading.Missing(born, died);
            if (born.Value > died.Value) return Answer.Broken;
            return !record.Discharged.IsPresent || died.Value <= record.Discharged.Value.Day() ? Answer.Holds : Breach.Of(Xml8.NGAY_CONCHET);
        }, Xml8.NGAY_CONCHET, Xml1.NGAY_RA),

        new RowRule("X8-NGAY_CT-001", Xml8.NGAY_CT, static (row, record) =>
            row[Xml8.NGAY_CT].Date8() is not { IsPresent: true } signed || !record.Arrived.IsPresent || !record.Discharged.IsPresent ? Answer.Missing(row[Xml8.NGAY_CT].Date8())
            : signed.Value < record.Arrived.Value.Day() ? Answer.Broken
            : signed.Value < record.Discharged.Value.Day() ? Breach.As(Severity.Info) : Answer.Holds, Xml1.NGAY_VAO, Xml1.NGAY_RA),

        new RowRule("X8-TOMTAT_KQ-001", Xml8.TOMTAT_KQ, static (row, _) =>
            row[Xml8.TOMTAT_KQ].Raw.Length <= 4000 || row[Xml8.TOMTAT_KQ].CharacterCount is var length && length <= 4000
                ? Answer.Holds : Breach.With("length", Show.Number(length))),

        new RowRule("X8-CHILD-001", Xml8.HO_TEN_CHA, static (row, record) =>
            record.Born.IsPresent && record.Discharged.IsPresent && record.Born.Value.YearsOn(record.Discharged.Value.Day()) < 7
                ? !row[Xml8.HO_TEN_CHA].IsEmpty || !row[Xml8.HO_TEN_ME].IsEmpty || !row[Xml8.NGUOI_GIAM_HO].IsEmpty : Answer.NotApplicable,
            Xml1.NGAY_SINH, Xml1.NGAY_RA),
    ];
}
