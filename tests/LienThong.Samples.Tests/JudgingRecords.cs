using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Samples.Tests;

/// <summary>The validator and the generator agree: clean is clean, and every known error is found by its rule and by no other.</summary>
public sealed class JudgingRecords
{
    private static readonly Validator Validator = Validator.Create();
    private static readonly SampleFactory Factory = new(new SampleOptions { Seed = 5 });

    public static TheoryData<string> Errors => [.. SampleErrors.All.Select(e => e.Name)];

    [Fact]
    public void There_are_many_different_errors()
    {
        Assert.Equal(SampleErrors.All.Length, SampleErrors.All.Select(e => e.Name).Distinct().Count());
        Assert.True(SampleErrors.All.Select(e => e.Code).Distinct().Count() >= 40);
    }

    [Theory]
    [InlineData("2023-01-01", "2023-12-31", "QD4210")]
    [InlineData("2024-01-01", "2024-06-30", "QD130")]
    [InlineData("2024-07-01", "2024-12-31")]
    [InlineData("2025-01-01", "2025-12-31")]
    [InlineData("2026-01-01", "2026-06-30")]
    [InlineData("2026-06-15", "2026-08-15")]
    [InlineData("2026-07-01", "2026-09-30")]
    public void Clean_records_are_neither_blocked_nor_warned(string from, string to, string? release = null)
    {
        var factory = new SampleFactory(new SampleOptions { Seed = 3, From = DateOnly.Parse(from), To = DateOnly.Parse(to), ReleaseId = release });
        var told = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((SampleKind kind, int index) in Written.Mix(700, 25))
        {
            foreach (Finding finding in Heavy(Judge(factory.Create(kind, index)))) told.TryAdd(finding.Rule, $"{kind} {index}: {finding}");
        }

        Assert.Empty(told.Values);
    }

    [Fact]
    public void A_clean_long_stay_is_neither_blocked_nor_warned() => Assert.Empty(Heavy(Judge(Factory.Create(SampleKind.LongStay, 2))));

    [Theory]
    [MemberData(nameof(Errors))]
    public void An_error_is_found_by_its_rule_and_by_no_other(string name)
    {
        SampleError error = SampleErrors.Get(name);
        int applied = 0;
        foreach ((SampleKind kind, int index) in Candidates())
        {
            RecordBuilder record = Factory.Create(kind, index);
            if (error.Apply(record, new Random(index)) is not { } cell) continue;
            Check(error, cell, Heavy(Judge(record)), $"{kind} {index}");
            if (++applied == 3) break;
        }

        Assert.True(applied > 0, "no record offers a place for it");
    }

    [Fact]
    public void A_clean_check_in_and_assessment_are_not_blocked()
    {
        for (int i = 0; i < 50; i++)
        {
            RecordBuilder record = Factory.Create(i % 2 == 0 ? SampleKind.Outpatient : SampleKind.ShortStay, i);
            using Record checkIn = Factory.CheckIn(record).Build();
            using Record assessment = Factory.Assessment(i).Build();
            Assert.Empty(Heavy(Validator.JudgeDocument(checkIn, Context)));
            Assert.Empty(Heavy(Validator.JudgeDocument(assessment, Context)));
        }
    }

    internal static JudgeContext Context { get; } = new(new DateTime(2026, 10, 5, 9, 0, 0), "99001");

    private static void Check(SampleError error, SampleCell cell, List<Finding> findings, string where)
    {
        string found = string.Join("; ", findings.Select(f => $"{f.Rule} {f.At}"));
        // A rule that this validator doesn't judge yet leaves its cell to the generic check of form.
        bool known = RuleCatalogue.Find(error.Code) is not null;
        bool Expected(Finding f) => f.Rule == error.Code || error.Also.Contains(f.Rule) || (!known && f.Rule.StartsWith("FAM-", StringComparison.Ordinal));
        Assert.True(findings.TrueForAll(Expected), $"{where} {cell}: unexpected among {found}");
        if (!known) return;
        Assert.True(
            findings.Exists(f => f.Rule == error.Code && f.At.Table == cell.Table.Code() && (cell.Row is null || f.At.Row is null || f.At.Row == cell.Row)),
            $"{where} {cell}: {error.Code} not among {found}");
    }

    private static IEnumerable<(SampleKind Kind, int Index)> Candidates()
    {
        for (int i = 0; i < 60; i++) yield return (SampleKind.Outpatient, i);
        for (int i = 0; i < 60; i++) yield return (SampleKind.ShortStay, i);
        for (int i = 60; i < 3000; i++) yield return (SampleKind.Outpatient, i);
    }

    private static Judgement Judge(RecordBuilder builder)
    {
        using Record record = builder.Build();
        return Validator.Judge(record, Context);
    }

    private static List<Finding> Heavy(Judgement judgement) => [.. judgement.Findings.Where(f => f.Severity != Severity.Info)];
}
