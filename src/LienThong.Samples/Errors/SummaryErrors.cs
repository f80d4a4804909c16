using LienThong.Standard;
using static LienThong.Samples.Errors.Tamper;

namespace LienThong.Samples.Errors;

/// <summary>Person, card, terms and course of the visit.</summary>
internal static class SummaryErrors
{
    public static readonly SampleError[] All =
    [
        Of("sex-4", "X1-GIOI_TINH-001", "GIOI_TINH 4", Xml1.GIOI_TINH, "4", IsPlain),
        Of("born-in-month-13", "X1-NGAY_SINH-001", "NGAY_SINH in month 13", Xml1.NGAY_SINH, "198013050000", IsPlain),
        Of("identity-too-short", "X1-SO_CCCD-005", "SO_CCCD of four characters", Xml1.SO_CCCD, "0990", IsPlain),
        Of("nation-in-letters", "X1-MA_QUOCTICH-001", "MA_QUOCTICH VN", Xml1.MA_QUOCTICH, "VN", IsPlain),
        Of("ethnicity-one-digit", "X1-MA_DANTOC-001", "MA_DANTOC 1", Xml1.MA_DANTOC, "1", IsPlain),
        Of("card-14", "X1-MA_THE_BHYT-001", "a card of 14 characters", Xml1.MA_THE_BHYT, row => row[Xml1.MA_THE_BHYT]![..14], OneCard),
        Of("card-list-mismatch", "X1-THE_LIST-001", "one card, two places of registration", Xml1.MA_DKBD, row => $"{row[Xml1.MA_DKBD]};{row[Xml1.MA_DKBD]}", OneCard),
        Of("card-end-no-day", "X1-GT_THE-001", "GT_THE_DEN is no day", Xml1.GT_THE_DEN, row => row[Xml1.GT_THE_DEN]![..4] + "1331", OneCard),
        Of("card-expired", "X1-GT_THE-003", "card ended the day before admission", Xml1.GT_THE_DEN, row => ShiftDay(row[Xml1.NGAY_VAO], -1), OneCard, "REC-BENEFIT-001"),
        Of("registration-letter", "X1-MA_DKBD-001", "MA_DKBD with a letter", Xml1.MA_DKBD, "9900A", OneCard, "X1-MA_DOITUONG_KCB-004"),
        Of("terms-no-code", "X1-MA_DOITUONG_KCB-001", "MA_DOITUONG_KCB is no number", Xml1.MA_DOITUONG_KCB, "AB", record => IsPlain(record) && Insured(record)),
        OfRow("referral-missing", "X1-MA_DOITUONG_KCB-002", "code 1.3 without referral", Xml1.MA_NOI_DI, row => row[Xml1.MA_DOITUONG_KCB] == "1.3", (_, row) => row.Set(Xml1.MA_NOI_DI, "").Set(Xml1.GIAY_CHUYEN_TUYEN, "")),
        Of("registered-elsewhere", "X1-MA_DOITUONG_KCB-004", "code 1.1, registered at another facility", Xml1.MA_DKBD, "99002", record => OneCard(record) && Summary(record)[Xml1.MA_DOITUONG_KCB] == "1.1"),
        Of("area-K9", "X1-MA_KHUVUC-001", "MA_KHUVUC K9", Xml1.MA_KHUVUC, "K9"),
        Of("facility-letter", "X1-MA_CSKCB-001", "MA_CSKCB with a letter", Xml1.MA_CSKCB, "9900X", IsPlain, "PKG-MACSKCB-002", "X1-MA_DOITUONG_KCB-004"),
        Of("icd-malformed", "X1-MA_BENH_CHINH-001", "MA_BENH_CHINH with one digit", Xml1.MA_BENH_CHINH, "J2.9", IsPlain),
        Of("main-also-secondary", "X1-MA_BENH_KT-002", "the main diagnosis among the secondary ones", Xml1.MA_BENH_KT, row => row[Xml1.MA_BENH_CHINH], IsPlain),
        Of("result-9", "X1-KET_QUA_DTRI-001", "KET_QUA_DTRI 9", Xml1.KET_QUA_DTRI, "9", record => IsPlain(record) && !Stays(record)),
        Of("discharge-kind-7", "X1-MA_LOAI_RV-001", "MA_LOAI_RV 7", Xml1.MA_LOAI_RV, "7", IsPlain),
        Of("destination-without-transfer", "X1-MA_NOI_DEN-001", "MA_NOI_DEN though sent home", Xml1.MA_NOI_DEN, "99003", record => Summary(record)[Xml1.MA_LOAI_RV] == "1"),
        Of("accident-9", "X1-MA_TAI_NAN-001", "MA_TAI_NAN 9", Xml1.MA_TAI_NAN, "9"),
        Of("ward-before-coming", "X1-NGAY_VAO_NOI_TRU-001", "ward 15 minutes before admission", Xml1.NGAY_VAO_NOI_TRU, row => Shift(row[Xml1.NGAY_VAO], -15), record => IsPlain(record) && Stays(record)),
        Of("paid-before-coming", "X1-NGAY_TTOAN-001", "NGAY_TTOAN before admission", Xml1.NGAY_TTOAN, row => Shift(row[Xml1.NGAY_VAO], -60)),
        Of("one-day-short", "X1-SO_NGAY_DTRI-006", "SO_NGAY_DTRI one day short", Xml1.SO_NGAY_DTRI, row => Building.Text.Number(int.Parse(row[Xml1.SO_NGAY_DTRI]!, System.Globalization.CultureInfo.InvariantCulture) - 1), Stays),
        Of("visit-of-three-days", "X1-SO_NGAY_DTRI-007", "SO_NGAY_DTRI 3 for a visit of one day", Xml1.SO_NGAY_DTRI, "3", record => Summary(record)[Xml1.MA_LOAI_KCB] == "01"),
        Of("settled-2099", "X1-NAM_QT-001", "NAM_QT 2099", Xml1.NAM_QT, "2099", null, "X1-THANG_QT-002"),
        Of("settled-in-month-13", "X1-THANG_QT-001", "THANG_QT 13", Xml1.THANG_QT, "13"),
        Of("weight-0", "X1-CAN_NANG-001", "CAN_NANG 0", Xml1.CAN_NANG, "0"),
        Of("return-in-the-past", "X1-NGAY_TAI_KHAM-001", "NGAY_TAI_KHAM before discharge", Xml1.NGAY_TAI_KHAM, row => ShiftDay(row[Xml1.NGAY_VAO], -3), IsPlain),
    ];

    private static bool OneCard(RecordBuilder record) => IsPlain(record) && Summary(record)[Xml1.MA_THE_BHYT] is { Length: 15 };
}
