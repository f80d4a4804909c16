using System.Collections.Concurrent;
using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;
using LienThong.Validation;

namespace LienThong.Gateway.Catalogues;

/// <summary>
/// The lists a facility's records are judged by, kept in memory per facility and edition. A new edition, also one applied by another node, is
/// seen within a second; judging that has begun goes on with the lists it began with. Rows are fetched when a list is first looked into.
/// </summary>
public sealed class LoadedLists(Database database, CatalogueStore store)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly Caller Self = Caller.System();
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, CodeLists> byFacility = new(StringComparer.Ordinal);
    private Dictionary<(string Facility, string List), Loaded> lists = [];
    private long checkedAt = long.MinValue;

    /// <summary>The lists of a facility: its own, and the national ones it has no copy of. <see cref="CodeLists.None"/> when there are none.</summary>
    public CodeLists Of(string facility)
    {
        Refresh();
        return byFacility.TryGetValue(facility, out CodeLists? known) ? known : Make(facility);
    }

    /// <summary>Looks for new editions at the next use.</summary>
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
            List<CatalogueEditionRow> newest = store.NewestAsync(Self, CancellationToken.None).GetAwaiter().GetResult();
            Replace(newest);
            Volatile.Write(ref checkedAt, now);
        }
        finally
        {
            gate.Exit();
        }
    }

    private void Replace(List<CatalogueEditionRow> newest)
    {
        Dictionary<(string, string), Loaded> next = [];
        foreach (CatalogueEditionRow row in newest.Where(r => r.RowCount > 0))
        {
            if (ListDefinitions.Find(row.List) is { } definition)
                next[(row.Facility, row.List)] = lists.TryGetValue((row.Facility, row.List), out Loaded? known) && known.Edition == row.Edition ? known : Load(definition, row);
        }
        if (next.Count == lists.Count && next.All(n => lists.TryGetValue(n.Key, out Loaded? l) && l == n.Value))
            return;
        lists = next;
        byFacility.Clear();
    }

    private CodeLists Make(string facility)
    {
        lock (gate)
        {
            if (byFacility.TryGetValue(facility, out CodeLists? known))
                return known;
            CodeList[] own = [.. lists.Where(l => l.Key.Facility == facility && facility.Length > 0).Select(l => l.Value.List)];
            CodeList[] shared = [.. lists.Where(l => l.Key.Facility.Length == 0 && !Array.Exists(own, o => o.Name == l.Key.List)).Select(l => l.Value.List)];
            CodeLists made = own.Length + shared.Length == 0 ? CodeLists.None : new CodeLists([.. own, .. shared]);
            // What comes in a package may name any facility: only known ones are kept.
            if (own.Length > 0 || byFacility.Count < 1000)
                byFacility[facility] = made;
            return made;
        }
    }

    private Loaded Load(ListDefinition definition, CatalogueEditionRow edition) => new(edition.Edition, CodeList.Deferred(
        definition, edition.IsComplete != 0, RowContent.Day(edition.CoversFrom), RowContent.Day(edition.CoversTo), () => Fetch(definition, edition)));

    private CodeList Fetch(ListDefinition definition, CatalogueEditionRow edition)
    {
        string[] names = [.. definition.Columns.Select(c => c.Name)];
        Dictionary<string, int> places = names.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i, StringComparer.Ordinal);
        string?[] cells = new string?[names.Length];
        CodeListBuilder builder = new(definition, names) { IsComplete = edition.IsComplete != 0 };
        List<CatalogueRowRow> rows = store.RowsAsync(Self, edition.Facility, edition.List, edition.Edition, CancellationToken.None).GetAwaiter().GetResult();
        foreach (CatalogueRowRow row in rows)
        {
            bool unconfirmed = RowContent.Read(row.Content, places, cells);
            builder.Add(cells, RowContent.Day(row.ValidFrom), RowContent.Day(row.ValidTo), row.Accepted is { } accepted ? accepted != 0 : null, unconfirmed);
        }
        return builder.Build();
    }

    private sealed record Loaded(int Edition, CodeList List);
}
