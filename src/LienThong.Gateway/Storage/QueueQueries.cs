using LienThong.Gateway.Access;
using LienThong.Gateway.Records;

namespace LienThong.Gateway.Storage;

/// <summary>What overviews read: the queue and what is due soon. Scoped to the caller's facilities.</summary>
public sealed class QueueQueries(Database database)
{
    /// <summary>Items of the queue: those set aside first, then by deadline.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="take">Rows, 1–500.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<IReadOnlyList<QueueItem>> ListAsync(Caller caller, int take, CancellationToken ct) =>
        (await database.QueryAsync<QueueRow>(caller, """
            SELECT w.record_id, w.version, w.facility, v.ma_lk, v.state, v.deadline_at, w.stage, w.status, w.attempts, w.due_at, w.cause
            FROM (SELECT record_id, version, facility, stage, status, attempts, due_at, deadline_at, cause FROM work_item WHERE {scope}
                  ORDER BY CASE status WHEN 'Dead' THEN 0 ELSE 1 END, deadline_at, record_id LIMIT @take) w
            JOIN record_version v ON v.record_id = w.record_id AND v.version = w.version
            ORDER BY CASE w.status WHEN 'Dead' THEN 0 ELSE 1 END, w.deadline_at, w.record_id
            """, new { take = Math.Clamp(take, 1, 500) }, ct)).ConvertAll(r => r.ToItem());

    /// <summary>Records of a facility that were set aside, nearest deadline first, and how many more have an unknown outcome.</summary>
    internal async Task<(IReadOnlyList<Guid> Ids, long Unknown)> SetAsideAsync(Caller caller, string facility, int take, CancellationToken ct)
    {
        const string From = """
            FROM (SELECT record_id, version, deadline_at FROM work_item WHERE status = 'Dead' AND facility = @facility AND {scope}) w
            JOIN record_version v ON v.record_id = w.record_id AND v.version = w.version
            """;
        List<string> ids = await database.QueryAsync<string>(
            caller, $"SELECT w.record_id {From} WHERE v.state <> 'OutcomeUnknown' ORDER BY w.deadline_at, w.record_id LIMIT @take", new { facility, take }, ct);
        long unknown = (await database.QueryAsync<long>(caller, $"SELECT COUNT(*) {From} WHERE v.state = 'OutcomeUnknown'", new { facility }, ct))[0];
        return (ids.ConvertAll(Guid.Parse), unknown);
    }

    /// <summary>How many items wait.</summary>
    public async Task<QueueCounts> CountAsync(Caller caller, CancellationToken ct)
    {
        List<(string Stage, string Status, long Count)> rows = await database.QueryAsync<(string Stage, string Status, long Count)>(
            caller, "SELECT stage, status, COUNT(*) FROM work_item WHERE {scope} GROUP BY stage, status", null, ct);
        long Sum(Func<(string Stage, string Status, long Count), bool> which) => rows.Where(which).Sum(r => r.Count);
        return new QueueCounts(
            Sum(r => r is { Stage: RecordChanges.SignStage, Status: not "Dead" }), Sum(r => r is { Stage: RecordChanges.SendStage, Status: not "Dead" }),
            Sum(r => r.Status == "Dead"));
    }

    /// <summary>Records that aren't at the portal yet, by deadline, overdue ones first.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="take">Rows, 1–500.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<IReadOnlyList<RecordListItem>> NearestDeadlinesAsync(Caller caller, int take, CancellationToken ct) =>
        // Condition and order are those of the index record_version_due, which stays small however many records are done.
        (await database.QueryAsync<ListRow>(caller, $"""
            SELECT {RecordQueries.ListColumns} FROM record_version
            WHERE is_current = 1 AND {"{scope}"} AND deadline_at IS NOT NULL AND state NOT IN ('Accepted', 'Superseded')
            ORDER BY deadline_at, record_id LIMIT @take
            """, new { take = Math.Clamp(take, 1, 500) }, ct)).ConvertAll(r => r.ToItem());

    private sealed class QueueRow
    {
        public string RecordId { get; init; } = "";
        public int Version { get; init; }
        public string Facility { get; init; } = "";
        public string MaLk { get; init; } = "";
        public string State { get; init; } = "";
        public long? DeadlineAt { get; init; }
        public string Stage { get; init; } = "";
        public string Status { get; init; } = "";
        public int Attempts { get; init; }
        public long DueAt { get; init; }
        public string? Cause { get; init; }

        public QueueItem ToItem() => new(
            Guid.Parse(RecordId), Facility, MaLk, Version, Enum.Parse<RecordState>(State), DeadlineAt is { } end ? ListRow.Utc(end) : null,
            new WorkView(Stage, Status, Attempts, ListRow.Utc(DueAt), Cause));
    }
}
