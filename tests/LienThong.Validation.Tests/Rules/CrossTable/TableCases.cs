using LienThong.Standard;
using static LienThong.Standard.Severity;
using static LienThong.Validation.Tests.Rules.CrossTable.LineCase;

namespace LienThong.Validation.Tests.Rules.CrossTable;

/// <summary>Cases of the rules across tables: missing tables, examinations, beds, operations, benefits, cards, audit questions.</summary>
internal static class TableCases
{
    public static IEnumerable<LineCase> All() => [.. Tables(), .. Exams(), .. Beds(), .. Operations(), .. Benefits(), .. Visits()];

    private static LineCase Out(string code, string at, Severity severity, Action<RecordBuilder> breaks, Action<RecordBuilder>? keeps = null, string also = "") =>
        new(code, at, severity, "outpatient", breaks, keeps, also);

    private static LineCase In(string code, string at, Severity severity, Action<RecordBuilder> breaks, Action<RecordBuilder>? keeps = null, string also = "") =>
        new(code, at, severity, "inpatient", breaks, keeps, also);

    private static IEnumerable<LineCase> Tables() =>
    [
        Out("REC-TABLE-001", "XML1[1].T_TONGCHI_BV", Block, r => Without(Without(r, TableId.Xml2), TableId.Xml3)),
        Out("REC-TABLE-002", "XML3", Info, r => r.Rows(TableId.Xml3).RemoveAt(0), r => Without(r, TableId.Xml3).Set(Xml1.T_TONGCHI_BV, "0")),
        Out("REC-TABLE-003", "XML4", Warn, r => Without(r, TableId.Xml4), r => Without(r, TableId.Xml4).Rows(TableId.Xml3)[1].Set(Xml3.MA_DICH_VU, "23.0075.1494.K.99002")),
        In("REC-TABLE-004", "XML5", Warn, r => Without(r, TableId.Xml5)),
        In("REC-TABLE-005", "XML7", Warn, r => Without(r, TableId.Xml7), r => Without(r, TableId.Xml7).Set(Xml1.MA_LOAI_RV, "3")),
        In("REC-TABLE-005", "XML7", Info, r => Without(r, TableId.Xml7).Set(Xml1.MA_LOAI_KCB, "04")),
        In("REC-TABLE-006", "XML8", Info, r => Without(r, TableId.Xml8)),
        new("REC-TABLE-007", "XML13", Warn, "referral", r => Without(r, TableId.Xml13)),
        new("REC-TABLE-008", "XML14", Info, "referral", r => Without(r, TableId.Xml14)),
        new("REC-TABLE-008", "XML1[1].NGAY_TAI_KHAM", Info, "referral", r => r.Set(Xml1.NGAY_TAI_KHAM, "")),
        new("REC-TABLE-009", "XML9", Info, "birth", r => Without(r, TableId.Xml9).Set(Xml1.MA_BENH_CHINH, "O80.0"), r => Without(r, TableId.Xml9)),
        Out("REC-TABLE-010", "XML6", Info, r => r.Set(Xml1.MA_BENH_CHINH, "B24"), r => r.Set(Xml1.MA_BENH_CHINH, "B25")),
        Out("REC-TABLE-011", "XML15", Info, r => r.Set(Xml1.MA_BENH_KT, "A15.0"), r => Without(r.Set(Xml1.MA_BENH_KT, "A15.0"), TableId.Xml2)),
        new("REC-TABLE-012", "XML11", Warn, "sickleave", r => Rest(r, "20260816"), r => Rest(r, "20260817")),
        new("REC-SIGNDOC-001", "XML13[1].DU_PHONG", Info, "referral", r => r.Set(Xml13.DU_PHONG, ""), r => r.Set(Xml13.DU_PHONG, "x")),
        new("REC-SIGNDOC-001", "XML14[1].DU_PHONG", Info, "referral", r => r.Set(Xml14.DU_PHONG, ""), r => r.Set(Xml14.DU_PHONG, "x")),
    ];

    private static IEnumerable<LineCase> Exams() =>
    [
        Out("REC-EXAM-001", "XML3[3].TYLE_TT_DV", Warn, r => Exam(r), r => Priced(Exam(r), 45000, rate: 30)),
        Out("REC-EXAM-002", "XML3[5].THANH_TIEN_BH", Warn, r => Exams(r, 100, 100), r => Exams(r, 30, 30), "REC-EXAM-001"),
        In("REC-EXAM-003", "XML3[3].THANH_TIEN_BH", Warn, r => Priced(Exam(r), 45000, 80, rate: 30), r => Priced(Exam(r), 0, 80, rate: 30)),
        In("REC-EXAM-003", "XML3[1].NGAY_YL", Warn, r => r.Rows(TableId.Xml3)[0].Set(Xml3.NGAY_YL, "202608031010").Set(Xml3.NGAY_TH_YL, "202608031010").Set(Xml3.NGAY_KQ, "202608031020")),
        Out("REC-EXAM-004", "XML3[3].MA_DICH_VU", Warn, r => Priced(Exam(r), 45000, rate: 30).Set(Xml3.MA_DICH_VU, "K02.1910")),
        Out("REC-EXAM-004", "XML3[3].MA_KHOA", Warn, r => Priced(Exam(r), 45000, rate: 30).Set(Xml3.MA_KHOA, "K02")),
        Out("REC-EXAM-005", "XML3[3].MA_BAC_SI", Info, r => Priced(Exam(r), 45000, rate: 30).Set(Xml3.MA_BAC_SI, "000001/AA-CCHN;000007/AA-CCHN")),
    ];

    // 3 August 10:00 to 7 August 10:00: four nights.
    private static IEnumerable<LineCase> Beds() =>
    [
        In("REC-BED-001", "XML3[2].SO_LUONG", Warn, r => Priced(r.Rows(TableId.Xml3)[1], 200000, 80, 5)),
        In("REC-BED-001", "XML3[2].SO_LUONG", Warn, r => Priced(r.Rows(TableId.Xml3)[1], 200000, 80, 6), r => Priced(r.Set(Xml1.KET_QUA_DTRI, "6").Rows(TableId.Xml3)[1], 200000, 80, 5), "REC-BED-007"),
        In("REC-BED-002", "XML3[2].THANH_TIEN_BH", Warn, r => Short(r, "202608031359"), r => Short(r, "202608031400")),
        In("REC-BED-003", "XML3[2].MA_NHOM", Warn, r => r.Set(Xml1.MA_LOAI_KCB, "01")),
        In("REC-BED-004", "XML3[3].NGAY_YL", Warn, r => SecondBed(r, "202608050800"), r => SecondBed(r, "202608051000"), "REC-BED-001"),
        In("REC-BED-006", "XML3[2].NGAY_YL", Warn, r => r.Rows(TableId.Xml3)[1].Set(Xml3.NGAY_YL, "202608030959")),
        In("REC-BED-007", "XML3[2].SO_LUONG", Warn, r => r.Rows(TableId.Xml3)[1].Set(Xml3.NGAY_KQ, "202608051000"), r => r.Rows(TableId.Xml3)[1].Set(Xml3.NGAY_KQ, "202608061000")),
        In("REC-BED-008", "XML3", Info, r => r.Rows(TableId.Xml3).RemoveAt(1)),
    ];

    private static IEnumerable<LineCase> Operations() =>
    [
        In("REC-SURG-001", "XML3[4].TYLE_TT_DV", Warn, r => Two(r, 100, "0815"), r => Two(r, 50, "0815")),
        In("REC-SURG-001", "XML3[4].TYLE_TT_DV", Warn, r => Two(r, 100, "0829").Set(Xml3.NGUOI_THUC_HIEN, "000008/AA-CCHN;000009/AA-CCHN"), r => Two(r, 100, "0830")),
        In("REC-SURG-002", "XML3[3].NGAY_KQ", Info, r => Operation(r, end: "0814"), r => Operation(r, end: "0815")),
        In("REC-VTYT-001", "XML3[5].THANH_TIEN_BH", Warn, r => Package(r, 113_850_002), r => Package(r, 113_850_001)),
        new("REC-TRANSPORT-001", "XML3[2].MA_DICH_VU", Warn, "referral", r => Transport(r, "VC.99004"), r => Transport(r, "VC.99003")),
    ];

    private static IEnumerable<LineCase> Benefits() =>
    [
        In("REC-BENEFIT-001", "XML2[1].MUC_HUONG", Warn, r => r.Set(Xml2.MUC_HUONG, "95").Set(Xml2.T_BHTT, "95000").Set(Xml2.T_BNCCT, "5000"),
            r => r.Set(Xml1.MA_THE_BHYT, "HT3000000000017").Set(Xml2.MUC_HUONG, "95").Set(Xml2.T_BHTT, "95000").Set(Xml2.T_BNCCT, "5000")),
        Out("REC-BENEFIT-001", "XML3[2].MUC_HUONG", Warn, r => Priced(r.Rows(TableId.Xml3)[1], 21800, 80), r => Halved(r).Set(Xml1.T_TONGCHI_BH, "146800")),
        In("REC-BENEFIT-001", "XML2[1].MUC_HUONG", Warn, r => r.Set(Xml1.MA_DOITUONG_KCB, "1.13").Set(Xml2.MUC_HUONG, "47.5").Set(Xml2.T_BHTT, "47500").Set(Xml2.T_BNCCT, "52500"),
            r => r.Set(Xml1.MA_DOITUONG_KCB, "1.13").Set(Xml2.MUC_HUONG, "40").Set(Xml2.T_BHTT, "40000").Set(Xml2.T_BNCCT, "60000"), "REC-BENEFIT-006"),
        Out("REC-BENEFIT-002", "XML1[1].T_BNCCT", Warn, r => r.Set(Xml1.T_TONGCHI_BH, "379499").Set(Xml1.T_BNCCT, "10"), r => r.Set(Xml1.T_TONGCHI_BH, "379500").Set(Xml1.T_BNCCT, "10")),
        Out("REC-BENEFIT-002", "XML1[1].T_BNCCT", Warn, r => June(r).Set(Xml1.T_TONGCHI_BH, "350999").Set(Xml1.T_BNCCT, "10"), r => June(r).Set(Xml1.T_TONGCHI_BH, "351000").Set(Xml1.T_BNCCT, "10")),
        In("REC-BENEFIT-003", "XML2[1].MUC_HUONG", Warn, r => r.Set(Xml2.MUC_HUONG, "100").Set(Xml2.T_BHTT, "100000").Set(Xml2.T_BNCCT, "0"),
            r => r.Set(Xml1.MA_THE_BHYT, "HN2000000000017").Set(Xml2.MUC_HUONG, "100").Set(Xml2.T_BHTT, "100000").Set(Xml2.T_BNCCT, "0"), "REC-BENEFIT-001"),
        In("REC-BENEFIT-004", "XML2[1].MUC_HUONG", Warn, r => r.Set(Xml1.NGAY_MIEN_CCT, "20260803"), r => r.Set(Xml1.NGAY_MIEN_CCT, "202608031031")),
        new("REC-BENEFIT-006", "XML1[1].MA_DOITUONG_KCB", Warn, "outpatient", r => June(r).Set(Xml1.MA_DOITUONG_KCB, "1.13"), r => June(r).Set(Xml1.MA_DOITUONG_KCB, "1.13").Set(Xml1.T_BHTT, "0")),
        In("REC-BENEFIT-006", "XML2[1].MUC_HUONG", Warn, r => r.Set(Xml1.MA_DOITUONG_KCB, "1.14"), r => r.Set(Xml1.MA_DOITUONG_KCB, "1.14").Set(Xml2.MUC_HUONG, "40")),
        Out("REC-BENEFIT-007", "XML1[1].MA_DOITUONG_KCB", Warn, r => r.Set(Xml1.MA_DOITUONG_KCB, "3.1"), r => r.Set(Xml1.MA_DOITUONG_KCB, "3.1").Set(Xml1.T_BHTT, "0")),
        In("REC-BENEFIT-007", "XML2[1].MUC_HUONG", Warn, r => r.Set(Xml1.MA_DOITUONG_KCB, "3.1"), r => r.Set(Xml1.MA_DOITUONG_KCB, "3.1").Set(Xml2.MUC_HUONG, "32")),
    ];

    private static IEnumerable<LineCase> Visits() =>
    [
        Out("REC-CARD-001", "XML1[1].MA_THE_BHYT", Info, r => Child(r, "202007150000"), r => Child(r, "202008160000")),
        Out("REC-CARD-001", "XML1[1].MA_THE_BHYT", Warn, r => Child(r, "201907150000")),
        Out("REC-CARD-002", "XML1[1].MA_THE_BHYT", Info, r => r.Set(Xml1.MA_THE_BHYT, "HS4000000000017").Set(Xml1.NGAY_SINH, "199708150000"), r => r.Set(Xml1.MA_THE_BHYT, "HS4000000000017").Set(Xml1.NGAY_SINH, "199708160000")),
        Out("REC-AGE-001", "XML1[1].NGAY_SINH", Info, r => r.Set(Xml1.NGAY_SINH, "202400000000"), r => r.Set(Xml1.NGAY_SINH, "201000000000")),
        Out("REC-ZERO-001", "XML1[1].T_TONGCHI_BV", Info, r => r.Set(Xml1.T_TONGCHI_BV, "0")),
        Out("REC-TIME-002", "XML3[2].NGAY_YL", Warn, r => r.Rows(TableId.Xml3)[1].Set(Xml3.NGAY_YL, "202608150929"), r => r.Rows(TableId.Xml3)[1].Set(Xml3.NGAY_YL, "202608150930")),
        Out("REC-TIME-002", "XML2[1].NGAY_YL", Warn, r => r.Set(Xml2.NGAY_YL, "202608150920")),
        In("REC-TIME-003", "XML3[23].NGAY_TH_YL", Info, r => Many(r, 21), r => Many(r, 20), "REC-TABLE-003"),
        Out("REC-DRUG-001", "XML2[1].LIEU_DUNG", Warn, r => r.Set(Xml2.LIEU_DUNG, "1 viên * 1 lần * 31 ngày [1 viên/ngày]"), r => r.Set(Xml1.MA_BENH_CHINH, "I10").Set(Xml2.LIEU_DUNG, "1 viên * 1 lần * 31 ngày [1 viên/ngày]")),
        In("AUD-I-004", "XML1[1].NGAY_RA", Info, r => r.Set(Xml1.NGAY_VAO, "202605080810").Set(Xml1.NGAY_VAO_NOI_TRU, "202605081000"),
            r => r.Set(Xml1.NGAY_VAO, "202605100810").Set(Xml1.NGAY_VAO_NOI_TRU, "202605101000"), "REC-EXAM-003"),
        Out("AUD-15DAYS-001", "XML3[1].NGAY_YL", Warn, r => r.Set(Xml1.GT_THE_DEN, "20260730"), r => r.Set(Xml1.GT_THE_DEN, "20260731")),
        In("AUD-DEATH-001", "XML2[1].LIEU_DUNG", Warn, r => Died(r, "1 viên * 1 lần * 2 ngày [1 viên/ngày]"), r => Died(r, "1 viên * 2 lần * 1 ngày [2 viên/ngày]")),
        Out("AUD-QUALITY-001", "XML1[1].MA_LOAI_KCB", Info, r => OnlyExam(r), r => OnlyExam(r).Set(Xml1.MA_LOAI_KCB, "01"), "REC-TABLE-004"),
        In("AUD-QUALITY-002", "XML1[1].SO_NGAY_DTRI", Warn, r => NoDose(r), r => NoDose(r).Set(Xml1.SO_NGAY_DTRI, "1")),
        In("AUD-ANTIBIOTIC-001", "XML2[2].MA_THUOC", Info, r => SameDrug(r, "2.10"), r => SameDrug(r, "1.01")),
        Out("AUD-QUALITY-003", "XML1[1].MA_BENH_CHINH", Warn, r => r.Set(Xml1.MA_BENH_CHINH, "U07.1").Set(Xml1.MA_BENH_KT, "U07.2"), r => r.Set(Xml1.MA_BENH_CHINH, "U07.1")),
    ];

    private static RecordBuilder Without(RecordBuilder record, TableId table)
    {
        record.Rows(table).Clear();
        return record;
    }

    private static RecordBuilder June(RecordBuilder record) => Move(record, "20260815", "20260630");

    private static RecordBuilder Rest(RecordBuilder record, string from)
    {
        RowBuilder row = record.AddRow(TableId.Xml10);
        row.Set(Xml10.MA_LK, "HS0001").Set(Xml10.TU_NGAY, from).Set(Xml10.DEN_NGAY, "20260830");
        return record;
    }

    private static RowBuilder Exam(RecordBuilder record) => Copy(record, 1)
        .Set(Xml3.MA_DICH_VU, "K03.1910").Set(Xml3.MA_KHOA, "K03").Set(Xml3.MA_BAC_SI, "000005/AA-CCHN").Set(Xml3.NGAY_YL, record.Rows(TableId.Xml3)[0][Xml3.NGAY_TH_YL]);

    private static void Exams(RecordBuilder record, decimal second, decimal third)
    {
        Priced(Exam(record), 45000, rate: second);
        Priced(Exam(record), 45000, rate: third).Set(Xml3.MA_DICH_VU, "K04.1910").Set(Xml3.MA_KHOA, "K04").Set(Xml3.MA_BAC_SI, "000006/AA-CCHN");
        Priced(Exam(record), 45000, rate: 30).Set(Xml3.MA_DICH_VU, "K05.1910").Set(Xml3.MA_KHOA, "K05").Set(Xml3.MA_BAC_SI, "000007/AA-CCHN");
    }

    private static void Short(RecordBuilder record, string left)
    {
        record.Set(Xml1.NGAY_RA, left);
        foreach (RowBuilder row in record.Rows(TableId.Xml3)) Priced(row, 1000, 80);
        record.Rows(TableId.Xml3)[1].Set(Xml3.NGAY_KQ, left);
    }

    private static void SecondBed(RecordBuilder record, string from)
    {
        Priced(record.Rows(TableId.Xml3)[1], 200000, 80, 2).Set(Xml3.NGAY_KQ, "202608051000");
        Priced(Copy(record, 2), 200000, 80, 2).Set(Xml3.NGAY_YL, from).Set(Xml3.NGAY_TH_YL, from).Set(Xml3.NGAY_KQ, "202608071000").Set(Xml3.MA_GIUONG, "H002");
    }

    private static RowBuilder Two(RecordBuilder record, decimal rate, string start)
    {
        Operation(record, 2000);
        return Priced(Operation(record, start: start, end: "0900"), 1000, 80, rate: rate).Set(Xml3.MA_DICH_VU, "10.0002.0002");
    }

    private static void Package(RecordBuilder record, decimal sum)
    {
        Operation(record);
        Supply(record, 1000, 80).Set(Xml3.MA_DICH_VU, "10.0001.0001").Set(Xml3.GOI_VTYT, "G1").Set(Xml3.NGAY_YL, "202608040800");
        Supply(record, sum - 1000, 80).Set(Xml3.MA_DICH_VU, "10.0001.0001").Set(Xml3.GOI_VTYT, "G1").Set(Xml3.NGAY_YL, "202608040800");
    }

    private static void Transport(RecordBuilder record, string code) =>
        record.Rows(TableId.Xml3)[1].Set(Xml3.MA_NHOM, "12").Set(Xml3.MA_DICH_VU, code).Set(Xml3.MA_XANG_DAU, "X1");

    private static RecordBuilder Halved(RecordBuilder record)
    {
        foreach (RowBuilder row in record.Rows(TableId.Xml3)) row.Set(Xml3.MUC_HUONG, "50");
        return record.Set(Xml1.MA_DOITUONG_KCB, "1.13").Set(Xml2.MUC_HUONG, "50");
    }

    private static RecordBuilder Child(RecordBuilder record, string birth) => record.Set(Xml1.MA_THE_BHYT, "TE1010000000017").Set(Xml1.NGAY_SINH, birth);

    private static RecordBuilder Died(RecordBuilder record, string dose) => record
        .Set(Xml1.KET_QUA_DTRI, "5").Set(Xml2.NGAY_YL, "202608070800").Set(Xml2.NGAY_TH_YL, "202608070805").Set(Xml2.LIEU_DUNG, dose);

    // A long-term course whose medicine tells no days, so that no other rule knows the count.
    private static RecordBuilder NoDose(RecordBuilder record)
    {
        record.Rows(TableId.Xml2)[0].Set(Xml2.LIEU_DUNG, "Theo y lệnh");
        record.Rows(TableId.Xml3).RemoveAt(1);
        return record.Set(Xml1.MA_LOAI_KCB, "05").Set(Xml1.SO_NGAY_DTRI, "0");
    }

    private static void SameDrug(RecordBuilder record, string route)
    {
        RowBuilder first = record.Rows(TableId.Xml2)[0];
        RowBuilder second = record.AddRow(TableId.Xml2);
        foreach (FieldSpec field in Releases.Get("QD1931").Table(TableId.Xml2)!.Fields) second.Set(field.Id, first[field.Id]);
        second.Set(Xml2.STT, "2").Set(Xml2.DUONG_DUNG, route).Set(Xml2.NGAY_YL, "202608031130").Set(Xml2.NGAY_TH_YL, "202608031130");
    }

    private static RecordBuilder OnlyExam(RecordBuilder record)
    {
        Without(record, TableId.Xml2).Rows(TableId.Xml3).RemoveAt(1);
        return Without(record, TableId.Xml4).Set(Xml1.MA_LOAI_KCB, "08").Set(Xml1.MA_KHOA, "K02");
    }

    private static void Many(RecordBuilder record, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Priced(Copy(record, 1), 1000, 80).Set(Xml3.MA_NHOM, "2").Set(Xml3.MA_DICH_VU, "18.0001.0001").Set(Xml3.TEN_DICH_VU, $"Siêu âm Thử {i}").Set(Xml3.MA_MAY, "SA.1.A1")
                .Set(Xml3.NGAY_YL, "202608040700").Set(Xml3.NGAY_TH_YL, $"2026080408{i * 2:00}").Set(Xml3.NGAY_KQ, "202608040900");
        }
    }
}
