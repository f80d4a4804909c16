using LienThong.Standard;
using static LienThong.Samples.Errors.Tamper;

namespace LienThong.Samples.Errors;

/// <summary>Papers and programme tables.</summary>
internal static class PaperErrors
{
    public static readonly SampleError[] All =
    [
        Without("no-discharge-paper", "REC-TABLE-005", "XML7 left out of a stay", TableId.Xml7, Stays),
        Without("no-referral-paper", "REC-TABLE-007", "XML13 left out of a transfer", TableId.Xml13, _ => true),
        Of("discharge-paper-other-time", "X7-SAME-001", "NGAY_RA of XML7 differs", Xml7.NGAY_RA, row => Shift(row[Xml7.NGAY_RA], -5)),
        Of("discharge-paper-too-early", "X7-NGAY_CT-001", "NGAY_CT of XML7 before discharge", Xml7.NGAY_CT, row => ShiftDay(row[Xml7.NGAY_CT], -2)),
        OfRow("leave-without-days", "X7-NGHI-001", "SO_NGAY_NGHI without its days", Xml7.SO_NGAY_NGHI, row => string.IsNullOrEmpty(row[Xml7.SO_NGAY_NGHI]), (_, row) => row.Set(Xml7.SO_NGAY_NGHI, "7")),
        Of("abstract-other-result", "X8-SAME-001", "KET_QUA_DTRI of XML8 differs", Xml8.KET_QUA_DTRI, "1"),
        Of("birth-card", "X9-MA_THE_TAM-001", "MA_THE_TAM without TE1", Xml9.MA_THE_TAM, "XX1990000000001"),
        OfRow("birth-operation-note", "X9-SINHCON-002", "GHI_CHU doesn't tell the operation", Xml9.GHI_CHU, row => row[Xml9.SINHCON_PHAUTHUAT] == "1", (_, row) => row.Set(Xml9.GHI_CHU, "Mẹ khỏe")),
        Of("birth-weight-in-kilos", "X9-CAN_NANG_CON-001", "CAN_NANG_CON in kilograms", Xml9.CAN_NANG_CON, "3"),
        Of("maternity-words", "X10-CHAN_DOAN-001", "CHAN_DOAN_RV without dưỡng thai", Xml10.CHAN_DOAN_RV, "Dọa sảy thai"),
        Of("leave-social-number", "X11-MA_BHXH-001", "MA_BHXH of nine digits", Xml11.MA_BHXH, "990000001"),
        Of("leave-days", "X11-NGAY-001", "SO_NGAY_NGHI doesn't match its days", Xml11.SO_NGAY_NGHI, "20"),
        Of("leave-form", "X11-MAU_SO-001", "MAU_SO CT08", Xml11.MAU_SO, "CT08"),
        Of("referral-reason", "X13-MA_LYDO_CT-001", "MA_LYDO_CT 4", Xml13.MA_LYDO_CT, "4", null, "X13-MA_LYDO_CT-002"),
        Of("referral-destination", "X13-MA_CSKCB_DEN-001", "MA_CSKCB_DEN differs from MA_NOI_DEN", Xml13.MA_CSKCB_DEN, "99003", null, "X13-SAME-001"),
        Of("referral-other-name", "X13-SAME-001", "HO_TEN of XML13 differs", Xml13.HO_TEN, "NGƯỜI KHÁC MẪU"),
        Of("letter-other-diagnosis", "X14-SAME-001", "MA_BENH_CHINH of XML14 differs", Xml14.MA_BENH_CHINH, "Z00.0"),
        Of("letter-in-the-past", "X14-NGAY_HEN_KL-002", "NGAY_HEN_KL before discharge", Xml14.NGAY_HEN_KL, row => ShiftDay(row[Xml14.NGAY_RA], -1), null, "X14-NGAY_HEN_KL-003"),
        Of("letter-no-number", "X14-REQUIRED-001", "SO_GIAYHEN_KL emptied", Xml14.SO_GIAYHEN_KL, ""),
        Of("hiv-stage", "X6-ENUM-001", "GIAI_DOAN_LAM_SANG 9", Xml6.GIAI_DOAN_LAM_SANG, "9"),
        Of("hiv-other-sex", "X6-SAME-001", "GIOI_TINH of XML6 differs", Xml6.GIOI_TINH, row => row[Xml6.GIOI_TINH] == "1" ? "2" : "1"),
        Of("tb-regimen", "X15-ENUM-001", "PHACDO_DTRI_LAO 40", Xml15.PHACDO_DTRI_LAO, "40", null, "X15-PHACDO-001"),
    ];
}
