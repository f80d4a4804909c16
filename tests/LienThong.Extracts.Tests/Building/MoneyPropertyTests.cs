using System.Globalization;
using LienThong.Standard;
using LienThong.Validation;
using F = LienThong.Extracts.VisitFields;

namespace LienThong.Extracts.Tests.Building;

/// <summary>Whatever the bill, builder and rules agree on every amount, rate and sum.</summary>
public sealed class MoneyPropertyTests
{
    private static readonly Validator Validator = Validator.Create();
    private static readonly string[] Cards = ["DN4990000000001", "HT3990000000002", "TE1990000000003", "CN3990000000004", "GD4990000000005", "CC1990000000006"];
    private static readonly string[] Categories = ["1.1", "1.2", "1.3", "1.12", "1.13", "2", "3.1", "9"];
    private static readonly string[] Money = ["THANH_TIEN", "T_B", "T_TONG", "T_NGUON", "T_THUOC", "T_VTYT", "MUC_HUONG", "BALANCE", "MONEY", "BENEFIT", "EXAM-001", "EXAM-002", "PHAM_VI", "T_TRANTT"];

    [Fact]
    public void No_amount_of_a_built_record_is_told_by_a_rule()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            Visit visit = Random(new Random(seed));
            using Record record = VisitBuilder.Build(visit, new BuildOptions { Uninsured = UninsuredTables.All }).Record!;

            Judgement judgement = Validator.Judge(record, new JudgeContext(new DateTime(2026, 10, 1, 0, 0, 0), "99001"));

            Finding[] told = [.. judgement.Findings.Where(f => f.Severity != Severity.Info && Array.Exists(Money, m => f.Rule.Contains(m, StringComparison.Ordinal)))];
            Assert.True(told.Length == 0, $"seed {seed}: {string.Join('\n', told.Select(f => f.ToString()))}");
        }
    }

    [Fact]
    public void Everything_is_paid_by_somebody_and_nobody_pays_less_than_nothing()
    {
        FieldId[] parts = [Xml1.T_BNTT, Xml1.T_BNCCT, Xml1.T_BHTT, Xml1.T_NGUONKHAC];
        for (int seed = 1000; seed < 1400; seed++)
        {
            using Record record = VisitBuilder.Build(Random(new Random(seed)), new BuildOptions { Uninsured = UninsuredTables.All }).Record!;

            Row summary = record[TableId.Xml1]![0];
            decimal[] amounts = [.. parts.Select(p => Amount(record[TableId.Xml1]![0], p))];
            Assert.Equal(Amount(summary, Xml1.T_TONGCHI_BV), amounts.Sum());
            Assert.All(amounts, a => Assert.True(a >= 0));
        }
    }

    private static decimal Amount(Row row, FieldId field) => decimal.Parse(row[field].Text, CultureInfo.InvariantCulture);

    private static Visit Random(Random random)
    {
        var visit = new Visit();
        bool stays = random.Next(2) == 0;
        int nights = stays ? random.Next(1, 12) : 0;
        var arrival = new DateTime(2026, random.Next(1, 9), random.Next(1, 18), 8, 0, 0);
        visit.One(SectionId.Visit).Set(F.Visit.MA_LK, "LK").Set(F.Visit.MA_CSKCB, "99001").Set(F.Visit.MA_LOAI_KCB, stays ? "03" : "01")
            .Set(F.Visit.MA_DOITUONG_KCB, Pick(random, Categories)).Set(F.Visit.NGAY_VAO, Minute(arrival)).Set(F.Visit.NGAY_RA, Minute(arrival.AddDays(nights).AddHours(5)));
        visit.One(SectionId.Patient).Set(F.Patient.MA_BN, "BN").Set(F.Patient.HO_TEN, "Trần Mẫu An");
        visit.Add(SectionId.Diagnoses).Set(F.Diagnoses.Role, "main").Set(F.Diagnoses.MA_BENH, "J20");
        Card(visit, Pick(random, Cards), arrival.AddYears(-1), arrival.AddDays(nights / 2));
        Card(visit, Pick(random, Cards), arrival.AddDays((nights / 2) + 1), arrival.AddYears(1));
        if (stays && random.Next(4) == 0) visit.One(SectionId.Visit).Set(F.Visit.NGAY_MIEN_CCT, Minute(arrival.AddDays(random.Next(nights)).Date));
        for (int i = random.Next(1, 7); i > 0; i--) Exam(visit, random, arrival.AddMinutes(i * 7));
        for (int i = random.Next(12); i > 0; i--) Line(visit.Add(SectionId.Services).Set(F.Services.MA_NHOM, "1").Set(F.Services.MA_DICH_VU, "22.0120.1370"), random, arrival, nights);
        for (int i = random.Next(6); i > 0; i--) Line(visit.Add(SectionId.Drugs).Set(F.Drugs.TEN_THUOC, "Mẫu"), random, arrival, nights);
        for (int i = random.Next(4); i > 0; i--) Supply(Line(visit.Add(SectionId.Supplies).Set(F.Supplies.MA_VAT_TU, "N01"), random, arrival, nights), random);
        if (random.Next(4) == 0)
            visit.Add(SectionId.Payments).Set(F.Payments.PaidAt, Minute(arrival)).Set(F.Payments.Amount, Number(random.Next(1, 300_000))).Set(F.Payments.Source, Pick(random, ["NSNN", "VTNN", "VTTN", "CL"]));
        return visit;
    }

    private static void Card(Visit visit, string number, DateTime from, DateTime to) =>
        visit.Add(SectionId.Cards).Set(F.Cards.MA_THE_BHYT, number).Set(F.Cards.MA_DKBD, "99001").Set(F.Cards.GT_THE_TU, Minute(from)[..8]).Set(F.Cards.GT_THE_DEN, Minute(to)[..8]);

    private static void Exam(Visit visit, Random random, DateTime at) =>
        visit.Add(SectionId.Exams).Set(F.Exams.MA_DICH_VU, $"02.{random.Next(1, 60):00}").Set(F.Exams.DON_GIA_BV, "50600").Set(F.Exams.NGAY_YL, Minute(at)).Set(F.Exams.NGAY_TH_YL, Minute(at));

    private static VisitRow Line(VisitRow row, Random random, DateTime arrival, int nights)
    {
        CostSection section = CostSection.Of(row.Section);
        row.Set(section.Quantity, Number(random.Next(1, 3000) / (random.Next(3) == 0 ? 100m : 1m))).Set(section.Price, Number(random.Next(1, 900_000_000) / 1000m))
            .Set(section.Ordered, Minute(arrival.AddDays(random.Next(nights + 1)).AddMinutes(random.Next(200))));
        if (random.Next(5) == 0) row.Set(section.Scope, "2");
        else if (random.Next(4) == 0) row.Set(section.Rate, Pick(random, ["30", "50", "60", "70", "80"]));
        if (random.Next(8) == 0) row.Set(section.Others[random.Next(4)], Number(Math.Round(random.Next(1, 1000) / 3m, 2)));
        return row;
    }

    private static void Supply(VisitRow row, Random random)
    {
        if (random.Next(2) == 0 && !row.Has(F.Supplies.PHAM_VI)) row.Set(F.Supplies.T_TRANTT, Number(random.Next(1, 900_000)));
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];

    private static string Number(decimal number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Minute(DateTime at) => at.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
}
