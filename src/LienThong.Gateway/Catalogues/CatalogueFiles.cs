using LienThong.Validation;

namespace LienThong.Gateway.Catalogues;

/// <summary>Code lists straight from files, without a store: for judging on the command line.</summary>
public static class CatalogueFiles
{
    /// <summary>Reads files; several of one list are taken together. Wrong rows and files are told and left out.</summary>
    /// <param name="paths">Files to read.</param>
    /// <param name="facility">Facility whose rows are taken; empty for all.</param>
    /// <param name="limits">How much is taken.</param>
    /// <exception cref="IOException">A file can't be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be opened.</exception>
    public static (CodeLists Lists, IReadOnlyList<CatalogueProblem> Problems) Load(IEnumerable<string> paths, string facility, CatalogueLimits limits)
    {
        List<ReadSheet> sheets = [];
        List<CatalogueProblem> problems = [];
        foreach (string path in paths)
        {
            using FileStream content = File.OpenRead(path);
            ListReading reading = new(new ReadingOptions(Path.GetFileName(path), facility, null, null, null), limits);
            sheets.AddRange(reading.Read(content, null, CancellationToken.None));
            problems.AddRange(reading.Problems.Told);
        }
        return (new CodeLists(sheets.GroupBy(s => s.Layout.Definition).Select(g => Build(g.Key, [.. g.SelectMany(s => s.Rows)]))), problems);
    }

    private static CodeList Build(ListDefinition definition, List<ListRow> rows)
    {
        string[] names = [.. definition.Columns.Select(c => c.Name)];
        Dictionary<string, int> places = names.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i, StringComparer.Ordinal);
        string?[] cells = new string?[names.Length];
        CodeListBuilder builder = new(definition, names) { CoversTo = rows.TrueForAll(r => r.To is not null) ? rows.Max(r => r.To) : null };
        foreach (ListRow row in rows)
        {
            bool unconfirmed = RowContent.Read(row.Content, places, cells);
            builder.Add(cells, row.From, row.To, row.Accepted, unconfirmed);
        }
        return builder.Build();
    }
}
