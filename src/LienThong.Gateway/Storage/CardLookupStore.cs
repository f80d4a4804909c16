using LienThong.Gateway.Access;

namespace LienThong.Gateway.Storage;

/// <summary>Card lookups as evidence, and what changed from one to the next. Rows are added and never changed.</summary>
internal sealed class CardLookupStore(Database database)
{
    /// <summary>Adds a lookup.</summary>
    public static Task AddAsync(WriteSession session, CardLookupRow row, CancellationToken ct) => session.ExecuteAsync("""
        INSERT INTO card_lookup (lookup_id, visit_id, facility, ma_lk, card_hash, citizen_hash, moment, origin, actor, account, started_at, duration_ms, http_status, code,
          state, cause, is_whole, simulator, request, answer, answer_sha256, facts)
        VALUES (@LookupId, @VisitId, @Facility, @MaLk, @CardHash, @CitizenHash, @Moment, @Origin, @Actor, @Account, @StartedAt, @DurationMs, @HttpStatus, @Code,
          @State, @Cause, @IsWhole, @Simulator, @Request, @Answer, @AnswerSha256, @Facts)
        """, row, ct);

    /// <summary>One lookup, whole; null when unknown or not the caller's.</summary>
    public async Task<CardLookupRow?> FindAsync(Caller caller, string lookupId, CancellationToken ct) => (await database.QueryAsync<CardLookupRow>(
        caller, $"SELECT {CardLookupRow.Whole} FROM card_lookup WHERE {"{scope}"} AND lookup_id = @lookupId", new { lookupId }, ct)).FirstOrDefault();

    /// <summary>One lookup as a transaction sees it.</summary>
    public static async Task<CardLookupRow?> FindAsync(WriteSession session, string lookupId, CancellationToken ct) => (await session.QueryUnscopedAsync<CardLookupRow>(
        $"SELECT {CardLookupRow.Whole} FROM card_lookup WHERE lookup_id = @lookupId", new { lookupId }, ct)).FirstOrDefault();

    /// <summary>Lookups newest first, before a key, without what was asked and answered.</summary>
    /// <param name="caller">Whose facilities.</param>
    /// <param name="filter">Which.</param>
    /// <param name="before">Moment and id of the last row of the page before.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Stops.</param>
    public Task<List<CardLookupRow>> ListAsync(Caller caller, CardLookupFilter filter, (long At, string Id) before, int take, CancellationToken ct) =>
        database.QueryAsync<CardLookupRow>(caller, $"""
            SELECT {CardLookupRow.Plain} FROM card_lookup
            WHERE {"{scope}"} AND (@Facility IS NULL OR facility = @Facility) AND (@MaLk IS NULL OR ma_lk = @MaLk) AND (@State IS NULL OR state = @State)
              AND (@VisitId IS NULL OR visit_id = @VisitId) AND (started_at, lookup_id) < (@At, @Id)
            ORDER BY started_at DESC, lookup_id DESC LIMIT @take
            """, new { filter.Facility, filter.MaLk, filter.State, filter.VisitId, before.At, before.Id, take }, ct);

    /// <summary>Answers that may belong to some records, newest first.</summary>
    public static Task<List<CardFactsRow>> FactsAsync(
        Database database, WriteSession? session, IEnumerable<string> maLks, IEnumerable<long> cards, IEnumerable<long> citizens, CancellationToken ct) =>
        HistoryStore.QueryAsync<CardFactsRow>(database, session, """
            SELECT facility, ma_lk, card_hash, citizen_hash, started_at, facts FROM card_lookup WHERE facts IS NOT NULL AND {in:ma_lk:@maLks} AND ma_lk <> ''
            UNION ALL SELECT facility, ma_lk, card_hash, citizen_hash, started_at, facts FROM card_lookup WHERE facts IS NOT NULL AND {in-numbers:card_hash:@cards}
            UNION ALL SELECT facility, ma_lk, card_hash, citizen_hash, started_at, facts FROM card_lookup WHERE facts IS NOT NULL AND {in-numbers:citizen_hash:@citizens}
            ORDER BY started_at DESC
            """, new { maLks = database.Dialect.List(maLks), cards = database.Dialect.Numbers(cards), citizens = database.Dialect.Numbers(citizens) }, ct);

    /// <summary>Adds a change.</summary>
    public static Task AddChangeAsync(WriteSession session, CardChangeRow row, CancellationToken ct) => session.ExecuteAsync("""
        INSERT INTO card_change (change_id, facility, visit_id, ma_lk, lookup_id, before_id, found_at, code_before, code_after, fields)
        VALUES (@ChangeId, @Facility, @VisitId, @MaLk, @LookupId, @BeforeId, @FoundAt, @CodeBefore, @CodeAfter, @Fields)
        """, row, ct);

    /// <summary>Changes newest first, before a key.</summary>
    public Task<List<CardChangeRow>> ChangesAsync(Caller caller, string? facility, bool unseenOnly, (long At, string Id) before, int take, CancellationToken ct) =>
        database.QueryAsync<CardChangeRow>(caller, $"""
            SELECT change_id, facility, visit_id, ma_lk, lookup_id, before_id, found_at, code_before, code_after, fields, seen_at, seen_by FROM card_change
            WHERE {"{scope}"} AND (@facility IS NULL OR facility = @facility) AND (@unseen = 0 OR seen_at IS NULL) AND (found_at, change_id) < (@At, @Id)
            ORDER BY found_at DESC, change_id DESC LIMIT @take
            """, new { facility, unseen = unseenOnly ? 1 : 0, before.At, before.Id, take }, ct);

    /// <summary>Notes that somebody has seen a change.</summary>
    /// <returns>Whether the caller has such a change that nobody had seen.</returns>
    public async Task<bool> SeeAsync(Caller caller, string changeId, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        List<string> found = await session.QueryAsync<string>(caller, $"SELECT facility FROM card_change WHERE {"{scope}"} AND change_id = @changeId AND seen_at IS NULL", new { changeId }, ct);
        if (found.Count == 0)
            return false;
        await session.ExecuteAsync(
            "UPDATE card_change SET seen_at = @now, seen_by = @Name WHERE change_id = @changeId AND seen_at IS NULL", new { now = database.Now, caller.Name, changeId }, ct);
        session.Audit(found[0], caller.Name, "card.change-seen", changeId);
        await session.CommitAsync(ct);
        return true;
    }
}

/// <summary>Which lookups a list shows; null for all.</summary>
internal sealed record CardLookupFilter(string? Facility = null, string? MaLk = null, string? State = null, string? VisitId = null);

internal sealed class CardFactsRow
{
    public string Facility { get; init; } = "";
    public string MaLk { get; init; } = "";
    public long? CardHash { get; init; }
    public long? CitizenHash { get; init; }
    public long StartedAt { get; init; }
    public byte[] Facts { get; init; } = [];
}

internal sealed class CardLookupRow
{
    public const string Plain = "lookup_id, visit_id, facility, ma_lk, moment, origin, actor, account, started_at, duration_ms, http_status, code, state, cause, is_whole, simulator, answer_sha256";
    public const string Whole = Plain + ", card_hash, citizen_hash, request, answer, facts";

    public string LookupId { get; init; } = "";
    public string VisitId { get; init; } = "";
    public string Facility { get; init; } = "";
    public string MaLk { get; init; } = "";
    public long? CardHash { get; init; }
    public long? CitizenHash { get; init; }
    public string Moment { get; init; } = "";
    public string Origin { get; init; } = "";
    public string Actor { get; init; } = "";
    public string Account { get; init; } = "";
    public long StartedAt { get; init; }
    public long DurationMs { get; init; }
    public int? HttpStatus { get; init; }
    public string Code { get; init; } = "";
    public string State { get; init; } = "";
    public string Cause { get; init; } = "";
    public int IsWhole { get; init; }
    public int Simulator { get; init; }
    public byte[] Request { get; init; } = [];
    public byte[]? Answer { get; init; }
    public string? AnswerSha256 { get; init; }
    public byte[]? Facts { get; init; }
}

internal sealed class CardChangeRow
{
    public string ChangeId { get; init; } = "";
    public string Facility { get; init; } = "";
    public string VisitId { get; init; } = "";
    public string MaLk { get; init; } = "";
    public string LookupId { get; init; } = "";
    public string? BeforeId { get; init; }
    public long FoundAt { get; init; }
    public string CodeBefore { get; init; } = "";
    public string CodeAfter { get; init; } = "";
    public byte[] Fields { get; init; } = [];
    public long? SeenAt { get; init; }
    public string? SeenBy { get; init; }
}
