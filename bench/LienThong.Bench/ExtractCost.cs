using System.Globalization;
using LienThong.Extracts;
using LienThong.Samples;

namespace LienThong.Bench;

/// <summary>A folder of CSV files as a hospital system exports them, converted by the command line: memory and speed of the whole process.</summary>
internal static class ExtractCost
{
    public static void Run(TextWriter output, string lienthong, int megabytes)
    {
        string folder = Directory.CreateTempSubdirectory("lienthong-bench").FullName;
        try
        {
            string extract = Path.Combine(folder, "csv");
            (int visits, long bytes) = Write(extract, megabytes * 1_000_000L);
            (double seconds, long peak) = WholeProcess.Start(
                "dotnet", [lienthong, "convert", extract, "--single", "--out", Path.Combine(folder, "out"), "--output", "json"], watchMemory: true);
            output.WriteLine("| extract | visits | seconds | MB/s | visits/s | peak memory |");
            output.WriteLine("|---|---|---|---|---|---|");
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {bytes / 1e6:F0} MB of CSV, rows of a visit scattered | {visits} | {seconds:F0} | {bytes / 1e6 / seconds:F1} | {visits / seconds:F0} | {peak / 1048576.0:F0} MiB |"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Every visit is written again under other keys, round after round, and every file in another order than the visits.
    private static (int Visits, long Bytes) Write(string folder, long wanted)
    {
        Directory.CreateDirectory(folder);
        var factory = new SampleFactory(Subjects.Options);
        Visit[] visits = [.. Enumerable.Range(0, 400).Select(i => SampleVisits.Of(factory.Create(i % 8 == 0 ? SampleKind.ShortStay : SampleKind.Outpatient, i)))];
        Dictionary<SectionId, StreamWriter> files = [];
        int round = 0;
        long bytes = 0;
        try
        {
            for (; bytes < wanted; round++)
            {
                for (int i = 0; i < visits.Length; i++)
                {
                    foreach (SectionSpec section in VisitModel.Sections) bytes += Write(folder, files, section, visits[section.Id == SectionId.Visit ? i : (i * 7) % visits.Length], round);
                }
            }
        }
        finally
        {
            foreach (StreamWriter file in files.Values) file.Dispose();
        }

        return (visits.Length * round, new DirectoryInfo(folder).EnumerateFiles().Sum(f => f.Length));
    }

    private static long Write(string folder, Dictionary<SectionId, StreamWriter> files, SectionSpec section, Visit visit, int round)
    {
        IReadOnlyList<VisitRow> rows = visit[section.Id];
        if (rows.Count == 0) return 0;
        bool own = section.Id == SectionId.Visit;
        if (!files.TryGetValue(section.Id, out StreamWriter? file))
        {
            files[section.Id] = file = new StreamWriter(Path.Combine(folder, section.FileName + ".csv"));
            file.WriteLine(string.Join(',', (own ? [] : (string[])["MA_LK"]).Concat(section.Fields.Select(f => f.Name))));
        }

        long written = 0;
        string key = $"{visit.Key}-{round}";
        foreach (VisitRow row in rows)
        {
            string line = string.Join(',', (own ? [] : (string[])[key]).Concat(section.Fields.Select(f => own && f.Name == "MA_LK" ? key : Cell(row[f.Id]))));
            file.WriteLine(line);
            written += line.Length;
        }

        return written;
    }

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
