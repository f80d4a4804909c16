using LienThong.Standard;

namespace LienThong.Validation.Tests;

/// <summary>What stands around a finding: who, which code, how much money, which other cells.</summary>
public sealed class FindingContextTests
{
    [Fact]
    public void A_line_tells_its_department_doctor_and_code()
    {
        RecordBuilder record = A.CleanOutpatient();
        record.Rows(TableId.Xml2)[0].Set(Xml2.SO_LUONG, "0").Set(Xml2.MA_KHOA, "K03").Set(Xml2.MA_BAC_SI, "000007/AA-CCHN");

        Finding finding = A.Judge(record).Findings.First(f => f.At.Table == "XML2");

        Assert.Equal(("K03", "000007/AA-CCHN", "40.154"), (finding.Department, finding.Doctor, finding.Item));
    }

    [Fact]
    public void A_supply_is_told_by_its_own_code()
    {
        RecordBuilder record = A.CleanOutpatient();
        record.Rows(TableId.Xml3)[1].Set(Xml3.MA_VAT_TU, "N01.01.010").Set(Xml3.SO_LUONG, "x");

        Assert.Equal("N01.01.010", A.Judge(record).Findings.First(f => f.At.ToString() == "XML3[2].SO_LUONG").Item);
    }

    [Fact]
    public void A_finding_of_XML1_has_the_department_and_main_disease_of_the_record()
    {
        Finding finding = A.Judge(A.CleanOutpatient().Set(Xml1.GIOI_TINH, "4")).Findings.First(f => f.At.Field == "GIOI_TINH");

        Assert.Equal(("K02", "", "J18.9"), (finding.Department, finding.Doctor, finding.Item));
    }

    [Fact]
    public void What_blocks_risks_what_the_fund_pays_for_the_whole_record()
    {
        RecordBuilder record = A.CleanOutpatient();
        string paid = record.Rows(TableId.Xml1)[0][Xml1.T_BHTT]!;

        Finding finding = A.Judge(record.Set(Xml1.GIOI_TINH, "")).Findings.First(f => f.Severity == Severity.Block);

        Assert.Equal(decimal.Parse(paid, System.Globalization.CultureInfo.InvariantCulture), finding.AtRisk);
    }

    [Fact]
    public void A_warning_at_a_line_risks_what_the_fund_pays_for_it()
    {
        RecordBuilder record = A.CleanOutpatient();
        record.Rows(TableId.Xml2)[0].Set(Xml2.MA_KHOA, "nội");

        Finding finding = A.Judge(record).Findings.First(f => f is { At.Table: "XML2", Severity: Severity.Warn });

        Assert.Equal(80000m, finding.AtRisk);
    }

    [Fact]
    public void A_warning_at_an_amount_risks_only_what_it_is_too_high()
    {
        Finding finding = A.Judge(A.CleanOutpatient().Set(Xml1.T_BHTT, "146801.5")).Findings.First(f => f.Rule == "X1-T_BHTT-001");

        Assert.Equal((Severity.Warn, 1.5m), (finding.Severity, finding.AtRisk));
    }

    [Fact]
    public void A_hint_risks_nothing_that_can_be_told() =>
        Assert.All(A.Judge(A.CleanOutpatient().Set(Xml1.SO_CCCD, "B1234567")).Findings.Where(f => f.Severity == Severity.Info), f => Assert.Null(f.AtRisk));

    [Fact]
    public void Totals_show_the_sums_they_were_held_against()
    {
        Finding finding = A.Judge(A.CleanOutpatient().Set(Xml1.T_TONGCHI_BV, "1")).Findings.First(f => f.Rule == "X1-T_TONGCHI_BV-001");

        Assert.Contains(finding.Related, r => r.At.ToString() == "XML2[1].THANH_TIEN_BV" && r.Value == "80000");
        Assert.Contains(finding.Related, r => r.At.ToString() == "XML3.THANH_TIEN_BV" && r.Value == "66800");
    }

    [Fact]
    public void A_copy_shows_the_original_unless_it_is_a_name()
    {
        IReadOnlyList<Finding> findings = A.Judge(Spoil(A.CleanReferral())).Findings;

        Finding date = findings.First(f => f.At.ToString() == "XML13[1].NGAY_RA");
        Finding name = findings.First(f => f.At.ToString() == "XML13[1].HO_TEN");
        Assert.Equal(new RelatedCell(new Cell("XML1", 1, "NGAY_RA"), "202608151030"), Assert.Single(date.Related));
        Assert.Empty(name.Related);

        static RecordBuilder Spoil(RecordBuilder record)
        {
            record.Rows(TableId.Xml13)[0].Set(Xml13.NGAY_RA, "202608151031").Set(Xml13.HO_TEN, "Người Khác");
            return record;
        }
    }
}
