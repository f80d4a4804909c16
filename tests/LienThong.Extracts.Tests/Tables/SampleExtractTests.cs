using System.Buffers;
using System.Text;
using LienThong.Samples;
using LienThong.Standard;

namespace LienThong.Extracts.Tests.Tables;

/// <summary>samples/extract: the same invented visits in every way in give byte-identical records (LIENTHONG_UPDATE=1 writes the files).</summary>
public sealed class SampleExtractTests
{
    private static readonly string Folder = Repository.At("samples", "extract");

    [Fact]
    public void The_examples_are_current()
    {
        List<Visit> visits = Visits();
        var files = new List<(string Name, string Text)> { ("visits.json", Json(visits)) };
        files.AddRange(Csv(visits).Select(f => ("csv/" + f.Name, f.Text)));
        files.AddRange(HisExport.Files(visits).Select(f => ("his/" + f.Name, f.Text)));
        files.Add(("his/mapping.yaml", MappingWriter.Write(HisExport.Mapping(visits))));
        foreach ((string name, string text) in files)
        {
            string path = Path.Combine(Folder, name);
            if (Repository.Updates)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text);
            }

            Assert.Equal(text, File.ReadAllText(path));
        }
    }

    [Fact]
    public void JSON_CSV_and_a_mapped_export_give_byte_identical_records()
    {
        byte[][] expected = Packages(Visits().ConvertAll(v => new VisitReading(v, [])));
        ExtractMapping mapping = Extract.Mapping(File.ReadAllText(Path.Combine(Folder, "his", "mapping.yaml")));
        using FileStream json = File.OpenRead(Path.Combine(Folder, "visits.json"));

        Assert.Equal(expected, Packages([.. VisitJsonReader.Read(json, ExtractLimits.Default)]));
        Assert.Equal(expected, Packages(Extract.Read(Tables("csv"))));
        Assert.Equal(expected, Packages(Extract.Read(Tables("his"), mapping)));
        Assert.All(expected, e => Assert.True(e.Length > 5000));
    }

    [Fact]
    public void A_guessed_mapping_of_the_CSV_folder_finds_every_column()
    {
        MappingProposal proposal = MappingSuggester.Suggest(Tables("csv"));

        Assert.Empty(proposal.Problems);
        Assert.All(proposal.Columns, c => Assert.True(c.Field is not null && c.Confidence > 0.8, $"{c.Table}.{c.Column}: {c.Confidence} {c.Reason}"));
        ExtractMapping mapping = Extract.Mapping(MappingWriter.Write(proposal.Mapping, proposal.Columns));
        Assert.Equal(Packages(Extract.Read(Tables("csv"))), Packages(Extract.Read(Tables("csv"), mapping)));
    }

    [Fact]
    public void A_guessed_mapping_of_the_HIS_export_gives_each_cost_its_section()
    {
        MappingProposal proposal = MappingSuggester.Suggest(Tables("his"));

        SourceMapping costs = proposal.Mapping.Sources.Single(s => s.Name == "ChiPhi.csv");
        Assert.Equal(["exams", "services", "beds", "supplies", "drugs"], costs.Parts.Select(p => p.Section.Name));
        Assert.All(costs.Parts, p => Assert.NotEmpty(Assert.Single(p.When).Values));
        ExtractMapping mapping = Extract.Mapping(MappingWriter.Write(proposal.Mapping, proposal.Columns));
        List<VisitReading> readings = Extract.Read(Tables("his"), mapping);
        foreach ((Visit expected, VisitReading read) in Visits().Zip(readings.Where(r => r.Visit is not null)))
        {
            foreach (SectionId section in (SectionId[])[SectionId.Exams, SectionId.Services, SectionId.Beds, SectionId.Supplies, SectionId.Drugs])
                Assert.Equal(expected[section].Count, read.Visit![section].Count);
        }
    }

    private static List<Visit> Visits()
    {
        var factory = new SampleFactory(new SampleOptions { Seed = 2026 });
        return [.. new[] { (SampleKind.Outpatient, 0), (SampleKind.Outpatient, 1), (SampleKind.ShortStay, 0) }.Select(s => SampleVisits.Of(factory.Create(s.Item1, s.Item2)))];
    }

    private static List<ExtractTable> Tables(string folder)
    {
        string[] files = Directory.GetFiles(Path.Combine(Folder, folder), "*.csv");
        return Extract.Of([.. files.Select(f => (Path.GetFileName(f), File.ReadAllText(f)))]);
    }

    private static string Json(List<Visit> visits)
    {
        using var stream = new MemoryStream();
        stream.Write("[\n"u8);
        for (int i = 0; i < visits.Count; i++)
        {
            if (i > 0) stream.Write(",\n"u8);
            VisitJsonWriter.Write(stream, visits[i], indented: true);
        }

        stream.Write("\n]\n"u8);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // Only the columns that hold anything, as an export of one's own would have them.
    private static IEnumerable<(string Name, string Text)> Csv(List<Visit> visits)
    {
        foreach (SectionSpec section in VisitModel.Sections)
        {
            if (!visits.Exists(v => v[section.Id].Count > 0)) continue;
            VisitFieldSpec[] fields = [.. section.Fields.Where(f => f.Name != "MA_LK" && visits.Exists(v => v[section.Id].Any(r => r.Has(f.Id))))];
            var text = new StringBuilder("MA_LK," + string.Join(',', fields.Select(f => f.Name)) + "\n");
            foreach (Visit visit in visits)
            {
                foreach (VisitRow row in visit[section.Id]) text.AppendJoin(',', fields.Select(f => Quoted(row[f.Id])).Prepend(visit.Key)).Append('\n');
            }

            yield return (section.FileName + ".csv", text.ToString());
        }
    }

    private static string Quoted(string value) => value.AsSpan().IndexOfAny(",\"\n\r") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static byte[][] Packages(IReadOnlyList<VisitReading> readings) => [.. readings.Select(reading =>
    {
        Assert.DoesNotContain(reading.Problems, p => p.Severity == Severity.Block);
        BuiltVisit built = VisitBuilder.Build(reading.Visit!, BuildOptions.Default with { Uninsured = UninsuredTables.All });
        using Record record = built.Record!;
        var buffer = new ArrayBufferWriter<byte>();
        PackageWriter.Write(buffer, PackageHeader.For("99001", new DateOnly(2026, 10, 1), 1), built.Release!, record);
        return buffer.WrittenSpan.ToArray();
    })];
}
