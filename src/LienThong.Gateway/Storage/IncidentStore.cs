using LienThong.Gateway.Access;
using LienThong.Gateway.Deadlines;

namespace LienThong.Gateway.Storage;

/// <summary>Incidents with their files, and what was seen of a portal.</summary>
internal sealed class IncidentStore(Database database)
{
    /// <summary>Incidents of the caller's facilities, newest first.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="unsettled">Only those proposed or open.</param>
    /// <param name="take">Rows.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<List<Incident>> ListAsync(Caller caller, bool unsettled, int take, CancellationToken ct) =>
        (await database.QueryAsync<IncidentRow>(caller, $"""
            SELECT {IncidentRow.Columns} FROM incident WHERE {"{scope}"} AND (@unsettled = 0 OR state IN ('Proposed', 'Open'))
            ORDER BY started_at DESC, incident_id LIMIT @take
            """, new { unsettled = unsettled ? 1 : 0, take }, ct)).ConvertAll(r => r.ToIncident([]));

    /// <summary>One with its files; null when unknown or out of scope.</summary>
    public async Task<Incident?> FindAsync(Caller caller, Guid id, CancellationToken ct)
    {
        var key = new { id = id.ToString() };
        IncidentRow? row = (await database.QueryAsync<IncidentRow>(
            caller, $"SELECT {IncidentRow.Columns} FROM incident WHERE incident_id = @id AND {"{scope}"}", key, ct)).SingleOrDefault();
        return row?.ToIncident((await database.QueryAsync<FileRow>(
            caller, "SELECT file_id, file_name, content_ref, content_bytes, added_by, added_at FROM incident_file WHERE incident_id = @id AND {scope} ORDER BY added_at, file_id", key, ct))
            .ConvertAll(f => f.ToFile()));
    }

    /// <summary>The incident as this transaction sees it, locked; null when unknown or out of scope.</summary>
    public static async Task<Incident?> LockAsync(WriteSession session, Caller caller, Guid id, CancellationToken ct) =>
        (await session.QueryAsync<IncidentRow>(
            caller, $"SELECT {IncidentRow.Columns} FROM incident WHERE incident_id = @id AND {"{scope}"} {"{lock}"}", new { id = id.ToString() }, ct)).SingleOrDefault()?.ToIncident([]);

    /// <summary>Adds one; nothing happens when the product proposed it before.</summary>
    /// <returns>Whether it is new.</returns>
    public static async Task<bool> AddAsync(WriteSession session, Incident i, string? seenKey, CancellationToken ct) =>
        await session.ExecuteAsync("""
            INSERT INTO incident (incident_id, facility, kind, state, started_at, ended_at, assumed_until, description, noticed_by, told, told_at, evidence, seen_key,
              recovered_at, opened_by, opened_at, closed_by, closed_at)
            VALUES (@id, @Facility, @kind, @state, @started, @ended, @assumed, @Description, @NoticedBy, @Told, @toldAt, @Evidence, @seenKey,
              @recovered, @OpenedBy, @openedAt, @ClosedBy, @closedAt)
            ON CONFLICT DO NOTHING
            """, Values(i, seenKey), ct) == 1;

    /// <summary>Writes everything that may change.</summary>
    public static Task SaveAsync(WriteSession session, Incident i, CancellationToken ct) =>
        session.ExecuteAsync("""
            UPDATE incident SET kind = @kind, state = @state, started_at = @started, ended_at = @ended, assumed_until = @assumed, description = @Description,
              noticed_by = @NoticedBy, told = @Told, told_at = @toldAt, evidence = @Evidence, recovered_at = @recovered, opened_by = @OpenedBy, opened_at = @openedAt,
              closed_by = @ClosedBy, closed_at = @closedAt
            WHERE incident_id = @id
            """, Values(i, null), ct);

    public static Task AddFileAsync(WriteSession session, Incident incident, IncidentFile file, CancellationToken ct) =>
        session.ExecuteAsync("""
            INSERT INTO incident_file (file_id, incident_id, facility, file_name, content_ref, content_bytes, added_by, added_at)
            VALUES (@id, @incident, @Facility, @Name, @Reference, @Bytes, @AddedBy, @at)
            """, new
        {
            id = file.Id.ToString(),
            incident = incident.Id.ToString(),
            incident.Facility,
            file.Name,
            file.Reference,
            file.Bytes,
            file.AddedBy,
            at = file.AddedAt.ToUnixTimeMilliseconds(),
        }, ct);

    /// <summary>Open incidents that were taken to be over by now.</summary>
    public Task<List<string>> OutlivedAsync(CancellationToken ct) =>
        database.QueryUnscopedAsync<string>("SELECT incident_id FROM incident WHERE state = 'Open' AND assumed_until <= @now", new { now = database.Now }, ct);

    /// <summary>The newest calls of a facility, newest first.</summary>
    public Task<List<CallRow>> CallsAsync(string facility, int take, CancellationToken ct) =>
        database.QueryUnscopedAsync<CallRow>("""
            SELECT submission_id, started_at, outcome, http_status, message FROM submission
            WHERE facility = @facility AND ended_at IS NOT NULL ORDER BY started_at DESC, submission_id DESC LIMIT @take
            """, new { facility, take }, ct);

    /// <summary>Items that wait for their next try are tried at once; those whose outcome is being settled keep their time.</summary>
    public static Task<int> ReleaseAsync(WriteSession session, string facility, CancellationToken ct) =>
        session.ExecuteAsync(
            "UPDATE work_item SET due_at = @now WHERE facility = @facility AND status = 'Ready' AND resends = 0 AND due_at > @now", new { facility, now = session.Database.Now }, ct);

    private static object Values(Incident i, string? seenKey) => new
    {
        id = i.Id.ToString(),
        i.Facility,
        kind = i.Kind.ToString(),
        state = i.State.ToString(),
        started = i.StartedAt.ToUnixTimeMilliseconds(),
        ended = i.EndedAt?.ToUnixTimeMilliseconds(),
        assumed = i.AssumedUntil?.ToUnixTimeMilliseconds(),
        i.Description,
        i.NoticedBy,
        i.Told,
        toldAt = i.ToldAt?.ToUnixTimeMilliseconds(),
        i.Evidence,
        seenKey,
        recovered = i.RecoveredAt?.ToUnixTimeMilliseconds(),
        i.OpenedBy,
        openedAt = i.OpenedAt.ToUnixTimeMilliseconds(),
        i.ClosedBy,
        closedAt = i.ClosedAt?.ToUnixTimeMilliseconds(),
    };

    private sealed class FileRow
    {
        public string FileId { get; init; } = "";
        public string FileName { get; init; } = "";
        public string ContentRef { get; init; } = "";
        public long ContentBytes { get; init; }
        public string AddedBy { get; init; } = "";
        public long AddedAt { get; init; }

        public IncidentFile ToFile() => new(Guid.Parse(FileId), FileName, ContentBytes, AddedBy, ListRow.Utc(AddedAt)) { Reference = ContentRef };
    }
}

/// <summary>A call to the portal as far as outages are seen in it.</summary>
internal sealed class CallRow
{
    public string SubmissionId { get; init; } = "";
    public long StartedAt { get; init; }
    public string? Outcome { get; init; }
    public int? HttpStatus { get; init; }
    public string? Message { get; init; }

    /// <summary>The portal gave an answer that decides something.</summary>
    public bool Answered => Outcome is "Accepted" or "Rejected";
}

internal sealed class IncidentRow
{
    public const string Columns = """
        incident_id, facility, kind, state, started_at, ended_at, assumed_until, description, noticed_by, told, told_at, evidence, seen_key, recovered_at,
        opened_by, opened_at, closed_by, closed_at
        """;

    public string IncidentId { get; init; } = "";
    public string Facility { get; init; } = "";
    public string Kind { get; init; } = "";
    public string State { get; init; } = "";
    public long StartedAt { get; init; }
    public long? EndedAt { get; init; }
    public long? AssumedUntil { get; init; }
    public string Description { get; init; } = "";
    public string NoticedBy { get; init; } = "";
    public string Told { get; init; } = "";
    public long? ToldAt { get; init; }
    public string Evidence { get; init; } = "";
    public string? SeenKey { get; init; }
    public long? RecoveredAt { get; init; }
    public string OpenedBy { get; init; } = "";
    public long OpenedAt { get; init; }
    public string? ClosedBy { get; init; }
    public long? ClosedAt { get; init; }

    public Incident ToIncident(IReadOnlyList<IncidentFile> files) => new(
        Guid.Parse(IncidentId), Facility, Enum.Parse<IncidentKind>(Kind), Enum.Parse<IncidentState>(State), ListRow.Utc(StartedAt), At(EndedAt), At(AssumedUntil),
        Description, NoticedBy, Told, At(ToldAt), Evidence, At(RecoveredAt), SeenKey is not null, OpenedBy, ListRow.Utc(OpenedAt), ClosedBy, At(ClosedAt))
    {
        Files = files,
    };

    private static DateTimeOffset? At(long? milliseconds) => milliseconds is { } at ? ListRow.Utc(at) : null;
}
