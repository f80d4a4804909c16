using System.Diagnostics;
using System.Globalization;
using LienThong.Samples;
using LienThong.Validation;

namespace LienThong.Bench;

/// <summary>What judging costs with every code list loaded at 100 000 rows, against none loaded; and what loading costs.</summary>
internal static class LargeLists
{
    private const int Rows = 100_000;
    private const int Records = 2_500;
    private const int Pairs = 9;

    public static void Run(TextWriter output)
    {
        byte[][] files = Subjects.Batch(SampleKind.Outpatient, Records);
        long memory = GC.GetTotalMemory(forceFullCollection: true);
        long start = Stopwatch.GetTimestamp();
        CodeLists lists = Build(Rows);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long held = GC.GetTotalMemory(forceFullCollection: true) - memory;
        CodeLists used = Build(0);
        double[] size = Paired(() => Read(files, lists), () => Read(files, used));
        double[] whole = Paired(() => Read(files, lists), () => Read(files, CodeLists.None));
        output.WriteLine("| measure | result |");
        output.WriteLine("|---|---|");
        Line(output, "lists", $"{ListDefinitions.All.Count} of {Rows} rows, {held / (1024 * 1024)} MB, built in {seconds:F1} s");
        Line(output, $"read + judge {Records} outpatient records, lists ÷ none", $"{whole[Pairs / 2]:F2} ({whole[0]:F2}–{whole[^1]:F2})");
        Line(output, "the same, lists ÷ lists of only the codes in use", $"{size[Pairs / 2]:F2} ({size[0]:F2}–{size[^1]:F2})");
        Line(output, "processor time per record", $"{Seconds(() => Read(files, lists)) * 1e6 / Records:F0} µs with lists, {Seconds(() => Read(files, CodeLists.None)) * 1e6 / Records:F0} µs without");
        Line(output, "findings per record, with and without", $"{Read(files, lists) / (double)Records:F2}, {Read(files, CodeLists.None) / (double)Records:F2}");
    }

    private static long Read(byte[][] files, CodeLists lists)
    {
        long findings = 0;
        foreach (byte[] file in files) findings += Subjects.Judge(file, lists);
        return findings;
    }

    // What the records use, filled up with codes that nothing uses.
    private static CodeLists Build(int rows)
    {
        SampleList[] samples = [.. SampleLists.All(Subjects.Options)];
        return new CodeLists(ListDefinitions.All.Select(definition => Build(definition, Array.Find(samples, s => s.Name == definition.Name), rows)));
    }

    private static CodeList Build(ListDefinition definition, SampleList? sample, int rows)
    {
        string[] columns = sample?.Columns.ToArray() ?? [.. definition.Columns.Select(c => c.Name)];
        var builder = new CodeListBuilder(definition, columns) { IsComplete = sample is not null };
        if (sample is not null) Add(builder, sample);
        int key = Array.FindIndex(columns, c => definition.Find(c) is >= 0 and var at && at < definition.KeyCount);
        string[] row = new string[columns.Length];
        Array.Fill(row, "");
        for (int i = sample?.Rows.Count ?? 0; i < rows; i++)
        {
            row[key] = string.Create(CultureInfo.InvariantCulture, $"90.{i:D5}.{i % 10000:D4}");
            builder.Add(row);
        }

        return builder.Build();
    }

    private static void Add(CodeListBuilder builder, SampleList sample)
    {
        int from = sample.Columns.ToList().IndexOf("TU_NGAY");
        foreach (string[] row in sample.Rows) builder.Add(row, from < 0 ? null : Day(row[from]), from < 0 ? null : Day(row[from + 1]));
    }

    private static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture);

    private static double[] Paired(Action ours, Action floor)
    {
        for (int i = 0; i < 3; i++)
        {
            floor();
            ours();
        }

        var ratios = new double[Pairs];
        for (int i = 0; i < Pairs; i++)
        {
            double theirs = Seconds(floor);
            ratios[i] = Seconds(ours) / theirs;
        }

        Array.Sort(ratios);
        return ratios;
    }

    // Processor time: other work on the machine doesn't count.
    private static double Seconds(Action action)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private static void Line(TextWriter output, string measure, FormattableString result) =>
        output.WriteLine($"| {measure} | {result.ToString(CultureInfo.InvariantCulture)} |");
}
