using LienThong.Gateway.Archive;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;

namespace LienThong.Gateway.Rejudging;

/// <summary>
/// Works runs off: pages by key, some judged ahead so that all cores have work while one page waits for the database or is being committed.
/// Pages are committed in order and the cursor moves in the transaction that writes the page, so that a crash repeats at most the pages that
/// weren't committed and loses none.
/// </summary>
internal sealed class RejudgeRunner(Database database, RejudgeStore store, StoredJudging judging, WorkSignal submission, FaultPoints faults) : IDisposable
{
    private const int PageRecords = 250;
    private static readonly int PagesAhead = Environment.ProcessorCount + 1;
    private const string Neighbour = "system";
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private readonly string owner = Guid.NewGuid().ToString("N");
    private readonly WorkSignal signal = new();

    /// <summary>Says that there may be something to judge again.</summary>
    public void Wake() => signal.Pulse();

    /// <summary>Waits for <see cref="Wake"/>, at most this long.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken ct) => signal.WaitAsync(longest, ct);

    /// <summary>Judges stored records again that newly stored ones concern; only those, however many are stored.</summary>
    /// <returns>Records looked at.</returns>
    public async Task<int> SettleAsync(CancellationToken ct)
    {
        int seen = 0;
        while (await HistoryStore.DueAsync(database, PageRecords, ct) is { Count: > 0 } due)
        {
            List<JudgedAgain> judged = await judging.JudgeAsync(await store.CurrentAsync(due.Select(d => d.RecordId), ct), "", ct);
            await using WriteSession session = await database.BeginAsync(ct);
            await WriteAsync(session, judged, Neighbour, ct);
            await HistoryStore.SettleAsync(session, due, ct);
            faults.Pass("history.before-commit");
            await session.CommitAsync(ct);
            seen += due.Count;
        }
        return seen;
    }

    /// <summary>Works until no part of the run (of any run, when null) is free.</summary>
    public async Task RunAsync(Guid? run, CancellationToken ct)
    {
        while (await store.ClaimAsync(run, owner, Lease, ct) is { } part)
        {
            try
            {
                if (await WorkAsync(part, ct))
                    await store.EndAsync(part, RejudgeState.Done, null, owner, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                await store.EndAsync(part, RejudgeState.Running, null, owner, CancellationToken.None);
                throw;
            }
            catch (ArchiveUnavailableException)
            {
                // It comes back by itself: the run goes on where it was.
                await store.EndAsync(part, RejudgeState.Running, null, owner, CancellationToken.None);
                throw;
            }
            catch (Exception e) when (e is ArchiveDamagedException or InvalidDataException or IOException)
            {
                await store.EndAsync(part, RejudgeState.Failed, e.Message, owner, ct);
            }
            submission.Pulse();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => signal.Dispose();

    private async Task<bool> WorkAsync(RejudgeRow part, CancellationToken ct)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Queue<Task<Page>> ahead = new();
        try
        {
            (string day, string id, bool more) = (part.CursorDay, part.CursorId, true);
            while (true)
            {
                while (more && ahead.Count < PagesAhead)
                {
                    List<StoredVersion> rows = await store.PageAsync(part, day, id, PageRecords, ct);
                    more = rows.Count > 0;
                    if (!more)
                        break;
                    (day, id) = (rows[^1].NgayRa, rows[^1].RecordId);
                    ahead.Enqueue(Task.Run(async () => new Page(await judging.JudgeAsync(rows, part.Rule, stop.Token), rows), stop.Token));
                }
                if (!ahead.TryDequeue(out Task<Page>? next))
                    return true;
                if (!await CommitAsync(part, await next, ct))
                    return false;
                faults.Pass("rejudge.after-commit");
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(ahead).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task<bool> CommitAsync(RejudgeRow part, Page page, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        (int ready, int invalid) = await WriteAsync(session, page.Judged, part.Actor, ct);
        StoredVersion last = page.Rows[^1];
        PageResult result = new(page.Rows.Count, page.Judged.Count(j => j.IsChanged), ready, invalid, last.NgayRa, last.RecordId);
        if (!await RejudgeStore.AdvanceAsync(session, part, result, owner, Lease, ct))
            return false;
        faults.Pass("rejudge.before-commit");
        await session.CommitAsync(ct);
        return true;
    }

    private static async Task<(int Ready, int Invalid)> WriteAsync(WriteSession session, List<JudgedAgain> judged, string actor, CancellationToken ct)
    {
        (int ready, int invalid) = (0, 0);
        judged = judged.FindAll(j => j.IsNews);
        if (judged.Count == 0)
            return (ready, invalid);
        RecordChanges changes = new(session);
        Dictionary<string, VersionRow> live = (await RecordStore.LockManyAsync(session, [.. judged.Select(j => j.Row.RecordId)], ct))
            .Where(v => v.IsCurrent != 0).ToDictionary(v => v.RecordId, StringComparer.Ordinal);
        HashSet<string> leased = await RejudgeStore.LeasedAsync(session, live.Keys, ct);
        foreach (JudgedAgain again in judged)
        {
            // A version that came meanwhile was judged when it came.
            if (!live.TryGetValue(again.Row.RecordId, out VersionRow? version) || version.Version != again.Row.Version)
                continue;
            RecordState before = version.RecordState;
            JudgingAgain.Store(changes, version, again, actor, leased.Contains(version.RecordId));
            if (version.RecordState != before)
                _ = version.RecordState == RecordState.Ready ? ready++ : invalid++;
        }
        await changes.FlushAsync(ct);
        return (ready, invalid);
    }

    private sealed record Page(List<JudgedAgain> Judged, List<StoredVersion> Rows);
}
