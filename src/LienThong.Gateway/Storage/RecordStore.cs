using LienThong.Gateway.Access;

namespace LienThong.Gateway.Storage;

/// <summary>Locks and reads versions inside a transaction that is going to change them.</summary>
internal static class RecordStore
{
    /// <summary>The current and the waiting version of one record, locked until commit; empty when unknown or out of scope.</summary>
    public static async Task<List<VersionRow>> LockAsync(WriteSession session, Caller caller, Guid recordId, CancellationToken ct)
    {
        string id = recordId.ToString();
        List<string> found = await session.QueryAsync<string>(
            caller, "SELECT record_id FROM record WHERE record_id = @id AND {scope} {lock}", new { id }, ct);
        return found.Count == 0 ? [] : await LiveAsync(session, [id], ct);
    }

    /// <summary>The same for many records at once, for the product's own work; by facility and id, the order in which every writer locks.</summary>
    public static async Task<List<VersionRow>> LockManyAsync(WriteSession session, IReadOnlyCollection<string> recordIds, CancellationToken ct)
    {
        object ids = session.Database.Dialect.List(recordIds);
        await session.QueryUnscopedAsync<string>(
            "SELECT record_id FROM record WHERE {in:record_id:@ids} ORDER BY facility, record_id {lock}", new { ids }, ct);
        return await LiveAsync(session, recordIds, ct);
    }

    /// <summary>Record ids of <c>MA_LK</c>s of one facility, locked until commit.</summary>
    public static async Task<Dictionary<string, string>> LockByMaLkAsync(WriteSession session, string facility, IEnumerable<string> maLks, CancellationToken ct)
    {
        List<(string RecordId, string MaLk)> rows = await session.QueryUnscopedAsync<(string RecordId, string MaLk)>(
            "SELECT record_id, ma_lk FROM record WHERE facility = @facility AND {in:ma_lk:@keys} ORDER BY record_id {lock}",
            new { facility, keys = session.Database.Dialect.List(maLks) }, ct);
        return rows.ToDictionary(r => r.MaLk, r => r.RecordId, StringComparer.Ordinal);
    }

    /// <summary>Makes sure that these <c>MA_LK</c>s have a record each and locks them.</summary>
    public static async Task<Dictionary<string, string>> EnsureAsync(WriteSession session, string facility, IReadOnlyList<string> maLks, CancellationToken ct)
    {
        Dictionary<string, string> ids = await LockByMaLkAsync(session, facility, maLks, ct);
        long now = session.Database.Now;
        List<object?[]> rows = [];
        // In one order for all writers, so that two of them never wait for each other.
        foreach (string maLk in maLks.Where(m => !ids.ContainsKey(m)).Order(StringComparer.Ordinal))
            rows.Add([Guid.CreateVersion7(session.Database.Time.GetUtcNow()).ToString(), facility, maLk, now]);
        int inserted = await session.CountManyAsync(
            "INSERT INTO record (record_id, facility, ma_lk, created_at) VALUES (@id, @facility, @maLk, @now) ON CONFLICT DO NOTHING",
            ["id", "facility", "maLk", "now"], rows, ct);
        if (inserted < rows.Count)
            return await LockByMaLkAsync(session, facility, maLks, ct);
        foreach (object?[] row in rows)
            ids.Add((string)row[2]!, (string)row[0]!);
        return ids;
    }

    /// <summary>All versions of some records, oldest first.</summary>
    public static Task<List<VersionRow>> AllVersionsAsync(WriteSession session, IReadOnlyCollection<string> recordIds, CancellationToken ct) =>
        session.QueryUnscopedAsync<VersionRow>(
            $"SELECT {VersionRow.Columns} FROM record_version WHERE {"{in:record_id:@ids}"} ORDER BY record_id, version",
            new { ids = session.Database.Dialect.List(recordIds) }, ct);

    /// <summary>Number the next version of a record gets.</summary>
    public static async Task<int> NextVersionAsync(WriteSession session, string recordId, CancellationToken ct) =>
        1 + (int)(await session.QueryUnscopedAsync<long>("SELECT COALESCE(MAX(version), 0) FROM record_version WHERE record_id = @recordId", new { recordId }, ct))[0];

    /// <summary>Corrected cells that are in effect in a version.</summary>
    public static Task<List<CorrectionRow>> CorrectionsAsync(WriteSession session, IReadOnlyCollection<string> recordIds, CancellationToken ct) =>
        session.QueryUnscopedAsync<CorrectionRow>("""
            SELECT record_id, version, table_name, row_number, field, old_value, new_value
            FROM correction WHERE {in:record_id:@ids} ORDER BY record_id, version, ordinal
            """, new { ids = session.Database.Dialect.List(recordIds) }, ct);

    /// <summary>Packed findings of current versions, by <see cref="VersionRow.Key"/>.</summary>
    public static async Task<Dictionary<string, byte[]?>> FindingsAsync(WriteSession session, IReadOnlyCollection<VersionRow> versions, CancellationToken ct) =>
        versions.Count == 0 ? [] : (await session.QueryUnscopedAsync<(string RecordId, int Version, byte[]? Findings)>(
            "SELECT record_id, version, findings FROM record_version WHERE {in:record_id:@ids} AND is_current = 1",
            new { ids = session.Database.Dialect.List(versions.Select(v => v.RecordId)) }, ct)).ToDictionary(f => $"{f.RecordId}/{f.Version}", f => f.Findings, StringComparer.Ordinal);

    /// <summary>The current and the waiting versions of records that are locked already, as those of claimed items are.</summary>
    public static Task<List<VersionRow>> LiveAsync(WriteSession session, IReadOnlyCollection<string> recordIds, CancellationToken ct) =>
        session.QueryUnscopedAsync<VersionRow>($"""
            SELECT {VersionRow.Columns} FROM record_version
            WHERE {"{in:record_id:@ids}"} AND (is_current = 1 OR is_waiting = 1) ORDER BY record_id, version
            """, new { ids = session.Database.Dialect.List(recordIds) }, ct);
}
