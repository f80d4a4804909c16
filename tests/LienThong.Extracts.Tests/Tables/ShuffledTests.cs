using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace LienThong.Extracts.Tests.Tables;

/// <summary>Any visits, written as CSV files with their rows scattered, are the same visits when they are read back.</summary>
public sealed class ShuffledTests
{
    [Fact]
    public void Visits_survive_CSV_files_with_scattered_rows_in_any_memory()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            List<Visit> visits = [.. Enumerable.Range(0, random.Next(1, 12)).Select(i => Invent(random, i))];
            List<VisitReading> read = Extract.Read(Write(visits, random), memory: random.Next(2) == 0 ? 1 << 20 : random.Next(50, 2000));

            Assert.All(read, r => Assert.Empty(r.Problems));
            Assert.Equal(visits.Select(Extract.Json), read.Select(r => Extract.Json(r.Visit!)));
        }).Check(Properties.Times(60));
    }

    private static Visit Invent(Random random, int number)
    {
        var visit = new Visit();
        foreach (SectionSpec section in VisitModel.Sections)
        {
            bool must = section.Id is SectionId.Visit or SectionId.Patient;
            int rows = must ? 1 : section.IsMany ? random.Next(4) : random.Next(2);
            for (int i = 0; i < rows; i++)
            {
                VisitRow row = visit.Add(section.Id);
                foreach (VisitFieldSpec field in section.Fields)
                {
                    if (field.IsRequired || random.Next(3) == 0) row.Set(field.Id, Value(random, field));
                }

                // A row of nothing isn't there.
                if (!section.Fields.Any(f => row.Has(f.Id))) row.Set(section.Fields[0].Id, Value(random, section.Fields[0]));
            }
        }

        visit.One(SectionId.Visit).Set(VisitFields.Visit.MA_LK, $"LK-{number}");
        return visit;
    }

    private static string Value(Random random, VisitFieldSpec field)
    {
        string text = field.Kind switch
        {
            ValueKind.Count => random.Next(1000).ToString(),
            ValueKind.Number => (random.Next(100_000) / 100m).ToString(System.Globalization.CultureInfo.InvariantCulture),
            ValueKind.Day or ValueKind.Birth => $"202608{random.Next(1, 29):00}",
            ValueKind.Days => "20260801;20260901",
            ValueKind.Moment => $"202608{random.Next(1, 29):00}0815",
            ValueKind.Role => random.Next(2) == 0 ? "main" : "secondary",
            ValueKind.Payer => "NSNN",
            ValueKind.Code => "M" + random.Next(10_000).ToString(),
            ValueKind.Codes => "A;B",
            _ => new string([.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => "aàứđ ,;\"\n=|\t'"[random.Next(13)])]),
        };
        Assert.Null(ValueForm.TryNormalise(field.Kind, text, NumberForm.Point, out string value));
        return value.Length == 0 || value.StartsWith('=') ? "Mẫu" : value;
    }

    // Rows of different visits in any order; those of one visit keep theirs, which is what makes them first and second.
    private static List<ExtractTable> Write(List<Visit> visits, Random random)
    {
        char separator = ",;\t|"[random.Next(4)];
        var files = new List<(string Name, string Text)>();
        foreach (SectionSpec section in VisitModel.Sections)
        {
            var queues = visits.Select(v => new Queue<(string Key, VisitRow Row)>(v[section.Id].Select(r => (v.Key, r)))).ToList();
            var text = new StringBuilder(string.Join(separator, [.. section.Fields.Where(f => f.Name != "MA_LK").Select(f => f.Name).Prepend("MA_LK")]) + "\r\n");
            bool any = false;
            while (queues.FindAll(q => q.Count > 0) is { Count: > 0 } left)
            {
                any = true;
                (string key, VisitRow row) = left[section.Id == SectionId.Visit ? 0 : random.Next(left.Count)].Dequeue();
                text.AppendJoin(separator, section.Fields.Where(f => f.Name != "MA_LK").Select(f => Quoted(row[f.Id])).Prepend(key)).Append("\r\n");
            }

            if (any) files.Add((section.FileName + ".csv", text.ToString()));
        }

        return Extract.Of([.. files.OrderBy(_ => random.Next())]);
    }

    private static string Quoted(string value) => value.Length == 0 ? "" : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
