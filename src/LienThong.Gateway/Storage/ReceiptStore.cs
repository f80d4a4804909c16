using LienThong.Gateway.Access;
using LienThong.Gateway.Receipts;

namespace LienThong.Gateway.Storage;

/// <summary>What lists of the portal said of receipts: matching, evidence, cases, and what no list has confirmed.</summary>
internal sealed class ReceiptStore(Database database)
{
    private const int MostCounted = 10_000;

    private static readonly string[] ReceiptNames = ["id", "outcome", "transaction", "received", "later", "code", "message", "at", "settled", "simulator", "ended"];
    private static readonly string[] EvidenceNames = ["submission_id", "run_id", "facility", "line", "outcome", "later_state", "code", "message", "as_of"];
    private static readonly string[] CaseNames = ["id", "facility", "maLk", "part", "code", "message", "run", "at"];

    /// <summary>Locks the records that rows name and reads what is known of them.</summary>
    public static async Task<PageGround> GroundAsync(WriteSession session, string facility, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        Dictionary<string, string> records = new(StringComparer.Ordinal);
        foreach ((string maLk, string id) in await session.QueryUnscopedAsync<(string MaLk, string RecordId)>(
            "SELECT ma_lk, record_id FROM record WHERE facility = @facility AND {in:ma_lk:@keys}",
            new { facility, keys = session.Database.Dialect.List(keys.Where(k => k[0] != '#')) }, ct))
            records[maLk] = id;
        string[] transactions = [.. keys.Where(k => k[0] == '#').Select(k => k[1..])];
        if (transactions.Length > 0)
        {
            foreach ((string transaction, string id) in await session.QueryUnscopedAsync<(string MaGiaoDich, string RecordId)>(
                "SELECT ma_giao_dich, record_id FROM submission WHERE facility = @facility AND {in:ma_giao_dich:@keys}",
                new { facility, keys = session.Database.Dialect.List(transactions) }, ct))
                records["#" + transaction] = id;
        }
        string[] ids = [.. records.Values.Distinct(StringComparer.Ordinal)];
        ILookup<string, VersionRow> live = (await RecordStore.LockManyAsync(session, ids, ct)).ToLookup(v => v.RecordId, StringComparer.Ordinal);
        object list = session.Database.Dialect.List(ids);
        List<ReceiptRow> calls = await session.QueryUnscopedAsync<ReceiptRow>("""
            SELECT s.submission_id, s.record_id, s.version, s.attempt, s.outcome, s.ma_giao_dich, s.thoi_gian_tiep_nhan, s.started_at, s.ended_at, s.later_state, s.later_code,
              s.later_message, s.later_at, v.state, v.ngay_ra, {money-out:v.t_tongchi_bv} AS t_tongchi_bv, {money-out:v.t_bhtt} AS t_bhtt
            FROM submission s JOIN record_version v ON v.record_id = s.record_id AND v.version = s.version
            WHERE {in:s.record_id:@list} AND s.service = 'Record' ORDER BY s.record_id, s.started_at, s.attempt
            """, new { list }, ct);
        List<CaseRow> cases = await session.QueryUnscopedAsync<CaseRow>(
            "SELECT record_id, facility, ma_lk, part, code, message, opened_run, opened_at, changed_run, changed_at FROM reconciliation_case WHERE {in:record_id:@list}", new { list }, ct);
        return new PageGround(records, live, calls.ToLookup(c => c.RecordId, StringComparer.Ordinal), cases.ToDictionary(c => c.RecordId, StringComparer.Ordinal));
    }

    /// <summary>Writes what follows from a page of rows; the caller commits.</summary>
    public static async Task WriteAsync(WriteSession session, ReconciliationRunRow run, PageJudgement judged, CancellationToken ct)
    {
        long now = session.Database.Now;
        RecordChanges changes = new(session);
        foreach (VersionMove move in judged.Moves)
        {
            changes.Move(move.Version, move.To, move.On, run.AppliedBy ?? run.Actor, move.Cause);
            changes.Close(move.Version);
        }
        await changes.FlushAsync(ct);
        await session.ExecuteManyAsync("""
            UPDATE submission SET outcome = @outcome, ma_giao_dich = @transaction, thoi_gian_tiep_nhan = @received, later_state = @later, later_code = @code, later_message = @message,
              later_at = @at, ended_at = COALESCE(ended_at, @ended), simulator = CASE WHEN @settled = '' THEN simulator ELSE @simulator END
            WHERE submission_id = @id
            """, ReceiptNames,
            [.. judged.Receipts.Select(r => r.Call).DistinctBy(c => c.SubmissionId, StringComparer.Ordinal).Select(c => new object?[]
            {
                c.SubmissionId, c.Outcome, c.MaGiaoDich, c.ThoiGianTiepNhan, c.LaterState, c.LaterCode, c.LaterMessage, c.LaterAt,
                judged.Receipts.Find(r => r.Call == c && r.Settled.Length > 0)?.Settled ?? "", run.Simulator, now,
            })], ct);
        await session.InsertNewAsync("receipt_evidence", EvidenceNames,
            [.. judged.Receipts.Select(r => new object?[]
            {
                r.Call.SubmissionId, run.RunId, run.Facility, r.Row.Line, r.Settled,
                r.Row.Verdict switch { RowVerdict.Confirmed => "Confirmed", RowVerdict.Faulty => "Faulty", _ => "Pending" }, r.Row.Code, r.Row.Text, run.AsOf,
            })], ct);
        await SaveCasesAsync(session, run, judged.Cases, ct);
        await ReconciliationStore.AddDifferencesAsync(session, run, judged.Differences, ct);
    }

    /// <summary>Opens and changes cases.</summary>
    public static Task SaveCasesAsync(WriteSession session, ReconciliationRunRow run, IReadOnlyList<CaseChange> cases, CancellationToken ct) =>
        session.ExecuteManyAsync("""
            INSERT INTO reconciliation_case (record_id, facility, ma_lk, part, code, message, opened_run, opened_at, changed_run, changed_at)
            VALUES (@id, @facility, @maLk, @part, @code, @message, @run, @at, @run, @at)
            ON CONFLICT (record_id) DO UPDATE SET part = excluded.part, code = excluded.code, message = excluded.message,
              opened_run = CASE WHEN reconciliation_case.part = 'Resolved' THEN excluded.opened_run ELSE reconciliation_case.opened_run END,
              opened_at = CASE WHEN reconciliation_case.part = 'Resolved' THEN excluded.opened_at ELSE reconciliation_case.opened_at END,
              changed_run = excluded.changed_run, changed_at = excluded.changed_at
            """, CaseNames, [.. cases.Select(c => new object?[] { c.RecordId, run.Facility, c.MaLk, c.Group.ToString(), c.Code, c.Message, run.RunId, run.AsOf })], ct);

    /// <summary>Our records of a run's range that its list lacks, in the order of its cursor.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="run">The run; it has a range.</param>
    /// <param name="orphans">Whether the list has transactions that are nobody's: any of them may be a call whose number we never learned.</param>
    /// <param name="take">Most records.</param>
    /// <param name="ct">Stops the work.</param>
    public static Task<List<MissingRow>> MissingAsync(WriteSession session, ReconciliationRunRow run, bool orphans, int take, CancellationToken ct)
    {
        string unlisted = """
            NOT EXISTS (SELECT 1 FROM reconciliation_row r WHERE r.run_id = @RunId AND r.row_key = v.ma_lk)
            """;
        if (run.ListKind == PortalListKind.Reception)
        {
            unlisted += """
                 AND NOT EXISTS (SELECT 1 FROM submission n JOIN reconciliation_row r ON r.run_id = @RunId AND r.row_key = '#' || n.ma_giao_dich
                   WHERE n.record_id = v.record_id AND n.ma_giao_dich IS NOT NULL)
                """;
        }
        const string Sent = "s.service = 'Record' AND s.outcome IN ('Accepted', 'Unknown')";
        object range = new
        {
            run.RunId,
            run.Facility,
            run.SeenUntil,
            run.CursorKey,
            run.CursorNumber,
            day = run.CursorKey.Split('~')[0],
            id = run.CursorKey.Split('~')[^1],
            from = run.RangeFrom!.Replace("-", "", StringComparison.Ordinal),
            until = ReconciliationRunRow.Day(run.RangeTo)!.Value.AddDays(1).ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture),
            fromAt = CallMatch.Parse(run.RangeFrom!.Replace("-", "", StringComparison.Ordinal)),
            untilAt = CallMatch.Latest(run.RangeTo!.Replace("-", "", StringComparison.Ordinal)),
            orphans = orphans ? 1 : 0,
            take,
        };
        return run.RangeBy == ReconciliationRunRow.ByReception
            ? session.QueryUnscopedAsync<MissingRow>($"""
                SELECT s.submission_id AS cursor_key, s.started_at AS cursor_number, v.record_id, v.version, v.ma_lk, v.state, v.ngay_ra
                FROM submission s JOIN record_version v ON v.record_id = s.record_id AND v.version = s.version
                WHERE s.facility = @Facility AND s.started_at >= @fromAt AND s.started_at <= @untilAt AND s.started_at <= @SeenUntil
                  AND (s.started_at, s.submission_id) > (@CursorNumber, @CursorKey) AND {Sent} AND v.is_current = 1 AND v.state IN ('Accepted', 'OutcomeUnknown')
                  AND NOT EXISTS (SELECT 1 FROM submission l WHERE l.record_id = s.record_id AND l.version = s.version AND l.attempt > s.attempt
                    AND l.outcome IN ('Accepted', 'Unknown') AND l.started_at <= @SeenUntil)
                  AND {unlisted} AND (s.ma_giao_dich IS NOT NULL OR (s.outcome = 'Unknown' AND @orphans = 0))
                ORDER BY s.started_at, s.submission_id LIMIT @take
                """, range, ct)
            : session.QueryUnscopedAsync<MissingRow>($"""
                SELECT v.ngay_ra || '~' || v.record_id AS cursor_key, 0 AS cursor_number, v.record_id, v.version, v.ma_lk, v.state, v.ngay_ra
                FROM record_version v
                WHERE v.facility = @Facility AND v.is_current = 1 AND v.state IN ('Accepted', 'OutcomeUnknown') AND v.ngay_ra >= @from AND v.ngay_ra < @until
                  AND (v.ngay_ra, v.record_id) > (@day, @id)
                  AND EXISTS (SELECT 1 FROM submission s WHERE s.record_id = v.record_id AND s.version = v.version AND s.started_at <= @SeenUntil AND {Sent})
                  AND {unlisted}
                ORDER BY v.ngay_ra, v.record_id LIMIT @take
                """, range, ct);
    }

    /// <summary>Cases of some records.</summary>
    public static async Task<Dictionary<string, CaseRow>> CasesOfAsync(WriteSession session, IEnumerable<string> records, CancellationToken ct) =>
        (await session.QueryUnscopedAsync<CaseRow>(
            "SELECT record_id, facility, ma_lk, part, code, message, opened_run, opened_at, changed_run, changed_at FROM reconciliation_case WHERE {in:record_id:@ids}",
            new { ids = session.Database.Dialect.List(records) }, ct)).ToDictionary(c => c.RecordId, StringComparer.Ordinal);

    /// <summary>Records of one of the three work lists after one of them, with their state now.</summary>
    public Task<List<CaseRow>> CasesAsync(Caller caller, CaseGroup part, string after, int take, CancellationToken ct) => database.QueryAsync<CaseRow>(caller, """
        SELECT c.record_id, c.facility, c.ma_lk, c.part, c.code, c.message, c.opened_run, c.opened_at, c.changed_run, c.changed_at, v.version, v.state
        FROM (SELECT * FROM reconciliation_case WHERE part = @part AND {scope} AND record_id > @after ORDER BY record_id LIMIT @take) c
        JOIN record_version v ON v.record_id = c.record_id AND v.is_current = 1 ORDER BY c.record_id
        """, new { part = part.ToString(), after, take }, ct);

    /// <summary>How many records each work list holds.</summary>
    public async Task<IReadOnlyDictionary<CaseGroup, long>> CountCasesAsync(Caller caller, CancellationToken ct) =>
        (await database.QueryAsync<(string Part, long Count)>(caller, "SELECT part, COUNT(*) FROM reconciliation_case WHERE {scope} GROUP BY part", null, ct))
            .ToDictionary(c => Enum.Parse<CaseGroup>(c.Part), c => c.Count);

    /// <summary>How many current versions were sent before a moment and not before another, and no list has confirmed; at most 10 000.</summary>
    public async Task<long> CountUnconfirmedAsync(Caller caller, long from, long before, CancellationToken ct) =>
        (await database.QueryAsync<long>(caller, $"""
            SELECT COUNT(*) FROM (SELECT 1 AS one FROM ({Unconfirmed}) u WHERE {"{scope}"} LIMIT {MostCounted}) counted
            """, new { from, before, at = long.MinValue, id = "" }, ct))[0];

    /// <summary>Those records, longest sent first.</summary>
    public Task<List<UnconfirmedRow>> UnconfirmedAsync(Caller caller, long before, long at, string id, int take, CancellationToken ct) => database.QueryAsync<UnconfirmedRow>(caller, $"""
        SELECT record_id, facility, ma_lk, version, state, sent_at, id FROM ({Unconfirmed}) u WHERE {"{scope}"} ORDER BY sent_at, id LIMIT @take
        """, new { from = long.MinValue, before, at, id, take }, ct);

    // Accepted and still pending, by the index of pending receipts; and unknown outcomes, by the index of states.
    private const string Unconfirmed = """
        SELECT v.record_id, v.facility, v.ma_lk, v.version, v.state, s.ended_at AS sent_at, s.submission_id AS id
        FROM submission s JOIN record_version v ON v.record_id = s.record_id AND v.version = s.version
        WHERE s.later_state = 'Pending' AND s.ended_at >= @from AND s.ended_at < @before AND (s.ended_at, s.submission_id) > (@at, @id) AND v.is_current = 1 AND v.state = 'Accepted'
        UNION ALL
        SELECT v.record_id, v.facility, v.ma_lk, v.version, v.state, v.state_at, v.record_id
        FROM record_version v
        WHERE v.is_current = 1 AND v.state = 'OutcomeUnknown' AND v.state_at >= @from AND v.state_at < @before AND (v.state_at, v.record_id) > (@at, @id)
        """;
}
