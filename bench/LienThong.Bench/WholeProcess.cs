using System.Diagnostics;
using System.Globalization;
using LienThong.Samples;

namespace LienThong.Bench;

/// <summary>Whole processes from outside: batches of files, cold start, memory on large packages, two workers against one.</summary>
internal sealed class WholeProcess(TextWriter output, string lienthong, string empty)
{
    private const int Pairs = 5;
    private const int ShortPairs = 25;
    private readonly string folder = Directory.CreateTempSubdirectory("lienthong-bench").FullName;

    public void Run()
    {
        try
        {
            output.WriteLine("| measure | median (min–max) |");
            output.WriteLine("|---|---|");
            Batch("outpatient, 2 500 files", SampleKind.Outpatient, 2500);
            Batch("inpatient, 60 files", SampleKind.Inpatient, 60);
            Batch("very large, 6 files", SampleKind.LongStay, 6);
            string one = Files("one", SampleKind.Outpatient, 1);
            Ratio("one 20 KB file, cold ÷ empty program", () => Validate(one, 1), () => Start("dotnet", [empty]), ShortPairs);
            string many = Path.Combine(folder, "batch-Outpatient");
            Ratio("one worker ÷ two workers, outpatient batch", () => Validate(many, 1), () => Validate(many, 2));
            Schema("outpatient, 2 500 files", many);
            Schema("inpatient, 60 files", Path.Combine(folder, "batch-Inpatient"));
            Memory();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Batch(string name, SampleKind kind, int count)
    {
        string files = Files($"batch-{kind}", kind, count);
        Ratio($"validate ÷ floor, {name}, one worker", () => Validate(files, 1), () => Start("dotnet", [typeof(WholeProcess).Assembly.Location, "floor", files]));
    }

    private void Schema(string name, string files)
    {
        if (!Lint.Present) return;
        var lint = new Lint(files, Path.Combine(folder, "lint-" + Path.GetFileName(files)));
        Ratio($"validate ÷ xmllint --schema on the inner files, {name}, one worker", () => Validate(files, 1), lint.Run);
    }

    private string Files(string name, SampleKind kind, int count)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(path);
        for (int i = 0; i < count; i++) File.WriteAllBytes(Path.Combine(path, $"{i:D5}.xml"), Subjects.Package(kind, i));
        return path;
    }

    private void Memory()
    {
        long small = Peak(1200);
        long large = Peak(7200);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| peak memory, package of 1 200 HOSO | {small / 1024.0 / 1024:F0} MiB |"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| growth when six times larger | {(large - small) / 1024.0 / 1024:F0} MiB |"));
    }

    private long Peak(int records)
    {
        string path = Path.Combine(folder, $"many-{records}.xml");
        using (FileStream stream = File.Create(path))
        {
            new CorpusWriter(new CorpusOptions { RecordsPerFile = records, Samples = new SampleOptions { Seed = 3, From = new DateOnly(2026, 7, 1), To = new DateOnly(2026, 10, 31) } }).Write(stream, 0);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| size of a package of {records} HOSO | {new FileInfo(path).Length / 1024.0 / 1024:F0} MiB |"));
        long peak = Start("dotnet", [lienthong, "validate", path, "--output", "json", "--workers", "1"], watchMemory: true).Peak;
        File.Delete(path);
        return peak;
    }

    private (double Seconds, long Peak) Validate(string path, int workers) =>
        Start("dotnet", [lienthong, "validate", path, "--output", "json", "--workers", workers.ToString(CultureInfo.InvariantCulture)]);

    private void Ratio(string name, Func<(double Seconds, long Peak)> ours, Func<(double Seconds, long Peak)> theirs, int pairs = Pairs)
    {
        var ratios = new double[pairs];
        for (int i = -1; i < pairs; i++)
        {
            double other = theirs().Seconds;
            double mine = ours().Seconds;
            if (i >= 0) ratios[i] = mine / other;
        }

        Array.Sort(ratios);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {ratios[pairs / 2]:F2} ({ratios[0]:F2}–{ratios[^1]:F2}) |"));
        output.Flush();
    }

    // Output is read and thrown away, so that writing it counts; the peak is the kernel's high-water mark, read until the process ends.
    internal static (double Seconds, long Peak) Start(string program, string[] arguments, bool watchMemory = false)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        long from = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        long peak = 0;
        Task drain = Task.WhenAll(process.StandardOutput.BaseStream.CopyToAsync(Stream.Null), process.StandardError.BaseStream.CopyToAsync(Stream.Null));
        while (watchMemory && !process.WaitForExit(15))
        {
            try
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                break;
            }
        }

        process.WaitForExit();
        drain.GetAwaiter().GetResult();
        return (Stopwatch.GetElapsedTime(from).TotalSeconds, peak);
    }
}
