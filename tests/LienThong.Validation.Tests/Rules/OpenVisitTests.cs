using LienThong.Samples;
using LienThong.Standard;

namespace LienThong.Validation.Tests.Rules;

/// <summary>Visits that go on: clean records cut at some moment have nothing to mend yet, and what is wrong already is still told.</summary>
public sealed class OpenVisitTests
{
    private static readonly SampleOptions Options = new() { Seed = 11, From = new DateOnly(2026, 7, 1), To = new DateOnly(2026, 9, 30) };
    private static readonly Validator Validator = Validator.Create();

    public static TheoryData<string, string, int> Moments
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach ((SampleKind kind, int count) in new[] { (SampleKind.Outpatient, 60), (SampleKind.ShortStay, 12), (SampleKind.Inpatient, 2) })
            {
                foreach (string moment in OpenVisits.Moments.Keys) data.Add(kind.ToString(), moment, count);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void Nothing_blocks_that_cannot_be_mended_now(string kind, string moment, int count)
    {
        var factory = new SampleFactory(Options);
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);

        for (int i = 0; i < count; i++)
        {
            foreach (Finding finding in Open(factory.Create(Enum.Parse<SampleKind>(kind), i), moment))
            {
                if (finding.Severity > Severity.Info) found.TryAdd($"{finding.Severity} {finding.Rule} {finding.At.Table}.{finding.At.Field}", finding.ToString());
            }
        }

        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void What_is_wrong_already_is_told(string kind, string moment, int count)
    {
        var factory = new SampleFactory(Options);
        RecordBuilder record = factory.Create(Enum.Parse<SampleKind>(kind), count);
        record.Set(Xml1.GIOI_TINH, "9").Set(Xml1.NGAY_SINH, "19901301").Set(Xml1.MA_BN, "");
        record.Rows(TableId.Xml3)[0].Set(Xml3.MA_NHOM, "99").Set(Xml3.NGAY_YL, "202600010800");

        List<Finding> findings = Open(record, moment);

        foreach (string cell in (string[])["XML1[1].GIOI_TINH", "XML1[1].NGAY_SINH", "XML1[1].MA_BN", "XML3[1].MA_NHOM", "XML3[1].NGAY_YL"])
            Assert.Contains(findings, f => f.Severity == Severity.Block && f.At.ToString() == cell);
    }

    private static List<Finding> Open(RecordBuilder whole, string moment)
    {
        OpenVisits.Moments[moment](whole);
        using Record record = whole.Build();
        var context = new JudgeContext(Options.To.ToDateTime(new TimeOnly(8, 0)).AddDays(10), Options.FacilityCode, IsOpen: true);
        return [.. Validator.Judge(record, context).Findings];
    }
}
