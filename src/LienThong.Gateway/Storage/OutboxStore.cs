namespace LienThong.Gateway.Storage;

/// <summary>The outbox: claims with a lease, retries, dead letters.</summary>
internal sealed class OutboxStore(Database database)
{
    // A facility that isn't stopped, and whose stage isn't paused. Every statement starts from the facilities, which are few, and looks into an index of the
    // items once for each: what a queue holds must not matter.
    private const string Works = """
        f.stopped_cause IS NULL AND (s.stage <> 'Sign' OR f.sign_paused_cause IS NULL) AND (s.stage <> 'Send' OR f.send_paused_cause IS NULL)
        """;

    /// <summary>Facilities that have something due in a stage.</summary>
    public async Task<List<string>> FacilitiesDueAsync(string stage, CancellationToken ct) =>
        await database.QueryUnscopedAsync<string>($"""
            SELECT f.facility FROM facility f CROSS JOIN (SELECT CAST(@stage AS TEXT) AS stage) s
            WHERE {Works} AND (SELECT MIN(w.due_at) FROM work_item w WHERE w.facility = f.facility AND w.stage = s.stage AND w.status = 'Ready') <= @now
            ORDER BY f.facility
            """, new { stage, now = database.Now }, ct);

    /// <summary>When the next item of any facility that isn't stopped falls due; null when nothing waits.</summary>
    public async Task<long?> NextDueAsync(CancellationToken ct) =>
        (await database.QueryUnscopedAsync<long?>($"""
            SELECT MIN(d.due) FROM (
              SELECT (SELECT MIN(w.due_at) FROM work_item w WHERE w.facility = f.facility AND w.stage = s.stage AND w.status = 'Ready') AS due
              FROM facility f CROSS JOIN (SELECT 'Sign' AS stage UNION ALL SELECT 'Send') s WHERE {Works}
              UNION ALL
              SELECT s.leased_until FROM work_item s JOIN facility f ON f.facility = s.facility WHERE s.status = 'Leased' AND {Works}) d
            """, null, ct))[0];

    /// <summary>Items that wait for time, a slot or a facility, and items set aside.</summary>
    public async Task<(long Waiting, long Dead)> CountAsync(CancellationToken ct) =>
        (await database.QueryUnscopedAsync<(long Waiting, long Dead)>("""
            SELECT COUNT(CASE WHEN status <> 'Dead' THEN 1 END), COUNT(CASE WHEN status = 'Dead' THEN 1 END) FROM work_item
            """, null, ct))[0];

    /// <summary>Takes due items of a facility, those with the nearest deadline first; no other worker gets them while the lease lasts.</summary>
    public static async Task<List<WorkRow>> ClaimAsync(
        WriteSession session, string facility, string stage, int take, string owner, TimeSpan lease, CancellationToken ct)
    {
        long now = session.Database.Now;
        List<WorkRow> rows = await session.QueryUnscopedAsync<WorkRow>($"""
            UPDATE work_item SET status = 'Leased', lease_owner = @owner, leased_until = @until, attempts = attempts + 1
            WHERE (record_id, version) IN (
              SELECT w.record_id, w.version FROM work_item w JOIN record r ON r.record_id = w.record_id
              WHERE w.facility = @facility AND w.stage = @stage AND w.status = 'Ready' AND w.due_at <= @now
              ORDER BY w.deadline_at, w.record_id LIMIT @take {"{skip-locked}"})
            RETURNING {WorkRow.Columns}
            """, new { facility, stage, take, owner, now, until = now + (long)lease.TotalMilliseconds }, ct);
        return rows;
    }

    /// <summary>
    /// How many calls to a facility's account at the national portal may begin now, whoever makes them on whatever node: records, deliveries and card lookups count together
    /// toward its calls at the same time and its calls in a minute. Until the transaction ends nobody else may ask for this facility.
    /// </summary>
    /// <param name="session">The transaction.</param>
    /// <param name="facility">Facility code.</param>
    /// <param name="sender">Who asks for records, which leave a call to a delivery that found none free (<see cref="KeepSlotAsync"/>); null for deliveries.</param>
    /// <param name="running">Calls for records under way at the sender.</param>
    /// <param name="ct">Stops the work.</param>
    public static async Task<int> AllowedAsync(WriteSession session, string facility, string? sender, int running, CancellationToken ct)
    {
        long now = session.Database.Now;
        PaceRow pace = (await session.QueryUnscopedAsync<PaceRow>(
            "SELECT max_parallel, max_per_minute, delivery_slot_until FROM facility WHERE facility = @facility {lock-row}", new { facility }, ct))[0];
        (long records, long deliveries, long cards) = (await session.QueryUnscopedAsync<(long Records, long Deliveries, long Cards)>($"""
            SELECT
              (SELECT COUNT(*) FROM work_item w JOIN node n ON n.owner = w.lease_owner
                WHERE w.status = 'Leased' AND w.leased_until > @now AND w.facility = @facility AND w.stage = 'Send' AND w.lease_owner <> @sender AND n.seen_at > @alive),
              (SELECT COUNT(*) FROM delivery d JOIN node n ON n.owner = d.lease_owner
                WHERE d.facility = @facility AND d.channel = '{DeliveryLane.National}' AND d.leased_until > @now AND n.seen_at > @alive),
              (SELECT COUNT(*) FROM card_call c WHERE c.facility = @facility AND c.started_at > @lately AND c.until_at > @now)
            """, new { facility, sender = sender ?? "", now, alive = Alive(now), lately = now - CardCallStore.Forgotten }, ct))[0];
        long allowed = pace.MaxParallel - running - records - deliveries - cards;
        if (pace.MaxPerMinute is { } limit)
        {
            allowed = Math.Min(allowed, limit - (await session.QueryUnscopedAsync<long>("""
                SELECT (SELECT COUNT(*) FROM submission WHERE facility = @facility AND started_at > @since)
                  + (SELECT COUNT(*) FROM delivery_attempt WHERE facility = @facility AND started_at > @since AND paced = 1)
                  + (SELECT COUNT(*) FROM card_call WHERE facility = @facility AND started_at > @since)
                """, new { facility, since = now - 60_000 }, ct))[0]);
        }
        if (sender is not null && deliveries == 0 && pace.DeliverySlotUntil > now)
            allowed--;
        return (int)Math.Max(allowed, 0);
    }

    /// <summary>Has records leave the next free call of a facility to a delivery for a while; null ends that.</summary>
    public static Task KeepSlotAsync(WriteSession session, string facility, long? until, CancellationToken ct) =>
        session.ExecuteAsync("""
            UPDATE facility SET delivery_slot_until = @until WHERE facility = @facility AND (delivery_slot_until IS NOT NULL OR @until IS NOT NULL)
            """, new { facility, until }, ct);

    /// <summary>Items whose worker vanished: their lease ran out, or its process gives no sign of life.</summary>
    public static Task<List<WorkRow>> ExpiredAsync(WriteSession session, CancellationToken ct) =>
        session.QueryUnscopedAsync<WorkRow>("""
            SELECT w.record_id, w.version, w.facility, w.stage, w.status, w.attempts, w.due_at, w.first_due_at, w.deadline_at, w.resends,
              w.submission_id, w.lease_owner, w.leased_until, w.cause
            FROM work_item w JOIN record r ON r.record_id = w.record_id
            WHERE w.status = 'Leased' AND w.leased_until > 0
              AND (w.leased_until <= @now OR NOT EXISTS (SELECT 1 FROM node n WHERE n.owner = w.lease_owner AND n.seen_at > @alive))
            ORDER BY w.leased_until, w.record_id LIMIT 200 {skip-locked}
            """, new { now = session.Database.Now, alive = Alive(session.Database.Now) }, ct);

    /// <summary>Which of the items their worker still holds; those whose lease ran out or that were closed are missing.</summary>
    public static async Task<HashSet<WorkRow>> HeldAsync(WriteSession session, IReadOnlyList<WorkRow> items, CancellationToken ct)
    {
        List<WorkRow> now = await session.QueryUnscopedAsync<WorkRow>(
            $"SELECT {WorkRow.Columns} FROM work_item WHERE {"{in:record_id:@ids}"} AND status = 'Leased'",
            new { ids = session.Database.Dialect.List(items.Select(i => i.RecordId)) }, ct);
        ILookup<string, WorkRow> byRecord = now.ToLookup(n => n.RecordId, StringComparer.Ordinal);
        return [.. items.Where(i => byRecord[i.RecordId].Any(n => n.Version == i.Version && n.LeaseOwner == i.LeaseOwner && n.Attempts == i.Attempts))];
    }

    /// <summary>Gives an item back to be tried later.</summary>
    public static Task RetryAsync(WriteSession session, WorkRow item, long dueAt, string cause, int resends, CancellationToken ct) =>
        session.ExecuteAsync("""
            UPDATE work_item SET status = 'Ready', due_at = @dueAt, cause = @cause, resends = @resends, lease_owner = NULL, leased_until = NULL
            WHERE record_id = @RecordId AND version = @Version
            """, new { item.RecordId, item.Version, dueAt, cause, resends }, ct);

    /// <summary>Gives an item back as if it had not been tried.</summary>
    public static Task UntouchedAsync(WriteSession session, WorkRow item, string cause, CancellationToken ct) =>
        session.ExecuteAsync("""
            UPDATE work_item SET status = 'Ready', attempts = attempts - 1, cause = @cause, lease_owner = NULL, leased_until = NULL
            WHERE record_id = @RecordId AND version = @Version
            """, new { item.RecordId, item.Version, cause }, ct);

    /// <summary>Gives an item back as if it had not been tried and falls due later only: what kept it from being tried is our own, and mustn't use up its time.</summary>
    public static Task PostponeAsync(WriteSession session, WorkRow item, long dueAt, string cause, CancellationToken ct) =>
        session.ExecuteAsync("""
            UPDATE work_item SET status = 'Ready', attempts = attempts - 1, due_at = @dueAt, first_due_at = @dueAt, cause = @cause, lease_owner = NULL, leased_until = NULL
            WHERE record_id = @RecordId AND version = @Version
            """, new { item.RecordId, item.Version, dueAt, cause }, ct);

    /// <summary>Sets an item aside for a person.</summary>
    public static Task BuryAsync(WriteSession session, WorkRow item, string cause, CancellationToken ct) =>
        session.ExecuteAsync("""
            UPDATE work_item SET status = 'Dead', cause = @cause, lease_owner = NULL, leased_until = NULL WHERE record_id = @RecordId AND version = @Version
            """, new { item.RecordId, item.Version, cause }, ct);

    /// <summary>Remembers which call each item is in.</summary>
    public static Task NoteSubmissionsAsync(WriteSession session, IEnumerable<(WorkRow Item, Guid Submission)> calls, CancellationToken ct) =>
        session.ExecuteManyAsync(
            "UPDATE work_item SET submission_id = @id, resends = @resends WHERE record_id = @record AND version = @version", ["id", "resends", "record", "version"],
            [.. calls.Select(c => new object?[] { c.Submission.ToString(), c.Item.Resends, c.Item.RecordId, c.Item.Version })], ct);

    /// <summary>Item of a version, if it has one.</summary>
    public static async Task<WorkRow?> FindAsync(WriteSession session, string recordId, int version, CancellationToken ct) =>
        (await session.QueryUnscopedAsync<WorkRow>(
            $"SELECT {WorkRow.Columns} FROM work_item WHERE record_id = @recordId AND version = @version", new { recordId, version }, ct)).SingleOrDefault();

    /// <summary>A process seen no later than then is taken for dead.</summary>
    internal static long Alive(long now) => now - (long)NodeStore.DeadAfter.TotalMilliseconds;
}

/// <summary>How much a facility may call the national portal.</summary>
internal sealed class PaceRow
{
    public int MaxParallel { get; init; }
    public int? MaxPerMinute { get; init; }
    public long? DeliverySlotUntil { get; init; }
}
