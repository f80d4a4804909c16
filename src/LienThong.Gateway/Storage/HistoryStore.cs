using LienThong.Gateway.History;
using LienThong.Gateway.Records;
using LienThong.Validation;

namespace LienThong.Gateway.Storage;

/// <summary>Facts of stored records, found by what records can have in common.</summary>
internal static class HistoryStore
{
    private static readonly string[] FactNames = ["record_id", "version", "facility", "facts"];
    private static readonly string[] KeyNames = ["hash", "day", "record_id", "version", "facility", "begins", "ends", "acts"];
    private static readonly string[] DueNames = ["id", "facility", "at"];

    /// <summary>Keeps facts of versions with the keys they are found by.</summary>
    public static async Task SaveAsync(WriteSession session, List<(string Id, int Version, string Facility, RecordFacts Facts)> versions, CancellationToken ct)
    {
        if (versions.Count == 0)
            return;
        await session.InsertNewAsync("record_facts", FactNames, versions.ConvertAll(v => new object?[] { v.Id, v.Version, v.Facility, PackedFacts.Pack(v.Facts) }), ct);
        List<object?[]> keys = new(versions.Count * 8);
        foreach ((string id, int version, string facility, RecordFacts facts) in versions)
        {
            foreach (HistoryKey key in HistoryKey.Of(facts))
                keys.Add([key.Hash, key.Day, id, version, facility, key.Begins, key.Ends, key.Acts]);
        }
        // In the order of the index: pages are touched once.
        keys.Sort(static (a, b) => ((long)a[0]!).CompareTo((long)b[0]!));
        await session.InsertNewAsync("history_key", KeyNames, keys, ct);
    }

    /// <summary>Everything the rules may ask about these records. Facts of the records themselves stand in for what is stored of them.</summary>
    /// <param name="database">The database.</param>
    /// <param name="session">The transaction to read in; null to read what is committed.</param>
    /// <param name="judge">Knows what its rules ask.</param>
    /// <param name="asked">The records to be judged; they see each other.</param>
    /// <param name="ct">Stops the work.</param>
    public static async Task<HistorySnapshot> LoadAsync(
        Database database, WriteSession? session, IRecordJudge judge, IReadOnlyList<AskedRecord> asked, CancellationToken ct)
    {
        HistorySnapshot snapshot = new(asked);
        await LoadEarlierAsync(database, session, asked, snapshot, ct);
        ClaimedBeside claimed = new(asked.Select(a => a.Facts), judge);
        await ClaimStore.LoadAsync(database, session, claimed, ct);
        snapshot.Take(claimed);
        snapshot.Take(await CardAnswers.LoadAsync(database, session, asked, ct));
        snapshot.Take(await StoredCheckIns.LoadAsync(database, session, asked, ct));
        List<HistoryQuestion> questions = snapshot.Ask(judge);
        if (questions.Count == 0)
            return snapshot;
        HashSet<string> wanted = snapshot.Find(await QueryAsync<KeyRow>(database, session, """
            SELECT k.hash, k.record_id, k.facility FROM {number-rows:@rows:hash,from_day,to_day,begins,ends} q
            JOIN history_key k ON k.hash = q.hash AND k.day BETWEEN q.from_day AND q.to_day AND k.begins < q.ends AND k.ends > q.begins
            """, new { rows = database.Dialect.NumberRows(questions.ConvertAll(q => new long[] { q.Hash, q.FromDay, q.ToDay, q.Begins, q.Ends })) }, ct), false);
        wanted.UnionWith(await FindCrowdsAsync(database, session, questions, snapshot, ct));
        foreach (string[] ids in wanted.Chunk(2000))
        {
            snapshot.Take(await QueryAsync<FactsRow>(database, session, """
                SELECT f.record_id, f.version, f.facts FROM record_facts f JOIN record_version v ON v.record_id = f.record_id AND v.version = f.version
                WHERE {in:f.record_id:@ids} AND v.is_current = 1
                """, new { ids = database.Dialect.List(ids) }, ct));
        }
        return snapshot;
    }

    // Days with more acts than a limit, and people who work in several facilities: nearly always none.
    private static async Task<HashSet<string>> FindCrowdsAsync(
        Database database, WriteSession? session, List<HistoryQuestion> questions, HistorySnapshot snapshot, CancellationToken ct)
    {
        List<CrowdRow> crowds = await QueryAsync<CrowdRow>(database, session, """
            SELECT hash, SUM(acts) AS acts, CASE WHEN MIN(facility) = MAX(facility) AND MIN(facility) = @own THEN 0 ELSE 1 END AS elsewhere
            FROM history_key WHERE {in-numbers:hash:@hashes}
            GROUP BY hash HAVING SUM(acts) >= @least OR MIN(facility) <> MAX(facility) OR MIN(facility) <> @own
            """, snapshot.AskCrowds(database.Dialect, questions), ct);
        long[] hashes = [.. crowds.Where(snapshot.IsCrowd).Select(c => c.Hash)];
        return hashes.Length == 0 ? [] : snapshot.Find(await QueryAsync<KeyRow>(database, session, """
            SELECT k.hash, k.record_id, k.facility FROM history_key k JOIN record_version v ON v.record_id = k.record_id AND v.version = k.version
            WHERE {in-numbers:k.hash:@hashes} AND v.is_current = 1
            """, new { hashes = database.Dialect.Numbers(hashes) }, ct), true);
    }

    private static async Task LoadEarlierAsync(
        Database database, WriteSession? session, IReadOnlyList<AskedRecord> asked, HistorySnapshot snapshot, CancellationToken ct)
    {
        string[] old = [.. asked.Where(a => a.Version > 1).Select(a => a.Facts.Id)];
        if (old.Length == 0)
            return;
        object list = database.Dialect.List(old);
        snapshot.TakeEarlier(
            await QueryAsync<FactsRow>(database, session, "SELECT record_id, version, facts FROM record_facts WHERE {in:record_id:@list} ORDER BY record_id, version", new { list }, ct),
            await QueryAsync<AcceptedVersionRow>(
                database, session, "SELECT DISTINCT record_id, version FROM submission WHERE {in:record_id:@list} AND outcome = 'Accepted'", new { list }, ct));
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

    /// <summary>Rows as seen by a transaction, or as committed when there is none.</summary>
    internal static Task<List<T>> QueryAsync<T>(Database database, WriteSession? session, string sql, object arguments, CancellationToken ct) =>
        session is null ? database.QueryUnscopedAsync<T>(sql, arguments, ct) : session.QueryUnscopedAsync<T>(sql, arguments, ct);
}

internal sealed class KeyRow
{
    public long Hash { get; init; }
    public string RecordId { get; init; } = "";
    public string Facility { get; init; } = "";
}

internal sealed class CrowdRow
{
    public long Hash { get; init; }
    public long Acts { get; init; }
    public int Elsewhere { get; init; }
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
