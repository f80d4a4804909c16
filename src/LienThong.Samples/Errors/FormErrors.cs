using LienThong.Standard;
using static LienThong.Samples.Errors.Tamper;

namespace LienThong.Samples.Errors;

/// <summary>Required fields, form of values, keys.</summary>
internal static class FormErrors
{
    public static readonly SampleError[] All =
    [
        Of("no-name", "X1-REQUIRED-001", "HO_TEN emptied", Xml1.HO_TEN, "", IsPlain),
        Of("no-diagnosis", "X1-REQUIRED-001", "MA_BENH_CHINH emptied", Xml1.MA_BENH_CHINH, "", IsPlain),
        Of("no-weight", "X1-REQUIRED-001", "CAN_NANG blank", Xml1.CAN_NANG, "  ", null, "FAM-TRIM"),
        Of("no-drug-name", "X2-REQUIRED-001", "TEN_THUOC emptied", Xml2.TEN_THUOC, ""),
        Of("no-service-unit", "X3-REQUIRED-001", "DON_VI_TINH emptied", Xml3.DON_VI_TINH, ""),
        Of("no-note-author", "X5-REQUIRED-001", "NGUOI_THUC_HIEN of a clinical note emptied", Xml5.NGUOI_THUC_HIEN, ""),
        Of("no-archive-number", "X7-REQUIRED-001", "SO_LUU_TRU of the discharge paper emptied", Xml7.SO_LUU_TRU, ""),
        Of("no-abstract-course", "X8-REQUIRED-001", "QT_BENHLY of the abstract emptied", Xml8.QT_BENHLY, ""),
        Of("time-25-61", "FAM-DATETIME12", "NGAY_TTOAN at 25:61", Xml1.NGAY_TTOAN, row => row[Xml1.NGAY_TTOAN]![..8] + "2561"),
        Of("month-13", "FAM-DATETIME12", "NGAY_YL of a service in month 13", Xml3.NGAY_YL, row => row[Xml3.NGAY_YL]![..4] + "13" + row[Xml3.NGAY_YL]![6..]),
        Of("order-time-short", "FAM-DATETIME12", "NGAY_YL of a medicine with 8 digits", Xml2.NGAY_YL, row => row[Xml2.NGAY_YL]![..8]),
        Of("february-31", "FAM-DATE8", "NGAY_CT of the re-examination letter on 31 February", Xml14.NGAY_CT, row => row[Xml14.NGAY_CT]![..4] + "0231"),
        Of("price-with-comma", "FAM-TYPE", "DON_GIA with a decimal comma", Xml2.DON_GIA, "12,500"),
        Of("days-in-words", "X1-SO_NGAY_DTRI-005", "SO_NGAY_DTRI in words", Xml1.SO_NGAY_DTRI, "một", null, "FAM-TYPE"),
        Of("sum-with-separator", "FAM-TYPE", "T_VTYT with thousands separators", Xml1.T_VTYT, "1,234,567.00"),
        Of("address-too-long", "FAM-MAXLEN", "DIA_CHI of 1100 characters", Xml1.DIA_CHI, new string('ạ', 1100), IsPlain),
        Of("service-name-too-long", "FAM-MAXLEN", "TEN_DICH_VU of 1100 characters", Xml3.TEN_DICH_VU, new string('x', 1100), null),
        Of("negative-quantity", "FAM-NONNEG", "SO_LUONG of a medicine below zero", Xml2.SO_LUONG, "-1.000"),
        Of("four-decimals", "FAM-DECIMALS", "DON_GIA with four decimals", Xml2.DON_GIA, row => row[Xml2.DON_GIA] + "1"),
        Of("blank-after-code", "FAM-TRIM", "MA_KHOA of a service ends with a blank", Xml3.MA_KHOA, row => row[Xml3.MA_KHOA] + " "),
        Of("empty-list-item", "FAM-LIST", "MA_BENH_KT with an empty item", Xml1.MA_BENH_KT, "N18.9;;J45.9", IsPlain),
        new("same-stt", "FAM-STT", "two services with the same STT", static (record, _) =>
        {
            if (record.Rows(TableId.Xml3).Count < 2) return null;
            record.Rows(TableId.Xml3)[1].Set(Xml3.STT, "1");
            return new SampleCell(TableId.Xml3, 2, Xml3.STT);
        }),
        Of("other-key-drug", "FAM-MALK", "MA_LK of a medicine is another record's", Xml2.MA_LK, "MAU-0"),
        Of("other-key-service", "FAM-MALK", "MA_LK of a service is another record's", Xml3.MA_LK, "MAU-0"),
        Of("other-key-result", "FAM-MALK", "MA_LK of a result is another record's", Xml4.MA_LK, "MAU-0"),
    ];
}
