namespace LienThong.Standard.Tests.Conversion;

/// <summary>One value and what becomes of it.</summary>
/// <param name="From">Source release.</param>
/// <param name="To">Target release, a neighbour.</param>
/// <param name="Field">Table and field, e.g. <c>XML1.MA_THE</c>.</param>
/// <param name="Old">The value.</param>
/// <param name="Kind">What is reported; null for nothing.</param>
/// <param name="Target">The field that holds the value afterwards, without table; empty when none does.</param>
/// <param name="New">The value there.</param>
public sealed record RuleCase(string From, string To, string Field, string Old, ChangeKind? Kind, string Target, string New)
{
    /// <inheritdoc/>
    public override string ToString() => $"{From} {To} {Field} {Old}";
}

/// <summary>At least one case for every line of <c>conversions.csv</c> that isn't worked out of several fields, and for every rename of a layer.</summary>
internal static class RuleCases
{
    public static IEnumerable<RuleCase> All => [.. From4210(), .. From130(), .. From4750(), .. From3176()];

    private static IEnumerable<RuleCase> From4210()
    {
        RuleCase Case(string field, string old, ChangeKind? kind, string target, string now) => new("QD4210", "QD130", field, old, kind, target, now);
        RuleCase Renamed(string field, string value, string target) => Case(field, value, ChangeKind.Renamed, target, value);
        yield return Renamed("XML1.MA_THE", "DN4990000000001", "MA_THE_BHYT");
        yield return Renamed("XML1.MIEN_CUNG_CT", "20230301", "NGAY_MIEN_CCT");
        yield return Renamed("XML1.TEN_BENH", "Viêm họng cấp", "CHAN_DOAN_RV");
        yield return Renamed("XML1.MA_BENH", "J02.9", "MA_BENH_CHINH");
        yield return Renamed("XML1.MA_BENHKHAC", "I10;E11", "MA_BENH_KT");
        yield return Renamed("XML1.MA_NOI_CHUYEN", "99002", "MA_NOI_DI");
        yield return Renamed("XML1.MA_LYDO_VVIEN", "2", "MA_DOITUONG_KCB");
        yield return Case("XML1.MA_LYDO_VVIEN", "1", ChangeKind.Dropped, "MA_DOITUONG_KCB", "");
        yield return Case("XML1.MA_LYDO_VVIEN", "4", ChangeKind.Dropped, "MA_DOITUONG_KCB", "");
        yield return Renamed("XML1.TINH_TRANG_RV", "1", "MA_LOAI_RV");
        yield return Case("XML1.TINH_TRANG_RV", "2", ChangeKind.Dropped, "MA_LOAI_RV", "");
        yield return Case("XML1.MA_LOAI_KCB", "3", ChangeKind.Recoded, "MA_LOAI_KCB", "03");
        yield return Case("XML1.MA_LOAI_KCB", "7", ChangeKind.Dropped, "MA_LOAI_KCB", "");
        yield return Case("XML1.NGAY_SINH", "19500714", ChangeKind.Filled, "NGAY_SINH", "195007140000");
        yield return Case("XML1.NGAY_SINH", "1950", ChangeKind.Filled, "NGAY_SINH", "195000000000");
        yield return Case("XML1.NGAY_SINH", "195007141230", null, "NGAY_SINH", "195007141230");
        yield return Case("XML1.T_NGOAIDS", "0", ChangeKind.Dropped, "", "");
        yield return Case("XML1.T_TONGCHI", "5", ChangeKind.Dropped, "", "");
        yield return Case("XML2.MA_NHOM", "6", ChangeKind.Review, "MA_NHOM", "6");
        yield return Case("XML3.MA_NHOM", "11", ChangeKind.Review, "MA_NHOM", "11");
        yield return Case("XML3.MA_NHOM", "1", null, "MA_NHOM", "1");
        yield return Case("XML2.T_NGOAIDS", "0", ChangeKind.Dropped, "", "");
        yield return Case("XML3.T_NGOAIDS", "0", ChangeKind.Dropped, "", "");
        yield return Renamed("XML2.TYLE_TT", "100", "TYLE_TT_BH");
        yield return Renamed("XML2.T_NGUON_KHAC", "500", "T_NGUONKHAC");
        yield return Case("XML2.MA_BENH", "J02.9", ChangeKind.Dropped, "", "");
        yield return Case("XML2.THANH_TIEN", "7", ChangeKind.Dropped, "", "");
        yield return Case("XML3.DON_GIA", "7", ChangeKind.Dropped, "", "");
        yield return Case("XML3.TYLE_TT", "30", ChangeKind.Dropped, "", "");
        yield return Case("XML3.THANH_TIEN", "7", ChangeKind.Dropped, "", "");
        yield return Case("XML4.MA_MAY", "HH.1.99001.1", ChangeKind.Dropped, "", "");
        yield return Renamed("XML5.DIEN_BIEN", "Ổn định", "DIEN_BIEN_LS");
        yield return Renamed("XML5.NGAY_YL", "202301020800", "THOI_DIEM_DBLS");
    }

    private static IEnumerable<RuleCase> From130()
    {
        RuleCase Padded(string field, string old, string now) => new("QD130", "QD4750", field, old, ChangeKind.Recoded, field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..], now);
        yield return Padded("XML0.MA_LOAI_KCB", "1", "01");
        yield return Padded("XML1.MA_LOAI_KCB", "3", "03");
        yield return new("QD130", "QD4750", "XML1.MA_LOAI_KCB", "03", null, "MA_LOAI_KCB", "03");
        yield return Padded("XML8.MA_LOAI_KCB", "3", "03");
        yield return Padded("XML1.MA_QUOCTICH", "0", "000");
        yield return Padded("XML9.MA_QUOCTICH", "0", "000");
        yield return Padded("XML1.MA_DANTOC", "1", "01");
        yield return Padded("XML9.MA_DANTOC_NND", "1", "01");
        yield return Padded("XML1.MA_NGHE_NGHIEP", "0", "00000");
        foreach (string field in new[] { "XML8.MA_TTDV", "XML9.MA_TTDV", "XML10.MA_TTDV", "XML11.MA_TTDV", "XML9.MA_BHXH_NND", "XML11.MA_BHXH", "XML12.MA_BHXH" })
        {
            yield return Padded(field, "123456789", "0123456789");
        }
    }

    private static IEnumerable<RuleCase> From4750()
    {
        RuleCase Case(string field, string old, ChangeKind? kind, string target, string now) => new("QD4750", "QD3176", field, old, kind, target, now);
        yield return Case("XML13.MA_NOI_DI", "99002", ChangeKind.Renamed, "MA_CSKCB_DI", "99002");
        yield return Case("XML13.MA_NOI_DEN", "99003", ChangeKind.Renamed, "MA_CSKCB_DEN", "99003");
        yield return Case("XML1.MA_NGHE_NGHIEP", "61110", ChangeKind.Recoded, "MA_NGHE_NGHIEP", "61");
        yield return Case("XML13.MA_NGHE_NGHIEP", "61110", ChangeKind.Recoded, "MA_NGHE_NGHIEP", "61");
        foreach (string table in new[] { "XML1", "XML7", "XML8", "XML9", "XML10", "XML11", "XML13", "XML14" })
        {
            yield return Case($"{table}.MA_TTDV", "0123456789", ChangeKind.Dropped, "MA_TTDV", "");
            yield return Case($"{table}.MA_TTDV", "001234/HNO-GPHN", null, "MA_TTDV", "001234/HNO-GPHN");
        }

        foreach (string table in new[] { "XML7", "XML10", "XML11" }) yield return Case($"{table}.MA_BS", "0123456789;0123456780", ChangeKind.Dropped, "MA_BS", "");
        yield return Case("XML1.NGAY_RA", "202410022359", ChangeKind.Review, "NGAY_RA", "202410022359");
        yield return Case("XML1.NGAY_RA", "202410020915", null, "NGAY_RA", "202410020915");
        yield return Case("XML1.SO_NGAY_DTRI", "0", ChangeKind.Review, "SO_NGAY_DTRI", "0");
        yield return Case("XML2.MA_THUOC", "00.0000", ChangeKind.Dropped, "MA_THUOC", "");
        yield return Case("XML2.MA_THUOC", "40.17+00.0000", ChangeKind.Review, "MA_THUOC", "40.17+00.0000");
        yield return Case("XML2.MA_CSKCB_THUOC", "HC.99002", ChangeKind.Recoded, "MA_CSKCB_THUOC", "H.99002");
        yield return Case("XML2.MA_CSKCB_THUOC", "C.99002", null, "MA_CSKCB_THUOC", "C.99002");
        yield return Case("XML3.MA_MAY", "HH.1.99001.A-1;B-2", ChangeKind.Recoded, "MA_MAY", "HH.1.A-1;B-2");
        yield return Case("XML3.MA_MAY", "DC.1.99001.7", ChangeKind.Recoded, "MA_MAY", "DN.1.7");
        yield return Case("XML3.MA_MAY", "HH.2.99001.A-1", ChangeKind.Dropped, "MA_MAY", "");
        yield return Case("XML3.MA_MAY", "XQ.1.A-1", null, "MA_MAY", "XQ.1.A-1");
        yield return Case("XML3.T_TRANTT", "105300000", ChangeKind.Dropped, "T_TRANTT", "");
        yield return Case("XML3.MA_GIUONG", "H001;H002", ChangeKind.Review, "MA_GIUONG", "H001;H002");
        yield return Case("XML3.MA_BAC_SI", "001234/HNO-CCHN.C.99002", ChangeKind.Review, "MA_BAC_SI", "001234/HNO-CCHN.C.99002");
        yield return Case("XML3.NGUOI_THUC_HIEN", "001234/HNO-CCHN.C.99002", ChangeKind.Review, "NGUOI_THUC_HIEN", "001234/HNO-CCHN.C.99002");
        yield return Case("XML2.MA_BAC_SI", "001234/HNO-CCHN(A)", ChangeKind.Review, "MA_BAC_SI", "001234/HNO-CCHN(A)");
        yield return Case("XML3.MA_BAC_SI", "001234/HNO-CCHN(A)", ChangeKind.Review, "MA_BAC_SI", "001234/HNO-CCHN(A)");
        yield return Case("XML6.NHOM_DOI_TUONG", "0", ChangeKind.Recoded, "NHOM_DOI_TUONG", "1");
        yield return Case("XML6.NHOM_DOI_TUONG", "10", ChangeKind.Recoded, "NHOM_DOI_TUONG", "8");
        yield return Case("XML6.NHOM_DOI_TUONG", "7", ChangeKind.Dropped, "NHOM_DOI_TUONG", "");
        yield return Case("XML6.NHOM_DOI_TUONG", "9", ChangeKind.Dropped, "NHOM_DOI_TUONG", "");
        yield return Case("XML6.PHACDO_DTRI_LAO", "1", ChangeKind.Dropped, "PHACDO_DTRI_LAO", "");
        yield return Case("XML13.TEN_DICH_VU", "Siêu âm", ChangeKind.Dropped, "", "");
        yield return Case("XML13.TEN_THUOC", "Paracetamol", ChangeKind.Dropped, "", "");
        yield return Case("XML13.PP_DIEU_TRI", "Nội khoa", ChangeKind.Dropped, "", "");
        yield return Case("XML14.NGAY_HEN_KL", "202410100800", ChangeKind.Recoded, "NGAY_HEN_KL", "20241010");
    }

    private static IEnumerable<RuleCase> From3176()
    {
        RuleCase Case(string field, string old, ChangeKind? kind, string target, string now) => new("QD3176", "QD4750", field, old, kind, target, now);
        yield return Case("XML13.MA_CSKCB_DI", "99002", ChangeKind.Renamed, "MA_NOI_DI", "99002");
        yield return Case("XML13.MA_CSKCB_DEN", "99003", ChangeKind.Renamed, "MA_NOI_DEN", "99003");
        yield return Case("XML2.MA_CSKCB_THUOC", "H.99002", ChangeKind.Recoded, "MA_CSKCB_THUOC", "HC.99002");
        yield return Case("XML3.T_TRANTT", "5000", ChangeKind.Dropped, "T_TRANTT", "");
        yield return Case("XML3.MA_MAY", "HH.1.A-1", ChangeKind.Review, "MA_MAY", "HH.1.A-1");
        yield return Case("XML6.NHOM_DOI_TUONG", "8", ChangeKind.Recoded, "NHOM_DOI_TUONG", "10");
        yield return Case("XML6.NHOM_DOI_TUONG", "10", ChangeKind.Dropped, "NHOM_DOI_TUONG", "");
        yield return Case("XML6.PHACDO_DTRI_LAO", "1", ChangeKind.Dropped, "PHACDO_DTRI_LAO", "");
        yield return Case("XML13.TINH_TRANG_CT", "Tỉnh", ChangeKind.Dropped, "", "");
        yield return Case("XML1.MA_NGHE_NGHIEP", "61", ChangeKind.Review, "MA_NGHE_NGHIEP", "61");
        yield return Case("XML1.SO_NGAY_DTRI", "1", ChangeKind.Review, "SO_NGAY_DTRI", "1");
        yield return Case("XML14.NGAY_HEN_KL", "20250110", ChangeKind.Review, "NGAY_HEN_KL", "20250110");
        yield return new("QD1931", "QD3176", "XML2.MUC_HUONG", "47.5", ChangeKind.Review, "MUC_HUONG", "47.5");
        yield return new("QD3176", "QD1931", "XML2.MUC_HUONG", "80", null, "MUC_HUONG", "80");
    }
}
