using System.Globalization;
using System.Text;
using Dapper;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Records;

namespace LienThong.Gateway.Storage;

/// <summary>What lists, pages and the API read. Everything is scoped to the caller's facilities.</summary>
public sealed class RecordQueries(Database database, IArchive archive, ResultCodeBook codes)
{
    internal const string ListColumns = """
        record_id, facility, ma_lk, version, state, state_at, state_cause, name, ngay_vao, ngay_ra, ma_loai_kcb, release,
        {money-out:t_tongchi_bv} AS t_tongchi_bv, {money-out:t_bhtt} AS t_bhtt, block_count, warn_count, info_count, not_checked_count, deadline_at, received_at,
        deadline_base, deadline_kind, ma_khoa
        """;

    private const string SubmissionColumns = """
        submission_id, record_id, version, facility, ma_lk, attempt, follows, outcome, code, message, http_status, ma_giao_dich, thoi_gian_tiep_nhan,
        request_sha256, certificate_serial, simulator, later_state, later_code, later_message, later_at, started_at, ended_at
        """;

    /// <summary>A page of records, newest first. Stable: a record that arrives meanwhile doesn't shift the others.</summary>
    public async Task<Page<RecordListItem>> ListAsync(Caller caller, RecordFilter filter, PageRequest page, CancellationToken ct)
    {
        int take = Math.Clamp(page.Take, 1, 500);
        bool backwards = page.Before is not null;
        DynamicParameters arguments = new();
        string where = Where(filter, arguments);
        string column = filter.Order == RecordOrder.Discharge ? "ngay_ra" : "received_at";
        if ((page.After ?? page.Before) is { } key && PageKey.TryParse(key, out string sortKey, out Guid id))
        {
            where += $" AND ({column}, record_id) {(backwards ? '>' : '<')} (@keyValue, @keyId)";
            if (filter.Order == RecordOrder.Discharge)
                arguments.Add("keyValue", sortKey);
            else
                arguments.Add("keyValue", long.TryParse(sortKey, CultureInfo.InvariantCulture, out long at) ? at : 0L);
            arguments.Add("keyId", id.ToString());
        }
        arguments.Add("take", take + 1);
        string direction = backwards ? "ASC" : "DESC";
        List<ListRow> rows = await database.QueryAsync<ListRow>(caller, $"""
            SELECT {ListColumns} FROM record_version
            WHERE is_current = 1 AND {"{scope}"}{where}
            ORDER BY {column} {direction}, record_id {direction} LIMIT @take
            """, arguments, ct);
        bool more = rows.Count > take;
        if (more)
            rows.RemoveAt(take);
        if (backwards)
            rows.Reverse();
        string? KeyOf(ListRow? row) => row is null ? null
            : PageKey.Of(filter.Order == RecordOrder.Discharge ? row.NgayRa : row.ReceivedAt.ToString(CultureInfo.InvariantCulture), row.RecordId);
        bool hasNext = backwards ? page.Before is not null : more;
        bool hasPrevious = backwards ? more : page.After is not null;
        return new Page<RecordListItem>(
            rows.ConvertAll(r => r.ToItem()), hasNext ? KeyOf(rows.LastOrDefault()) : null, hasPrevious ? KeyOf(rows.FirstOrDefault()) : null);
    }

    /// <summary>A record with its versions, findings, history and calls; null when unknown or out of scope.</summary>
    public async Task<RecordDetail?> FindAsync(Caller caller, Guid recordId, CancellationToken ct)
    {
        var key = new { id = recordId.ToString() };
        ListRow? current = (await database.QueryAsync<ListRow>(
            caller, $"SELECT {ListColumns} FROM record_version WHERE record_id = @id AND is_current = 1 AND {"{scope}"}", key, ct)).SingleOrDefault();
        if (current is null)
            return null;
        List<VersionDetailRow> versions = await database.QueryAsync<VersionDetailRow>(caller, """
            SELECT version, state, is_current, is_waiting, origin, reason, reason_code, reference_number, reference_date, actor, received_at, content_sha256, signed_sha256, certificate_serial
            FROM record_version WHERE record_id = @id AND {scope} ORDER BY version DESC
            """, key, ct);
        List<CorrectionRow> corrections = await database.QueryAsync<CorrectionRow>(caller, """
            SELECT record_id, version, table_name, row_number, field, old_value, new_value FROM correction WHERE record_id = @id AND {scope} ORDER BY version, ordinal
            """, key, ct);
        List<byte[]?> findings = await database.QueryAsync<byte[]?>(
            caller, "SELECT findings FROM record_version WHERE record_id = @id AND is_current = 1 AND {scope}", key, ct);
        List<HistoryRow> history = await database.QueryAsync<HistoryRow>(caller, """
            SELECT version, from_state, to_state, event, actor, occurred_at, cause FROM record_transition
            WHERE record_id = @id AND {scope} ORDER BY transition_id
            """, key, ct);
        List<SubmissionRow> submissions = await database.QueryAsync<SubmissionRow>(
            caller, $"SELECT {SubmissionColumns} FROM submission WHERE record_id = @id AND {"{scope}"} ORDER BY started_at, submission_id", key, ct);
        List<WorkRow> work = await database.QueryAsync<WorkRow>(
            caller, $"SELECT {WorkRow.Columns} FROM work_item WHERE record_id = @id AND {"{scope}"} ORDER BY version DESC", key, ct);
        IReadOnlyList<StoredFinding> all = PackedFindings.Unpack(findings.SingleOrDefault());
        return new RecordDetail(
            current.ToItem(), versions.ConvertAll(v => v.ToView([.. corrections.Where(c => c.Version == v.Version)])),
            [.. all.Where(f => !f.Suppressed)], current.NotCheckedCount, history.ConvertAll(h => h.ToEntry()),
            submissions.ConvertAll(s => codes.Explain(s.ToView())),
            work.Select(w => new WorkView(w.Stage, w.Status, w.Attempts, DateTimeOffset.FromUnixTimeMilliseconds(w.DueAt), w.Cause)).FirstOrDefault())
        {
            Suppressed = [.. all.Where(f => f.Suppressed)],
        };
    }

    /// <summary>Findings that count of the current versions of records, by record; records without any, unknown or out of scope are left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<StoredFinding>>> FindingsAsync(Caller caller, IEnumerable<Guid> recordIds, CancellationToken ct) =>
        (await database.QueryAsync<(string Id, byte[] Findings)>(
            caller, "SELECT record_id, findings FROM record_version WHERE {in:record_id:@ids} AND is_current = 1 AND findings IS NOT NULL AND {scope}",
            new { ids = database.Dialect.List(recordIds.Select(id => id.ToString())) }, ct)).ToDictionary(
                r => Guid.Parse(r.Id), r => (IReadOnlyList<StoredFinding>)[.. PackedFindings.Unpack(r.Findings).Where(f => !f.Suppressed)]);

    /// <summary>Opens the content of a version (the current one when null); null when unknown or out of scope.</summary>
    public async Task<OpenRecord?> OpenAsync(Caller caller, Guid recordId, int? version, CancellationToken ct)
    {
        string? reference = (await database.QueryAsync<string>(caller, """
            SELECT content_ref FROM record_version
            WHERE record_id = @id AND {scope} AND ((@version = 0 AND is_current = 1) OR version = @version)
            """, new { id = recordId.ToString(), version = version ?? 0 }, ct)).SingleOrDefault();
        return reference is null ? null : await OpenRecord.LoadAsync(archive, reference, ct);
    }

    /// <summary>The exact bytes that were signed for a version, checked against their hash; null when there are none or out of scope.</summary>
    public async Task<byte[]?> SignedBytesAsync(Caller caller, Guid recordId, int version, CancellationToken ct)
    {
        string? reference = (await database.QueryAsync<string?>(
            caller, "SELECT signed_ref FROM record_version WHERE record_id = @id AND version = @version AND {scope}",
            new { id = recordId.ToString(), version }, ct)).SingleOrDefault();
        return reference is null ? null : await archive.GetAsync(ArchiveRef.Parse(reference), ct);
    }

    /// <summary>The portal's answer to a call as it came; null when there was none or out of scope.</summary>
    public async Task<byte[]?> AnswerAsync(Caller caller, Guid submissionId, CancellationToken ct) =>
        (await database.QueryAsync<byte[]?>(
            caller, "SELECT answer FROM submission WHERE submission_id = @id AND {scope}", new { id = submissionId.ToString() }, ct)).SingleOrDefault();

    /// <summary>How many current versions are in each state; states without any are 0.</summary>
    public async Task<IReadOnlyDictionary<RecordState, long>> CountAsync(Caller caller, CancellationToken ct)
    {
        List<(string State, long Count)> rows = await database.QueryAsync<(string State, long Count)>(
            caller, "SELECT state, COUNT(*) FROM record_version WHERE is_current = 1 AND {scope} GROUP BY state", null, ct);
        Dictionary<RecordState, long> counts = RecordStates.All.ToDictionary(s => s, _ => 0L);
        foreach ((string state, long count) in rows)
            counts[Enum.Parse<RecordState>(state)] = count;
        return counts;
    }

    /// <summary>Calls to the portal, newest first; pages as for records.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="outcome">Only this outcome; null for all.</param>
    /// <param name="page">Which page; only forwards.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<Page<SubmissionView>> SubmissionsAsync(Caller caller, string? outcome, PageRequest page, CancellationToken ct)
    {
        int take = Math.Clamp(page.Take, 1, 500);
        (long at, string id) = page.After is { } key && PageKey.TryParse(key, out string value, out Guid guid)
            && long.TryParse(value, CultureInfo.InvariantCulture, out long parsed) ? (parsed, guid.ToString()) : (long.MaxValue, "");
        List<SubmissionRow> rows = await database.QueryAsync<SubmissionRow>(caller, $"""
            SELECT {SubmissionColumns} FROM submission
            WHERE {"{scope}"} AND (@outcome = '' OR outcome = @outcome) AND (started_at, submission_id) < (@at, @id)
            ORDER BY started_at DESC, submission_id DESC LIMIT @take
            """, new { outcome = outcome ?? "", at, id, take = take + 1 }, ct);
        bool more = rows.Count > take;
        if (more)
            rows.RemoveAt(take);
        string? next = more ? PageKey.Of(rows[^1].StartedAt.ToString(CultureInfo.InvariantCulture), rows[^1].SubmissionId) : null;
        return new Page<SubmissionView>(rows.ConvertAll(r => codes.Explain(r.ToView())), next, null);
    }

    /// <summary>
    /// State, last transaction number, calls and last error of records, by <c>MA_LK</c> and then id, for status overviews.
    /// Facilities may share an <c>MA_LK</c>, so only the two together say where a page ends.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="after">Last row of the page before; null for the beginning.</param>
    /// <param name="take">Rows, 1–5000.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<IReadOnlyList<RecordStatus>> StatusAsync(Caller caller, RecordStatus? after, int take, CancellationToken ct) =>
        (await database.QueryAsync<StatusRow>(caller, """
            SELECT v.record_id, v.facility, v.ma_lk, v.version, v.state, v.state_cause, w.cause,
              (SELECT s.ma_giao_dich FROM submission s WHERE s.record_id = v.record_id AND s.version = v.version AND s.outcome = 'Accepted'
               ORDER BY s.attempt DESC LIMIT 1) AS ma_giao_dich,
              (SELECT COUNT(*) FROM submission s WHERE s.record_id = v.record_id AND s.version = v.version) AS attempts
            FROM (SELECT record_id, facility, ma_lk, version, state, state_cause FROM record_version
                  WHERE is_current = 1 AND {scope} AND (ma_lk, record_id) > (@maLk, @id) ORDER BY ma_lk, record_id LIMIT @take) v
            LEFT JOIN work_item w ON w.record_id = v.record_id AND w.version = v.version
            ORDER BY v.ma_lk, v.record_id
            """, new { maLk = after?.MaLk ?? "", id = after?.Id.ToString() ?? "", take = Math.Clamp(take, 1, 5000) }, ct)).ConvertAll(r => r.ToStatus());

    private string Where(RecordFilter f, DynamicParameters arguments)
    {
        StringBuilder where = new();
        void And(string condition, string name, object value)
        {
            where.Append(" AND ").Append(condition);
            arguments.Add(name, value);
        }

        // One state is said as such: its index is in the order of the list.
        if (f.States.Count == 1)
            And("state = @state", "state", f.States[0].ToString());
        else if (f.States.Count > 1)
            And("{in:state:@states}", "states", database.Dialect.List(f.States.Select(s => s.ToString())));
        if (f.Facilities.Count > 0)
            And("{in:facility:@facilities}", "facilities", database.Dialect.List(f.Facilities));
        if (f.DischargedFrom is { } from)
            And("ngay_ra >= @from", "from", from.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        if (f.DischargedTo is { } to)
            And("ngay_ra <> '' AND ngay_ra < @to", "to", to.AddDays(1).ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        if (f.ReceivedFrom is { } since)
            And("received_at >= @since", "since", since.ToUnixTimeMilliseconds());
        if (f.ReceivedBefore is { } before)
            And("received_at < @before", "before", before.ToUnixTimeMilliseconds());
        if (!string.IsNullOrWhiteSpace(f.MaLk))
            And("ma_lk LIKE @maLk ESCAPE '\\'", "maLk", Like(f.MaLk.Trim()) + "%");
        if (!string.IsNullOrWhiteSpace(f.Name))
            And("name_search LIKE @name ESCAPE '\\'", "name", "%" + Like(SearchText.Fold(f.Name)) + "%");
        if (f.Blocked is { } blocked)
            where.Append(blocked ? " AND block_count > 0" : " AND block_count = 0");
        return where.ToString();
    }

    private static string Like(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}

/// <summary>Key of a row in a list: its sort value and its id.</summary>
internal static class PageKey
{
    public static string Of(string value, string id) => $"{value}~{id}";

    public static bool TryParse(string key, out string value, out Guid id)
    {
        int at = key.LastIndexOf('~');
        value = at < 0 ? "" : key[..at];
        return Guid.TryParse(at < 0 ? "" : key[(at + 1)..], out id);
    }
}
