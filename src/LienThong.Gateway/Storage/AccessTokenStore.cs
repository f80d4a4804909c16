namespace LienThong.Gateway.Storage;

/// <summary>Sessions and bearer tokens, as hashes.</summary>
public sealed class AccessTokenStore(Database database)
{
    private const string Columns =
        "t.token_hash, t.user_id, u.name AS user_name, t.kind, t.label, t.created_at, t.expires_at, t.last_seen_at, t.address, t.device, t.issued_by, t.permissions, t.facilities";

    private const string Alive = "t.revoked_at IS NULL AND t.expires_at > @now AND (t.kind <> 'session' OR COALESCE(t.last_seen_at, t.created_at) > @idleSince)";

    /// <summary>Whose a token is and what they may, while it holds and its user may sign in: asked for every request, so it is one query, with a row per role and facility.</summary>
    internal async Task<TokenHolder?> HolderAsync(string tokenHash, string kind, long idleSince, CancellationToken ct)
    {
        List<HolderRow> rows = await database.QueryUnscopedAsync<HolderRow>($"""
            SELECT {UserStore.Columns}, t.last_seen_at, t.permissions, t.facilities, g.part, g.granted
            FROM access_token t JOIN app_user u ON u.user_id = t.user_id
            LEFT JOIN (SELECT user_id, 'role' AS part, role AS granted FROM user_role UNION ALL SELECT user_id, 'facility', facility FROM user_facility) g ON g.user_id = u.user_id
            WHERE t.token_hash = @tokenHash AND t.kind = @kind AND u.disabled = 0 AND {Alive} ORDER BY g.part, g.granted
            """, new { tokenHash, kind, now = database.Now, idleSince }, ct);
        List<string> Granted(string part) => rows.FindAll(r => r.Part == part).ConvertAll(r => r.Granted!);
        return rows.Count == 0 ? null : new TokenHolder(rows[0], Granted("role"), Granted("facility"));
    }

    /// <summary>What holds, newest first; of one user or, for an empty id, of all.</summary>
    internal async Task<List<TokenRow>> ListAsync(string kind, string userId, long idleSince, CancellationToken ct) =>
        await database.QueryUnscopedAsync<TokenRow>($"""
            SELECT {Columns} FROM access_token t JOIN app_user u ON u.user_id = t.user_id
            WHERE t.kind = @kind AND (@userId = '' OR t.user_id = @userId) AND {Alive} ORDER BY t.created_at DESC, t.token_hash
            """, new { kind, userId, now = database.Now, idleSince }, ct);

    internal static Task InsertAsync(WriteSession session, TokenRow token, CancellationToken ct) =>
        session.ExecuteAsync("""
            INSERT INTO access_token (token_hash, user_id, kind, label, created_at, expires_at, revoked_at, last_seen_at, address, device, issued_by, permissions, facilities)
            VALUES (@TokenHash, @UserId, @Kind, @Label, @CreatedAt, @ExpiresAt, NULL, @LastSeenAt, @Address, @Device, @IssuedBy, @Permissions, @Facilities)
            """, token, ct);

    /// <summary>Notes a request; what another one noted meanwhile stays.</summary>
    internal async Task SeenAsync(string tokenHash, string address, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync("""
            UPDATE access_token SET last_seen_at = @now, address = CASE WHEN @address = '' THEN address ELSE @address END
            WHERE token_hash = @tokenHash AND (last_seen_at IS NULL OR last_seen_at < @now)
            """, new { tokenHash, address, now = database.Now }, ct);
        await session.CommitAsync(ct);
    }

    /// <summary>Ends one token of a user.</summary>
    /// <returns>0 when there was none that held.</returns>
    internal static Task<int> RevokeAsync(WriteSession session, string tokenHash, CancellationToken ct) =>
        session.ExecuteAsync(
            "UPDATE access_token SET revoked_at = @now WHERE token_hash = @tokenHash AND revoked_at IS NULL", new { tokenHash, now = session.Database.Now }, ct);

    /// <summary>Ends sessions, begun ones included; one of them may stay.</summary>
    internal static Task<int> RevokeSessionsAsync(WriteSession session, string userId, string? except, CancellationToken ct) =>
        session.ExecuteAsync(
            "UPDATE access_token SET revoked_at = @now WHERE user_id = @userId AND kind <> 'bearer' AND revoked_at IS NULL AND token_hash <> @except",
            new { userId, now = session.Database.Now, except = except ?? "" }, ct);

    /// <summary>Ends sessions and bearer tokens.</summary>
    internal static Task<int> RevokeAllAsync(WriteSession session, string userId, CancellationToken ct) =>
        session.ExecuteAsync(
            "UPDATE access_token SET revoked_at = @now WHERE user_id = @userId AND revoked_at IS NULL", new { userId, now = session.Database.Now }, ct);

    /// <summary>Forgets what ended before a moment.</summary>
    internal async Task<int> SweepAsync(long before, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        int gone = await session.ExecuteAsync("DELETE FROM access_token WHERE expires_at < @before OR revoked_at < @before", new { before }, ct);
        await session.CommitAsync(ct);
        return gone;
    }
}

internal sealed class TokenRow
{
    public const string Session = "session";
    public const string Pending = "pending";
    public const string Bearer = "bearer";

    public string TokenHash { get; init; } = "";
    public string UserId { get; init; } = "";
    public string UserName { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Label { get; init; } = "";
    public long CreatedAt { get; init; }
    public long ExpiresAt { get; init; }
    public long? LastSeenAt { get; init; }
    public string Address { get; init; } = "";
    public string Device { get; init; } = "";
    public string IssuedBy { get; init; } = "";
    public string? Permissions { get; init; }
    public string? Facilities { get; init; }
}

/// <summary>Whose a token is.</summary>
/// <param name="User">The user, with what the token says of itself.</param>
/// <param name="Roles">The user's roles.</param>
/// <param name="Facilities">The user's facilities.</param>
internal sealed record TokenHolder(HolderRow User, IReadOnlyList<string> Roles, IReadOnlyList<string> Facilities);

internal sealed class HolderRow : UserRow
{
    public long? LastSeenAt { get; init; }
    public string? Permissions { get; init; }
    public string? Facilities { get; init; }
    public string? Part { get; init; }
    public string? Granted { get; init; }
}
