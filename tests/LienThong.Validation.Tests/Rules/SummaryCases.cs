using LienThong.Standard;

namespace LienThong.Validation.Tests.Rules;

/// <summary>Cases of the rules over XML1.</summary>
internal static class SummaryCases
{
    public static IEnumerable<RuleCase> All() => [.. Person(), .. Cards(), .. Diagnoses(), .. Categories(), .. Stays(), .. Days(), .. Kinds(), .. Settlement(), .. Totals()];

    private static RuleCase Out(string code, string field, Action<RecordBuilder> breaks, Action<RecordBuilder>? keeps = null, Severity? severity = null) =>
        new(code, $"XML1[1].{field}", "outpatient", breaks, keeps, severity);

    private static RuleCase In(string code, string field, Action<RecordBuilder> breaks, Action<RecordBuilder>? keeps = null, Severity? severity = null) =>
        new(code, $"XML1[1].{field}", "inpatient", breaks, keeps, severity);

    private static RuleCase Old(string code, string field, Action<RecordBuilder> breaks, Action<RecordBuilder>? keeps = null, Severity? severity = null) =>
        new(code, $"XML1[1].{field}", "outpatient", r => breaks(RuleCase.In2024(r)), r => (keeps ?? (_ => { })).Invoke(RuleCase.In2024(r)), severity);

    private static IEnumerable<RuleCase> Person() =>
    [
        Out("X1-MA_LK-001", "MA_LK", r => r.Set(Xml1.MA_LK, "HS 1")),
        Out("X1-HO_TEN-001", "HO_TEN", r => r.Set(Xml1.HO_TEN, "Nguyễn Thị 9")),
        Old("X1-SO_CCCD-001", "SO_CCCD", r => r.Set(Xml1.SO_CCCD, "12345"), r => r.Set(Xml1.SO_CCCD, "B1234567")),
        Old("X1-SO_CCCD-002", "SO_CCCD", r => r.Set(Xml1.MA_QUOCTICH, "001").Set(Xml1.SO_CCCD, "P-1234"), r => r.Set(Xml1.MA_QUOCTICH, "001").Set(Xml1.SO_CCCD, "P1234567")),
        Out("X1-SO_CCCD-003", "SO_CCCD", r => r.Set(Xml1.SO_CCCD, ""), r => r.Set(Xml1.SO_CCCD, "").Set(Xml1.NGAY_SINH, "201503120000")),
        Out("X1-SO_CCCD-004", "SO_CCCD", r => r.Set(Xml1.NGAY_SINH, "198603120000")),
        Out("X1-SO_CCCD-004", "SO_CCCD", r => r.Set(Xml1.GIOI_TINH, "1"), r => r.Set(Xml1.GIOI_TINH, "3")),
        Out("X1-SO_CCCD-005", "SO_CCCD", r => r.Set(Xml1.SO_CCCD, "12/34"), r => r.Set(Xml1.SO_CCCD, "001185000017")),
        Out("X1-SO_CCCD-005", "SO_CCCD", r => r.Set(Xml1.SO_CCCD, "B1234567"), severity: Severity.Info),
        Out("X1-NGAY_SINH-001", "NGAY_SINH", r => r.Set(Xml1.NGAY_SINH, "19850231"), r => r.Set(Xml1.NGAY_SINH, "198500000000")),
        Out("X1-NGAY_SINH-001", "NGAY_SINH", r => r.Set(Xml1.NGAY_SINH, "198500120000")),
        Out("X1-NGAY_SINH-002", "NGAY_SINH", r => r.Set(Xml1.NGAY_SINH, "202608160000"), r => r.Set(Xml1.NGAY_SINH, "202608150915")),
        Out("X1-NGAY_SINH-003", "NGAY_SINH", r => r.Set(Xml1.NGAY_SINH, "202608140000"), r => r.Set(Xml1.NGAY_SINH, "202608140730")),
        Out("X1-NGAY_SINH-003", "NGAY_SINH", r => r.Set(Xml1.NGAY_SINH, "202600000000"), r => r.Set(Xml1.NGAY_SINH, "202500000000")),
        Out("X1-NGAY_SINH-004", "NGAY_SINH", r => r.Set(Xml1.NGAY_SINH, "190001010000")),
        Out("X1-GIOI_TINH-001", "GIOI_TINH", r => r.Set(Xml1.GIOI_TINH, "4"), r => r.Set(Xml1.GIOI_TINH, "3")),
        Out("X1-NHOM_MAU-001", "NHOM_MAU", r => r.Set(Xml1.NHOM_MAU, "C+"), r => r.Set(Xml1.NHOM_MAU, "AB Rh+")),
        Out("X1-MA_QUOCTICH-001", "MA_QUOCTICH", r => r.Set(Xml1.MA_QUOCTICH, "VN")),
        Out("X1-MA_DANTOC-001", "MA_DANTOC", r => r.Set(Xml1.MA_DANTOC, "1")),
        Old("X1-MA_NGHE_NGHIEP-001", "MA_NGHE_NGHIEP", r => r.Set(Xml1.MA_NGHE_NGHIEP, "00")),
        Out("X1-MA_NGHE_NGHIEP-002", "MA_NGHE_NGHIEP", r => r.Set(Xml1.MA_NGHE_NGHIEP, "0A")),
        Out("X1-DIEN_THOAI-001", "DIEN_THOAI", r => r.Set(Xml1.DIEN_THOAI, "12345"), r => r.Set(Xml1.DIEN_THOAI, "+84 900.000.000")),
        Out("X1-MATINH-001", "MATINH_CU_TRU", r => r.Set(Xml1.MATINH_CU_TRU, "1")),
        Out("X1-MAXA-001", "MAXA_CU_TRU", r => r.Set(Xml1.MAXA_CU_TRU, "0001")),
        Out("X1-MAHUYEN-001", "MAHUYEN_CU_TRU", r => RuleCase.In2024(r).Set(Xml1.MAHUYEN_CU_TRU, ""), r => r.Set(Xml1.MAHUYEN_CU_TRU, "")),
        Old("X1-MA_TTDV-001", "MA_TTDV", r => r.Set(Xml1.MA_TTDV, "000009/AA")),
    ];

    private static IEnumerable<RuleCase> Cards() =>
    [
        Out("X1-MA_THE_BHYT-001", "MA_THE_BHYT", r => r.Set(Xml1.MA_THE_BHYT, "GD400000000017")),
        Out("X1-MA_THE_BHYT-002", "MA_THE_BHYT", r => r.Set(Xml1.MA_THE_BHYT, "GD6000000000017"), r => r.Set(Xml1.MA_THE_BHYT, "GD5000000000017")),
        Out("X1-MA_THE_BHYT-003", "MA_THE_BHYT", r => Two(r, "GD4000000000017;GD4000000000017", "20260101;20260101"), r => Two(r, "GD4000000000017;HT3000000000017", "20260101;20260101")),
        Out("X1-MA_THE_BHYT-003", "MA_THE_BHYT", r => Two(r, "GD4000000000017;GD4000000000017", "20250101;20260101"), severity: Severity.Info),
        Out("X1-MA_THE_BHYT-005", "MA_THE_BHYT", r => NoCard(r)),
        Out("X1-MA_THE_BHYT-006", "MA_THE_BHYT", r => r.Set(Xml1.MA_DOITUONG_KCB, "9"), r => NoCard(r).Set(Xml1.MA_DOITUONG_KCB, "9")),
        Out("X1-MA_THE_BHYT-007", "MA_THE_BHYT", r => NoCard(r)),
        Out("X1-MA_DKBD-001", "MA_DKBD", r => r.Set(Xml1.MA_DKBD, "9900A")),
        Out("X1-THE_LIST-001", "MA_DKBD", r => r.Set(Xml1.MA_THE_BHYT, "GD4000000000017;HT3000000000017").Set(Xml1.GT_THE_TU, "20260101;20260810").Set(Xml1.GT_THE_DEN, "20260809;20261231"),
            r => Two(r, "GD4000000000017;HT3000000000017", "20260101;20260810")),
        Out("X1-THE_LIST-001", "GT_THE_DEN", r => r.Set(Xml1.GT_THE_DEN, ""), r => r.Set(Xml1.MA_THE_BHYT, "QN5000000000017").Set(Xml1.GT_THE_DEN, "")),
        Out("X1-GT_THE-001", "GT_THE_TU", r => r.Set(Xml1.GT_THE_TU, "20260230")),
        Out("X1-GT_THE-001", "GT_THE_DEN", r => r.Set(Xml1.GT_THE_DEN, "2026-12-31")),
        Out("X1-GT_THE-002", "GT_THE_TU", r => r.Set(Xml1.GT_THE_DEN, "20251231")),
        Out("X1-GT_THE-003", "GT_THE_DEN", r => r.Set(Xml1.GT_THE_DEN, "20260814"), r => r.Set(Xml1.GT_THE_DEN, "20260815")),
        Out("X1-GT_THE-003", "GT_THE_TU", r => r.Set(Xml1.GT_THE_TU, "20260816"), r => r.Set(Xml1.GT_THE_TU, "20260815")),
        Out("X1-GT_THE-004", "GT_THE_DEN", r => r.Set(Xml1.GT_THE_DEN, "20260814"), severity: Severity.Info),
        Out("X1-GT_THE-004", "GT_THE_DEN", r => r.Set(Xml1.GT_THE_DEN, "20260730"), r => r.Set(Xml1.GT_THE_DEN, "20260815"), Severity.Warn),
        Out("X1-GT_THE-005", "GT_THE_TU", r => r.Set(Xml1.GT_THE_TU, "20260816"), r => r.Set(Xml1.GT_THE_TU, "20260815")),
        Out("X1-GT_THE-006", "MA_DKBD", r => r.Set(Xml1.MA_DKBD, "01000"), r => r.Set(Xml1.MA_DKBD, "01000").Set(Xml1.GT_THE_TU, "20260815").Set(Xml1.GT_THE_DEN, "20260815")),
        Out("X1-NGAY_MIEN_CCT-001", "NGAY_MIEN_CCT", r => r.Set(Xml1.NGAY_MIEN_CCT, "2026081"), r => r.Set(Xml1.NGAY_MIEN_CCT, "20260801")),
        Out("X1-NGAY_MIEN_CCT-002", "NGAY_MIEN_CCT", r => r.Set(Xml1.NGAY_MIEN_CCT, "20260801").Set(Xml1.NAM_NAM_LIEN_TUC, "20260802"), r => r.Set(Xml1.NGAY_MIEN_CCT, "20260801").Set(Xml1.NAM_NAM_LIEN_TUC, "20260801")),
        Out("X1-NGAY_MIEN_CCT-003", "NGAY_MIEN_CCT", r => r.Set(Xml1.NGAY_MIEN_CCT, "20250801"), r => r.Set(Xml1.NGAY_MIEN_CCT, "20260801")),
        Out("X1-NAM_NAM_LIEN_TUC-001", "NAM_NAM_LIEN_TUC", r => r.Set(Xml1.NAM_NAM_LIEN_TUC, "2020"), r => r.Set(Xml1.NAM_NAM_LIEN_TUC, "20200101")),
        Out("X1-NAM_NAM_LIEN_TUC-001", "NAM_NAM_LIEN_TUC", r => r.Set(Xml1.NAM_NAM_LIEN_TUC, "202001010000"), severity: Severity.Warn),
    ];

    private static IEnumerable<RuleCase> Diagnoses() =>
    [
        Out("X1-MA_BENH_CHINH-001", "MA_BENH_CHINH", r => r.Set(Xml1.MA_BENH_CHINH, "J18.9;I10"), r => r.Set(Xml1.MA_BENH_CHINH, "A17.0†")),
        Out("X1-MA_BENH_KT-001", "MA_BENH_KT", r => r.Set(Xml1.MA_BENH_KT, "I10;i11")),
        Out("X1-MA_BENH_KT-001", "MA_BENH_KT", r => r.Set(Xml1.MA_BENH_KT, "A01;A02;A03;A04;A05;A06;A07;A08;A09;A15;A16;A17;A18"), r => r.Set(Xml1.MA_BENH_KT, "A01;A02;A03;A04;A05;A06;A07;A08;A09;A15;A16;A17")),
        Out("X1-MA_BENH_KT-002", "MA_BENH_KT", r => r.Set(Xml1.MA_BENH_KT, "I10;J18.9*")),
        Out("X1-MA_BENH_KT-002", "MA_BENH_KT", r => r.Set(Xml1.MA_BENH_KT, "I10;E11;I10"), r => r.Set(Xml1.MA_BENH_KT, "I10;I11")),
        Out("X1-MA_PTTT_QT-001", "MA_PTTT_QT", r => r.Set(Xml1.MA_PTTT_QT, "47.9A"), r => r.Set(Xml1.MA_PTTT_QT, "47.09;01")),
        Out("X1-MA_PTTT_QT-002", "MA_PTTT_QT", r => r.Rows(TableId.Xml3)[1].Set(Xml3.MA_NHOM, "8"), r => { r.Rows(TableId.Xml3)[1].Set(Xml3.MA_NHOM, "8"); r.Set(Xml1.MA_PTTT_QT, "47.09"); }),
        Out("X1-MA_BENH_YHCT-001", "MA_BENH_YHCT", r => r.Set(Xml1.MA_BENH_YHCT, "U50;YH1"), r => r.Set(Xml1.MA_BENH_YHCT, "U50.123")),
        Out("X1-MA_BENH_YHCT-002", "MA_BENH_YHCT", r => r.Set(Xml1.MA_KHOA, "K16"), r => r.Set(Xml1.MA_KHOA, "K16").Set(Xml1.MA_BENH_YHCT, "U50.1")),
        Out("X1-MA_TAI_NAN-001", "MA_TAI_NAN", r => r.Set(Xml1.MA_TAI_NAN, "9"), r => r.Set(Xml1.MA_TAI_NAN, "8")),
        Out("X1-MA_TAI_NAN-002", "MA_TAI_NAN", r => r.Set(Xml1.MA_BENH_CHINH, "S52.5"), r => r.Set(Xml1.MA_BENH_CHINH, "T81.4")),
        Out("X1-CHAN_DOAN_RV-001", "CHAN_DOAN_RV", r => r.Set(Xml1.CHAN_DOAN_RV, "Theo dõi viêm phổi"), r => r.Set(Xml1.CHAN_DOAN_RV, "Nghiện rượu")),
    ];

    private static IEnumerable<RuleCase> Categories() =>
    [
        Out("X1-MA_DOITUONG_KCB-001", "MA_DOITUONG_KCB", r => r.Set(Xml1.MA_DOITUONG_KCB, "1,1"), r => r.Set(Xml1.MA_DOITUONG_KCB, "1.11").Set(Xml1.MA_DKBD, "99002")),
        Out("X1-MA_DOITUONG_KCB-002", "MA_NOI_DI", r => r.Set(Xml1.MA_DOITUONG_KCB, "1.3"), r => r.Set(Xml1.MA_DOITUONG_KCB, "1.3").Set(Xml1.MA_NOI_DI, "99002").Set(Xml1.GIAY_CHUYEN_TUYEN, "15/PC")),
        Out("X1-MA_DOITUONG_KCB-003", "GIAY_CHUYEN_TUYEN", r => r.Set(Xml1.MA_DOITUONG_KCB, "1.5"), r => r.Set(Xml1.MA_DOITUONG_KCB, "1.5").Set(Xml1.GIAY_CHUYEN_TUYEN, "15/PH")),
        Out("X1-MA_DOITUONG_KCB-004", "MA_DOITUONG_KCB", r => r.Set(Xml1.MA_DKBD, "99002")),
        Out("X1-MA_DOITUONG_KCB-005", "MA_DOITUONG_KCB", r => r.Set(Xml1.MA_DOITUONG_KCB, "1.11"), r => r.Set(Xml1.MA_DOITUONG_KCB, "1.11").Set(Xml1.MA_DKBD, "99002")),
        In("X1-MA_DOITUONG_KCB-006", "MA_DOITUONG_KCB", r => r.Set(Xml1.MA_DOITUONG_KCB, "1.13"), r => r.Set(Xml1.MA_DOITUONG_KCB, "1.15")),
        Out("X1-MA_DOITUONG_KCB-007", "MA_DOITUONG_KCB", r => r.Set(Xml1.MA_DOITUONG_KCB, "3.6")),
        Out("X1-MA_DOITUONG_KCB-008", "MA_DOITUONG_KCB", r => r.Set(Xml1.MA_DOITUONG_KCB, "1.7"), r => r.Set(Xml1.MA_DOITUONG_KCB, "1.7").Set(Xml1.NGAY_SINH, "202608100100")),
        Out("X1-MA_DOITUONG_KCB-009", "MA_DOITUONG_KCB", r => r.Set(Xml1.MA_DOITUONG_KCB, "7.2"), r => r.Set(Xml1.MA_DOITUONG_KCB, "7.2").Set(Xml1.MA_LOAI_KCB, "07")),
        Out("X1-MA_DOITUONG_KCB-010", "MA_DOITUONG_KCB", r => NoCard(r).Set(Xml1.MA_DOITUONG_KCB, "9")),
        Out("X1-MA_NOI_DI-001", "MA_NOI_DI", r => r.Set(Xml1.MA_NOI_DI, "BV1")),
        Out("X1-MA_NOI_DI-001", "MA_NOI_DEN", r => r.Set(Xml1.MA_NOI_DEN, "BV1")),
        Out("X1-MA_NOI_DI-002", "GIAY_CHUYEN_TUYEN", r => r.Set(Xml1.MA_NOI_DI, "99002"), r => r.Set(Xml1.MA_NOI_DI, "99002").Set(Xml1.GIAY_CHUYEN_TUYEN, "1")),
        Out("X1-MA_NOI_DI-003", "MA_NOI_DI", r => r.Set(Xml1.MA_NOI_DI, "99001")),
        Out("X1-MA_NOI_DEN-001", "MA_NOI_DEN", r => r.Set(Xml1.MA_NOI_DEN, "99003"), r => r.Set(Xml1.MA_NOI_DEN, "99003").Set(Xml1.MA_LOAI_RV, "2")),
        Out("X1-MA_CSKCB-001", "MA_CSKCB", r => r.Set(Xml1.MA_CSKCB, "9900")),
        Out("X1-MA_KHUVUC-001", "MA_KHUVUC", r => r.Set(Xml1.MA_KHUVUC, "K4"), r => r.Set(Xml1.MA_KHUVUC, "K3")),
    ];

    private static IEnumerable<RuleCase> Stays() =>
    [
        Out("X1-NGAY_VAO-001", "NGAY_VAO", r => r.Set(Xml1.NGAY_RA, "202608150914"), r => r.Set(Xml1.NGAY_RA, "202608150915")),
        Out("X1-NGAY_VAO-002", "NGAY_VAO", r => r.Set(Xml1.NGAY_RA, "202608150915")),
        Out("X1-NGAY_VAO-003", "NGAY_VAO", r => r.Set(Xml1.NGAY_VAO, "202609050801"), r => r.Set(Xml1.NGAY_VAO, "202609050800")),
        In("X1-NGAY_VAO_NOI_TRU-001", "NGAY_VAO_NOI_TRU", r => r.Set(Xml1.NGAY_VAO_NOI_TRU, "202608030755"), r => r.Set(Xml1.NGAY_VAO_NOI_TRU, "202608030810")),
        Out("X1-NGAY_VAO_NOI_TRU-002", "NGAY_VAO_NOI_TRU", r => r.Set(Xml1.NGAY_VAO_NOI_TRU, "202608150930")),
        In("X1-LY_DO_VNT-001", "LY_DO_VNT", r => r.Set(Xml1.LY_DO_VNT, "")),
        Out("X1-NGAY_RA-001", "NGAY_RA", r => r.Set(Xml1.NGAY_RA, "202609050801"), r => r.Set(Xml1.NGAY_RA, "202609050800")),
        Out("X1-NGAY_RA-001", "NGAY_RA", r => r.Set(Xml1.MA_LOAI_KCB, "05").Set(Xml1.NGAY_RA, "202609050801"), severity: Severity.Warn),
        Old("X1-NGAY_RA-002", "NGAY_RA", r => r.Set(Xml1.MA_LOAI_KCB, "05"), r => r.Set(Xml1.MA_LOAI_KCB, "05").Set(Xml1.NGAY_RA, "202408202359")),
        Old("X1-NGAY_RA-003", "NGAY_RA", r => { }, r => r.Set(Xml1.NGAY_RA, "202601020800")),
        Out("X1-NGAY_RA-004", "NGAY_RA", r => r.Set(Xml1.MA_LOAI_KCB, "05").Set(Xml1.NGAY_RA, "202608202359"), r => r.Set(Xml1.MA_LOAI_KCB, "05").Set(Xml1.NGAY_RA, "202608201000")),
        Out("X1-NGAY_TTOAN-002", "NGAY_TTOAN", r => r.Set(Xml1.NGAY_TTOAN, "")),
        Out("X1-NGAY_TTOAN-001", "NGAY_TTOAN", r => r.Set(Xml1.NGAY_TTOAN, "202608150914"), r => r.Set(Xml1.NGAY_TTOAN, "202608150915")),
        Out("X1-NGAY_TAI_KHAM-001", "NGAY_TAI_KHAM", r => r.Set(Xml1.NGAY_TAI_KHAM, "20260901;20260814"), r => r.Set(Xml1.NGAY_TAI_KHAM, "20260815")),
        Out("X1-KET_QUA_DTRI-001", "KET_QUA_DTRI", r => r.Set(Xml1.KET_QUA_DTRI, "9"), r => r.Set(Xml1.KET_QUA_DTRI, "8")),
        Out("X1-KET_QUA_DTRI-002", "KET_QUA_DTRI", r => r.Set(Xml1.KET_QUA_DTRI, "5").Set(Xml1.NGAY_TAI_KHAM, "20260901"), r => r.Set(Xml1.KET_QUA_DTRI, "5")),
        Out("X1-MA_LOAI_RV-001", "MA_LOAI_RV", r => r.Set(Xml1.MA_LOAI_RV, "6")),
        In("X1-PP_DIEU_TRI-001", "PP_DIEU_TRI", r => r.Set(Xml1.PP_DIEU_TRI, "")),
        Out("PKG-MACSKCB-002", "MA_CSKCB", r => r.Set(Xml1.MA_CSKCB, "99002")),
    ];

    private static IEnumerable<RuleCase> Days() =>
    [
        Old("X1-SO_NGAY_DTRI-001", "SO_NGAY_DTRI", r => r.Set(Xml1.SO_NGAY_DTRI, "1")),
        Old("X1-SO_NGAY_DTRI-002", "SO_NGAY_DTRI", r => r.Set(Xml1.MA_LOAI_KCB, "03").Set(Xml1.NGAY_RA, "202408181030").Set(Xml1.SO_NGAY_DTRI, "3"), r => r.Set(Xml1.MA_LOAI_KCB, "03").Set(Xml1.NGAY_RA, "202408181030").Set(Xml1.SO_NGAY_DTRI, "4")),
        Old("X1-SO_NGAY_DTRI-003", "SO_NGAY_DTRI", r => r.Set(Xml1.MA_LOAI_KCB, "05").Set(Xml1.SO_NGAY_DTRI, "5"), r => r.Set(Xml1.MA_LOAI_KCB, "05").Set(Xml1.SO_NGAY_DTRI, "2")),
        Old("X1-SO_NGAY_DTRI-004", "SO_NGAY_DTRI", r => r.Set(Xml1.MA_LOAI_KCB, "08").Set(Xml1.SO_NGAY_DTRI, "3"), r => { r.Set(Xml1.MA_LOAI_KCB, "08").Set(Xml1.SO_NGAY_DTRI, "1"); r.Rows(TableId.Xml3)[1].Set(Xml3.NGAY_TH_YL, "202408151000"); }),
        Out("X1-SO_NGAY_DTRI-005", "SO_NGAY_DTRI", r => r.Set(Xml1.SO_NGAY_DTRI, "1.5")),
        In("X1-SO_NGAY_DTRI-006", "SO_NGAY_DTRI", r => r.Set(Xml1.SO_NGAY_DTRI, "4"), r => r.Set(Xml1.NGAY_VAO_NOI_TRU, "202608041000").Set(Xml1.SO_NGAY_DTRI, "4")),
        Out("X1-SO_NGAY_DTRI-007", "SO_NGAY_DTRI", r => r.Set(Xml1.SO_NGAY_DTRI, "2")),
        Out("X1-SO_NGAY_DTRI-007", "SO_NGAY_DTRI", r => r.Set(Xml1.SO_NGAY_DTRI, "0"), severity: Severity.Info),
        Out("X1-SO_NGAY_DTRI-007", "SO_NGAY_DTRI", r => r.Set(Xml1.MA_LOAI_KCB, "05").Set(Xml1.SO_NGAY_DTRI, "3"), r => r.Set(Xml1.MA_LOAI_KCB, "05").Set(Xml1.SO_NGAY_DTRI, "5"), Severity.Info),
        Out("X1-SO_NGAY_DTRI-008", "SO_NGAY_DTRI", r => r.Set(Xml1.MA_LOAI_KCB, "08").Set(Xml1.SO_NGAY_DTRI, "4"), r => r.Set(Xml1.MA_LOAI_KCB, "08")),
    ];

    private static IEnumerable<RuleCase> Kinds() =>
    [
        Old("X1-MA_LOAI_KCB-001", "MA_LOAI_KCB", r => r.Set(Xml1.MA_LOAI_KCB, "10")),
        Out("X1-MA_LOAI_KCB-002", "MA_LOAI_KCB", r => r.Set(Xml1.MA_LOAI_KCB, "17"), r => r.Set(Xml1.MA_LOAI_KCB, "16")),
        In("X1-MA_LOAI_KCB-003", "MA_LOAI_KCB", r => r.Set(Xml1.NGAY_RA, "202608031330"), r => r.Set(Xml1.NGAY_RA, "202608031400")),
        In("X1-MA_LOAI_KCB-004", "MA_LOAI_KCB", r => r.Set(Xml1.MA_LOAI_KCB, "09"), r => r.Set(Xml1.MA_LOAI_KCB, "09").Set(Xml1.NGAY_RA, "202608031330")),
        Out("X1-MA_LOAI_KCB-005", "MA_LOAI_KCB", r => r.Set(Xml1.MA_LOAI_KCB, "05"), r => { r.Set(Xml1.MA_LOAI_KCB, "05"); r.Rows(TableId.Xml3).RemoveAt(1); }),
        Out("X1-MA_LOAI_KCB-006", "MA_LOAI_KCB", r => r.Set(Xml1.MA_LOAI_KCB, "07"), r => { r.Set(Xml1.MA_LOAI_KCB, "07"); r.Rows(TableId.Xml3).Clear(); }),
        Out("X1-MA_LOAI_KCB-007", "MA_LOAI_KCB", r => r.Set(Xml1.NGAY_RA, "202608160916"), r => r.Set(Xml1.NGAY_RA, "202608160915")),
        Out("X1-MA_LOAI_KCB-008", "MA_LOAI_KCB", r => r.Set(Xml1.MA_LOAI_KCB, "02").Set(Xml1.NGAY_VAO, "202607150915"), r => r.Set(Xml1.MA_LOAI_KCB, "02").Set(Xml1.NGAY_VAO, "202607170915")),
        Out("X1-MA_LOAI_KCB-009", "MA_LOAI_KCB", r => r.Set(Xml1.MA_LOAI_KCB, "12"), r => r.Set(Xml1.MA_LOAI_KCB, "12").Set(Xml1.T_BHTT, "0")),
        Out("X1-MA_LOAI_KCB-010", "MA_LOAI_KCB", r => r.Set(Xml1.MA_LOAI_KCB, "04"), r => r.Set(Xml1.MA_LOAI_KCB, "04").Set(Xml1.NGAY_RA, "202608151315")),
        Out("X1-MA_KHOA-001", "MA_KHOA", r => r.Set(Xml1.MA_KHOA, "K2"), r => r.Set(Xml1.MA_KHOA, "K02;K0809;K16.1;K02.D35").Set(Xml1.MA_BENH_YHCT, "U50.1")),
        In("X1-MA_KHOA-002", "MA_KHOA", r => r.Set(Xml1.MA_KHOA, "K03"), r => r.Set(Xml1.MA_KHOA, "K03;K02")),
    ];

    private static IEnumerable<RuleCase> Settlement() =>
    [
        Out("X1-NAM_QT-001", "NAM_QT", r => r.Set(Xml1.NAM_QT, "2025")),
        Out("X1-NAM_QT-001", "NAM_QT", r => r.Set(Xml1.NAM_QT, "2027")),
        Out("X1-THANG_QT-001", "THANG_QT", r => r.Set(Xml1.THANG_QT, "13"), r => r.Set(Xml1.THANG_QT, "08")),
        Out("X1-THANG_QT-002", "THANG_QT", r => r.Set(Xml1.THANG_QT, "7"), r => r.Set(Xml1.THANG_QT, "11")),
        Out("X1-CAN_NANG-001", "CAN_NANG", r => r.Set(Xml1.CAN_NANG, "52,5"), r => r.Set(Xml1.CAN_NANG, "52.55")),
        Out("X1-CAN_NANG-002", "CAN_NANG", r => r.Set(Xml1.CAN_NANG, "3.2"), r => r.Set(Xml1.CAN_NANG, "20")),
        Out("X1-CAN_NANG_CON-001", "CAN_NANG_CON", r => r.Set(Xml1.CAN_NANG_CON, "3.2"), r => r.Set(Xml1.CAN_NANG_CON, "3200;2900")),
        new("X1-CAN_NANG_CON-002", "XML1[1].CAN_NANG_CON", "birth", r => r.Set(Xml1.CAN_NANG_CON, "3200;2900")),
        Out("X1-DU_PHONG-001", "DU_PHONG", r => r.Set(Xml1.DU_PHONG, "cao 160"), r => r.Set(Xml1.DU_PHONG, "160")),
    ];

    private static IEnumerable<RuleCase> Totals() =>
    [
        Out("X1-T_TONGCHI_BV-001", "T_TONGCHI_BV", r => r.Set(Xml1.T_TONGCHI_BV, "990000")),
        Out("X1-T_TONGCHI_BV-001", "T_TONGCHI_BV", r => r.Set(Xml1.T_TONGCHI_BV, "146801"), severity: Severity.Warn),
        Out("X1-T_TONGCHI_BH-001", "T_TONGCHI_BH", r => r.Set(Xml1.T_TONGCHI_BH, "140000")),
        Out("X1-T_TONGCHI_BH-002", "T_TONGCHI_BH", r => r.Set(Xml1.T_TONGCHI_BH, "146802"), r => r.Set(Xml1.T_TONGCHI_BH, "146801")),
        Out("X1-T_THUOC-001", "T_THUOC", r => r.Set(Xml1.T_THUOC, "80002.01"), r => r.Set(Xml1.T_THUOC, "80000")),
        Out("X1-T_VTYT-001", "T_VTYT", r => r.Set(Xml1.T_VTYT, "1150000"), r => { r.Rows(TableId.Xml3)[1].Set(Xml3.MA_NHOM, "10"); r.Set(Xml1.T_VTYT, "21800"); }),
        Out("X1-T_BNTT-001", "T_BNTT", r => r.Set(Xml1.T_BNTT, "50000")),
        In("X1-T_BNCCT-001", "T_BNCCT", r => r.Set(Xml1.T_BNCCT, "0")),
        Out("X1-T_NGUONKHAC-001", "T_NGUONKHAC", r => r.Set(Xml1.T_NGUONKHAC, "1000")),
        Out("X1-T_BHTT-001", "T_BHTT", r => r.Set(Xml1.T_BHTT, "100")),
        In("X1-T_BHTT-002", "T_BHTT", r => r.Set(Xml1.T_BHTT, "950000"), r => OtherFund(r)),
        In("X1-T_BHTT-002", "T_BHTT", r => OtherFund(r).Set(Xml1.T_BHTT, "950000"), severity: Severity.Warn),
        Out("X1-T_BHTT-003", "T_BHTT", r => r.Set(Xml1.T_BHTT, "0")),
        Out("X1-T_BHTT_GDV-001", "T_BHTT_GDV", r => r.Set(Xml1.T_BHTT_GDV, "1000"), r => { r.Rows(TableId.Xml2)[0].Set(Xml2.MA_PTTT, "2"); r.Set(Xml1.T_BHTT_GDV, "66800"); }),
        Out("X1-MONEY-001", "T_TONGCHI_BV", r => r.Set(Xml1.T_BNTT, "50000")),
        Out("X1-MONEY-002", "T_THUOC", r => r.Rows(TableId.Xml2).Clear(), r => { r.Rows(TableId.Xml2).Clear(); r.Set(Xml1.T_THUOC, "0").Set(Xml1.T_TONGCHI_BV, "66800"); }),
        Out("X1-MONEY-003", "T_BHTT_GDV", r => r.Set(Xml1.T_BHTT_GDV, "200000")),
    ];

    private static RecordBuilder Two(RecordBuilder r, string cards, string starts) => r
        .Set(Xml1.MA_THE_BHYT, cards).Set(Xml1.MA_DKBD, "99001;99001").Set(Xml1.GT_THE_TU, starts).Set(Xml1.GT_THE_DEN, "20260809;20261231");

    private static RecordBuilder NoCard(RecordBuilder r) => r
        .Set(Xml1.MA_THE_BHYT, "").Set(Xml1.MA_DKBD, "").Set(Xml1.GT_THE_TU, "").Set(Xml1.GT_THE_DEN, "");

    // Another fund takes over the whole co-payment of the first service and 1 000 đ of the fund's share.
    private static RecordBuilder OtherFund(RecordBuilder r)
    {
        r.Rows(TableId.Xml3)[0].Set(Xml3.T_NGUONKHAC, "10000").Set(Xml3.T_NGUONKHAC_NSNN, "10000").Set(Xml3.T_BNCCT, "0").Set(Xml3.T_BHTT, "35000");
        decimal copaid = decimal.Parse(r.Rows(TableId.Xml1)[0][Xml1.T_BNCCT]!, null) - 9000;
        decimal paid = decimal.Parse(r.Rows(TableId.Xml1)[0][Xml1.T_BHTT]!, null) - 1000;
        return r.Set(Xml1.T_BNCCT, copaid.ToString(null, null)).Set(Xml1.T_BHTT, paid.ToString(null, null)).Set(Xml1.T_NGUONKHAC, "10000");
    }
}
