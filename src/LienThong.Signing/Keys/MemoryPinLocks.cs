using System.Collections.Concurrent;

namespace LienThong.Signing;

/// <summary>Locks that last as long as the process: for a command that opens a key once, and for tests.</summary>
public sealed class MemoryPinLocks : IPinLocks
{
    private readonly ConcurrentDictionary<string, PinState> states = new(StringComparer.Ordinal);

    /// <summary>Lets a person's new try happen.</summary>
    public void Unlock(string scope) => states.TryRemove(scope, out _);

    /// <inheritdoc/>
    public ValueTask<PinState> BeginAsync(string scope, CancellationToken ct) =>
        ValueTask.FromResult(states.TryAdd(scope, PinState.Trying) ? PinState.Free : states.GetValueOrDefault(scope, PinState.Trying));

    /// <inheritdoc/>
    public ValueTask EndAsync(string scope, bool wrong)
    {
        if (wrong) states[scope] = PinState.Locked;
        else states.TryRemove(scope, out _);
        return ValueTask.CompletedTask;
    }
}
