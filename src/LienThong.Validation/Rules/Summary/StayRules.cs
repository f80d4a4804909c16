using LienThong.Standard;
using static LienThong.Validation.Forms;

namespace LienThong.Validation;

/// <summary>XML1: arrival, ward, discharge, payment and re-examination in their order.</summary>
internal static class StayRules
{
    public static readonly Rule[] All =
    [
        // Discharge isn't before arrival.
        new RowRule("X1-NGAY_VAO-001", Xml1.NGAY_VAO, static (_, record) =>
            record.Arrived.NotAfter(record.Discharged), Xml1.NGAY_RA),

        new RowRule("X1-NGAY_VAO-002", Xml1.NGAY_VAO, static (_, record) =>
            record.IsVisit(1, 3, 4, 6, 8, 9) && record.Arrived.IsPresent && record.Discharged.IsPresent
                ? record.Arrived.Value != record.Discharged.Value
                : Answer.NotApplicable, Xml1.NGAY_RA, Xml1.MA_LOAI_KCB),

        // Nobody arrives in the future.
        new RowRule("X1-NGAY_VAO-003", Xml1.NGAY_VAO, static (_, record) =>
            record.Arrived.IsPresent ? record.Arrived.Value <= record.ProcessTime : Answer.Missing(record.Arrived)),

        // The ward lies between arrival and discharge.
        new RowRule("X1-NGAY_VAO_NOI_TRU-001", Xml1.NGAY_VAO_NOI_TRU, static (row, record) =>
            row[Xml1.NGAY_VAO_NOI_TRU].IsEmpty ? Answer.NotApplicable
            : record is { Arrived.IsPresent: true, Discharged.IsPresent: true, StayFrom.IsPresent: true }
                ? record.Arrived.Value <= record.StayFrom.Value && record.StayFrom.Value <= record.Discharged.Value
                : Answer.Malformed, Xml1.NGAY_VAO, Xml1.NGAY_RA),

        new RowRule("X1-NGAY_VAO_NOI_TRU-002", Xml1.NGAY_VAO_NOI_TRU, static (row, record) =>
            record.IsVisit(1, 2, 5, 7, 8) ? row[Xml1.NGAY_VAO_NOI_TRU].IsEmpty : Answer.NotApplicable, Xml1.MA_LOAI_KCB),

        new RowRule("X1-LY_DO_VNT-001", Xml1.LY_DO_VNT, static (row, record) =>
            record.IsVisit(3, 4, 9) ? AllFilled(row, [Xml1.LY_DO_VNT, Xml1.NGAY_VAO_NOI_TRU]) : Answer.NotApplicable, Xml1.MA_LOAI_KCB),

        // Discharge isn't in the future. Before QĐ 3176 outpatient courses ended with the last day of medicine, which may be.
        new RowRule("X1-NGAY_RA-001", Xml1.NGAY_RA, static (_, record) =>
            !record.Discharged.IsPresent ? Answer.Missing(record.Discharged)
            : record.Discharged.Value <= record.ProcessTime ? Answer.Holds
            : !record.IsVisit(2, 5, 7, 8) ? Answer.Broken
            : record.SinceQD3176 ? Breach.As(Severity.Warn) : Answer.NotApplicable, Xml1.MA_LOAI_KCB),

        new RowRule("X1-NGAY_RA-002", Xml1.NGAY_RA, static (row, record) =>
            record.IsVisit(2, 5, 7) && !row[Xml1.MA_LOAI_RV].IsOneOf("2 5"u8) && record.Discharged.IsPresent
                ? IsLastMinute(record) : Answer.NotApplicable, Xml1.MA_LOAI_KCB, Xml1.MA_LOAI_RV),

        new RowRule("X1-NGAY_RA-003", Xml1.NGAY_RA, static (_, record) =>
            record.Discharged.IsPresent && record.Discharged.Value.Year < record.ProcessTime.Year
                && record.ProcessTime >= new DateTime(record.Discharged.Value.Year + 1, 2, 1, 0, 0, 0, DateTimeKind.Unspecified)
                ? Breach.With("year", Show.Number(record.Discharged.Value.Year)) : Answer.NotApplicable),

        // From QĐ 3176 on it is the end of the examination, no longer the last minute of the last day of medicine.
        new RowRule("X1-NGAY_RA-004", Xml1.NGAY_RA, static (_, record) =>
            record.IsVisit(2, 5, 7) && record.Discharged.IsPresent ? !IsLastMinute(record) : Answer.NotApplicable, Xml1.MA_LOAI_KCB),

        // Payment may come before discharge, never before arrival or in the future.
        new RowRule("X1-NGAY_TTOAN-001", Xml1.NGAY_TTOAN, static (row, record) =>
            row[Xml1.NGAY_TTOAN].DateTime12() is { IsPresent: true } paid
                ? record.Arrived.IsPresent ? paid.Value >= record.Arrived.Value && paid.Value <= record.ProcessTime : Answer.Malformed
                : Answer.Missing(row[Xml1.NGAY_TTOAN].DateTime12()), Xml1.NGAY_VAO),

        // The monthly claim takes paid visits only.
        new RowRule("X1-NGAY_TTOAN-002", Xml1.NGAY_TTOAN, static (row, record) =>
            record.Context.ForClaim ? !row[Xml1.NGAY_TTOAN].IsEmpty : Answer.NotApplicable),

        // Nobody is asked back before leaving.
        new RowRule("X1-NGAY_TAI_KHAM-001", Xml1.NGAY_TAI_KHAM, static (row, record) =>
        {
            Read<DateTime> from = record.IsVisit(2, 5, 7, 8) ? record.Arrived : record.Discharged;
            if (!from.IsPresent) return Answer.Missing(from);
            foreach (ReadOnlySpan<byte> item in row[Xml1.NGAY_TAI_KHAM].Items())
            {
                if (Typed.Date8(item) is { IsPresent: true } day && day.Value < from.Value.Day()) return Breach.OfPart(item);
            }

            return Answer.Holds;
        }, Xml1.NGAY_RA, Xml1.NGAY_VAO, Xml1.MA_LOAI_KCB),

        Text("X1-KET_QUA_DTRI-001", Xml1.KET_QUA_DTRI, "^[1-8]$"),

        // The dead aren't asked back, referred or missing.
        new RowRule("X1-KET_QUA_DTRI-002", Xml1.KET_QUA_DTRI, static (row, record) =>
            row[Xml1.KET_QUA_DTRI].IsOneOf("5 8"u8)
                ? row[Xml1.NGAY_TAI_KHAM].IsEmpty && record[TableId.Xml14] is null && !row[Xml1.MA_LOAI_RV].IsOneOf("2 3 5"u8)
                : Answer.NotApplicable, Xml1.MA_LOAI_RV),

        Text("X1-MA_LOAI_RV-001", Xml1.MA_LOAI_RV, "^[1-5]$"),

        new RowRule("X1-PP_DIEU_TRI-001", Xml1.PP_DIEU_TRI, static (row, record) =>
            record.IsVisit(3, 4, 9) ? !row[Xml1.PP_DIEU_TRI].IsEmpty : Answer.NotApplicable, Xml1.MA_LOAI_KCB),
    ];

    private static bool IsLastMinute(RecordView record) => record.Discharged.Value is { Hour: 23, Minute: 59 };
}
