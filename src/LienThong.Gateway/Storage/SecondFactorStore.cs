namespace LienThong.Gateway.Storage;

/// <summary>Second factors: encrypted secrets, the last code used, recovery codes as hashes.</summary>
internal static class SecondFactorStore
{
    /// <summary>A secret that counts only when a code of it was given.</summary>
    public static Task OfferAsync(WriteSession session, string userId, byte[] secret, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE app_user SET totp_secret = @secret, totp_since = NULL, totp_step = 0 WHERE user_id = @userId", new { userId, secret }, ct);

    /// <summary>From now on a code is asked for.</summary>
    public static Task ConfirmAsync(WriteSession session, string userId, long step, CancellationToken ct) =>
        session.ExecuteAsync(
            "UPDATE app_user SET totp_since = @now, totp_step = @step WHERE user_id = @userId", new { userId, now = session.Database.Now, step }, ct);

    /// <summary>Takes the code of a step, once.</summary>
    /// <returns>False when it, or a later one, was used already.</returns>
    public static async Task<bool> UseAsync(WriteSession session, string userId, long step, CancellationToken ct) =>
        await session.ExecuteAsync("UPDATE app_user SET totp_step = @step WHERE user_id = @userId AND totp_step < @step", new { userId, step }, ct) == 1;

    /// <summary>No second factor any more.</summary>
    public static async Task RemoveAsync(WriteSession session, string userId, CancellationToken ct)
    {
        await session.ExecuteAsync("UPDATE app_user SET totp_secret = NULL, totp_since = NULL, totp_step = 0 WHERE user_id = @userId", new { userId }, ct);
        await session.ExecuteAsync("DELETE FROM recovery_code WHERE user_id = @userId", new { userId }, ct);
    }

    /// <summary>New recovery codes instead of the old ones.</summary>
    public static async Task ReplaceCodesAsync(WriteSession session, string userId, IEnumerable<string> hashes, CancellationToken ct)
    {
        await session.ExecuteAsync("DELETE FROM recovery_code WHERE user_id = @userId", new { userId }, ct);
        foreach (string hash in hashes)
            await session.ExecuteAsync("INSERT INTO recovery_code (user_id, code_hash) VALUES (@userId, @hash)", new { userId, hash }, ct);
    }

    /// <summary>Takes a recovery code, once.</summary>
    public static async Task<bool> UseCodeAsync(WriteSession session, string userId, string hash, CancellationToken ct) =>
        await session.ExecuteAsync("DELETE FROM recovery_code WHERE user_id = @userId AND code_hash = @hash", new { userId, hash }, ct) == 1;

    /// <summary>Recovery codes left.</summary>
    public static async Task<int> CodesLeftAsync(Database database, string userId, CancellationToken ct) =>
        (int)(await database.QueryUnscopedAsync<long>("SELECT COUNT(*) FROM recovery_code WHERE user_id = @userId", new { userId }, ct))[0];
}
