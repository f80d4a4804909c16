using LienThong.Samples;
using LienThong.Standard;

namespace LienThong.Validation.Tests.Rules;

/// <summary>Every specific rule with a record that breaks it and one that doesn't.</summary>
public sealed class RuleTests
{
    internal static readonly RuleCase[] Cases = [.. SummaryCases.All(), .. PaperCases.All(), .. CodeListCases.All(), .. ListCases.All()];

    public static TheoryData<int, string, string> All
    {
        get
        {
            var data = new TheoryData<int, string, string>();
            for (int i = 0; i < Cases.Length; i++) data.Add(i, Cases[i].Code, Cases[i].At);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Broken_points_at_the_cell(int index, string code, string at)
    {
        RuleCase rule = Cases[index];

        Judgement judgement = RuleCase.Judge(rule.Start, rule.Break, CodeListCases.Lists);

        Finding? finding = judgement.Findings.FirstOrDefault(f => f.Rule == code && f.At.ToString() == at);
        Assert.True(finding is not null, string.Join('\n', judgement.Findings));
        Assert.Equal(rule.Severity ?? finding.Severity, finding.Severity);
        Assert.True(finding.Severity <= RuleCatalogue.Find(code)!.Severity);
        Assert.DoesNotContain('{', finding.Message + finding.Fix);
        Assert.DoesNotContain("\"\"", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Holds_for_the_record_near_by(int index, string code, string at)
    {
        RuleCase rule = Cases[index];

        Judgement judgement = RuleCase.Judge(rule.Start, rule.Keep, CodeListCases.Lists);

        Assert.DoesNotContain(judgement.Findings, f => f.Rule == code && f.At.ToString() == at);
    }

    [Fact]
    public void Every_rule_of_these_tables_has_a_case()
    {
        string[] mine = ["X0-", "X1-", "X4-", "X5-", "X6-", "X7-", "X8-", "X9-", "X10-", "X11-", "X13-", "X14-", "X15-", "CAT-"];
        HashSet<string> covered = [.. Cases.Select(c => c.Code)];

        IEnumerable<string> missing = RuleBook.All.Where(r => r is not HistoryRule).Select(r => r.Code).Distinct().Where(c => mine.Any(m => c.StartsWith(m, StringComparison.Ordinal)) && !covered.Contains(c));

        Assert.Equal([], missing);
    }

    [Fact]
    public void Every_implementation_has_its_catalogue_row_and_every_row_an_implementation()
    {
        HashSet<string> implemented =
        [
            .. RuleBook.All.Select(r => r.Code), .. SendingRules.Codes, .. EnvelopeCodes(), AuditGroup.Rule, Judgement.ConfidentialityRule, NotCheckedCount.Rule,
            .. Parameter.All.Where(p => p.Kind == ParameterKind.LengthRule).Select(p => p.Argument),
        ];

        Assert.Equal([], RuleCatalogue.All.Where(r => !RuleBook.IsFamily(r) && !implemented.Contains(r.Code)).Select(r => r.Code));
        Assert.DoesNotContain(RuleBook.All, r => RuleCatalogue.Find(r.Code) is null);
    }

    // What the reader and the structure checks really say of damaged packages and tables.
    private static HashSet<string> EnvelopeCodes()
    {
        HashSet<string> codes = [.. Enum.GetValues<DeviationKind>().Select(k => DeviationFindings.Describe(new Deviation(k, TableId.Xml3, 2, "LA", "x")).Rule)];
        foreach (PackageDamage damage in PackageDamage.All) codes.UnionWith(CodesOf(damage.Apply(Package(A.CleanOutpatient()))));
        codes.UnionWith(CodesOf(Package(A.CleanOutpatient(), createdOn: new DateOnly(2030, 1, 1))));
        var older = new RecordBuilder();
        older.AddRow(TableId.Xml1).FillWith(Releases.Get("QD4210")).Set(Xml1.NGAY_RA, "202608151030");
        RecordBuilder twice = A.CleanOutpatient();
        twice.AddRow(TableId.Xml1);
        foreach (RecordBuilder odd in (RecordBuilder[])[older, twice, new RecordBuilder().Set(Xml1.MA_LK, "HS0001")]) codes.UnionWith(A.Judge(odd).Findings.Select(f => f.Rule));
        codes.UnionWith(CodesOf(WithoutDrugs(Package(A.CleanOutpatient()))));
        codes.UnionWith(A.Judge(A.CleanOutpatient().Set(Xml1.HO_TEN, "Nguy\uFFFDn")).Findings.Select(f => f.Rule));
        return codes;
    }

    private static byte[] WithoutDrugs(byte[] package)
    {
        string text = System.Text.Encoding.UTF8.GetString(package);
        int at = text.IndexOf("<LOAIHOSO>XML2</LOAIHOSO><NOIDUNGFILE>", StringComparison.Ordinal) + "<LOAIHOSO>XML2</LOAIHOSO><NOIDUNGFILE>".Length;
        string inner = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(text[at..text.IndexOf('<', at)]));
        int rows = inner.IndexOf("<CHI_TIET_THUOC>", StringComparison.Ordinal);
        inner = inner[..rows] + inner[(inner.LastIndexOf("</CHI_TIET_THUOC>", StringComparison.Ordinal) + "</CHI_TIET_THUOC>".Length)..];
        return System.Text.Encoding.UTF8.GetBytes(text[..at] + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(inner)) + text[text.IndexOf('<', at)..]);
    }

    private static byte[] Package(RecordBuilder builder, DateOnly? createdOn = null)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        using Record record = builder.Build();
        PackageWriter.Write(output, PackageHeader.For("99001", createdOn ?? new DateOnly(2026, 8, 16), 1), Releases.Get("QD1931"), record);
        return output.WrittenSpan.ToArray();
    }

    private static HashSet<string> CodesOf(byte[] package)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        using var reader = new PackageReader(new MemoryStream(package), today: new DateOnly(2026, 9, 5));
        while (reader.Read(out Record? record)) codes.UnionWith(Validator.Create().Judge(record, A.Context).Findings.Select(f => f.Rule));
        codes.UnionWith(reader.Problems.Select(p => p.Code));
        return codes;
    }

    [Fact]
    public void Form_findings_cite_the_table_they_stand_in()
    {
        foreach (RuleInfo rule in RuleCatalogue.All.Where(r => r.Code.Contains("-FORMAT-", StringComparison.Ordinal)))
        {
            Assert.True(TableNames.TryParse(rule.Table, out TableId table), rule.Code);
            FieldId maLk = Releases.Get("QD4750").Table(table)!.Fields.First(f => f.Id.Name == "MA_LK").Id;
            RecordBuilder builder = table == TableId.Xml0 ? A.CleanCheckIn() : A.CleanOutpatient();
            if (builder.Rows(table).Count == 0) builder.AddRow(table);
            builder.Rows(table)[0].Set(maLk, new string('x', 101));
            using Record record = builder.Build();

            Judgement judgement = table == TableId.Xml0 ? Validator.Create().JudgeCheckIn(record, A.Context) : Validator.Create().Judge(record, A.Context);

            Finding finding = judgement.Findings.First(f => f.Rule == "FAM-MAXLEN" && f.At.Table == rule.Table);
            Assert.Equal(rule.LegalBasis, finding.LegalBasis);
        }
    }

    [Fact]
    public void Records_with_HIV_data_are_confidential_and_their_findings_show_none_of_it()
    {
        Judgement hiv = RuleCase.Judge("programme", r => r.Rows(TableId.Xml6)[0].Set(Xml6.NOI_XN_KD, "9900A"), CodeLists.None);

        Assert.True(hiv.Confidential);
        Assert.DoesNotContain(hiv.Findings, f => f.At.Table == "XML6" && (f.Value + f.Message).Contains("9900A", StringComparison.Ordinal));
        Assert.False(RuleCase.Judge("outpatient", null, CodeLists.None).Confidential);
    }

    [Fact]
    public void The_payment_date_is_asked_for_the_monthly_claim_only() =>
        Assert.DoesNotContain(A.Judge(A.CleanOutpatient().Set(Xml1.NGAY_TTOAN, "")).Findings, f => f.Rule == "X1-NGAY_TTOAN-002");

    [Fact]
    public void Every_rule_says_where_it_comes_from()
    {
        foreach (RuleInfo rule in RuleCatalogue.All)
        {
            Assert.False(string.IsNullOrWhiteSpace(rule.LegalBasis), rule.Code);
            Assert.False(string.IsNullOrWhiteSpace(rule.MessageVi), rule.Code);
            Assert.False(string.IsNullOrWhiteSpace(rule.Sources), rule.Code);
        }
    }
}
