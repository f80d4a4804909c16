using LienThong.Gateway.Access;

namespace LienThong.Gateway.Storage;

/// <summary>Facilities with their settings and encrypted secrets.</summary>
public sealed class FacilityStore(Database database)
{
    private const string Columns = """
        facility, name, province, portal_url, portal_user, portal_digest,
        signature_required_from, max_parallel, max_per_minute, stopped_cause, send_paused_cause, sign_paused_cause, send_window, updated_at
        """;

    internal async Task<List<FacilityRow>> ListAsync(Caller caller, CancellationToken ct) =>
        await database.QueryAsync<FacilityRow>(caller, $"SELECT {Columns} FROM facility WHERE {"{scope}"} ORDER BY facility", null, ct);

    internal async Task<FacilityRow?> FindAsync(Caller caller, string facility, CancellationToken ct) =>
        (await database.QueryAsync<FacilityRow>(
            caller, $"SELECT {Columns} FROM facility WHERE facility = @facility AND {"{scope}"}", new { facility }, ct)).SingleOrDefault();

    internal static Task SaveAsync(WriteSession session, string facility, string name, string province, int maxParallel, string? signatureRequiredFrom, CancellationToken ct) =>
        session.ExecuteAsync("""
            INSERT INTO facility (facility, name, province, signature_required_from, max_parallel, created_at, updated_at)
            VALUES (@facility, @name, @province, @signatureRequiredFrom, @maxParallel, @now, @now)
            ON CONFLICT (facility) DO UPDATE SET name = excluded.name, province = excluded.province,
              signature_required_from = excluded.signature_required_from, max_parallel = excluded.max_parallel, updated_at = excluded.updated_at
            """, new { facility, name, province, signatureRequiredFrom, maxParallel, now = session.Database.Now }, ct);

    internal static Task<int> SetPortalAsync(WriteSession session, string facility, string url, string user, byte[] digest, CancellationToken ct) =>
        session.ExecuteAsync("""
            UPDATE facility SET portal_url = @url, portal_user = @user, portal_digest = @digest, send_paused_cause = NULL, updated_at = @now
            WHERE facility = @facility
            """, new { facility, url, user, digest, now = session.Database.Now }, ct);

    internal static Task<int> SetPaceAsync(WriteSession session, string facility, int maxParallel, int? maxPerMinute, CancellationToken ct) =>
        session.ExecuteAsync("""
            UPDATE facility SET max_parallel = @maxParallel, max_per_minute = @maxPerMinute, updated_at = @now WHERE facility = @facility
            """, new { facility, maxParallel, maxPerMinute, now = session.Database.Now }, ct);

    internal static Task<int> SetStoppedAsync(WriteSession session, string facility, string? cause, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE facility SET stopped_cause = @cause WHERE facility = @facility", new { facility, cause }, ct);

    internal static Task<int> SetSendPausedAsync(WriteSession session, string facility, string? cause, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE facility SET send_paused_cause = @cause WHERE facility = @facility", new { facility, cause }, ct);

    internal static Task<int> SetSignPausedAsync(WriteSession session, string facility, string? cause, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE facility SET sign_paused_cause = @cause WHERE facility = @facility", new { facility, cause }, ct);

    internal static Task<int> SetSendWindowAsync(WriteSession session, string facility, string window, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE facility SET send_window = @window WHERE facility = @facility", new { facility, window }, ct);
}

internal sealed class FacilityRow
{
    public string Facility { get; init; } = "";
    public string Name { get; init; } = "";
    public string Province { get; init; } = "";
    public string? PortalUrl { get; init; }
    public string? PortalUser { get; init; }
    public byte[]? PortalDigest { get; init; }
    public string? SignatureRequiredFrom { get; init; }
    public int MaxParallel { get; init; }
    public int? MaxPerMinute { get; init; }
    public string? StoppedCause { get; init; }
    public string? SendPausedCause { get; init; }
    public string? SignPausedCause { get; init; }
    public string SendWindow { get; init; } = "";
    public long UpdatedAt { get; init; }
}
