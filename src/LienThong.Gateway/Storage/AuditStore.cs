using LienThong.Gateway.Access;
using LienThong.Gateway.Audit;

namespace LienThong.Gateway.Storage;

/// <summary>The audit chain in the database.</summary>
public sealed class AuditStore(Database database)
{
    private const string Columns = "sequence, occurred_at AS at, facility, actor, action, subject, detail, previous_hash, hash";
    private static readonly string[] Inserted = ["sequence", "occurred_at", "facility", "actor", "action", "subject", "detail", "previous_hash", "hash"];

    internal static async Task AppendAsync(WriteSession session, List<AuditDraft> drafts, CancellationToken ct)
    {
        // Taken last in every transaction, so that two writers never wait for each other in a circle.
        HeadRow head = (await session.QueryUnscopedAsync<HeadRow>("SELECT sequence, hash FROM audit_head WHERE singleton = 1 {lock}", null, ct)).Single();
        long at = session.Database.Now;
        (long sequence, string previous) = (head.Sequence, head.Hash);
        List<object?[]> rows = new(drafts.Count);
        foreach (AuditDraft d in drafts)
        {
            sequence++;
            string hash = AuditEntry.HashOf(sequence, at, d.Facility, d.Actor, d.Action, d.Subject, d.Detail, previous);
            rows.Add([sequence, at, d.Facility, d.Actor, d.Action, d.Subject, d.Detail, previous, hash]);
            previous = hash;
        }
        await session.InsertManyAsync("audit_entry", Inserted, rows, ct);
        await session.ExecuteManyAsync("UPDATE audit_head SET sequence = @sequence, hash = @previous WHERE singleton = 1", ["sequence", "previous"], [[sequence, previous]], ct, every: true);
    }

    /// <summary>Appends one entry in a transaction of its own, for actions that change nothing else.</summary>
    public async Task AppendAsync(string facility, string actor, string action, string subject, string detail, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        session.Audit(facility, actor, action, subject, detail);
        await session.CommitAsync(ct);
    }

    /// <summary>Appends an entry about reading, unless it was noted in this period.</summary>
    internal async Task AppendOnceAsync(string facility, string actor, string action, string subject, string detail, long period, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        int added = await session.ExecuteAsync(
            "INSERT INTO read_note (actor, action, subject, detail, period) VALUES (@actor, @action, @subject, @detail, @period) ON CONFLICT DO NOTHING",
            new { actor, action, subject, detail, period }, ct);
        if (added == 1)
            session.Audit(facility, actor, action, subject, detail);
        await session.CommitAsync(ct);
    }

    /// <summary>Forgets what was read in periods before one.</summary>
    internal async Task ForgetReadingAsync(long period, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync("DELETE FROM read_note WHERE period < @period", new { period }, ct);
        await session.CommitAsync(ct);
    }

    /// <summary>Newest entries of the caller's facilities before a sequence number, for the log page.</summary>
    internal async Task<IReadOnlyList<AuditEntry>> ListAsync(Caller caller, AuditFilter filter, long? before, int take, CancellationToken ct)
    {
        List<string> conditions = ["{scope}", "sequence < @before"];
        if (filter.Actor is { Length: > 0 })
            conditions.Add("actor = @actor");
        if (filter.Action is { Length: > 0 } action)
            conditions.Add(action.EndsWith('.') ? "action >= @action AND action < @behind" : "action = @action");
        if (filter.Subject is { Length: > 0 })
            conditions.Add("subject = @subject");
        if (filter.From is not null)
            conditions.Add("occurred_at >= @from");
        if (filter.To is not null)
            conditions.Add("occurred_at < @to");
        return (await database.QueryAsync<EntryRow>(caller, $"SELECT {Columns} FROM audit_entry WHERE {string.Join(" AND ", conditions)} ORDER BY sequence DESC LIMIT @take", new
        {
            before = before ?? long.MaxValue,
            actor = filter.Actor,
            action = filter.Action,
            behind = filter.Action is { Length: > 0 } start ? start[..^1] + "/" : "",
            subject = filter.Subject,
            from = filter.From?.ToUnixTimeMilliseconds(),
            to = filter.To?.ToUnixTimeMilliseconds(),
            take,
        }, ct)).ConvertAll(r => r.ToEntry());
    }

    /// <summary>Removes the oldest entries up to a moment and notes where what is kept begins, so that the rest can still be verified.</summary>
    internal async Task<long> RemoveBeforeAsync(long before, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        HeadRow head = (await session.QueryUnscopedAsync<HeadRow>("SELECT sequence, hash, kept_after, kept_hash FROM audit_head WHERE singleton = 1 {lock}", null, ct)).Single();
        EntryRow? last = (await session.QueryUnscopedAsync<EntryRow>($"""
            SELECT {Columns} FROM audit_entry WHERE sequence < COALESCE((SELECT MIN(sequence) FROM audit_entry WHERE occurred_at >= @before), @all)
            ORDER BY sequence DESC LIMIT 1
            """, new { before, all = head.Sequence + 1 }, ct)).SingleOrDefault();
        if (last is null)
            return 0;
        int gone = await session.ExecuteAsync("DELETE FROM audit_entry WHERE sequence <= @Sequence", new { last.Sequence }, ct);
        await session.ExecuteAsync("UPDATE audit_head SET kept_after = @Sequence, kept_hash = @Hash WHERE singleton = 1", new { last.Sequence, last.Hash }, ct);
        session.Audit("", "system", "audit.removed", "audit", $"{head.KeptAfter + 1}-{last.Sequence} {last.Hash}");
        await session.CommitAsync(ct);
        return gone;
    }

    /// <summary>Reads the whole chain and recomputes every hash.</summary>
    public async Task<AuditCheck> VerifyAsync(CancellationToken ct)
    {
        HeadRow begin = await HeadAsync(ct);
        long last = begin.KeptAfter, entries = 0;
        string previous = begin.KeptHash;
        while (true)
        {
            List<EntryRow> page = await database.QueryUnscopedAsync<EntryRow>(
                $"SELECT {Columns} FROM audit_entry WHERE sequence > @last ORDER BY sequence LIMIT 5000", new { last }, ct);
            foreach (AuditEntry entry in page.Select(r => r.ToEntry()))
            {
                if (entry.Sequence != last + 1)
                    return new AuditCheck(entries, last + 1, "entry is missing");
                if (entry.PreviousHash != previous || entry.ComputeHash() != entry.Hash)
                    return new AuditCheck(entries, entry.Sequence, "content or order was changed");
                (last, previous) = (entry.Sequence, entry.Hash);
                entries++;
            }
            if (page.Count == 0)
                break;
        }
        HeadRow head = await HeadAsync(ct);
        return head.Sequence > last ? new AuditCheck(entries, last + 1, "entries are missing at the end") : new AuditCheck(entries, null, null);
    }

    private async Task<HeadRow> HeadAsync(CancellationToken ct) =>
        (await database.QueryUnscopedAsync<HeadRow>("SELECT sequence, hash, kept_after, kept_hash FROM audit_head WHERE singleton = 1", null, ct)).Single();

    private sealed class HeadRow
    {
        public long Sequence { get; init; }
        public string Hash { get; init; } = "";
        public long KeptAfter { get; init; }
        public string KeptHash { get; init; } = "";
    }

    private sealed class EntryRow
    {
        public long Sequence { get; init; }
        public long At { get; init; }
        public string Facility { get; init; } = "";
        public string Actor { get; init; } = "";
        public string Action { get; init; } = "";
        public string Subject { get; init; } = "";
        public string Detail { get; init; } = "";
        public string PreviousHash { get; init; } = "";
        public string Hash { get; init; } = "";

        public AuditEntry ToEntry() => new(Sequence, At, Facility, Actor, Action, Subject, Detail, PreviousHash, Hash);
    }
}
