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

    [Theory]
    [InlineData("2023-01-01", "2023-12-31", "QD4210")]
    [InlineData("2024-01-01", "2024-06-30", "QD130")]
    [InlineData("2024-07-01", "2024-12-31", "QD4750")]
    [InlineData("2025-07-01", "2026-06-30", "QD3176")]
    [InlineData("2026-07-01", "2026-09-30", "QD1931")]
    public void To_its_own_release_a_record_stays_byte_for_byte(string from, string to, string release)
    {
        foreach (Record original in Originals(from, to, release))
        {
            Conversion conversion = RecordConverter.Convert(original, RecordRelease.Of(original), Releases.Get(release));
            using Record converted = conversion.Record.Build();

            Assert.Equal(release, conversion.From.Id);
            Assert.Empty(conversion.Changes);
            Assert.Equal(Bytes(original, release), Bytes(converted, release));
        }
    }

    [Theory]
    [InlineData("2025-07-01", "2026-06-30", "QD3176", "QD1931")]
    [InlineData("2026-07-01", "2026-09-30", "QD1931", "QD3176")]
    public void Between_QD3176_and_QD1931_nothing_of_these_records_changes(string from, string to, string source, string target)
    {
        foreach (Record original in Originals(from, to, source))
        {
            Conversion conversion = RecordConverter.Convert(original, Releases.Get(source), Releases.Get(target));
            using Record converted = conversion.Record.Build();

            Assert.Empty(conversion.Changes);
            Assert.Equal(Bytes(original, source), Bytes(converted, target));
        }
    }

    [Theory]
    [InlineData("2024-01-01", "2024-06-30", "QD130", "QD4750")]
    [InlineData("2024-01-01", "2024-06-30", "QD130", "QD1931")]
    [InlineData("2024-07-01", "2024-12-31", "QD4750", "QD130")]
    [InlineData("2024-07-01", "2024-12-31", "QD4750", "QD3176")]
    [InlineData("2025-07-01", "2026-06-30", "QD3176", "QD4750")]
    public void There_and_back_every_value_is_the_same_or_was_told(string from, string to, string source, string target)
    {
        Release first = Releases.Get(source), second = Releases.Get(target);
        foreach (Record original in Originals(from, to, source))
        {
            Conversion there = RecordConverter.Convert(original, first, second);
            using Record between = there.Record.Build();
            Conversion back = RecordConverter.Convert(between, second, first);
            foreach (TableSpec table in first.Tables)
            {
                if (original[table.Id] is not { } rows) continue;
                IList<RowBuilder> again = back.Record.Rows(table.Id);
                for (int i = 0; i < rows.Count; i++)
                {
                    foreach (FieldSpec field in table.Fields)
                    {
                        string value = rows[i][field.Id].Text;
                        bool same = i < again.Count ? value == (again[i][field.Id] ?? "") : value.Length == 0;
                        Assert.True(same || Told(there, table.Id, i, field.Name) || Told(back, table.Id, i, field.Name), $"{table.Id}[{i + 1}].{field.Name} «{value}»");
                    }
                }
            }
        }
    }

    [Fact]
    public void From_QD130_to_QD4750_only_what_is_new_is_told()
    {
        foreach (Record original in Originals("2024-01-01", "2024-06-30", "QD130"))
        {
            Conversion conversion = RecordConverter.Convert(original, Releases.Get("QD130"), Releases.Get("QD4750"));

            Assert.All(conversion.Changes, c => Assert.True(c.Kind is ChangeKind.Missing or ChangeKind.MissingIfNeeded, c.ToString()));
        }
    }

    private static bool Told(Conversion conversion, TableId table, int row, string field) =>
        conversion.Changes.Any(c => c.Table == table && c.Row == row + 1 && (c.Field == field || c.Target == field)
            && c.Kind is not (ChangeKind.Review or ChangeKind.Missing or ChangeKind.MissingIfNeeded or ChangeKind.Renamed));

    private static IEnumerable<Record> Originals(string from, string to, string release)
    {
        var factory = new SampleFactory(new SampleOptions { Seed = 8, From = DateOnly.Parse(from), To = DateOnly.Parse(to), ReleaseId = release });
        foreach ((SampleKind kind, int index) in Written.Mix(150, 15))
        {
            using Record record = factory.Create(kind, index).Build();
            yield return record;
        }
    }

    private static byte[] Bytes(Record record, string release) => PackageWriter.WriteSingle(record, Releases.Get(release), "99001", new DateOnly(2026, 10, 1));

    private static bool Explains(Change change, Finding finding) =>
        change.Kind is ChangeKind.Missing or ChangeKind.MissingIfNeeded or ChangeKind.Dropped
        && change.Table.Code() == finding.At.Table && change.Field == finding.At.Field
        && (change.Row is null || finding.At.Row is null || change.Row == finding.At.Row);
}
