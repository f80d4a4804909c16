using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;

namespace LienThong.Gateway.Rules;

/// <summary>
/// Makes stored findings show the exceptions that hold now: after one began, was agreed to, was ended or ran out. Findings are kept with
/// the rule's own weight, so records needn't be judged again. What is signed or being sent keeps the findings it was signed with.
/// </summary>
public sealed class ExceptionKeeper : IDisposable
{
    private const int Chunk = 100;
    private static readonly Caller Keeper = Caller.System("exceptions");
    private readonly Database database;
    private readonly ExceptionStore store;
    private readonly CauseQueries causes;
    private readonly ExceptionBook book;
    private readonly WorkSignal outbox;

    internal ExceptionKeeper(Database database, ExceptionStore store, CauseQueries causes, ExceptionBook book, WorkSignal outbox) =>
        (this.database, this.store, this.causes, this.book, this.outbox) = (database, store, causes, book, outbox);

    /// <summary>Says that there is something to do.</summary>
    public WorkSignal Signal { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => Signal.Dispose();

    /// <summary>Brings everything up to date. Can be stopped and repeated at any point.</summary>
    /// <returns>Exceptions that were settled.</returns>
    public async Task<int> SettleAsync(CancellationToken ct)
    {
        int settled = 0;
        while (await store.UnsettledAsync(database.Now, ct) is { Count: > 0 } rows)
        {
            book.Forget();
            foreach (ExceptionRow row in rows)
            {
                await SettleAsync(row, ct);
                settled++;
            }
        }
        return settled;
    }

    private async Task SettleAsync(ExceptionRow row, CancellationToken ct)
    {
        DateTimeOffset now = database.Time.GetUtcNow();
        List<string> ids = await causes.RecordsOfRuleAsync(Keeper, row.Facility, row.Rule, int.MaxValue, ct);
        foreach (string[] chunk in ids.Chunk(Chunk))
        {
            await using WriteSession session = await database.BeginAsync(ct);
            await ApplyAsync(session, chunk, now, ct);
            await session.CommitAsync(ct);
        }
        bool holds = row.ToException().HoldsAt(now);
        await using (WriteSession session = await database.BeginAsync(ct))
        {
            await ExceptionStore.SettledAsync(session, row, holds, ct);
            session.Audit(row.Facility, Keeper.Name, holds ? "exception.applied" : "exception.stopped", Guid.Parse(row.ExceptionId).ToString(),
                holds ? row.Rule : $"{row.Rule}: {row.Findings} findings of {row.Records} records came back");
            await session.CommitAsync(ct);
        }
        outbox.Pulse();
    }

    private async Task ApplyAsync(WriteSession session, string[] ids, DateTimeOffset now, CancellationToken ct)
    {
        List<VersionRow> live = await RecordStore.LockManyAsync(session, ids, ct);
        Dictionary<string, FindingsRow> stored = (await CauseQueries.FindingsAsync(session, ids, ct)).ToDictionary(r => r.RecordId, StringComparer.Ordinal);
        HashSet<string> leased = await RejudgeStore.LeasedAsync(session, ids, ct);
        RecordChanges changes = new(session);
        foreach (VersionRow v in live.Where(v => v.IsCurrent != 0 && v.RecordState is not (RecordState.Signed or RecordState.Sending)))
        {
            FindingsRow row = stored[v.RecordId];
            IReadOnlyList<StoredFinding> before = PackedFindings.Unpack(row.Findings);
            IReadOnlyList<StoredFinding> after = AppliedExceptions.Apply(before, book.For(v.Facility), new ExceptionFacts(row.MaLoaiKcb, row.CardPrefix), now);
            if (ReferenceEquals(before, after))
                continue;
            JudgingAgain.Store(changes, v, new JudgedFindings(after, row.NotCheckedCount), Keeper.Name, leased.Contains(v.RecordId));
        }
        await changes.FlushAsync(ct);
    }
}
