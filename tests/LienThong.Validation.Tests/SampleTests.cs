using LienThong.Samples;
using LienThong.Standard;

namespace LienThong.Validation.Tests;

/// <summary>Invented corpora are consistent by construction; what the rules say of them must agree.</summary>
public sealed class SampleTests
{
    private static readonly DateOnly[] Starts = [new(2024, 8, 1), new(2025, 2, 1), new(2025, 9, 1), new(2026, 2, 1), new(2026, 7, 1)];

    public static TheoryData<string, int, DateOnly> Kinds
    {
        get
        {
            var data = new TheoryData<string, int, DateOnly>();
            foreach (DateOnly start in Starts)
            {
                foreach (SampleKind kind in Enum.GetValues<SampleKind>()) data.Add(kind.ToString(), kind == SampleKind.Outpatient ? 100 : 4, start);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Clean_samples_have_nothing_to_mend(string kind, int count, DateOnly start)
    {
        var options = new SampleOptions { Seed = 7, From = start, To = start.AddDays(60) };
        var factory = new SampleFactory(options);
        Validator validator = Validator.Create();
        var context = new JudgeContext(options.To.ToDateTime(new TimeOnly(8, 0)).AddDays(10), options.FacilityCode);
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);

        for (int i = 0; i < count; i++)
        {
            using Record record = factory.Create(Enum.Parse<SampleKind>(kind), i).Build();
            foreach (Finding finding in validator.Judge(record, context).Findings)
            {
                if (finding.Severity > Severity.Info) found.TryAdd($"{finding.Severity} {finding.Rule} {finding.At.Table}.{finding.At.Field}", finding.ToString());
            }
        }

        Assert.Equal([], found.Values);
    }

    [Fact]
    public void Check_ins_and_assessments_are_judged_without_XML1()
    {
        var options = new SampleOptions { Seed = 7 };
        var factory = new SampleFactory(options);
        Validator validator = Validator.Create();
        var context = new JudgeContext(options.To.ToDateTime(new TimeOnly(8, 0)).AddDays(10), options.FacilityCode);
        using Record checkIn = factory.CheckIn(factory.Create(SampleKind.Inpatient, 0)).Build();
        using Record assessment = factory.Assessment(0).Build();

        Assert.DoesNotContain(validator.JudgeCheckIn(checkIn, context).Findings, f => f.Severity > Severity.Info);
        Assert.DoesNotContain(validator.JudgeDocument(assessment, context).Findings, f => f.Severity > Severity.Info);
    }
}
