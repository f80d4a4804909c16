using LienThong.Standard;
using static LienThong.Validation.Forms;

namespace LienThong.Validation;

/// <summary>XML6: HIV care. Findings of this table show no values.</summary>
internal static class HivRules
{
    public static readonly Rule[] All =
    [
        // Treatment of tuberculosis names regimen and start.
        new RowRule("X6-LAO-001", Xml6.PHACDO_DTRI_LAO, static (row, _) =>
            row[Xml6.LOAI_DTRI_LAO].IsOneOf("1 2 3"u8) ? AllFilled(row, [Xml6.PHACDO_DTRI_LAO, Xml6.NGAYBD_DTRI_LAO]) : Answer.NotApplicable,
            Xml6.LOAI_DTRI_LAO),

        // A result belongs to every treatment; without one the sources disagree whether it may be empty.
        new RowRule("X6-REQUIRED-001", Xml6.KQ_DTRI_LAO, static (row, _) =>
            !row[Xml6.KQ_DTRI_LAO].IsEmpty ? Answer.Holds
            : row[Xml6.LOAI_DTRI_LAO].IsOneOf("1 2 3"u8) ? Answer.Broken : Breach.As(Severity.Info), Xml6.LOAI_DTRI_LAO),

        // Empty while the treatment lasts, though the portal's column asks for it.
        new RowRule("X6-LAO-002", Xml6.NGAYKT_DTRI_LAO, static (row, _) =>
            row[Xml6.LOAI_DTRI_LAO].IsOneOf("1 2 3"u8) ? !row[Xml6.NGAYKT_DTRI_LAO].IsEmpty : Answer.NotApplicable, Xml6.LOAI_DTRI_LAO),

        Text("X6-CODE5-001", Xml6.NOI_LAY_MAU_XN, "^[0-9]{5}$"),
        Text("X6-CODE5-001", Xml6.NOI_XN_KD, "^[0-9]{5}$"),
        Text("X6-CODE5-001", Xml6.NOI_BDDT_ARV, "^[0-9]{5}$"),

        new RowRule("X6-LAO-003", Xml6.NGAYBD_DTRI_LAO, static (row, _) =>
            row[Xml6.NGAYBD_DTRI_LAO].Date8().NotAfter(row[Xml6.NGAYKT_DTRI_LAO].Date8()), Xml6.NGAYKT_DTRI_LAO),

        // Children of mothers with HIV have their PCR tests told in full.
        new RowRule("X6-PCR-001", Xml6.LAN_XN_PCR, static (row, _) =>
            row[Xml6.MA_TINH_TRANG_DK].HasItem("1"u8)
                ? AllFilled(row, [Xml6.LAN_XN_PCR, Xml6.NGAY_XN_PCR, Xml6.NGAY_KQ_XN_PCR, Xml6.MA_KQ_XN_PCR]) : Answer.NotApplicable,
            Xml6.MA_TINH_TRANG_DK),

        new RowRule("X6-PCR-002", Xml6.NGAY_XN_PCR, static (row, _) =>
            row[Xml6.NGAY_XN_TLVR].Date8().NotAfter(row[Xml6.NGAY_KQ_XN_TLVR].Date8()).Verdict == Verdict.Broken
                ? Breach.Of(Xml6.NGAY_XN_TLVR)
                : row[Xml6.NGAY_XN_PCR].Date8().NotAfter(row[Xml6.NGAY_KQ_XN_PCR].Date8()), Xml6.NGAY_KQ_XN_PCR, Xml6.NGAY_KQ_XN_TLVR),

        new RowRule("X6-PCR-003", Xml6.MA_TINH_TRANG_DK, static (row, record) =>
            !row[Xml6.MA_TINH_TRANG_DK].HasItem("1"u8) || !record.Born.IsPresent || !record.Arrived.IsPresent ? Answer.NotApplicable
                : record.Born.Value.MonthsOn(record.Arrived.Value.Day()) is null or < 18, Xml1.NGAY_SINH, Xml1.NGAY_VAO),

        // ARV treatment has a start, an end and a number of days.
        new RowRule("X6-ARV-001", Xml6.NGAY_BAT_DAU_XU_TRI, static (row, _) =>
            row[Xml6.MA_XU_TRI].HasItem("1"u8)
                ? AllFilled(row, [Xml6.NGAY_BAT_DAU_XU_TRI, Xml6.NGAY_KET_THUC_XU_TRI, Xml6.SO_NGAY_CAP_THUOC_ARV]) : Answer.NotApplicable,
            Xml6.MA_XU_TRI),

        // The portal leaves one end day out; counting it is common.
        new RowRule("X6-ARV-002", Xml6.SO_NGAY_CAP_THUOC_ARV, static (row, _) =>
        {
            Read<DateOnly> from = row[Xml6.NGAY_BAT_DAU_XU_TRI].Date8();
            Read<DateOnly> to = row[Xml6.NGAY_KET_THUC_XU_TRI].Date8();
            Read<int> days = row[Xml6.SO_NGAY_CAP_THUOC_ARV].Integer();
            if (!from.IsPresent || !to.IsPresent || !days.IsPresent) return Reading.Missing(from, to);
            int most = to.Value.DayNumber - from.Value.DayNumber;
            if (days.Value <= most) return Answer.Holds;
            return Breach.As(days.Value == most + 1 ? Severity.Warn : Severity.Block);
        }, Xml6.NGAY_BAT_DAU_XU_TRI, Xml6.NGAY_KET_THUC_XU_TRI),

        new RowRule("X6-ARV-003", Xml6.NGAYKD_HIV, static (row, _) =>
            row[Xml6.NGAYKD_HIV].Date8().NotAfter(row[Xml6.BDDT_ARV].Date8()), Xml6.BDDT_ARV),

        // Another regimen than those listed tells its line.
        new RowRule("X6-PHACDO-001", Xml6.MA_BAC_PHAC_DO, static (row, _) =>
            row[Xml6.MA_PHAC_DO_DIEU_TRI].IsOneOf("KHAC Khac khac KHÁC Khác khác"u8) ? !row[Xml6.MA_BAC_PHAC_DO].IsEmpty : Answer.NotApplicable,
            Xml6.MA_PHAC_DO_DIEU_TRI),

        new RowRule("X6-PHACDO-002", Xml6.LY_DO_CHUYEN_PHAC_DO, static (row, _) =>
            row[Xml6.NGAY_CHUYEN_PHAC_DO].IsEmpty == row[Xml6.LY_DO_CHUYEN_PHAC_DO].IsEmpty, Xml6.NGAY_CHUYEN_PHAC_DO),
    ];
}
