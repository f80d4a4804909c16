using System.Collections.Concurrent;
using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;
using LienThong.Validation;

namespace LienThong.Gateway.Catalogues;

/// <summary>
/// The lists a facility's records are judged by, kept in memory per facility and edition. A new edition, also one applied by another node, is
/// seen within a second; judging that has begun goes on with the lists it began with. Rows are fetched when a list is first looked into.
/// </summary>
public sealed class LoadedLists
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly Caller Self = Caller.System();
    private readonly CatalogueStore store;
    private readonly Refreshed<Editions> editions;

    /// <summary>The lists that a store holds.</summary>
    public LoadedLists(Database database, CatalogueStore store)
    {
        this.store = store;
        editions = new Refreshed<Editions>(database.Time, Fresh, Newest);
    }

    /// <summary>The lists of a facility: its own, and the national ones it has no copy of. <see cref="CodeLists.None"/> when there are none.</summary>
    public CodeLists Of(string facility) => editions.Value.Of(facility);

    /// <summary>Looks for new editions at the next use.</summary>
    public void Expire() => editions.Expire();

    private Editions Newest(Editions? before)
    {
        // Judging is synchronous work on threads of its own.
        List<CatalogueEditionRow> newest = store.NewestAsync(Self, CancellationToken.None).GetAwaiter().GetResult();
        Dictionary<(string, string), Loaded> next = [];
        foreach (CatalogueEditionRow row in newest.Where(r => r.RowCount > 0))
        {
            if (ListDefinitions.Find(row.List) is { } definition)
                next[(row.Facility, row.List)] = before?.Find(row.Facility, row.List) is { } known && known.Edition == row.Edition ? known : Load(definition, row);
        }
        return before is not null && before.Holds(next) ? before : new Editions(next);
    }

    private Loaded Load(ListDefinition definition, CatalogueEditionRow edition) => new(edition.Edition, CodeList.Deferred(
        definition, edition.IsComplete != 0, RowContent.Day(edition.CoversFrom), RowContent.Day(edition.CoversTo), () => Fetch(definition, edition)));

    private CodeList Fetch(ListDefinition definition, CatalogueEditionRow edition)
    {
        string[] names = [.. definition.Columns.Select(c => c.Name)];
        Dictionary<string, int> places = names.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i, StringComparer.Ordinal);
        string?[] cells = new string?[names.Length];
        CodeListBuilder builder = new(definition, names) { IsComplete = edition.IsComplete != 0 };
        foreach (CatalogueRowRow row in store.RowsAsync(Self, edition.Facility, edition.List, edition.Edition, CancellationToken.None).ToBlockingEnumerable())
        {
            bool unconfirmed = RowContent.Read(row.Content, places, cells);
            builder.Add(cells, RowContent.Day(row.ValidFrom), RowContent.Day(row.ValidTo), row.Accepted is { } accepted ? accepted != 0 : null, unconfirmed);
        }
        return builder.Build();
    }

    private sealed record Loaded(int Edition, CodeList List);

    private sealed class Editions(Dictionary<(string Facility, string List), Loaded> lists)
    {
        private readonly ConcurrentDictionary<string, CodeLists> byFacility = new(StringComparer.Ordinal);

        public Loaded? Find(string facility, string list) => lists.GetValueOrDefault((facility, list));

        public bool Holds(Dictionary<(string Facility, string List), Loaded> next) =>
            next.Count == lists.Count && next.All(n => lists.TryGetValue(n.Key, out Loaded? l) && l == n.Value);

        public CodeLists Of(string facility)
        {
            if (byFacility.TryGetValue(facility, out CodeLists? known))
                return known;
            CodeList[] own = [.. lists.Where(l => l.Key.Facility == facility && facility.Length > 0).Select(l => l.Value.List)];
            CodeList[] shared = [.. lists.Where(l => l.Key.Facility.Length == 0 && !Array.Exists(own, o => o.Name == l.Key.List)).Select(l => l.Value.List)];
            CodeLists made = own.Length + shared.Length == 0 ? CodeLists.None : new CodeLists([.. own, .. shared]);
            // What comes in a package may name any facility: only known ones are kept.
            return own.Length > 0 || byFacility.Count < 1000 ? byFacility.GetOrAdd(facility, made) : made;
        }
    }
}
