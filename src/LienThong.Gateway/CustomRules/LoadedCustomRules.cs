using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;
using LienThong.Validation.Custom;

namespace LienThong.Gateway.CustomRules;

/// <summary>
/// The custom rules a facility's records are judged by, compiled once per version. A change, also one made on another node, is seen within a
/// second; judging that has begun goes on with the rules it began with.
/// </summary>
public sealed class LoadedCustomRules
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly CustomRuleStore store;
    private readonly Refreshed<Compiled> current;

    /// <summary>The rules that a store holds.</summary>
    public LoadedCustomRules(Database database, CustomRuleStore store)
    {
        this.store = store;
        current = new Refreshed<Compiled>(database.Time, Fresh, Read);
    }

    /// <summary>The rules of a facility that are switched on; <see cref="Validation.Custom.CustomRules.None"/> when there are none.</summary>
    public Validation.Custom.CustomRules Of(string facility) => current.Value.ByFacility.GetValueOrDefault(facility, Validation.Custom.CustomRules.None);

    /// <summary>Looks for changes at the next use.</summary>
    public void Expire() => current.Expire();

    private Compiled Read(Compiled? before)
    {
        // Judging is synchronous work on threads of its own.
        List<CustomRuleRow> rows = store.ListAsync(Caller.System(), CancellationToken.None).GetAwaiter().GetResult();
        Dictionary<(string Facility, string Name, int Version), CustomRuleFile> next = [];
        foreach (CustomRuleRow row in rows.Where(r => r.Active != 0))
        {
            (string, string, int) key = (row.Facility, row.Name, row.Version);
            // What was stored had no mistake; a program that no longer understands it leaves it out.
            if ((before?.Files.GetValueOrDefault(key) ?? CustomRuleFile.Load(row.Content, row.Name).File) is { } file)
                next[key] = file;
        }
        if (before is not null && next.Count == before.Files.Count && next.Keys.All(before.Files.ContainsKey))
            return before;
        return new Compiled(next, next.GroupBy(n => n.Key.Facility, n => n.Value, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => new Validation.Custom.CustomRules(g), StringComparer.Ordinal));
    }

    private sealed record Compiled(
        Dictionary<(string Facility, string Name, int Version), CustomRuleFile> Files, Dictionary<string, Validation.Custom.CustomRules> ByFacility);
}
