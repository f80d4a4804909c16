using LienThong.Samples;
using LienThong.Standard;

namespace LienThong.Validation.Tests.Rules.CrossTable;

public sealed class SamplesTests
{
    private static readonly JudgeContext Later = new(new DateTime(2026, 12, 31, 8, 0, 0, DateTimeKind.Unspecified));

    [Theory]
    [InlineData("2024-07-01", "2024-12-31", SampleKind.Outpatient, 600)]
    [InlineData("2025-01-01", "2025-06-30", SampleKind.Outpatient, 600)]
    [InlineData("2025-07-01", "2026-06-30", SampleKind.Outpatient, 600)]
    [InlineData("2026-07-01", "2026-12-15", SampleKind.Outpatient, 600)]
    [InlineData("2024-07-01", "2024-12-31", SampleKind.Inpatient, 60)]
    [InlineData("2025-01-01", "2025-06-30", SampleKind.Inpatient, 60)]
    [InlineData("2025-07-01", "2026-06-30", SampleKind.Inpatient, 60)]
    [InlineData("2026-07-01", "2026-12-15", SampleKind.Inpatient, 60)]
    [InlineData("2025-06-01", "2026-12-15", SampleKind.ShortStay, 200)]
    [InlineData("2024-07-01", "2026-12-15", SampleKind.LongStay, 4)]
    public void Clean_samples_of_every_kind_and_period_break_no_rule_of_lines_and_tables(string from, string to, SampleKind kind, int count)
    {
        var factory = new SampleFactory(new SampleOptions
        {
            From = DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture),
            To = DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture),
        });
        Validator validator = Validator.Create();
        var wrong = new List<string>();
        for (int i = 0; i < count; i++)
        {
            using Record record = factory.Create(kind, i).Build();
            wrong.AddRange(validator.Judge(record, Later).Findings.Where(IsOurs).Select(f => $"{i}: {f}"));
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} findings:\n" + string.Join('\n', wrong.Take(40)));
    }

    private static bool IsOurs(Finding finding) =>
        finding.Severity != Severity.Info && (finding.Rule.StartsWith("X2-", StringComparison.Ordinal) || finding.Rule.StartsWith("X3-", StringComparison.Ordinal)
        || finding.Rule.StartsWith("REC-", StringComparison.Ordinal) || finding.Rule.StartsWith("AUD-", StringComparison.Ordinal));
}
