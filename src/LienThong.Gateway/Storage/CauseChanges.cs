using System.Globalization;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rules;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Storage;

/// <summary>
/// Keeps causes, rule counts and what exceptions change in step with the findings of current versions, within the transaction that changes them.
/// What a record had before is taken off, what it has now is added; only the differences reach the counters.
/// </summary>
internal sealed class CauseChanges(WriteSession session)
{
    private static readonly string[] ShareNames = ["id", "cause", "exception", "facility", "day", "department", "findings", "blocks", "suppressed", "risk"];
    private readonly Dictionary<string, Entry> records = new(StringComparer.Ordinal);

    /// <summary>The findings of a record's current version.</summary>
    public void Set(string recordId, string facility, long receivedAt, IReadOnlyList<StoredFinding> findings, bool isNew) =>
        records[recordId] = new Entry(facility, receivedAt, findings, isNew);

    /// <summary>Another version became the current one; its findings are read from where they are stored.</summary>
    public void Reread(string recordId, string facility, long receivedAt) => records.TryAdd(recordId, new Entry(facility, receivedAt, null, false));

    /// <summary>Writes the differences. Call after versions and findings are written.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        if (records.Count == 0)
            return;
        CauseDeltas deltas = new();
        List<string> known = [.. records.Where(r => !r.Value.IsNew).Select(r => r.Key)];
        if (known.Count > 0)
            await TakeOffAsync(known, deltas, ct);
        Dictionary<string, byte[]?> stored = await StoredAsync(ct);
        List<object?[]> shares = [];
        foreach ((string id, Entry record) in records)
        {
            IReadOnlyList<StoredFinding> findings = record.Findings ?? PackedFindings.Unpack(stored.GetValueOrDefault(id));
            if (findings.Count == 0)
                continue;
            int day = DayOf(record.ReceivedAt);
            List<CauseShare> now = CauseShare.Of(record.Facility, findings);
            deltas.Add(record.Facility, day, record.ReceivedAt, now, 1);
            foreach (CauseShare s in now)
                shares.Add([id, s.Cause.Id, s.Exception, record.Facility, day, s.Department, s.Findings, s.Blocks, s.Suppressed ? 1 : 0, RecordChanges.Thousandths(s.AtRisk)]);
        }
        records.Clear();
        await deltas.WriteAsync(session, ct);
        await session.ExecuteManyAsync("""
            INSERT INTO record_cause (record_id, cause, exception_id, facility, day, department, findings, blocks, suppressed, at_risk)
            VALUES (@id, @cause, @exception, @facility, @day, @department, @findings, @blocks, @suppressed, {money-in:@risk})
            """, ShareNames, shares, ct);
    }

    private async Task<Dictionary<string, byte[]?>> StoredAsync(CancellationToken ct)
    {
        List<string> ids = [.. records.Where(r => r.Value.Findings is null).Select(r => r.Key)];
        if (ids.Count == 0)
            return [];
        List<(string RecordId, byte[]? Findings)> rows = await session.QueryUnscopedAsync<(string RecordId, byte[]? Findings)>(
            "SELECT record_id, findings FROM record_version WHERE {in:record_id:@ids} AND is_current = 1",
            new { ids = session.Database.Dialect.List(ids) }, ct);
        return rows.ToDictionary(r => r.RecordId, r => r.Findings, StringComparer.Ordinal);
    }

    private async Task TakeOffAsync(List<string> ids, CauseDeltas deltas, CancellationToken ct)
    {
        object list = session.Database.Dialect.List(ids);
        List<ShareRow> rows = await session.QueryUnscopedAsync<ShareRow>("""
            SELECT s.record_id, s.cause, s.exception_id, s.facility, s.day, s.department, s.findings, s.blocks, s.suppressed, {money-out:s.at_risk} AS at_risk,
              c.rule, c.table_name, c.field, c.kind, c.cause_key, c.keeper, c.example, c.message, c.fix, c.last_seen
            FROM record_cause s JOIN cause c ON c.cause = s.cause WHERE {in:s.record_id:@list}
            """, new { list }, ct);
        foreach (IGrouping<string, ShareRow> record in rows.GroupBy(r => r.RecordId, StringComparer.Ordinal))
        {
            ShareRow first = record.First();
            deltas.Add(first.Facility, first.Day, null, [.. record.Select(r => r.ToShare())], -1);
        }
        await session.ExecuteAsync("DELETE FROM record_cause WHERE {in:record_id:@list}", new { list }, ct);
    }

    private static int DayOf(long milliseconds) =>
        int.Parse(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).InVietnam().ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private sealed record Entry(string Facility, long ReceivedAt, IReadOnlyList<StoredFinding>? Findings, bool IsNew);

    private sealed class ShareRow
    {
        public string RecordId { get; init; } = "";
        public long Cause { get; init; }
        public string ExceptionId { get; init; } = "";
        public string Facility { get; init; } = "";
        public int Day { get; init; }
        public string Department { get; init; } = "";
        public int Findings { get; init; }
        public int Blocks { get; init; }
        public int Suppressed { get; init; }
        public long AtRisk { get; init; }
        public string Rule { get; init; } = "";
        public string TableName { get; init; } = "";
        public string Field { get; init; } = "";
        public string Kind { get; init; } = "";
        public string CauseKey { get; init; } = "";
        public string Keeper { get; init; } = "";
        public string Example { get; init; } = "";
        public string Message { get; init; } = "";
        public string Fix { get; init; } = "";

        public CauseShare ToShare()
        {
            FindingCause cause = new(Enum.Parse<CauseKind>(Kind), CauseKey, Enum.Parse<CauseKeeper>(Keeper));
            return new CauseShare(new CauseHead(Cause, Rule, TableName, Field, cause, Example, Message, Fix), ExceptionId, Suppressed != 0)
            {
                Department = Department,
                Findings = Findings,
                Blocks = Blocks,
                AtRisk = AtRisk / 1000m,
            };
        }
    }
}
