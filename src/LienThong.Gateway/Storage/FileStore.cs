using LienThong.Gateway.Access;

namespace LienThong.Gateway.Storage;

/// <summary>Files that were handed in.</summary>
internal sealed class FileStore(Database database)
{
    public static readonly string[] Names =
    [
        "id", "facility", "name", "sha", "ref", "bytes", "actor", "received", "finished", "outcome", "declared", "found", "stored", "duplicates",
        "refused", "blocked", "problems", "kind", "built",
    ];

    /// <summary>Writes a file's row, or brings it up to date.</summary>
    public static Task SaveAsync(WriteSession session, IReadOnlyList<object?[]> rows, CancellationToken ct) =>
        session.ExecuteManyAsync("""
            INSERT INTO intake_file (file_id, facility, file_name, sha256, content_ref, content_bytes, actor, received_at, finished_at, outcome,
              declared, found, stored, duplicates, refused, blocked, problems, kind, built)
            VALUES (@id, @facility, @name, @sha, @ref, @bytes, @actor, @received, @finished, @outcome,
              @declared, @found, @stored, @duplicates, @refused, @blocked, @problems, @kind, @built)
            ON CONFLICT (file_id) DO UPDATE SET facility = excluded.facility, finished_at = excluded.finished_at, outcome = excluded.outcome,
              declared = excluded.declared, found = excluded.found, stored = excluded.stored, duplicates = excluded.duplicates,
              refused = excluded.refused, blocked = excluded.blocked, problems = excluded.problems, built = excluded.built
            """, Names, rows, ct);

    /// <summary>Completely taken files with one of these hashes: hash → file id.</summary>
    public async Task<Dictionary<string, string>> FindCompleteAsync(Caller caller, IEnumerable<string> hashes, CancellationToken ct)
    {
        List<(string Sha256, string FileId)> rows = await database.QueryAsync<(string Sha256, string FileId)>(caller, """
            SELECT sha256, file_id FROM intake_file WHERE {in:sha256:@hashes} AND outcome = 'Complete' AND {scope} ORDER BY received_at
            """, new { hashes = database.Dialect.List(hashes) }, ct);
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        foreach ((string sha, string file) in rows)
            files[sha] = file;
        return files;
    }

    /// <summary>Records whose versions came with a file, in the file's order, with the state of that version.</summary>
    public async Task<List<FileRecordRow>> RecordsAsync(Caller caller, string fileId, CancellationToken ct) =>
        await database.QueryAsync<FileRecordRow>(caller, """
            SELECT record_id, version, ma_lk, state, hoso, block_count, warn_count FROM record_version
            WHERE file_id = @fileId AND {scope} ORDER BY hoso, version
            """, new { fileId }, ct);

    /// <summary>A file's row for the duplicate's ledger and for looking at it again.</summary>
    public async Task<FileRow?> FindAsync(Caller caller, string fileId, CancellationToken ct) =>
        (await database.QueryAsync<FileRow>(
            caller, $"SELECT {FileRow.Columns} FROM intake_file WHERE file_id = @fileId AND {"{scope}"}", new { fileId }, ct)).SingleOrDefault();
}

internal sealed class FileRow
{
    public const string Columns = "file_id, facility, file_name, sha256, actor, received_at, outcome, declared, found, built, kind, problems";

    public string FileId { get; init; } = "";
    public string Facility { get; init; } = "";
    public string FileName { get; init; } = "";
    public string Sha256 { get; init; } = "";
    public string Actor { get; init; } = "";
    public long ReceivedAt { get; init; }
    public string Outcome { get; init; } = "";
    public int? Declared { get; init; }
    public int Found { get; init; }
    public int? Built { get; init; }
    public string Kind { get; init; } = "";
    public byte[]? Problems { get; init; }
}

internal sealed class FileRecordRow
{
    public string RecordId { get; init; } = "";
    public int Version { get; init; }
    public string MaLk { get; init; } = "";
    public string State { get; init; } = "";
    public int Hoso { get; init; }
    public int BlockCount { get; init; }
    public int WarnCount { get; init; }
}
