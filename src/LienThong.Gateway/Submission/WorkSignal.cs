namespace LienThong.Gateway.Submission;

/// <summary>Wakes the submission worker when there may be something to do, so that it needn't poll quickly.</summary>
public class WorkSignal : IDisposable
{
    private readonly SemaphoreSlim waiting = new(0, 1);

    /// <summary>Says that there may be work. Never blocks.</summary>
    public void Pulse()
    {
        try
        {
            waiting.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already signalled and not yet seen.
        }
    }

    /// <summary>Waits for the next pulse, at most <paramref name="longest"/>.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken ct) => waiting.WaitAsync(longest, ct);

    /// <inheritdoc/>
    public void Dispose()
    {
        waiting.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Wakes the worker of deliveries, so that a check-in leaves at once.</summary>
public sealed class DeliverySignal : WorkSignal;
