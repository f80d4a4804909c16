using LienThong.Standard;
using LienThong.Validation.Tests.Rules.CrossTable;
using static LienThong.Standard.Severity;
using static LienThong.Validation.Tests.Rules.CrossTable.LineCase;

namespace LienThong.Validation.Tests.Rules.Services;

/// <summary>Cases of the rules over XML3 other than money.</summary>
internal static class ServiceCases
{
    public static IEnumerable<LineCase> All() => [.. Codes(), .. Supplies(), .. Details(), .. Times()];

    private static LineCase Test(string code, string field, Severity severity, Action<RowBuilder> breaks, Action<RowBuilder>? keeps = null, string also = "") =>
        Service(code, 2, field, severity, breaks, keeps, also);

    private static LineCase Bed(string code, string field, Severity severity, Action<RowBuilder> breaks, Action<RowBuilder>? keeps = null, string also = "") =>
        Service(code, 2, field, severity, breaks, keeps, also, "inpatient");

    private static LineCase Old(string code, string field, Severity severity, Action<RowBuilder> breaks, Action<RowBuilder>? keeps = null, string also = "", string year = "2024") =>
        new(code, $"XML3[2].{field}", severity, "outpatient", r => breaks(In(r, year).Rows(TableId.Xml3)[1]), r => (keeps ?? (_ => { }))(In(r, year).Rows(TableId.Xml3)[1]), also);

    private static LineCase Supplied(string code, string field, Severity severity, Action<RowBuilder> breaks, Action<RowBuilder>? keeps = null, string also = "") =>
        new(code, $"XML3[3].{field}", severity, "outpatient", r => breaks(Supply(r)), r => (keeps ?? (_ => { }))(Supply(r)), also);

    private static LineCase Operated(string code, string field, Severity severity, Action<RowBuilder> breaks, Action<RowBuilder>? keeps = null, string also = "") =>
        new(code, $"XML3[3].{field}", severity, "inpatient", r => breaks(Operation(r)), r => (keeps ?? (_ => { }))(Operation(r)), also);

    private static RowBuilder Transport(RowBuilder row, string code = "VC.99003") => row.Set(Xml3.MA_NHOM, "12").Set(Xml3.MA_DICH_VU, code).Set(Xml3.MA_XANG_DAU, "X1");

    private static IEnumerable<LineCase> Codes() =>
    [
        Test("X3-MA_NHOM-001", "MA_NHOM", Block, r => r.Set(Xml3.MA_NHOM, "17")),
        Test("X3-CODE-001", "MA_DICH_VU", Block, r => r.Set(Xml3.MA_DICH_VU, "")),
        Test("X3-MA_DICH_VU-001", "TEN_DICH_VU", Block, r => r.Set(Xml3.TEN_DICH_VU, "")),
        Test("X3-MA_DICH_VU-002", "MA_DICH_VU", Info, r => r.Set(Xml3.MA_DICH_VU, "23.75.1494"), r => r.Set(Xml3.MA_DICH_VU, "23.0075.1494.K.99002")),
        new("X3-MA_DICH_VU-003", "XML3[2].MA_DICH_VU", Warn, "referral", r => Transport(r.Rows(TableId.Xml3)[1], "VC.9900"), r => Transport(r.Rows(TableId.Xml3)[1]), "REC-TRANSPORT-001"),
        Operated("X3-MA_DICH_VU-004", "MA_DICH_VU", Warn, r => r.Set(Xml3.MA_DICH_VU, "10.0001.0001_GT")),
        Operated("X3-MA_DICH_VU-004", "PP_VO_CAM", Warn, r => r.Set(Xml3.MA_DICH_VU, "10.0001.0001_GT").Set(Xml3.TEN_DICH_VU, "Phẫu thuật Thử [gây tê]"),
            r => r.Set(Xml3.MA_DICH_VU, "10.0001.0001_GT").Set(Xml3.PP_VO_CAM, "2").Set(Xml3.TEN_DICH_VU, "Phẫu thuật Thử [Gây tê]")),
        Operated("X3-MA_DICH_VU-004", "TEN_DICH_VU", Warn, r => r.Set(Xml3.MA_DICH_VU, "10.0001.0001_GT").Set(Xml3.PP_VO_CAM, "2")),
        Test("X3-MA_DICH_VU-005", "MA_DICH_VU", Warn, r => r.Set(Xml3.MA_DICH_VU, "23.0075.1494_TB"), r => Priced(r, 0).Set(Xml3.MA_DICH_VU, "23.0075.1494_TB")),
        Test("X3-MA_DICH_VU-005", "MA_DICH_VU", Warn, r => r.Set(Xml3.MA_DICH_VU, "23.0075.1494_TT")),
        Test("X3-MA_DICH_VU-006", "MA_DICH_VU", Warn, r => r.Set(Xml3.MA_DICH_VU, "23.0075.0000"), r => Priced(r, 0).Set(Xml3.MA_DICH_VU, "23.0075.0000")),
        Test("X3-MA_DICH_VU-006", "MA_DICH_VU", Warn, r => Outside(r).Set(Xml3.DON_GIA_BH, "0").Set(Xml3.MA_DICH_VU, "23.0075.0000")),
        Test("X3-SENT_OUT-001", "MA_DICH_VU", Warn, r => r.Set(Xml3.MA_DICH_VU, "23.0075.1494.K.99001"), r => r.Set(Xml3.MA_DICH_VU, "23.0075.1494.K.99002")),
        Test("X3-REQUIRED-001", "NGAY_YL", Block, r => r.Set(Xml3.NGAY_YL, "")),
        Test("X3-REQUIRED-001", "MA_BAC_SI", Warn, r => r.Set(Xml3.MA_BAC_SI, "").Set(Xml3.MA_DICH_VU, "23.0075.1494.K.99002")),
        Old("X3-REQUIRED-001", "MA_BAC_SI", Block, r => r.Set(Xml3.MA_BAC_SI, ""), r => r.Set(Xml3.MA_BAC_SI, "").Set(Xml3.MA_DICH_VU, "23.0075.1494.K.99002")),
        Test("X3-NHOM_CODE-001", "MA_DICH_VU", Info, r => r.Set(Xml3.MA_DICH_VU, "K02.1910")),
        Test("X3-PHAM_VI-001", "PHAM_VI", Block, r => r.Set(Xml3.PHAM_VI, "0")),
        Test("X3-PHAM_VI-002", "PHAM_VI", Block, r => r.Set(Xml3.PHAM_VI, "2"), r => Outside(r)),
        new("X3-PHAM_VI-003", "XML3[2].PHAM_VI", Warn, "outpatient", r => r.Rows(TableId.Xml3)[1].Set(Xml3.PHAM_VI, "3"),
            r => r.Set(Xml1.MA_THE_BHYT, "CA5970000000017").Rows(TableId.Xml3)[1].Set(Xml3.PHAM_VI, "3")),
        new("X3-DUP-001", "XML3[3].MA_DICH_VU", Warn, "outpatient", r => Copy(r, 2), r => Copy(r, 2).Set(Xml3.TEN_DICH_VU, "Định lượng Glucose [mẫu 2]")),
        new("X3-DUP-002", "XML3[4].MA_DICH_VU", Warn, "inpatient", r => Both(r), r => Both(r).Set(Xml3.NGUOI_THUC_HIEN, "000004/AA-CCHN;000005/AA-CCHN"), "REC-SURG-001"),
    ];

    private static IEnumerable<LineCase> Supplies() =>
    [
        Supplied("X3-MA_VAT_TU-001", "MA_VAT_TU", Block, r => r.Set(Xml3.MA_VAT_TU, ""), also: "X3-CODE-001"),
        Supplied("X3-MA_VAT_TU-001", "TEN_VAT_TU", Block, r => r.Set(Xml3.TEN_VAT_TU, "")),
        Test("X3-MA_VAT_TU-002", "MA_VAT_TU", Warn, r => r.Set(Xml3.MA_VAT_TU, "N01.01.010")),
        Supplied("X3-MA_VAT_TU-003", "MA_VAT_TU", Info, r => r.Set(Xml3.MA_VAT_TU, "01.01.010"), r => r.Set(Xml3.MA_VAT_TU, "N07.07.010.2.K99001")),
        Supplied("X3-MA_VAT_TU-004", "MA_DICH_VU", Block, r => r.Set(Xml3.MA_DICH_VU, "10.0001.0001"), r => r.Set(Xml3.MA_DICH_VU, "23.0075.1494")),
        new("X3-MA_VAT_TU-005", "XML3[3].SO_LUONG", Warn, "outpatient", r => Stents(In(r, "2024")), r => Stents(In(r, "2024").Set(Xml1.MA_THE_BHYT, "TE1010000000017"))),
        Supplied("X3-GOI_VTYT-001", "GOI_VTYT", Block, r => r.Set(Xml3.MA_DICH_VU, "23.0075.1494").Set(Xml3.GOI_VTYT, "G0"), r => r.Set(Xml3.MA_DICH_VU, "23.0075.1494").Set(Xml3.GOI_VTYT, "G999")),
        Supplied("X3-GOI_VTYT-002", "GOI_VTYT", Warn, r => r.Set(Xml3.GOI_VTYT, "G1"), r => r.Set(Xml3.MA_DICH_VU, "23.0075.1494").Set(Xml3.GOI_VTYT, "G1")),
        new("X3-MA_XANG_DAU-001", "XML3[2].MA_XANG_DAU", Block, "referral", r => Transport(r.Rows(TableId.Xml3)[1]).Set(Xml3.MA_XANG_DAU, ""), r => Transport(r.Rows(TableId.Xml3)[1])),
        Test("X3-MA_XANG_DAU-001", "MA_XANG_DAU", Warn, r => r.Set(Xml3.MA_XANG_DAU, "X1")),
        Supplied("X3-TT_THAU-001", "TT_THAU", Block, r => r.Set(Xml3.TT_THAU, "")),
        Supplied("X3-TT_THAU-001", "TT_THAU", Warn, r => r.Set(Xml3.TT_THAU, "").Set(Xml3.MA_NHOM, "11")),
        Supplied("X3-TT_THAU-002", "TT_THAU", Warn, r => r.Set(Xml3.TT_THAU, "12;1;2026"), r => r.Set(Xml3.TT_THAU, "12/QĐ-ABC;G1;N0;2026")),
        Supplied("X3-TAI_SU_DUNG-001", "TAI_SU_DUNG", Block, r => r.Set(Xml3.TAI_SU_DUNG, "0"), r => r.Set(Xml3.TAI_SU_DUNG, "1")),
    ];

    private static IEnumerable<LineCase> Details() =>
    [
        Test("X3-TYLE_TT_BH-001", "TYLE_TT_BH", Block, r => r.Set(Xml3.TYLE_TT_BH, "101")),
        Test("X3-TYLE_TT_BH-001", "TYLE_TT_DV", Block, r => r.Set(Xml3.TYLE_TT_DV, "9.5")),
        Test("X3-MUC_HUONG-001", "MUC_HUONG", Block, r => r.Set(Xml3.MUC_HUONG, "101")),
        Test("X3-MUC_HUONG-002", "MUC_HUONG", Warn, r => r.Set(Xml3.MUC_HUONG, "60"), also: "X3-T_BHTT-001 X3-T_BNCCT-001 REC-BENEFIT-001"),
        Test("X3-MA_PTTT-001", "MA_PTTT", Block, r => r.Set(Xml3.MA_PTTT, "0")),
        Test("X3-VET_THUONG_TP-001", "VET_THUONG_TP", Block, r => r.Set(Xml3.VET_THUONG_TP, "2")),
        Test("X3-MA_KHOA-001", "MA_KHOA", Warn, r => r.Set(Xml3.MA_KHOA, "K2"), r => r.Set(Xml3.MA_KHOA, "K16.1")),
        Test("X3-MA_BAC_SI-001", "MA_BAC_SI", Warn, r => r.Set(Xml3.MA_BAC_SI, "0001 AA")),
        Test("X3-MA_BENH-001", "MA_BENH", Warn, r => r.Set(Xml3.MA_BENH, "J18.9;1A"), r => r.Set(Xml3.MA_BENH, "J18.9;A17.0†")),
        Old("X3-MA_BENH-002", "MA_BENH", Info, r => r.Set(Xml3.MA_BENH, "K35.8"), r => r.Set(Xml3.MA_BENH, "E11.2")),
        Bed("X3-MA_GIUONG-001", "MA_GIUONG", Warn, r => r.Set(Xml3.MA_GIUONG, "H01"), r => r.Set(Xml3.MA_GIUONG, "T999")),
        Bed("X3-MA_GIUONG-001", "MA_GIUONG", Info, r => r.Set(Xml3.MA_GIUONG, "H001;H002")),
        Bed("X3-MA_GIUONG-002", "MA_GIUONG", Warn, r => r.Set(Xml3.MA_GIUONG, "")),
        Operated("X3-PP_VO_CAM-001", "PP_VO_CAM", Block, r => r.Set(Xml3.PP_VO_CAM, "5")),
        Operated("X3-PP_VO_CAM-002", "PP_VO_CAM", Warn, r => r.Set(Xml3.PP_VO_CAM, "")),
        Operated("X3-NGUOI_THUC_HIEN-001", "NGUOI_THUC_HIEN", Info, r => r.Set(Xml3.NGUOI_THUC_HIEN, "000002/AA-CCHN")),
        Test("X3-MA_MAY-001", "MA_MAY", Warn, r => r.Set(Xml3.MA_MAY, "MAY1"), r => r.Set(Xml3.MA_MAY, "HH.1.99001.A1;A2")),
        Test("X3-MA_MAY-001", "MA_MAY", Info, r => r.Set(Xml3.MA_MAY, "HH.3.A1"), r => r.Set(Xml3.MA_MAY, "HH.3[quỹ A].A1")),
        Test("X3-MA_MAY-001", "MA_MAY", Info, r => r.Set(Xml3.MA_MAY, "DC.1.A1"), r => r.Set(Xml3.MA_MAY, "DN.1.A1")),
        Old("X3-MA_MAY-001", "MA_MAY", Info, r => r.Set(Xml3.MA_MAY, "DN.1.A1"), r => r.Set(Xml3.MA_MAY, "DC.1.A1")),
        Test("X3-MA_MAY-002", "MA_MAY", Warn, r => r.Set(Xml3.MA_MAY, ""), r => r.Set(Xml3.MA_MAY, "").Set(Xml3.MA_DICH_VU, "23.0075.1494.K.99002")),
    ];

    private static IEnumerable<LineCase> Times() =>
    [
        Test("X3-NGAY_YL-001", "NGAY_YL", Warn, r => r.Set(Xml3.NGAY_YL, "202608150914"), r => r.Set(Xml3.NGAY_YL, "202608150930"), "REC-TIME-002"),
        Test("X3-NGAY_YL-001", "NGAY_YL", Warn, r => r.Set(Xml3.NGAY_YL, "202608151031").Set(Xml3.NGAY_TH_YL, "202608151032").Set(Xml3.NGAY_KQ, "202608151033")),
        Test("X3-NGAY_TH_YL-001", "NGAY_TH_YL", Block, r => r.Set(Xml3.NGAY_TH_YL, "202608150939"), r => r.Set(Xml3.NGAY_TH_YL, "202608150940")),
        Test("X3-NGAY_TH_YL-002", "NGUOI_THUC_HIEN", Block, r => r.Set(Xml3.NGUOI_THUC_HIEN, ""), r => r.Set(Xml3.NGUOI_THUC_HIEN, "").Set(Xml3.MA_DICH_VU, "23.0075.1494.K.99002")),
        Test("X3-NGAY_TH_YL-002", "NGAY_TH_YL", Block, r => r.Set(Xml3.NGAY_TH_YL, "")),
        Test("X3-NGAY_TH_YL-003", "NGAY_TH_YL", Info, r => r.Set(Xml3.NGAY_TH_YL, "202608150940"), r => r.Set(Xml3.NGAY_TH_YL, "202608150941")),
        Test("X3-NGAY_TH_YL-004", "NGAY_TH_YL", Warn, r => r.Set(Xml3.NGAY_TH_YL, "202608151031").Set(Xml3.NGAY_KQ, "202608151040"), r => r.Set(Xml3.NGAY_TH_YL, "202608151030").Set(Xml3.NGAY_KQ, "202608151030")),
        Test("X3-NGAY_KQ-001", "NGAY_KQ", Block, r => r.Set(Xml3.NGAY_KQ, "202608150939")),
        Test("X3-NGAY_KQ-002", "NGAY_KQ", Warn, r => r.Set(Xml3.NGAY_KQ, "202608150949"), r => r.Set(Xml3.NGAY_KQ, "202608150950")),
        Bed("X3-NGAY_KQ-003", "NGAY_KQ", Warn, r => r.Set(Xml3.NGAY_KQ, "202608071001")),
        Test("X3-NGAY_KQ-003", "NGAY_KQ", Info, r => r.Set(Xml3.NGAY_KQ, "202610141010")),
        Test("X3-NGAY_KQ-003", "NGAY_KQ", Warn, r => r.Set(Xml3.NGAY_KQ, "202610151010"), r => r.Set(Xml3.NGAY_KQ, "202608151030")),
        Test("X3-NGAY_KQ-004", "NGAY_KQ", Info, r => r.Set(Xml3.NGAY_KQ, "")),
        Test("REC-TIME-001", "NGAY_YL", Warn, r => r.Set(Xml3.NGAY_YL, "202608150900").Set(Xml3.NGAY_KQ, "202608150945"), r => r.Set(Xml3.NGAY_YL, "202608150900"), "REC-TIME-002"),
        Test("REC-TIME-001", "NGAY_TH_YL", Block, r => r.Set(Xml3.NGAY_TH_YL, "202608150935").Set(Xml3.NGAY_KQ, "202608150930")),
        Test("REC-TIME-001", "NGAY_TH_YL", Warn, r => r.Set(Xml3.NGAY_TH_YL, "202608151040"), r => r.Set(Xml3.NGAY_TH_YL, "202608150950")),
        new("REC-TIME-001", "XML2[1].NGAY_YL", Block, "outpatient", r => r.Set(Xml2.NGAY_YL, "202608151040").Set(Xml2.NGAY_TH_YL, "202608151035"), r => r.Set(Xml2.NGAY_YL, "202608151040").Set(Xml2.NGAY_TH_YL, "")),
    ];

    private static RowBuilder Outside(RowBuilder row) => row
        .Set(Xml3.PHAM_VI, "2").Set(Xml3.TYLE_TT_BH, "0").Set(Xml3.THANH_TIEN_BH, "0").Set(Xml3.T_BHTT, "0").Set(Xml3.T_BNCCT, "0").Set(Xml3.T_BNTT, row[Xml3.THANH_TIEN_BV]);

    private static RowBuilder Both(RecordBuilder record)
    {
        Operation(record);
        return Operation(record).Set(Xml3.MA_DICH_VU, "10.0002.0002");
    }

    private static RowBuilder Stents(RecordBuilder record) => Priced(Supply(record), 1000, quantity: 2).Set(Xml3.MA_VAT_TU, "N06.02.020.1").Set(Xml3.TT_THAU, "12/QĐ-ABC.00;G1;N2;2024");
}
