using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Samples.Tests;

/// <summary>The records of a corpus judged together: with each other as history, and with the lists of their facility.</summary>
public sealed class JudgingCorpora
{
    private static readonly Validator Validator = Validator.Create();

    [Theory]
    [InlineData("2024-07-05", "2024-12-20", 1200, 120)]
    [InlineData("2025-01-05", "2025-06-25", 1200, 120)]
    [InlineData("2025-07-05", "2025-12-25", 1200, 120)]
    [InlineData("2026-02-10", "2026-06-25", 1200, 120)]
    [InlineData("2026-07-01", "2026-09-30", 1200, 120)]
    [InlineData("2026-09-01", "2026-09-30", 2800, 200)]
    public void Clean_records_have_nothing_to_mend_beside_each_other(string from, string to, int outpatients, int inpatients)
    {
        var factory = new SampleFactory(new SampleOptions { Seed = 21, From = DateOnly.Parse(from), To = DateOnly.Parse(to) });
        var lists = new CodeLists(SampleLists.All(factory.Options).Select(JudgingByLists.Build));
        var history = new CorpusHistory();
        List<RecordFacts> all = [];
        foreach ((SampleKind kind, int index) in Written.Mix(outpatients, inpatients))
        {
            using Record record = factory.Create(kind, index).Build();
            all.Add(RecordFacts.Of(record)!);
            history.Add(all[^1]);
        }

        List<Finding> found = [.. all.SelectMany(facts => HistoryJudge.Judge(facts, history, lists, factory.Options.To).Findings)];

        Assert.Equal([], found.Where(f => f.Severity > Severity.Info).Select(f => f.ToString()).Take(20));
        Assert.InRange(found.Count, 0, all.Count / 50);
    }

    public static TheoryData<string> Pairs => [.. SamplePairError.All.Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void An_error_of_two_records_is_found_beside_the_other_and_not_alone(string name)
    {
        SamplePairError error = SamplePairError.All.Single(e => e.Name == name);
        var factory = new SampleFactory(new SampleOptions { Seed = 5 });
        int applied = 0;
        for (int i = 0; i < 400 && applied < 3; i++)
        {
            RecordBuilder other = factory.Create(SampleKind.Outpatient, i);
            RecordBuilder broken = factory.Create(SampleKind.Outpatient, i + 1 + (i % 40));
            if (error.Apply(broken, other) is not { } cell) continue;
            applied++;
            using Record before = other.Build();
            using Record record = broken.Build();
            var history = new CorpusHistory();
            history.Add(RecordFacts.Of(before)!);
            RecordFacts facts = RecordFacts.Of(record)!;
            history.Add(facts);

            List<Finding> found = [.. HistoryJudge.Judge(facts, history, CodeLists.None, factory.Options.To).Findings.Where(f => f.Severity > Severity.Info)];

            Assert.Contains(found, f => f.Rule == error.Code && f.At.ToString() == cell.ToString());
            Assert.Equal([], found.Where(f => f.Rule != error.Code && !error.Also.Contains(f.Rule)).Select(f => f.ToString()));
            Assert.Equal([], Validator.Judge(record, JudgingRecords.Context).Findings.Where(f => f.Severity > Severity.Info).Select(f => f.ToString()));
        }

        Assert.True(applied > 0, $"{name} fits no two records.");
    }

    [Fact]
    public void A_corpus_with_pairs_names_the_other_record()
    {
        var writer = new CorpusWriter(new CorpusOptions { RecordsPerFile = 120, InpatientPerMille = 0, ErrorPerMille = 300, WithPairs = true });
        List<Answer> answers = [];
        writer.Write(Stream.Null, 0, "a.xml", answers.Add);

        Assert.Contains(answers, a => a.Beside is not null);
        Assert.All(answers.Where(a => a.Beside is not null), a => Assert.Contains(a.Error, SamplePairError.All.Select(e => e.Name)));
        Assert.DoesNotContain(answers, a => a.MA_LK.Length == 0 || a.File != "a.xml");
    }

    [Theory]
    [InlineData(SampleKind.Outpatient, 200, 0.5)]
    [InlineData(SampleKind.Inpatient, 20, 3)]
    public void Clean_records_are_told_few_notes(SampleKind kind, int count, double most)
    {
        var factory = new SampleFactory(new SampleOptions { Seed = 21, From = new DateOnly(2026, 7, 1), To = new DateOnly(2026, 9, 30) });
        var lists = new CodeLists(SampleLists.All(factory.Options).Select(JudgingByLists.Build));
        var context = new JudgeContext(new DateTime(2026, 10, 5, 8, 0, 0), factory.Options.FacilityCode, Lists: lists);
        var told = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            using Record record = factory.Create(kind, i).Build();
            foreach (Finding finding in Validator.Judge(record, context).Findings) told[finding.Rule] = told.GetValueOrDefault(finding.Rule) + 1;
        }

        Assert.True(told.Values.Sum() <= count * most, string.Join(", ", told.OrderByDescending(t => t.Value).Select(t => $"{t.Key} {t.Value}")));
    }
}
