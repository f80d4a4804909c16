using System.Globalization;
using LienThong.Standard;

namespace LienThong.Validation.Tests;

/// <summary>Records to start from: clean by every rule of severity block and warn, in the release of August 2026.</summary>
internal static class A
{
    public static readonly DateTime ProcessTime = new(2026, 9, 5, 8, 0, 0, DateTimeKind.Unspecified);

    public static readonly JudgeContext Context = new(ProcessTime, FacilityCode: "99001");

    private static readonly Release Release = Releases.Get("QD1931");

    /// <summary>An examination (kind 01) of 15 August 2026 with a drug, a laboratory test and its result.</summary>
    public static RecordBuilder CleanOutpatient()
    {
        var record = new RecordBuilder();
        Summary(record, kind: "01", arrived: "202608150915", left: "202608151030", days: "1");
        Drug(record, "202608151020", amount: "10", price: "8000");
        Service(record, "13", "K02.1910", "Khám Nội", "202608150930", "202608150935", "202608151000", 45000);
        Service(record, "1", "23.0075.1494", "Định lượng Glucose", "202608150940", "202608150950", "202608151010", 21800)
            .Set(Xml3.MA_MAY, "HH.1.123456");
        record.AddRow(TableId.Xml4)
            .Set(Xml4.MA_LK, "HS0001").Set(Xml4.STT, "1").Set(Xml4.MA_DICH_VU, "23.0075.1494").Set(Xml4.MA_CHI_SO, "GLU")
            .Set(Xml4.TEN_CHI_SO, "Glucose").Set(Xml4.GIA_TRI, "5.6").Set(Xml4.DON_VI_DO, "mmol/L").Set(Xml4.NGAY_KQ, "202608151010")
            .Set(Xml4.MA_BS_DOC_KQ, "000002/AA-CCHN");
        return Settle(record);
    }

    /// <summary>An inpatient stay (kind 03) of 3 to 7 August 2026 with drugs, a bed, notes, discharge paper and summary.</summary>
    public static RecordBuilder CleanInpatient()
    {
        var record = new RecordBuilder();
        Summary(record, kind: "03", arrived: "202608030810", left: "202608071000", days: "5");
        record.Set(Xml1.NGAY_VAO_NOI_TRU, "202608031000").Set(Xml1.LY_DO_VNT, "Sốt cao, ho, khó thở")
            .Set(Xml1.MA_DOITUONG_KCB, "1.1").Set(Xml1.PP_DIEU_TRI, "Nội khoa");
        Drug(record, "202608031030", amount: "2", price: "50000");
        record.Rows(TableId.Xml2)[0].Set(Xml2.LIEU_DUNG, "1 viên * 2 lần * 1 ngày [2 viên/ngày]");
        Service(record, "13", "K02.1910", "Khám Nội", "202608030820", "202608030825", "202608030850", 45000);
        Service(record, "15", "K02.1915", "Giường Nội khoa", "202608031000", "202608031000", "202608071000", 200000, amount: "4")
            .Set(Xml3.MA_GIUONG, "H001");
        for (int day = 3; day <= 7; day++)
        {
            record.AddRow(TableId.Xml5).Set(Xml5.MA_LK, "HS0001").Set(Xml5.STT, (day - 2).ToString(CultureInfo.InvariantCulture))
                .Set(Xml5.DIEN_BIEN_LS, "Tỉnh, huyết động ổn định").Set(Xml5.THOI_DIEM_DBLS, day == 3 ? "202608031100" : $"2026080{day}0800")
                .Set(Xml5.NGUOI_THUC_HIEN, "000001/AA-CCHN");
        }

        record.AddRow(TableId.Xml7).Set(Xml7.MA_LK, "HS0001").Set(Xml7.SO_LUU_TRU, "26/001").Set(Xml7.MA_YTE, "BN0001").Set(Xml7.MA_KHOA_RV, "K02")
            .Set(Xml7.NGAY_VAO, "202608030810").Set(Xml7.NGAY_RA, "202608071000").Set(Xml7.CHAN_DOAN_RV, "Viêm phổi").Set(Xml7.PP_DIEUTRI, "Nội khoa")
            .Set(Xml7.MA_TTDV, "000009/AA-CCHN").Set(Xml7.MA_BS, "000001/AA-CCHN").Set(Xml7.TEN_BS, "Lê Văn Thử").Set(Xml7.NGAY_CT, "20260807");
        record.AddRow(TableId.Xml8).Set(Xml8.MA_LK, "HS0001").Set(Xml8.MA_LOAI_KCB, "03").Set(Xml8.NGAY_VAO, "202608030810").Set(Xml8.NGAY_RA, "202608071000")
            .Set(Xml8.CHAN_DOAN_VAO, "Sốt, ho").Set(Xml8.CHAN_DOAN_RV, "Viêm phổi").Set(Xml8.QT_BENHLY, "Sốt ba ngày, ho đờm").Set(Xml8.TOMTAT_KQ, "Bạch cầu tăng")
            .Set(Xml8.PP_DIEUTRI, "Nội khoa").Set(Xml8.KET_QUA_DTRI, "1").Set(Xml8.MA_TTDV, "000009/AA-CCHN").Set(Xml8.NGAY_CT, "20260807");
        return Settle(record);
    }

    /// <summary>A mother's stay: birth certificate and maternity rest beside the stay of <see cref="CleanInpatient"/>.</summary>
    public static RecordBuilder CleanBirth()
    {
        RecordBuilder record = CleanInpatient().Set(Xml1.GIOI_TINH, "2").Set(Xml1.SO_CCCD, "001190000017").Set(Xml1.CAN_NANG_CON, "3200");
        record.AddRow(TableId.Xml9).Set(Xml9.MA_LK, "HS0001").Set(Xml9.MA_BHXH_NND, "0000000017").Set(Xml9.MA_THE_NND, "GD4000000000017")
            .Set(Xml9.HO_TEN_NND, "Nguyễn Thị Thử").Set(Xml9.NGAYSINH_NND, "19900101").Set(Xml9.MA_DANTOC_NND, "01").Set(Xml9.SO_CCCD_NND, "001190000017")
            .Set(Xml9.NGAYCAP_CCCD_NND, "20210101").Set(Xml9.NOICAP_CCCD_NND, "Cục CSQLHC").Set(Xml9.NOI_CU_TRU_NND, "Số 1, phường Thử").Set(Xml9.MA_QUOCTICH, "000")
            .Set(Xml9.MATINH_CU_TRU, "01").Set(Xml9.MAXA_CU_TRU, "00001").Set(Xml9.HO_TEN_CHA, "Trần Văn Thử").Set(Xml9.MA_THE_TAM, "TE1010000000017")
            .Set(Xml9.HO_TEN_CON, "Trần Thử").Set(Xml9.GIOI_TINH_CON, "1").Set(Xml9.SO_CON, "1").Set(Xml9.LAN_SINH, "1").Set(Xml9.SO_CON_SONG, "1")
            .Set(Xml9.CAN_NANG_CON, "3200").Set(Xml9.NGAY_SINH_CON, "202608041212").Set(Xml9.NOI_SINH_CON, "Bệnh viện Thử").Set(Xml9.TINH_TRANG_CON, "Bình thường")
            .Set(Xml9.SINHCON_PHAUTHUAT, "0").Set(Xml9.SINHCON_DUOI32TUAN, "0").Set(Xml9.GHI_CHU, "Không").Set(Xml9.NGUOI_DO_DE, "Phạm Thị Thử")
            .Set(Xml9.NGUOI_GHI_PHIEU, "Phạm Thị Thử").Set(Xml9.NGAY_CT, "20260807").Set(Xml9.SO, "1").Set(Xml9.QUYEN_SO, "1").Set(Xml9.MA_TTDV, "000009/AA-CCHN");
        record.AddRow(TableId.Xml10).Set(Xml10.MA_LK, "HS0001").Set(Xml10.SO_SERI, "S1").Set(Xml10.SO_CT, "C1").Set(Xml10.SO_NGAY, "10").Set(Xml10.DON_VI, "Công ty Thử")
            .Set(Xml10.CHAN_DOAN_RV, "Nghỉ dưỡng thai").Set(Xml10.TU_NGAY, "20260807").Set(Xml10.DEN_NGAY, "20260816").Set(Xml10.MA_TTDV, "000009/AA-CCHN")
            .Set(Xml10.TEN_BS, "Lê Văn Thử").Set(Xml10.MA_BS, "000001/AA-CCHN").Set(Xml10.NGAY_CT, "20260807");
        return Fill(record);
    }

    /// <summary>The stay of <see cref="CleanInpatient"/> with a sick-leave certificate.</summary>
    public static RecordBuilder CleanSickLeave()
    {
        RecordBuilder record = CleanInpatient();
        record.AddRow(TableId.Xml11).Set(Xml11.MA_LK, "HS0001").Set(Xml11.SO_CT, "C2").Set(Xml11.SO_SERI, "S2").Set(Xml11.SO_KCB, "K2").Set(Xml11.DON_VI, "Công ty Thử")
            .Set(Xml11.MA_BHXH, "0000000017").Set(Xml11.MA_THE_BHYT, "GD4000000000017").Set(Xml11.CHAN_DOAN_RV, "Viêm phổi").Set(Xml11.PP_DIEUTRI, "Nội khoa")
            .Set(Xml11.SO_NGAY_NGHI, "10").Set(Xml11.TU_NGAY, "20260807").Set(Xml11.DEN_NGAY, "20260816").Set(Xml11.MA_TTDV, "000009/AA-CCHN")
            .Set(Xml11.MA_BS, "000001/AA-CCHN").Set(Xml11.NGAY_CT, "20260807").Set(Xml11.MAU_SO, "CT07");
        return Fill(record);
    }

    /// <summary>The outpatient of <see cref="CleanOutpatient"/> referred elsewhere, with referral paper and re-examination letter.</summary>
    public static RecordBuilder CleanReferral()
    {
        RecordBuilder record = CleanOutpatient().Set(Xml1.MA_LOAI_RV, "2").Set(Xml1.MA_NOI_DEN, "99003").Set(Xml1.NGAY_TAI_KHAM, "20260915");
        record.AddRow(TableId.Xml13).Set(Xml13.MA_LK, "HS0001").Set(Xml13.SO_HOSO, "26/001").Set(Xml13.SO_CHUYENTUYEN, "15/CT").Set(Xml13.GIAY_CHUYEN_TUYEN, "15/CT")
            .Set(Xml13.MA_CSKCB, "99001").Set(Xml13.MA_CSKCB_DEN, "99003").Set(Xml13.HO_TEN, "Nguyễn Thị Thử").Set(Xml13.DAU_HIEU_LS, "Đau ngực").Set(Xml13.QT_BENHLY, "Đau ba ngày")
            .Set(Xml13.TOMTAT_KQ, "Men tim tăng").Set(Xml13.TINH_TRANG_CT, "Tỉnh").Set(Xml13.MA_LOAI_RV, "2").Set(Xml13.MA_LYDO_CT, "1").Set(Xml13.HUONG_DIEU_TRI, "Can thiệp")
            .Set(Xml13.PHUONGTIEN_VC, "Xe cứu thương").Set(Xml13.HOTEN_NGUOI_HT, "Phạm Thị Thử").Set(Xml13.CHUCDANH_NGUOI_HT, "Điều dưỡng").Set(Xml13.MA_BAC_SI, "000001/AA-CCHN")
            .Set(Xml13.MA_TTDV, "000009/AA-CCHN");
        record.AddRow(TableId.Xml14).Set(Xml14.MA_LK, "HS0001").Set(Xml14.SO_GIAYHEN_KL, "7").Set(Xml14.MA_CSKCB, "99001").Set(Xml14.HO_TEN, "Nguyễn Thị Thử")
            .Set(Xml14.NGAY_HEN_KL, "20260915").Set(Xml14.MA_BAC_SI, "000001/AA-CCHN").Set(Xml14.MA_TTDV, "000009/AA-CCHN").Set(Xml14.NGAY_CT, "20260815");
        return Fill(record);
    }

    /// <summary>The outpatient of <see cref="CleanOutpatient"/> in HIV and tuberculosis care.</summary>
    public static RecordBuilder CleanProgramme()
    {
        RecordBuilder record = CleanOutpatient();
        record.AddRow(TableId.Xml6).Set(Xml6.MA_LK, "HS0001").Set(Xml6.NGAYKD_HIV, "20240110").Set(Xml6.NOI_LAY_MAU_XN, "99001").Set(Xml6.NOI_XN_KD, "99001")
            .Set(Xml6.NOI_BDDT_ARV, "99001").Set(Xml6.BDDT_ARV, "20240201").Set(Xml6.MA_LYDO_DTRI, "1").Set(Xml6.LOAI_DTRI_LAO, "2").Set(Xml6.SANG_LOC_LAO, "1")
            .Set(Xml6.PHACDO_DTRI_LAO, "1").Set(Xml6.NGAYBD_DTRI_LAO, "20260601").Set(Xml6.NGAYKT_DTRI_LAO, "20261201").Set(Xml6.KQ_DTRI_LAO, "1").Set(Xml6.MA_LOAI_BN, "2")
            .Set(Xml6.GIAI_DOAN_LAM_SANG, "1").Set(Xml6.NHOM_DOI_TUONG, "1").Set(Xml6.MA_TINH_TRANG_DK, "2").Set(Xml6.MA_XU_TRI, "1")
            .Set(Xml6.NGAY_BAT_DAU_XU_TRI, "20260815").Set(Xml6.NGAY_KET_THUC_XU_TRI, "20260914").Set(Xml6.SO_NGAY_CAP_THUOC_ARV, "30")
            .Set(Xml6.NGAY_XN_TLVR, "20260810").Set(Xml6.NGAY_KQ_XN_TLVR, "20260812").Set(Xml6.MA_PHAC_DO_DIEU_TRI, "NL.01").Set(Xml6.MA_BAC_PHAC_DO, "1");
        record.AddRow(TableId.Xml15).Set(Xml15.MA_LK, "HS0001").Set(Xml15.STT, "1").Set(Xml15.MA_BN, "BN0001").Set(Xml15.HO_TEN, "Nguyễn Thị Thử").Set(Xml15.PHANLOAI_LAO_VITRI, "1")
            .Set(Xml15.PHANLOAI_LAO_TS, "1").Set(Xml15.PHANLOAI_LAO_HIV, "1").Set(Xml15.PHANLOAI_LAO_VK, "1").Set(Xml15.PHANLOAI_LAO_KT, "1").Set(Xml15.LOAI_DTRI_LAO, "2")
            .Set(Xml15.NGAYBD_DTRI_LAO, "20260601").Set(Xml15.PHACDO_DTRI_LAO, "1").Set(Xml15.NGAYKT_DTRI_LAO, "20261201").Set(Xml15.KET_QUA_DTRI_LAO, "1")
            .Set(Xml15.NGAYKD_HIV, "20240110").Set(Xml15.BDDT_ARV, "20240201").Set(Xml15.NGAY_BAT_DAU_DT_CTX, "20260601");
        return Fill(record);
    }

    /// <summary>A check-in (XML0) of the outpatient.</summary>
    public static RecordBuilder CleanCheckIn()
    {
        var record = new RecordBuilder();
        record.Set(Xml0.MA_LK, "HS0001").Set(Xml0.STT, "1").Set(Xml0.MA_BN, "BN0001").Set(Xml0.HO_TEN, "Nguyễn Thị Thử").Set(Xml0.NGAY_SINH, "198503120000").Set(Xml0.GIOI_TINH, "2")
            .Set(Xml0.MA_THE_BHYT, "GD4000000000017").Set(Xml0.MA_DKBD, "99001").Set(Xml0.GT_THE_TU, "20260101").Set(Xml0.GT_THE_DEN, "20261231").Set(Xml0.MA_DOITUONG_KCB, "1.1")
            .Set(Xml0.NGAY_VAO, "202608150915").Set(Xml0.MA_LOAI_KCB, "01").Set(Xml0.MA_CSKCB, "99001").Set(Xml0.MA_DICH_VU, "K02.1910").Set(Xml0.TEN_DICH_VU, "Khám Nội").Set(Xml0.NGAY_YL, "202608150930");
        return Fill(record);
    }

    public static Judgement Judge(RecordBuilder builder, JudgeContext? context = null)
    {
        using Record record = builder.Build();
        return Validator.Create().Judge(record, context ?? Context);
    }

    /// <summary>Adds an empty element for every field of the release, as the standard wants it.</summary>
    public static RecordBuilder Fill(RecordBuilder record)
    {
        for (int table = 0; table < TableNames.Count; table++)
        {
            foreach (RowBuilder row in record.Rows((TableId)table)) row.FillWith(Release);
        }

        return record;
    }

    private static void Summary(RecordBuilder record, string kind, string arrived, string left, string days) => record
        .Set(Xml1.MA_LK, "HS0001").Set(Xml1.STT, "1").Set(Xml1.MA_BN, "BN0001").Set(Xml1.HO_TEN, "Nguyễn Thị Thử").Set(Xml1.SO_CCCD, "001185000017")
        .Set(Xml1.NGAY_SINH, "198503120000").Set(Xml1.GIOI_TINH, "2").Set(Xml1.MA_QUOCTICH, "000").Set(Xml1.MA_DANTOC, "01").Set(Xml1.MA_NGHE_NGHIEP, "00")
        .Set(Xml1.DIA_CHI, "Số 1, phường Thử").Set(Xml1.MATINH_CU_TRU, "01").Set(Xml1.MAXA_CU_TRU, "00001").Set(Xml1.DIEN_THOAI, "0900000000")
        .Set(Xml1.MA_THE_BHYT, "GD4000000000017").Set(Xml1.MA_DKBD, "99001").Set(Xml1.GT_THE_TU, "20260101").Set(Xml1.GT_THE_DEN, "20261231")
        .Set(Xml1.LY_DO_VV, "Đau đầu").Set(Xml1.CHAN_DOAN_VAO, "Sốt, ho").Set(Xml1.CHAN_DOAN_RV, "Viêm phổi").Set(Xml1.MA_BENH_CHINH, "J18.9").Set(Xml1.MA_BENH_KT, "E11.9;I10")
        .Set(Xml1.MA_DOITUONG_KCB, "1.1").Set(Xml1.MA_TAI_NAN, "0").Set(Xml1.NGAY_VAO, arrived).Set(Xml1.NGAY_RA, left).Set(Xml1.SO_NGAY_DTRI, days)
        .Set(Xml1.PP_DIEU_TRI, "Nội khoa").Set(Xml1.KET_QUA_DTRI, "1").Set(Xml1.MA_LOAI_RV, "1").Set(Xml1.NGAY_TTOAN, left).Set(Xml1.NAM_QT, "2026").Set(Xml1.THANG_QT, "8")
        .Set(Xml1.MA_LOAI_KCB, kind).Set(Xml1.MA_KHOA, "K02").Set(Xml1.MA_CSKCB, "99001").Set(Xml1.CAN_NANG, "52.5").Set(Xml1.MA_HSBA, "HSBA0001").Set(Xml1.MA_TTDV, "000009/AA-CCHN");

    private static void Drug(RecordBuilder record, string ordered, string amount, string price)
    {
        decimal total = decimal.Parse(amount, CultureInfo.InvariantCulture) * decimal.Parse(price, CultureInfo.InvariantCulture);
        RowBuilder row = record.AddRow(TableId.Xml2)
            .Set(Xml2.MA_LK, "HS0001").Set(Xml2.STT, "1").Set(Xml2.MA_THUOC, "40.154").Set(Xml2.MA_NHOM, "4").Set(Xml2.TEN_THUOC, "Amoxicilin Thử").Set(Xml2.DON_VI_TINH, "Viên")
            .Set(Xml2.HAM_LUONG, "500mg").Set(Xml2.DUONG_DUNG, "1.01").Set(Xml2.DANG_BAO_CHE, "Viên nang").Set(Xml2.LIEU_DUNG, "1 viên * 2 lần * 5 ngày [2 viên/ngày]").Set(Xml2.CACH_DUNG, "Uống sau ăn")
            .Set(Xml2.SO_DANG_KY, "VD-00001-26").Set(Xml2.TT_THAU, "12/QĐ-ABC;G1;N2;2026;00").Set(Xml2.PHAM_VI, "1").Set(Xml2.TYLE_TT_BH, "100").Set(Xml2.SO_LUONG, amount).Set(Xml2.DON_GIA, price)
            .Set(Xml2.NGUON_CTRA, "1").Set(Xml2.MA_KHOA, "K02").Set(Xml2.MA_BAC_SI, "000001/AA-CCHN").Set(Xml2.MA_DICH_VU, "").Set(Xml2.NGAY_YL, ordered).Set(Xml2.NGAY_TH_YL, ordered).Set(Xml2.MA_PTTT, "1");
        Pay(row, total, Xml2.THANH_TIEN_BV, Xml2.THANH_TIEN_BH, Xml2.MUC_HUONG, Xml2.T_BHTT, Xml2.T_BNCCT, Xml2.T_BNTT);
        Others(row, Xml2.T_NGUONKHAC_NSNN, Xml2.T_NGUONKHAC_VTNN, Xml2.T_NGUONKHAC_VTTN, Xml2.T_NGUONKHAC_CL, Xml2.T_NGUONKHAC);
    }

    private static RowBuilder Service(RecordBuilder record, string group, string code, string name, string ordered, string done, string result, decimal price, string amount = "1")
    {
        decimal total = decimal.Parse(amount, CultureInfo.InvariantCulture) * price;
        RowBuilder row = record.AddRow(TableId.Xml3)
            .Set(Xml3.MA_LK, "HS0001").Set(Xml3.STT, record.Rows(TableId.Xml3).Count.ToString(CultureInfo.InvariantCulture)).Set(Xml3.MA_DICH_VU, code).Set(Xml3.MA_NHOM, group)
            .Set(Xml3.TEN_DICH_VU, name).Set(Xml3.DON_VI_TINH, group == "15" ? "Ngày" : "Lần").Set(Xml3.PHAM_VI, "1").Set(Xml3.SO_LUONG, amount).Set(Xml3.DON_GIA_BV, price.ToString(CultureInfo.InvariantCulture))
            .Set(Xml3.DON_GIA_BH, price.ToString(CultureInfo.InvariantCulture)).Set(Xml3.TYLE_TT_DV, "100").Set(Xml3.TYLE_TT_BH, "100").Set(Xml3.MA_KHOA, "K02").Set(Xml3.MA_BAC_SI, "000001/AA-CCHN")
            .Set(Xml3.NGUOI_THUC_HIEN, "000002/AA-CCHN").Set(Xml3.NGAY_YL, ordered).Set(Xml3.NGAY_TH_YL, done).Set(Xml3.NGAY_KQ, result).Set(Xml3.MA_PTTT, "1");
        Pay(row, total, Xml3.THANH_TIEN_BV, Xml3.THANH_TIEN_BH, Xml3.MUC_HUONG, Xml3.T_BHTT, Xml3.T_BNCCT, Xml3.T_BNTT);
        Others(row, Xml3.T_NGUONKHAC_NSNN, Xml3.T_NGUONKHAC_VTNN, Xml3.T_NGUONKHAC_VTTN, Xml3.T_NGUONKHAC_CL, Xml3.T_NGUONKHAC);
        return row;
    }

    // The card GD4 pays 80 %; a visit below 15 % of the base salary is paid in full, which Settle corrects.
    private static void Pay(RowBuilder row, decimal total, FieldId spent, FieldId covered, FieldId level, FieldId fund, FieldId share, FieldId own) => row
        .Set(spent, Money(total)).Set(covered, Money(total)).Set(level, "80").Set(fund, Money(total * 0.8m)).Set(share, Money(total * 0.2m)).Set(own, "0");

    private static void Others(RowBuilder row, params FieldId[] fields)
    {
        foreach (FieldId field in fields) row.Set(field, "0");
    }

    private static RecordBuilder Settle(RecordBuilder record)
    {
        decimal total = Sum(record, Xml2.THANH_TIEN_BV, Xml3.THANH_TIEN_BV);
        if (total < 379_500m) PayInFull(record);
        record.Set(Xml1.T_THUOC, Money(Sum(record, Xml2.THANH_TIEN_BV, null))).Set(Xml1.T_VTYT, "0").Set(Xml1.T_TONGCHI_BV, Money(total))
            .Set(Xml1.T_TONGCHI_BH, Money(Sum(record, Xml2.THANH_TIEN_BH, Xml3.THANH_TIEN_BH))).Set(Xml1.T_BNTT, "0").Set(Xml1.T_BNCCT, Money(Sum(record, Xml2.T_BNCCT, Xml3.T_BNCCT)))
            .Set(Xml1.T_BHTT, Money(Sum(record, Xml2.T_BHTT, Xml3.T_BHTT))).Set(Xml1.T_NGUONKHAC, "0").Set(Xml1.T_BHTT_GDV, Money(Sum(record, Xml2.T_BHTT, Xml3.T_BHTT)));
        return Fill(record);
    }

    private static void PayInFull(RecordBuilder record)
    {
        foreach (RowBuilder row in record.Rows(TableId.Xml2)) row.Set(Xml2.MUC_HUONG, "100").Set(Xml2.T_BHTT, row[Xml2.THANH_TIEN_BH]).Set(Xml2.T_BNCCT, "0");
        foreach (RowBuilder row in record.Rows(TableId.Xml3)) row.Set(Xml3.MUC_HUONG, "100").Set(Xml3.T_BHTT, row[Xml3.THANH_TIEN_BH]).Set(Xml3.T_BNCCT, "0");
    }

    private static decimal Sum(RecordBuilder record, FieldId first, FieldId? second)
    {
        decimal sum = 0;
        foreach (FieldId? field in (FieldId?[])[first, second])
        {
            if (field is not { } known) continue;
            foreach (RowBuilder row in record.Rows(known.Table)) sum += decimal.Parse(row[known]!, CultureInfo.InvariantCulture);
        }

        return sum;
    }

    private static string Money(decimal amount) => amount.ToString("0.##", CultureInfo.InvariantCulture);
}
