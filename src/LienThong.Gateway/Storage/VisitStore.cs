using System.Text.Json;
using LienThong.Extracts;
using LienThong.Gateway.Access;
using LienThong.Gateway.Intake;

namespace LienThong.Gateway.Storage;

/// <summary>Visits that records were built from, and the ledgers of files of visits.</summary>
internal sealed class VisitStore(Database database)
{
    private static readonly string[] SourceNames = ["id", "version", "facility", "ref", "fingerprint", "revision", "name"];

    private static readonly string[] LedgerNames =
        ["file", "ordinal", "facility", "maLk", "verdict", "id", "version", "blocks", "warnings", "message", "problems"];

    /// <summary>Links new versions to their visits; a visit known already only raises the revision that was seen.</summary>
    public static async Task AddAsync(WriteSession session, IReadOnlyList<(PendingRecord Pending, IntakeRecord Entry)> entries, CancellationToken ct)
    {
        List<object?[]> added = [], seen = [];
        foreach ((PendingRecord pending, IntakeRecord entry) in entries)
        {
            if (entry.RecordId is not { } id || entry.Version is not { } version || pending.Visit is not { } visit)
                continue;
            if (entry.Verdict != IntakeVerdict.Same)
                added.Add([id.ToString(), version, pending.Facility, visit.Reference!.ToString(), visit.Fingerprint, visit.Revision, pending.File.Name]);
            else if (visit.Revision is { } revision)
                seen.Add([id.ToString(), version, revision]);
        }
        await session.ExecuteManyAsync("""
            INSERT INTO visit_source (record_id, version, facility, visit_ref, fingerprint, revision, source_name)
            VALUES (@id, @version, @facility, @ref, @fingerprint, @revision, @name) ON CONFLICT DO NOTHING
            """, SourceNames, added, ct);
        await session.ExecuteManyAsync("""
            UPDATE visit_source SET revision = @revision WHERE record_id = @id AND version = @version AND (revision IS NULL OR revision < @revision)
            """, ["id", "version", "revision"], seen, ct);
    }

    /// <summary>Visits of records as known inside a transaction, oldest first.</summary>
    public static async Task<Dictionary<string, List<VisitSourceRow>>> SourcesAsync(WriteSession session, IReadOnlyCollection<string> recordIds, CancellationToken ct)
    {
        Dictionary<string, List<VisitSourceRow>> sources = new(StringComparer.Ordinal);
        if (recordIds.Count == 0)
            return sources;
        foreach (VisitSourceRow row in await session.QueryUnscopedAsync<VisitSourceRow>(
            $"SELECT {VisitSourceRow.Columns} FROM visit_source WHERE {"{in:record_id:@ids}"} ORDER BY record_id, version",
            new { ids = session.Database.Dialect.List(recordIds) }, ct))
        {
            if (!sources.TryGetValue(row.RecordId, out List<VisitSourceRow>? known))
                sources.Add(row.RecordId, known = []);
            known.Add(row);
        }
        return sources;
    }

    /// <summary>Writes what became of every visit of the files.</summary>
    public static async Task SaveLedgerAsync(WriteSession session, IEnumerable<IntakeFile> files, CancellationToken ct)
    {
        List<object?[]> rows = [];
        foreach (IntakeFile file in files)
        {
            foreach (IntakeRecord r in file.Ledger)
            {
                byte[]? problems = r.Problems.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(r.Problems);
                rows.Add([
                    file.Id.ToString(), r.Hoso, r.Facility.Length > 0 ? r.Facility : file.Facility, r.MaLk, r.Verdict.ToString(), r.RecordId?.ToString(), r.Version,
                    r.Blocks, r.Warnings, r.Message, problems,
                ]);
            }
        }
        await session.ExecuteManyAsync("""
            INSERT INTO intake_visit (file_id, ordinal, facility, ma_lk, verdict, record_id, version, blocks, warnings, message, problems)
            VALUES (@file, @ordinal, @facility, @maLk, @verdict, @id, @version, @blocks, @warnings, @message, @problems)
            ON CONFLICT (file_id, ordinal) DO UPDATE SET facility = excluded.facility, verdict = excluded.verdict, record_id = excluded.record_id,
              version = excluded.version, blocks = excluded.blocks, warnings = excluded.warnings, message = excluded.message, problems = excluded.problems
            """, LedgerNames, rows, ct);
    }

    /// <summary>The ledger of a file of visits with the state its versions are in now.</summary>
    public async Task<List<IntakeRecord>> LedgerAsync(Caller caller, string fileId, CancellationToken ct) =>
        (await database.QueryAsync<LedgerRow>(caller, """
            SELECT ordinal, facility, ma_lk, verdict, record_id, version, blocks, warnings, message, problems,
              (SELECT v.state FROM record_version v WHERE v.record_id = intake_visit.record_id AND v.version = intake_visit.version) AS state
            FROM intake_visit WHERE file_id = @fileId AND {scope} ORDER BY ordinal
            """, new { fileId }, ct)).ConvertAll(r => r.ToRecord());

    /// <summary>The visit that a version, or the newest one before it, was built from; null when it came as a package or is out of scope.</summary>
    public async Task<VisitSourceRow?> SourceAsync(Caller caller, Guid recordId, int version, CancellationToken ct) =>
        (await database.QueryAsync<VisitSourceRow>(caller, $"""
            SELECT {VisitSourceRow.Columns} FROM visit_source WHERE record_id = @id AND version <= @version AND {"{scope}"} ORDER BY version DESC LIMIT 1
            """, new { id = recordId.ToString(), version }, ct)).SingleOrDefault();

    private sealed class LedgerRow
    {
        public int Ordinal { get; init; }
        public string Facility { get; init; } = "";
        public string MaLk { get; init; } = "";
        public string Verdict { get; init; } = "";
        public string? RecordId { get; init; }
        public int? Version { get; init; }
        public int Blocks { get; init; }
        public int Warnings { get; init; }
        public string Message { get; init; } = "";
        public byte[]? Problems { get; init; }
        public string? State { get; init; }

        public IntakeRecord ToRecord() => new(
            Ordinal, MaLk, Enum.Parse<IntakeVerdict>(Verdict), RecordId is null ? null : Guid.Parse(RecordId), Version,
            State is null ? null : Enum.Parse<Records.RecordState>(State), Blocks, Warnings, Message)
        {
            Facility = Facility,
            Problems = Problems is null ? [] : JsonSerializer.Deserialize<List<ExtractProblem>>(Problems)!,
        };
    }
}

internal sealed class VisitSourceRow
{
    public const string Columns = "record_id, version, facility, visit_ref, fingerprint, revision, source_name";

    public string RecordId { get; init; } = "";
    public int Version { get; init; }
    public string Facility { get; init; } = "";
    public string VisitRef { get; init; } = "";
    public string Fingerprint { get; init; } = "";
    public long? Revision { get; init; }
    public string SourceName { get; init; } = "";
}
