namespace LienThong.Gateway.Storage;

/// <summary>Users with their roles, facilities, passwords and second factor.</summary>
public sealed class UserStore(Database database)
{
    internal const string Columns =
        "u.user_id, u.name, u.display_name, u.password_hash, u.all_facilities, u.failed_count, u.locked_until, u.disabled, u.created_at, " +
        "u.source, u.must_change, u.password_set_at, u.signed_in_at, u.totp_secret, u.totp_since, u.totp_step";

    internal async Task<bool> AnyAsync(CancellationToken ct) =>
        (await database.QueryUnscopedAsync<long>("SELECT COUNT(*) FROM app_user", null, ct))[0] > 0;

    internal async Task<UserRow?> FindAsync(string name, CancellationToken ct) =>
        (await database.QueryUnscopedAsync<UserRow>($"SELECT {Columns} FROM app_user u WHERE u.name = @name", new { name }, ct)).SingleOrDefault();

    internal async Task<UserRow?> FindByIdAsync(string id, CancellationToken ct) =>
        (await database.QueryUnscopedAsync<UserRow>($"SELECT {Columns} FROM app_user u WHERE u.user_id = @id", new { id }, ct)).SingleOrDefault();

    /// <summary>The user as this transaction sees it, held until it ends: two that change it at once come one after the other.</summary>
    internal static async Task<UserRow?> LockAsync(WriteSession session, string id, CancellationToken ct) =>
        (await session.QueryUnscopedAsync<UserRow>($"SELECT {Columns} FROM app_user u WHERE u.user_id = @id {{lock}}", new { id }, ct)).SingleOrDefault();

    internal async Task<List<UserRow>> ListAsync(CancellationToken ct) =>
        await database.QueryUnscopedAsync<UserRow>($"SELECT {Columns} FROM app_user u ORDER BY u.name", null, ct);

    internal async Task<ILookup<string, string>> AllRolesAsync(CancellationToken ct) =>
        (await database.QueryUnscopedAsync<(string UserId, string Role)>("SELECT user_id, role FROM user_role ORDER BY role", null, ct)).ToLookup(r => r.UserId, r => r.Role, StringComparer.Ordinal);

    internal async Task<ILookup<string, string>> AllFacilitiesAsync(CancellationToken ct) =>
        (await database.QueryUnscopedAsync<(string UserId, string Facility)>("SELECT user_id, facility FROM user_facility ORDER BY facility", null, ct))
        .ToLookup(r => r.UserId, r => r.Facility, StringComparer.Ordinal);

    internal async Task<List<string>> RolesAsync(string userId, CancellationToken ct) =>
        await database.QueryUnscopedAsync<string>("SELECT role FROM user_role WHERE user_id = @userId ORDER BY role", new { userId }, ct);

    internal async Task<List<string>> FacilitiesAsync(string userId, CancellationToken ct) =>
        await database.QueryUnscopedAsync<string>("SELECT facility FROM user_facility WHERE user_id = @userId ORDER BY facility", new { userId }, ct);

    internal static async Task<bool> InsertAsync(WriteSession session, UserRow user, IEnumerable<string> roles, IEnumerable<string> facilities, CancellationToken ct)
    {
        int inserted = await session.ExecuteAsync("""
            INSERT INTO app_user (user_id, name, display_name, password_hash, all_facilities, failed_count, locked_until, disabled, created_at, source, must_change, password_set_at)
            VALUES (@UserId, @Name, @DisplayName, @PasswordHash, @AllFacilities, 0, NULL, 0, @CreatedAt, @Source, @MustChange, @CreatedAt)
            ON CONFLICT DO NOTHING
            """, user, ct);
        if (inserted == 0)
            return false;
        await ReplaceGrantsAsync(session, user.UserId, user.AllFacilities != 0, roles, facilities, ct);
        return true;
    }

    internal static async Task ReplaceGrantsAsync(
        WriteSession session, string userId, bool allFacilities, IEnumerable<string> roles, IEnumerable<string> facilities, CancellationToken ct)
    {
        await session.ExecuteAsync("UPDATE app_user SET all_facilities = @all WHERE user_id = @userId", new { userId, all = allFacilities ? 1 : 0 }, ct);
        await session.ExecuteAsync("DELETE FROM user_role WHERE user_id = @userId", new { userId }, ct);
        await session.ExecuteAsync("DELETE FROM user_facility WHERE user_id = @userId", new { userId }, ct);
        foreach (string role in roles.Distinct(StringComparer.Ordinal))
            await session.ExecuteAsync("INSERT INTO user_role (user_id, role) VALUES (@userId, @role)", new { userId, role }, ct);
        foreach (string facility in facilities.Distinct(StringComparer.Ordinal))
            await session.ExecuteAsync("INSERT INTO user_facility (user_id, facility) VALUES (@userId, @facility)", new { userId, facility }, ct);
    }

    internal static Task SetDisplayNameAsync(WriteSession session, string userId, string displayName, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE app_user SET display_name = @displayName WHERE user_id = @userId", new { userId, displayName }, ct);

    /// <summary>A new password; the old one goes into the history, of which the newest are kept.</summary>
    internal static async Task SetPasswordAsync(WriteSession session, UserRow user, string hash, bool mustChange, int remembered, CancellationToken ct)
    {
        long now = session.Database.Now;
        if (user.PasswordHash.Length > 0)
        {
            await session.ExecuteAsync(
                "INSERT INTO password_history (user_id, password_hash, set_at) VALUES (@UserId, @PasswordHash, @now) ON CONFLICT DO NOTHING", new { user.UserId, user.PasswordHash, now }, ct);
        }
        await session.ExecuteAsync("""
            DELETE FROM password_history WHERE user_id = @UserId AND password_hash NOT IN
              (SELECT password_hash FROM password_history WHERE user_id = @UserId ORDER BY set_at DESC, password_hash LIMIT @remembered)
            """, new { user.UserId, remembered }, ct);
        await session.ExecuteAsync("""
            UPDATE app_user SET password_hash = @hash, password_set_at = @now, must_change = @flag, failed_count = 0, locked_until = NULL WHERE user_id = @UserId
            """, new { user.UserId, hash, now, flag = mustChange ? 1 : 0 }, ct);
    }

    /// <summary>The same password, hashed anew.</summary>
    internal static Task RehashAsync(WriteSession session, string userId, string hash, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE app_user SET password_hash = @hash WHERE user_id = @userId", new { userId, hash }, ct);

    internal async Task<List<string>> PasswordHistoryAsync(string userId, int take, CancellationToken ct) =>
        await database.QueryUnscopedAsync<string>(
            "SELECT password_hash FROM password_history WHERE user_id = @userId ORDER BY set_at DESC, password_hash LIMIT @take", new { userId, take }, ct);

    internal static Task SetDisabledAsync(WriteSession session, string userId, bool disabled, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE app_user SET disabled = @flag WHERE user_id = @userId", new { userId, flag = disabled ? 1 : 0 }, ct);

    internal static Task SetFailuresAsync(WriteSession session, string userId, int failures, long? lockedUntil, CancellationToken ct) =>
        session.ExecuteAsync(
            "UPDATE app_user SET failed_count = @failures, locked_until = @lockedUntil WHERE user_id = @userId", new { userId, failures, lockedUntil }, ct);

    internal static Task SetSignedInAsync(WriteSession session, string userId, CancellationToken ct) =>
        session.ExecuteAsync(
            "UPDATE app_user SET failed_count = 0, locked_until = NULL, signed_in_at = @now WHERE user_id = @userId", new { userId, now = session.Database.Now }, ct);
}

internal class UserRow
{
    public const string Local = "local";
    public const string Directory = "directory";

    public string UserId { get; init; } = "";
    public string Name { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public string PasswordHash { get; init; } = "";
    public int AllFacilities { get; init; }
    public int FailedCount { get; init; }
    public long? LockedUntil { get; init; }
    public int Disabled { get; init; }
    public long CreatedAt { get; init; }
    public string Source { get; init; } = Local;
    public int MustChange { get; init; }
    public long? PasswordSetAt { get; init; }
    public long? SignedInAt { get; init; }
    public byte[]? TotpSecret { get; init; }
    public long? TotpSince { get; init; }
    public long TotpStep { get; init; }
}
