using System.Diagnostics;
using System.Globalization;
using LienThong.Samples;

namespace LienThong.Bench;

/// <summary>Paired runs in one process, steady state, one thread: ratios to the floor and garbage per record.</summary>
internal static class InProcess
{
    private const int Pairs = 9;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static void Run(TextWriter output)
    {
        output.WriteLine("| measure | size | median ratio (min–max) | garbage per record |");
        output.WriteLine("|---|---|---|---|");
        foreach ((SampleKind kind, int count) in new[] { (SampleKind.Outpatient, 200), (SampleKind.Inpatient, 6), (SampleKind.LongStay, 2) })
        {
            byte[][] files = Subjects.Batch(kind, count);
            long bytes = files.Sum(f => (long)f.Length);
            double[] read = Paired(() => Each(files, f => Subjects.Read(f)), () => Each(files, f => Floor.Read(f)));
            double[] judge = Paired(() => Each(files, f => Subjects.Judge(f)), () => Each(files, f => Floor.Read(f)));
            string size = string.Create(CultureInfo.InvariantCulture, $"{kind}, {bytes / count / 1024} KB");
            Line(output, "read ÷ floor", size, read, Garbage(files, f => Subjects.Read(f)));
            Line(output, "read + validate ÷ floor", size, judge, Garbage(files, f => Subjects.Judge(f)));
        }
    }

    private static void Each(byte[][] files, Func<byte[], long> action)
    {
        foreach (byte[] file in files) action(file);
    }

    private static double[] Paired(Action ours, Action floor)
    {
        // The compiler improves hot code in steps, some seconds after it got hot.
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
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

    private static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static long Garbage(byte[][] files, Func<byte[], long> action)
    {
        Each(files, action);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Each(files, action);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / files.Length;
    }

    private static void Line(TextWriter output, string measure, string size, double[] ratios, long garbage) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {measure} | {size} | {ratios[Pairs / 2]:F2} ({ratios[0]:F2}–{ratios[^1]:F2}) | {garbage / 1024.0:F1} KB |"));
}
