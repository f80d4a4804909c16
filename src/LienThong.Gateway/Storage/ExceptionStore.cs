using LienThong.Gateway.Access;
using LienThong.Gateway.Rules;
using LienThong.Validation;

namespace LienThong.Gateway.Storage;

/// <summary>Exceptions in the database. Those for all facilities are seen by everyone.</summary>
public sealed class ExceptionStore(Database database)
{
    private const string Columns = """
        exception_id, facility, rule, match_table, match_field, match_value, match_visit_kind, match_department, match_item, match_card, action, reason,
        evidence, author, created_at, needs_approval, decided_by, decided_at, refused, starts_at, ends_at, ended_by, end_reason, applied,
        records, findings, {money-out:at_risk} AS at_risk, returned_records, returned_findings
        """;

    private const string Agreed = "refused = 0 AND (needs_approval = 0 OR decided_by IS NOT NULL)";

    /// <summary>Exceptions of the caller's facilities, newest first.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="rule">Only those that name this rule or a beginning of it; null for all.</param>
    /// <param name="ct">Stops the work.</param>
    internal Task<List<ExceptionRow>> ListAsync(Caller caller, string? rule, CancellationToken ct) =>
        database.QueryAsync<ExceptionRow>(caller, $"""
            SELECT {Columns} FROM rule_exception
            WHERE ({"{scope}"} OR facility = '*') AND (@rule = '' OR rule = @rule
              OR (substr(rule, length(rule), 1) = '*' AND substr(@rule, 1, length(rule) - 1) = substr(rule, 1, length(rule) - 1)))
            ORDER BY created_at DESC, exception_id LIMIT 1000
            """, new { rule = rule ?? "" }, ct);

    /// <summary>One exception; null when unknown or out of scope.</summary>
    internal async Task<ExceptionRow?> FindAsync(Caller caller, Guid id, CancellationToken ct) =>
        (await database.QueryAsync<ExceptionRow>(
            caller, $"SELECT {Columns} FROM rule_exception WHERE exception_id = @id AND ({"{scope}"} OR facility = '*')", new { id = id.ToString("N") }, ct)).SingleOrDefault();

    /// <summary>The same inside a transaction, locked until commit.</summary>
    internal static async Task<ExceptionRow?> LockAsync(WriteSession session, Caller caller, Guid id, CancellationToken ct) =>
        (await session.QueryAsync<ExceptionRow>(
            caller, $"SELECT {Columns} FROM rule_exception WHERE exception_id = @id AND {"{scope}"} {"{lock}"}", new { id = id.ToString("N") }, ct)).SingleOrDefault();

    /// <summary>Exceptions that hold or will hold, for judging.</summary>
    internal Task<List<ExceptionRow>> HoldingAsync(long now, CancellationToken ct) =>
        database.QueryUnscopedAsync<ExceptionRow>($"SELECT {Columns} FROM rule_exception WHERE {Agreed} AND ends_at > @now", new { now }, ct);

    /// <summary>Exceptions whose effect on stored findings isn't what it should be at this moment.</summary>
    internal Task<List<ExceptionRow>> UnsettledAsync(long now, CancellationToken ct) =>
        database.QueryUnscopedAsync<ExceptionRow>($"""
            SELECT {Columns} FROM rule_exception
            WHERE (applied = 0 AND {Agreed} AND starts_at <= @now AND ends_at > @now) OR (applied = 1 AND ends_at <= @now)
            ORDER BY created_at, exception_id
            """, new { now }, ct);

    internal static Task InsertAsync(WriteSession session, RuleException e, ExceptionDraft draft, string author, bool needsApproval, CancellationToken ct) =>
        session.ExecuteAsync("""
            INSERT INTO rule_exception (exception_id, facility, rule, match_table, match_field, match_value, match_visit_kind, match_department, match_item,
              match_card, action, reason, evidence, author, created_at, needs_approval, refused, starts_at, ends_at, applied, records, findings, at_risk)
            VALUES (@id, @facility, @rule, @table, @field, @value, @visitKind, @department, @item, @card, @action, @reason, @evidence, @author, @now,
              @needs, 0, @starts, @ends, 0, 0, 0, 0)
            """, new
        {
            id = e.Id.ToString("N"),
            facility = e.Facility,
            rule = e.Rule,
            table = e.Match.Table,
            field = e.Match.Field,
            value = e.Match.Value,
            visitKind = e.Match.VisitKind,
            department = e.Match.Department,
            item = e.Match.Item,
            card = e.Match.CardPrefix,
            action = e.Action.ToString(),
            reason = draft.Reason.Trim(),
            evidence = draft.Evidence.Trim(),
            author,
            now = session.Database.Now,
            needs = needsApproval ? 1 : 0,
            starts = e.Start.ToUnixTimeMilliseconds(),
            ends = e.End.ToUnixTimeMilliseconds(),
        }, ct);

    internal static Task DecideAsync(WriteSession session, string id, string by, bool agreed, string? reason, CancellationToken ct) =>
        session.ExecuteAsync(
            "UPDATE rule_exception SET decided_by = @by, decided_at = @now, refused = @refused, end_reason = @reason WHERE exception_id = @id",
            new { id, by, now = session.Database.Now, refused = agreed ? 0 : 1, reason }, ct);

    internal static Task EndAsync(WriteSession session, string id, string by, string reason, CancellationToken ct) =>
        session.ExecuteAsync(
            "UPDATE rule_exception SET ends_at = @now, ended_by = @by, end_reason = @reason WHERE exception_id = @id",
            new { id, by, reason, now = session.Database.Now }, ct);

    /// <summary>Notes that stored findings show the exception, or no longer; what came back is what it changed before.</summary>
    internal static Task SettledAsync(WriteSession session, ExceptionRow before, bool applied, CancellationToken ct) =>
        session.ExecuteAsync("""
            UPDATE rule_exception SET applied = @applied, returned_records = @records, returned_findings = @findings WHERE exception_id = @id
            """, new
        {
            id = before.ExceptionId,
            applied = applied ? 1 : 0,
            records = applied ? null : (long?)before.Records,
            findings = applied ? null : (long?)before.Findings,
        }, ct);
}

internal sealed class ExceptionRow
{
    public string ExceptionId { get; init; } = "";
    public string Facility { get; init; } = "";
    public string Rule { get; init; } = "";
    public string MatchTable { get; init; } = "";
    public string MatchField { get; init; } = "";
    public string MatchValue { get; init; } = "";
    public string MatchVisitKind { get; init; } = "";
    public string MatchDepartment { get; init; } = "";
    public string MatchItem { get; init; } = "";
    public string MatchCard { get; init; } = "";
    public string Action { get; init; } = "";
    public string Reason { get; init; } = "";
    public string Evidence { get; init; } = "";
    public string Author { get; init; } = "";
    public long CreatedAt { get; init; }
    public int NeedsApproval { get; init; }
    public string? DecidedBy { get; init; }
    public long? DecidedAt { get; init; }
    public int Refused { get; init; }
    public long StartsAt { get; init; }
    public long EndsAt { get; init; }
    public string? EndedBy { get; init; }
    public string? EndReason { get; init; }
    public int Applied { get; init; }
    public long Records { get; init; }
    public long Findings { get; init; }
    public long AtRisk { get; init; }
    public long? ReturnedRecords { get; init; }
    public long? ReturnedFindings { get; init; }

    public RuleException ToException() => new(
        Guid.ParseExact(ExceptionId, "N"), Facility, Rule,
        new ExceptionMatch
        {
            Table = MatchTable,
            Field = MatchField,
            Value = MatchValue,
            VisitKind = MatchVisitKind,
            Department = MatchDepartment,
            Item = MatchItem,
            CardPrefix = MatchCard,
        },
        Enum.Parse<ExceptionAction>(Action), Utc(StartsAt), Utc(EndsAt), NeedsApproval != 0 && DecidedBy is not null && Refused == 0);

    public ExceptionView ToView(long now) => new(
        ToException(), StateAt(now), Reason, Evidence, Author, Utc(CreatedAt), NeedsApproval != 0, DecidedBy, DecidedAt is { } at ? Utc(at) : null,
        EndedBy, EndReason, (Applied != 0) == (StateAt(now) == ExceptionState.Active), Records, Findings, AtRisk / 1000m, ReturnedRecords, ReturnedFindings);

    private ExceptionState StateAt(long now) =>
        Refused != 0 ? ExceptionState.Refused
        : EndedBy is not null ? ExceptionState.Ended
        : EndsAt <= now ? ExceptionState.Expired
        : NeedsApproval != 0 && DecidedBy is null ? ExceptionState.Proposed
        : StartsAt > now ? ExceptionState.Coming
        : ExceptionState.Active;

    private static DateTimeOffset Utc(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
