namespace LienThong.Gateway.Storage;

/// <summary>Calls to the portal and what came back.</summary>
internal static class SubmissionStore
{
    public static async Task<Guid> StartAsync(WriteSession session, VersionRow v, string service, string actor, CancellationToken ct)
    {
        Guid id = Guid.CreateVersion7(session.Database.Time.GetUtcNow());
        string? follows = (await session.QueryUnscopedAsync<string>(
            "SELECT submission_id FROM submission WHERE record_id = @RecordId AND version = @Version ORDER BY attempt DESC LIMIT 1",
            new { v.RecordId, v.Version }, ct)).SingleOrDefault();
        await session.ExecuteAsync("""
            INSERT INTO submission (submission_id, record_id, version, facility, ma_lk, attempt, follows, service, request_ref, request_sha256,
              certificate_serial, started_at, simulator, actor)
            SELECT @id, @RecordId, @Version, @Facility, @MaLk, COUNT(*) + 1, @follows, @service, @SignedRef, @SignedSha256, @CertificateSerial, @now, 0, @actor
            FROM submission WHERE record_id = @RecordId AND version = @Version
            """, new
        {
            id = id.ToString(),
            v.RecordId,
            v.Version,
            v.Facility,
            v.MaLk,
            follows,
            service,
            v.SignedRef,
            v.SignedSha256,
            v.CertificateSerial,
            now = session.Database.Now,
            actor,
        }, ct);
        return id;
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

    public static Task EndAsync(WriteSession session, string submissionId, SubmissionEnd end, CancellationToken ct) =>
        session.ExecuteAsync("""
            UPDATE submission SET ended_at = @now, outcome = @Outcome, code = @Code, message = @Message, http_status = @HttpStatus,
              ma_giao_dich = @MaGiaoDich, thoi_gian_tiep_nhan = @ThoiGianTiepNhan, answer = @Answer, simulator = @simulator, later_state = @LaterState
            WHERE submission_id = @submissionId AND ended_at IS NULL
            """, new
        {
            submissionId,
            now = session.Database.Now,
            end.Outcome,
            end.Code,
            end.Message,
            end.HttpStatus,
            end.MaGiaoDich,
            end.ThoiGianTiepNhan,
            end.Answer,
            simulator = end.Simulator ? 1 : 0,
            end.LaterState,
        }, ct);
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
