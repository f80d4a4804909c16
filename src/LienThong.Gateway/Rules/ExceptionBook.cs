using LienThong.Gateway.Storage;
using LienThong.Validation;

namespace LienThong.Gateway.Rules;

/// <summary>The exceptions that judging uses, kept in memory per facility. What another node changed is seen after a few seconds.</summary>
public sealed class ExceptionBook(ExceptionStore store, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private readonly Lock gate = new();
    private volatile Snapshot? current;

    /// <summary>Exceptions of a facility, those for all facilities among them.</summary>
    public ExceptionSet For(string facility)
    {
        Snapshot snapshot = Current();
        return snapshot.ByFacility.GetValueOrDefault(facility, snapshot.ForAll);
    }

    /// <summary>Makes the next look read them anew.</summary>
    public void Forget() => current = null;

    private Snapshot Current()
    {
        DateTimeOffset now = time.GetUtcNow();
        if (current is { } snapshot && now - snapshot.At < Fresh)
            return snapshot;
        lock (gate)
        {
            if (current is { } other && now - other.At < Fresh)
                return other;
            // Judging is synchronous; a handful of rows every few seconds is read while it waits.
            List<ExceptionRow> rows = store.HoldingAsync(now.ToUnixTimeMilliseconds(), CancellationToken.None).GetAwaiter().GetResult();
            return current = Snapshot.Of(rows.ConvertAll(r => r.ToException()), now);
        }
    }

    private sealed record Snapshot(Dictionary<string, ExceptionSet> ByFacility, ExceptionSet ForAll, DateTimeOffset At)
    {
        public static Snapshot Of(List<RuleException> exceptions, DateTimeOffset at)
        {
            List<RuleException> forAll = exceptions.FindAll(e => e.Facility == RuleException.AllFacilities);
            Dictionary<string, ExceptionSet> own = exceptions.Where(e => e.Facility != RuleException.AllFacilities).GroupBy(e => e.Facility, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => ExceptionSet.Of([.. g, .. forAll]), StringComparer.Ordinal);
            return new Snapshot(own, ExceptionSet.Of(forAll), at);
        }
    }
}
