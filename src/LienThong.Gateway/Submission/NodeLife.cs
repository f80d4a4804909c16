using System.Data.Common;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Submission;

/// <summary>Shows other nodes that this process still holds what it claimed, so that they needn't wait for leases to run out when it dies.</summary>
internal sealed class NodeLife(Database database)
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(5);
    private long last = long.MinValue / 2;

    /// <summary>Name of this process on what it claims.</summary>
    public string Owner { get; } = $"{Environment.ProcessId}-{Guid.NewGuid():N}";

    /// <summary>Gives a sign of life unless the last one is fresh. Durable before anything is claimed: a claim without it would be taken over at once.</summary>
    public async Task ShowAsync(CancellationToken ct)
    {
        long now = database.Now;
        if (Math.Abs(now - Interlocked.Read(ref last)) < Rhythm.TotalMilliseconds)
            return;
        await using WriteSession session = await database.BeginAsync(ct);
        await NodeStore.BeatAsync(session, Owner, ct);
        await session.CommitAsync(ct);
        Interlocked.Exchange(ref last, now);
    }

    /// <summary>Gives signs of life until stopped.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(Rhythm, database.Time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await ShowAsync(ct);
            }
            catch (Exception e) when (e is DbException or OperationCanceledException)
            {
                // The database is away for everyone: the next sign comes when it is back.
            }
        }
    }
}
