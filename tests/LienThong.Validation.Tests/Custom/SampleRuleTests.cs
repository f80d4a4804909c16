using System.Globalization;
using LienThong.Standard;
using LienThong.Validation.Custom;
using LienThong.Validation.Tests.Rules.CrossTable;

namespace LienThong.Validation.Tests.Custom;

/// <summary>The example files of <c>samples/rules</c>: each with a record that breaks its rule and one near by that keeps it.</summary>
public sealed class SampleRuleTests
{
    private static readonly Dictionary<string, (string Start, Action<RecordBuilder> Break, Action<RecordBuilder> Keep)> Cases = new(StringComparer.Ordinal)
    {
        ["01-cong-kham"] = ("outpatient", r => Copies(r, 3), r => Copies(r, 2)),
        ["02-xet-nghiem-lap"] = ("outpatient", r => LineCase.Copy(r, 2), r => LineCase.Copy(r, 2).Set(Xml3.NGAY_YL, "202608160940")),
        ["03-tien-thuoc-ngoai-tru"] = ("outpatient", r => r.Set(Xml1.T_THUOC, "2000001"), r => r.Set(Xml1.T_THUOC, "2000000")),
        ["04-khang-sinh-han-che"] = ("outpatient", _ => { }, r => Note(r.Set(Xml1.MA_LOAI_KCB, "03"))),
        ["05-vat-tu-gia-cao"] = ("inpatient", r => LineCase.Supply(r, 5_000_000), r => LineCase.Supply(Note(r), 5_000_000)),
        ["06-chi-dinh-ngoai-gio"] = ("outpatient", r => r.Rows(TableId.Xml3)[1].Set(Xml3.NGAY_YL, "202608160940"), r => r.Rows(TableId.Xml3)[1].Set(Xml3.NGAY_YL, "202608151759")),
        ["07-khoa-nhi"] = ("outpatient", r => r.Set(Xml1.MA_KHOA, "K18"), r => r.Set(Xml1.MA_KHOA, "K18").Set(Xml1.NGAY_SINH, "201608160000")),
        ["08-dich-vu-san-phu"] = ("outpatient", r => Service(r.Set(Xml1.GIOI_TINH, "1"), "18.0020.0001"), r => Service(r, "18.0020.0001")),
        ["09-ct-va-mri"] = ("outpatient", r => BesideCt(r, "18.0201.0001"), r => Service(r, "18.0201.0001")),
        ["10-ngay-giuong"] = ("inpatient", r => r.Rows(TableId.Xml3)[1].Set(Xml3.SO_LUONG, "6"), r => r.Rows(TableId.Xml3)[1].Set(Xml3.SO_LUONG, "5")),
        ["11-benh-kem-theo"] = ("outpatient", r => r.Set(Xml1.MA_BENH_KT, Many(9)), r => r.Set(Xml1.MA_BENH_KT, Many(8))),
        ["12-phuc-hoi-chuc-nang"] = ("outpatient", r => Service(r, "17.0001.0001").Set(Xml3.SO_LUONG, "5"), r => Service(r, "17.0001.0001").Set(Xml3.SO_LUONG, "4")),
        ["13-the-tre-em"] = ("outpatient", r => r.Set(Xml1.MA_THE_BHYT, "TE1010000000017"), r => r.Set(Xml1.MA_THE_BHYT, "TE1010000000017").Set(Xml1.NGAY_SINH, "202201010000")),
        ["14-thoi-gian-kham"] = ("outpatient", r => r.Rows(TableId.Xml3)[0].Set(Xml3.NGAY_KQ, "202608150939"), r => r.Rows(TableId.Xml3)[0].Set(Xml3.NGAY_KQ, "202608150940")),
        ["15-benh-man-tinh"] = ("outpatient", r => r.Set(Xml1.MA_LOAI_KCB, "05").Set(Xml1.NGAY_RA, "202609152359"), r => r.Set(Xml1.MA_LOAI_KCB, "05").Set(Xml1.NGAY_RA, "202609152359").Set(Xml1.MA_BENH_CHINH, "I10")),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Broken_by_one_record_and_kept_by_another(string name)
    {
        (string start, Action<RecordBuilder> breaks, Action<RecordBuilder> keeps) = Cases[name];
        CustomRuleFile file = Rules.Compile(File.ReadAllText(Path.Combine(Repository.At("samples", "rules"), name + ".yaml")));

        Assert.NotEmpty(Judge(file, start, breaks));
        Assert.Empty(Judge(file, start, keeps));
        Assert.All(Judge(file, start, breaks), f => Assert.DoesNotContain('{', f.Message + f.Fix));
    }

    [Fact]
    public void Every_example_has_its_case_and_all_can_be_used_together()
    {
        string[] files = [.. Directory.GetFiles(Repository.At("samples", "rules"), "*.yaml").Order(StringComparer.Ordinal)];

        Assert.Equal(Cases.Keys.Order(StringComparer.Ordinal), files.Select(f => Path.GetFileNameWithoutExtension(f)!));
        string[] codes = [.. files.SelectMany(f => Rules.Compile(File.ReadAllText(f)).Rules).Select(r => r.Code)];
        Assert.Equal(codes.Length, codes.Distinct(StringComparer.Ordinal).Count());
    }

    private static IReadOnlyList<Finding> Judge(CustomRuleFile file, string start, Action<RecordBuilder> change)
    {
        RecordBuilder builder = CleanRecordTests.Build(start);
        change(builder);
        var list = new CodeListBuilder(ListDefinitions.Find("long_prescription_icd")!, ["code"]);
        list.Add(["I10"]);
        Validator validator = Validator.Create(new ValidatorOptions { Custom = new CustomRules([file]), Lists = new CodeLists([list.Build()]) });
        using Record record = builder.Build();
        return [.. validator.Judge(record, A.Context with { ProcessTime = A.ProcessTime.AddMonths(1) }).Findings.Where(f => f.Rule.StartsWith("TUY-", StringComparison.Ordinal))];
    }

    private static void Copies(RecordBuilder record, int count)
    {
        for (int i = 0; i < count; i++) LineCase.Copy(record, 1);
    }

    private static RecordBuilder Note(RecordBuilder record)
    {
        record.AddRow(TableId.Xml5).Set(Xml5.HOI_CHAN, "Hội chẩn khoa Dược");
        return record;
    }

    private static void BesideCt(RecordBuilder record, string code)
    {
        Service(record, code);
        LineCase.Copy(record, 2).Set(Xml3.MA_DICH_VU, "18.0101.0001");
    }

    private static RowBuilder Service(RecordBuilder record, string code) => record.Rows(TableId.Xml3)[1].Set(Xml3.MA_DICH_VU, code);

    private static string Many(int count) => string.Join(';', Enumerable.Range(10, count).Select(i => "E" + i.ToString(CultureInfo.InvariantCulture)));
}
