using LienThong.Gateway.Access;

namespace LienThong.Gateway.Storage;

/// <summary>Who looks cards up, and how a facility wants it done.</summary>
internal sealed class CardSettingStore(Database database)
{
    /// <summary>Encrypted staff of a user in a facility (or of the facility itself, for an empty user); null when not set.</summary>
    public async Task<byte[]?> StaffAsync(string facility, string userId, CancellationToken ct) => (await database.QueryUnscopedAsync<byte[]>(
        "SELECT staff FROM card_staff WHERE facility = @facility AND user_id = @userId", new { facility, userId }, ct)).FirstOrDefault();

    /// <summary>Sets or, with null, removes it.</summary>
    public static Task SetStaffAsync(WriteSession session, string facility, string userId, byte[]? staff, string actor, CancellationToken ct) => staff is null
        ? session.ExecuteAsync("DELETE FROM card_staff WHERE facility = @facility AND user_id = @userId", new { facility, userId }, ct)
        : session.ExecuteAsync("""
            INSERT INTO card_staff (facility, user_id, staff, changed_by, changed_at) VALUES (@facility, @userId, @staff, @actor, @now)
            ON CONFLICT (facility, user_id) DO UPDATE SET staff = excluded.staff, changed_by = excluded.changed_by, changed_at = excluded.changed_at
            """, new { facility, userId, staff, actor, now = session.Database.Now }, ct);

    /// <summary>Settings of the caller's facilities that set something.</summary>
    public Task<List<CardSettingRow>> ListAsync(Caller caller, CancellationToken ct) =>
        database.QueryAsync<CardSettingRow>(caller, $"SELECT {CardSettingRow.Columns} FROM card_setting WHERE {"{scope}"} ORDER BY facility", null, ct);

    /// <summary>Facilities of these that want to be told of visits without a lookup.</summary>
    public static async Task<HashSet<string>> ReportingAsync(Database database, WriteSession? session, IEnumerable<string> facilities, CancellationToken ct) =>
        [.. await HistoryStore.QueryAsync<string>(database, session, "SELECT facility FROM card_setting WHERE {in:facility:@list} AND reports_missing = 1", new { list = database.Dialect.List(facilities) }, ct)];

    /// <summary>Writes a facility's settings; the day of the last batch stays.</summary>
    public static Task SaveAsync(WriteSession session, CardSettingRow row, string actor, CancellationToken ct) => session.ExecuteAsync("""
        INSERT INTO card_setting (facility, reports_missing, skips_forces, nightly, nightly_minute, nightly_per_minute, nightly_day, changed_by, changed_at)
        VALUES (@Facility, @ReportsMissing, @SkipsForces, @Nightly, @NightlyMinute, @NightlyPerMinute, '', @actor, @now)
        ON CONFLICT (facility) DO UPDATE SET reports_missing = excluded.reports_missing, skips_forces = excluded.skips_forces, nightly = excluded.nightly,
          nightly_minute = excluded.nightly_minute, nightly_per_minute = excluded.nightly_per_minute, changed_by = excluded.changed_by, changed_at = excluded.changed_at
        """, new { row.Facility, row.ReportsMissing, row.SkipsForces, row.Nightly, row.NightlyMinute, row.NightlyPerMinute, actor, now = session.Database.Now }, ct);

    /// <summary>Takes the nightly batch of a day: of several nodes one gets it.</summary>
    public static async Task<bool> TakeNightAsync(WriteSession session, string facility, string day, CancellationToken ct) => await session.ExecuteAsync(
        "UPDATE card_setting SET nightly_day = @day WHERE facility = @facility AND nightly = 1 AND nightly_day <> @day", new { facility, day }, ct) == 1;

    /// <summary>Notes that the facility handed in its whole list of visits to watch.</summary>
    public static Task ListedAsync(WriteSession session, string facility, CancellationToken ct) => session.ExecuteAsync(
        "UPDATE card_setting SET watch_listed_at = @now WHERE facility = @facility", new { facility, now = session.Database.Now }, ct);
}

internal sealed class CardSettingRow
{
    public const string Columns = "facility, reports_missing, skips_forces, nightly, nightly_minute, nightly_per_minute, nightly_day, watch_listed_at";

    public string Facility { get; init; } = "";
    public int ReportsMissing { get; init; }
    public int SkipsForces { get; init; }
    public int Nightly { get; init; }
    public int NightlyMinute { get; init; }
    public int NightlyPerMinute { get; init; }
    public string NightlyDay { get; init; } = "";

    /// <summary>When the facility last handed in its whole list; null for never.</summary>
    public long? WatchListedAt { get; init; }
}
