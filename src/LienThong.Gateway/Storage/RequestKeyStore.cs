namespace LienThong.Gateway.Storage;

/// <summary>Keys that requests carry so that they can be repeated, with the answers given.</summary>
internal sealed class RequestKeyStore(Database database)
{
    private const string Columns = "request_sha256, file_id, lease_owner, leased_until, http_status, answer";

    /// <summary>Claims a key that nobody has used yet, or one whose holder vanished; otherwise tells what is known of it.</summary>
    /// <returns>The row as it is afterwards; it is ours when its lease owner is <paramref name="owner"/>.</returns>
    public async Task<RequestKeyRow> ClaimAsync(RequestKeyId key, string sha256, Guid fileId, string owner, TimeSpan lease, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        long now = database.Now;
        var values = new { key.UserId, key.Key, sha256, fileId = fileId.ToString(), owner, until = now + (long)lease.TotalMilliseconds, now };
        // Whoever comes second waits for the first one's insert here and then sees its row.
        int inserted = await session.ExecuteAsync("""
            INSERT INTO request_key (user_id, request_key, request_sha256, file_id, lease_owner, leased_until, created_at)
            VALUES (@UserId, @Key, @sha256, @fileId, @owner, @until, @now) ON CONFLICT (user_id, request_key) DO NOTHING
            """, values, ct);
        if (inserted == 0)
        {
            await session.ExecuteAsync("""
                UPDATE request_key SET lease_owner = @owner, leased_until = @until
                WHERE user_id = @UserId AND request_key = @Key AND request_sha256 = @sha256 AND answer IS NULL AND leased_until < @now
                """, values, ct);
        }
        RequestKeyRow row = (await session.QueryUnscopedAsync<RequestKeyRow>(
            $"SELECT {Columns} FROM request_key WHERE user_id = @UserId AND request_key = @Key", values, ct)).Single();
        await session.CommitAsync(ct);
        return row;
    }

    /// <summary>Keeps a claim for longer.</summary>
    public Task RenewAsync(RequestKeyId key, string owner, TimeSpan lease, CancellationToken ct) =>
        ChangeAsync("UPDATE request_key SET leased_until = @until WHERE user_id = @UserId AND request_key = @Key AND lease_owner = @owner AND answer IS NULL",
            new { key.UserId, key.Key, owner, until = database.Now + (long)lease.TotalMilliseconds }, ct);

    /// <summary>Keeps the answer; the claim ends.</summary>
    public Task AnswerAsync(RequestKeyId key, string owner, int status, byte[] answer, CancellationToken ct) =>
        ChangeAsync("""
            UPDATE request_key SET http_status = @status, answer = @answer, lease_owner = NULL, leased_until = 0
            WHERE user_id = @UserId AND request_key = @Key AND lease_owner = @owner
            """, new { key.UserId, key.Key, owner, status, answer }, ct);

    /// <summary>Gives a claim up, so that a repetition starts at once.</summary>
    public Task ReleaseAsync(RequestKeyId key, string owner, CancellationToken ct) =>
        ChangeAsync("UPDATE request_key SET lease_owner = NULL, leased_until = 0 WHERE user_id = @UserId AND request_key = @Key AND lease_owner = @owner",
            new { key.UserId, key.Key, owner }, ct);

    /// <summary>Forgets keys older than a moment.</summary>
    public Task ForgetAsync(DateTimeOffset before, CancellationToken ct) =>
        ChangeAsync("DELETE FROM request_key WHERE created_at < @before", new { before = before.ToUnixTimeMilliseconds() }, ct);

    private async Task ChangeAsync(string sql, object values, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync(sql, values, ct);
        await session.CommitAsync(ct);
    }
}

/// <summary>A key belongs to who sent it.</summary>
internal sealed record RequestKeyId(string UserId, string Key);

internal sealed class RequestKeyRow
{
    public string RequestSha256 { get; init; } = "";
    public string FileId { get; init; } = "";
    public string? LeaseOwner { get; init; }
    public long LeasedUntil { get; init; }
    public int? HttpStatus { get; init; }
    public byte[]? Answer { get; init; }
}
