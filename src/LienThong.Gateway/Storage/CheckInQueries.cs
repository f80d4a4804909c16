using Dapper;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Records;

namespace LienThong.Gateway.Storage;

/// <summary>What pages, the API and monitors read of check-ins. Scoped to the caller's facilities.</summary>
public sealed class CheckInQueries(Database database, IArchive archive)
{
    private const long Minute = 60_000;
    private const long Month = 30L * 24 * 60 * Minute;
    private static readonly string Columns = CheckInRow.Columns.Replace("c.", "", StringComparison.Ordinal);

    // The newest delivery of the check-in's present version.
    private const string Joined = """
        SELECT c.*, d.delivery_id, d.state AS delivery_state, d.attempts, d.transaction_code, d.cause AS delivery_cause, d.state_at AS delivery_at
        """;

    /// <summary>A page of check-ins, newest first.</summary>
    public async Task<Page<CheckInView>> ListAsync(Caller caller, CheckInGroup? group, string? maLk, PageRequest page, CancellationToken ct)
    {
        int take = Math.Clamp(page.Take, 1, 500);
        DynamicParameters arguments = new(new { maLk, page.After, take = take + 1 });
        string own = (maLk is null ? "" : " AND ma_lk = @maLk") + (page.After is null ? "" : " AND check_in_id < @After") + OwnCondition(group);
        List<ViewRow> rows = await database.QueryAsync<ViewRow>(caller, $"""
            {Joined} FROM (SELECT {Columns} FROM check_in WHERE {"{scope}"}{own}) c
            LEFT JOIN delivery d ON d.subject_id = c.check_in_id AND d.subject_version = c.version AND d.facility = c.facility AND d.channel = '{DeliveryLane.National}'
            WHERE 1 = 1{DeliveryCondition(group)} ORDER BY c.check_in_id DESC LIMIT @take
            """, arguments, ct);
        bool more = rows.Count > take;
        if (more)
            rows.RemoveAt(take);
        return new Page<CheckInView>(rows.ConvertAll(r => r.View()), more ? rows[^1].CheckInId : null, null);
    }

    /// <summary>One check-in; null when unknown or out of scope.</summary>
    public async Task<CheckInDetail?> FindAsync(Caller caller, Guid id, CancellationToken ct) =>
        (await database.QueryAsync<ViewRow>(caller, $"""
            {Joined} FROM (SELECT {Columns} FROM check_in WHERE {"{scope}"} AND check_in_id = @id) c
            LEFT JOIN delivery d ON d.subject_id = c.check_in_id AND d.subject_version = c.version AND d.facility = c.facility AND d.channel = '{DeliveryLane.National}'
            """, new { id = id.ToString() }, ct)) is [{ } row] ? new CheckInDetail(row.View(), PackedFindings.Unpack(row.Findings)) : null;

    /// <summary>The document of a check-in without signature; null when unknown or out of scope.</summary>
    public async Task<byte[]?> ContentAsync(Caller caller, Guid id, CancellationToken ct) =>
        (await database.QueryAsync<string>(caller, "SELECT content_ref FROM check_in WHERE check_in_id = @id AND {scope}", new { id = id.ToString() }, ct)) is [{ } reference]
            ? await archive.GetAsync(ArchiveRef.Parse(reference), ct) : null;

    /// <summary>Open check-ins by age, per facility that has any. The ages are each facility's own settings.</summary>
    public Task<IReadOnlyList<CheckInAges>> AgesAsync(Caller caller, CancellationToken ct) => AgesAsync(database, caller, ct);

    /// <summary>The same for monitors, which also ask while the archive is away.</summary>
    public static async Task<IReadOnlyList<CheckInAges>> AgesAsync(Database database, Caller caller, CancellationToken ct) =>
        (await database.QueryAsync<(string Facility, long Open, long Late, long Alert)>(caller, $"""
            SELECT c.facility, COUNT(*),
              COUNT(CASE WHEN c.requested_at <= @now - COALESCE(s.warn_minutes, {CheckInSettings.DefaultWarn}) * {Minute}
                AND c.requested_at > @now - COALESCE(s.alert_minutes, {CheckInSettings.DefaultAlert}) * {Minute} THEN 1 END),
              COUNT(CASE WHEN c.requested_at <= @now - COALESCE(s.alert_minutes, {CheckInSettings.DefaultAlert}) * {Minute} THEN 1 END)
            FROM (SELECT facility, requested_at FROM check_in WHERE is_open = 1 AND {"{scope}"}) c LEFT JOIN check_in_setting s ON s.facility = c.facility
            GROUP BY c.facility ORDER BY c.facility
            """, new { now = database.Now }, ct)).ConvertAll(r => new CheckInAges(r.Facility, r.Open, r.Late, r.Alert));

    /// <summary>Numbers for the page.</summary>
    public async Task<CheckInCounts> CountAsync(Caller caller, CancellationToken ct)
    {
        (long open, long blocked) = (await database.QueryAsync<(long Open, long Blocked)>(caller, $"""
            SELECT COUNT(*), COUNT(CASE WHEN c.state IN ('Blocked', 'Unmapped') OR d.state IN ('Rejected', 'Dead', 'Held') THEN 1 END)
            FROM (SELECT check_in_id, version, facility, state FROM check_in WHERE is_open = 1 AND {"{scope}"}) c
            LEFT JOIN delivery d ON d.subject_id = c.check_in_id AND d.subject_version = c.version AND d.facility = c.facility AND d.channel = '{DeliveryLane.National}'
            """, null, ct))[0];
        (long overtaken, long exempt) = (await database.QueryAsync<(long Overtaken, long Exempt)>(caller, """
            SELECT COUNT(CASE WHEN state = 'Overtaken' THEN 1 END), COUNT(CASE WHEN state = 'Exempt' THEN 1 END)
            FROM check_in WHERE state IN ('Overtaken', 'Exempt') AND state_at >= @since AND {scope}
            """, new { since = database.Now - Month }, ct))[0];
        return new CheckInCounts(open - blocked, blocked, overtaken, exempt);
    }

    /// <summary>Settings of the caller's facilities, by code.</summary>
    public async Task<IReadOnlyList<CheckInSettings>> SettingsAsync(Caller caller, CancellationToken ct)
    {
        Dictionary<string, CheckInSettings> set = (await database.QueryAsync<CheckInSettingRow>(
            caller, $"SELECT {CheckInSettingRow.Columns} FROM check_in_setting WHERE {"{scope}"}", null, ct)).ToDictionary(r => r.Facility, r => r.ToSettings(), StringComparer.Ordinal);
        return (await database.QueryAsync<string>(caller, "SELECT facility FROM facility WHERE {scope} ORDER BY facility", null, ct))
            .ConvertAll(f => set.GetValueOrDefault(f) ?? CheckInSettings.Default(f));
    }

    private static string OwnCondition(CheckInGroup? group) => group switch
    {
        null => "",
        CheckInGroup.Waiting or CheckInGroup.Blocked => " AND is_open = 1",
        CheckInGroup.Sent => " AND state = 'Queued' AND is_open = 0",
        _ => $" AND state = '{group}'",
    };

    private static string DeliveryCondition(CheckInGroup? group) => group switch
    {
        CheckInGroup.Waiting => " AND c.state IN ('Ready', 'Queued') AND (d.state IS NULL OR d.state NOT IN ('Rejected', 'Dead', 'Held'))",
        CheckInGroup.Blocked => " AND (c.state IN ('Blocked', 'Unmapped') OR d.state IN ('Rejected', 'Dead', 'Held'))",
        _ => "",
    };

    private sealed class ViewRow
    {
        public string CheckInId { get; init; } = "";
        public string Facility { get; init; } = "";
        public string MaLk { get; init; } = "";
        public string Kind { get; init; } = "";
        public string State { get; init; } = "";
        public int IsOpen { get; init; }
        public string Origin { get; init; } = "";
        public string Release { get; init; } = "";
        public string Name { get; init; } = "";
        public string NgayVao { get; init; } = "";
        public string NgayYl { get; init; } = "";
        public string Item { get; init; } = "";
        public int BlockCount { get; init; }
        public byte[]? Findings { get; init; }
        public string? Cause { get; init; }
        public long RequestedAt { get; init; }
        public long? DeliveryId { get; init; }
        public string? DeliveryState { get; init; }
        public int? Attempts { get; init; }
        public string? TransactionCode { get; init; }
        public string? DeliveryCause { get; init; }
        public long? DeliveryAt { get; init; }

        public CheckInView View()
        {
            CheckInState state = Enum.Parse<CheckInState>(State);
            DeliveryState? delivery = state == CheckInState.Queued && DeliveryState is { } text ? Enum.Parse<DeliveryState>(text) : null;
            bool sent = delivery == Deliveries.DeliveryState.Accepted;
            return new CheckInView(
                Guid.Parse(CheckInId), Facility, MaLk, Enum.Parse<CheckInKind>(Kind), state, Group(state, delivery), Name, NgayVao, NgayYl, Item, Release, Origin,
                delivery is null ? Cause : sent ? null : DeliveryCause, BlockCount, ListRow.Utc(RequestedAt), IsOpen != 0, DeliveryId, delivery, Attempts ?? 0,
                sent ? TransactionCode : null, sent && DeliveryAt is { } at ? ListRow.Utc(at) : null);
        }

        private static CheckInGroup Group(CheckInState state, DeliveryState? delivery) => (state, delivery) switch
        {
            (CheckInState.Blocked or CheckInState.Unmapped, _) => CheckInGroup.Blocked,
            (CheckInState.Overtaken, _) => CheckInGroup.Overtaken,
            (CheckInState.Exempt, _) => CheckInGroup.Exempt,
            (CheckInState.Closed, _) => CheckInGroup.Closed,
            (_, Deliveries.DeliveryState.Accepted) => CheckInGroup.Sent,
            (_, Deliveries.DeliveryState.Rejected or Deliveries.DeliveryState.Dead or Deliveries.DeliveryState.Held) => CheckInGroup.Blocked,
            _ => CheckInGroup.Waiting,
        };
    }
}
