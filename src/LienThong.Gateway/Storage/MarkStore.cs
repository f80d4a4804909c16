using LienThong.Gateway.Access;
using LienThong.Gateway.Rules;

namespace LienThong.Gateway.Storage;

/// <summary>Marks on findings. Withdrawn ones stay as history.</summary>
public sealed class MarkStore(Database database)
{
    private const string Columns = "mark_id, fingerprint, record_id, ma_lk, rule, table_name, field, value, verdict, reason, author, marked_at";

    internal async Task<IReadOnlyList<FindingMark>> OfRecordAsync(Caller caller, string facility, string maLk, CancellationToken ct) =>
        (await database.QueryAsync<MarkRow>(caller, $"""
            SELECT {Columns} FROM finding_mark
            WHERE record_id = (SELECT record_id FROM record WHERE facility = @facility AND ma_lk = @maLk) AND withdrawn_at IS NULL AND {"{scope}"}
            """, new { facility, maLk }, ct)).ConvertAll(r => r.ToMark());

    internal async Task<IReadOnlyList<FindingMark>> OfRuleAsync(Caller caller, string rule, int take, CancellationToken ct) =>
        (await database.QueryAsync<MarkRow>(caller, $"""
            SELECT {Columns} FROM finding_mark WHERE {"{scope}"} AND rule = @rule AND withdrawn_at IS NULL ORDER BY marked_at DESC, mark_id DESC LIMIT @take
            """, new { rule, take }, ct)).ConvertAll(r => r.ToMark());

    /// <summary>Standing marks per rule and verdict, and how many «not an error» came since a moment.</summary>
    internal Task<List<MarkCountRow>> CountAsync(Caller caller, long since, CancellationToken ct) =>
        database.QueryAsync<MarkCountRow>(caller, """
            SELECT rule, verdict, COUNT(*) AS count, SUM(CASE WHEN marked_at >= @since THEN 1 ELSE 0 END) AS recent
            FROM finding_mark WHERE {scope} AND withdrawn_at IS NULL GROUP BY rule, verdict
            """, new { since }, ct);

    internal static async Task ReplaceAsync(WriteSession session, string facility, FindingMark m, CancellationToken ct)
    {
        // The record's lock keeps two people who mark the same finding apart.
        await session.QueryUnscopedAsync<string>("SELECT record_id FROM record WHERE record_id = @id {lock}", new { id = m.RecordId.ToString() }, ct);
        await session.ExecuteAsync("""
            UPDATE finding_mark SET withdrawn_by = @author, withdrawn_at = @now WHERE facility = @facility AND fingerprint = @fingerprint AND withdrawn_at IS NULL
            """, new { facility, fingerprint = m.Fingerprint, author = m.Author, now = session.Database.Now }, ct);
        await session.ExecuteAsync("""
            INSERT INTO finding_mark (mark_id, facility, fingerprint, record_id, ma_lk, rule, table_name, field, value, verdict, reason, author, marked_at)
            VALUES (@id, @facility, @fingerprint, @record, @maLk, @rule, @table, @field, @value, @verdict, @reason, @author, @now)
            """, new
        {
            id = m.Id.ToString(),
            facility,
            fingerprint = m.Fingerprint,
            record = m.RecordId.ToString(),
            maLk = m.MaLk,
            rule = m.Rule,
            table = m.Table,
            field = m.Field,
            value = m.Value,
            verdict = m.Verdict.ToString(),
            reason = m.Reason,
            author = m.Author,
            now = session.Database.Now,
        }, ct);
    }

    /// <summary>Withdraws a standing mark.</summary>
    /// <returns>Its facility; null when there is none in scope.</returns>
    internal static async Task<string?> WithdrawAsync(WriteSession session, Caller caller, Guid id, CancellationToken ct)
    {
        string? facility = (await session.QueryAsync<string>(
            caller, "SELECT facility FROM finding_mark WHERE mark_id = @id AND withdrawn_at IS NULL AND {scope} {lock}", new { id = id.ToString() }, ct)).SingleOrDefault();
        if (facility is not null)
        {
            await session.ExecuteAsync(
                "UPDATE finding_mark SET withdrawn_by = @name, withdrawn_at = @now WHERE mark_id = @id",
                new { id = id.ToString(), name = caller.Name, now = session.Database.Now }, ct);
        }
        return facility;
    }

    private sealed class MarkRow
    {
        public string MarkId { get; init; } = "";
        public string Fingerprint { get; init; } = "";
        public string RecordId { get; init; } = "";
        public string MaLk { get; init; } = "";
        public string Rule { get; init; } = "";
        public string TableName { get; init; } = "";
        public string Field { get; init; } = "";
        public string Value { get; init; } = "";
        public string Verdict { get; init; } = "";
        public string Reason { get; init; } = "";
        public string Author { get; init; } = "";
        public long MarkedAt { get; init; }

        public FindingMark ToMark() => new(
            Guid.Parse(MarkId), Fingerprint, Guid.Parse(RecordId), MaLk, Rule, TableName, Field, Value, Enum.Parse<MarkVerdict>(Verdict), Reason, Author,
            DateTimeOffset.FromUnixTimeMilliseconds(MarkedAt));
    }
}

internal sealed class MarkCountRow
{
    public string Rule { get; init; } = "";
    public string Verdict { get; init; } = "";
    public long Count { get; init; }
    public long Recent { get; init; }
}
