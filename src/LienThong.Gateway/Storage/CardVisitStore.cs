using LienThong.Gateway.Access;
using LienThong.Standard;

namespace LienThong.Gateway.Storage;

/// <summary>Visits whose card is looked up: how each stands, and which is to be asked again when.</summary>
internal sealed class CardVisitStore(Database database)
{
    /// <summary>The visit a lookup belongs to, held until the end of the transaction; null for its first.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="key">Facility and key of the visit.</param>
    /// <param name="personKey">Key under which a lookup before <c>MA_LK</c> was known put the same person today; null when there can be none.</param>
    /// <param name="ct">Stops.</param>
    public static async Task<CardVisitRow?> FindAsync(WriteSession session, (string Facility, string Key) key, string? personKey, CancellationToken ct)
    {
        List<CardVisitRow> found = await session.QueryUnscopedAsync<CardVisitRow>(
            $"SELECT {CardVisitRow.Columns} FROM card_visit WHERE facility = @Facility AND (visit_key = @Key OR visit_key = @personKey) {"{lock}"}",
            new { key.Facility, key.Key, personKey }, ct);
        return found.Find(v => v.VisitKey == key.Key) ?? found.FirstOrDefault();
    }

    /// <summary>Adds a visit unless its key is there already.</summary>
    /// <returns>Rows added.</returns>
    public static Task<int> AddAsync(WriteSession session, CardVisitRow visit, CancellationToken ct) => session.ExecuteAsync("""
        INSERT INTO card_visit (visit_id, facility, visit_key, ma_lk, card_hash, citizen_hash, question, state, code, cause, lookup_id, answer_id, watch, watch_day,
          attempts, due_at, due_for, opened_at, changed_at)
        VALUES (@VisitId, @Facility, @VisitKey, @MaLk, @CardHash, @CitizenHash, @Question, @State, @Code, @Cause, @LookupId, @AnswerId, @Watch, @WatchDay,
          @Attempts, @DueAt, @DueFor, @OpenedAt, @ChangedAt)
        ON CONFLICT DO NOTHING
        """, visit, ct);

    /// <summary>Writes how a visit stands now; gives its lease back.</summary>
    public static Task SaveAsync(WriteSession session, CardVisitRow visit, CancellationToken ct) => session.ExecuteAsync("""
        UPDATE card_visit SET visit_key = @VisitKey, ma_lk = @MaLk, card_hash = @CardHash, citizen_hash = @CitizenHash, question = @Question, state = @State, code = @Code,
          cause = @Cause, lookup_id = @LookupId, answer_id = @AnswerId, watch = @Watch, watch_day = @WatchDay, attempts = @Attempts, due_at = @DueAt, due_for = @DueFor,
          changed_at = @ChangedAt, ended_at = @EndedAt, closed_at = @ClosedAt, closed_by = @ClosedBy, contact = @Contact, lease_owner = NULL, leased_until = NULL
        WHERE visit_id = @VisitId
        """, visit, ct);

    /// <summary>Takes the visit that waits longest to be asked again and that nobody works on; null when there is none.</summary>
    public async Task<CardVisitRow?> ClaimAsync(string owner, TimeSpan lease, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        long now = database.Now;
        List<CardVisitRow> free = await session.QueryUnscopedAsync<CardVisitRow>($"""
            SELECT {CardVisitRow.Columns} FROM card_visit WHERE due_at <= @now AND (leased_until IS NULL OR leased_until <= @now)
            ORDER BY due_at, visit_id LIMIT 1 {"{lock}"}
            """, new { now }, ct);
        if (free.Count == 0)
            return null;
        await session.ExecuteAsync(
            "UPDATE card_visit SET lease_owner = @owner, leased_until = @until WHERE visit_id = @VisitId",
            new { owner, until = now + (long)lease.TotalMilliseconds, free[0].VisitId }, ct);
        await session.CommitAsync(ct);
        return free[0];
    }

    /// <summary>Gives a visit back to be asked about later, as if it hadn't been taken.</summary>
    public async Task PutBackAsync(CardVisitRow visit, TimeSpan by, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync(
            "UPDATE card_visit SET due_at = @later, lease_owner = NULL, leased_until = NULL WHERE visit_id = @VisitId",
            new { visit.VisitId, later = database.Now + (long)by.TotalMilliseconds }, ct);
        await session.CommitAsync(ct);
    }

    /// <summary>Has the due visits of a facility wait: while the portal is down one of them is enough to find out, while the pace has no call to spare none is asked.</summary>
    public async Task PostponeAsync(string facility, TimeSpan by, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync(
            "UPDATE card_visit SET due_at = @later WHERE facility = @facility AND due_at <= @now AND (leased_until IS NULL OR leased_until <= @now)",
            new { facility, now = database.Now, later = database.Now + (long)by.TotalMilliseconds }, ct);
        await session.CommitAsync(ct);
    }

    /// <summary>Whether a stored record says that the visit is over: the record of its <c>MA_LK</c>, or one of the person that began near the lookup.</summary>
    public async Task<bool> HasRecordAsync(CardVisitRow visit, CancellationToken ct) => (await RecordsAsync(database, null, visit, ct)).Count > 0;

    /// <summary>Current records of a visit.</summary>
    /// <remarks>Without <c>MA_LK</c>: of the same person, begun at most 60 days before the first lookup or the day after, and not over before it.</remarks>
    public static Task<List<CardRecordRow>> RecordsAsync(Database database, WriteSession? session, CardVisitRow visit, CancellationToken ct)
    {
        DateOnly day = DateTimeOffset.FromUnixTimeMilliseconds(visit.OpenedAt).VietnamDay();
        return visit.MaLk.Length > 0
            ? HistoryStore.QueryAsync<CardRecordRow>(database, session, """
                SELECT record_id, facility FROM record WHERE facility = @Facility AND ma_lk = @MaLk
                """, new { visit.Facility, visit.MaLk }, ct)
            : HistoryStore.QueryAsync<CardRecordRow>(database, session, """
                SELECT DISTINCT v.record_id, v.facility FROM history_key k JOIN record_version v ON v.record_id = k.record_id AND v.version = k.version
                WHERE k.hash IN (@card, @citizen) AND k.day BETWEEN @from AND @to AND v.is_current = 1 AND v.facility = @Facility AND v.ngay_ra >= @day
                """, new
            {
                card = visit.CardHash ?? 0,
                citizen = visit.CitizenHash ?? 0,
                from = day.DayNumber - 60,
                to = day.DayNumber + 1,
                visit.Facility,
                day = day.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture),
            }, ct);
    }

    /// <summary>A visit of the caller's facilities; null when unknown.</summary>
    public async Task<CardVisitRow?> FindAsync(Caller caller, string visitId, CancellationToken ct) => (await database.QueryAsync<CardVisitRow>(
        caller, $"SELECT {CardVisitRow.Columns} FROM card_visit WHERE {"{scope}"} AND visit_id = @visitId", new { visitId }, ct)).FirstOrDefault();

    /// <summary>The same, held until the end of the transaction.</summary>
    public static async Task<CardVisitRow?> LockAsync(WriteSession session, Caller caller, string visitId, CancellationToken ct) => (await session.QueryAsync<CardVisitRow>(
        caller, $"SELECT {CardVisitRow.Columns} FROM card_visit WHERE {"{scope}"} AND visit_id = @visitId {"{lock}"}", new { visitId }, ct)).FirstOrDefault();

    /// <summary>Open visits in some states, oldest first, behind a key.</summary>
    public Task<List<CardVisitRow>> OpenAsync(Caller caller, string? facility, IEnumerable<string> states, (long At, string Id) after, int take, CancellationToken ct) =>
        database.QueryAsync<CardVisitRow>(caller, $"""
            SELECT {CardVisitRow.Columns} FROM card_visit
            WHERE {"{scope}"} AND closed_at IS NULL AND lookup_id IS NOT NULL AND (@facility IS NULL OR facility = @facility) AND {"{in:state:@states}"}
              AND (opened_at, visit_id) > (@At, @Id)
            ORDER BY opened_at, visit_id LIMIT @take
            """, new { facility, states = database.Dialect.List(states), after.At, after.Id, take }, ct);

    /// <summary>Visits of a facility in some states, open or closed, oldest first, behind a key.</summary>
    public Task<List<CardVisitRow>> UnverifiedAsync(Caller caller, string facility, IEnumerable<string> states, (long At, string Id) after, int take, CancellationToken ct) =>
        database.QueryAsync<CardVisitRow>(caller, $"""
            SELECT {CardVisitRow.Columns} FROM card_visit
            WHERE {"{scope}"} AND facility = @facility AND lookup_id IS NOT NULL AND {"{in:state:@states}"} AND (opened_at, visit_id) > (@At, @Id)
            ORDER BY opened_at, visit_id LIMIT @take
            """, new { facility, states = database.Dialect.List(states), after.At, after.Id, take }, ct);

    /// <summary>Watched visits of a facility that are open.</summary>
    public static Task<List<CardVisitRow>> WatchedAsync(WriteSession session, string facility, CancellationToken ct) => session.QueryUnscopedAsync<CardVisitRow>(
        $"SELECT {CardVisitRow.Columns} FROM card_visit WHERE facility = @facility AND watch <> '' AND closed_at IS NULL AND ended_at IS NULL ORDER BY visit_id {"{lock}"}",
        new { facility }, ct);
}

internal sealed class CardRecordRow
{
    public string RecordId { get; init; } = "";
    public string Facility { get; init; } = "";
}

internal sealed class CardVisitRow
{
    public const string Columns = """
        visit_id, facility, visit_key, ma_lk, card_hash, citizen_hash, question, state, code, cause, lookup_id, answer_id, watch, watch_day, attempts, due_at, due_for,
        opened_at, changed_at, ended_at, closed_at, closed_by, contact
        """;

    public string VisitId { get; init; } = "";
    public string Facility { get; init; } = "";
    public string VisitKey { get; set; } = "";
    public string MaLk { get; set; } = "";
    public long? CardHash { get; set; }
    public long? CitizenHash { get; set; }
    public byte[] Question { get; set; } = [];
    public string State { get; set; } = "";
    public string Code { get; set; } = "";
    public string Cause { get; set; } = "";
    public string? LookupId { get; set; }
    public string? AnswerId { get; set; }
    public string Watch { get; set; } = "";
    public string WatchDay { get; set; } = "";
    public int Attempts { get; set; }
    public long? DueAt { get; set; }
    public string DueFor { get; set; } = "";
    public long OpenedAt { get; init; }
    public long ChangedAt { get; set; }
    public long? EndedAt { get; set; }
    public long? ClosedAt { get; set; }
    public string? ClosedBy { get; set; }
    public byte[]? Contact { get; set; }
}
