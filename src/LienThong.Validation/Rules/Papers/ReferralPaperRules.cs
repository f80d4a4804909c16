using LienThong.Standard;
using static LienThong.Validation.Forms;

namespace LienThong.Validation;

/// <summary>XML13 and XML14: referral papers and letters for re-examination.</summary>
internal static class ReferralPaperRules
{
    private static readonly BytePattern Facility = BytePattern.Of("^[0-9]{5}$");

    public static readonly Rule[] All =
    [
        // The paper goes where XML1 says, and not back to the facility itself.
        new RowRule("X13-MA_CSKCB_DEN-001", Xml13.MA_CSKCB_DEN, static (row, record) =>
            row[Xml13.MA_CSKCB_DEN].IsEmpty ? Answer.NotApplicable
            : Facility.Matches(row[Xml13.MA_CSKCB_DEN].Trimmed) && row[Xml13.MA_CSKCB_DEN].Is(record.Summary[Xml1.MA_NOI_DEN])
                && !row[Xml13.MA_CSKCB_DEN].Is(record.Summary[Xml1.MA_CSKCB])
                ? Answer.Holds : Breach.Expect(Show.Text(record.Summary[Xml1.MA_NOI_DEN])), Xml1.MA_NOI_DEN, Xml1.MA_CSKCB),

        new RowRule("X13-MA_CSKCB_DI-001", Xml13.MA_CSKCB_DI, static (row, record) =>
        {
            if (row[Xml13.MA_CSKCB_DI].IsEmpty) return Answer.NotApplicable;
            foreach (ReadOnlySpan<byte> item in row[Xml13.MA_CSKCB_DI].Items())
            {
                if (!Facility.Matches(item)) return Breach.OfPart(item);
            }

            Value from = record.Summary[Xml1.MA_NOI_DI];
            return from.IsEmpty || row[Xml13.MA_CSKCB_DI].HasItem(from.Trimmed) ? Answer.Holds : Breach.As(Severity.Info);
        }, Xml1.MA_NOI_DI)
        {
            OwnsForm = true,
        },

        Text("X13-MA_LYDO_CT-001", Xml13.MA_LYDO_CT, "^[123]$"),

        // 1 and 2 are medical reasons, 3 is the patient's wish.
        new RowRule("X13-MA_LYDO_CT-002", Xml13.MA_LYDO_CT, static (row, record) =>
            row[Xml13.MA_LYDO_CT].IsEmpty ? Answer.NotApplicable
            : record.Summary[Xml1.MA_LOAI_RV].Is("2"u8) ? row[Xml13.MA_LYDO_CT].IsOneOf("1 2"u8)
            : record.Summary[Xml1.MA_LOAI_RV].Is("5"u8) ? row[Xml13.MA_LYDO_CT].Is("3"u8) : Answer.NotApplicable, Xml1.MA_LOAI_RV),

        new RowRule("X13-MA_LOAI_RV-001", Xml13.MA_LOAI_RV, static (_, record) =>
            record.Summary[Xml1.MA_LOAI_RV].IsEmpty ? Answer.NotApplicable : record.Summary[Xml1.MA_LOAI_RV].IsOneOf("2 5"u8), Xml1.MA_LOAI_RV),

        new RowRule("X13-TOMTAT_KQ-001", Xml13.TOMTAT_KQ, static (row, record) =>
            record.IsVisit(3, 4, 9) ? !row[Xml13.TOMTAT_KQ].IsEmpty : Answer.NotApplicable, Xml1.MA_LOAI_KCB),

        new RowRule("X13-TEN_DICH_VU-001", Xml13.TEN_DICH_VU, static (row, _) => !row[Xml13.TEN_DICH_VU].IsEmpty),

        new RowRule("X13-HOTEN_HT-001", Xml13.CHUCDANH_NGUOI_HT, static (row, _) =>
            row[Xml13.HOTEN_NGUOI_HT].IsEmpty ? Answer.NotApplicable : !row[Xml13.CHUCDANH_NGUOI_HT].IsEmpty),

        new RowRule("X14-NGAY_HEN_KL-001", Xml14.NGAY_HEN_KL, static (row, _) =>
            row[Xml14.NGAY_HEN_KL].IsEmpty ? Answer.NotApplicable : row[Xml14.NGAY_HEN_KL].Day().IsPresent)
        {
            OwnsForm = true,
        },

        // Asked back on the day of discharge or later.
        new RowRule("X14-NGAY_HEN_KL-002", Xml14.NGAY_HEN_KL, static (row, record) =>
        {
            Read<DateOnly> day = row[Xml14.NGAY_HEN_KL].Day();
            if (!day.IsPresent || !record.Discharged.IsPresent) return Reading.Missing(day, record.Discharged);
            DateOnly left = record.Discharged.Value.Day();
            if (day.Value < left) return Answer.Broken;
            return day.Value > left ? Answer.Holds : Breach.As(Severity.Info).Saying("Ngày hẹn khám lại trùng ngày ra viện. Kiểm tra lại ngày hẹn.");
        }, Xml1.NGAY_RA),

        new RowRule("X14-NGAY_HEN_KL-003", Xml14.NGAY_HEN_KL, static (row, record) =>
            record.Summary[Xml1.NGAY_TAI_KHAM].IsEmpty || row[Xml14.NGAY_HEN_KL].Trimmed.Length < 8 ? Answer.NotApplicable
                : record.Summary[Xml1.NGAY_TAI_KHAM].HasItem(row[Xml14.NGAY_HEN_KL].Trimmed[..8]), Xml1.NGAY_TAI_KHAM),

        new RowRule("X14-NGAY_CT-001", Xml14.NGAY_CT, static (row, record) =>
            row[Xml14.NGAY_CT].Date8() is { IsPresent: true } signed && record.Arrived.IsPresent
                ? signed.Value >= record.Arrived.Value.Day() : Answer.Missing(row[Xml14.NGAY_CT].Date8()), Xml1.NGAY_VAO),
    ];
}
