using System.Diagnostics;
using System.Globalization;
using LienThong.Extracts;
using LienThong.Samples;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Bench;

/// <summary>Visits read from JSON, built and judged on one thread, in steady state: visits per second of processor time, which other work on the machine doesn't disturb, and garbage.</summary>
internal static class VisitCost
{
    private const int Rounds = 9;

    private static readonly Validator Validator = Validator.Create();

    private static readonly JudgeContext Context = new(new DateTime(2026, 11, 2, 8, 0, 0), Subjects.Options.FacilityCode);

    public static void Run(TextWriter output)
    {
        output.WriteLine("| visits | read and built per second of a core | read, built and judged (min–max) | garbage per visit |");
        output.WriteLine("|---|---|---|---|");
        foreach ((SampleKind kind, int count) in new[] { (SampleKind.Outpatient, 400), (SampleKind.Inpatient, 12) })
        {
            byte[] visits = Write(kind, count);
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < 4;) Pass(visits, judged: true);
            double built = Rate(visits, count, judged: false)[Rounds / 2];
            double[] judged = Rate(visits, count, judged: true);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Pass(visits, judged: true);
            long garbage = (GC.GetAllocatedBytesForCurrentThread() - before) / count;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {kind}, {visits.Length / count / 1024} KB of JSON | {built:F0} | {judged[Rounds / 2]:F0} ({judged[0]:F0}–{judged[^1]:F0}) | {garbage / 1024.0:F0} KB |"));
        }
    }

    private static double[] Rate(byte[] visits, int count, bool judged)
    {
        var rates = new double[Rounds];
        for (int i = 0; i < Rounds; i++)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            Pass(visits, judged);
            rates[i] = count / (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        }

        Array.Sort(rates);
        return rates;
    }

    private static void Pass(byte[] visits, bool judged)
    {
        foreach (VisitReading reading in VisitJsonReader.Read(new MemoryStream(visits), ExtractLimits.Default))
        {
            using Record record = VisitBuilder.Build(reading.Visit!, BuildOptions.Default).Record!;
            if (judged) Validator.Judge(record, Context);
        }
    }

    private static byte[] Write(SampleKind kind, int count)
    {
        var factory = new SampleFactory(Subjects.Options);
        using var stream = new MemoryStream();
        for (int i = 0; i < count; i++)
        {
            VisitJsonWriter.Write(stream, SampleVisits.Of(factory.Create(kind, i)));
            stream.WriteByte((byte)'\n');
        }

        return stream.ToArray();
    }
}
