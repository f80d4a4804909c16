using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rules;
using LienThong.Validation;

namespace LienThong.Gateway.Storage;

/// <summary>Which records have findings of a rule, of a cause, or under an exception; scoped to the caller's facilities.</summary>
public sealed class CauseQueries(Database database)
{
    private const string FindingColumns = "v.record_id, v.ma_lk, v.ma_loai_kcb, v.card_prefix, v.not_checked_count, v.findings";

    private const string CauseColumns = """
        cause, facility, rule, table_name, field, kind, cause_key, keeper, example, message, fix, first_seen, last_seen, records, findings, blocks,
        {money-out:at_risk} AS at_risk
        """;

    private const string Sums = """
        CAST(SUM(records) AS BIGINT) AS records, CAST(SUM(findings) AS BIGINT) AS findings, CAST(SUM(blocks) AS BIGINT) AS blocks, {money-out:SUM(at_risk)} AS at_risk
        """;

    /// <summary>Records with findings of a rule or group of rules, in the order of arrival.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="facility">Facility; <c>*</c> for all.</param>
    /// <param name="rule">Code, or beginning and <c>*</c>.</param>
    /// <param name="take">Most records.</param>
    /// <param name="ct">Stops the work.</param>
    internal Task<List<string>> RecordsOfRuleAsync(Caller caller, string facility, string rule, int take, CancellationToken ct)
    {
        bool group = rule.EndsWith('*');
        string only = facility == RuleException.AllFacilities ? "" : "AND facility = @facility";
        string which = group ? "substr(rule, 1, @length) = @code" : "rule = @code";
        string code = group ? rule[..^1] : rule;
        return database.QueryAsync<string>(caller, $"""
            SELECT DISTINCT s.record_id FROM record_cause s
            WHERE s.cause IN (SELECT cause FROM cause WHERE {"{scope}"} {only} AND {which}) ORDER BY s.record_id LIMIT @take
            """, new { facility, code, length = code.Length, take }, ct);
    }

    /// <summary>Findings of current versions.</summary>
    internal Task<List<FindingsRow>> FindingsAsync(Caller caller, IReadOnlyCollection<string> ids, CancellationToken ct) =>
        database.QueryAsync<FindingsRow>(
            caller, $"SELECT {FindingColumns} FROM record_version v WHERE {"{in:v.record_id:@ids}"} AND v.is_current = 1 AND {"{scope}"} ORDER BY v.record_id",
            new { ids = database.Dialect.List(ids) }, ct);

    /// <summary>The same inside a transaction that holds the records.</summary>
    internal static Task<List<FindingsRow>> FindingsAsync(WriteSession session, IReadOnlyCollection<string> ids, CancellationToken ct) =>
        session.QueryUnscopedAsync<FindingsRow>(
            $"SELECT {FindingColumns} FROM record_version v WHERE {"{in:v.record_id:@ids}"} AND v.is_current = 1",
            new { ids = session.Database.Dialect.List(ids) }, ct);

    /// <summary>Findings of records that an exception changes, by record id.</summary>
    internal Task<List<FindingsRow>> ExceptedAsync(Caller caller, string exception, string after, int take, CancellationToken ct) =>
        database.QueryAsync<FindingsRow>(caller, $"""
            SELECT {FindingColumns} FROM record_version v
            JOIN (SELECT DISTINCT record_id AS id FROM record_cause
                  WHERE exception_id = @exception AND exception_id <> '' AND {"{scope}"} AND record_id > @after ORDER BY record_id LIMIT @take) s ON s.id = v.record_id
            WHERE v.is_current = 1 ORDER BY v.record_id
            """, new { exception, after, take }, ct);

    /// <summary>Findings per rule among what arrived since a day (<c>yyyyMMdd</c>).</summary>
    internal Task<List<RuleHitRow>> HitsAsync(Caller caller, int since, CancellationToken ct) =>
        database.QueryAsync<RuleHitRow>(caller, """
            SELECT rule, CAST(SUM(records) AS BIGINT) AS records, CAST(SUM(findings) AS BIGINT) AS findings, CAST(SUM(suppressed) AS BIGINT) AS suppressed
            FROM rule_day WHERE day >= @since AND {scope} GROUP BY rule HAVING SUM(findings) > 0
            """, new { since }, ct);

    /// <summary>Causes as cards.</summary>
    internal async Task<IReadOnlyList<CauseCard>> CausesAsync(Caller caller, CauseFilter filter, int take, CancellationToken ct) =>
        (await database.QueryAsync<CauseRow>(caller, $"""
            SELECT {CauseColumns} FROM cause
            WHERE {"{scope}"} AND {(filter.Rule.Length == 0 ? "records > 1" : "records > 0 AND rule = @rule")}
              AND (@facility = '' OR facility = @facility) AND (@keeper = '' OR keeper = @keeper)
            ORDER BY {(filter.ByRecords ? "records DESC, at_risk DESC" : "at_risk DESC, records DESC")}, cause LIMIT @take
            """, new { rule = filter.Rule, facility = filter.Facility, keeper = filter.Keeper?.ToString() ?? "", take }, ct)).ConvertAll(r => r.ToCard());

    /// <summary>One cause.</summary>
    internal async Task<CauseCard?> CauseAsync(Caller caller, long cause, CancellationToken ct) =>
        (await database.QueryAsync<CauseRow>(caller, $"SELECT {CauseColumns} FROM cause WHERE cause = @cause AND {"{scope}"}", new { cause }, ct)).SingleOrDefault()?.ToCard();

    /// <summary>Departments of a cause.</summary>
    internal async Task<IReadOnlyList<CauseDepartment>> DepartmentsAsync(Caller caller, long cause, CancellationToken ct) =>
        (await database.QueryAsync<(string Department, long Records, long AtRisk)>(caller, """
            SELECT department, COUNT(DISTINCT record_id), {money-out:SUM(at_risk)} FROM record_cause
            WHERE cause = @cause AND suppressed = 0 AND {scope} GROUP BY department ORDER BY 2 DESC, department LIMIT 20
            """, new { cause }, ct)).ConvertAll(r => new CauseDepartment(r.Department, r.Records, r.AtRisk / 1000m));

    /// <summary>Records of a cause, by id.</summary>
    internal async Task<IReadOnlyList<CauseRecord>> RecordsAsync(Caller caller, long cause, string after, int take, CancellationToken ct) =>
        (await database.QueryAsync<CauseRecordRow>(caller, """
            SELECT v.record_id, v.ma_lk, v.name, v.state, v.ngay_ra, s.department, s.findings, s.at_risk
            FROM (SELECT record_id AS id, MIN(department) AS department, CAST(SUM(findings) AS BIGINT) AS findings, {money-out:SUM(at_risk)} AS at_risk FROM record_cause
                  WHERE cause = @cause AND suppressed = 0 AND {scope} AND record_id > @after GROUP BY record_id ORDER BY record_id LIMIT @take) s
            JOIN record_version v ON v.record_id = s.id AND v.is_current = 1 ORDER BY v.record_id
            """, new { cause, after, take }, ct)).ConvertAll(r => r.ToRecord());

    /// <summary>Counters of findings by rule; only in a department when one is named.</summary>
    internal async Task<IReadOnlyList<RuleCount>> CountByRuleAsync(Caller caller, string department, CancellationToken ct) =>
        (await database.QueryAsync<RuleCountRow>(caller, $"""
            SELECT rule, MIN(table_name) AS table_name, MIN(field) AS field, {Sums} FROM finding_count
            WHERE part = @part AND department = @department AND findings > 0 AND {"{scope}"} GROUP BY rule ORDER BY at_risk DESC, 4 DESC, rule
            """, new { part = department.Length == 0 ? (int)FindingPart.Rule : (int)FindingPart.RuleInDepartment, department }, ct))
        .ConvertAll(r => new RuleCount(r.Rule, r.TableName, r.Field, r.Records, r.Findings, r.Blocks, r.AtRisk / 1000m));

    /// <summary>Counters of findings by department; only those of a rule when one is named.</summary>
    internal async Task<IReadOnlyList<DepartmentCount>> CountByDepartmentAsync(Caller caller, string rule, CancellationToken ct) =>
        (await database.QueryAsync<DepartmentCountRow>(caller, $"""
            SELECT department, {Sums} FROM finding_count
            WHERE part = @part AND rule = @rule AND findings > 0 AND {"{scope}"} GROUP BY department ORDER BY at_risk DESC, 2 DESC, department
            """, new { part = rule.Length == 0 ? (int)FindingPart.Department : (int)FindingPart.RuleInDepartment, rule }, ct))
        .ConvertAll(r => new DepartmentCount(r.Department, r.Records, r.Findings, r.Blocks, r.AtRisk / 1000m));

    /// <summary>Ids of all records of a cause.</summary>
    internal async Task<IReadOnlyList<string>> RecordIdsAsync(Caller caller, long cause, CancellationToken ct) =>
        await database.QueryAsync<string>(
            caller, "SELECT DISTINCT record_id FROM record_cause WHERE cause = @cause AND suppressed = 0 AND {scope} ORDER BY record_id", new { cause }, ct);

    /// <summary>Current versions that arrived since a moment.</summary>
    internal Task<List<TrialRow>> ArrivedAsync(Caller caller, string facility, long since, CancellationToken ct) =>
        database.QueryAsync<TrialRow>(caller, """
            SELECT record_id, ma_lk, content_ref, version, origin FROM record_version
            WHERE is_current = 1 AND facility = @facility AND received_at >= @since AND {scope} ORDER BY received_at, record_id
            """, new { facility, since }, ct);
}

internal sealed class FindingsRow
{
    public string RecordId { get; init; } = "";
    public string MaLk { get; init; } = "";
    public string MaLoaiKcb { get; init; } = "";
    public string CardPrefix { get; init; } = "";
    public int NotCheckedCount { get; init; }
    public byte[]? Findings { get; init; }
}

internal sealed class RuleHitRow
{
    public string Rule { get; init; } = "";
    public long Records { get; init; }
    public long Findings { get; init; }
    public long Suppressed { get; init; }
}

internal sealed class RuleCountRow
{
    public string Rule { get; init; } = "";
    public string TableName { get; init; } = "";
    public string Field { get; init; } = "";
    public long Records { get; init; }
    public long Findings { get; init; }
    public long Blocks { get; init; }
    public long AtRisk { get; init; }
}

internal sealed class DepartmentCountRow
{
    public string Department { get; init; } = "";
    public long Records { get; init; }
    public long Findings { get; init; }
    public long Blocks { get; init; }
    public long AtRisk { get; init; }
}

internal sealed class TrialRow
{
    public string RecordId { get; init; } = "";
    public string MaLk { get; init; } = "";
    public string ContentRef { get; init; } = "";
    public int Version { get; init; }
    public string Origin { get; init; } = "";
}

internal sealed class CauseRecordRow
{
    public string RecordId { get; init; } = "";
    public string MaLk { get; init; } = "";
    public string Name { get; init; } = "";
    public string State { get; init; } = "";
    public string NgayRa { get; init; } = "";
    public string Department { get; init; } = "";
    public long Findings { get; init; }
    public long AtRisk { get; init; }

    public CauseRecord ToRecord() => new(Guid.Parse(RecordId), MaLk, Name, Enum.Parse<RecordState>(State), NgayRa, Department, (int)Findings, AtRisk / 1000m);
}

internal sealed class CauseRow
{
    public long Cause { get; init; }
    public string Facility { get; init; } = "";
    public string Rule { get; init; } = "";
    public string TableName { get; init; } = "";
    public string Field { get; init; } = "";
    public string Kind { get; init; } = "";
    public string CauseKey { get; init; } = "";
    public string Keeper { get; init; } = "";
    public string Example { get; init; } = "";
    public string Message { get; init; } = "";
    public string Fix { get; init; } = "";
    public long FirstSeen { get; init; }
    public long LastSeen { get; init; }
    public long Records { get; init; }
    public long Findings { get; init; }
    public long Blocks { get; init; }
    public long AtRisk { get; init; }

    public CauseCard ToCard() => new(
        Cause, Facility, Rule, TableName, Field, new FindingCause(Enum.Parse<CauseKind>(Kind), CauseKey, Enum.Parse<CauseKeeper>(Keeper)), Example, Message, Fix,
        DateTimeOffset.FromUnixTimeMilliseconds(FirstSeen), DateTimeOffset.FromUnixTimeMilliseconds(LastSeen), Records, Findings, Blocks, AtRisk / 1000m);
}
