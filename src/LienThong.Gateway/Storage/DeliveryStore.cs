using LienThong.Gateway.Deliveries;
using LienThong.Portal;

namespace LienThong.Gateway.Storage;

/// <summary>The outbox of everything that isn't a record on its way to the national portal. The only place that changes a delivery's state.</summary>
internal sealed class DeliveryStore(Database database)
{
    private const string Active = "(o.due_at IS NOT NULL OR o.leased_until IS NOT NULL)";

    /// <summary>Where something is due: facility, destination and urgency, the most urgent first. Looks at the head of each queue only.</summary>
    public Task<List<DeliveryLane>> DueAsync(CancellationToken ct) =>
        database.QueryUnscopedAsync<DeliveryLane>($"""
            SELECT l.facility, l.channel, p.priority, l.send_window, l.max_parallel FROM (
              SELECT facility, '{DeliveryLane.National}' AS channel, '' AS send_window, max_parallel FROM facility WHERE stopped_cause IS NULL AND send_paused_cause IS NULL
              UNION ALL
              SELECT c.facility, c.channel_id, c.send_window, c.max_parallel FROM channel c JOIN facility f ON f.facility = c.facility
              WHERE c.enabled = 1 AND c.removed_at IS NULL AND c.paused_cause IS NULL AND f.stopped_cause IS NULL) l
            CROSS JOIN (SELECT 0 AS priority UNION ALL SELECT 1 UNION ALL SELECT 2) p
            WHERE (SELECT 1 FROM delivery w WHERE w.facility = l.facility AND w.channel = l.channel AND w.priority = p.priority AND w.due_at <= @now LIMIT 1) = 1
            ORDER BY p.priority, l.facility, l.channel
            """, new { now = database.Now }, ct);

    /// <summary>
    /// Due deliveries of a lane, oldest first, locked until commit; those that somebody else looks at are passed over. Of one visit only the oldest goes.
    /// </summary>
    public static Task<List<DeliveryRow>> TakeAsync(WriteSession session, DeliveryLane lane, int take, CancellationToken ct) =>
        session.QueryUnscopedAsync<DeliveryRow>($"""
            SELECT {DeliveryRow.Columns} FROM delivery w
            WHERE w.facility = @Facility AND w.channel = @Channel AND w.priority = @Priority AND w.due_at <= @now
              AND (w.ma_lk = '' OR NOT EXISTS (SELECT 1 FROM delivery o WHERE o.facility = w.facility AND o.ma_lk = w.ma_lk AND o.channel = w.channel
                AND o.delivery_id < w.delivery_id AND {Active}))
            ORDER BY w.due_at, w.delivery_id LIMIT @take {"{skip-locked:w}"}
            """, new { lane.Facility, lane.Channel, lane.Priority, take, now = session.Database.Now }, ct);

    /// <summary>Deliveries whose sender vanished, locked: their lease ran out, or its process gives no sign of life.</summary>
    public static Task<List<DeliveryRow>> ExpiredAsync(WriteSession session, CancellationToken ct) =>
        session.QueryUnscopedAsync<DeliveryRow>($"""
            SELECT {DeliveryRow.Columns} FROM delivery w WHERE w.leased_until > 0
              AND (w.leased_until <= @now OR NOT EXISTS (SELECT 1 FROM node n WHERE n.owner = w.lease_owner AND n.seen_at > @alive))
            ORDER BY w.leased_until, w.delivery_id LIMIT 200 {"{skip-locked:w}"}
            """, new { now = session.Database.Now, alive = OutboxStore.Alive(session.Database.Now) }, ct);

    /// <summary>Deliveries by id, locked in one order.</summary>
    public static Task<List<DeliveryRow>> LockAsync(WriteSession session, IEnumerable<long> ids, CancellationToken ct) =>
        session.QueryUnscopedAsync<DeliveryRow>(
            $"SELECT {DeliveryRow.Columns} FROM delivery w WHERE {"{in-numbers:w.delivery_id:@ids}"} ORDER BY w.delivery_id {"{lock}"}",
            new { ids = session.Database.Dialect.Numbers(ids) }, ct);

    /// <summary>Deliveries of a subject that can still change, locked: every destination, every version.</summary>
    public static async Task<List<DeliveryRow>> LockOfAsync(WriteSession session, DeliverySubject kind, IReadOnlyCollection<string> subjects, CancellationToken ct) =>
        subjects.Count == 0 ? [] : await session.QueryUnscopedAsync<DeliveryRow>($"""
            SELECT {DeliveryRow.Columns} FROM delivery w
            WHERE {"{in:w.subject_id:@ids}"} AND w.subject_kind = @kind AND w.state NOT IN ('Accepted', 'Superseded') ORDER BY w.delivery_id {"{lock}"}
            """, new { kind = kind.ToString(), ids = session.Database.Dialect.List(subjects) }, ct);

    /// <summary>Makes a delivery, due now. One that exists already is left alone.</summary>
    /// <returns>Its id, whether new or not.</returns>
    public static async Task<(long Id, bool IsNew)> AddAsync(WriteSession session, NewDelivery d, CancellationToken ct)
    {
        DeliveryStates.Demand(null, DeliveryState.Waiting, DeliveryEvent.Enqueued);
        List<long> made = await session.QueryUnscopedAsync<long>("""
            INSERT INTO delivery (facility, channel, service, subject_kind, subject_id, subject_version, ma_lk, release, period, document_ref, document_sha256,
              certificate_serial, priority, state, state_at, attempts, resends, due_at, first_due_at, actor, created_at)
            VALUES (@Facility, @Channel, @service, @subject, @SubjectId, @SubjectVersion, @MaLk, @Release, @Period, @DocumentRef, @DocumentSha256,
              @CertificateSerial, @priority, 'Waiting', @now, 0, 0, @now, @now, @Actor, @now)
            ON CONFLICT DO NOTHING RETURNING delivery_id
            """, new
        {
            d.Facility,
            d.Channel,
            service = d.Service.ToString(),
            subject = d.Subject.ToString(),
            d.SubjectId,
            d.SubjectVersion,
            d.MaLk,
            d.Release,
            d.Period,
            d.DocumentRef,
            d.DocumentSha256,
            d.CertificateSerial,
            priority = (int)d.Subject,
            now = session.Database.Now,
            d.Actor,
        }, ct);
        if (made.Count > 0)
        {
            session.Audit(d.Facility, d.Actor, "delivery." + DeliveryEvent.Enqueued, made[0].ToString(), $"{d.Channel} {d.Service} {d.MaLk} {d.DocumentSha256}");
            return (made[0], true);
        }
        return ((await session.QueryUnscopedAsync<long>("""
            SELECT delivery_id FROM delivery WHERE subject_id = @SubjectId AND subject_version = @SubjectVersion AND channel = @Channel AND facility = @Facility
            """, new { d.SubjectId, d.SubjectVersion, d.Channel, d.Facility }, ct))[0], false);
    }

    /// <summary>
    /// Deliveries of record versions to every further destination that takes them at this moment: when they were signed, or accepted by the national portal.
    /// A version signed anew before it left gets the new bytes.
    /// </summary>
    public static async Task AddForRecordsAsync(WriteSession session, IReadOnlyCollection<string> records, ChannelMoment moment, CancellationToken ct)
    {
        if (records.Count == 0)
            return;
        foreach ((long id, string facility, string channel, string maLk) in await session.QueryUnscopedAsync<(long Id, string Facility, string Channel, string MaLk)>($"""
            INSERT INTO delivery (facility, channel, service, subject_kind, subject_id, subject_version, ma_lk, release, period, document_ref, document_sha256,
              certificate_serial, priority, state, state_at, attempts, resends, due_at, first_due_at, deadline_at, actor, created_at)
            SELECT v.facility, c.channel_id, '{PortalService.Record}', '{DeliverySubject.Record}', v.record_id, v.version, v.ma_lk, v.release, '', v.signed_ref, v.signed_sha256,
              v.certificate_serial, {(int)DeliverySubject.Record}, 'Waiting', @now, 0, 0, @now, @now, v.deadline_at, 'system', @now
            FROM channel c JOIN record_version v ON v.facility = c.facility
            WHERE {"{in:v.record_id:@ids}"} AND v.is_current = 1 AND v.signed_ref IS NOT NULL
              AND c.enabled = 1 AND c.removed_at IS NULL AND c.send_after = @moment AND (c.uninsured = 1 OR v.card_prefix <> '')
            ON CONFLICT (subject_id, subject_version, channel, facility) DO UPDATE SET document_ref = excluded.document_ref,
              document_sha256 = excluded.document_sha256, certificate_serial = excluded.certificate_serial
            WHERE delivery.state IN ('Waiting', 'Held') AND delivery.document_sha256 <> excluded.document_sha256
            RETURNING delivery_id, facility, channel, ma_lk
            """, new { ids = session.Database.Dialect.List(records), moment = moment.ToString(), now = session.Database.Now }, ct))
            session.Audit(facility, "system", "delivery." + DeliveryEvent.Enqueued, id.ToString(), $"{channel} {maLk}");
    }

    /// <summary>Ends what waits of versions that newer ones replaced. What is under way ends when its answer comes.</summary>
    public static async Task SupersedeAsync(WriteSession session, IReadOnlyCollection<(string Record, int Version)> versions, CancellationToken ct)
    {
        HashSet<(string, int)> old = [.. versions];
        foreach (DeliveryRow row in await LockOfAsync(session, DeliverySubject.Record, [.. versions.Select(v => v.Record)], ct))
        {
            if (old.Contains((row.SubjectId, row.SubjectVersion)) && DeliveryStates.Allows(row.DeliveryState, DeliveryState.Superseded, DeliveryEvent.NewVersion))
                await MoveAsync(session, row, DeliveryState.Superseded, DeliveryEvent.NewVersion, "system", "Có phiên bản mới của hồ sơ.", null, ct);
        }
    }

    /// <summary>Moves a locked delivery along the table and writes what else of the row changed; the row follows. Its lease ends unless it is being sent.</summary>
    /// <exception cref="InvalidOperationException">The move isn't allowed, or the row wasn't locked.</exception>
    public static async Task MoveAsync(
        WriteSession session, DeliveryRow row, DeliveryState to, DeliveryEvent on, string actor, string? cause, long? dueAt, CancellationToken ct)
    {
        DeliveryStates.Demand(row.DeliveryState, to, on);
        string from = row.State;
        (row.State, row.DueAt, row.Cause) = (to.ToString(), dueAt, cause);
        if (to != DeliveryState.Sending)
            (row.LeaseOwner, row.LeasedUntil, row.AttemptId) = (null, null, null);
        int touched = await session.ExecuteAsync("""
            UPDATE delivery SET state = @State, state_at = @now, attempts = @Attempts, resends = @Resends, due_at = @DueAt, first_due_at = @FirstDueAt,
              lease_owner = @LeaseOwner, leased_until = @LeasedUntil, attempt_id = @AttemptId, cause = @Cause, transaction_code = @TransactionCode
            WHERE delivery_id = @DeliveryId AND state = @from
            """, new
        {
            row.State,
            now = session.Database.Now,
            row.Attempts,
            row.Resends,
            row.DueAt,
            row.FirstDueAt,
            row.LeaseOwner,
            row.LeasedUntil,
            row.AttemptId,
            row.Cause,
            row.TransactionCode,
            row.DeliveryId,
            from,
        }, ct);
        if (touched != 1)
            throw new InvalidOperationException($"Delivery {row.DeliveryId} was not in the state {from} it was read in.");
        session.Audit(row.Facility, actor, "delivery." + on, row.DeliveryId.ToString(), cause ?? "");
    }

    /// <summary>Puts off a delivery that isn't tried now, without changing its state.</summary>
    public static Task PutOffAsync(WriteSession session, DeliveryRow row, long? dueAt, string? cause, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE delivery SET due_at = @dueAt, cause = @cause, resends = @Resends, first_due_at = @FirstDueAt WHERE delivery_id = @DeliveryId",
            new { dueAt, cause, row.Resends, row.FirstDueAt, row.DeliveryId }, ct);

    /// <summary>Notes that a call begins.</summary>
    public static async Task<long> StartAttemptAsync(WriteSession session, DeliveryRow row, bool asks, CancellationToken ct) =>
        (await session.QueryUnscopedAsync<long>("""
            INSERT INTO delivery_attempt (delivery_id, facility, attempt, asks, started_at, simulator, paced)
            VALUES (@DeliveryId, @Facility, @Attempts, @asks, @now, 0, @paced) RETURNING attempt_id
            """, new { row.DeliveryId, row.Facility, row.Attempts, asks = asks ? 1 : 0, now = session.Database.Now, paced = row.Channel == DeliveryLane.National ? 1 : 0 }, ct))[0];

    /// <summary>Stores how a call ended; the first end counts.</summary>
    public static Task EndAttemptAsync(WriteSession session, long attempt, bool asked, AttemptEnd end, CancellationToken ct) =>
        session.ExecuteAsync("""
            UPDATE delivery_attempt SET ended_at = @now, asks = @asks, outcome = @Outcome, code = @Code, message = @Message, http_status = @HttpStatus,
              transaction_code = @TransactionCode, received_at = @ReceivedAt, answer = @Answer, simulator = @simulator
            WHERE attempt_id = @attempt AND (ended_at IS NULL OR outcome = 'Unknown')
            """, new
        {
            attempt,
            now = session.Database.Now,
            asks = asked ? 1 : 0,
            end.Outcome,
            end.Code,
            end.Message,
            end.HttpStatus,
            end.TransactionCode,
            end.ReceivedAt,
            end.Answer,
            simulator = end.Simulator ? 1 : 0,
        }, ct);

    /// <summary>Whether a newer version of the same subject was made for the same destination.</summary>
    public static async Task<bool> HasNewerAsync(WriteSession session, DeliveryRow row, CancellationToken ct) =>
        (await session.QueryUnscopedAsync<long>("""
            SELECT COUNT(*) FROM delivery WHERE subject_id = @SubjectId AND subject_version > @SubjectVersion AND channel = @Channel AND facility = @Facility
            """, new { row.SubjectId, row.SubjectVersion, row.Channel, row.Facility }, ct))[0] > 0;

    /// <summary>State of record versions: <c>record/version</c> → state.</summary>
    public static async Task<Dictionary<string, string>> RecordStatesAsync(WriteSession session, IReadOnlyCollection<string> records, CancellationToken ct) =>
        records.Count == 0 ? [] : (await session.QueryUnscopedAsync<(string Key, string State)>(
            "SELECT record_id || '/' || version, state FROM record_version WHERE {in:record_id:@ids}",
            new { ids = session.Database.Dialect.List(records) }, ct)).ToDictionary(r => r.Key, r => r.State, StringComparer.Ordinal);
}

/// <summary>A queue: what of one facility goes to one destination with one urgency.</summary>
internal sealed class DeliveryLane
{
    /// <summary>Name of the national portal among destinations.</summary>
    public const string National = "bhxh";

    public string Facility { get; init; } = "";
    public string Channel { get; init; } = "";
    public int Priority { get; init; }
    public string SendWindow { get; init; } = "";
    public int MaxParallel { get; init; }

    public bool IsNational => Channel == National;

    public string Key => $"{Facility}/{Channel}";
}
