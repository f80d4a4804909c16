namespace LienThong.PortalSimulator;

/// <summary>The faults arranged at the moment. Thread-safe.</summary>
public sealed class FaultBook
{
    private readonly Lock gate = new();
    private readonly List<Entry> entries = [];
    private readonly SimulatorClock clock;

    internal FaultBook(SimulatorClock clock) => this.clock = clock;

    /// <summary>Arranges a fault; it takes effect with the next call.</summary>
    /// <exception cref="ArgumentException">Unknown kind, or <c>Every</c> or <c>Count</c> below 1.</exception>
    public void Add(FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (!FaultKinds.IsKnown(rule.Kind) || rule.Every < 1 || rule.Count < 1)
            throw new ArgumentException($"Unknown fault «{rule.Kind}», or every/count below 1.", nameof(rule));
        lock (gate)
        {
            if (rule.Kind == FaultKinds.ClockSkew)
                clock.Skew = TimeSpan.FromSeconds(rule.Seconds);
            entries.Add(new Entry(rule));
        }
    }

    /// <summary>Removes all faults and sets the clock right.</summary>
    public void Clear()
    {
        lock (gate)
        {
            entries.Clear();
            clock.Skew = TimeSpan.Zero;
        }
    }

    /// <summary>The faults arranged and how often each was played.</summary>
    public IReadOnlyList<(FaultRule Rule, int Played)> All()
    {
        lock (gate)
            return [.. entries.Select(static e => (e.Rule, e.Played))];
    }

    /// <summary>The fault to play on this call, counted as played; null when none.</summary>
    internal FaultRule? Next(string service, string account, string maLk)
    {
        lock (gate)
        {
            foreach (Entry entry in entries)
            {
                if (entry.Rule.Kind == FaultKinds.ClockSkew || entry.Played >= (entry.Rule.Count ?? int.MaxValue)
                    || !entry.Rule.Fits(service, account, maLk) || ++entry.Seen % entry.Rule.Every != 0)
                {
                    continue;
                }

                entry.Played++;
                return entry.Rule;
            }

            return null;
        }
    }

    private sealed class Entry(FaultRule rule)
    {
        public FaultRule Rule { get; } = rule;

        public int Seen { get; set; }

        public int Played { get; set; }
    }
}
