using LienThong.Samples;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Extracts.Tests.Building;

/// <summary>Invented records taken apart into visits and built again: everything that was left out has to be found.</summary>
public sealed class SampleVisitTests
{
    private static readonly Validator Validator = Validator.Create();

    [Theory]
    [InlineData(SampleKind.Outpatient, 200)]
    [InlineData(SampleKind.ShortStay, 60)]
    [InlineData(SampleKind.Inpatient, 12)]
    [InlineData(SampleKind.LongStay, 1)]
    public void Insured_visits_give_the_record_they_were_taken_from(SampleKind kind, int count)
    {
        var factory = new SampleFactory(new SampleOptions { Seed = 77, From = new DateOnly(2025, 2, 1), To = new DateOnly(2026, 9, 30) });
        for (int i = 0; i < count; i++)
        {
            RecordBuilder sample = factory.Create(kind, i);
            BuiltVisit built = VisitBuilder.Build(SampleVisits.Of(sample), BuildOptions.Default with { Uninsured = UninsuredTables.All });

            Assert.Empty(built.Problems);
            Assert.Same(factory.ReleaseOf(sample), built.Release);
            using Record record = built.Record!;
            using Record expected = sample.Build();
            Assert.Equal(string.Join('\n', Lines(expected, built.Release!)), string.Join('\n', Lines(record, built.Release!)));
        }
    }

    [Theory]
    [InlineData(SampleKind.Outpatient, 150)]
    [InlineData(SampleKind.ShortStay, 40)]
    public void Built_records_have_nothing_to_mend(SampleKind kind, int count)
    {
        var factory = new SampleFactory(new SampleOptions { Seed = 78 });
        for (int i = 0; i < count; i++)
        {
            BuiltVisit built = VisitBuilder.Build(SampleVisits.Of(factory.Create(kind, i)), BuildOptions.Default);
            using Record record = built.Record!;

            Judgement judgement = Validator.Judge(record, new JudgeContext(new DateTime(2026, 10, 1, 0, 0, 0), "99001"));

            Assert.DoesNotContain(judgement.Findings, f => f.Severity != Severity.Info);
        }
    }

    [Fact]
    public void Broken_visits_are_found_where_the_answer_says_and_the_others_are_clean()
    {
        var writer = new CorpusWriter(new CorpusOptions { Files = 300, ErrorPerMille = 500, Samples = new SampleOptions { Seed = 79 } });
        int broken = 0;
        foreach ((Visit visit, Answer? answer) in writer.Visits())
        {
            using Record record = VisitBuilder.Build(visit, BuildOptions.Default).Record!;
            Judgement judgement = Validator.Judge(record, new JudgeContext(new DateTime(2026, 10, 1, 0, 0, 0), "99001"));
            if (answer is null)
            {
                Assert.DoesNotContain(judgement.Findings, f => f.Severity != Severity.Info);
                continue;
            }

            broken++;
            Assert.Contains(judgement.Findings, f => f.Rule == answer.Code || answer.Also.Contains(f.Rule, StringComparer.Ordinal));
        }

        Assert.InRange(broken, 100, 200);
    }

    // Rows of a table in any order, without their numbers.
    private static List<string> Lines(Record record, Release release)
    {
        List<string> lines = [];
        foreach (TableSpec table in release.Tables)
        {
            if (record[table.Id] is not { } rows) continue;
            for (int i = 0; i < rows.Count; i++)
            {
                Row row = rows[i];
                List<string> cells = [];
                foreach (FieldSpec field in table.Fields)
                {
                    if (field.Name != "STT" && row[field.Id].Text is { Length: > 0 } text) cells.Add($"{field.Name}={text}");
                }

                lines.Add($"{table.Id.Code()}: {string.Join(" | ", cells)}");
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
