using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Deliveries;
using LienThong.Validation;

namespace LienThong.Gateway.Storage;

/// <summary>Check-ins. Where a check-in and its deliveries are locked, the deliveries are first.</summary>
internal static class CheckInStore
{
    // A call for the record that wasn't proven to have sent nothing: then the record came first.
    private const string RecordSent = """
        EXISTS (SELECT 1 FROM record r JOIN submission s ON s.record_id = r.record_id
          WHERE r.facility = c.facility AND r.ma_lk = c.ma_lk AND (s.outcome IS NULL OR s.outcome <> 'NotSent'))
        """;

    /// <summary>A check-in, not locked; null when there is none.</summary>
    public static async Task<CheckInRow?> FindAsync(WriteSession session, string facility, string maLk, CheckInKind kind, CancellationToken ct) =>
        (await session.QueryUnscopedAsync<CheckInRow>(
            $"SELECT {CheckInRow.Columns} FROM check_in c WHERE facility = @facility AND ma_lk = @maLk AND kind = @kind",
            new { facility, maLk, kind = kind.ToString() }, ct)).SingleOrDefault();

    /// <summary>Check-ins by id, locked.</summary>
    public static Task<List<CheckInRow>> LockAsync(WriteSession session, IEnumerable<string> ids, CancellationToken ct) =>
        session.QueryUnscopedAsync<CheckInRow>(
            $"SELECT {CheckInRow.Columns} FROM check_in c WHERE {"{in:check_in_id:@ids}"} ORDER BY check_in_id {"{lock}"}", new { ids = session.Database.Dialect.List(ids) }, ct);

    /// <summary>Stores a new check-in.</summary>
    /// <returns>Whether it is new: somebody else may have been faster.</returns>
    public static async Task<bool> AddAsync(WriteSession session, CheckInRow row, CancellationToken ct)
    {
        int added = await session.ExecuteAsync("""
            INSERT INTO check_in (check_in_id, facility, ma_lk, kind, version, state, state_at, is_open, origin, release, name, ngay_vao, ngay_yl, item, facts,
              content_ref, content_sha256, block_count, findings, cause, actor, sign_at, sign_attempts, requested_at, updated_at)
            VALUES (@CheckInId, @Facility, @MaLk, @Kind, 1, @State, @now, @IsOpen, @Origin, @Release, @Name, @NgayVao, @NgayYl, @Item, @Facts,
              @ContentRef, @ContentSha256, @BlockCount, @Findings, @Cause, @Actor, @SignAt, 0, @now, @now)
            ON CONFLICT (facility, ma_lk, kind) DO NOTHING
            """, row.With(session.Database.Now), ct);
        if (added == 0)
            return false;
        session.Audit(row.Facility, row.Actor, "check-in.requested", row.CheckInId, $"{row.MaLk} {row.Kind} {row.State}");
        await TellRecordAsync(session, row, ct);
        return true;
    }

    /// <summary>Writes a locked check-in as it is now; the move has to be in the table.</summary>
    /// <exception cref="InvalidOperationException">It isn't: a bug in the caller.</exception>
    public static async Task SaveAsync(WriteSession session, CheckInRow row, CheckInState from, string actor, string action, CancellationToken ct)
    {
        if (!CheckInStates.Allows(from, row.CheckInState))
            throw new InvalidOperationException($"No move of a check-in from {from} to {row.State}.");
        await session.ExecuteAsync("""
            UPDATE check_in SET version = @Version, state = @State, state_at = @now, is_open = @IsOpen, origin = @Origin, release = @Release, name = @Name,
              ngay_vao = @NgayVao, ngay_yl = @NgayYl, item = @Item, facts = @Facts, content_ref = @ContentRef, content_sha256 = @ContentSha256, block_count = @BlockCount,
              findings = @Findings, cause = @Cause, actor = @Actor, sign_at = @SignAt, sign_attempts = @SignAttempts, updated_at = @now
            WHERE check_in_id = @CheckInId
            """, row.With(session.Database.Now), ct);
        session.Audit(row.Facility, actor, action, row.CheckInId, $"{row.MaLk} {row.Kind} {row.State} {row.Cause}".TrimEnd());
        await TellRecordAsync(session, row, ct);
    }

    /// <summary>What check-ins of some visits said.</summary>
    public static Task<List<CheckInFactsRow>> FactsAsync(
        Database database, WriteSession? session, IEnumerable<string> facilities, IEnumerable<string> maLks, CancellationToken ct) =>
        HistoryStore.QueryAsync<CheckInFactsRow>(database, session, """
            SELECT facility, ma_lk, state, updated_at, name, facts FROM check_in WHERE {in:facility:@facilities} AND {in:ma_lk:@maLks}
            """, new { facilities = database.Dialect.List(facilities), maLks = database.Dialect.List(maLks) }, ct);

    /// <summary>Since when facilities hand check-ins in, and whether they only take samples.</summary>
    public static Task<List<CheckInUseRow>> UsesAsync(Database database, WriteSession? session, IEnumerable<string> facilities, CancellationToken ct) =>
        HistoryStore.QueryAsync<CheckInUseRow>(database, session, """
            SELECT f.facility, (SELECT MIN(c.requested_at) FROM check_in c WHERE c.facility = f.facility) AS since, COALESCE(s.sample_only, 0) AS sample_only
            FROM facility f LEFT JOIN check_in_setting s ON s.facility = f.facility WHERE {in:f.facility:@list}
            """, new { list = database.Dialect.List(facilities) }, ct);

    /// <summary>In-patients of a facility of whom only the check-in is known: admitted since a moment, no record yet, neither watched nor ended; oldest first.</summary>
    public static Task<List<CheckInFactsRow>> InHouseAsync(WriteSession session, string facility, long since, int take, CancellationToken ct) =>
        session.QueryUnscopedAsync<CheckInFactsRow>("""
            SELECT c.facility, c.ma_lk, c.state, c.updated_at, c.name, c.facts FROM check_in c
            WHERE c.facility = @facility AND c.requested_at > @since AND c.kind = 'AdmissionFirstCost' AND c.state <> 'Closed' AND c.facts IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM record r WHERE r.facility = c.facility AND r.ma_lk = c.ma_lk)
              AND NOT EXISTS (SELECT 1 FROM card_visit v WHERE v.facility = c.facility AND v.visit_key = 'LK:' || c.ma_lk
                AND (v.watch <> '' OR v.ended_at IS NOT NULL OR v.closed_at IS NOT NULL))
            ORDER BY c.requested_at, c.check_in_id LIMIT @take
            """, new { facility, since, take }, ct);

    /// <summary>Facilities with check-ins to sign whose signing isn't stopped.</summary>
    public static Task<List<string>> FacilitiesToSignAsync(Database database, CancellationToken ct) =>
        database.QueryUnscopedAsync<string>("""
            SELECT f.facility FROM facility f
            WHERE f.stopped_cause IS NULL AND f.sign_paused_cause IS NULL
              AND (SELECT 1 FROM check_in c WHERE c.facility = f.facility AND c.sign_at <= @now LIMIT 1) = 1
            ORDER BY f.facility
            """, new { now = database.Now }, ct);

    /// <summary>Check-ins to sign, oldest first, of one visit the first cost first; not locked: whoever stores first counts.</summary>
    public static Task<List<CheckInRow>> ToSignAsync(Database database, string facility, int take, CancellationToken ct) =>
        database.QueryUnscopedAsync<CheckInRow>(
            $"SELECT {CheckInRow.Columns} FROM check_in c WHERE facility = @facility AND sign_at <= @now ORDER BY sign_at, kind DESC, check_in_id LIMIT @take",
            new { facility, take, now = database.Now }, ct);

    /// <summary>Of these visits, those whose record was sent, or may have been.</summary>
    public static async Task<HashSet<string>> RecordsSentAsync(WriteSession session, string facility, IReadOnlyCollection<string> maLks, CancellationToken ct) =>
        maLks.Count == 0 ? [] : [.. await session.QueryUnscopedAsync<string>("""
            SELECT DISTINCT r.ma_lk FROM record r JOIN submission s ON s.record_id = r.record_id
            WHERE r.facility = @facility AND {in:r.ma_lk:@maLks} AND (s.outcome IS NULL OR s.outcome <> 'NotSent')
            """, new { facility, maLks = session.Database.Dialect.List(maLks) }, ct)];

    /// <summary>Open check-ins whose record was sent, or may have been.</summary>
    public static Task<List<string>> PassedByAsync(Database database, CancellationToken ct) =>
        database.QueryUnscopedAsync<string>($"SELECT c.check_in_id FROM check_in c WHERE c.is_open = 1 AND {RecordSent} LIMIT 200", null, ct);

    /// <summary>Check-ins that wait for a mapping, those looked at longest ago first.</summary>
    public static Task<List<CheckInRow>> UnmappedAsync(Database database, CancellationToken ct) =>
        database.QueryUnscopedAsync<CheckInRow>(
            $"SELECT {CheckInRow.Columns} FROM check_in c WHERE is_open = 1 AND state = 'Unmapped' ORDER BY updated_at, check_in_id LIMIT 200", null, ct);

    /// <summary>Ends the check-in of a delivery that came too late.</summary>
    public static async Task OvertakeAsync(WriteSession session, DeliveryRow delivery, CancellationToken ct)
    {
        const string Cause = "Hồ sơ của lượt khám đã gửi trước check-in.";
        await DeliveryStore.MoveAsync(session, delivery, DeliveryState.Overtaken, DeliveryEvent.RecordSent, "system", Cause, null, ct);
        if ((await LockAsync(session, [delivery.SubjectId], ct)).SingleOrDefault() is { } row && CheckInStates.Allows(row.CheckInState, CheckInState.Overtaken))
            await EndAsync(session, row, CheckInState.Overtaken, "system", "check-in.overtaken", Cause, ct);
    }

    /// <summary>Ends a locked check-in.</summary>
    public static Task EndAsync(WriteSession session, CheckInRow row, CheckInState to, string actor, string action, string cause, CancellationToken ct)
    {
        CheckInState from = row.CheckInState;
        (row.State, row.Cause, row.SignAt, row.IsOpen) = (to.ToString(), cause, null, 0);
        return SaveAsync(session, row, from, actor, action, ct);
    }

    /// <summary>The portal has it: nothing is left to see to.</summary>
    public static Task SentAsync(WriteSession session, string id, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE check_in SET is_open = 0, updated_at = @now WHERE check_in_id = @id", new { id, now = session.Database.Now }, ct);

    /// <summary>A facility's settings; the defaults when it has none.</summary>
    public static async Task<CheckInSettings> SettingsAsync(WriteSession session, string facility, CancellationToken ct) =>
        (await session.QueryUnscopedAsync<CheckInSettingRow>(
            $"SELECT {CheckInSettingRow.Columns} FROM check_in_setting WHERE facility = @facility", new { facility }, ct)).SingleOrDefault()?.ToSettings()
        ?? CheckInSettings.Default(facility);

    /// <summary>Writes a facility's settings.</summary>
    public static Task SaveSettingsAsync(WriteSession session, CheckInSettings s, CancellationToken ct) =>
        session.ExecuteAsync("""
            INSERT INTO check_in_setting (facility, sample_only, warn_minutes, alert_minutes, updated_at) VALUES (@Facility, @sampleOnly, @WarnMinutes, @AlertMinutes, @now)
            ON CONFLICT (facility) DO UPDATE SET sample_only = excluded.sample_only, warn_minutes = excluded.warn_minutes,
              alert_minutes = excluded.alert_minutes, updated_at = excluded.updated_at
            """, new { s.Facility, sampleOnly = s.SampleOnly ? 1 : 0, s.WarnMinutes, s.AlertMinutes, now = session.Database.Now }, ct);

    // A stored record of the visit is judged beside its check-in. That one is signed says nothing new, and one that was overtaken has its record at the portal.
    private static async Task TellRecordAsync(WriteSession session, CheckInRow row, CancellationToken ct)
    {
        if (row.CheckInState is CheckInState.Queued or CheckInState.Overtaken)
            return;
        List<string> records = await session.QueryUnscopedAsync<string>(
            "SELECT record_id FROM record WHERE facility = @Facility AND ma_lk = @MaLk", new { row.Facility, row.MaLk }, ct);
        if (records.Count > 0)
            await HistoryStore.AddDueAsync(session, records.Select(id => new RecordFacts { Id = id, Facility = row.Facility }), ct);
    }
}
