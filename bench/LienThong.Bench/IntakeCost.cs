using System.Diagnostics;
using System.Globalization;
using LienThong.Gateway;
using LienThong.Gateway.Archive;
using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Samples;

namespace LienThong.Bench;

/// <summary>What taking records in costs: judging beside stored records against not, and reading and judging against storing alone.</summary>
internal static class IntakeCost
{
    private const int Pairs = 5;
    private const int Batch = 50;

    public static async Task RunAsync(TextWriter output, int records)
    {
        byte[][] files = Subjects.Batch(SampleKind.Outpatient, records);
        output.WriteLine("| measure | database | median ratio (min–max) | processor time | elapsed |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (bool postgres in (bool[])[false, true])
        {
            string database = postgres ? "PostgreSQL" : "SQLite";
            await IngestAsync(files[..Math.Min(500, records)], postgres, beside: true);
            (Cost With, Cost Without)[] beside = await PairedAsync(() => IngestAsync(files, postgres, beside: true), () => IngestAsync(files, postgres, beside: false));
            Line(output, $"intake of {records} outpatient records, judged beside stored ones ÷ alone, processor time", database, beside, static (a, b) => a.Processor / b.Processor);
            (Cost Whole, Cost Store)[] store = await PairedAsync(() => IngestAsync(files, postgres, beside: true), () => StoreAsync(files, postgres));
            Line(output, "store only ÷ read + validate + store + queue, elapsed", database, store, static (a, b) => b.Elapsed / a.Elapsed);
        }
    }

    private static async Task<Cost> IngestAsync(byte[][] files, bool postgres, bool beside)
    {
        await using BenchGateway gateway = await BenchGateway.StartAsync(postgres, beside);
        IntakeService intake = gateway.Get<IntakeService>();
        return await MeasureAsync(async () =>
        {
            int taken = 0;
            IEnumerable<IntakeSource> sources = files.Select((f, i) => new IntakeSource($"{i}.xml", () => new MemoryStream(f, writable: false), f.Length));
            await foreach (IntakeReport report in intake.IngestManyAsync(sources, BenchGateway.Caller, null, default)) taken += report.Records.Count;
            if (taken != files.Length) throw new InvalidOperationException($"{taken} of {files.Length} records were taken in.");
        });
    }

    // The same files and rows, read and judged before the clock runs.
    private static async Task<Cost> StoreAsync(byte[][] files, bool postgres)
    {
        await using BenchGateway gateway = await BenchGateway.StartAsync(postgres, beside: false);
        Database database = gateway.Get<Database>();
        IArchive archive = gateway.Get<IArchive>();
        IntakeStorage storage = new(database, archive, gateway.Get<IRecordJudge>(), new FaultPoints());
        FileReading reading = new(gateway.Get<IRecordJudge>(), gateway.Get<CheckInReading>(), database.Time);
        await using BenchGateway before = await BenchGateway.StartAsync(postgres: false, beside: false);
        DeadlineGround ground = await DeadlineStore.GroundAsync(database, default);
        List<(byte[] Bytes, IntakeFile File, PendingRecord Pending)> ready = [];
        foreach (byte[] file in files)
        {
            ArchiveRef reference = (await before.Get<IArchive>().PutManyAsync([file], default))[0];
            IntakeFile taken = new(Guid.CreateVersion7(), "goi.xml", new Stored(reference, file.Length), database.Now);
            reading.Read(taken, new MemoryStream(file, writable: false), static _ => null, pending => ready.Add((file, taken, pending)));
        }

        return await MeasureAsync(async () =>
        {
            foreach ((byte[] Bytes, IntakeFile File, PendingRecord Pending)[] batch in ready.Chunk(Batch))
            {
                await archive.PutManyAsync([.. batch.Select(b => new ReadOnlyMemory<byte>(b.Bytes))], default);
                await storage.StoreAsync(BenchGateway.Caller, [.. batch.Select(b => b.Pending)], [.. batch.Select(b => b.File)], ground, default);
            }
        });
    }

    private static async Task<(Cost A, Cost B)[]> PairedAsync(Func<Task<Cost>> a, Func<Task<Cost>> b)
    {
        var pairs = new (Cost, Cost)[Pairs];
        for (int i = 0; i < Pairs; i++) pairs[i] = (await a(), await b());
        return pairs;
    }

    private static async Task<Cost> MeasureAsync(Func<Task> work)
    {
        GC.Collect();
        (TimeSpan processor, long start) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        await work();
        return new Cost((Environment.CpuUsage.TotalTime - processor).TotalSeconds, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static void Line(TextWriter output, string measure, string database, (Cost A, Cost B)[] pairs, Func<Cost, Cost, double> ratio)
    {
        double[] ratios = [.. pairs.Select(p => ratio(p.A, p.B)).Order()];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {measure} | {database} | {ratios[Pairs / 2]:F2} ({ratios[0]:F2}–{ratios[^1]:F2}) | {Median(pairs, c => c.Processor)} | {Median(pairs, c => c.Elapsed)} |"));
    }

    private static string Median((Cost A, Cost B)[] pairs, Func<Cost, double> of) => string.Create(CultureInfo.InvariantCulture,
        $"{pairs.Select(p => of(p.A)).Order().ElementAt(Pairs / 2):F2} s against {pairs.Select(p => of(p.B)).Order().ElementAt(Pairs / 2):F2} s");

    private sealed record Cost(double Processor, double Elapsed);
}
