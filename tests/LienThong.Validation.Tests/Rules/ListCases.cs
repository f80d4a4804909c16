using LienThong.Standard;

namespace LienThong.Validation.Tests.Rules;

/// <summary>Cases of the rules that judge by a list and what the list says besides the code; the lists fit the clean records.</summary>
internal static class ListCases
{
    public static CodeList[] Lists { get; } =
    [
        Tests.Lists.Table(
            "icd10", "code|name|marker|not_main|main_discouraged|more_specific|death_only|female|male|status",
            "J18.9|Viêm phổi, không xác định|||||||||", "I10|Tăng huyết áp|||||||||", "E11.9|Đái tháo đường|||||||||", "S52.5||||||||||", "T81.4||||||||||", "A17.0||†||||||||",
            "Q87.11||||||||||", "Q87.1||||||||||", "Z37||||||||||", "G01||*|1|||||||", "H36.0||*||||||||", "R53|||0|1||||||", "A00||||0|1|||||", "A01|||||1|||||",
            "I46.9||||||1||||", "O80.0|||||||1|||", "N40||||||||1||", "B95|||1|||||||", "B96|||1||||||unconfirmed|"),
        Tests.Lists.Of("icd_yhct", "U50", "U50.1", "U50.123", "U99"),
        Tests.Lists.Of("icd9cm", "47.09", "01"),
        Tests.Lists.Table("commune", "code|province", "00001|01", "00002|08"),
        Tests.Lists.Of("occupation", "11", "22"),
        Tests.Lists.Of("emergency_icd", "J18.9"),
        Tests.Lists.Table("card_prefix", "code|level|from|to", "GD|4||", "LH|4||2025-12-31", "LH|2|2026-01-01|"),
        Tests.Lists.Table("facility", "code|level|kind|class|former_district", ["99001|1|BV|III|1", "99002|2|BV||", "99003|3|BV||", "99004|Cấp chuyên sâu|TYT||", .. Tests.Lists.ManyFacilities()]),
        Tests.Lists.Table("dept_facility", "MA_KHOA|GIUONG_PD|GIUONG_TK|from|to", "K02|15|18|2026-01-01|", "K03|||2026-01-01|2026-06-30"),
        Tests.Lists.Table(
            "staff_facility", "MACCHN|SO_DINH_DANH|MA_BHXH|MA_KHOA|PHAMVI_CM|DVKT_KHAC|NGAYCAP_CCHN|from|to",
            "000001/AA-CCHN|||K02|||20200101|2026-01-01|", "000002/AA-CCHN|001080000002||K02;K03|102|23.0099||2026-01-01|", "000009/AA-CCHN||0100000017||||||",
            "000010/AA-CCHN|||K02|||||2026-07-31", "000011/AA-CCHN|||K02|||20260901||", "000012/AA-CCHN|||K05|||||"),
        Tests.Lists.Table("staff_scope", "code|service", "102|K02.19", "102|23.0075"),
        Tests.Lists.Table(
            "drug_facility", "MA_THUOC|TEN_THUOC|DON_VI_TINH|HAM_LUONG|MA_DUONG_DUNG|DANG_BAO_CHE|SO_DANG_KY|DON_GIA|TT_THAU|from|to",
            "40.154|Amoxicilin Thử|Viên|500 mg|1.01|Viên nang|VD-00001-26|50000|12/QĐ-ABC;G1;N2;2026|2026-01-01|", "40.154|Tên khác|Viên|500mg|1.01|Viên nang|VD-00009-26|9000||2026-01-01|",
            "40.155|Đã hết|||||||||2026-06-30"),
        Tests.Lists.Table("drug_active", "code|rate", "40.154|100", "40.677|50", "40.30|"),
        Tests.Lists.Of("route", "1.01", "2.10"),
        Tests.Lists.Of("blood_product", "17.01"),
        Tests.Lists.Of("service_national", "K02.1910", "23.0075.1494", "10.0001.0001"),
        Tests.Lists.Table(
            "service_facility", "MA_DICH_VU|TEN_DICH_VU|GIA_THANH_TOAN|MA_NHOM|from|to",
            "K02.1910|Khám Nội|45000|13|2026-01-01|", "23.0075.1494|Định lượng Glucose [Máu]|21800|1|2026-01-01|", "K02.1915|Giường Nội khoa|200000|15|2026-01-01|",
            "23.0051.1494|Định lượng Creatinin|21800|1|2026-01-01|2026-06-30"),
        Tests.Lists.Table("exam_service", "code|class", "K02.1910|III", "K03.1910|I;II"),
        Tests.Lists.Of("bed_service", "K02.1915", "K03.1915"),
        Tests.Lists.Table("device_facility", "MA_VAT_TU|TEN_VAT_TU|DON_VI_TINH|DON_GIA_BH|TT_THAU", "N03.01.020|Bơm tiêm Thử|Cái|650|19.99001;G1;N0;2025"),
        Tests.Lists.Table("equipment_facility", "MA_MAY|MA_DICH_VU|from|to", "HH.1.123456||2026-01-01|", "XQ.3[vay].77|18.0119.0028||", "HH.1.OLD|||2026-06-30"),
        Tests.Lists.Of("cls_index", "GLU"),
        Tests.Lists.Of("arv_regimen", "NL.01"),
        Tests.Lists.Of("fuel", "R954V1"),
    ];

    public static IEnumerable<RuleCase> All() =>
    [
        MainDisease("CAT-ICD-002", "G01", "H36.0"),
        MainDisease("CAT-ICD-002", "B96", "H36.0", Severity.Info),
        MainDisease("CAT-ICD-003", "R53", "J18.9"),
        MainDisease("CAT-ICD-004", "A01", "J18.9"),
        Beside("CAT-ICD-004", "A01", "I10", Severity.Warn),
        MainDisease("CAT-ICD-005", "I46.9", "J18.9"),
        Beside("CAT-ICD-005", "I46.9", "I10", Severity.Warn),
        new("CAT-ICD-006", "XML1[1].MA_BENH_CHINH", "outpatient", r => r.Set(Xml1.MA_BENH_CHINH, "N40"), r => r.Set(Xml1.MA_BENH_CHINH, "O80.0")),
        new("CAT-ICD-006", "XML1[1].MA_BENH_KT", "outpatient", r => r.Set(Xml1.GIOI_TINH, "1").Set(Xml1.MA_BENH_KT, "I10;O80.0"), r => r.Set(Xml1.GIOI_TINH, "3").Set(Xml1.MA_BENH_KT, "O80.0")),
        MainDisease("CAT-ICD-008", "U99", "J18.9"),
        Beside("CAT-ICD-008", "I10;U50.1", "I10"),
        new("REC-ICD-001", "XML1[1].MA_BENH_CHINH", "outpatient", r => In2025(r).Set(Xml1.MA_BENH_CHINH, "G01"), r => In2025(r).Set(Xml1.MA_BENH_CHINH, "J18.9").Set(Xml1.MA_BENH_KT, "G01")),
        new("REC-ICD-001", "XML1[1].MA_BENH_CHINH", "outpatient", r => In2025(r).Set(Xml1.MA_BENH_CHINH, "H36.0"), null, Severity.Info),
        new("REC-ICD-001", "XML1[1].MA_BENH_KT", "outpatient", r => r.Set(Xml1.MA_BENH_CHINH, "H36.0").Set(Xml1.MA_BENH_KT, "G01"), r => r.Set(Xml1.MA_BENH_KT, "E11.9;G01")),
        new("REC-ICD-002", "XML1[1].CHAN_DOAN_RV", "outpatient", r => r.Set(Xml1.CHAN_DOAN_RV, "Đau bụng"), r => r.Set(Xml1.CHAN_DOAN_RV, "J18.9 theo dõi")),
        new("X1-MA_DOITUONG_KCB-012", "XML1[1].MA_DOITUONG_KCB", "inpatient", r => r.Set(Xml1.MA_DOITUONG_KCB, "2").Set(Xml1.MA_BENH_CHINH, "I10").Set(Xml1.MA_KHOA, "K03"), r => r.Set(Xml1.MA_DOITUONG_KCB, "2").Set(Xml1.MA_BENH_CHINH, "I10")),
        new("X1-MA_THE_BHYT-004", "XML1[1].MA_THE_BHYT", "outpatient", r => r.Set(Xml1.MA_THE_BHYT, "GD2000000000017"), r => r.Set(Xml1.MA_THE_BHYT, "LH4000000000017")),
        new("X1-MA_LY_DO_VNT-001", "XML1[1].MA_LY_DO_VNT", "inpatient", r => r.Set(Xml1.MA_LY_DO_VNT, "123456"), r => r.Set(Xml1.MA_LY_DO_VNT, "12345")),
        new("X4-MA_DICH_VU-001", "XML4[1].MA_DICH_VU", "outpatient", r => r.Rows(TableId.Xml4)[0].Set(Xml4.MA_DICH_VU, "")),

        new("CAT-XA-001", "XML1[1].MAXA_CU_TRU", "outpatient", r => r.Set(Xml1.MATINH_CU_TRU, "08")),
        new("CAT-CSKCB-001", "XML1[1].MA_NOI_DI", "outpatient", r => r.Set(Xml1.MA_NOI_DI, "99999"), r => r.Set(Xml1.MA_NOI_DI, "99002")),
        new("CAT-CSKCB-001", "XML1[1].MA_DKBD", "outpatient", r => r.Set(Xml1.MA_DKBD, "98000"), r => r.Set(Xml1.MA_DKBD, "01000")),
        new("CAT-FACILITY-001", "XML1[1].MA_DOITUONG_KCB", "outpatient", r => r.Set(Xml1.MA_DOITUONG_KCB, "1.17"), r => r.Set(Xml1.MA_DOITUONG_KCB, "1.2")),
        new("CAT-FACILITY-001", "XML1[1].MA_LOAI_KCB", "outpatient", r => r.Set(Xml1.MA_LOAI_KCB, "06"), r => r.Set(Xml1.MA_LOAI_KCB, "06").Set(Xml1.MA_CSKCB, "99004")),
        Line("CAT-KHOA-002", 1, Xml3.MA_KHOA, "K05", "K02"),
        new("CAT-KHOA-002", "XML2[1].MA_KHOA", "outpatient", r => r.Rows(TableId.Xml2)[0].Set(Xml2.MA_KHOA, "K03")),
        Bed("CAT-GIUONG-001", Xml3.MA_GIUONG, "H016", "T018"),
        Bed("CAT-GIUONG-002", Xml3.MA_DICH_VU, "K09.1915", "K02.1915"),
        new("CAT-GIUONG-002", "XML3[2].MA_DICH_VU", "inpatient", r => r.Rows(TableId.Xml3)[1].Set(Xml3.MA_DICH_VU, "K03.1915"), r => r.Rows(TableId.Xml3)[1].Set(Xml3.MA_DICH_VU, "K03.1915").Set(Xml3.MA_KHOA, "K0203")),
        new("CAT-XANGDAU-001", "XML3[1].MA_XANG_DAU", "outpatient", r => r.Rows(TableId.Xml3)[0].Set(Xml3.MA_NHOM, "12").Set(Xml3.MA_XANG_DAU, "R999"), r => r.Rows(TableId.Xml3)[0].Set(Xml3.MA_NHOM, "12").Set(Xml3.MA_XANG_DAU, "r954v1")),

        Drug("CAT-DUONGDUNG-001", Xml2.DUONG_DUNG, "9.99", "2.10"),
        Drug("CAT-THUOC-001", Xml2.MA_THUOC, "40.154+40.999", "40.154+40.30"),
        Drug("CAT-THUOC-001", Xml2.MA_THUOC, "41.1", "2026.15"),
        Drug("CAT-THUOC-002", Xml2.MA_THUOC, "40.155", "40.154"),
        Drug("CAT-THUOC-002", Xml2.SO_DANG_KY, "VD-00002-26", ""),
        Drug("CAT-THUOC-002", Xml2.HAM_LUONG, "250mg", "500 MG"),
        Drug("CAT-THUOC-002", Xml2.TT_THAU, "99/QĐ-ABC;G1;N2;2026", "12/QĐ-ABC;G1;N2;2026;01"),
        Drug("CAT-THUOC-003", Xml2.TEN_THUOC, "Thuốc lạ", "AMOXICILIN  thử"),
        Drug("CAT-THUOC-004", Xml2.DON_GIA, "50001", "7900"),
        Drug("CAT-THUOC-005", Xml2.DON_VI_TINH, "Gói", "ml"),
        Drug("CAT-THUOC-005", Xml2.DANG_BAO_CHE, "Siro", "viên nang"),
        Drug("CAT-THUOC-005", Xml2.DUONG_DUNG, "2.10", "1.01"),
        new("CAT-THUOC-006", "XML2[1].TYLE_TT_BH", "outpatient", r => r.Rows(TableId.Xml2)[0].Set(Xml2.MA_THUOC, "40.677").Set(Xml2.TYLE_TT_BH, "80"), r => r.Rows(TableId.Xml2)[0].Set(Xml2.MA_THUOC, "40.677").Set(Xml2.VET_THUONG_TP, "1")),
        new("CAT-MAU-001", "XML2[1].MA_THUOC", "outpatient", r => r.Rows(TableId.Xml2)[0].Set(Xml2.MA_NHOM, "7").Set(Xml2.MA_THUOC, "17.99"), r => r.Rows(TableId.Xml2)[0].Set(Xml2.MA_NHOM, "7").Set(Xml2.MA_THUOC, "17.01.KTNAT")),
        Drug("X2-SO_DANG_KY-004", Xml2.SO_DANG_KY, "VD\u00A000001", "VD-00001-26"),

        Line("CAT-DVKT-001", 2, Xml3.MA_DICH_VU, "23.9999.1494", "23.0075.1494_GT.K.99002"),
        Line("CAT-DVKT-001", 2, Xml3.MA_DICH_VU, "23.9999.0000", "10.0001.0001", Severity.Warn),
        Line("CAT-DVKT-002", 2, Xml3.MA_DICH_VU, "23.0051.1494", "23.0051.1494.K.99002"),
        Line("CAT-DVKT-003", 2, Xml3.TEN_DICH_VU, "Đo đường", "ĐỊNH LƯỢNG glucose"),
        Line("CAT-DVKT-004", 2, Xml3.DON_GIA_BH, "30000", "21801"),
        Line("CAT-DVKT-004", 2, Xml3.DON_GIA_BH, "20000", "21800", Severity.Info),
        Line("CAT-DVKT-005", 2, Xml3.MA_NHOM, "2", "01"),
        Line("CAT-KHAM-001", 1, Xml3.MA_DICH_VU, "K99.1910", "K02.1910"),
        Line("CAT-KHAM-001", 1, Xml3.MA_DICH_VU, "K03.1910", "K02.1910"),
        new("CAT-CLS-001", "XML4[1].MA_CHI_SO", "outpatient", r => r.Rows(TableId.Xml4)[0].Set(Xml4.MA_CHI_SO, "XYZ"), r => r.Rows(TableId.Xml4)[0].Set(Xml4.MA_CHI_SO, "DUONGMAU").Set(Xml4.TEN_CHI_SO, "Đường máu")),
        new("CAT-CLS-002", "XML4[1].MA_DICH_VU", "outpatient", r => r.Rows(TableId.Xml4)[0].Set(Xml4.MA_DICH_VU, "99.0000.0001")),
        new("CAT-HIV-001", "XML6[1].MA_PHAC_DO_DIEU_TRI", "programme", r => r.Rows(TableId.Xml6)[0].Set(Xml6.MA_PHAC_DO_DIEU_TRI, "XX.99"), r => r.Rows(TableId.Xml6)[0].Set(Xml6.MA_PHAC_DO_DIEU_TRI, "KHAC")),
        new("CAT-HIV-001", "XML6[1].MA_PHAC_DO_DIEU_TRI_BD", "programme", r => r.Rows(TableId.Xml6)[0].Set(Xml6.MA_PHAC_DO_DIEU_TRI_BD, "XX.99")),

        new("CAT-VTYT-001", "XML3[2].MA_VAT_TU", "outpatient", r => Supply(r).Set(Xml3.MA_VAT_TU, "N99"), r => Supply(r).Set(Xml3.MA_VAT_TU, "N03.01.020.K99001")),
        new("CAT-VTYT-001", "XML3[2].TT_THAU", "outpatient", r => Supply(r).Set(Xml3.TT_THAU, "19.99001;G1;N0;2024"), r => Supply(r).Set(Xml3.TT_THAU, "19.99001;2025")),
        new("CAT-VTYT-002", "XML3[2].TEN_VAT_TU", "outpatient", r => Supply(r).Set(Xml3.TEN_VAT_TU, "Gạc"), r => Supply(r)),
        new("CAT-VTYT-002", "XML3[2].DON_VI_TINH", "outpatient", r => Supply(r).Set(Xml3.DON_VI_TINH, "Hộp"), r => Supply(r)),
        new("CAT-VTYT-003", "XML3[2].DON_GIA_BH", "outpatient", r => Supply(r).Set(Xml3.DON_GIA_BH, "700"), r => Supply(r).Set(Xml3.DON_GIA_BH, "700").Set(Xml3.TAI_SU_DUNG, "1")),
        Line("CAT-MAY-001", 2, Xml3.MA_MAY, "HH.1.OLD", "HH.1.123456;9"),
        Line("CAT-MAY-001", 2, Xml3.MA_MAY, "XQ.3[khac].77", "HH.1[x].123456"),

        Line("CAT-NVYT-001", 1, Xml3.MA_BAC_SI, "000099/AA-CCHN", "000001/AA-CCHN"),
        Line("CAT-NVYT-001", 2, Xml3.NGUOI_THUC_HIEN, "000002/AA-CCHN;X", "001080000002;000001/AA-CCHN.079199000001;Y.HD.99002"),
        new("CAT-NVYT-001", "XML1[1].MA_TTDV", "outpatient", r => r.Set(Xml1.MA_TTDV, "000098/AA-CCHN"), r => r.Set(Xml1.MA_TTDV, "0100000017")),
        new("CAT-NVYT-001", "XML2[1].MA_BAC_SI", "outpatient", r => r.Rows(TableId.Xml2)[0].Set(Xml2.MA_BAC_SI, "000098/AA-CCHN")),
        new("CAT-NVYT-001", "XML4[1].MA_BS_DOC_KQ", "outpatient", r => r.Rows(TableId.Xml4)[0].Set(Xml4.MA_BS_DOC_KQ, "000098/AA-CCHN")),
        new("CAT-NVYT-001", "XML5[1].NGUOI_THUC_HIEN", "inpatient", r => r.Rows(TableId.Xml5)[0].Set(Xml5.NGUOI_THUC_HIEN, "000098/AA-CCHN")),
        Line("CAT-NVYT-002", 1, Xml3.MA_BAC_SI, "000010/AA-CCHN", "000001/AA-CCHN"),
        Line("CAT-NVYT-002", 1, Xml3.NGUOI_THUC_HIEN, "000011/AA-CCHN", "000099/AA-CCHN"),
        new("CAT-NVYT-002", "XML2[1].MA_BAC_SI", "outpatient", r => r.Rows(TableId.Xml2)[0].Set(Xml2.MA_BAC_SI, "000010/AA-CCHN")),
        Line("CAT-NVYT-003", 1, Xml3.MA_BAC_SI, "000012/AA-CCHN", "000009/AA-CCHN"),
        new("CAT-NVYT-003", "XML2[1].MA_BAC_SI", "outpatient", r => r.Rows(TableId.Xml2)[0].Set(Xml2.MA_BAC_SI, "000012/AA-CCHN"), r => r.Rows(TableId.Xml2)[0].Set(Xml2.MA_BAC_SI, "000002/AA-CCHN").Set(Xml2.MA_KHOA, "K03.D01")),
        new("CAT-NVYT-004", "XML3[2].NGUOI_THUC_HIEN", "outpatient", r => r.Rows(TableId.Xml3)[1].Set(Xml3.MA_DICH_VU, "18.0015.0001"), r => r.Rows(TableId.Xml3)[1].Set(Xml3.MA_DICH_VU, "23.0099.1111")),
    ];

    private static RuleCase MainDisease(string code, string breaks, string keeps, Severity? severity = null) =>
        new(code, "XML1[1].MA_BENH_CHINH", "outpatient", r => r.Set(Xml1.MA_BENH_CHINH, breaks), r => r.Set(Xml1.MA_BENH_CHINH, keeps), severity);

    private static RuleCase Beside(string code, string breaks, string keeps, Severity? severity = null) =>
        new(code, "XML1[1].MA_BENH_KT", "outpatient", r => r.Set(Xml1.MA_BENH_KT, breaks), r => r.Set(Xml1.MA_BENH_KT, keeps), severity);

    private static RuleCase Line(string code, int row, FieldId field, string breaks, string keeps, Severity? severity = null) =>
        new(code, $"XML3[{row}].{field.Name}", "outpatient", r => r.Rows(TableId.Xml3)[row - 1].Set(field, breaks), r => r.Rows(TableId.Xml3)[row - 1].Set(field, keeps), severity);

    private static RuleCase Bed(string code, FieldId field, string breaks, string keeps) =>
        new(code, $"XML3[2].{field.Name}", "inpatient", r => r.Rows(TableId.Xml3)[1].Set(field, breaks), r => r.Rows(TableId.Xml3)[1].Set(field, keeps));

    private static RuleCase Drug(string code, FieldId field, string breaks, string keeps) =>
        new(code, $"XML2[1].{field.Name}", "outpatient", r => r.Rows(TableId.Xml2)[0].Set(field, breaks), r => r.Rows(TableId.Xml2)[0].Set(field, keeps));

    private static RowBuilder Supply(RecordBuilder record) => record.Rows(TableId.Xml3)[1]
        .Set(Xml3.MA_NHOM, "10").Set(Xml3.MA_DICH_VU, "").Set(Xml3.TEN_DICH_VU, "").Set(Xml3.MA_VAT_TU, "N03.01.020").Set(Xml3.TEN_VAT_TU, "Bơm tiêm Thử").Set(Xml3.DON_VI_TINH, "Cái")
        .Set(Xml3.DON_GIA_BH, "650").Set(Xml3.TT_THAU, "19.99001;G1;N0;2025").Set(Xml3.MA_MAY, "");

    // QĐ 4469 was in force: star codes might be main.
    private static RecordBuilder In2025(RecordBuilder record) => record.Set(Xml1.NGAY_VAO, "202511150915").Set(Xml1.NGAY_RA, "202511151030").Set(Xml1.NGAY_TTOAN, "202511151030");
}
