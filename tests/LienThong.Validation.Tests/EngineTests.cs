using LienThong.Standard;

namespace LienThong.Validation.Tests;

public sealed class EngineTests
{
    [Fact]
    public void Record_without_XML1_stops_after_structure()
    {
        using Record record = new RecordBuilder().Set(Xml2.MA_LK, "A1").Build();

        Judgement judgement = Validator.Create().Judge(record, A.Context);

        Finding finding = Assert.Single(judgement.Findings);
        Assert.Equal("PKG-XML1-001", finding.Rule);
        Assert.True(judgement.Blocked);
    }

    [Fact]
    public void Second_XML1_row_blocks()
    {
        RecordBuilder record = A.CleanOutpatient();
        record.AddRow(TableId.Xml1).Set(Xml1.MA_LK, "HS0002");

        Assert.Contains(A.Judge(record).Findings, f => f.Rule == "PKG-XML1-002" && f.Severity == Severity.Block);
    }

    [Fact]
    public void Empty_required_field_is_reported_at_its_cell()
    {
        Judgement judgement = A.Judge(A.CleanOutpatient().Set(Xml1.HO_TEN, " "));

        Finding finding = Assert.Single(judgement.Findings, f => f.Severity == Severity.Block);
        Assert.Equal("X1-REQUIRED-001", finding.Rule);
        Assert.Equal(new Cell("XML1", 1, "HO_TEN"), finding.At);
    }

    [Fact]
    public void Zero_is_not_empty() =>
        Assert.DoesNotContain(A.Judge(A.CleanOutpatient().Set(Xml1.T_BNTT, "0")).Findings, f => f.At.Field == "T_BNTT");

    [Theory]
    [InlineData("FAM-TYPE", "T_BHTT", "146.800,00")]
    [InlineData("FAM-NONNEG", "T_BHTT", "-5")]
    [InlineData("FAM-DATETIME12", "NGAY_VAO", "202608152561")]
    [InlineData("FAM-MAXLEN", "MA_BN", "BN0001BN0001BN0001BN0001BN0001BN0001BN0001BN0001BN0001BN0001BN0001BN0001BN0001BN0001BN0001BN0001BN0001")]
    public void Malformed_value_is_reported_once_and_not_checked_above(string code, string field, string value)
    {
        Assert.True(FieldId.TryParse(TableId.Xml1, field, out FieldId id));

        Judgement judgement = A.Judge(A.CleanOutpatient().Set(id, value));

        Finding finding = Assert.Single(judgement.Findings, f => f.At.Field == field);
        Assert.Equal(code, finding.Rule);
        Assert.Equal(Severity.Block, finding.Severity);
        if (code != "FAM-MAXLEN") Assert.Contains(judgement.NotChecked, n => n.Cause == NotCheckedCause.MalformedValue && n.Count > 0);
    }

    [Fact]
    public void Malformed_row_amount_stops_the_sums_not_the_row_next_to_it()
    {
        RecordBuilder record = A.CleanOutpatient();
        record.Rows(TableId.Xml3)[0].Set(Xml3.THANH_TIEN_BV, "45.000đ");

        Judgement judgement = A.Judge(record);

        Assert.Contains(judgement.Findings, f => f.Rule == "FAM-TYPE" && f.At.ToString() == "XML3[1].THANH_TIEN_BV");
        Assert.DoesNotContain(judgement.Findings, f => f.Rule == "X1-T_TONGCHI_BV-001");
        Assert.Contains(judgement.NotChecked, n => n.Cause == NotCheckedCause.MalformedValue);
    }

    [Theory]
    [InlineData("FAM-DECIMALS", TableId.Xml3, "DON_GIA_BV", "45000.1234", Severity.Warn)]
    [InlineData("FAM-TRIM", TableId.Xml3, "MA_DICH_VU", "23.0075.1494 ", Severity.Warn)]
    [InlineData("FAM-LIST", TableId.Xml3, "NGUOI_THUC_HIEN", "1/AA;;2/AA", Severity.Warn)]
    [InlineData("FAM-LIST", TableId.Xml3, "NGUOI_THUC_HIEN", "1/AA;", Severity.Info)]
    [InlineData("FAM-LIST", TableId.Xml1, "MA_KHOA", "K01;", Severity.Info)]
    [InlineData("FAM-STT", TableId.Xml3, "STT", "1", Severity.Warn)]
    [InlineData("FAM-STT", TableId.Xml3, "STT", "3", Severity.Info)]
    [InlineData("FAM-MALK", TableId.Xml3, "MA_LK", "HS0002", Severity.Block)]
    [InlineData("FAM-ENUM", TableId.Xml8, "KET_QUA_DTRI", "9", Severity.Block)]
    [InlineData("FAM-DATE8", TableId.Xml7, "NGAY_CT", "20260230", Severity.Block)]
    public void Families_judge_form(string code, TableId table, string field, string value, Severity severity)
    {
        Assert.True(FieldId.TryParse(table, field, out FieldId id));
        RecordBuilder record = A.CleanInpatient();
        record.Rows(table)[record.Rows(table).Count - 1].Set(id, value);

        Judgement judgement = A.Judge(record);

        Assert.Contains(judgement.Findings, f => f.Rule == code && f.At.Table == table.Code() && f.Severity == severity);
    }

    [Fact]
    public void Length_between_two_editions_only_warns()
    {
        string between = string.Join(';', Enumerable.Repeat("U50.101", 25));
        string above = string.Join(';', Enumerable.Repeat("U50.101", 33));

        Assert.Contains(A.Judge(A.CleanOutpatient().Set(Xml1.MA_BENH_YHCT, between)).Findings, f => f.Rule == "FAM-MAXLEN" && f.Severity == Severity.Warn);
        Assert.Contains(A.Judge(A.CleanOutpatient().Set(Xml1.MA_BENH_YHCT, above)).Findings, f => f.Rule == "FAM-MAXLEN" && f.Severity == Severity.Block);
    }

    [Fact]
    public void Length_counts_characters_not_bytes() =>
        Assert.DoesNotContain(A.Judge(A.CleanOutpatient().Set(Xml1.HO_TEN, new string('ễ', 255))).Findings, f => f.Rule == "FAM-MAXLEN");

    [Fact]
    public void Missing_element_is_reported_once_per_field()
    {
        RecordBuilder record = A.CleanInpatient();
        foreach (RowBuilder row in record.Rows(TableId.Xml3)) row.Set(Xml3.VI_TRI_TH_DVKT, null);

        Finding finding = Assert.Single(A.Judge(record).Findings, f => f.Rule == "PKG-FIELD-002");
        Assert.Equal("XML3[1].VI_TRI_TH_DVKT", finding.At.ToString());
    }

    [Fact]
    public void Field_of_another_release_is_told()
    {
        RecordBuilder record = A.CleanReferral();
        record.Rows(TableId.Xml13)[0].Set(Xml13.MA_NOI_DI, "99001");

        Assert.Contains(A.Judge(record).Findings, f => f.Rule == "PKG-FIELD-001" && f.At.Field == "MA_NOI_DI");
    }

    [Fact]
    public void Findings_of_one_rule_are_capped_and_the_rest_counted()
    {
        RecordBuilder record = A.CleanOutpatient();
        for (int i = 0; i < 50; i++) record.AddRow(TableId.Xml4).Set(Xml4.MA_LK, "OTHER").FillWith(Releases.Newest);
        using Record built = record.Build();

        Judgement judgement = Validator.Create(new ValidatorOptions { MaxFindingsPerRuleAndTable = 10 }).Judge(built, A.Context);

        Finding[] links = [.. judgement.Findings.Where(f => f.Rule == "FAM-MALK")];
        Assert.Equal(11, links.Length);
        Assert.Contains("40", links[^1].Message, StringComparison.Ordinal);
        Assert.Null(links[^1].At.Row);
    }

    [Fact]
    public void Findings_of_HIV_care_show_no_value()
    {
        RecordBuilder record = A.CleanProgramme();
        record.Rows(TableId.Xml6)[0].Set(Xml6.SANG_LOC_LAO, "77").Set(Xml6.BDDT_ARV, "20240109");

        foreach (Finding finding in A.Judge(record).Findings.Where(f => f.At.Table == "XML6"))
        {
            Assert.DoesNotContain("77", finding.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("20240109", finding.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rules_that_need_a_list_are_counted_once_per_list()
    {
        Judgement judgement = A.Judge(A.CleanOutpatient());

        NotCheckedCount icd = Assert.Single(judgement.NotChecked, n => n.List == "icd10");
        Assert.Equal(NotCheckedCause.ListNotLoaded, icd.Cause);
        Assert.Equal(judgement.NotChecked.Count, judgement.NotChecked.Select(n => (n.Cause, n.List)).Distinct().Count());
    }

    [Fact]
    public void Loaded_list_is_looked_up_on_the_day_of_discharge()
    {
        using Record record = A.CleanOutpatient().Set(Xml1.MA_BENH_KT, "I10;Z99").Build();
        var lists = new CodeLists([Lists.Of("icd10", "J18.9", "I10")]);

        Judgement judgement = Validator.Create(new ValidatorOptions { Lists = lists }).Judge(record, A.Context);

        Finding finding = Assert.Single(judgement.Findings, f => f.Rule == "CAT-ICD-001");
        Assert.Equal("Z99", finding.Value);
        Assert.DoesNotContain(judgement.NotChecked, n => n.List == "icd10");
    }
}
