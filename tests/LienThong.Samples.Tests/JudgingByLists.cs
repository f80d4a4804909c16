using System.Globalization;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Samples.Tests;

/// <summary>Records judged with every list of the invented facility loaded.</summary>
public sealed class JudgingByLists
{
    private static readonly SampleFactory Factory = new(new SampleOptions { Seed = 11, From = new DateOnly(2026, 7, 1), To = new DateOnly(2026, 9, 30) });

    private static readonly CodeLists Lists = new(SampleLists.All(Factory.Options).Select(Build));

    public static TheoryData<string> Errors => [.. SampleErrors.OfLists.Select(e => e.Name)];

    [Theory]
    [InlineData("2024-07-05", "2024-12-20")]
    [InlineData("2025-01-05", "2025-06-25")]
    [InlineData("2025-07-05", "2025-12-25")]
    [InlineData("2026-01-05", "2026-06-25")]
    [InlineData("2026-07-05", "2026-12-20")]
    public void Clean_records_are_neither_blocked_nor_warned(string from, string to)
    {
        var factory = new SampleFactory(Factory.Options with { From = Day(from), To = Day(to) });
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((SampleKind kind, int count) in new[] { (SampleKind.Outpatient, 300), (SampleKind.Inpatient, 25), (SampleKind.LongStay, 1) })
        {
            for (int i = 0; i < count; i++)
            {
                foreach (Finding finding in Judge(factory, factory.Create(kind, i)).Findings)
                {
                    if (finding.Severity > Severity.Info) found.TryAdd($"{finding.Rule} {finding.At.Table}.{finding.At.Field} {finding.Value}", finding.ToString());
                }
            }
        }

        Assert.Equal([], found.Values);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void An_error_is_found_by_its_rule_and_by_no_other(string name)
    {
        SampleError error = SampleErrors.Get(name);
        int broken = 0;
        for (int i = 0; i < 60 && broken < 5; i++)
        {
            RecordBuilder record = Factory.Create(i % 3 == 0 ? SampleKind.Inpatient : SampleKind.Outpatient, i);
            if (error.Apply(record, new Random(i)) is not { } cell) continue;
            broken++;
            List<Finding> heavy = [.. Judge(Factory, record).Findings.Where(f => f.Severity > Severity.Info)];
            Assert.Contains(heavy, f => f.Rule == error.Code && f.At.ToString() == cell.ToString());
            Assert.Equal([], heavy.Where(f => f.Rule != error.Code && !error.Also.Contains(f.Rule)).Select(f => f.ToString()));
        }

        Assert.True(broken > 0, $"{name} fits no record.");
    }

    [Fact]
    public void Every_list_of_the_samples_is_one_that_rules_know()
    {
        IReadOnlyList<SampleList> all = SampleLists.All(Factory.Options);

        Assert.Equal([], all.Where(l => ListDefinitions.Find(l.Name) is null).Select(l => l.Name));
        Assert.All(all, l => Assert.True(l.Rows.Count > 0 && l.Rows.All(r => r.Length == l.Columns.Count), l.Name));
    }

    [Fact]
    public void With_lists_a_corpus_holds_them_as_files()
    {
        string folder = Path.Combine(Path.GetTempPath(), $"lists-{Guid.NewGuid():N}");
        try
        {
            new CorpusWriter(new CorpusOptions { WithLists = true }).WriteFolder(folder);

            string[] lines = File.ReadAllLines(Path.Combine(folder, "lists", "03_DM.csv"));
            Assert.StartsWith("STT,MA_THUOC,", lines[0], StringComparison.Ordinal);
            Assert.Equal(SampleLists.All(new SampleOptions()).Count, Directory.GetFiles(Path.Combine(folder, "lists")).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    internal static CodeList Build(SampleList list)
    {
        var builder = new CodeListBuilder(ListDefinitions.Find(list.Name)!, list.Columns);
        int from = list.Columns.ToList().IndexOf("TU_NGAY");
        int to = list.Columns.ToList().IndexOf("DEN_NGAY");
        foreach (string[] row in list.Rows) builder.Add(row, from < 0 ? null : Compact(row[from]), to < 0 ? null : Compact(row[to]));
        return builder.Build();
    }

    private static Judgement Judge(SampleFactory factory, RecordBuilder builder)
    {
        using Record record = builder.Build();
        var context = new JudgeContext(factory.Options.To.ToDateTime(new TimeOnly(8, 0)).AddDays(10), factory.Options.FacilityCode, Lists: Lists);
        return Validator.Create().Judge(record, context);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Compact(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture);
}
