namespace LienThong.Gateway.Storage.Sources;

/// <summary>Watches over a running query: ends it when its time is over, when the caller stops, or when somebody waits for what it holds.</summary>
internal sealed class AdoWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly CancellationTokenRegistration overdue;
    private readonly Task watching;
    private readonly CancellationTokenSource done = new();

    /// <summary>Watches the time alone.</summary>
    public AdoWatch(TimeSpan timeout, Action cancel, CancellationToken ct)
        : this(timeout, cancel, null, default, default, ct)
    {
    }

    /// <summary>Starts watching.</summary>
    /// <param name="timeout">Longest time.</param>
    /// <param name="cancel">Ends the query from another thread.</param>
    /// <param name="isInTheWay">Tells whether somebody waits for the query; null when the database can't tell.</param>
    /// <param name="first">When that is asked first.</param>
    /// <param name="every">How often it is asked from then on.</param>
    /// <param name="ct">Ends the query.</param>
    public AdoWatch(TimeSpan timeout, Action cancel, Func<CancellationToken, Task<bool>>? isInTheWay, TimeSpan first, TimeSpan every, CancellationToken ct)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        stop.CancelAfter(timeout);
        overdue = stop.Token.Register(() =>
        {
            IsOverdue = !ct.IsCancellationRequested && !GaveWay;
            cancel();
        });
        watching = isInTheWay is null ? Task.CompletedTask : WatchAsync(isInTheWay, first, every);
    }

    /// <summary>Ends with the query's time.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>Whether its time was over.</summary>
    public bool IsOverdue { get; private set; }

    /// <summary>Whether it was ended for somebody who waited.</summary>
    public bool GaveWay { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await done.CancelAsync();
        await watching;
        await overdue.DisposeAsync();
        stop.Dispose();
        done.Dispose();
    }

    private async Task WatchAsync(Func<CancellationToken, Task<bool>> isInTheWay, TimeSpan first, TimeSpan every)
    {
        try
        {
            for (TimeSpan wait = first; ; wait = every)
            {
                await Task.Delay(wait, done.Token);
                if (!await isInTheWay(done.Token)) continue;
                GaveWay = true;
                await stop.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The query is over.
        }
        catch (Exception e) when (AdoSource.IsTrouble(e))
        {
            // It can't be told who waits: the time limit alone holds.
        }
    }
}
