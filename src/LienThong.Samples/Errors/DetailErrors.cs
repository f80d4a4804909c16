using LienThong.Standard;
using static LienThong.Samples.Errors.Tamper;

namespace LienThong.Samples.Errors;

/// <summary>Medicines, services, supplies, results and notes.</summary>
internal static class DetailErrors
{
    public static readonly SampleError[] All =
    [
        Of("drug-group-8", "X2-MA_NHOM-001", "MA_NHOM 8 in XML2", Xml2.MA_NHOM, "8"),
        Of("drug-scope-4", "X2-PHAM_VI-001", "PHAM_VI 4", Xml2.PHAM_VI, "4"),
        Of("drug-source-7", "X2-NGUON_CTRA-001", "NGUON_CTRA 7", Xml2.NGUON_CTRA, "7"),
        OfRow("drug-source-project", "X2-NGUON_CTRA-002", "paid by a project and by the fund", Xml2.NGUON_CTRA, row => Building.Totals.Read(row, Xml2.T_BHTT) > 100, (_, row) => row.Set(Xml2.NGUON_CTRA, "2")),
        Of("drug-route", "X2-DUONG_DUNG-001", "DUONG_DUNG 1.1", Xml2.DUONG_DUNG, "1.1"),
        OfRow("drug-tender-form", "X2-TT_THAU-002", "TT_THAU without package and group", Xml2.TT_THAU, row => row[Xml2.PHAM_VI] == "1", (_, row) => row.Set(Xml2.TT_THAU, "12/QĐ-ABC;2;2026")),
        OfRow("drug-tender-future", "X2-TT_THAU-003", "TT_THAU of a later year", Xml2.TT_THAU, row => row[Xml2.PHAM_VI] == "1", (_, row) => row.Set(Xml2.TT_THAU, "12/QĐ-ABC;G1;N4;2049")),
        Of("drug-registration-blank", "X2-SO_DANG_KY-002", "SO_DANG_KY with a blank inside", Xml2.SO_DANG_KY, "MAU 0001-25", null, "X2-SO_DANG_KY-004"),
        Of("drug-method-5", "X2-MA_PTTT-001", "MA_PTTT 5", Xml2.MA_PTTT, "5", null, "X1-T_BHTT_GDV-001"),
        Of("drug-before-coming", "X2-NGAY_YL-001", "medicine ordered the day before admission", Xml2.NGAY_YL, row => Shift(row[Xml2.NGAY_YL], -100 * 1440), null, "REC-TIME-002", "REC-BENEFIT-001", "X2-TT_THAU-003"),
        OfRow("drug-given-before-order", "X2-NGAY_TH_YL-001", "medicine given before it was ordered", Xml2.NGAY_TH_YL, row => row[Xml2.NGAY_TH_YL] is { Length: 12 }, (_, row) => row.Set(Xml2.NGAY_TH_YL, Shift(row[Xml2.NGAY_YL], -3))),
        OfRow("service-group-20", "X3-MA_NHOM-001", "MA_NHOM 20", Xml3.MA_NHOM, row => row[Xml3.MA_NHOM] == "1", (_, row) => row.Set(Xml3.MA_NHOM, "20")),
        OfRow("service-no-name", "X3-MA_DICH_VU-001", "TEN_DICH_VU emptied", Xml3.TEN_DICH_VU, row => row[Xml3.MA_NHOM] == "1", (_, row) => row.Set(Xml3.TEN_DICH_VU, "")),
        OfRow("service-done-before-order", "X3-NGAY_TH_YL-001", "service done before it was ordered", Xml3.NGAY_TH_YL, Measured, (_, row) => row.Set(Xml3.NGAY_TH_YL, Shift(row[Xml3.NGAY_YL], -2))),
        OfRow("service-no-performer", "X3-NGAY_TH_YL-002", "NGUOI_THUC_HIEN of a test emptied", Xml3.NGUOI_THUC_HIEN, Measured, (_, row) => row.Set(Xml3.NGUOI_THUC_HIEN, "")),
        OfRow("result-before-order", "X3-NGAY_KQ-001", "an examination ends before it was ordered", Xml3.NGAY_KQ, row => row[Xml3.MA_NHOM] == "13", (_, row) => row.Set(Xml3.NGAY_TH_YL, "").Set(Xml3.NGAY_KQ, Shift(row[Xml3.NGAY_YL], -1))),
        OfRow("machine-form", "X3-MA_MAY-001", "MA_MAY without its parts", Xml3.MA_MAY, Measured, (_, row) => row.Set(Xml3.MA_MAY, "MAY1")),
        OfRow("machine-missing", "X3-MA_MAY-002", "MA_MAY emptied", Xml3.MA_MAY, Measured, (_, row) => row.Set(Xml3.MA_MAY, "")),
        OfRow("supply-no-code", "X3-MA_VAT_TU-001", "MA_VAT_TU of an operation's supply emptied", Xml3.MA_VAT_TU, row => row[Xml3.MA_NHOM] == "10" && row[Xml3.MA_DICH_VU] is { Length: > 0 }, (_, row) => row.Set(Xml3.MA_VAT_TU, "")),
        OfRow("line-no-code", "X3-CODE-001", "neither service nor supply", Xml3.MA_VAT_TU, row => row[Xml3.MA_NHOM] == "10" && string.IsNullOrEmpty(row[Xml3.MA_DICH_VU]), (_, row) => row.Set(Xml3.MA_VAT_TU, ""), "X3-MA_VAT_TU-001"),
        OfRow("supply-no-tender", "X3-TT_THAU-001", "TT_THAU of a supply emptied", Xml3.TT_THAU, row => row[Xml3.MA_NHOM] == "10", (_, row) => row.Set(Xml3.TT_THAU, "")),
        OfRow("supply-without-operation", "X3-MA_VAT_TU-004", "a supply of a service that wasn't done", Xml3.MA_DICH_VU, row => row[Xml3.MA_NHOM] == "10" && string.IsNullOrEmpty(row[Xml3.MA_DICH_VU]), (_, row) => row.Set(Xml3.MA_DICH_VU, "10.0001.0001")),
        OfRow("ceiling-ignored", "X3-T_TRANTT-002", "T_TRANTT below the insured price", Xml3.T_TRANTT, row => Building.Totals.Read(row, Xml3.T_TRANTT) > 0, (_, row) => row.Set(Xml3.T_TRANTT, "1000000.00")),
        OfRow("bed-no-number", "X3-MA_GIUONG-002", "MA_GIUONG emptied", Xml3.MA_GIUONG, row => row[Xml3.MA_NHOM] == "15", (_, row) => row.Set(Xml3.MA_GIUONG, "")),
        OfRow("no-anaesthesia", "X3-PP_VO_CAM-002", "PP_VO_CAM of an operation emptied", Xml3.PP_VO_CAM, row => row[Xml3.MA_NHOM] == "8", (_, row) => row.Set(Xml3.PP_VO_CAM, "")),
        OfRow("result-no-time", "X4-NGAY_KQ-001", "a value without NGAY_KQ", Xml4.NGAY_KQ, row => row[Xml4.GIA_TRI] is { Length: > 0 }, (_, row) => row.Set(Xml4.NGAY_KQ, "")),
        Of("result-of-unknown-service", "X4-LINK-001", "a result of a service that wasn't ordered", Xml4.MA_DICH_VU, "99.9999.9999"),
        OfRow("image-no-words", "X4-MO_TA-001", "an image without description and conclusion", Xml4.MO_TA, row => row[Xml4.MO_TA] is { Length: > 0 }, (_, row) => row.Set(Xml4.MO_TA, "").Set(Xml4.KET_LUAN, "")),
        new("note-after-discharge", "X5-THOI_DIEM_DBLS-001", "a clinical note after discharge", (record, _) =>
        {
            if (record.Rows(TableId.Xml5).Count == 0) return null;
            int last = record.Rows(TableId.Xml5).Count;
            record.Rows(TableId.Xml5)[last - 1].Set(Xml5.THOI_DIEM_DBLS, Shift(Summary(record)[Xml1.NGAY_RA], 90));
            return new SampleCell(TableId.Xml5, last, Xml5.THOI_DIEM_DBLS);
        }),
        Without("no-results", "REC-TABLE-003", "XML4 left out", TableId.Xml4, _ => true),
        Without("no-notes", "REC-TABLE-004", "XML5 left out", TableId.Xml5, Stays),
    ];

    private static bool Measured(RowBuilder row) => row[Xml3.MA_NHOM] is "1" or "2" or "3";
}
