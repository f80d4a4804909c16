using LienThong.Standard;
using LienThong.Validation.Tests.Rules.CrossTable;
using static LienThong.Validation.Tests.Rules.CrossTable.LineCase;
using static LienThong.Standard.Severity;

namespace LienThong.Validation.Tests.Rules.Drugs;

/// <summary>Cases of the rules over XML2 other than money.</summary>
internal static class DrugCases
{
    public static IEnumerable<LineCase> All() =>
    [
        Drug("X2-MA_NHOM-001", "MA_NHOM", Block, r => r.Set(Xml2.MA_NHOM, "8"), r => r.Set(Xml2.MA_NHOM, "04")),
        Drug("X2-MA_THUOC-001", "MA_THUOC", Warn, r => r.Set(Xml2.MA_THUOC, "40 154"), r => r.Set(Xml2.MA_THUOC, "40.154+40.155")),
        Drug("X2-MA_THUOC-001", "MA_THUOC", Warn, r => r.Set(Xml2.MA_THUOC, "BB.990"), r => r.Set(Xml2.MA_THUOC, "BB.99001")),
        Drug("X2-MA_THUOC-001", "MA_THUOC", Info, r => r.Set(Xml2.MA_THUOC, "40.154.K99001")),
        Old("X2-MA_THUOC-002", "MA_THUOC", Warn, r => r.Set(Xml2.MA_THUOC, "00.0000"), r => r.Set(Xml2.MA_THUOC, "00.0000").Set(Xml2.PHAM_VI, "3")),
        Drug("X2-MA_THUOC-003", "MA_THUOC", Warn, r => r.Set(Xml2.MA_THUOC, "VM.99002"), r => r.Set(Xml2.MA_THUOC, "VM.99002").Set(Xml2.MA_NHOM, "7")),
        Drug("X2-MA_THUOC-004", "MA_THUOC", Warn, r => r.Set(Xml2.MA_THUOC, "23.0075.1494"), r => r.Set(Xml2.MA_THUOC, "23.0075")),
        Drug("X2-MA_THUOC-005", "MA_THUOC", Block, r => r.Set(Xml2.MA_THUOC, ""), r => r.Set(Xml2.MA_THUOC, "").Set(Xml2.PHAM_VI, "2")),
        Old("X2-MA_THUOC-005", "MA_THUOC", Block, r => NotCovered(r).Set(Xml2.MA_THUOC, "")),
        Drug("X2-MA_THUOC-006", "MA_THUOC", Info, r => r.Set(Xml2.MA_THUOC, "00.0000")),
        Drug("X2-MA_CSKCB_THUOC-001", "MA_CSKCB_THUOC", Warn, r => r.Set(Xml2.MA_CSKCB_THUOC, "99002"), r => r.Set(Xml2.MA_CSKCB_THUOC, "H.99002")),
        Drug("X2-MA_CSKCB_THUOC-001", "MA_CSKCB_THUOC", Warn, r => r.Set(Xml2.MA_CSKCB_THUOC, "C.99001"), r => r.Set(Xml2.MA_CSKCB_THUOC, "C.99002")),
        Drug("X2-MA_PP_CHEBIEN-001", "MA_PP_CHEBIEN", Info, r => r.Set(Xml2.MA_THUOC, "05V.1"), r => r.Set(Xml2.MA_THUOC, "05V.1").Set(Xml2.MA_PP_CHEBIEN, "1")),
        Drug("X2-REQUIRED-001", "HAM_LUONG", Block, r => r.Set(Xml2.HAM_LUONG, ""), r => r.Set(Xml2.HAM_LUONG, "").Set(Xml2.MA_THUOC, "40.17")),
        Drug("X2-DUONG_DUNG-001", "DUONG_DUNG", Warn, r => r.Set(Xml2.DUONG_DUNG, "1.1"), r => r.Set(Xml2.DUONG_DUNG, "2.10")),
        Drug("X2-DUONG_DUNG-002", "DUONG_DUNG", Block, r => r.Set(Xml2.DUONG_DUNG, ""), r => r.Set(Xml2.DUONG_DUNG, "").Set(Xml2.MA_NHOM, "7")),
        Drug("X2-LIEU_DUNG-001", "LIEU_DUNG", Block, r => r.Set(Xml2.LIEU_DUNG, "")),
        Drug("X2-LIEU_DUNG-001", "LIEU_DUNG", Info, r => r.Set(Xml2.LIEU_DUNG, "").Set(Xml2.MA_NHOM, "17")),
        Drug("X2-LIEU_DUNG-002", "LIEU_DUNG", Info, r => r.Set(Xml2.LIEU_DUNG, "1 viên * 2 lần * 5 ngày"), r => r.Set(Xml2.LIEU_DUNG, "1 viên/lần * 2 lần/ngày * 5 ngày [2 viên/ngày]")),
        Drug("X2-LIEU_DUNG-003", "LIEU_DUNG", Info, r => r.Set(Xml2.LIEU_DUNG, "1,5 viên * 2 lần * 5 ngày [3 viên/ngày]"), r => r.Set(Xml2.LIEU_DUNG, "1,1 viên * 2 lần * 5 ngày [2,2 viên/ngày]")),
        Drug("X2-SO_DANG_KY-001", "SO_DANG_KY", Warn, r => r.Set(Xml2.SO_DANG_KY, ""), r => r.Set(Xml2.SO_DANG_KY, "").Set(Xml2.MA_THUOC, "40.17")),
        Drug("X2-SO_DANG_KY-002", "SO_DANG_KY", Block, r => r.Set(Xml2.SO_DANG_KY, "VD 00001")),
        Drug("X2-SO_DANG_KY-003", "SO_DANG_KY", Warn, r => r.Set(Xml2.SO_DANG_KY, "CP.990.26.1"), r => r.Set(Xml2.SO_DANG_KY, "CP.99001.26.1")),
        Drug("X2-SO_DANG_KY-005", "SO_DANG_KY", Warn, r => r.Set(Xml2.SO_DANG_KY, "KD.26.1.1"), r => r.Set(Xml2.SO_DANG_KY, "KD.2026.1.1")),
        Drug("X2-TT_THAU-001", "TT_THAU", Block, r => r.Set(Xml2.TT_THAU, ""), r => r.Set(Xml2.TT_THAU, "").Set(Xml2.MA_NHOM, "7")),
        Drug("X2-TT_THAU-001", "TT_THAU", Info, r => r.Set(Xml2.TT_THAU, "").Set(Xml2.PHAM_VI, "3"), also: "X2-PHAM_VI-003"),
        Drug("X2-TT_THAU-002", "TT_THAU", Warn, r => r.Set(Xml2.TT_THAU, "12/QĐ-ABC;2;2026"), r => r.Set(Xml2.TT_THAU, "12/QĐ-ABC;G1;N2;2026;G1.26")),
        Drug("X2-TT_THAU-003", "TT_THAU", Warn, r => r.Set(Xml2.TT_THAU, "12/QĐ-ABC;G1;N2;2027"), r => r.Set(Xml2.TT_THAU, "12/QĐ-ABC;G1;N2;2015")),
        Drug("X2-TT_THAU-003", "TT_THAU", Warn, r => r.Set(Xml2.TT_THAU, "12/QĐ-ABC;2014"), r => r.Set(Xml2.TT_THAU, "12/QĐ-ABC;2026")),
        Drug("X2-TT_THAU-004", "TT_THAU", Info, r => r.Set(Xml2.TT_THAU, "12/QĐ-ABC.00;G1;N2;2026")),
        Drug("X2-PHAM_VI-001", "PHAM_VI", Block, r => r.Set(Xml2.PHAM_VI, "4")),
        Drug("X2-PHAM_VI-002", "PHAM_VI", Block, r => r.Set(Xml2.PHAM_VI, "2"), r => NotCovered(r)),
        new("X2-PHAM_VI-003", "XML2[1].PHAM_VI", Warn, "outpatient", r => r.Set(Xml2.PHAM_VI, "3"), r => r.Set(Xml2.PHAM_VI, "3").Set(Xml1.MA_THE_BHYT, "QN5970000000017")),
        Drug("X2-TYLE_TT_BH-001", "TYLE_TT_BH", Block, r => r.Set(Xml2.TYLE_TT_BH, "101")),
        Drug("X2-TYLE_TT_BH-001", "TYLE_TT_BH", Block, r => r.Set(Xml2.TYLE_TT_BH, "99.5")),
        Drug("X2-TYLE_TT_BH-002", "TYLE_TT_BH", Info, r => r.Set(Xml2.MA_NHOM, "6"), r => r.Set(Xml2.MA_NHOM, "5")),
        Drug("X2-MUC_HUONG-001", "MUC_HUONG", Block, r => r.Set(Xml2.MUC_HUONG, "150")),
        Drug("X2-MUC_HUONG-002", "MUC_HUONG", Warn, r => r.Set(Xml2.MUC_HUONG, "48"), also: "X2-T_BHTT-001 X2-T_BNCCT-001 REC-BENEFIT-001"),
        Drug("X2-MA_PTTT-001", "MA_PTTT", Block, r => r.Set(Xml2.MA_PTTT, "4"), r => r.Set(Xml2.MA_PTTT, "3")),
        Drug("X2-VET_THUONG_TP-001", "VET_THUONG_TP", Block, r => r.Set(Xml2.VET_THUONG_TP, "0"), r => r.Set(Xml2.VET_THUONG_TP, "1")),
        Drug("X2-MA_KHOA-001", "MA_KHOA", Warn, r => r.Set(Xml2.MA_KHOA, "02"), r => r.Set(Xml2.MA_KHOA, "K0809")),
        Drug("X2-MA_BAC_SI-001", "MA_BAC_SI", Warn, r => r.Set(Xml2.MA_BAC_SI, "000001 AA"), r => r.Set(Xml2.MA_BAC_SI, "000001/AA-CCHN.TX.99002")),
        Drug("X2-NGAY_YL-001", "NGAY_YL", Warn, r => r.Set(Xml2.NGAY_YL, "202608151031").Set(Xml2.NGAY_TH_YL, ""), r => r.Set(Xml2.NGAY_YL, "202608151030").Set(Xml2.NGAY_TH_YL, "")),
        Drug("X2-NGAY_TH_YL-001", "NGAY_TH_YL", Block, r => r.Set(Xml2.NGAY_TH_YL, "202608151019"), r => r.Set(Xml2.NGAY_TH_YL, "202608151020")),
        Drug("X2-NGAY_TH_YL-002", "NGAY_TH_YL", Warn, r => r.Set(Xml2.NGAY_TH_YL, "202608151031"), r => r.Set(Xml2.NGAY_TH_YL, "202608151030")),
        Drug("X2-NGAY_TH_YL-003", "NGAY_TH_YL", Info, r => r.Set(Xml2.NGAY_TH_YL, ""), start: "inpatient"),
        Drug("X2-NGUON_CTRA-001", "NGUON_CTRA", Block, r => r.Set(Xml2.NGUON_CTRA, "5")),
        Drug("X2-NGUON_CTRA-002", "NGUON_CTRA", Warn, r => r.Set(Xml2.NGUON_CTRA, "2"), r => NotCovered(r).Set(Xml2.NGUON_CTRA, "2")),
        Drug("X2-MA_DICH_VU-001", "MA_DICH_VU", Warn, r => r.Set(Xml2.MA_DICH_VU, "23.0075.1494;23.0001.0001"), r => r.Set(Xml2.MA_DICH_VU, "23.0075.1494")),
        new("X2-DUP-001", "XML2[2].MA_THUOC", Info, "outpatient", r => Twice(r), r => Twice(r).Set(Xml2.DON_GIA, "8000.5")),
    ];

    /// <summary>The case moved to 2024, when QĐ 4750 was in force.</summary>
    private static LineCase Old(string code, string field, Severity severity, Action<RowBuilder> breaks, Action<RowBuilder>? keeps = null) =>
        new(code, $"XML2[1].{field}", severity, "outpatient", r => breaks(In(r, "2024").Rows(TableId.Xml2)[0]), r => (keeps ?? (_ => { }))(In(r, "2024").Rows(TableId.Xml2)[0]));

    private static RowBuilder NotCovered(RowBuilder row) => row
        .Set(Xml2.PHAM_VI, "2").Set(Xml2.TYLE_TT_BH, "0").Set(Xml2.THANH_TIEN_BH, "0").Set(Xml2.T_BHTT, "0").Set(Xml2.T_BNCCT, "0").Set(Xml2.T_BNTT, row[Xml2.THANH_TIEN_BV]).Set(Xml2.NGUON_CTRA, "4");

    private static RowBuilder Twice(RecordBuilder record)
    {
        RowBuilder first = record.Rows(TableId.Xml2)[0];
        RowBuilder second = record.AddRow(TableId.Xml2);
        foreach (FieldSpec field in Releases.Get("QD1931").Table(TableId.Xml2)!.Fields) second.Set(field.Id, first[field.Id]);
        return second.Set(Xml2.STT, "2");
    }
}
