namespace LienThong.Gateway.Storage;

/// <summary>Signs of life of the processes that work the outbox.</summary>
internal static class NodeStore
{
    /// <summary>A process not seen for this long is taken for dead. Nodes' clocks must agree far better than this.</summary>
    public static TimeSpan DeadAfter { get; } = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ForgetAfter = TimeSpan.FromDays(1);

    /// <summary>Notes that a process lives.</summary>
    public static async Task BeatAsync(WriteSession session, string owner, CancellationToken ct)
    {
        long now = session.Database.Now;
        await session.ExecuteAsync("""
            INSERT INTO node (owner, host, started_at, seen_at) VALUES (@owner, @host, @now, @now)
            ON CONFLICT (owner) DO UPDATE SET seen_at = excluded.seen_at
            """, new { owner, host = Environment.MachineName, now }, ct);
        await session.ExecuteAsync("DELETE FROM node WHERE seen_at < @old", new { old = now - (long)ForgetAfter.TotalMilliseconds }, ct);
    }
}
