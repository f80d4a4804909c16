using LienThong.Gateway.Archive;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;

namespace LienThong.Gateway.Rejudging;

/// <summary>
/// Works runs off: pages by key, judged on all cores while the page before is being committed; the cursor moves in the transaction that
/// writes the page, so that a crash repeats at most one page and loses none.
/// </summary>
internal sealed class RejudgeRunner(
    Database database, RejudgeStore store, IArchive archive, IRecordJudge judge, WorkSignal submission, FaultPoints faults) : IDisposable
{
    private const int PageRecords = 250;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private readonly string owner = Guid.NewGuid().ToString("N");
    private readonly WorkSignal signal = new();

    /// <summary>Says that there may be a run to work on.</summary>
    public void Wake() => signal.Pulse();

    /// <summary>Waits for <see cref="Wake"/>, at most this long.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken ct) => signal.WaitAsync(longest, ct);

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
        Task<Page> next = Task.Run(() => JudgePageAsync(part, part.CursorDay, part.CursorId, ct), ct);
        while (await next is { Read: > 0 } page)
        {
            next = Task.Run(() => JudgePageAsync(part, page.Day, page.Id, ct), ct);
            if (!await CommitAsync(part, page, ct))
            {
                await next;
                return false;
            }
            faults.Pass("rejudge.after-commit");
        }
        return true;
    }

    private async Task<Page> JudgePageAsync(RejudgeRow part, string day, string id, CancellationToken ct)
    {
        List<StoredVersion> rows = await store.PageAsync(part, day, id, PageRecords, ct);
        Again?[] results = new Again?[rows.Count];
        await Parallel.ForAsync(0, rows.Count, ct, async (i, stop) => results[i] = await JudgeAsync(part, rows[i], stop));
        return rows.Count == 0 ? new Page(0, [], day, id) : new Page(rows.Count, [.. results.OfType<Again>()], rows[^1].NgayRa, rows[^1].RecordId);
    }

    private async ValueTask<Again?> JudgeAsync(RejudgeRow part, StoredVersion row, CancellationToken ct)
    {
        IReadOnlyList<StoredFinding> before = PackedFindings.Unpack(row.Findings);
        if (part.Rule.Length > 0 && !before.Any(f => f.Rule == part.Rule))
            return null;
        using OpenRecord open = await OpenRecord.LoadAsync(archive, row.ContentRef, ct);
        JudgedFindings after = JudgingAgain.Judge(judge, open.Record, database.Time.GetUtcNow(), row.Facility, before);
        return PackedFindings.Pack(after.All).AsSpan().SequenceEqual(row.Findings) ? null : new Again(row, after);
    }

    private async Task<bool> CommitAsync(RejudgeRow part, Page page, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        (int ready, int invalid) = (0, 0);
        if (page.Changed.Count > 0)
        {
            RecordChanges changes = new(session);
            Dictionary<string, VersionRow> live = (await RecordStore.LockManyAsync(session, [.. page.Changed.Select(c => c.Row.RecordId)], ct))
                .Where(v => v.IsCurrent != 0).ToDictionary(v => v.RecordId, StringComparer.Ordinal);
            HashSet<string> leased = await RejudgeStore.LeasedAsync(session, live.Keys, ct);
            foreach (Again again in page.Changed)
            {
                // A version that came meanwhile was judged when it came.
                if (!live.TryGetValue(again.Row.RecordId, out VersionRow? version) || version.Version != again.Row.Version)
                    continue;
                RecordState before = version.RecordState;
                JudgingAgain.Store(changes, version, again.Findings, part.Actor, leased.Contains(version.RecordId));
                if (version.RecordState != before)
                    _ = version.RecordState == RecordState.Ready ? ready++ : invalid++;
            }
            await changes.FlushAsync(ct);
        }
        if (!await RejudgeStore.AdvanceAsync(session, part, new PageResult(page.Read, page.Changed.Count, ready, invalid, page.Day, page.Id), owner, Lease, ct))
            return false;
        faults.Pass("rejudge.before-commit");
        await session.CommitAsync(ct);
        return true;
    }

    private sealed record Again(StoredVersion Row, JudgedFindings Findings);

    private sealed record Page(int Read, List<Again> Changed, string Day, string Id);
}
