using LienThong.Standard;

namespace LienThong.Validation.Tests.History;

/// <summary>One rule with a history in which it is broken and one near by in which it is kept.</summary>
/// <param name="Code">The rule.</param>
/// <param name="At">The cell.</param>
/// <param name="Own">Makes the record that is judged.</param>
/// <param name="Broken">Others beside which it breaks the rule.</param>
/// <param name="Kept">Others beside which it keeps it.</param>
/// <param name="Severity">Severity to expect; null for the rule's own.</param>
internal sealed record HistoryRuleCase(
    string Code, string At, Action<RecordBuilder> Own, Func<IRecordHistory> Broken, Func<IRecordHistory> Kept, Severity? Severity = null);

internal static class HistoryCases
{
    private static readonly Action<RecordBuilder> AsIs = static _ => { };

    /// <summary>Intervals and machines of the cases.</summary>
    public static CodeLists Known { get; } = new(
    [
        Lists.Table("service_interval", "MA_DICH_VU|hours", "23.0075.1494|48"),
        Lists.Table("machine_capacity", "MA_MAY|minutes|acts", "HH.1.123456|30|3"),
        Lists.Table("procurement", "code|TT_THAU|start|quantity", "40.154|12/QĐ-ABC;G1;N2;2026;00|20260801|30", "40.154|12/QĐ-ABC;G1;N2;2026;00|20260901|30"),
    ]);

    public static IEnumerable<HistoryRuleCase> All() =>
    [
        new("REC-MA_LK-001", "XML1[1].MA_LK", AsIs, () => Versions(r => r.Set(Xml1.MA_BN, "BN9").Set(Xml1.SO_CCCD, "001099000099").Set(Xml1.MA_THE_BHYT, "GD4000000000099")), () => Versions(AsIs)),
        new("REC-MA_LK-001", "XML1[1].MA_LK", AsIs, () => Versions(r => r.Set(Xml1.NGAY_VAO, "202608140915")), () => Versions(AsIs), Standard.Severity.Warn),
        new("REC-MA_LK-002", "XML1[1].NGAY_VAO", AsIs,
            () => Other(r => r.Set(Xml1.NGAY_VAO, "202608151000").Set(Xml1.NGAY_RA, "202608151100")),
            () => Other(r => r.Set(Xml1.NGAY_VAO, "202608151030").Set(Xml1.NGAY_RA, "202608151100"))),
        new("REC-MA_LK-002", "XML1[1].NGAY_VAO", AsIs, () => Other(r => r.Set(Xml1.MA_LOAI_KCB, "02")), () => Other(r => r.Set(Xml1.MA_LOAI_KCB, "05")), Standard.Severity.Info),
        new("REC-MA_LK-003", "XML1[1].NGAY_VAO", AsIs,
            () => Other(r => r.Set(Xml1.NGAY_VAO, "202608151500").Set(Xml1.NGAY_RA, "202608151600")),
            () => Other(r => r.Set(Xml1.NGAY_VAO, "202608151500").Set(Xml1.NGAY_RA, "202608151600").Set(Xml1.MA_BENH_CHINH, "S52.5"))),
        new("AUD-I-003", "XML1[1].NGAY_VAO", r => r.Set(Xml1.MA_LOAI_KCB, "03"),
            () => Other(r => r.Set(Xml1.MA_LOAI_KCB, "03").Set(Xml1.NGAY_VAO, "202608010800").Set(Xml1.NGAY_RA, "202608080900")),
            () => Other(r => r.Set(Xml1.MA_LOAI_KCB, "03").Set(Xml1.NGAY_VAO, "202608010800").Set(Xml1.NGAY_RA, "202608070900"))),
        new("AUD-APPOINT-001", "XML1[1].NGAY_VAO", r => r.Set(Xml1.MA_DOITUONG_KCB, "1.5"), () => Letter("20260730"), () => Letter("20260731")),
        new("X1-MA_DOITUONG_KCB-011", "XML1[1].MA_DOITUONG_KCB", r => r.Set(Xml1.MA_DOITUONG_KCB, "8"), () => new KnownRecords(), () => null!),
        new("REC-DUP-001", "XML3[2].MA_DICH_VU", AsIs, () => Other(AsIs), () => Other(r => r.Rows(TableId.Xml3)[1].Set(Xml3.NGAY_TH_YL, "202608150951"))),
        new("AUD-H-001", "XML3[2].MA_DICH_VU", AsIs, () => Test("202608131000"), () => Test("202608130900")),
        new("REC-BENEFIT-005", "XML1[1].T_BNCCT", r => r.Set(Xml1.T_BNCCT, "100000").Set(Xml1.NAM_NAM_LIEN_TUC, "20200101"), () => Paid("15100000"), () => Paid("15000000")),
        new("REC-CARD-003", "XML1[1].MA_DKBD", AsIs, () => Looked("99009"), () => Looked("")),
        new("REC-CARD-004", "XML1[1].MA_THE_BHYT", AsIs, () => new KnownRecords(), () => Looked("")),
        new("X0-MATCH-001", "XML1[1].GIOI_TINH", r => r.Set(Xml1.GIOI_TINH, "1"), () => CheckedIn("2"), () => CheckedIn("1")),
        new("X0-MATCH-002", "XML1[1].MA_LK", AsIs, () => new KnownRecords(), () => CheckedIn("1")),
        new("AUD-G-001", "XML3[1].NGUOI_THUC_HIEN", Surgery, () => Stranger(r => Surgery(r)), () => Stranger(r =>
        {
            Surgery(r);
            r.Rows(TableId.Xml3)[0].Set(Xml3.NGAY_TH_YL, "202608151000").Set(Xml3.NGAY_KQ, "202608151100");
        })),
        new("AUD-G-002", "XML3[1].MA_BAC_SI", AsIs, () => Exams(65), () => Exams(64)),
        new("AUD-G-003", "XML3[1].NGUOI_THUC_HIEN", AsIs, () => new KnownRecords { Facilities = 2 }, () => new KnownRecords { Facilities = 1 }),
        new("AUD-H-002", "XML3[2].MA_MAY", Image, () => Stranger(r => Image(r, "202608151010")), () => Stranger(r => Image(r, "202608151020"))),
        new("AUD-H-002", "XML3[2].MA_MAY", Image, () => Images("0700", "0800", "0900"), () => Images("0700", "0800", "1030")),
        new("REC-BED-005", "XML3[2].MA_GIUONG", Bed, () => Stranger(r => Bed(r, "202608151200")), () => Stranger(r => Bed(r, "202608161130"))),
        new("AUD-M-001", "XML2[1].SO_LUONG", AsIs, () => Drug("20.001", "202608151020"), () => Drug("20", "202608151020")),
        new("AUD-M-001", "XML2[1].SO_LUONG", AsIs, () => Drug("25", "202608010000"), () => Drug("25", "202607312359")),
        new("AUD-M-001", "XML2[1].SO_LUONG", AsIs, () => Drug("25", "202608142359"), () => Drug("25", "202608160000")),
        new("X11-SERI-001", "XML11[1].SO_SERI", Leave, () => Stranger(Leave), () => Stranger(r =>
        {
            Leave(r);
            r.Rows(TableId.Xml11)[0].Set(Xml11.SO_SERI, "S9");
        })),
    ];

    public static RecordFacts Facts(Action<RecordBuilder> change, string maLk = "HS0001")
    {
        RecordBuilder builder = A.CleanOutpatient().Set(Xml1.MA_LK, maLk);
        change(builder);
        using Record record = builder.Build();
        RecordFacts facts = RecordFacts.Of(record)!;
        facts.Id = maLk;
        return facts;
    }

    private static KnownRecords Other(Action<RecordBuilder> change) => new(Facts(change, "HS0002"));

    private static KnownRecords Stranger(Action<RecordBuilder> change) => new(Facts(
        r =>
        {
            change(r);
            r.Set(Xml1.MA_BN, "BN9").Set(Xml1.SO_CCCD, "001099000099").Set(Xml1.MA_THE_BHYT, "GD4000000000099");
        }, "HS0002"));

    private static KnownRecords Versions(Action<RecordBuilder> change) => new() { Versions = [Facts(change)] };

    private static KnownRecords Drug(string amount, string ordered) => Stranger(r => r.Rows(TableId.Xml2)[0].Set(Xml2.SO_LUONG, amount).Set(Xml2.NGAY_YL, ordered));

    private static KnownRecords Letter(string day) => Other(r =>
    {
        r.Set(Xml1.NGAY_VAO, "202607010900").Set(Xml1.NGAY_RA, "202607011000");
        r.AddRow(TableId.Xml14).Set(Xml14.NGAY_HEN_KL, day);
    });

    private static KnownRecords Test(string done) => Other(r =>
    {
        r.Set(Xml1.NGAY_VAO, "202608130800").Set(Xml1.NGAY_RA, "202608131100");
        r.Rows(TableId.Xml3)[1].Set(Xml3.NGAY_TH_YL, done);
    });

    private static KnownRecords Paid(string amount) => Other(r => r.Set(Xml1.NGAY_VAO, "202603010800").Set(Xml1.NGAY_RA, "202603010900").Set(Xml1.T_BNCCT, amount));

    private static KnownRecords Looked(string registered) => new() { Answer = new CardAnswer("", "", "", registered, "", "", null) };

    private static KnownRecords CheckedIn(string sex) => new() { Said = new CheckInFacts("", sex, null, "", "", "") };

    private static KnownRecords Exams(int count) => new([.. Enumerable.Range(0, count).Select(i => Facts(r =>
    {
        r.Set(Xml1.MA_BN, $"BN{i}").Set(Xml1.SO_CCCD, "").Set(Xml1.MA_THE_BHYT, "");
        r.Rows(TableId.Xml3)[0].Set(Xml3.NGAY_TH_YL, $"2026081508{i % 60:00}");
    }, $"HS1{i:000}"))]);

    private static KnownRecords Images(params string[] times) => new([.. times.Select((time, i) => Facts(r =>
    {
        r.Set(Xml1.MA_BN, $"BN{i}").Set(Xml1.SO_CCCD, "").Set(Xml1.MA_THE_BHYT, "");
        Image(r, "20260815" + time);
    }, $"HS2{i:000}"))]);

    private static void Surgery(RecordBuilder record) =>
        record.Rows(TableId.Xml3)[0].Set(Xml3.MA_NHOM, "8").Set(Xml3.NGUOI_THUC_HIEN, "000005/AA-CCHN").Set(Xml3.NGAY_TH_YL, "202608150930").Set(Xml3.NGAY_KQ, "202608151000");

    private static void Image(RecordBuilder record) => Image(record, "202608150950");

    private static void Image(RecordBuilder record, string done) =>
        record.Rows(TableId.Xml3)[1].Set(Xml3.MA_NHOM, "2").Set(Xml3.NGAY_TH_YL, done).Set(Xml3.NGUOI_THUC_HIEN, "");

    private static void Bed(RecordBuilder record) => Bed(record, "202608151000");

    private static void Bed(RecordBuilder record, string from) =>
        record.Rows(TableId.Xml3)[1].Set(Xml3.MA_NHOM, "15").Set(Xml3.MA_GIUONG, "H001").Set(Xml3.NGAY_YL, from).Set(Xml3.NGAY_TH_YL, from).Set(Xml3.NGAY_KQ, "202608161200");

    private static void Leave(RecordBuilder record) => record.AddRow(TableId.Xml11).Set(Xml11.SO_SERI, "S1");
}
