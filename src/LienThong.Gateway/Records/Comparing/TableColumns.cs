using System.Collections.Concurrent;
using System.Reflection;
using LienThong.Standard;

namespace LienThong.Gateway.Records.Comparing;

/// <summary>The fields of a table over all releases, and by which of them its rows are known again (<c>row_keys.csv</c>).</summary>
internal sealed class TableColumns
{
    private static readonly Dictionary<TableId, string[]> Keys = ReadKeys();
    private static readonly ConcurrentDictionary<TableId, TableColumns> Known = new();

    private TableColumns(TableId table)
    {
        Fields = [.. Releases.All.Reverse().SelectMany(r => r.Table(table) is { } spec ? spec.Fields.AsEnumerable() : []).DistinctBy(f => f.Id)];
        FieldId[] own = [.. Fields.Where(f => f.Name is not ("STT" or "MA_LK")).Select(f => f.Id)];
        Content = own;
        (Full, Weak, Title) = Keys.TryGetValue(table, out string[]? row) ? (Named(table, row[1]), Named(table, row[2]), Named(table, row[3])) : ([], [], []);
        Stt = FieldId.TryParse(table, "STT", out FieldId stt) ? stt : null;
    }

    /// <summary>All fields, in the order of the newest release.</summary>
    public IReadOnlyList<FieldSpec> Fields { get; }

    /// <summary>What makes a row what it is: everything but its number and the record's key.</summary>
    public FieldId[] Content { get; }

    /// <summary>Codes and times by which a row is known again when its amounts changed; empty when the table has none.</summary>
    public FieldId[] Full { get; }

    /// <summary>Codes alone.</summary>
    public FieldId[] Weak { get; }

    /// <summary>What people call a row by.</summary>
    public FieldId[] Title { get; }

    /// <summary>The number of a row; null when the table has none.</summary>
    public FieldId? Stt { get; }

    /// <summary>The columns of a table.</summary>
    public static TableColumns Of(TableId table) => Known.GetOrAdd(table, static t => new TableColumns(t));

    private static FieldId[] Named(TableId table, string names) =>
    [
        .. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => FieldId.TryParse(table, n, out FieldId field)
            ? field
            : throw new InvalidOperationException($"row_keys.csv names {table.Code()}.{n}, which no release knows.")),
    ];

    private static Dictionary<TableId, string[]> ReadKeys()
    {
        using Stream data = Assembly.GetExecutingAssembly().GetManifestResourceStream("Records/row_keys.csv")
            ?? throw new InvalidOperationException("row_keys.csv isn't embedded.");
        using StreamReader reader = new(data);
        Dictionary<TableId, string[]> keys = [];
        reader.ReadLine();
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            string[] cells = line.Split(',');
            keys[TableNames.TryParse(cells[0], out TableId table) ? table : throw new InvalidOperationException($"row_keys.csv: no table {cells[0]}.")] = cells;
        }
        return keys;
    }
}
