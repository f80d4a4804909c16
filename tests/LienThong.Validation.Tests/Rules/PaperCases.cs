using LienThong.Standard;

namespace LienThong.Validation.Tests.Rules;

/// <summary>Cases of the rules over XML0 and XML4 to XML15.</summary>
internal static class PaperCases
{
    public static IEnumerable<RuleCase> All() => [.. Results(), .. Hiv(), .. Discharge(), .. Birth(), .. Leave(), .. Referral(), .. CheckIn()];

    private static RuleCase Case(string code, string table, string field, string start, Action<RowBuilder> breaks, Action<RowBuilder>? keeps = null, Severity? severity = null)
    {
        _ = TableNames.TryParse(table, out TableId id);
        return new RuleCase(code, $"{table}[1].{field}", start, r => breaks(r.Rows(id)[0]), keeps is null ? null : r => keeps(r.Rows(id)[0]), severity);
    }

    private static IEnumerable<RuleCase> Results() =>
    [
        Case("X4-LINK-001", "XML4", "MA_DICH_VU", "outpatient", r => r.Set(Xml4.MA_DICH_VU, "23.0076.1494"), r => r.Set(Xml4.MA_DICH_VU, "23.0075.1494.K.99002")),
        Case("X4-CHI_SO-001", "XML4", "MA_CHI_SO", "outpatient", r => r.Set(Xml4.MA_CHI_SO, "").Set(Xml4.TEN_CHI_SO, ""), r => r.Set(Xml4.MA_CHI_SO, "")),
        Case("X4-NGAY_KQ-001", "XML4", "NGAY_KQ", "outpatient", r => r.Set(Xml4.NGAY_KQ, ""), r => r.Set(Xml4.NGAY_KQ, "").Set(Xml4.GIA_TRI, "")),
        Case("X4-NGAY_KQ-002", "XML4", "NGAY_KQ", "outpatient", r => r.Set(Xml4.NGAY_KQ, "202608150914"), r => r.Set(Xml4.NGAY_KQ, "202610140000")),
        Case("X4-NGAY_KQ-003", "XML4", "NGAY_KQ", "outpatient", r => r.Set(Xml4.NGAY_KQ, "202608161010"), r => r.Set(Xml4.NGAY_KQ, "202608151200")),
        new("X4-DUP-001", "XML4[2].MA_CHI_SO", "outpatient", r => Second(r, "5.9"), r => Second(r, "5.6")),
        Case("X4-MA_BS_DOC_KQ-001", "XML4", "MA_BS_DOC_KQ", "outpatient", r => r.Set(Xml4.MA_BS_DOC_KQ, "")),
        new("X4-MO_TA-001", "XML4[1].MO_TA", "outpatient", r => r.Rows(TableId.Xml3)[1].Set(Xml3.MA_NHOM, "2"),
            r => { r.Rows(TableId.Xml3)[1].Set(Xml3.MA_NHOM, "2"); r.Rows(TableId.Xml4)[0].Set(Xml4.KET_LUAN, "Bình thường"); }),
        Case("X5-THOI_DIEM_DBLS-001", "XML5", "THOI_DIEM_DBLS", "inpatient", r => r.Set(Xml5.THOI_DIEM_DBLS, "202608030809"), r => r.Set(Xml5.THOI_DIEM_DBLS, "202608030810")),
        new("X5-PHAU_THUAT-001", "XML5[1].PHAU_THUAT", "inpatient", r => r.Rows(TableId.Xml3)[0].Set(Xml3.MA_NHOM, "8"),
            r => { r.Rows(TableId.Xml3)[0].Set(Xml3.MA_NHOM, "8"); r.Rows(TableId.Xml5)[0].Set(Xml5.PHAU_THUAT, "Mổ ruột thừa"); }),
        Case("X5-NGUOI_THUC_HIEN-001", "XML5", "NGUOI_THUC_HIEN", "inpatient", r => r.Set(Xml5.NGUOI_THUC_HIEN, "Lê Văn Thử")),
        new("X5-DAYS-001", "XML5.THOI_DIEM_DBLS", "inpatient", r => r.Rows(TableId.Xml5).RemoveAt(2), r => r.Rows(TableId.Xml5).RemoveAt(0)),
    ];

    private static void Second(RecordBuilder record, string value)
    {
        RowBuilder first = record.Rows(TableId.Xml4)[0];
        RowBuilder second = record.AddRow(TableId.Xml4);
        foreach (FieldSpec field in Releases.Get("QD1931").Table(TableId.Xml4)!.Fields) second.Set(field.Id, first[field.Id]);
        second.Set(Xml4.STT, "2").Set(Xml4.GIA_TRI, value);
    }

    private static void Maternity(RecordBuilder record, string serial)
    {
        RowBuilder paper = A.CleanBirth().Rows(TableId.Xml10)[0];
        RowBuilder copy = record.AddRow(TableId.Xml10);
        foreach (FieldSpec field in Releases.Get("QD1931").Table(TableId.Xml10)!.Fields) copy.Set(field.Id, paper[field.Id]);
        copy.Set(Xml10.SO_SERI, serial);
    }

    private static IEnumerable<RuleCase> Hiv() =>
    [
        Case("X6-LAO-001", "XML6", "NGAYBD_DTRI_LAO", "programme", r => r.Set(Xml6.NGAYBD_DTRI_LAO, ""), r => r.Set(Xml6.NGAYBD_DTRI_LAO, "").Set(Xml6.NGAYKT_DTRI_LAO, "").Set(Xml6.LOAI_DTRI_LAO, "0")),
        Case("X6-REQUIRED-001", "XML6", "KQ_DTRI_LAO", "programme", r => r.Set(Xml6.KQ_DTRI_LAO, "")),
        Case("X6-REQUIRED-001", "XML6", "KQ_DTRI_LAO", "programme", r => r.Set(Xml6.KQ_DTRI_LAO, "").Set(Xml6.LOAI_DTRI_LAO, "0").Set(Xml6.PHACDO_DTRI_LAO, "").Set(Xml6.NGAYBD_DTRI_LAO, "").Set(Xml6.NGAYKT_DTRI_LAO, ""), severity: Severity.Info),
        Case("X6-LAO-002", "XML6", "NGAYKT_DTRI_LAO", "programme", r => r.Set(Xml6.NGAYKT_DTRI_LAO, "")),
        Case("X6-CODE5-001", "XML6", "NOI_XN_KD", "programme", r => r.Set(Xml6.NOI_XN_KD, "9900A")),
        Case("X6-LAO-003", "XML6", "NGAYBD_DTRI_LAO", "programme", r => r.Set(Xml6.NGAYKT_DTRI_LAO, "20260531"), r => r.Set(Xml6.NGAYKT_DTRI_LAO, "20260601")),
        new("X6-PCR-001", "XML6[1].LAN_XN_PCR", "programme", r => r.Rows(TableId.Xml6)[0].Set(Xml6.MA_TINH_TRANG_DK, "1"),
            r => { r.Set(Xml1.NGAY_SINH, "202603120000"); r.Rows(TableId.Xml6)[0].Set(Xml6.MA_TINH_TRANG_DK, "1").Set(Xml6.LAN_XN_PCR, "1").Set(Xml6.NGAY_XN_PCR, "20260801").Set(Xml6.NGAY_KQ_XN_PCR, "20260803").Set(Xml6.MA_KQ_XN_PCR, "0"); }),
        Case("X6-PCR-002", "XML6", "NGAY_XN_TLVR", "programme", r => r.Set(Xml6.NGAY_KQ_XN_TLVR, "20260809"), r => r.Set(Xml6.NGAY_KQ_XN_TLVR, "20260810")),
        Case("X6-PCR-002", "XML6", "NGAY_XN_PCR", "programme", r => r.Set(Xml6.NGAY_XN_PCR, "20260803").Set(Xml6.NGAY_KQ_XN_PCR, "20260801")),
        Case("X6-PCR-003", "XML6", "MA_TINH_TRANG_DK", "programme", r => r.Set(Xml6.MA_TINH_TRANG_DK, "1")),
        Case("X6-ARV-001", "XML6", "SO_NGAY_CAP_THUOC_ARV", "programme", r => r.Set(Xml6.SO_NGAY_CAP_THUOC_ARV, ""), r => r.Set(Xml6.SO_NGAY_CAP_THUOC_ARV, "").Set(Xml6.MA_XU_TRI, "2")),
        Case("X6-ARV-002", "XML6", "SO_NGAY_CAP_THUOC_ARV", "programme", r => r.Set(Xml6.SO_NGAY_CAP_THUOC_ARV, "32")),
        Case("X6-ARV-002", "XML6", "SO_NGAY_CAP_THUOC_ARV", "programme", r => r.Set(Xml6.SO_NGAY_CAP_THUOC_ARV, "31"), r => r.Set(Xml6.SO_NGAY_CAP_THUOC_ARV, "30"), Severity.Warn),
        Case("X6-ARV-003", "XML6", "NGAYKD_HIV", "programme", r => r.Set(Xml6.BDDT_ARV, "20240109"), r => r.Set(Xml6.BDDT_ARV, "20240110")),
        Case("X6-PHACDO-001", "XML6", "MA_BAC_PHAC_DO", "programme", r => r.Set(Xml6.MA_PHAC_DO_DIEU_TRI, "KHAC").Set(Xml6.MA_BAC_PHAC_DO, ""), r => r.Set(Xml6.MA_PHAC_DO_DIEU_TRI, "KHAC")),
        Case("X6-PHACDO-002", "XML6", "LY_DO_CHUYEN_PHAC_DO", "programme", r => r.Set(Xml6.NGAY_CHUYEN_PHAC_DO, "20260801"), r => r.Set(Xml6.NGAY_CHUYEN_PHAC_DO, "20260801").Set(Xml6.LY_DO_CHUYEN_PHAC_DO, "1")),
        Case("X15-PHACDO-001", "XML15", "PHACDO_DTRI_LAO", "programme", r => r.Set(Xml15.PHACDO_DTRI_LAO, "9"), r => r.Set(Xml15.PHACDO_DTRI_LAO, "9").Set(Xml15.LOAI_DTRI_LAO, "3")),
        Case("X15-NGAY-001", "XML15", "NGAYBD_DTRI_LAO", "programme", r => r.Set(Xml15.NGAYKT_DTRI_LAO, "20260531"), r => r.Set(Xml15.NGAYKT_DTRI_LAO, "20260601")),
        Case("X15-HIV-001", "XML15", "BDDT_ARV", "programme", r => r.Set(Xml15.PHANLOAI_LAO_HIV, "2")),
        Case("X6-ENUM-001", "XML6", "SANG_LOC_LAO", "programme", r => r.Set(Xml6.SANG_LOC_LAO, "5"), r => r.Set(Xml6.SANG_LOC_LAO, "4")),
        Case("X6-SAME-001", "XML6", "GIOI_TINH", "programme", r => r.Set(Xml6.GIOI_TINH, "1"), r => r.Set(Xml6.GIOI_TINH, "2")),
        Case("X15-ENUM-001", "XML15", "KET_QUA_DTRI_LAO", "programme", r => r.Set(Xml15.KET_QUA_DTRI_LAO, "7")),
        Case("X15-SAME-001", "XML15", "HO_TEN", "programme", r => r.Set(Xml15.HO_TEN, "Nguyễn Thị Khác"), r => r.Set(Xml15.HO_TEN, "Nguyễn  Thị Thử")),
    ];

    private static IEnumerable<RuleCase> Discharge() =>
    [
        Case("X7-NGAY_CT-001", "XML7", "NGAY_CT", "inpatient", r => r.Set(Xml7.NGAY_CT, "20260806")),
        Case("X7-NGAY_CT-001", "XML7", "NGAY_CT", "inpatient", r => r.Set(Xml7.NGAY_CT, "20260808"), severity: Severity.Info),
        Case("X7-DINH_CHI-001", "XML7", "NGUYENNHAN_DINHCHI", "inpatient", r => r.Set(Xml7.MA_DINH_CHI_THAI, "1"), r => Ended(r)),
        Case("X7-DINH_CHI-002", "XML7", "TUOI_THAI", "inpatient", r => r.Set(Xml7.TUOI_THAI, "43"), r => r.Set(Xml7.TUOI_THAI, "42")),
        Case("X7-DINH_CHI-002", "XML11", "TUOI_THAI", "sickleave", r => r.Set(Xml11.TUOI_THAI, "0")),
        new("X7-DINH_CHI-003", "XML7[1].MA_DINH_CHI_THAI", "inpatient", r => { Ended(r.Rows(TableId.Xml7)[0]); r.Set(Xml1.GIOI_TINH, "1"); }, r => Ended(r.Rows(TableId.Xml7)[0])),
        Case("X7-DINH_CHI-004", "XML7", "THOIGIAN_DINHCHI", "inpatient", r => Ended(r).Set(Xml7.THOIGIAN_DINHCHI, "202608071001"), r => Ended(r)),
        Case("X7-NGHI-001", "XML7", "NGOAITRU_TUNGAY", "inpatient", r => r.Set(Xml7.SO_NGAY_NGHI, "5"), r => Leave(r, "5")),
        Case("X7-NGHI-002", "XML7", "SO_NGAY_NGHI", "inpatient", r => Leave(r, "4"), r => Leave(r, "5")),
        Case("X7-NGHI-002", "XML7", "NGOAITRU_TUNGAY", "inpatient", r => Leave(r, "5").Set(Xml7.NGOAITRU_TUNGAY, "20260820"), r => Leave(r, "5")),
        Case("X7-NGHI-002", "XML7", "NGOAITRU_TUNGAY", "inpatient", r => Leave(r, "10").Set(Xml7.NGOAITRU_TUNGAY, "20260803"), r => Leave(r, "5")),
        Case("X7-NGHI-003", "XML7", "SO_NGAY_NGHI", "inpatient", r => Leave(r, "31").Set(Xml7.NGOAITRU_DENNGAY, "20260907"), r => Leave(r, "30").Set(Xml7.NGOAITRU_DENNGAY, "20260906")),
        Case("X7-MA_THE_TAM-001", "XML7", "MA_THE_TAM", "inpatient", r => r.Set(Xml7.MA_THE_TAM, "TE2010000000017"), r => r.Set(Xml7.MA_THE_TAM, "TE1010000000017")),
        new("X7-CHA_ME-001", "XML7[1].HO_TEN_CHA", "inpatient", r => r.Set(Xml1.NGAY_SINH, "201503120000"), r => { r.Set(Xml1.NGAY_SINH, "201503120000"); r.Rows(TableId.Xml7)[0].Set(Xml7.HO_TEN_ME, "Lê Thị Thử"); }),
        Case("X7-CHAN_DOAN_RV-001", "XML7", "GHI_CHU", "inpatient", r => r.Set(Xml7.GHI_CHU, new string('x', 1501)), r => r.Set(Xml7.GHI_CHU, new string('x', 1500)), Severity.Block),
        new("X7-RV-001", "XML1[1].MA_LOAI_RV", "inpatient", r => r.Set(Xml1.MA_LOAI_RV, "3")),
        Case("X7-SAME-001", "XML7", "NGAY_VAO", "inpatient", r => r.Set(Xml7.NGAY_VAO, "202608030811")),
        new("X8-LOAI-001", "XML8[1].MA_LOAI_KCB", "inpatient", r => { r.Set(Xml1.MA_LOAI_KCB, "01"); r.Rows(TableId.Xml8)[0].Set(Xml8.MA_LOAI_KCB, "01"); }),
        new("X8-LOAI-001", "XML8[1].MA_LOAI_KCB", "inpatient", r => { r.Set(Xml1.MA_LOAI_KCB, "02"); r.Rows(TableId.Xml8)[0].Set(Xml8.MA_LOAI_KCB, "02"); }, Severity: Severity.Info),
        Case("X8-SAME-001", "XML8", "KET_QUA_DTRI", "inpatient", r => r.Set(Xml8.KET_QUA_DTRI, "2")),
        Case("X8-CON-001", "XML8", "NGAY_SINHCON", "inpatient", r => r.Set(Xml8.SO_CONCHET, "1"), r => r.Set(Xml8.SO_CONCHET, "1").Set(Xml8.NGAY_SINHCON, "20260804").Set(Xml8.NGAY_CONCHET, "20260805")),
        Case("X8-CON-002", "XML8", "NGAY_SINHCON", "inpatient", r => r.Set(Xml8.SO_CONCHET, "1").Set(Xml8.NGAY_SINHCON, "20260805").Set(Xml8.NGAY_CONCHET, "20260804")),
        Case("X8-CON-002", "XML8", "NGAY_CONCHET", "inpatient", r => r.Set(Xml8.SO_CONCHET, "1").Set(Xml8.NGAY_SINHCON, "20260804").Set(Xml8.NGAY_CONCHET, "20260808")),
        Case("X8-NGAY_CT-001", "XML8", "NGAY_CT", "inpatient", r => r.Set(Xml8.NGAY_CT, "20260802"), r => r.Set(Xml8.NGAY_CT, "20260808")),
        Case("X8-TOMTAT_KQ-001", "XML8", "TOMTAT_KQ", "inpatient", r => r.Set(Xml8.TOMTAT_KQ, new string('ấ', 4001)), r => r.Set(Xml8.TOMTAT_KQ, new string('ấ', 4000))),
        new("X8-CHILD-001", "XML8[1].HO_TEN_CHA", "inpatient", r => r.Set(Xml1.NGAY_SINH, "202003120000"), r => { r.Set(Xml1.NGAY_SINH, "202003120000"); r.Rows(TableId.Xml8)[0].Set(Xml8.NGUOI_GIAM_HO, "Lê Thị Thử"); }),
    ];

    private static IEnumerable<RuleCase> Birth() =>
    [
        Case("X9-MA_BHXH-001", "XML9", "MA_BHXH_NND", "birth", r => r.Set(Xml9.MA_BHXH_NND, "0000000000")),
        Case("X9-MA_THE_NND-001", "XML9", "MA_THE_NND", "birth", r => r.Set(Xml9.MA_THE_NND, "gd4000000000017")),
        Case("X9-MA_THE_TAM-001", "XML9", "MA_THE_TAM", "birth", r => r.Set(Xml9.MA_THE_TAM, "TE101000000001")),
        Case("X9-NGAY_SINH_CON-001", "XML9", "NGAY_SINH_CON", "birth", r => r.Set(Xml9.NGAY_SINH_CON, "202608012359"), r => r.Set(Xml9.NGAY_SINH_CON, "202608020000")),
        Case("X9-NGAYSINH_NND-001", "XML9", "NGAYSINH_NND", "birth", r => r.Set(Xml9.NGAYSINH_NND, "20160805"), r => r.Set(Xml9.NGAYSINH_NND, "20160804")),
        Case("X9-NGAYCAP-001", "XML9", "NGAYCAP_CCCD_NND", "birth", r => r.Set(Xml9.NGAYCAP_CCCD_NND, "19890101")),
        Case("X9-SO_CCCD-001", "XML9", "SO_CCCD_NND", "birth", r => r.Set(Xml9.SO_CCCD_NND, "12-34")),
        Case("X9-GIOI_TINH_CON-001", "XML9", "GIOI_TINH_CON", "birth", r => r.Set(Xml9.GIOI_TINH_CON, "0")),
        Case("X9-CAN_NANG_CON-001", "XML9", "CAN_NANG_CON", "birth", r => r.Set(Xml9.CAN_NANG_CON, "3")),
        Case("X9-SO_CON-001", "XML9", "SO_CON", "birth", r => r.Set(Xml9.SO_CON, "2")),
        Case("X9-SO_CON-001", "XML9", "LAN_SINH", "birth", r => r.Set(Xml9.LAN_SINH, "0"), r => r.Set(Xml9.LAN_SINH, "3")),
        Case("X9-SO_CON-001", "XML9", "SO_CON", "birth", r => r.Set(Xml9.SO_CON, "0")),
        Case("X9-SINHCON-001", "XML9", "SINHCON_PHAUTHUAT", "birth", r => r.Set(Xml9.SINHCON_PHAUTHUAT, "2"), r => r.Set(Xml9.SINHCON_PHAUTHUAT, "1")),
        Case("X9-SINHCON-002", "XML9", "GHI_CHU", "birth", r => r.Set(Xml9.SINHCON_PHAUTHUAT, "1"), r => r.Set(Xml9.SINHCON_PHAUTHUAT, "1").Set(Xml9.GHI_CHU, "Sinh con phải phẫu thuật")),
        Case("X9-SINHCON-002", "XML9", "GHI_CHU", "birth", r => r.Set(Xml9.SINHCON_PHAUTHUAT, "1").Set(Xml9.SINHCON_DUOI32TUAN, "1"), r => r.Set(Xml9.SINHCON_PHAUTHUAT, "1").Set(Xml9.SINHCON_DUOI32TUAN, "1").Set(Xml9.GHI_CHU, "Phẫu thuật, sinh con dưới 32 tuần tuổi")),
        Case("X9-GHI_CHU-001", "XML9", "GHI_CHU", "birth", r => r.Set(Xml9.GHI_CHU, "")),
        Case("X9-HO_TEN_CON-001", "XML9", "HO_TEN_CON", "birth", r => r.Set(Xml9.HO_TEN_CON, "")),
        Case("X9-MA_BHXH-002", "XML9", "MA_THE_NND", "birth", r => r.Set(Xml9.MA_THE_NND, "")),
        Case("X9-NGAY_CT-001", "XML9", "NGAY_CT", "birth", r => r.Set(Xml9.NGAY_CT, "20260803"), r => r.Set(Xml9.NGAY_CT, "20260804")),
    ];

    private static IEnumerable<RuleCase> Leave() =>
    [
        Case("X10-SO_NGAY-001", "XML10", "SO_NGAY", "birth", r => r.Set(Xml10.SO_NGAY, "12")),
        Case("X10-SO_NGAY-001", "XML10", "TU_NGAY", "birth", r => r.Set(Xml10.DEN_NGAY, "20200101")),
        Case("X10-SO_NGAY-001", "XML10", "SO_NGAY", "birth", r => r.Set(Xml10.SO_NGAY, "9"), severity: Severity.Info),
        Case("X10-SO_NGAY-002", "XML10", "SO_NGAY", "birth", r => r.Set(Xml10.SO_NGAY, "181").Set(Xml10.DEN_NGAY, "20270203"), r => r.Set(Xml10.SO_NGAY, "180").Set(Xml10.DEN_NGAY, "20270202")),
        Case("X10-TU_NGAY-001", "XML10", "TU_NGAY", "birth", r => r.Set(Xml10.TU_NGAY, "20260808")),
        new("X10-GIOI_TINH-001", "XML1[1].GIOI_TINH", "birth", r => r.Set(Xml1.GIOI_TINH, "1")),
        Case("X10-CHAN_DOAN-001", "XML10", "CHAN_DOAN_RV", "birth", r => r.Set(Xml10.CHAN_DOAN_RV, "Thai 30 tuần"), r => r.Set(Xml10.CHAN_DOAN_RV, "DƯỠNG THAI, thai 30 tuần")),
        Case("X10-NGAY_CT-001", "XML10", "NGAY_CT", "birth", r => r.Set(Xml10.NGAY_CT, "20260906"), r => r.Set(Xml10.NGAY_CT, "20260905")),
        Case("X11-MA_BHXH-001", "XML11", "MA_BHXH", "sickleave", r => r.Set(Xml11.MA_BHXH, "17")),
        Case("X11-MA_BHXH-002", "XML11", "MA_BHXH", "sickleave", r => r.Set(Xml11.MA_BHXH, "0000000018")),
        new("X11-SERI-001", "XML11[1].SO_SERI", "sickleave", r => Maternity(r, "S2"), r => Maternity(r, "S3")),
        Case("X11-MAU_SO-001", "XML11", "MAU_SO", "sickleave", r => r.Set(Xml11.MAU_SO, "CT08"), r => r.Set(Xml11.MAU_SO, "")),
        Case("X11-DINH_CHI-001", "XML11", "NGUYENNHAN_DINHCHI", "sickleave", r => r.Set(Xml11.MA_DINH_CHI_THAI, "1"), r => r.Set(Xml11.MA_DINH_CHI_THAI, "1").Set(Xml11.NGUYENNHAN_DINHCHI, "Thai lưu").Set(Xml11.TUOI_THAI, "20")),
        Case("X11-DINH_CHI-002", "XML11", "MA_DINH_CHI_THAI", "sickleave", r => r.Set(Xml11.MA_DINH_CHI_THAI, "2"), r => r.Set(Xml11.MA_DINH_CHI_THAI, "0")),
        Case("X11-NGAY-001", "XML11", "SO_NGAY_NGHI", "sickleave", r => r.Set(Xml11.SO_NGAY_NGHI, "12")),
        Case("X11-NGAY-001", "XML11", "TU_NGAY", "sickleave", r => r.Set(Xml11.DEN_NGAY, "20200101")),
        Case("X11-NGAY-001", "XML11", "SO_NGAY_NGHI", "sickleave", r => r.Set(Xml11.SO_NGAY_NGHI, "11"), severity: Severity.Info),
        Case("X11-NGAY-002", "XML11", "TU_NGAY", "sickleave", r => r.Set(Xml11.TU_NGAY, "20260808").Set(Xml11.SO_NGAY_NGHI, "9")),
        Case("X11-SO_NGAY_NGHI-001", "XML11", "SO_NGAY_NGHI", "sickleave", r => r.Set(Xml11.SO_NGAY_NGHI, "0")),
        Case("X11-SO_NGAY_NGHI-001", "XML11", "SO_NGAY_NGHI", "sickleave", r => r.Set(Xml11.SO_NGAY_NGHI, "31").Set(Xml11.DEN_NGAY, "20260906"), r => r.Set(Xml11.SO_NGAY_NGHI, "30").Set(Xml11.DEN_NGAY, "20260905")),
        Case("X11-NGAY_CT-001", "XML11", "NGAY_CT", "sickleave", r => r.Set(Xml11.NGAY_CT, "20260802"), r => r.Set(Xml11.NGAY_CT, "20260803")),
        new("X11-CHA_ME-001", "XML11[1].HO_TEN_CHA", "sickleave", r => r.Set(Xml1.NGAY_SINH, "202003120000"), r => { r.Set(Xml1.NGAY_SINH, "202003120000"); r.Rows(TableId.Xml11)[0].Set(Xml11.HO_TEN_CHA, "Lê Văn Thử"); }),
        new("X11-INPATIENT-001", "XML11[1].SO_CT", "sickleave", r => { }, r => r.Set(Xml1.MA_LOAI_KCB, "01")),
    ];

    private static IEnumerable<RuleCase> Referral() =>
    [
        Case("X13-MA_CSKCB_DEN-001", "XML13", "MA_CSKCB_DEN", "referral", r => r.Set(Xml13.MA_CSKCB_DEN, "99004")),
        Case("X13-MA_CSKCB_DI-001", "XML13", "MA_CSKCB_DI", "referral", r => r.Set(Xml13.MA_CSKCB_DI, "99001;BV"), r => r.Set(Xml13.MA_CSKCB_DI, "99001;99002")),
        Case("X13-MA_LYDO_CT-001", "XML13", "MA_LYDO_CT", "referral", r => r.Set(Xml13.MA_LYDO_CT, "4")),
        Case("X13-MA_LYDO_CT-002", "XML13", "MA_LYDO_CT", "referral", r => r.Set(Xml13.MA_LYDO_CT, "3"), r => r.Set(Xml13.MA_LYDO_CT, "2")),
        new("X13-MA_LOAI_RV-001", "XML13[1].MA_LOAI_RV", "referral", r => r.Set(Xml1.MA_LOAI_RV, "1")),
        new("X13-TOMTAT_KQ-001", "XML13[1].TOMTAT_KQ", "referral", r => { r.Set(Xml1.MA_LOAI_KCB, "03"); r.Rows(TableId.Xml13)[0].Set(Xml13.TOMTAT_KQ, ""); }, r => r.Set(Xml1.MA_LOAI_KCB, "03")),
        new("X13-TEN_DICH_VU-001", "XML13[1].TEN_DICH_VU", "referral", r => RuleCase.In2024(r), r => RuleCase.In2024(r).Rows(TableId.Xml13)[0].Set(Xml13.TEN_DICH_VU, "Chụp mạch vành")),
        Case("X13-SO-001", "XML13", "SO_CHUYENTUYEN", "referral", r => r.Set(Xml13.SO_CHUYENTUYEN, new string('1', 51)), r => r.Set(Xml13.SO_CHUYENTUYEN, new string('1', 50)), Severity.Warn),
        Case("FAM-MAXLEN", "XML13", "GIAY_CHUYEN_TUYEN", "referral", r => r.Set(Xml13.GIAY_CHUYEN_TUYEN, new string('1', 101)), severity: Severity.Block),
        Case("X13-HOTEN_HT-001", "XML13", "CHUCDANH_NGUOI_HT", "referral", r => r.Set(Xml13.CHUCDANH_NGUOI_HT, "")),
        Case("X13-SAME-001", "XML13", "MA_BENH_CHINH", "referral", r => r.Set(Xml13.MA_BENH_CHINH, "I10"), r => r.Set(Xml13.MA_BENH_CHINH, "J18.9")),
        Case("X14-SAME-001", "XML14", "MA_DOITUONG_KCB", "referral", r => r.Set(Xml14.MA_DOITUONG_KCB, "2")),
        Case("X14-NGAY_HEN_KL-001", "XML14", "NGAY_HEN_KL", "referral", r => r.Set(Xml14.NGAY_HEN_KL, "2026-09-15"), r => r.Set(Xml14.NGAY_HEN_KL, "20260915")),
        Case("X14-NGAY_HEN_KL-002", "XML14", "NGAY_HEN_KL", "referral", r => r.Set(Xml14.NGAY_HEN_KL, "20260814")),
        Case("X14-NGAY_HEN_KL-002", "XML14", "NGAY_HEN_KL", "referral", r => r.Set(Xml14.NGAY_HEN_KL, "20260815"), severity: Severity.Info),
        Case("X14-NGAY_HEN_KL-003", "XML14", "NGAY_HEN_KL", "referral", r => r.Set(Xml14.NGAY_HEN_KL, "20260916")),
        Case("X14-NGAY_CT-001", "XML14", "NGAY_CT", "referral", r => r.Set(Xml14.NGAY_CT, "20260814")),
    ];

    private static IEnumerable<RuleCase> CheckIn() =>
    [
        Case("X0-ITEM-001", "XML0", "MA_DICH_VU", "checkin", r => r.Set(Xml0.MA_DICH_VU, ""), r => r.Set(Xml0.MA_DICH_VU, "").Set(Xml0.MA_THUOC, "40.154").Set(Xml0.TEN_THUOC, "Thử")),
        Case("X0-ITEM-002", "XML0", "TEN_DICH_VU", "checkin", r => r.Set(Xml0.TEN_DICH_VU, "")),
        Case("X0-ITEM-002", "XML0", "TEN_VAT_TU", "checkin", r => r.Set(Xml0.MA_VAT_TU, "N01.01")),
        Case("X0-NGAY_VAO_NOI_TRU-001", "XML0", "NGAY_VAO_NOI_TRU", "checkin", r => r.Set(Xml0.NGAY_VAO_NOI_TRU, "202608150914").Set(Xml0.LY_DO_VNT, "Sốt"), r => r.Set(Xml0.NGAY_VAO_NOI_TRU, "202608150915").Set(Xml0.LY_DO_VNT, "Sốt")),
        Case("X0-LY_DO_VNT-001", "XML0", "LY_DO_VNT", "checkin", r => r.Set(Xml0.NGAY_VAO_NOI_TRU, "202608151000")),
        Case("X0-NGAY_YL-001", "XML0", "NGAY_YL", "checkin", r => r.Set(Xml0.NGAY_YL, "202608150914"), r => r.Set(Xml0.NGAY_YL, "202608150915")),
        Case("X0-EXEMPT-001", "XML0", "MA_DOITUONG_KCB", "checkin", r => r.Set(Xml0.MA_DOITUONG_KCB, "2")),
    ];

    private static RowBuilder Ended(RowBuilder r) => r
        .Set(Xml7.MA_DINH_CHI_THAI, "1").Set(Xml7.NGUYENNHAN_DINHCHI, "Thai lưu").Set(Xml7.THOIGIAN_DINHCHI, "202608071000").Set(Xml7.TUOI_THAI, "20");

    private static RowBuilder Leave(RowBuilder r, string days) => r
        .Set(Xml7.SO_NGAY_NGHI, days).Set(Xml7.NGOAITRU_TUNGAY, "20260808").Set(Xml7.NGOAITRU_DENNGAY, "20260812");
}
