using System.Collections.Concurrent;
using System.Reflection;
using LienThong.Extracts;
using LienThong.Validation;

namespace LienThong.Gateway.Catalogues;

/// <summary>A column that an import keeps.</summary>
/// <param name="Name">Name it is stored under.</param>
/// <param name="Kind">How its text is read.</param>
/// <param name="Title">What it means, in Vietnamese; the name where nobody said more.</param>
/// <param name="Headers">Headers that mean it, folded.</param>
/// <param name="Demand">What a file and a row need of it.</param>
/// <param name="Length">Characters a code always has; 0 when its length varies.</param>
internal sealed record LayoutColumn(string Name, ColumnKind Kind, string Title, IReadOnlyList<string> Headers, Demand Demand, int Length)
{
    /// <summary>Header → the one cell text that sets this flag; for columns of a file that hold several flags in one.</summary>
    public IReadOnlyDictionary<string, string> FlagValues { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>What a file and its rows need of a column.</summary>
[Flags]
internal enum Demand
{
    None = 0,
    /// <summary>The form demands a value; a row without it goes in with a warning.</summary>
    Asked = 1,
    /// <summary>Part of what makes a row the same row in the next file.</summary>
    Identity = 2,
    /// <summary>A file without this column isn't this list.</summary>
    Needed = 4,
}

/// <summary>
/// The columns of a list as files carry them: those rules look at, and the rest of the form it is declared in, so that an edition
/// keeps what was handed in.
/// </summary>
internal sealed class ListLayout
{
    private static readonly ConcurrentDictionary<string, ListLayout> Known = new(StringComparer.Ordinal);

    // Codes with one length: a workbook's number with all its digits has lost no zero.
    private static readonly Dictionary<string, int> Lengths = new(StringComparer.Ordinal)
    {
        ["SO_DINH_DANH"] = 12,
        ["MA_BHXH"] = 10,
        ["province"] = 2,
        ["commune.code"] = 5,
        ["province.code"] = 2,
        ["facility.code"] = 5,
    };

    // Told by the importer itself, not part of a row's content.
    private static readonly string[] Own = ["STT", "TU_NGAY", "DEN_NGAY", "MA_CSKCB"];

    private ListLayout(ListDefinition definition)
    {
        Definition = definition;
        FormField[] form = [.. FormField.All.Where(f => f.Form == definition.Form)];
        Columns = [.. definition.Columns.Select((c, i) => Of(definition, c, i, form)), .. form.Where(f => !Own.Contains(f.Field, StringComparer.Ordinal) && definition.Find(f.Field) < 0).Select(Of)];
        DemandsStart = form.Length > 0;
    }

    public ListDefinition Definition { get; }

    /// <summary>All columns kept; the definition's first, in its order.</summary>
    public IReadOnlyList<LayoutColumn> Columns { get; }

    /// <summary>Whether a row of a file with <c>TU_NGAY</c> must fill it.</summary>
    public bool DemandsStart { get; }

    /// <summary>Names of the columns in their order.</summary>
    public string[] Names => [.. Columns.Select(c => c.Name)];

    public static ListLayout Of(ListDefinition definition) => Known.GetOrAdd(definition.Name, _ => new ListLayout(definition));

    private static LayoutColumn Of(ListDefinition list, ListColumn column, int at, FormField[] form)
    {
        FormField? field = Array.Find(form, f => f.Field == column.Name);
        HeaderAlias[] aliases = [.. HeaderAlias.All.Where(a => a.List == list.Name && a.Column == column.Name)];
        string[] headers = [.. column.Headers.Split('|', StringSplitOptions.RemoveEmptyEntries).Concat(aliases.Where(a => a.Value.Length == 0).Select(a => a.Header))
            .Append(column.Name).Append(column.TitleVi).Select(FoldedName.Of).Distinct(StringComparer.Ordinal)];
        bool identity = form.Any(f => f.IsKey) ? field?.IsKey == true : at < list.KeyCount;
        // Fields the forms call numbers are codes without zeros at either end.
        ColumnKind kind = field?.Kind == ColumnKind.Number && column.Kind == ColumnKind.Code ? ColumnKind.Number : column.Kind;
        return new LayoutColumn(column.Name, kind, column.TitleVi, headers, DemandOf(column.Needed, identity, field?.IsRequired == true), LengthOf(list, column.Name))
        {
            FlagValues = aliases.Where(a => a.Value.Length > 0).ToDictionary(a => FoldedName.Of(a.Header), a => a.Value, StringComparer.Ordinal),
        };
    }

    private static LayoutColumn Of(FormField field) =>
        new(field.Field, field.Kind, field.Field, [FoldedName.Of(field.Field)], DemandOf(needed: false, field.IsKey, field.IsRequired), 0);

    private static Demand DemandOf(bool needed, bool identity, bool asked) =>
        (needed ? Demand.Needed : Demand.None) | (identity ? Demand.Identity : Demand.None) | (asked ? Demand.Asked : Demand.None);

    private static int LengthOf(ListDefinition list, string column) =>
        Lengths.TryGetValue($"{list.Name}.{column}", out int own) || Lengths.TryGetValue(column, out own) ? own : 0;
}

/// <summary>A field of the forms 01/DM–06/DM.</summary>
internal sealed record FormField(string Form, string Field, ColumnKind Kind, bool IsRequired, bool IsKey)
{
    /// <summary>All of them (TT 12/2026/TT-BTC, phụ lục II).</summary>
    public static FormField[] All { get; } = [.. EmbeddedTable.Read("Catalogues/forms.csv").Select(
        c => new FormField(c[0], c[1], c[2] switch { "number" => ColumnKind.Number, "day" => ColumnKind.Day, _ => ColumnKind.Text }, c[4] == "1", c[5] == "1"))];
}

/// <summary>A header under which files of certain publishers carry a column; <c>#24</c> is the number in the row of column numbers.</summary>
internal sealed record HeaderAlias(string List, string Column, string Header, string Value)
{
    public static HeaderAlias[] All { get; } = [.. EmbeddedTable.Read("Catalogues/headers.csv").Select(c => new HeaderAlias(c[0], c[1], c[2], c[3]))];
}

/// <summary>Small tables shipped with the program: no quotes, one header line.</summary>
internal static class EmbeddedTable
{
    public static IEnumerable<string[]> Read(string name)
    {
        using Stream data = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} isn't embedded.");
        using StreamReader text = new(data);
        return [.. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd('\r').Split(','))];
    }
}
