using System.Diagnostics;
using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.CustomRules;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Rules;
using LienThong.Gateway.Storage;
using LienThong.Samples;

namespace LienThong.Bench;

/// <summary>
/// Judging everything stored again, when nothing changed and after a rule came in that finds something in every sixth record: time, processor
/// time and memory per tenth of the run, which show whether it is linear. Then what the pages of many records ask of the database.
/// </summary>
internal static class Rescan
{
    private const int RecordsPerDay = 240;
    private const int Parts = 10;
    private const int PageRuns = 11;

    private const string Rule = """
        name: Quy tắc của phép đo
        rules:
          - code: TUY-DO-01
            table: XML1
            field: MA_LOAI_KCB
            severity: warn
            require: MA_LOAI_KCB != "05"
            message: "Điều trị ngoại trú bệnh mạn tính."
        """;

    public static async Task RunAsync(TextWriter output, int records, bool postgres)
    {
        await using BenchGateway gateway = await BenchGateway.StartAsync(postgres);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{records} outpatient records, {(postgres ? "PostgreSQL" : "SQLite")}"));
        output.WriteLine();
        long start = Stopwatch.GetTimestamp();
        await FillAsync(gateway.Get<IntakeService>(), records);
        int settled = await gateway.Get<Rejudge>().SettleAsync(default);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Made, taken in and judged in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s; {settled} of them judged once more because of others."));
        output.WriteLine();

        output.WriteLine("| part of the run | records | changed | elapsed | records/s | processors used | working set |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        await MeasureAsync(output, gateway.Get<Rejudge>(), "nothing changed");
        CustomRuleDesk desk = gateway.Get<CustomRuleDesk>();
        await DoneAsync(desk.SaveAsync(BenchGateway.Caller, Subjects.Options.FacilityCode, "do", Rule, "Đo", default));
        await DoneAsync(desk.SwitchAsync(BenchGateway.Caller, Subjects.Options.FacilityCode, "do", true, "Đo", default));
        await MeasureAsync(output, gateway.Get<Rejudge>(), "a rule came in");
        output.WriteLine();
        await PagesAsync(output, gateway);
    }

    private static async Task MeasureAsync(TextWriter output, Rejudge rejudge, string what)
    {
        RejudgeProgress run = await rejudge.StartAsync(BenchGateway.Caller, new RejudgeSelection { IncludeSent = true }, default);
        GC.Collect();
        Mark first = Mark.Now(0, 0);
        Mark mark = first;
        await rejudge.RunAsync(BenchGateway.Caller, run.Id, progress =>
        {
            if (progress.Done - mark.Done < run.Total / Parts && !(progress.IsOver && progress.Done > mark.Done)) return;
            Mark next = Mark.Now(progress.Done, progress.Changed);
            Line(output, $"{what}, up to {progress.Percent} %", mark, next);
            mark = next;
        }, default);
        Line(output, $"{what}, all", first, mark);
    }

    // A facility that is so busy that no doctor is in two places: as many days as the samples need for that. Every fifth record has an error; some make two records one.
    private static async Task FillAsync(IntakeService intake, int records)
    {
        var to = new DateOnly(2026, 10, 31);
        var corpus = new CorpusWriter(new CorpusOptions
        {
            Files = records,
            RecordsPerFile = 1,
            InpatientPerMille = 0,
            LongStayPerMille = 0,
            ErrorPerMille = 200,
            Samples = Subjects.Options with { From = to.AddDays(-records / RecordsPerDay), To = to },
        });
        long taken = 0;
        IEnumerable<IntakeSource> sources = Enumerable.Range(0, records).Select(i =>
        {
            using var file = new MemoryStream();
            corpus.Write(file, i);
            byte[] bytes = file.ToArray();
            return new IntakeSource($"{i}.xml", () => new MemoryStream(bytes, writable: false), bytes.Length);
        });
        await foreach (IntakeReport report in intake.IngestManyAsync(sources, BenchGateway.Caller, null, default)) taken += report.Records.Count;
        if (taken != records) throw new InvalidOperationException($"{taken} of {records} records were taken in.");
    }

    private static async Task PagesAsync(TextWriter output, BenchGateway gateway)
    {
        FindingCounts counts = gateway.Get<FindingCounts>();
        RecordQueries queries = gateway.Get<RecordQueries>();
        Caller one = BenchGateway.Caller with { Scope = FacilityScope.Only(Subjects.Options.FacilityCode) };
        Caller two = BenchGateway.Caller with { Scope = FacilityScope.Only(Subjects.Options.FacilityCode, Subjects.Options.OtherFacilityCode) };
        output.WriteLine("| what a page asks of the database | median | longest |");
        output.WriteLine("|---|---|---|");
        foreach ((string who, Caller caller) in new[] { ("all facilities", BenchGateway.Caller), ("one facility", one), ("two facilities", two) })
        {
            async Task ListAsync(RecordFilter filter)
            {
                await queries.ListAsync(caller, filter, new PageRequest(), default);
                await queries.CountAsync(caller, default);
            }

            await TimeAsync(output, $"/ho-so, {who}", () => ListAsync(new RecordFilter()));
            await TimeAsync(output, $"/ho-so by arrival, {who}", () => ListAsync(new RecordFilter { Order = RecordOrder.Arrival }));
            await TimeAsync(output, $"/ho-so that are ready, {who}", () => ListAsync(new RecordFilter { States = [RecordState.Ready] }));
            await TimeAsync(output, $"/ho-so in a state nothing is in, {who}", () => ListAsync(new RecordFilter { States = [RecordState.Rejected] }));
            await TimeAsync(output, $"/loi, {who}", async () =>
            {
                await counts.ByRuleAsync(caller, "", default);
                await counts.ByDepartmentAsync(caller, "", default);
            });
            await TimeAsync(output, $"/loi of a department and a rule, {who}", async () =>
            {
                await counts.ByRuleAsync(caller, "K01", default);
                await counts.ByDepartmentAsync(caller, "TUY-DO-01", default);
            });
            await TimeAsync(output, $"/nguyen-nhan, {who}", async () => await gateway.Get<RootCauses>().ListAsync(caller, new CauseFilter(), 100, default));
        }
    }

    private static async Task TimeAsync(TextWriter output, string what, Func<Task> work)
    {
        await work();
        double[] times = new double[PageRuns];
        for (int i = 0; i < times.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await work();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {times[PageRuns / 2]:F1} ms | {times[^1]:F1} ms |"));
    }

    private static async Task DoneAsync(Task<CustomRuleChange> change)
    {
        CustomRuleChange done = await change;
        if (!done.Done) throw new InvalidOperationException(done.Message + string.Join(' ', done.Errors));
    }

    private static void Line(TextWriter output, string part, Mark from, Mark to)
    {
        double seconds = (to.Elapsed - from.Elapsed).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {part} | {to.Done - from.Done} | {to.Changed - from.Changed} | {seconds:F1} s | {(to.Done - from.Done) / seconds:F0} | {(to.Processor - from.Processor).TotalSeconds / seconds:F2} | {to.Memory} MiB |"));
        output.Flush();
    }

    private sealed record Mark(long Done, long Changed, TimeSpan Elapsed, TimeSpan Processor, long Memory)
    {
        public static Mark Now(long done, long changed) =>
            new(done, changed, Stopwatch.GetElapsedTime(0), Environment.CpuUsage.TotalTime, Environment.WorkingSet / (1024 * 1024));
    }
}
