using LienThong.Standard;
using F = LienThong.Extracts.VisitFields;

namespace LienThong.Extracts.Tests.Building;

/// <summary>What the builder works out, one promise a test. Amounts are worked out by hand.</summary>
public sealed class VisitBuilderTests
{
    [Theory]
    [InlineData("1.1", "DN4990000000001", 2, "80")]
    [InlineData("1.1", "HT3990000000001", 2, "95")]
    [InlineData("1.1", "TE1990000000001", 2, "100")]
    [InlineData("1.1", "CN3990000000001", 2, "100")]
    [InlineData("1.1", "CA5990000000001", 2, "100")]
    [InlineData("1.1", "DN4990000000001", 1, "100")]
    [InlineData("1.2", "DN4990000000001", 2, "100")]
    [InlineData("1.13", "DN4990000000001", 2, "40")]
    [InlineData("1.13", "HT3990000000001", 2, "47.5")]
    [InlineData("3.1", "DN4990000000001", 2, "0")]
    public void Benefit_level_follows_card_category_and_size_of_the_bill(string category, string card, int units, string level)
    {
        // 15 % of the base salary are 379 500: one unit of 200 000 is a small bill, two aren't.
        Visit visit = Visit(card, category);
        Service(visit, units, 200_000, "202608150830");

        using Record record = Build(visit);

        Assert.Equal(level, record[TableId.Xml3]![0][Xml3.MUC_HUONG].Text);
    }

    [Fact]
    public void A_stay_with_two_cards_is_split_by_the_day_of_the_order()
    {
        Visit visit = Visit("DN4990000000001", "1.1", kind: "03", left: "202608181000");
        visit[SectionId.Cards][0].Set(F.Cards.GT_THE_DEN, "20260816");
        visit.Add(SectionId.Cards).Set(F.Cards.MA_THE_BHYT, "HT3990000000001").Set(F.Cards.MA_DKBD, "99001").Set(F.Cards.GT_THE_TU, "20260817").Set(F.Cards.GT_THE_DEN, "20271231");
        Service(visit, 1, 1_000_000, "202608160830");
        Service(visit, 1, 1_000_000, "202608170830");

        using Record record = Build(visit);

        Table lines = record[TableId.Xml3]!;
        Assert.Equal(("80", "800000.00"), (lines[0][Xml3.MUC_HUONG].Text, lines[0][Xml3.T_BHTT].Text));
        Assert.Equal(("95", "950000.00"), (lines[1][Xml3.MUC_HUONG].Text, lines[1][Xml3.T_BHTT].Text));
        Row summary = record[TableId.Xml1]![0];
        Assert.Equal("DN4990000000001;HT3990000000001", summary[Xml1.MA_THE_BHYT].Text);
        Assert.Equal("20260816;20271231", summary[Xml1.GT_THE_DEN].Text);
        Assert.Equal(("1750000.00", "250000.00", "0.00"), (summary[Xml1.T_BHTT].Text, summary[Xml1.T_BNCCT].Text, summary[Xml1.T_BNTT].Text));
    }

    [Theory]
    [InlineData("20260830", "80")]
    [InlineData("20260901", "0")]
    public void A_card_that_ran_out_during_the_stay_counts_for_fifteen_days_more(string ordered, string level)
    {
        Visit visit = Visit("DN4990000000001", "1.1", kind: "03", left: "202609051000");
        visit[SectionId.Cards][0].Set(F.Cards.GT_THE_DEN, "20260816");
        Service(visit, 2, 500_000, ordered + "0830");

        using Record record = Build(visit);

        Assert.Equal(level, record[TableId.Xml3]![0][Xml3.MUC_HUONG].Text);
    }

    [Fact]
    public void From_the_waiver_on_nothing_is_copaid()
    {
        Visit visit = Visit("DN4990000000001", "1.1", kind: "03", left: "202608181000");
        visit.One(SectionId.Visit).Set(F.Visit.NGAY_MIEN_CCT, "202608160000");
        Service(visit, 1, 1_000_000, "202608152359");
        Service(visit, 1, 1_000_000, "202608160000");

        using Record record = Build(visit);

        Assert.Equal(["80", "100"], [record[TableId.Xml3]![0][Xml3.MUC_HUONG].Text, record[TableId.Xml3]![1][Xml3.MUC_HUONG].Text]);
    }

    [Fact]
    public void Amounts_are_rounded_once_at_the_end()
    {
        // 21 × 1 234.567 = 25 925.907; half of it 12 962.9535.
        Visit visit = Visit("DN4990000000001", "1.2");
        visit.Add(SectionId.Drugs).Set(F.Drugs.TEN_THUOC, "Thuốc mẫu").Set(F.Drugs.SO_LUONG, "21").Set(F.Drugs.DON_GIA, "1234.567").Set(F.Drugs.TYLE_TT_BH, "50").Set(F.Drugs.NGAY_YL, "202608150830");

        using Record record = Build(visit);

        Row line = record[TableId.Xml2]![0];
        Assert.Equal(("21.000", "1234.567"), (line[Xml2.SO_LUONG].Text, line[Xml2.DON_GIA].Text));
        Assert.Equal(("25925.91", "12962.95", "12962.96"), (line[Xml2.THANH_TIEN_BV].Text, line[Xml2.THANH_TIEN_BH].Text, line[Xml2.T_BNTT].Text));
    }

    [Fact]
    public void Other_sources_of_a_line_pay_own_share_then_copayment_then_the_fund()
    {
        // Rule catalogue, example 13: 1 000 000 at 80 % with 150 000 from elsewhere.
        Visit visit = Visit("DN4990000000001", "1.1");
        Service(visit, 1, 1_000_000, "202608150830").Set(F.Services.T_NGUONKHAC_NSNN, "150000");

        using Record record = Build(visit);

        Row line = record[TableId.Xml3]![0];
        Assert.Equal(("0.00", "50000.00", "800000.00", "150000.00"), (line[Xml3.T_BNTT].Text, line[Xml3.T_BNCCT].Text, line[Xml3.T_BHTT].Text, line[Xml3.T_NGUONKHAC].Text));
    }

    [Fact]
    public void Other_sources_of_the_visit_first_spare_the_patient_whatever_the_line()
    {
        // Line 1: 100 000 outside cover. Line 2: 1 000 000 at 80 %. The budget gives 250 000: 100 000 + 150 000 of the 200 000 co-paid.
        Visit visit = Visit("DN4990000000001", "1.1");
        Service(visit, 1, 100_000, "202608150830").Set(F.Services.PHAM_VI, "2");
        Service(visit, 1, 1_000_000, "202608150840");
        visit.Add(SectionId.Payments).Set(F.Payments.PaidAt, "202608151000").Set(F.Payments.Amount, "250000").Set(F.Payments.Source, "NSNN");

        using Record record = Build(visit);

        Row summary = record[TableId.Xml1]![0];
        Assert.Equal(("0.00", "50000.00", "800000.00", "250000.00"), (summary[Xml1.T_BNTT].Text, summary[Xml1.T_BNCCT].Text, summary[Xml1.T_BHTT].Text, summary[Xml1.T_NGUONKHAC].Text));
        Assert.Equal("100000.00", record[TableId.Xml3]![0][Xml3.T_NGUONKHAC_NSNN].Text);
    }

    [Fact]
    public void Examinations_of_a_day_fall_in_rate_and_shared_beds_are_cheaper()
    {
        Visit visit = Visit("DN4990000000001", "1.2", kind: "03", left: "202608181000");
        foreach (string at in (string[])["202608150900", "202608150830", "202608150845", "202608160830"])
            visit.Add(SectionId.Exams).Set(F.Exams.MA_DICH_VU, "02.03").Set(F.Exams.DON_GIA_BV, "50000").Set(F.Exams.NGAY_YL, at);
        visit.Add(SectionId.Beds).Set(F.Beds.MA_DICH_VU, "K03.1900").Set(F.Beds.SO_LUONG, "2").Set(F.Beds.DON_GIA_BV, "200000").Set(F.Beds.NGAY_YL, "202608151000").Set(F.Beds.Persons, "2");

        using Record record = Build(visit);

        Table lines = record[TableId.Xml3]!;
        Assert.Equal(["100", "30", "30", "50", "100"], Enumerable.Range(0, 5).Select(i => lines[i][Xml3.TYLE_TT_DV].Text));
        Assert.Equal(["50000.00", "15000.00", "15000.00", "200000.00", "50000.00"], Enumerable.Range(0, 5).Select(i => lines[i][Xml3.THANH_TIEN_BV].Text));
    }

    [Fact]
    public void A_supply_is_recognised_up_to_its_payment_level()
    {
        Visit visit = Visit("DN4990000000001", "1.2");
        visit.Add(SectionId.Supplies).Set(F.Supplies.MA_VAT_TU, "N06.01.010").Set(F.Supplies.SO_LUONG, "1").Set(F.Supplies.DON_GIA_BV, "3500000").Set(F.Supplies.T_TRANTT, "3000000").Set(F.Supplies.NGAY_YL, "202608150830");

        using Record record = Build(visit);

        Row line = record[TableId.Xml3]![0];
        Assert.Equal(("10", "3000000.000", "3000000.00", "500000.00"), (line[Xml3.MA_NHOM].Text, line[Xml3.DON_GIA_BH].Text, line[Xml3.T_BHTT].Text, line[Xml3.T_BNTT].Text));
        Assert.Equal("3500000.00", record[TableId.Xml1]![0][Xml1.T_VTYT].Text);
    }

    [Fact]
    public void A_visit_without_insurance_gives_tables_1_and_8()
    {
        Visit visit = Visit(null, "9", kind: "03", left: "202608181000");
        Service(visit, 1, 1_000_000, "202608150830");
        visit.Add(SectionId.Results).Set(F.Results.KET_LUAN, "Bình thường");
        visit.Add(SectionId.Summary).Set(F.Summary.QT_BENHLY, "Sốt ba ngày trước khi vào viện");

        using Record record = Build(visit);

        Assert.Equal([TableId.Xml1, TableId.Xml8], Enum.GetValues<TableId>().Where(t => record[t] is not null));
        Assert.Equal("0.00", record[TableId.Xml1]![0][Xml1.T_TONGCHI_BV].Text);
        Assert.Equal("202608181000", record[TableId.Xml8]![0][Xml8.NGAY_RA].Text);
        using Record whole = VisitBuilder.Build(visit, new BuildOptions { Uninsured = UninsuredTables.All }).Record!;
        Row line = whole[TableId.Xml3]![0];
        Assert.Equal(("2", "0", "1000000.00", "0.00"), (line[Xml3.PHAM_VI].Text, line[Xml3.TYLE_TT_BH].Text, line[Xml3.T_BNTT].Text, line[Xml3.T_BHTT].Text));
    }

    [Fact]
    public void Each_newborn_gets_a_paper_filled_from_the_mother()
    {
        Visit visit = Visit("DN4990000000001", "1.1", kind: "03", left: "202608181000");
        visit.Add(SectionId.Births).Set(F.Births.CAN_NANG_CON, "2900").Set(F.Births.GIOI_TINH_CON, "1");
        visit.Add(SectionId.Births).Set(F.Births.CAN_NANG_CON, "2900").Set(F.Births.GIOI_TINH_CON, "2");

        using Record record = Build(visit);

        Table births = record[TableId.Xml9]!;
        Assert.Equal(2, births.Count);
        Assert.Equal(("Trần Mẫu An", "20000101", "DN4990000000001", "2"), (births[1][Xml9.HO_TEN_NND].Text, births[1][Xml9.NGAYSINH_NND].Text, births[1][Xml9.MA_THE_NND].Text, births[1][Xml9.SO_CON].Text));
        Assert.Equal("2900;2900", record[TableId.Xml1]![0][Xml1.CAN_NANG_CON].Text);
    }

    [Theory]
    [InlineData("01", "202608181000", "4")]
    [InlineData("03", "202608181000", "4")]
    [InlineData("09", "202608151000", "0")]
    [InlineData("05", "202608151000", "28")]
    [InlineData("08", "202608181000", "2")]
    public void Treatment_days_follow_the_kind_of_visit(string kind, string left, string days)
    {
        Visit visit = Visit("DN4990000000001", "1.1", kind: kind, left: left);
        Service(visit, 1, 1000, "202608150830");
        Service(visit, 1, 1000, "202608151430");
        Service(visit, 1, 1000, "202608170830");
        visit.Add(SectionId.Drugs).Set(F.Drugs.TEN_THUOC, "Mẫu").Set(F.Drugs.SO_LUONG, "28").Set(F.Drugs.DON_GIA, "1000").Set(F.Drugs.NGAY_YL, "202608150900").Set(F.Drugs.LIEU_DUNG, "1 viên/lần * 1 lần/ngày * 28 ngày [1 viên/ngày]");

        using Record record = Build(visit);

        Assert.Equal(days, record[TableId.Xml1]![0][Xml1.SO_NGAY_DTRI].Text);
    }

    [Theory]
    [InlineData("149998", "", "08")]
    [InlineData("150000", "202609010900", "09")]
    public void A_visit_is_paid_when_the_patient_has_paid_what_is_owed(string last, string paid, string month)
    {
        Visit visit = Visit("DN4990000000001", "1.1");
        Service(visit, 1, 1_000_000, "202608150830");
        visit.Add(SectionId.Payments).Set(F.Payments.PaidAt, "202608151000").Set(F.Payments.Amount, "50000");
        visit.Add(SectionId.Payments).Set(F.Payments.PaidAt, "202609010900").Set(F.Payments.Amount, last);

        using Record record = Build(visit);

        Assert.Equal((paid, month), (record[TableId.Xml1]![0][Xml1.NGAY_TTOAN].Text, record[TableId.Xml1]![0][Xml1.THANG_QT].Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("202412311000")]
    public void What_has_no_end_or_an_older_standard_is_told(string left)
    {
        BuiltVisit built = VisitBuilder.Build(Visit("DN4990000000001", "1.1", left: left), BuildOptions.Default);

        Assert.Null(built.Record);
        Assert.Equal(ExtractCodes.Build, Assert.Single(built.Problems).Code);
    }

    [Fact]
    public void Two_main_diseases_are_refused()
    {
        Visit visit = Visit("DN4990000000001", "1.1");
        visit.Add(SectionId.Diagnoses).Set(F.Diagnoses.Role, "main").Set(F.Diagnoses.MA_BENH, "J10");

        BuiltVisit built = VisitBuilder.Build(visit, BuildOptions.Default);

        Assert.Null(built.Record);
        Assert.Contains("bệnh chính", Assert.Single(built.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_value_tells_where_it_came_from()
    {
        Visit visit = Visit("DN4990000000001", "1.1");
        Service(visit, 1, 1_000_000, "202608150830");

        BuiltVisit built = VisitBuilder.Build(visit, BuildOptions.Default with { Traced = true });
        using Record record = built.Record!;

        Origin name = built.Trace!.Of(TableId.Xml1, 1, Xml1.HO_TEN)!;
        Assert.Equal((OriginKind.Copied, "Trần Mẫu An"), (name.Kind, Assert.Single(name.Sources).Value));
        Origin level = built.Trace.Of(TableId.Xml3, 1, Xml3.MUC_HUONG)!;
        Assert.Equal(OriginKind.Computed, level.Kind);
        Assert.Contains(level.Sources, s => s.Field == F.Cards.MA_THE_BHYT);
        Assert.Equal(OriginKind.Default, built.Trace.Of(TableId.Xml3, 1, Xml3.MA_PTTT)!.Kind);
        string[] keys = ["STT"];
        foreach (FieldSpec field in built.Release!.Table(TableId.Xml3)!.Fields)
        {
            if (record[TableId.Xml3]![0][field.Id].Text.Length > 0 && !keys.Contains(field.Name)) Assert.NotNull(built.Trace.Of(TableId.Xml3, 1, field.Id));
        }
    }

    [Fact]
    public void The_check_in_names_the_first_cost_and_the_first_after_admission()
    {
        Visit visit = Visit("DN4990000000001", "1.1", kind: "03", left: "");
        visit.One(SectionId.Visit).Set(F.Visit.NGAY_VAO_NOI_TRU, "202608151000");
        visit.Add(SectionId.Exams).Set(F.Exams.MA_DICH_VU, "02.03").Set(F.Exams.TEN_DICH_VU, "Khám Nội").Set(F.Exams.DON_GIA_BV, "50000").Set(F.Exams.NGAY_YL, "202608150805");
        visit.Add(SectionId.Drugs).Set(F.Drugs.MA_THUOC, "40.48").Set(F.Drugs.TEN_THUOC, "Thuốc mẫu").Set(F.Drugs.SO_LUONG, "1").Set(F.Drugs.DON_GIA, "1").Set(F.Drugs.NGAY_YL, "202608151030");

        using Record first = VisitBuilder.BuildCheckIn(visit, afterAdmission: false)!;
        using Record second = VisitBuilder.BuildCheckIn(visit, afterAdmission: true)!;

        Assert.Equal(("02.03", "", "202608150805", "LK-1"), (first[TableId.Xml0]![0][Xml0.MA_DICH_VU].Text, first[TableId.Xml0]![0][Xml0.NGAY_VAO_NOI_TRU].Text, first[TableId.Xml0]![0][Xml0.NGAY_YL].Text, first[TableId.Xml0]![0][Xml0.MA_LK].Text));
        Assert.Equal(("40.48", "202608151000"), (second[TableId.Xml0]![0][Xml0.MA_THUOC].Text, second[TableId.Xml0]![0][Xml0.NGAY_VAO_NOI_TRU].Text));
        Assert.Null(VisitBuilder.BuildCheckIn(Visit("DN4990000000001", "2"), afterAdmission: false));
    }

    private static Record Build(Visit visit)
    {
        BuiltVisit built = VisitBuilder.Build(visit, BuildOptions.Default);
        Assert.DoesNotContain(built.Problems, p => p.Severity == Severity.Block);
        return built.Record!;
    }

    private static Visit Visit(string? card, string category, string kind = "01", string left = "202608151000")
    {
        var visit = new Visit();
        visit.One(SectionId.Visit).Set(F.Visit.MA_LK, "LK-1").Set(F.Visit.MA_CSKCB, "99001").Set(F.Visit.MA_LOAI_KCB, kind).Set(F.Visit.MA_DOITUONG_KCB, category)
            .Set(F.Visit.NGAY_VAO, "202608150800").Set(F.Visit.NGAY_RA, left);
        visit.One(SectionId.Patient).Set(F.Patient.MA_BN, "BN1").Set(F.Patient.HO_TEN, "Trần Mẫu An").Set(F.Patient.NGAY_SINH, "200001010000");
        if (card is not null)
            visit.Add(SectionId.Cards).Set(F.Cards.MA_THE_BHYT, card).Set(F.Cards.MA_DKBD, "99001").Set(F.Cards.GT_THE_TU, "20260101").Set(F.Cards.GT_THE_DEN, "20261231");
        visit.Add(SectionId.Diagnoses).Set(F.Diagnoses.Role, "main").Set(F.Diagnoses.MA_BENH, "J20").Set(F.Diagnoses.Name, "Viêm phế quản cấp");
        return visit;
    }

    private static VisitRow Service(Visit visit, int quantity, decimal price, string ordered) =>
        visit.Add(SectionId.Services).Set(F.Services.MA_DICH_VU, "21.0014.1778").Set(F.Services.MA_NHOM, "3")
            .Set(F.Services.SO_LUONG, quantity.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .Set(F.Services.DON_GIA_BV, price.ToString(System.Globalization.CultureInfo.InvariantCulture)).Set(F.Services.NGAY_YL, ordered).Set(F.Services.NGAY_TH_YL, ordered);
}
