using LienThong.Standard;
using static LienThong.Standard.Severity;
using static LienThong.Validation.Tests.Rules.CrossTable.LineCase;

namespace LienThong.Validation.Tests.Rules.CrossTable;

/// <summary>Cases of quantity, price, amounts and shares of XML2 and XML3, with the tolerance of 2 đ and the change of 2025.</summary>
internal static class MoneyCases
{
    public static IEnumerable<LineCase> All() => [.. Drugs(), .. Services(), .. Funds(), .. Prices()];

    private static LineCase Test(string code, string field, Severity severity, Action<RowBuilder> breaks, Action<RowBuilder>? keeps = null, string also = "") =>
        Service(code, 2, field, severity, breaks, keeps, also);

    // The drug costs 10 × 8000 = 80000, all of it the fund's.
    private static IEnumerable<LineCase> Drugs() =>
    [
        Drug("X2-SO_LUONG-001", "SO_LUONG", Warn, r => r.Set(Xml2.SO_LUONG, "0"), also: "X2-THANH_TIEN_BV-001 X2-THANH_TIEN_BH-001"),
        Drug("X2-DON_GIA-001", "DON_GIA", Warn, r => r.Set(Xml2.DON_GIA, "0"), also: "X2-THANH_TIEN_BV-001 X2-THANH_TIEN_BH-001"),
        Drug("X2-THANH_TIEN_BV-001", "THANH_TIEN_BV", Warn, r => r.Set(Xml2.THANH_TIEN_BV, "80002.00").Set(Xml2.T_BNTT, "2.00"), r => r.Set(Xml2.THANH_TIEN_BV, "80000.01").Set(Xml2.T_BNTT, "0.01")),
        Drug("X2-THANH_TIEN_BV-001", "THANH_TIEN_BV", Block, r => r.Set(Xml2.THANH_TIEN_BV, "80002.01").Set(Xml2.T_BNTT, "2.01")),
        Drug("X2-THANH_TIEN_BV-001", "THANH_TIEN_BV", Block, r => Amounts(r, "21", "1234.567", "25950.00"), r => Amounts(r, "21", "1234.567", "25925.91"), "X2-THANH_TIEN_BH-001"),
        Drug("X2-THANH_TIEN_BH-001", "THANH_TIEN_BH", Warn, r => r.Set(Xml2.THANH_TIEN_BH, "79998").Set(Xml2.T_BHTT, "79998").Set(Xml2.T_BNTT, "2")),
        Drug("X2-THANH_TIEN_BH-001", "THANH_TIEN_BH", Block, r => r.Set(Xml2.THANH_TIEN_BH, "79997.99").Set(Xml2.T_BHTT, "79997.99").Set(Xml2.T_BNTT, "2.01")),
        Drug("X2-THANH_TIEN_BH-001", "THANH_TIEN_BH", Block, r => r.Set(Xml2.TYLE_TT_BH, "50").Set(Xml2.MA_NHOM, "6"),
            r => r.Set(Xml2.TYLE_TT_BH, "50").Set(Xml2.MA_NHOM, "6").Set(Xml2.THANH_TIEN_BH, "40000").Set(Xml2.T_BHTT, "40000").Set(Xml2.T_BNTT, "40000")),
        Drug("X2-THANH_TIEN_BH-002", "THANH_TIEN_BH", Warn, r => r.Set(Xml2.THANH_TIEN_BV, "79998"), also: "X2-THANH_TIEN_BV-001 X2-BALANCE-001 X2-T_BHTT-001"),
        Drug("X2-T_NGUONKHAC-001", "T_NGUONKHAC", Block, r => r.Set(Xml2.T_NGUONKHAC_CL, "0.06"), r => r.Set(Xml2.T_NGUONKHAC_CL, "0.05")),
        Drug("X2-T_NGUONKHAC-002", "T_NGUONKHAC", Block, r => r.Set(Xml2.T_NGUONKHAC, "80001").Set(Xml2.T_NGUONKHAC_NSNN, "80001").Set(Xml2.T_BHTT, "-1"), also: "X2-BALANCE-001 X2-T_BHTT-001"),
        Drug("X2-T_NGUONKHAC-002", "T_NGUONKHAC", Info, r => r.Set(Xml2.T_NGUONKHAC, "80000").Set(Xml2.T_NGUONKHAC_NSNN, "80000").Set(Xml2.T_BHTT, "0")),
        Drug("X2-T_BHTT-001", "T_BHTT", Block, r => r.Set(Xml2.T_BHTT, "79997.99"), also: "X2-BALANCE-001"),
        Drug("X2-T_BHTT-001", "T_BHTT", Warn, r => r.Set(Xml2.T_BHTT, "79998"), also: "X2-BALANCE-001"),
        Drug("X2-T_BNCCT-001", "T_BNCCT", Block, r => r.Set(Xml2.T_BNCCT, "10"), also: "X2-BALANCE-001"),
        Drug("X2-T_BNTT-001", "T_BNTT", Block, r => r.Set(Xml2.T_BNTT, "10"), also: "X2-BALANCE-001"),
        Drug("X2-BALANCE-001", "THANH_TIEN_BV", Block, r => r.Set(Xml2.T_BNTT, "2.01"), also: "X2-T_BNTT-001"),
        Drug("X2-BALANCE-001", "THANH_TIEN_BV", Warn, r => r.Set(Xml2.T_BNTT, "2.00"), also: "X2-T_BNTT-001"),
        Drug("X2-MAX-001", "SO_LUONG", Info, r => Amounts(r, "1001", "10", "10010"), r => Amounts(r, "1000", "10", "10000")),
        Drug("X2-MAX-001", "DON_GIA", Info, r => Amounts(r, "1", "50000001", "50000001"), r => Amounts(r, "1", "50000000", "50000000")),
    ];

    // The test costs 21800, all of it the fund's.
    private static IEnumerable<LineCase> Services() =>
    [
        Test("X3-SO_LUONG-001", "SO_LUONG", Warn, r => r.Set(Xml3.SO_LUONG, "0"), also: "X3-THANH_TIEN_BV-001 X3-THANH_TIEN_BH-001"),
        Test("X3-DON_GIA-001", "DON_GIA_BV", Block, r => r.Set(Xml3.DON_GIA_BV, "0"), also: "X3-THANH_TIEN_BV-001 X3-DON_GIA-002"),
        Test("X3-DON_GIA-002", "DON_GIA_BH", Warn, r => r.Set(Xml3.DON_GIA_BV, "21000").Set(Xml3.THANH_TIEN_BV, "21000"), also: "X3-THANH_TIEN_BH-002 X3-BALANCE-001 X3-T_BHTT-001"),
        Test("X3-THANH_TIEN_BV-001", "THANH_TIEN_BV", Block, r => r.Set(Xml3.THANH_TIEN_BV, "21802.01").Set(Xml3.T_BNTT, "2.01"), r => r.Set(Xml3.DON_GIA_BV, "21810").Set(Xml3.THANH_TIEN_BV, "21810").Set(Xml3.T_BNTT, "10")),
        Test("X3-THANH_TIEN_BV-001", "THANH_TIEN_BV", Warn, r => r.Set(Xml3.THANH_TIEN_BV, "21802").Set(Xml3.T_BNTT, "2")),
        new("X3-THANH_TIEN_BV-001", "XML3[3].THANH_TIEN_BV", Warn, "outpatient", r => SecondExam(r, charged: "45000", own: "31500"), r => SecondExam(r, charged: "13500", own: "0")),
        new("X3-THANH_TIEN_BV-001", "XML3[3].THANH_TIEN_BV", Warn, "outpatient", r => SecondExam(In(r, "2024"), charged: "72000", own: "60000", price: "100000", payable: "40000"),
            r => SecondExam(r, charged: "72000", own: "60000", price: "100000", payable: "40000")),
        new("X3-THANH_TIEN_BH-001", "XML3[3].THANH_TIEN_BH", Block, "outpatient",
            r => SecondExam(r, charged: "13500", own: "0").Set(Xml3.THANH_TIEN_BH, "45000").Set(Xml3.T_BHTT, "45000").Set(Xml3.THANH_TIEN_BV, "45000"),
            r => SecondExam(r, charged: "13500", own: "0"), "X3-THANH_TIEN_BV-001"),
        Test("X3-THANH_TIEN_BH-002", "THANH_TIEN_BH", Warn, r => r.Set(Xml3.THANH_TIEN_BV, "21798"), also: "X3-THANH_TIEN_BV-001 X3-BALANCE-001 X3-T_BHTT-001"),
        Test("X3-T_NGUONKHAC-001", "T_NGUONKHAC", Block, r => r.Set(Xml3.T_NGUONKHAC_VTNN, "1")),
        Test("X3-T_NGUONKHAC-002", "T_NGUONKHAC", Info, r => r.Set(Xml3.T_NGUONKHAC, "21800").Set(Xml3.T_NGUONKHAC_NSNN, "21800").Set(Xml3.T_BHTT, "0")),
        Test("X3-T_BNCCT-001", "T_BNCCT", Block, r => r.Set(Xml3.T_BNCCT, "2.01"), also: "X3-BALANCE-001"),
        Test("X3-T_BNTT-001", "T_BNTT", Block, r => r.Set(Xml3.T_BNTT, "2.01"), also: "X3-BALANCE-001"),
        Test("X3-BALANCE-001", "THANH_TIEN_BV", Block, r => r.Set(Xml3.T_BHTT, "0"), also: "X3-T_BHTT-001"),
        Test("X3-TYLE_TT_DV-001", "TYLE_TT_DV", Info, r => Priced(r, 21800, rate: 90)),
        new("X3-TYLE_TT_DV-001", "XML3[2].TYLE_TT_DV", Warn, "outpatient", r => Priced(In(r, "2024").Rows(TableId.Xml3)[1], 21800, rate: 90), r => Priced(In(r, "2024").Rows(TableId.Xml3)[1], 21800)),
        Service("X3-TYLE_TT_DV-001", 2, "TYLE_TT_DV", Info, r => Priced(r, 200000, 80, 4, 30), r => Priced(r, 200000, 80, 4, 33), start: "inpatient"),
        Test("X3-MAX-001", "SO_LUONG", Info, r => Priced(r, 1000, quantity: 51), r => Priced(r, 1000, quantity: 50)),
        Test("X3-MAX-001", "DON_GIA_BV", Info, r => Priced(r, 50000001), r => Priced(r, 50000000)),
    ];

    // 1,000,000 at 80 %: the patient owes 200,000. Other funds of 150,000 lower that, not the fund's share.
    private static IEnumerable<LineCase> Funds() =>
    [
        Funded("X3-T_BHTT-001", "T_BHTT", Block, "2026", others: "150000", copaid: "200000", fund: "650000", also: "X3-T_BNCCT-001"),
        Funded("X3-T_BHTT-001", "T_BHTT", Block, "2025", others: "150000", copaid: "200000", fund: "650000", also: "X3-T_BNCCT-001"),
        Funded("X3-T_BHTT-001", "T_BHTT", Warn, "2024", others: "150000", copaid: "200000", fund: "650000", also: "X3-T_BNCCT-001"),
        Kept("X3-T_BNCCT-001", "T_BNCCT", r => Funding(r, "2026", others: "150000", copaid: "50000", fund: "800000")),
        Kept("X3-T_BHTT-001", "T_BHTT", r => Funding(r, "2024", others: "200000", copaid: "0", fund: "800000")),
        Kept("X3-T_BHTT-001", "T_BHTT", r => Funding(r, "2024", others: "100000", copaid: "180000", fund: "720000").Set(Xml3.THANH_TIEN_BH, "900000").Set(Xml3.T_BNTT, "0")),
        Kept("X3-THANH_TIEN_BH-001", "THANH_TIEN_BH", r => Funding(r, "2024", others: "100000", copaid: "180000", fund: "720000").Set(Xml3.THANH_TIEN_BH, "900000").Set(Xml3.T_BNTT, "0")),
        new("X3-THANH_TIEN_BH-001", "XML3[2].THANH_TIEN_BH", Block, "outpatient",
            r => Funding(r, "2025", others: "100000", copaid: "180000", fund: "720000").Set(Xml3.THANH_TIEN_BH, "900000").Set(Xml3.T_BNTT, "0")),
    ];

    private static IEnumerable<LineCase> Prices() =>
    [
        new("X3-DON_GIA-003", "XML3[3].DON_GIA_BH", Warn, "outpatient", r => Supply(r).Set(Xml3.TAI_SU_DUNG, "1").Set(Xml3.DON_GIA_BH, "900").Set(Xml3.THANH_TIEN_BH, "900").Set(Xml3.T_BHTT, "900").Set(Xml3.T_BNTT, "100"),
            r => Supply(r).Set(Xml3.TAI_SU_DUNG, "1")),
        new("X3-T_TRANTT-001", "XML3[3].T_TRANTT", Info, "outpatient", r => Supply(In(r, "2024")).Set(Xml3.T_TRANTT, "81000000").Set(Xml3.TT_THAU, "12;2024"), r => Supply(In(r, "2024")).Set(Xml3.T_TRANTT, "105300000")),
        new("X3-T_TRANTT-002", "XML3[3].DON_GIA_BH", Warn, "outpatient", r => Supply(r).Set(Xml3.T_TRANTT, "900"), r => Supply(r).Set(Xml3.T_TRANTT, "1200")),
    ];

    private static RowBuilder Amounts(RowBuilder row, string quantity, string price, string total) => row
        .Set(Xml2.SO_LUONG, quantity).Set(Xml2.DON_GIA, price).Set(Xml2.THANH_TIEN_BV, total).Set(Xml2.THANH_TIEN_BH, total).Set(Xml2.T_BHTT, total).Set(Xml2.LIEU_DUNG, "Theo y lệnh [1]");

    private static RowBuilder SecondExam(RecordBuilder record, string charged, string own, string price = "45000", string payable = "45000")
    {
        string covered = payable == "45000" ? "13500" : "12000";
        return Copy(record, 1).Set(Xml3.MA_DICH_VU, "K03.1910").Set(Xml3.MA_KHOA, "K03").Set(Xml3.MA_BAC_SI, "000005/AA-CCHN").Set(Xml3.TYLE_TT_DV, "30")
            .Set(Xml3.DON_GIA_BV, price).Set(Xml3.DON_GIA_BH, payable).Set(Xml3.THANH_TIEN_BV, charged).Set(Xml3.THANH_TIEN_BH, covered).Set(Xml3.T_BHTT, covered).Set(Xml3.T_BNTT, own);
    }

    private static LineCase Funded(string code, string field, Severity severity, string year, string others, string copaid, string fund, string also) =>
        new(code, $"XML3[2].{field}", severity, "outpatient", r => Funding(r, year, others, copaid, fund), null, also);

    // Breaks by another fund's money being counted twice; keeps by the record given.
    private static LineCase Kept(string code, string field, Action<RecordBuilder> keeps) =>
        new(code, $"XML3[2].{field}", Block, "outpatient", r =>
        {
            RowBuilder row = Funding(r, "2026", "150000", "200000", "650000");
            if (field == "THANH_TIEN_BH") row.Set(Xml3.THANH_TIEN_BH, "990000");
        }, keeps, "X3-T_BHTT-001 X3-T_BNCCT-001 X3-T_BNTT-001");

    private static RowBuilder Funding(RecordBuilder record, string year, string others, string copaid, string fund)
    {
        if (year != "2026") In(record, year);
        record.Set(Xml1.T_TONGCHI_BH, "1125000");
        foreach (RowBuilder drug in record.Rows(TableId.Xml2)) drug.Set(Xml2.MUC_HUONG, "80").Set(Xml2.T_BHTT, "64000").Set(Xml2.T_BNCCT, "16000");
        Priced(record.Rows(TableId.Xml3)[0], 45000, 80);
        return Priced(record.Rows(TableId.Xml3)[1], 1_000_000, 80).Set(Xml3.T_NGUONKHAC, others).Set(Xml3.T_NGUONKHAC_NSNN, others).Set(Xml3.T_BNCCT, copaid).Set(Xml3.T_BHTT, fund);
    }
}
