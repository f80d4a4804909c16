namespace LienThong.Validation;

/// <summary>Whose list it is.</summary>
public enum ListScope : byte
{
    /// <summary>Issued for the whole country; the same for every facility.</summary>
    National,

    /// <summary>A facility's own list, as declared to the portal (forms 01/DM–06/DM) or kept by the facility.</summary>
    Facility,
}

/// <summary>What the text of a column is.</summary>
public enum ColumnKind : byte
{
    /// <summary>Any text, compared without case and repeated blanks.</summary>
    Text,

    /// <summary>A code, kept with its leading zeros.</summary>
    Code,

    /// <summary>Codes separated by <c>;</c>.</summary>
    Codes,

    /// <summary>A number with a decimal point, no separators of thousands.</summary>
    Number,

    /// <summary><c>1</c> for yes, <c>0</c> or empty for no.</summary>
    Flag,

    /// <summary>A day written <c>yyyymmdd</c>.</summary>
    Day,
}

/// <summary>A column of a code list.</summary>
/// <param name="Name">The name rules and importers use.</param>
/// <param name="Kind">How its text is read.</param>
/// <param name="TitleVi">What it means, in Vietnamese, as pages show it.</param>
/// <param name="Headers">Other headers under which files carry it, separated by <c>|</c>; compared without accents, blanks, underscores and case.</param>
/// <param name="Needed">True when a file without this column can't be imported.</param>
public sealed record ListColumn(string Name, ColumnKind Kind, string TitleVi, string Headers = "", bool Needed = false);

/// <summary>
/// What a code list is: its name in the rules, the columns rules look at, and which of them are keys. The one table for rules,
/// importers and pages; see <see cref="ListDefinitions"/>.
/// </summary>
public sealed class ListDefinition
{
    /// <summary>More lists than the product will ever know.</summary>
    internal const int MostKnown = 128;

    private static int known;
    private readonly ListColumn[] columns;

    /// <summary>A list; the first <paramref name="keys"/> columns are keys, by each of which a row is found.</summary>
    /// <exception cref="ArgumentException">There is no column, no key, or a name stands twice.</exception>
    public ListDefinition(string name, string titleVi, ListScope scope, ListColumn[] columns, int keys = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (columns.Length == 0 || keys < 1 || keys > columns.Length) throw new ArgumentException($"The list {name} needs a key column.", nameof(columns));
        for (int i = 0; i < columns.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (columns[i].Name == columns[j].Name) throw new ArgumentException($"The list {name} has two columns {columns[i].Name}.", nameof(columns));
            }
        }

        Name = name;
        TitleVi = titleVi;
        Scope = scope;
        KeyCount = keys;
        this.columns = columns;
    }

    /// <summary>A list that rules look into, with a number of its own.</summary>
    internal static ListDefinition Known(string name, string titleVi, ListScope scope, ListColumn[] columns, int keys = 1, string form = "", bool machines = false, int leastRows = 0) =>
        new(name, titleVi, scope, columns, keys) { Number = Interlocked.Increment(ref known) - 1, Form = form, KeysAreMachines = machines, LeastRows = leastRows };

    /// <summary>Name in the rules (column <c>needs_list</c>), e.g. <c>drug_facility</c>.</summary>
    public string Name { get; }

    /// <summary>Title in Vietnamese, as pages show it.</summary>
    public string TitleVi { get; }

    /// <summary>Whose list it is.</summary>
    public ListScope Scope { get; }

    /// <summary>Form of TT 12/2026/TT-BTC it is declared in, e.g. <c>03/DM</c>; empty when there is none.</summary>
    public string Form { get; init; } = "";

    /// <summary>
    /// Fewer rows than this are an excerpt, whatever its giver says of it: a list of the country's facilities with two rows would call every
    /// other facility unknown. 0 when any number may be the whole list.
    /// </summary>
    public int LeastRows { get; init; }

    /// <summary>Columns: the keys first. Cells of a <see cref="CodeRow"/> have the same order.</summary>
    public IReadOnlyList<ListColumn> Columns => columns;

    /// <summary>How many columns, from the first, are keys; a row needs at least one of them filled.</summary>
    public int KeyCount { get; }

    /// <summary>
    /// Codes of machines: text in square brackets doesn't count, and of <c>NS.1.A01;A02</c> only <c>NS.1.A01</c> is a code.
    /// </summary>
    internal bool KeysAreMachines { get; init; }

    /// <summary>Place of a known list in <see cref="CodeLists"/>; −1 for lists that only users' own rules look into.</summary>
    internal int Number { get; private init; } = -1;

    /// <summary>Position of a column.</summary>
    /// <exception cref="ArgumentException">The list has no such column.</exception>
    public int At(string column)
    {
        int at = Find(column);
        return at >= 0 ? at : throw new ArgumentException($"The list {Name} has no column {column}.", nameof(column));
    }

    /// <summary>Position of a column; −1 when the list doesn't have it.</summary>
    public int Find(string column)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i].Name == column) return i;
        }

        return -1;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
