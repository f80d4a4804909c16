namespace LienThong.Gateway.Storage;

/// <summary>Portal sessions that nodes share, and who is logging in.</summary>
internal static class PortalSessionStore
{
    public static async Task<byte[]?> ReadAsync(Database database, string account, CancellationToken ct) =>
        (await database.QueryUnscopedAsync<byte[]>("SELECT session FROM portal_session WHERE account = @account AND session IS NOT NULL", new { account }, ct))
            .SingleOrDefault();

    /// <summary>Takes the right to log in unless somebody has it.</summary>
    public static async Task<bool> ClaimAsync(WriteSession session, string account, string facility, string owner, TimeSpan hold, CancellationToken ct)
    {
        long now = session.Database.Now;
        return await session.ExecuteAsync("""
            INSERT INTO portal_session (account, facility, login_owner, login_until) VALUES (@account, @facility, @owner, @until)
            ON CONFLICT (account) DO UPDATE SET login_owner = excluded.login_owner, login_until = excluded.login_until
            WHERE portal_session.login_owner IS NULL OR portal_session.login_until <= @now
            """, new { account, facility, owner, now, until = now + (long)hold.TotalMilliseconds }, ct) == 1;
    }

    /// <summary>Keeps what a login came to. An account that a person changed meanwhile has no row any more: then nothing is kept.</summary>
    public static Task LeaveAsync(WriteSession session, string account, string owner, byte[]? kept, CancellationToken ct) =>
        session.ExecuteAsync("""
            UPDATE portal_session SET session = COALESCE(@kept, session), login_owner = NULL, login_until = NULL WHERE account = @account AND login_owner = @owner
            """, new { account, owner, kept }, ct);

    /// <summary>Drops sessions and remembered refusals of a facility: its account was changed or a person lets it try again.</summary>
    public static Task ForgetAsync(WriteSession session, string facility, CancellationToken ct) =>
        session.ExecuteAsync("DELETE FROM portal_session WHERE facility = @facility", new { facility }, ct);
}
