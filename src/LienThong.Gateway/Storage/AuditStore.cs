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

    /// <summary>Newest entries of the caller's facilities before a sequence number, for the log page.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(Caller caller, long? before, string? subject, int take, CancellationToken ct) =>
        (await database.QueryAsync<EntryRow>(caller, $"""
            SELECT {Columns} FROM audit_entry
            WHERE {"{scope}"} AND sequence < @before AND (@subject = '' OR subject = @subject)
            ORDER BY sequence DESC LIMIT @take
            """, new { before = before ?? long.MaxValue, subject = subject ?? "", take }, ct)).ConvertAll(r => r.ToEntry());

    /// <summary>Reads the whole chain and recomputes every hash.</summary>
    public async Task<AuditCheck> VerifyAsync(CancellationToken ct)
    {
        long last = 0;
        string previous = "";
        while (true)
        {
            List<EntryRow> page = await database.QueryUnscopedAsync<EntryRow>(
                $"SELECT {Columns} FROM audit_entry WHERE sequence > @last ORDER BY sequence LIMIT 5000", new { last }, ct);
            foreach (AuditEntry entry in page.Select(r => r.ToEntry()))
            {
                if (entry.Sequence != last + 1)
                    return new AuditCheck(last, last + 1, "entry is missing");
                if (entry.PreviousHash != previous || entry.ComputeHash() != entry.Hash)
                    return new AuditCheck(last, entry.Sequence, "content or order was changed");
                (last, previous) = (entry.Sequence, entry.Hash);
            }
            if (page.Count == 0)
                break;
        }
        HeadRow head = (await database.QueryUnscopedAsync<HeadRow>("SELECT sequence, hash FROM audit_head WHERE singleton = 1", null, ct)).Single();
        return head.Sequence > last ? new AuditCheck(last, last + 1, "entries are missing at the end") : new AuditCheck(last, null, null);
    }

    private sealed class HeadRow
    {
        public long Sequence { get; init; }
        public string Hash { get; init; } = "";
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
