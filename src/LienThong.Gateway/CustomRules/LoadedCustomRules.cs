using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;
using LienThong.Validation.Custom;

namespace LienThong.Gateway.CustomRules;

/// <summary>
/// The custom rules a facility's records are judged by, compiled once per version. A change, also one made on another node, is seen within a
/// second; judging that has begun goes on with the rules it began with.
/// </summary>
public sealed class LoadedCustomRules(Database database, CustomRuleStore store)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private Dictionary<(string Facility, string Name, int Version), CustomRuleFile> compiled = [];
    private Dictionary<string, Validation.Custom.CustomRules> byFacility = new(StringComparer.Ordinal);
    private long checkedAt = long.MinValue;

    /// <summary>The rules of a facility that are switched on; <see cref="Validation.Custom.CustomRules.None"/> when there are none.</summary>
    public Validation.Custom.CustomRules Of(string facility)
    {
        Refresh();
        return Volatile.Read(ref byFacility).TryGetValue(facility, out Validation.Custom.CustomRules? rules) ? rules : Validation.Custom.CustomRules.None;
    }

    /// <summary>Looks for changes at the next use.</summary>
    public void Expire() => Volatile.Write(ref checkedAt, long.MinValue);

    private void Refresh()
    {
        long now = database.Time.GetTimestamp();
        long last = Volatile.Read(ref checkedAt);
        if (last != long.MinValue && database.Time.GetElapsedTime(last, now) < Fresh)
            return;
        // One thread looks; the first time everybody waits for it, later the others go on with what is there.
        if (last == long.MinValue)
            gate.Enter();
        else if (!gate.TryEnter())
            return;
        try
        {
            if (Volatile.Read(ref checkedAt) != last)
                return;
            // Judging is synchronous work on threads of its own.
            Replace(store.ListAsync(Caller.System(), CancellationToken.None).GetAwaiter().GetResult());
            Volatile.Write(ref checkedAt, now);
        }
        finally
        {
            gate.Exit();
        }
    }

    private void Replace(List<CustomRuleRow> rows)
    {
        Dictionary<(string, string, int), CustomRuleFile> next = [];
        foreach (CustomRuleRow row in rows.Where(r => r.Active != 0))
        {
            (string, string, int) key = (row.Facility, row.Name, row.Version);
            // What was stored had no mistake; a program that no longer understands it leaves it out.
            if ((compiled.TryGetValue(key, out CustomRuleFile? known) ? known : CustomRuleFile.Load(row.Content, row.Name).File) is { } file)
                next[key] = file;
        }
        if (next.Count == compiled.Count && next.Keys.All(compiled.ContainsKey))
            return;
        compiled = next;
        Volatile.Write(ref byFacility, next.GroupBy(n => n.Key.Item1, n => n.Value, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => new Validation.Custom.CustomRules(g), StringComparer.Ordinal));
    }
}
