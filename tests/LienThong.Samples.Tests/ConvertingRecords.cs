using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Samples.Tests;

/// <summary>Generated records converted to newer releases: what the rules of the target stop is what the report said was missing.</summary>
public sealed class ConvertingRecords
{
    private static readonly Validator Validator = Validator.Create(new ValidatorOptions { MaxFindingsPerRuleAndTable = 100_000 });

    [Theory]
    [InlineData("2023-01-01", "2023-12-31", "QD4210", "QD4750")]
    [InlineData("2023-01-01", "2023-12-31", "QD4210", "QD3176")]
    [InlineData("2023-01-01", "2023-12-31", "QD4210", "QD1931")]
    [InlineData("2024-01-01", "2024-06-30", "QD130", "QD4750")]
    [InlineData("2024-01-01", "2024-06-30", "QD130", "QD3176")]
    [InlineData("2024-07-01", "2024-12-31", "QD4750", "QD3176")]
    [InlineData("2024-07-01", "2024-12-31", "QD4750", "QD1931")]
    [InlineData("2025-07-01", "2026-06-30", "QD3176", "QD1931")]
    [InlineData("2026-07-01", "2026-09-30", "QD1931", "QD3176")]
    public void What_the_target_rules_stop_was_told_as_missing(string from, string to, string source, string target)
    {
        var factory = new SampleFactory(new SampleOptions { Seed = 3, From = DateOnly.Parse(from), To = DateOnly.Parse(to), ReleaseId = source });
        var context = new JudgeContext(new DateTime(2026, 10, 5, 9, 0, 0), "99001", ForcedRelease: Releases.Get(target));
        var unexplained = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((SampleKind kind, int index) in Written.Mix(400, 25))
        {
            using Record original = factory.Create(kind, index).Build();
            Conversion conversion = RecordConverter.Convert(original, Releases.Get(source), Releases.Get(target));
            using Record converted = conversion.Record.Build();
            foreach (Finding finding in Validator.Judge(converted, context).Findings.Where(f => f.Severity == Severity.Block))
            {
                if (!conversion.Changes.Any(c => Explains(c, finding))) unexplained.TryAdd(finding.Rule + finding.At.Field, $"{kind} {index}: {finding}");
            }
        }

        Assert.True(unexplained.Count == 0, string.Join("\n", unexplained.Values));
    }

    private static bool Explains(Change change, Finding finding) =>
        change.Kind is ChangeKind.Missing or ChangeKind.MissingIfNeeded or ChangeKind.Dropped
        && change.Table.Code() == finding.At.Table && change.Field == finding.At.Field
        && (change.Row is null || finding.At.Row is null || change.Row == finding.At.Row);
}
