namespace LienThong.Gateway.Storage;

/// <summary>Users, their roles and facilities, sessions and bearer tokens.</summary>
public sealed class UserStore(Database database)
{
    private const string Columns = "user_id, name, display_name, password_hash, all_facilities, failed_count, locked_until, disabled, created_at";

    internal async Task<bool> AnyAsync(CancellationToken ct) =>
        (await database.QueryUnscopedAsync<long>("SELECT COUNT(*) FROM app_user", null, ct))[0] > 0;

    internal async Task<UserRow?> FindAsync(string name, CancellationToken ct) =>
        (await database.QueryUnscopedAsync<UserRow>($"SELECT {Columns} FROM app_user WHERE name = @name", new { name }, ct)).SingleOrDefault();

    internal async Task<UserRow?> FindByIdAsync(string id, CancellationToken ct) =>
        (await database.QueryUnscopedAsync<UserRow>($"SELECT {Columns} FROM app_user WHERE user_id = @id", new { id }, ct)).SingleOrDefault();

    internal async Task<UserRow?> FindByTokenAsync(string tokenHash, string kind, CancellationToken ct) =>
        (await database.QueryUnscopedAsync<UserRow>("""
            SELECT u.user_id, u.name, u.display_name, u.password_hash, u.all_facilities, u.failed_count, u.locked_until, u.disabled, u.created_at
            FROM access_token t JOIN app_user u ON u.user_id = t.user_id
            WHERE t.token_hash = @tokenHash AND t.kind = @kind AND t.revoked_at IS NULL AND t.expires_at > @now AND u.disabled = 0
            """, new { tokenHash, kind, now = database.Now }, ct)).SingleOrDefault();

    internal async Task<List<UserRow>> ListAsync(CancellationToken ct) =>
        await database.QueryUnscopedAsync<UserRow>($"SELECT {Columns} FROM app_user ORDER BY name", null, ct);

    internal async Task<List<string>> RolesAsync(string userId, CancellationToken ct) =>
        await database.QueryUnscopedAsync<string>("SELECT role FROM user_role WHERE user_id = @userId ORDER BY role", new { userId }, ct);

    internal async Task<List<string>> FacilitiesAsync(string userId, CancellationToken ct) =>
        await database.QueryUnscopedAsync<string>("SELECT facility FROM user_facility WHERE user_id = @userId ORDER BY facility", new { userId }, ct);

    internal static async Task<bool> InsertAsync(WriteSession session, UserRow user, IEnumerable<string> roles, IEnumerable<string> facilities, CancellationToken ct)
    {
        int inserted = await session.ExecuteAsync("""
            INSERT INTO app_user (user_id, name, display_name, password_hash, all_facilities, failed_count, locked_until, disabled, created_at)
            VALUES (@UserId, @Name, @DisplayName, @PasswordHash, @AllFacilities, 0, NULL, 0, @CreatedAt)
            ON CONFLICT DO NOTHING
            """, user, ct);
        if (inserted == 0)
            return false;
        await ReplaceGrantsAsync(session, user.UserId, roles, facilities, ct);
        return true;
    }

    internal static async Task ReplaceGrantsAsync(WriteSession session, string userId, IEnumerable<string> roles, IEnumerable<string> facilities, CancellationToken ct)
    {
        await session.ExecuteAsync("DELETE FROM user_role WHERE user_id = @userId", new { userId }, ct);
        await session.ExecuteAsync("DELETE FROM user_facility WHERE user_id = @userId", new { userId }, ct);
        foreach (string role in roles.Distinct(StringComparer.Ordinal))
            await session.ExecuteAsync("INSERT INTO user_role (user_id, role) VALUES (@userId, @role)", new { userId, role }, ct);
        foreach (string facility in facilities.Distinct(StringComparer.Ordinal))
            await session.ExecuteAsync("INSERT INTO user_facility (user_id, facility) VALUES (@userId, @facility)", new { userId, facility }, ct);
    }

    internal static Task SetPasswordAsync(WriteSession session, string userId, string hash, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE app_user SET password_hash = @hash, failed_count = 0, locked_until = NULL WHERE user_id = @userId", new { userId, hash }, ct);

    internal static Task SetDisabledAsync(WriteSession session, string userId, bool disabled, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE app_user SET disabled = @flag WHERE user_id = @userId", new { userId, flag = disabled ? 1 : 0 }, ct);

    internal static Task SetFailuresAsync(WriteSession session, string userId, int failures, long? lockedUntil, CancellationToken ct) =>
        session.ExecuteAsync(
            "UPDATE app_user SET failed_count = @failures, locked_until = @lockedUntil WHERE user_id = @userId", new { userId, failures, lockedUntil }, ct);

    internal static Task InsertTokenAsync(
        WriteSession session, string tokenHash, string userId, string kind, string label, long expiresAt, CancellationToken ct) =>
        session.ExecuteAsync("""
            INSERT INTO access_token (token_hash, user_id, kind, label, created_at, expires_at, revoked_at)
            VALUES (@tokenHash, @userId, @kind, @label, @now, @expiresAt, NULL)
            """, new { tokenHash, userId, kind, label, now = session.Database.Now, expiresAt }, ct);

    internal static Task<int> RevokeAsync(WriteSession session, string tokenHash, CancellationToken ct) =>
        session.ExecuteAsync(
            "UPDATE access_token SET revoked_at = @now WHERE token_hash = @tokenHash AND revoked_at IS NULL", new { tokenHash, now = session.Database.Now }, ct);

    internal static Task<int> RevokeAllAsync(WriteSession session, string userId, CancellationToken ct) =>
        session.ExecuteAsync(
            "UPDATE access_token SET revoked_at = @now WHERE user_id = @userId AND revoked_at IS NULL", new { userId, now = session.Database.Now }, ct);
}

internal sealed class UserRow
{
    public string UserId { get; init; } = "";
    public string Name { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public string PasswordHash { get; init; } = "";
    public int AllFacilities { get; init; }
    public int FailedCount { get; init; }
    public long? LockedUntil { get; init; }
    public int Disabled { get; init; }
    public long CreatedAt { get; init; }
}
