using LienThong.Standard;
using static LienThong.Samples.Errors.Tamper;

namespace LienThong.Samples.Errors;

/// <summary>Single cells of medicines, services, results and papers.</summary>
internal static class LineErrors
{
    public static readonly SampleError[] All =
    [
        OfRow("drug-no-route", "X2-DUONG_DUNG-002", "DUONG_DUNG emptied", Xml2.DUONG_DUNG, Covered, (_, row) => row.Set(Xml2.DUONG_DUNG, "")),
        OfRow("drug-no-dose", "X2-LIEU_DUNG-001", "LIEU_DUNG emptied", Xml2.LIEU_DUNG, Covered, (_, row) => row.Set(Xml2.LIEU_DUNG, "")),
        Of("drug-doctor-blank", "X2-MA_BAC_SI-001", "a blank inside MA_BAC_SI", Xml2.MA_BAC_SI, row => row[Xml2.MA_BAC_SI]!.Replace("/", " /", StringComparison.Ordinal)),
        Of("drug-owner", "X2-MA_CSKCB_THUOC-001", "MA_CSKCB_THUOC without its letter", Xml2.MA_CSKCB_THUOC, "99002"),
        Of("drug-department", "X2-MA_KHOA-001", "MA_KHOA without K", Xml2.MA_KHOA, "01"),
        OfRow("drug-code-blank", "X2-MA_THUOC-001", "a blank inside MA_THUOC", Xml2.MA_THUOC, Covered, (_, row) => row.Set(Xml2.MA_THUOC, row[Xml2.MA_THUOC]!.Replace(".", ". ", StringComparison.Ordinal))),
        OfRow("drug-code-of-service", "X2-MA_THUOC-004", "a service code in MA_THUOC", Xml2.MA_THUOC, Covered, (_, row) => row.Set(Xml2.MA_THUOC, "22.0120.1370")),
        OfRow("drug-no-code", "X2-MA_THUOC-005", "MA_THUOC of an insured medicine emptied", Xml2.MA_THUOC, Covered, (_, row) => row.Set(Xml2.MA_THUOC, "")),
        OfRow("drug-given-after-leaving", "X2-NGAY_TH_YL-002", "medicine given after discharge", Xml2.NGAY_TH_YL, row => row[Xml2.NGAY_TH_YL] is { Length: 12 }, (record, row) => row.Set(Xml2.NGAY_TH_YL, Shift(Summary(record)[Xml1.NGAY_RA], 120))),
        OfRow("drug-forces", "X2-PHAM_VI-003", "PHAM_VI 3 for a civil card", Xml2.PHAM_VI, Covered, (_, row) => row.Set(Xml2.PHAM_VI, "3")),
        OfRow("drug-no-registration", "X2-SO_DANG_KY-001", "SO_DANG_KY emptied", Xml2.SO_DANG_KY, Covered, (_, row) => row.Set(Xml2.SO_DANG_KY, "")),
        OfRow("drug-no-tender", "X2-TT_THAU-001", "TT_THAU emptied", Xml2.TT_THAU, Covered, (_, row) => row.Set(Xml2.TT_THAU, "")),
        Of("drug-recurrent-wound", "X2-VET_THUONG_TP-001", "VET_THUONG_TP 2", Xml2.VET_THUONG_TP, "2"),
        Of("service-doctor-blank", "X3-MA_BAC_SI-001", "a blank inside MA_BAC_SI", Xml3.MA_BAC_SI, row => row[Xml3.MA_BAC_SI]!.Replace("/", " /", StringComparison.Ordinal)),
        Of("service-disease", "X3-MA_BENH-001", "MA_BENH that is no code", Xml3.MA_BENH, "SỐT"),
        Of("service-department", "X3-MA_KHOA-001", "MA_KHOA without K", Xml3.MA_KHOA, "01"),
        Of("service-method-9", "X3-MA_PTTT-001", "MA_PTTT 9", Xml3.MA_PTTT, "9", null, "X1-T_BHTT_GDV-001"),
        OfRow("service-with-supply", "X3-MA_VAT_TU-002", "MA_VAT_TU in the row of a test", Xml3.MA_VAT_TU, Measured, (_, row) => row.Set(Xml3.MA_VAT_TU, "N03.01.020")),
        OfRow("service-result-before-work", "X3-NGAY_KQ-002", "the result precedes the work", Xml3.NGAY_KQ, Measured, (_, row) => row.Set(Xml3.NGAY_KQ, Shift(row[Xml3.NGAY_TH_YL], -1)), "X3-NGAY_KQ-001"),
        OfRow("service-ends-after-leaving", "X3-NGAY_KQ-003", "the end of a procedure after discharge", Xml3.NGAY_KQ, row => row[Xml3.MA_NHOM] is "8" or "18", (record, row) => row.Set(Xml3.NGAY_KQ, Shift(Summary(record)[Xml1.NGAY_RA], 45))),
        OfRow("service-after-leaving", "X3-NGAY_TH_YL-004", "a test done after discharge", Xml3.NGAY_TH_YL, Measured, (record, row) => row.Set(Xml3.NGAY_TH_YL, Shift(Summary(record)[Xml1.NGAY_RA], 30)).Set(Xml3.NGAY_KQ, Shift(Summary(record)[Xml1.NGAY_RA], 60)), "X3-NGAY_KQ-003", "X4-NGAY_KQ-001", "X4-NGAY_KQ-002"),
        OfRow("service-ordered-late", "REC-TIME-001", "a test ordered after discharge", Xml3.NGAY_YL, Measured, (record, row) => row.Set(Xml3.NGAY_YL, Shift(Summary(record)[Xml1.NGAY_RA], 1500)), "X3-NGAY_TH_YL-001", "X3-NGAY_KQ-001", "X3-NGAY_YL-001", "REC-TIME-002"),
        OfRow("service-scope-7", "X3-PHAM_VI-001", "PHAM_VI 7", Xml3.PHAM_VI, row => row[Xml3.PHAM_VI] == "1", (_, row) => row.Set(Xml3.PHAM_VI, "7")),
        OfRow("service-out-of-scope-paid", "X3-PHAM_VI-002", "out of scope, but paid by the fund", Xml3.PHAM_VI, row => row[Xml3.PHAM_VI] == "1", (_, row) => row.Set(Xml3.PHAM_VI, "2")),
        OfRow("drug-out-of-scope-paid", "X2-PHAM_VI-002", "out of scope, but paid by the fund", Xml2.PHAM_VI, Covered, (_, row) => row.Set(Xml2.PHAM_VI, "2")),
        OfRow("service-forces", "X3-PHAM_VI-003", "PHAM_VI 3 for a civil card", Xml3.PHAM_VI, row => row[Xml3.PHAM_VI] == "1", (_, row) => row.Set(Xml3.PHAM_VI, "3")),
        OfRow("anaesthesia-7", "X3-PP_VO_CAM-001", "PP_VO_CAM 7", Xml3.PP_VO_CAM, row => row[Xml3.PP_VO_CAM] is { Length: > 0 }, (_, row) => row.Set(Xml3.PP_VO_CAM, "7")),
        Of("service-reused-2", "X3-TAI_SU_DUNG-001", "TAI_SU_DUNG 2", Xml3.TAI_SU_DUNG, "2"),
        Of("service-recurrent-wound", "X3-VET_THUONG_TP-001", "VET_THUONG_TP 2", Xml3.VET_THUONG_TP, "2"),
        OfRow("supply-tender-form", "X3-TT_THAU-002", "TT_THAU of a supply without package and group", Xml3.TT_THAU, row => row[Xml3.MA_NHOM] == "10", (_, row) => row.Set(Xml3.TT_THAU, "19.99001")),
        OfRow("supply-package-form", "X3-GOI_VTYT-001", "GOI_VTYT without G", Xml3.GOI_VTYT, row => row[Xml3.GOI_VTYT] is { Length: > 0 } && row[Xml3.MA_NHOM] == "10", (_, row) => row.Set(Xml3.GOI_VTYT, "1")),
        OfRow("supply-package-alone", "X3-GOI_VTYT-002", "a package without its service", Xml3.GOI_VTYT, row => row[Xml3.MA_NHOM] == "10" && string.IsNullOrEmpty(row[Xml3.MA_DICH_VU]), (_, row) => row.Set(Xml3.GOI_VTYT, "G2")),
        OfRow("bed-number-form", "X3-MA_GIUONG-001", "MA_GIUONG without its letter", Xml3.MA_GIUONG, row => row[Xml3.MA_NHOM] == "15", (_, row) => row.Set(Xml3.MA_GIUONG, "12"), "X3-MA_GIUONG-002"),
        new("service-twice", "X3-DUP-001", "a test billed twice in the same minute", static (record, _) =>
        {
            IList<RowBuilder> rows = record.Rows(TableId.Xml3);
            for (int i = 1; i < rows.Count; i++)
            {
                if (!Measured(rows[i]) || !Measured(rows[i - 1]) || rows[i][Xml3.MA_MAY] != rows[i - 1][Xml3.MA_MAY] || rows[i][Xml3.DON_GIA_BV] != rows[i - 1][Xml3.DON_GIA_BV]) continue;
                foreach (FieldId field in new[] { Xml3.MA_DICH_VU, Xml3.TEN_DICH_VU, Xml3.NGAY_YL, Xml3.NGAY_TH_YL, Xml3.NGAY_KQ }) rows[i].Set(field, rows[i - 1][field]);
                return new SampleCell(TableId.Xml3, i + 1, Xml3.MA_DICH_VU);
            }

            return null;
        }, "X4-LINK-001", "REC-TIME-003"),
        OfRow("result-no-index", "X4-CHI_SO-001", "a value without code and name of its index", Xml4.MA_CHI_SO, row => row[Xml4.GIA_TRI] is { Length: > 0 }, (_, row) => row.Set(Xml4.MA_CHI_SO, "").Set(Xml4.TEN_CHI_SO, "")),
        Of("result-no-service", "X4-MA_DICH_VU-001", "a result without its service", Xml4.MA_DICH_VU, "", null, "X4-LINK-001"),
        Of("result-before-coming", "X4-NGAY_KQ-002", "a result the week before arrival", Xml4.NGAY_KQ, row => Shift(row[Xml4.NGAY_KQ], -9 * 1440 - 60 * 1440)),
        Of("note-author-form", "X5-NGUOI_THUC_HIEN-001", "NGUOI_THUC_HIEN is a name", Xml5.NGUOI_THUC_HIEN, "Bác sĩ An"),
        Of("letter-date-early", "X14-NGAY_CT-001", "the letter is older than the visit", Xml14.NGAY_CT, row => ShiftDay(row[Xml14.NGAY_CT], -90)),
        Of("leave-date-early", "X11-NGAY_CT-001", "the certificate is older than the visit", Xml11.NGAY_CT, row => ShiftDay(row[Xml11.NGAY_CT], -90)),
        Of("abstract-date-early", "X8-NGAY_CT-001", "the abstract is older than the stay", Xml8.NGAY_CT, row => ShiftDay(row[Xml8.NGAY_CT], -90)),
        Of("birth-sex-7", "X9-GIOI_TINH_CON-001", "GIOI_TINH_CON 7", Xml9.GIOI_TINH_CON, "7"),
        Of("birth-mother-social-number", "X9-MA_BHXH-001", "MA_BHXH_NND of nine digits", Xml9.MA_BHXH_NND, "990000001"),
        Of("birth-mother-card", "X9-MA_THE_NND-001", "MA_THE_NND of 14 characters", Xml9.MA_THE_NND, "XX199000000001"),
        Of("birth-mother-identity", "X9-SO_CCCD-001", "SO_CCCD_NND of four digits", Xml9.SO_CCCD_NND, "0990"),
        Of("birth-before-stay", "X9-NGAY_SINH_CON-001", "the child is born before the mother comes", Xml9.NGAY_SINH_CON, row => Shift(row[Xml9.NGAY_SINH_CON], -90 * 1440)),
        Of("birth-operation-5", "X9-SINHCON-001", "SINHCON_PHAUTHUAT 5", Xml9.SINHCON_PHAUTHUAT, "5"),
        Of("maternity-days", "X10-SO_NGAY-001", "SO_NGAY doesn't match its days", Xml10.SO_NGAY, "99"),
        Of("hiv-sampling-place", "X6-CODE5-001", "NOI_LAY_MAU_XN of three digits", Xml6.NOI_LAY_MAU_XN, "990"),
        Of("tb-ends-first", "X15-NGAY-001", "treatment ends before it begins", Xml15.NGAYKT_DTRI_LAO, row => ShiftDay(row[Xml15.NGAYBD_DTRI_LAO], -5)),
    ];

    private static bool Covered(RowBuilder row) => row[Xml2.PHAM_VI] == "1" && Building.Totals.Read(row, Xml2.T_BHTT) > 0;

    private static bool Measured(RowBuilder row) => row[Xml3.MA_NHOM] is "1" or "2" or "3" && row[Xml3.PHAM_VI] == "1";
}
