namespace LienThong.Gateway.Storage;

/// <summary>Card lookups under way at the portal, and those of the last minute: they count toward the facility's pace (<see cref="OutboxStore.AllowedAsync"/>).</summary>
internal sealed class CardCallStore(Database database)
{
    // Longer than a sender takes to look again.
    private const long Breath = 10_000;

    /// <summary>How long a call is kept, in milliseconds: longer than any may take.</summary>
    public const long Forgotten = 10 * 60_000;

    /// <summary>Notes a lookup somebody waits for. It goes first: others find one call less free.</summary>
    /// <param name="facility">Facility code.</param>
    /// <param name="longest">After how long it counts as over in any case.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>The call, to be ended.</returns>
    public async Task<string> BeginAsync(string facility, TimeSpan longest, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        string call = await AddAsync(session, facility, longest, ct);
        await session.CommitAsync(ct);
        return call;
    }

    /// <summary>
    /// Notes a lookup nobody waits for, if one may begin now. It never takes the last free call, so sending always finds one; where a facility has a single
    /// call, it leaves it alone for a while after each lookup.
    /// </summary>
    /// <param name="facility">Facility code.</param>
    /// <param name="longest">After how long it counts as over in any case.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>The call, to be ended; null when it has to wait.</returns>
    public async Task<string?> TryBeginAsync(string facility, TimeSpan longest, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        int allowed = await OutboxStore.AllowedAsync(session, facility, null, 0, ct);
        bool free = allowed > 1 || (allowed == 1 && await IsSoleCallRestedAsync(session, facility, ct));
        if (!free)
            return null;
        string call = await AddAsync(session, facility, longest, ct);
        await session.CommitAsync(ct);
        return call;
    }

    /// <summary>Notes that a lookup is over.</summary>
    public async Task EndAsync(string call, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync("UPDATE card_call SET until_at = @now WHERE call_id = @call", new { call, now = database.Now }, ct);
        await session.CommitAsync(ct);
    }

    private static async Task<bool> IsSoleCallRestedAsync(WriteSession session, string facility, CancellationToken ct) =>
        (await session.QueryUnscopedAsync<long>("""
            SELECT COUNT(*) FROM facility f WHERE f.facility = @facility AND (f.max_parallel = 1 OR f.max_per_minute = 1)
              AND NOT EXISTS (SELECT 1 FROM card_call c WHERE c.facility = f.facility AND c.started_at > @old AND c.until_at > @lately)
            """, new { facility, old = session.Database.Now - Forgotten, lately = session.Database.Now - Breath }, ct))[0] == 1;

    private static async Task<string> AddAsync(WriteSession session, string facility, TimeSpan longest, CancellationToken ct)
    {
        long now = session.Database.Now;
        await session.ExecuteAsync("DELETE FROM card_call WHERE facility = @facility AND started_at < @old", new { facility, old = now - Forgotten }, ct);
        string call = Guid.CreateVersion7(session.Database.Time.GetUtcNow()).ToString();
        await session.ExecuteAsync(
            "INSERT INTO card_call (call_id, facility, started_at, until_at) VALUES (@call, @facility, @now, @until)",
            new { call, facility, now, until = now + (long)longest.TotalMilliseconds }, ct);
        return call;
    }
}
