using LienThong.Gateway.History;
using LienThong.Validation;

namespace LienThong.Gateway.Storage;

/// <summary>Facts of stored records, found by what records can have in common.</summary>
internal static class HistoryStore
{
    private static readonly string[] FactNames = ["id", "version", "facility", "facts"];
    private static readonly string[] KeyNames = ["hash", "day", "id", "version", "facility"];
    private static readonly string[] DueNames = ["id", "facility", "at"];

    /// <summary>Keeps facts of versions with the keys they are found by.</summary>
    public static async Task SaveAsync(WriteSession session, List<(string Id, int Version, string Facility, RecordFacts Facts)> versions, CancellationToken ct)
    {
        if (versions.Count == 0)
            return;
        await session.ExecuteManyAsync("""
            INSERT INTO record_facts (record_id, version, facility, facts) VALUES (@id, @version, @facility, @facts)
            ON CONFLICT (record_id, version) DO UPDATE SET facts = excluded.facts
            """, FactNames, [.. versions.Select(v => new object?[] { v.Id, v.Version, v.Facility, PackedFacts.Pack(v.Facts) })], ct);
        List<object?[]> keys = [.. versions.SelectMany(v => HistoryKey.Of(v.Facts).Select(k => new object?[] { k.Hash, k.Day, v.Id, v.Version, v.Facility }))];
        // In the order of the index: pages are touched once.
        keys.Sort(static (a, b) => ((long)a[0]!).CompareTo((long)b[0]!));
        await session.ExecuteManyAsync(
            "INSERT INTO history_key (hash, day, record_id, version, facility) VALUES (@hash, @day, @id, @version, @facility) ON CONFLICT DO NOTHING", KeyNames, keys, ct);
    }

    /// <summary>Everything the rules may ask about these records. Facts of the records themselves stand in for what is stored of them.</summary>
    /// <param name="database">The database.</param>
    /// <param name="session">The transaction to read in; null to read what is committed.</param>
    /// <param name="asked">The records to be judged; they see each other.</param>
    /// <param name="ct">Stops the work.</param>
    public static async Task<HistorySnapshot> LoadAsync(Database database, WriteSession? session, IReadOnlyList<AskedRecord> asked, CancellationToken ct)
    {
        HistorySnapshot snapshot = new(asked);
        if (snapshot.Hashes.Count == 0)
            return snapshot;
        List<KeyRow> keys = await QueryAsync<KeyRow>(database, session, """
            SELECT k.hash, k.day, k.record_id, k.facility FROM history_key k
            JOIN record_version v ON v.record_id = k.record_id AND v.version = k.version
            WHERE {in-numbers:k.hash:@hashes} AND (k.day = 0 OR k.day BETWEEN @from AND @to) AND v.is_current = 1
            """, new { hashes = database.Dialect.Numbers(snapshot.Hashes), from = snapshot.From, to = snapshot.To }, ct);
        HashSet<string> wanted = snapshot.Find(keys);
        foreach (string[] ids in wanted.Chunk(2000))
        {
            snapshot.Take(await QueryAsync<FactsRow>(database, session, """
                SELECT f.record_id, f.version, f.facts FROM record_facts f JOIN record_version v ON v.record_id = f.record_id AND v.version = f.version
                WHERE {in:f.record_id:@ids} AND v.is_current = 1
                """, new { ids = database.Dialect.List(ids) }, ct));
        }
        string[] old = [.. asked.Where(a => a.Version > 1).Select(a => a.Facts.Id)];
        if (old.Length == 0)
            return snapshot;
        object list = database.Dialect.List(old);
        snapshot.TakeEarlier(
            await QueryAsync<FactsRow>(database, session, "SELECT record_id, version, facts FROM record_facts WHERE {in:record_id:@list} ORDER BY record_id, version", new { list }, ct),
            await QueryAsync<AcceptedVersionRow>(
                database, session, "SELECT DISTINCT record_id, version FROM submission WHERE {in:record_id:@list} AND outcome = 'Accepted'", new { list }, ct));
        return snapshot;
    }

    /// <summary>Notes stored records that have to be judged again.</summary>
    public static Task AddDueAsync(WriteSession session, IEnumerable<RecordFacts> records, CancellationToken ct) => session.ExecuteManyAsync("""
        INSERT INTO history_due (record_id, facility, added_at) VALUES (@id, @facility, @at)
        ON CONFLICT (record_id) DO UPDATE SET added_at = excluded.added_at
        """, DueNames, [.. records.DistinctBy(r => r.Id, StringComparer.Ordinal).OrderBy(r => r.Id, StringComparer.Ordinal).Select(r => new object?[] { r.Id, r.Facility, session.Database.Now })], ct);

    /// <summary>Some records that have to be judged again, those that wait longest first.</summary>
    public static Task<List<DueRow>> DueAsync(Database database, int take, CancellationToken ct) => database.QueryUnscopedAsync<DueRow>(
        "SELECT record_id, added_at FROM history_due ORDER BY added_at, record_id LIMIT @take", new { take }, ct);

    /// <summary>Takes records off that list, unless they were noted again meanwhile.</summary>
    public static Task SettleAsync(WriteSession session, IReadOnlyList<DueRow> due, CancellationToken ct) => session.ExecuteManyAsync(
        "DELETE FROM history_due WHERE record_id = @id AND added_at = @at", ["id", "at"], [.. due.Select(d => new object?[] { d.RecordId, d.AddedAt })], ct);

    private static Task<List<T>> QueryAsync<T>(Database database, WriteSession? session, string sql, object arguments, CancellationToken ct) =>
        session is null ? database.QueryUnscopedAsync<T>(sql, arguments, ct) : session.QueryUnscopedAsync<T>(sql, arguments, ct);
}

internal sealed class KeyRow
{
    public long Hash { get; init; }
    public int Day { get; init; }
    public string RecordId { get; init; } = "";
    public string Facility { get; init; } = "";
}

internal sealed class FactsRow
{
    public string RecordId { get; init; } = "";
    public int Version { get; init; }
    public byte[] Facts { get; init; } = [];
}

internal sealed class AcceptedVersionRow
{
    public string RecordId { get; init; } = "";
    public int Version { get; init; }
}

internal sealed class DueRow
{
    public string RecordId { get; init; } = "";
    public long AddedAt { get; init; }
}
