using LienThong.Standard;
using static LienThong.Samples.Errors.Tamper;

namespace LienThong.Samples.Errors;

/// <summary>What XML1 says of person, card and visit, against itself and against the rows.</summary>
internal static class VisitErrors
{
    public static readonly SampleError[] All =
    [
        Of("name-with-digits", "X1-HO_TEN-001", "a digit in HO_TEN", Xml1.HO_TEN, row => row[Xml1.HO_TEN] + " 2", IsPlain),
        Of("province-one-digit", "X1-MATINH-001", "MATINH_CU_TRU of one digit", Xml1.MATINH_CU_TRU, "1", IsPlain),
        Of("commune-four-digits", "X1-MAXA-001", "MAXA_CU_TRU of four digits", Xml1.MAXA_CU_TRU, "0008", IsPlain),
        Of("too-many-secondary", "X1-MA_BENH_KT-001", "thirteen secondary codes", Xml1.MA_BENH_KT, "I10;E11.9;K29.7;J45.9;N18.9;M17.9;H52.1;K21.9;E78.5;G47.0;L20.9;B18.1;R51", IsPlain),
        Of("visit-kind-99", "X1-MA_LOAI_KCB-002", "MA_LOAI_KCB 99", Xml1.MA_LOAI_KCB, "99", record => IsPlain(record) && string.CompareOrdinal(Summary(record)[Xml1.NGAY_RA], "202608") > 0, "X1-MA_LOAI_KCB-001"),
        Of("sender-three-digits", "X1-MA_NOI_DI-001", "MA_NOI_DI of three digits", Xml1.MA_NOI_DI, "990", record => IsPlain(record) && Summary(record)[Xml1.MA_NOI_DI] is { Length: 5 }, "X1-MA_DOITUONG_KCB-002"),
        Of("sender-itself", "X1-MA_NOI_DI-003", "MA_NOI_DI is the facility itself", Xml1.MA_NOI_DI, row => row[Xml1.MA_CSKCB], record => Summary(record)[Xml1.MA_NOI_DI] is { Length: 5 }),
        Of("sender-no-paper", "X1-MA_NOI_DI-002", "MA_NOI_DI without the number of its paper", Xml1.GIAY_CHUYEN_TUYEN, "", record => Summary(record)[Xml1.MA_NOI_DI] is { Length: 5 }, "X1-MA_DOITUONG_KCB-002"),
        Of("card-level-9", "X1-MA_THE_BHYT-002", "benefit level 9", Xml1.MA_THE_BHYT, row => row[Xml1.MA_THE_BHYT]![..2] + "9" + row[Xml1.MA_THE_BHYT]![3..], OneCard),
        Of("card-missing", "X1-MA_THE_BHYT-005", "no card number for an insured visit", Xml1.MA_THE_BHYT, "", OneCard, "X1-MA_THE_BHYT-007", "X1-THE_LIST-001", "X1-REQUIRED-001"),
        Of("card-start-after-end", "X1-GT_THE-002", "the card begins after it ends", Xml1.GT_THE_TU, row => ShiftDay(row[Xml1.GT_THE_DEN], 3), OneCard, "X1-GT_THE-005", "X1-GT_THE-003"),
        Of("card-starts-later", "X1-GT_THE-005", "the card begins after discharge", Xml1.GT_THE_TU, row => ShiftDay(row[Xml1.NGAY_RA], 2), OneCard, "X1-GT_THE-003", "X1-GT_THE-002"),
        Of("own-facility-as-self-referral", "X1-MA_DOITUONG_KCB-005", "registered here, recorded as self-referral", Xml1.MA_DOITUONG_KCB, "3.3", record => OneCard(record) && Summary(record)[Xml1.MA_DOITUONG_KCB] == "1.1" && Stays(record), "REC-BENEFIT-006", "REC-BENEFIT-007", "X1-MA_DOITUONG_KCB-006"),
        Of("not-insured-but-paid", "X1-MA_DOITUONG_KCB-010", "group 9 with amounts of the fund", Xml1.MA_DOITUONG_KCB, "9", OneCard, "X1-MA_THE_BHYT-006"),
        Of("department-malformed", "X1-MA_KHOA-001", "MA_KHOA without K", Xml1.MA_KHOA, "02", IsPlain),
        Of("five-years-malformed", "X1-NAM_NAM_LIEN_TUC-001", "NAM_NAM_LIEN_TUC is a year", Xml1.NAM_NAM_LIEN_TUC, "2020", OneCard),
        Of("waiver-malformed", "X1-NGAY_MIEN_CCT-001", "NGAY_MIEN_CCT in month 13", Xml1.NGAY_MIEN_CCT, "20261301", OneCard),
        Of("born-after-coming", "X1-NGAY_SINH-002", "born after arrival", Xml1.NGAY_SINH, row => Shift(row[Xml1.NGAY_VAO], 2880), IsPlain, "X1-NGAY_SINH-003", "X1-CAN_NANG-001"),
        Of("born-in-1900", "X1-NGAY_SINH-004", "126 years old", Xml1.NGAY_SINH, row => "1900" + row[Xml1.NGAY_SINH]![4..], IsPlain, "REC-CARD-001"),
        Of("leaves-before-coming", "X1-NGAY_VAO-001", "arrival the day after discharge", Xml1.NGAY_VAO, row => Shift(row[Xml1.NGAY_RA], 1440), record => IsPlain(record) && !Stays(record) && Insured(record), "X1-SO_NGAY_DTRI-001", "X1-SO_NGAY_DTRI-002", "X1-SO_NGAY_DTRI-007", "REC-TIME-001", "REC-TIME-002", "X3-NGAY_YL-001", "X2-NGAY_YL-001", "X1-NGAY_TTOAN-001", "X4-NGAY_KQ-002", "X5-THOI_DIEM_DBLS-001", "X1-NGAY_TAI_KHAM-001"),
        Of("stay-no-reason", "X1-LY_DO_VNT-001", "LY_DO_VNT of a stay emptied", Xml1.LY_DO_VNT, "", Stays),
        Of("short-stay-kind", "X1-MA_LOAI_KCB-004", "kind 09 for a stay of days", Xml1.MA_LOAI_KCB, "09", record => IsPlain(record) && Stays(record), "X1-SO_NGAY_DTRI-001", "X1-SO_NGAY_DTRI-002", "REC-BED-002", "REC-BED-003", "X8-LOAI-001", "REC-TABLE-005", "X1-SO_NGAY_DTRI-006", "X8-SAME-001"),
        Of("covid-alone", "AUD-QUALITY-003", "U07.1 without another diagnosis", Xml1.MA_BENH_CHINH, "U07.1", record => IsPlain(record) && !Stays(record) && string.IsNullOrEmpty(Summary(record)[Xml1.MA_BENH_KT]), "X1-MA_BENH_CHINH-001"),
        Of("operation-code", "X1-MA_PTTT_QT-001", "MA_PTTT_QT that is no ICD-9-CM code", Xml1.MA_PTTT_QT, "CẮT RUỘT", record => Summary(record)[Xml1.MA_PTTT_QT] is { Length: > 0 }),
    ];

    private static bool OneCard(RecordBuilder record) => IsPlain(record) && Summary(record)[Xml1.MA_THE_BHYT] is { Length: 15 };
}
