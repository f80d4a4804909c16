using LienThong.Gateway.Access;
using LienThong.Gateway.Deadlines;

namespace LienThong.Gateway.Storage;

/// <summary>Duties beside the records.</summary>
internal sealed class DutyStore(Database database)
{
    /// <summary>Open duties of the caller's facilities, nearest first.</summary>
    public async Task<List<Duty>> OpenAsync(Caller caller, int take, CancellationToken ct) =>
        (await database.QueryAsync<DutyRow>(
            caller, $"SELECT {DutyRow.Columns} FROM duty WHERE state = 'Open' AND {"{scope}"} ORDER BY due_at, duty_id LIMIT @take", new { take }, ct)).ConvertAll(r => r.ToDuty());

    /// <summary>Settled duties of the caller's facilities, newest first.</summary>
    public async Task<List<Duty>> SettledAsync(Caller caller, int take, CancellationToken ct) =>
        (await database.QueryAsync<DutyRow>(
            caller, $"SELECT {DutyRow.Columns} FROM duty WHERE state <> 'Open' AND {"{scope}"} ORDER BY due_at DESC, duty_id DESC LIMIT @take", new { take }, ct)).ConvertAll(r => r.ToDuty());

    /// <summary>One, locked; null when unknown or out of scope.</summary>
    public static async Task<Duty?> LockAsync(WriteSession session, Caller caller, Guid id, CancellationToken ct) =>
        (await session.QueryAsync<DutyRow>(
            caller, $"SELECT {DutyRow.Columns} FROM duty WHERE duty_id = @id AND {"{scope}"} {"{lock}"}", new { id = id.ToString() }, ct)).SingleOrDefault()?.ToDuty();

    /// <summary>Adds a duty; one of the same facility, rule and subject stays as it is.</summary>
    /// <returns>Whether it is new.</returns>
    public static async Task<bool> AddAsync(WriteSession session, Duty d, CancellationToken ct) =>
        await session.ExecuteAsync("""
            INSERT INTO duty (duty_id, facility, rule, subject, title, state, began_at, due_at, records, note, opened_by)
            VALUES (@id, @Facility, @Rule, @Subject, @Title, 'Open', @began, @due, @Records, @Note, @OpenedBy) ON CONFLICT DO NOTHING
            """, new
        {
            id = d.Id.ToString(),
            d.Facility,
            d.Rule,
            d.Subject,
            d.Title,
            began = d.BeganAt.ToUnixTimeMilliseconds(),
            due = d.DueAt.ToUnixTimeMilliseconds(),
            d.Records,
            d.Note,
            d.OpenedBy,
        }, ct) == 1;

    /// <summary>Settles or opens again, when it still stands as it was read.</summary>
    public static Task<int> MoveAsync(WriteSession session, Duty d, DutyState to, string note, string? by, CancellationToken ct) =>
        session.ExecuteAsync("""
            UPDATE duty SET state = @to, note = @note, done_by = @by, done_at = @at WHERE duty_id = @id AND state = @from
            """, new
        {
            id = d.Id.ToString(),
            from = d.State.ToString(),
            to = to.ToString(),
            note,
            by,
            at = to == DutyState.Open ? (long?)null : session.Database.Now,
        }, ct);

    /// <summary>Opens the done duty of the same facility, rule and subject again.</summary>
    /// <returns>Its id; null when it is open or dropped.</returns>
    public static async Task<string?> ReopenAsync(WriteSession session, Duty d, CancellationToken ct) =>
        (await session.QueryUnscopedAsync<string>("""
            UPDATE duty SET state = 'Open', done_by = NULL, done_at = NULL
            WHERE facility = @Facility AND rule = @Rule AND subject = @Subject AND state = 'Done' RETURNING duty_id
            """, new { d.Facility, d.Rule, d.Subject }, ct)).SingleOrDefault();

    /// <summary>Notes how many records an open duty concerns.</summary>
    public static Task CountAsync(WriteSession session, Duty d, long records, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE duty SET records = @records WHERE duty_id = @id AND state = 'Open'", new { id = d.Id.ToString(), records }, ct);

    /// <summary>Moments at which current versions of a facility were refused.</summary>
    public Task<List<long>> RefusedAsync(string facility, CancellationToken ct) =>
        database.QueryUnscopedAsync<long>(
            "SELECT state_at FROM record_version WHERE is_current = 1 AND state = 'Rejected' AND facility = @facility", new { facility }, ct);

    /// <summary>Accepted current versions of a facility whose faults the portal told later.</summary>
    public async Task<long> FaultyAsync(string facility, CancellationToken ct) =>
        (await database.QueryUnscopedAsync<long>("""
            SELECT COUNT(DISTINCT s.record_id) FROM submission s JOIN record_version v ON v.record_id = s.record_id AND v.version = s.version
            WHERE s.facility = @facility AND s.later_state = 'Faulty' AND v.is_current = 1 AND v.state = 'Accepted'
            """, new { facility }, ct))[0];

    /// <summary>Receptions in a span for which the portal's result isn't known: how many, and the first.</summary>
    public async Task<(long Count, long? First)> PendingAsync(string facility, long from, long to, CancellationToken ct) =>
        (await database.QueryUnscopedAsync<(long Count, long? First)>("""
            SELECT COUNT(*), MIN(started_at) FROM submission
            WHERE facility = @facility AND started_at >= @from AND started_at < @to AND outcome = 'Accepted' AND later_state = 'Pending'
            """, new { facility, from, to }, ct))[0];

    private sealed class DutyRow
    {
        public const string Columns = "duty_id, facility, rule, subject, title, state, began_at, due_at, records, note, opened_by, done_by, done_at";

        public string DutyId { get; init; } = "";
        public string Facility { get; init; } = "";
        public string Rule { get; init; } = "";
        public string Subject { get; init; } = "";
        public string Title { get; init; } = "";
        public string State { get; init; } = "";
        public long BeganAt { get; init; }
        public long DueAt { get; init; }
        public long? Records { get; init; }
        public string Note { get; init; } = "";
        public string OpenedBy { get; init; } = "";
        public string? DoneBy { get; init; }
        public long? DoneAt { get; init; }

        public Duty ToDuty() => new(
            Guid.Parse(DutyId), Facility, Rule, Subject, Title, Enum.Parse<DutyState>(State), ListRow.Utc(BeganAt), ListRow.Utc(DueAt), Records, Note, OpenedBy, DoneBy,
            DoneAt is { } at ? ListRow.Utc(at) : null);
    }
}
