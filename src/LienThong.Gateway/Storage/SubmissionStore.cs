namespace LienThong.Gateway.Storage;

/// <summary>Calls to the portal and what came back.</summary>
internal static class SubmissionStore
{
    private static readonly string[] Started =
    [
        "submission_id", "record_id", "version", "facility", "ma_lk", "attempt", "follows", "service", "request_ref", "request_sha256", "certificate_serial",
        "started_at", "simulator", "actor",
    ];

    private static readonly string[] EndNames = ["id", "now", "outcome", "code", "message", "status", "transaction", "received", "answer", "simulator", "later"];

    /// <summary>Notes calls that are about to be made.</summary>
    /// <returns>Their ids, in the order of the versions.</returns>
    public static async Task<Guid[]> StartAsync(WriteSession session, IReadOnlyList<VersionRow> versions, string service, string actor, CancellationToken ct)
    {
        if (versions.Count == 0)
            return [];
        ILookup<(string, int), string> earlier = (await session.QueryUnscopedAsync<(string RecordId, int Version, string Id)>(
            "SELECT record_id, version, submission_id FROM submission WHERE {in:record_id:@ids} ORDER BY record_id, version, attempt",
            new { ids = session.Database.Dialect.List(versions.Select(v => v.RecordId)) }, ct)).ToLookup(s => (s.RecordId, s.Version), s => s.Id);
        Guid[] ids = new Guid[versions.Count];
        List<object?[]> rows = [];
        for (int i = 0; i < ids.Length; i++)
        {
            VersionRow v = versions[i];
            ids[i] = Guid.CreateVersion7(session.Database.Time.GetUtcNow());
            string[] before = [.. earlier[(v.RecordId, v.Version)]];
            rows.Add([
                ids[i].ToString(), v.RecordId, v.Version, v.Facility, v.MaLk, before.Length + 1, before.LastOrDefault(), service, v.SignedRef, v.SignedSha256,
                v.CertificateSerial, session.Database.Now, 0, actor,
            ]);
        }
        await session.InsertManyAsync("submission", Started, rows, ct);
        return ids;
    }

    /// <summary>The newest accepted version of each record that isn't the one now to be sent, with the reason given for replacing it.</summary>
    public static async Task<Dictionary<string, AcceptedRow>> AcceptedBeforeAsync(WriteSession session, IReadOnlyCollection<VersionRow> versions, CancellationToken ct)
    {
        List<AcceptedRow> rows = await session.QueryUnscopedAsync<AcceptedRow>("""
            SELECT s.record_id, s.version, s.ended_at, v.content_sha256, n.reason, n.reason_code
            FROM submission s
            JOIN record_version v ON v.record_id = s.record_id AND v.version = s.version
            JOIN record_version n ON n.record_id = s.record_id AND n.is_current = 1
            WHERE {in:s.record_id:@ids} AND s.outcome = 'Accepted' AND s.version < n.version
            ORDER BY s.record_id, s.version
            """, new { ids = session.Database.Dialect.List([.. versions.Where(v => v.Version > 1).Select(v => v.RecordId)]) }, ct);
        Dictionary<string, AcceptedRow> newest = new(StringComparer.Ordinal);
        foreach (AcceptedRow row in rows)
            newest[row.RecordId] = row;
        return newest;
    }

    /// <summary>Notes what became of calls; one that has ended already stays as it is.</summary>
    public static Task EndAsync(WriteSession session, IEnumerable<(Guid Id, SubmissionEnd End)> calls, CancellationToken ct) =>
        session.ExecuteManyAsync("""
            UPDATE submission SET ended_at = @now, outcome = @outcome, code = @code, message = @message, http_status = @status,
              ma_giao_dich = @transaction, thoi_gian_tiep_nhan = @received, answer = @answer, simulator = @simulator, later_state = @later
            WHERE submission_id = @id AND ended_at IS NULL
            """, EndNames, [.. calls.Select(c => new object?[]
        {
            c.Id.ToString(), session.Database.Now, c.End.Outcome, c.End.Code, c.End.Message, c.End.HttpStatus, c.End.MaGiaoDich, c.End.ThoiGianTiepNhan, c.End.Answer,
            c.End.Simulator ? 1 : 0, c.End.LaterState,
        })], ct);
}

/// <summary>An earlier version that the portal took, beside the current one.</summary>
internal sealed class AcceptedRow
{
    public string RecordId { get; init; } = "";
    public int Version { get; init; }
    public long EndedAt { get; init; }
    public string ContentSha256 { get; init; } = "";
    public string? Reason { get; init; }
    public string? ReasonCode { get; init; }
}

internal sealed record SubmissionEnd(
    string Outcome, string? Code, string? Message, int? HttpStatus = null, string? MaGiaoDich = null, string? ThoiGianTiepNhan = null,
    byte[]? Answer = null, bool Simulator = false, string? LaterState = null);
