using LienThong.Gateway.Rules;

namespace LienThong.Gateway.Storage;

/// <summary>What a row of <c>finding_count</c> adds up.</summary>
internal enum FindingPart
{
    /// <summary>Findings of a rule in a department.</summary>
    RuleInDepartment = 0,

    /// <summary>Findings of a rule.</summary>
    Rule = 1,

    /// <summary>Findings in a department.</summary>
    Department = 2,
}

/// <summary>What a transaction adds to and takes off the counters of causes, rules and exceptions.</summary>
internal sealed class CauseDeltas
{
    private static readonly string[] CauseNames =
        ["cause", "facility", "rule", "table", "field", "kind", "key", "keeper", "example", "message", "fix", "first", "last", "records", "findings", "blocks", "risk"];

    private static readonly string[] DayNames = ["facility", "rule", "day", "records", "findings", "suppressed"];
    private static readonly string[] CountNames = ["facility", "part", "rule", "department", "table", "field", "records", "findings", "blocks", "risk"];
    private static readonly string[] ExceptionNames = ["id", "records", "findings", "risk"];

    private readonly Dictionary<long, CauseDelta> causes = [];
    private readonly Dictionary<(string Facility, string Rule, int Day), Tally> days = [];
    private readonly Dictionary<(string Facility, FindingPart Part, string Rule, string Department), CountDelta> counts = [];
    private readonly Dictionary<string, Tally> exceptions = new(StringComparer.Ordinal);

    /// <summary>Adds a record's shares, or takes them off.</summary>
    /// <param name="facility">Its facility.</param>
    /// <param name="day">Its day of arrival, <c>yyyyMMdd</c>.</param>
    /// <param name="seenAt">Moment of arrival; null when shares are taken off.</param>
    /// <param name="shares">All shares of the record.</param>
    /// <param name="sign">1 or -1.</param>
    public void Add(string facility, int day, long? seenAt, List<CauseShare> shares, int sign)
    {
        HashSet<(string, string)> counted = [];
        foreach (CauseShare share in shares)
        {
            if (!causes.TryGetValue(share.Cause.Id, out CauseDelta? cause))
                causes.Add(share.Cause.Id, cause = new CauseDelta(share.Cause, facility));
            if (seenAt is { } at)
                (cause.First, cause.Last) = (Math.Min(cause.First, at), Math.Max(cause.Last, at));
            if (!share.Suppressed)
            {
                // A record may have a cause twice, with and without an exception that lowered it.
                bool first = counted.Add(("cause", share.Cause.Id.ToString("x16", null)));
                cause.Add(first ? sign : 0, sign * share.Findings, sign * share.AtRisk);
                cause.Blocks += sign * share.Blocks;
                Count((facility, FindingPart.RuleInDepartment, share.Cause.Rule, share.Department), share, sign, counted);
                Count((facility, FindingPart.Rule, share.Cause.Rule, ""), share, sign, counted);
                Count((facility, FindingPart.Department, "", share.Department), share, sign, counted);
            }
            Tally rule = Of(days, (facility, share.Cause.Rule, day));
            rule.Add(counted.Add(("rule", share.Cause.Rule)) ? sign : 0, sign * share.Findings, 0);
            rule.Suppressed += share.Suppressed ? sign * share.Findings : 0;
            if (share.Exception.Length > 0)
                Of(exceptions, share.Exception).Add(counted.Add(("exception", share.Exception)) ? sign : 0, sign * share.Findings, sign * share.AtRisk);
        }
    }

    /// <summary>Writes them, table by table and in the order of keys, so that two writers never wait for each other in a circle.</summary>
    public async Task WriteAsync(WriteSession session, CancellationToken ct)
    {
        await session.ExecuteManyAsync("""
            INSERT INTO cause (cause, facility, rule, table_name, field, kind, cause_key, keeper, example, message, fix, first_seen, last_seen, records, findings, blocks, at_risk)
            VALUES (@cause, @facility, @rule, @table, @field, @kind, @key, @keeper, @example, @message, @fix, @first, @last, @records, @findings, @blocks, {money-in:@risk})
            ON CONFLICT (cause) DO UPDATE SET records = cause.records + excluded.records, findings = cause.findings + excluded.findings,
              blocks = cause.blocks + excluded.blocks, at_risk = cause.at_risk + excluded.at_risk,
              first_seen = CASE WHEN excluded.first_seen < cause.first_seen THEN excluded.first_seen ELSE cause.first_seen END,
              last_seen = CASE WHEN excluded.last_seen > cause.last_seen THEN excluded.last_seen ELSE cause.last_seen END
            """, CauseNames, [.. causes.OrderBy(c => c.Key).Select(c => c.Value.ToRow())], ct);
        await session.ExecuteManyAsync("""
            INSERT INTO rule_day (facility, rule, day, records, findings, suppressed) VALUES (@facility, @rule, @day, @records, @findings, @suppressed)
            ON CONFLICT (facility, rule, day) DO UPDATE SET records = rule_day.records + excluded.records,
              findings = rule_day.findings + excluded.findings, suppressed = rule_day.suppressed + excluded.suppressed
            """, DayNames, DayRows(), ct);
        await session.ExecuteManyAsync("""
            INSERT INTO finding_count (facility, part, rule, department, table_name, field, records, findings, blocks, at_risk)
            VALUES (@facility, @part, @rule, @department, @table, @field, @records, @findings, @blocks, {money-in:@risk})
            ON CONFLICT (facility, part, rule, department) DO UPDATE SET
              table_name = CASE WHEN excluded.table_name < finding_count.table_name THEN excluded.table_name ELSE finding_count.table_name END,
              field = CASE WHEN excluded.field < finding_count.field THEN excluded.field ELSE finding_count.field END,
              records = finding_count.records + excluded.records, findings = finding_count.findings + excluded.findings,
              blocks = finding_count.blocks + excluded.blocks, at_risk = finding_count.at_risk + excluded.at_risk
            """, CountNames, CountRows(), ct);
        if (exceptions.Count > 1)
        {
            // An update of many rows takes them in the order of its plan.
            await session.QueryUnscopedAsync<string>(
                "SELECT exception_id FROM rule_exception WHERE {in:exception_id:@ids} ORDER BY exception_id {lock}", new { ids = session.Database.Dialect.List(exceptions.Keys) }, ct);
        }
        await session.ExecuteManyAsync("""
            UPDATE rule_exception SET records = records + @records, findings = findings + @findings, at_risk = at_risk + {money-in:@risk} WHERE exception_id = @id
            """, ExceptionNames, ExceptionRows(), ct);
    }

    private List<object?[]> DayRows() =>
    [
        .. days.Where(d => !d.Value.IsZero).OrderBy(d => d.Key.Facility, StringComparer.Ordinal).ThenBy(d => d.Key.Rule, StringComparer.Ordinal).ThenBy(d => d.Key.Day)
            .Select(d => (object?[])[d.Key.Facility, d.Key.Rule, d.Key.Day, d.Value.Records, d.Value.Findings, d.Value.Suppressed]),
    ];

    private List<object?[]> CountRows() =>
    [
        .. counts.Where(c => !c.Value.IsZero)
            .OrderBy(c => c.Key.Facility, StringComparer.Ordinal).ThenBy(c => c.Key.Part).ThenBy(c => c.Key.Rule, StringComparer.Ordinal)
            .ThenBy(c => c.Key.Department, StringComparer.Ordinal)
            .Select(c => (object?[])
            [
                c.Key.Facility, (int)c.Key.Part, c.Key.Rule, c.Key.Department, c.Value.Table, c.Value.Field, c.Value.Records, c.Value.Findings, c.Value.Blocks,
                RecordChanges.Thousandths(c.Value.AtRisk),
            ]),
    ];

    private List<object?[]> ExceptionRows() =>
    [
        .. exceptions.Where(e => !e.Value.IsZero).OrderBy(e => e.Key, StringComparer.Ordinal)
            .Select(e => (object?[])[e.Key, e.Value.Records, e.Value.Findings, RecordChanges.Thousandths(e.Value.AtRisk)]),
    ];

    private void Count((string Facility, FindingPart Part, string Rule, string Department) key, CauseShare share, int sign, HashSet<(string, string)> counted)
    {
        (string table, string field) = key.Part == FindingPart.Department ? ("", "") : (share.Cause.Table, share.Cause.Field);
        if (!counts.TryGetValue(key, out CountDelta? count))
            counts.Add(key, count = new CountDelta { Table = table, Field = field });
        if (string.CompareOrdinal(table, count.Table) < 0)
            count.Table = table;
        if (string.CompareOrdinal(field, count.Field) < 0)
            count.Field = field;
        count.Add(counted.Add((key.Part + key.Rule, key.Department)) ? sign : 0, sign * share.Findings, sign * share.AtRisk);
        count.Blocks += sign * share.Blocks;
    }

    private static Tally Of<TKey>(Dictionary<TKey, Tally> tallies, TKey key)
        where TKey : notnull
    {
        if (!tallies.TryGetValue(key, out Tally? tally))
            tallies.Add(key, tally = new Tally());
        return tally;
    }

    private class Tally
    {
        public long Records { get; private set; }

        public long Findings { get; private set; }

        public decimal AtRisk { get; private set; }

        public long Suppressed { get; set; }

        public long Blocks { get; set; }

        public bool IsZero => Records == 0 && Findings == 0 && Suppressed == 0 && Blocks == 0 && AtRisk == 0;

        public void Add(long records, long findings, decimal atRisk)
        {
            Records += records;
            Findings += findings;
            AtRisk += atRisk;
        }
    }

    private sealed class CountDelta : Tally
    {
        public string Table { get; set; } = "";

        public string Field { get; set; } = "";
    }

    private sealed class CauseDelta(CauseHead head, string facility) : Tally
    {
        public long First { get; set; } = long.MaxValue;

        public long Last { get; set; }

        public object?[] ToRow() =>
        [
            head.Id, facility, head.Rule, head.Table, head.Field, head.Cause.Kind.ToString(), head.Cause.Key, head.Cause.Keeper.ToString(), head.Example,
            head.Message, head.Fix, First, Last, Records, Findings, Blocks, RecordChanges.Thousandths(AtRisk),
        ];
    }
}
