using LienThong.Signing;

namespace LienThong.Gateway.Tests.Support;

/// <summary>Locks in a state the test sets: free, a try going on elsewhere, or locked after a wrong PIN.</summary>
internal sealed class StandingLocks : IPinLocks
{
    public PinState State { get; set; }

    public ValueTask<PinState> BeginAsync(string scope, CancellationToken ct) => ValueTask.FromResult(State);

    public ValueTask EndAsync(string scope, bool wrong) => ValueTask.CompletedTask;
}
