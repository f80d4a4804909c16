using LienThong.Gateway.Storage;
using LienThong.Validation;

namespace LienThong.Gateway.Rules;

/// <summary>The exceptions that judging uses, kept in memory per facility. What another node changed is seen after a few seconds.</summary>
public sealed class ExceptionBook
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private readonly ExceptionStore store;
    private readonly TimeProvider time;
    private readonly Refreshed<Snapshot> current;

    /// <summary>The exceptions that a store holds.</summary>
    public ExceptionBook(ExceptionStore store, TimeProvider time)
    {
        this.store = store;
        this.time = time;
        current = new Refreshed<Snapshot>(time, Fresh, Read);
    }

    /// <summary>Exceptions of a facility, those for all facilities among them.</summary>
    public ExceptionSet For(string facility)
    {
        Snapshot snapshot = current.Value;
        return snapshot.ByFacility.GetValueOrDefault(facility, snapshot.ForAll);
    }

    /// <summary>Makes the next look read them anew.</summary>
    public void Forget() => current.Expire();

    // Judging is synchronous; a handful of rows every few seconds is read while it waits.
    private Snapshot Read(Snapshot? before) => Snapshot.Of(
        store.HoldingAsync(time.GetUtcNow().ToUnixTimeMilliseconds(), CancellationToken.None).GetAwaiter().GetResult().ConvertAll(r => r.ToException()));

    private sealed record Snapshot(Dictionary<string, ExceptionSet> ByFacility, ExceptionSet ForAll)
    {
        public static Snapshot Of(List<RuleException> exceptions)
        {
            List<RuleException> forAll = exceptions.FindAll(e => e.Facility == RuleException.AllFacilities);
            Dictionary<string, ExceptionSet> own = exceptions.Where(e => e.Facility != RuleException.AllFacilities).GroupBy(e => e.Facility, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => ExceptionSet.Of([.. g, .. forAll]), StringComparer.Ordinal);
            return new Snapshot(own, ExceptionSet.Of(forAll));
        }
    }
}
