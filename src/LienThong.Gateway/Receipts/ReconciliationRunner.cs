using System.Text.Json;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;

namespace LienThong.Gateway.Receipts;

/// <summary>
/// Works comparisons off page by page. Receipts, settled outcomes, cases, differences and the cursor of a page are one transaction, so a crash repeats
/// at most a page that wasn't committed; a lease keeps a second node away.
/// </summary>
internal sealed class ReconciliationRunner(Database database, ReconciliationStore store, FaultPoints faults) : IDisposable
{
    // More rows of one record than any list has; whoever writes such a file wants to fill memory.
    private const int MostRowsOfOne = 5000;
    private const int DropRows = 20_000;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);
    private readonly string owner = Guid.NewGuid().ToString("N");
    private readonly WorkSignal signal = new();

    /// <summary>Rows of one transaction. Default 1 000.</summary>
    internal int PageRows { get; set; } = 1000;

    /// <summary>Says that there may be something to apply.</summary>
    public void Wake() => signal.Pulse();

    /// <summary>Waits for <see cref="Wake"/>, at most this long.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken ct) => signal.WaitAsync(longest, ct);

    /// <inheritdoc/>
    public void Dispose() => signal.Dispose();

    /// <summary>Works until no run (or not this one) is free.</summary>
    public async Task RunAsync(Guid? run, CancellationToken ct)
    {
        while (await store.ClaimAsync(run, owner, Lease, ct) is { } claimed)
        {
            try
            {
                while (claimed.Stage != "Done")
                {
                    if (!await PageAsync(claimed, ct))
                        break;
                    faults.Pass("reconcile.after-commit");
                }
            }
            finally
            {
                await store.ReleaseAsync(claimed, owner, CancellationToken.None);
            }
        }
        await store.DropForgottenAsync(database.Now - (long)Forgotten.TotalMilliseconds, ct);
    }

    /// <summary>Compares without changing anything.</summary>
    /// <returns>What applying would do.</returns>
    public async Task<ReconciliationCounts> PreviewAsync(ReconciliationRunRow run, CancellationToken ct)
    {
        ReconciliationCounts counts = new();
        while (true)
        {
            // Never committed: locks are let go and nothing stays.
            await using WriteSession session = await database.BeginAsync(ct);
            if (await JudgeAsync(session, run, counts, ct) is null)
                break;
        }
        (run.CursorKey, run.Done) = ("", 0);
        return counts;
    }

    private async Task<bool> PageAsync(ReconciliationRunRow run, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        ReconciliationCounts counts = run.Tally();
        switch (run.Stage)
        {
            case "Rows":
                if (await JudgeAsync(session, run, counts, ct) is { } judged)
                {
                    await ReceiptStore.WriteAsync(session, run, judged, ct);
                    // A record that the list settles as rejected has its duty by its state.
                    if (judged.Receipts.Exists(r => r is { Row.Verdict: RowVerdict.Faulty, Call: { LaterState: "Faulty", State: nameof(Records.RecordState.Accepted) } }))
                        await DutyDesk.NoteFaultsAsync(session, run.Facility, ListRow.Utc(run.AsOf), ct);
                }
                else
                    Turn(run, run.RangeFrom is not null && run.RangeTo is not null ? "Missing" : "Drop");
                break;
            case "Missing":
                await MissAsync(session, run, counts, ct);
                break;
            default:
                if (await ReconciliationStore.DropRowsAsync(session, run.RunId, DropRows, ct) == 0)
                {
                    Turn(run, "Done");
                    session.Audit(run.Facility, run.AppliedBy ?? run.Actor, "reconciliation.done", run.RunId, JsonSerializer.Serialize(counts));
                }
                break;
        }
        run.Counts = JsonSerializer.Serialize(counts);
        if (!await ReconciliationStore.AdvanceAsync(session, run, owner, Lease, ct))
            return false;
        faults.Pass("reconcile.before-commit");
        await session.CommitAsync(ct);
        return true;
    }

    private async Task<PageJudgement?> JudgeAsync(WriteSession session, ReconciliationRunRow run, ReconciliationCounts counts, CancellationToken ct)
    {
        List<StagedRow> rows = await ReconciliationStore.PageAsync(session, run, PageRows, ct);
        if (rows.Count == 0)
            return null;
        // The last key may go on behind the page.
        if (rows.Count == PageRows)
        {
            string last = rows[^1].RowKey;
            int whole = rows.FindIndex(r => r.RowKey == last);
            if (whole > 0)
                rows.RemoveRange(whole, rows.Count - whole);
            else
                rows = await ReconciliationStore.RowsOfAsync(session, run, last, MostRowsOfOne, ct);
        }
        IGrouping<string, StagedRow>[] records = [.. rows.GroupBy(r => r.RowKey, StringComparer.Ordinal)];
        PageGround ground = await ReceiptStore.GroundAsync(session, run.Facility, [.. records.Select(r => r.Key)], ct);
        PageJudge judge = new(run, ground, counts);
        foreach (IGrouping<string, StagedRow> record in records)
            judge.Take(record.Key, [.. record.Select(r => r.ToRow())]);
        run.CursorKey = rows[^1].RowKey;
        run.Done += rows.Count;
        return judge.Judged;
    }

    private async Task MissAsync(WriteSession session, ReconciliationRunRow run, ReconciliationCounts counts, CancellationToken ct)
    {
        List<MissingRow> missing = await ReceiptStore.MissingAsync(session, run, counts.NotOurs > 0, PageRows, ct);
        if (missing.Count == 0)
        {
            Turn(run, "Drop");
            return;
        }
        Dictionary<string, CaseRow> cases = await ReceiptStore.CasesOfAsync(session, missing.Select(m => m.RecordId), ct);
        counts.NotTheirs += missing.Count;
        await ReconciliationStore.AddDifferencesAsync(session, run, [.. missing.Select(m => new DifferenceDraft(
            DifferenceKind.NotTheirs, m.MaLk, m.RecordId, m.Version, "", Records.RecordStates.Vietnamese(Enum.Parse<Records.RecordState>(m.State)), "",
            Message: Explain(m, cases.GetValueOrDefault(m.RecordId))))], ct);
        if (run.Repeats is null)
        {
            await ReceiptStore.SaveCasesAsync(session, run, [.. missing
                .Where(m => !cases.TryGetValue(m.RecordId, out CaseRow? open) || (open.Part == nameof(CaseGroup.Resolved) && open.ChangedAt < run.AsOf))
                .Select(m => new CaseChange(m.RecordId, m.MaLk, CaseGroup.Fail, "", "Không thấy trong danh sách của Cổng."))], ct);
        }
        (run.CursorKey, run.CursorNumber) = (missing[^1].CursorKey, missing[^1].CursorNumber);
    }

    private static string Explain(MissingRow missing, CaseRow? open) =>
        open is { Part: nameof(CaseGroup.Faulty) } ? "Cổng báo lỗi nên chưa có trong danh sách này; sửa rồi gửi bản mới."
        : missing.State == nameof(Records.RecordState.OutcomeUnknown) ? "Không có trong danh sách của Cổng: nhiều khả năng Cổng chưa nhận; gửi lại đúng gói cũ."
        : "Ta có biên nhận nhưng danh sách của Cổng không có: tra trên Cổng theo mã giao dịch, báo BHXH nếu vẫn không thấy.";

    private static void Turn(ReconciliationRunRow run, string stage) => (run.Stage, run.CursorKey, run.CursorNumber) = (stage, "", 0);
}
