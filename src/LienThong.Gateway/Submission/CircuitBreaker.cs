using System.Collections.Concurrent;

namespace LienThong.Gateway.Submission;

/// <summary>Leaves a failing portal alone for a while, then lets a single call try it.</summary>
public sealed class CircuitBreaker(SubmissionOptions options, TimeProvider time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, Circuit> circuits = new(StringComparer.Ordinal);

    /// <summary>How many calls may start now: all asked for, one to try, or none.</summary>
    public int Allow(string portal, int wanted)
    {
        Circuit circuit = circuits.GetOrAdd(portal, _ => new Circuit());
        lock (circuit)
        {
            if (circuit.Failures < options.BreakerFailures)
                return wanted;
            if (time.GetUtcNow() < circuit.OpenUntil || circuit.Trying)
                return 0;
            circuit.Trying = wanted > 0;
            return Math.Min(wanted, 1);
        }
    }

    /// <summary>Gives a permission back that wasn't used.</summary>
    public void Unused(string portal)
    {
        Circuit circuit = circuits.GetOrAdd(portal, _ => new Circuit());
        lock (circuit)
            circuit.Trying = false;
    }

    /// <summary>Reports how a call ended: whether the portal answered at all.</summary>
    public void Report(string portal, bool answered)
    {
        Circuit circuit = circuits.GetOrAdd(portal, _ => new Circuit());
        lock (circuit)
        {
            circuit.Trying = false;
            if (answered)
            {
                (circuit.Failures, circuit.Pause) = (0, TimeSpan.Zero);
                return;
            }
            // Calls that were under way when the circuit opened say nothing new about the portal.
            if (circuit.Failures >= options.BreakerFailures && time.GetUtcNow() < circuit.OpenUntil)
                return;
            if (++circuit.Failures < options.BreakerFailures)
                return;
            circuit.Pause = circuit.Pause == TimeSpan.Zero ? options.BreakerPause : Min(circuit.Pause * 2, LongestPause);
            circuit.OpenUntil = time.GetUtcNow() + circuit.Pause;
        }
    }

    /// <summary>Until when a portal is left alone; null when calls may go.</summary>
    public DateTimeOffset? OpenUntil(string portal)
    {
        if (!circuits.TryGetValue(portal, out Circuit? circuit))
            return null;
        lock (circuit)
            return circuit.Failures >= options.BreakerFailures && time.GetUtcNow() < circuit.OpenUntil ? circuit.OpenUntil : null;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private sealed class Circuit
    {
        public int Failures { get; set; }
        public TimeSpan Pause { get; set; }
        public DateTimeOffset OpenUntil { get; set; }
        public bool Trying { get; set; }
    }
}
