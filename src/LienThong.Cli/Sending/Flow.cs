using System.Diagnostics;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Records;
using LienThong.Gateway.Submission;

namespace LienThong.Cli.Sending;

/// <summary>The steps that <c>send</c> and <c>demo</c> have in common.</summary>
internal static class Flow
{
    private static readonly string[] VisitEndings = [".json", ".ndjson"];

    /// <summary>Takes packages and documents of visits in, with progress.</summary>
    public static Task<List<IntakeReport>> IngestAsync(House house, IReadOnlyList<string> files, Board board, CancellationToken ct) =>
        board.RunAsync("Nhận và kiểm tra tệp", files.Count, async tell =>
        {
            List<IntakeReport> reports = new(files.Count);
            ILookup<bool, string> byKind = files.ToLookup(f => VisitEndings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase));
            await foreach (IntakeReport report in house.Intake.IngestManyAsync(byKind[false].Select(IntakeSource.File), house.Self, null, ct))
            {
                reports.Add(report);
                tell(reports.Count);
            }

            foreach (string visits in byKind[true])
            {
                await using FileStream stream = File.OpenRead(visits);
                reports.Add(await house.Visits.IngestJsonAsync(stream, Path.GetFileName(visits), house.Self, ct));
                tell(reports.Count);
            }

            // No worker does it here: what the new records mean for those stored before.
            await house.Rejudge.SettleAsync(ct);
            return reports;
        });

    /// <summary>Signs and sends until nothing is left that can be done within the patience.</summary>
    /// <param name="house">The gateway.</param>
    /// <param name="patience">How long to wait for retries.</param>
    /// <param name="shared">A server over the same data works the same queue: wait for what it has in its hands, too.</param>
    /// <param name="board">Shows progress.</param>
    /// <param name="ct">Stops the work.</param>
    public static async Task<DrainSummary> DrainAsync(House house, TimeSpan patience, bool shared, Board board, CancellationToken ct)
    {
        long total = Pending(await house.Queries.CountAsync(house.Self, ct));
        return await board.RunAsync(shared ? "Ký và gửi nốt lên Cổng" : "Ký và gửi lên Cổng", total, async tell =>
        {
            Task<DrainSummary> drain = house.Engine.DrainAsync(patience, ct);
            while (await Task.WhenAny(drain, Task.Delay(TimeSpan.FromMilliseconds(300), ct)) != drain)
                tell(Math.Max(0, total - Pending(await house.Queries.CountAsync(house.Self, ct))));
            DrainSummary summary = await drain;
            if (shared) await SettleAsync(house, patience, ct);
            tell(Math.Max(0, total - Pending(await house.Queries.CountAsync(house.Self, ct))));
            return summary;
        });
    }

    private static async Task SettleAsync(House house, TimeSpan patience, CancellationToken ct)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < patience)
        {
            IReadOnlyDictionary<RecordState, long> counts = await house.Queries.CountAsync(house.Self, ct);
            if (Pending(counts) == 0) return;
            await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
        }
    }

    /// <summary>Records that are on their way.</summary>
    public static long Pending(IReadOnlyDictionary<RecordState, long> counts) =>
        counts.GetValueOrDefault(RecordState.Received) + counts.GetValueOrDefault(RecordState.Ready)
        + counts.GetValueOrDefault(RecordState.Signed) + counts.GetValueOrDefault(RecordState.Sending);
}
