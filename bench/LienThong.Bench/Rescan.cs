using System.Diagnostics;
using System.Globalization;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Rejudging;
using LienThong.Samples;
using LienThong.Standard;

namespace LienThong.Bench;

/// <summary>Judging everything stored again: time, processor time and memory per tenth of the run, which show whether it is linear.</summary>
internal static class Rescan
{
    private const int Distinct = 2_000;
    private const int Parts = 10;

    public static async Task RunAsync(TextWriter output, int records)
    {
        await using BenchGateway gateway = await BenchGateway.StartAsync(postgres: false);
        await FillAsync(gateway.Get<IntakeService>(), records);
        Rejudge rejudge = gateway.Get<Rejudge>();
        await rejudge.SettleAsync(default);
        RejudgeProgress run = await rejudge.StartAsync(BenchGateway.Caller, new RejudgeSelection { IncludeSent = true }, default);
        if (run.Total != records) throw new InvalidOperationException($"{run.Total} of {records} records are to be judged.");

        output.WriteLine("| part of the run | records | elapsed | records/s | processors used | working set |");
        output.WriteLine("|---|---|---|---|---|---|");
        GC.Collect();
        Mark mark = Mark.Now(0);
        Mark first = mark;
        await rejudge.RunAsync(BenchGateway.Caller, run.Id, progress =>
        {
            if (progress.Done - mark.Done < records / Parts && !(progress.IsOver && progress.Done > mark.Done)) return;
            Mark next = Mark.Now(progress.Done);
            Line(output, $"up to {progress.Percent} %", mark, next);
            mark = next;
        }, default);
        Line(output, "all", first, mark);
    }

    // A few thousand records under many MA_LK, of as many people: every record is another one.
    private static async Task FillAsync(IntakeService intake, int records)
    {
        var factory = new SampleFactory(Subjects.Options);
        IEnumerable<IntakeSource> sources = Enumerable.Range(0, records).Select(i =>
        {
            RecordBuilder builder = factory.Create(SampleKind.Outpatient, i % Distinct);
            string copy = (i / Distinct).ToString(CultureInfo.InvariantCulture);
            foreach (TableId table in Enum.GetValues<TableId>())
            {
                foreach (RowBuilder row in builder.Rows(table))
                {
                    if (FieldId.TryParse(table, "MA_LK", out FieldId maLk)) row.Set(maLk, $"{row[maLk]}-{copy}");
                }
            }

            foreach (FieldId person in (FieldId[])[Xml1.MA_BN, Xml1.SO_CCCD, Xml1.MA_THE_BHYT])
            {
                string text = builder.Rows(TableId.Xml1)[0][person] ?? "";
                if (text.Length > 3) builder.Set(person, text[..^3] + (i / Distinct).ToString("000", CultureInfo.InvariantCulture));
            }

            using Record record = builder.Build();
            byte[] file = PackageWriter.WriteSingle(record, factory.ReleaseOf(builder), Subjects.Options.FacilityCode, new DateOnly(2026, 11, 1));
            return new IntakeSource($"{i}.xml", () => new MemoryStream(file, writable: false), file.Length);
        });
        await foreach (IntakeReport report in intake.IngestManyAsync(sources, BenchGateway.Caller, null, default))
        {
            if (report.Records.Count != 1) throw new InvalidOperationException("A record wasn't taken in.");
        }
    }

    private static void Line(TextWriter output, string part, Mark from, Mark to)
    {
        double seconds = (to.Elapsed - from.Elapsed).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {part} | {to.Done - from.Done} | {seconds:F1} s | {(to.Done - from.Done) / seconds:F0} | {(to.Processor - from.Processor).TotalSeconds / seconds:F2} | {to.Memory} MiB |"));
        output.Flush();
    }

    private sealed record Mark(long Done, TimeSpan Elapsed, TimeSpan Processor, long Memory)
    {
        public static Mark Now(long done) => new(done, Stopwatch.GetElapsedTime(0), Environment.CpuUsage.TotalTime, Environment.WorkingSet / (1024 * 1024));
    }
}
