namespace LienThong.Gateway.Storage;

/// <summary>Signs of life of the processes that work the outbox.</summary>
internal static class NodeStore
{
    /// <summary>A process not seen for this long is taken for dead. Nodes' clocks must agree far better than this.</summary>
    public static TimeSpan DeadAfter { get; } = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ForgetAfter = TimeSpan.FromDays(1);

    /// <summary>Notes that a process lives.</summary>
    public static async Task BeatAsync(WriteSession session, NodeRow node, CancellationToken ct)
    {
        long now = session.Database.Now;
        await session.ExecuteAsync("""
            INSERT INTO node (owner, host, pid, started_at, seen_at) VALUES (@Owner, @Host, @Pid, @StartedAt, @now)
            ON CONFLICT (owner) DO UPDATE SET seen_at = excluded.seen_at
            """, new { node.Owner, node.Host, node.Pid, node.StartedAt, now }, ct);
        await session.ExecuteAsync("DELETE FROM node WHERE seen_at < @old", new { old = now - (long)ForgetAfter.TotalMilliseconds }, ct);
    }

    /// <summary>Processes of one machine that gave signs of life lately.</summary>
    public static Task<List<NodeRow>> OnHostAsync(Database database, string host, CancellationToken ct) =>
        database.QueryUnscopedAsync<NodeRow>("SELECT owner, host, pid, started_at FROM node WHERE host = @host AND seen_at > @alive",
            new { host, alive = database.Now - (long)DeadAfter.TotalMilliseconds }, ct);

    /// <summary>Notes that a process is gone: what it held may be taken over at once.</summary>
    public static Task BuryAsync(WriteSession session, string owner, CancellationToken ct) =>
        session.ExecuteAsync("DELETE FROM node WHERE owner = @owner", new { owner }, ct);
}

/// <summary>A process that works the outbox.</summary>
internal sealed class NodeRow
{
    public string Owner { get; init; } = "";

    /// <summary>Machine since its last start, and which of its process spaces.</summary>
    public string Host { get; init; } = "";

    public int Pid { get; init; }

    /// <summary>Start of the process.</summary>
    public long StartedAt { get; init; }
}
