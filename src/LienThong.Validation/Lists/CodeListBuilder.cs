using System.Text;

namespace LienThong.Validation;

/// <summary>
/// Makes a <see cref="CodeList"/> from rows of text, e.g. those an import has stored: name the columns of the rows, add each row with
/// its validity, build.
/// </summary>
/// <remarks>
/// Columns are named as in the list's <see cref="ListDefinition.Columns"/>, in any order; names the definition doesn't know are passed
/// over, columns that aren't given stay empty. Texts are trimmed and brought to NFC. Rows of one code may overlap: rules accept any row
/// that is valid on the day. Not thread-safe.
/// </remarks>
public sealed class CodeListBuilder
{
    private readonly ListDefinition definition;
    private readonly int[] source;
    private readonly Growing<int> cells = new();
    private readonly Growing<int> from = new();
    private readonly Growing<int> to = new();
    private readonly Growing<RowState> states = new();
    private readonly CodeIndex index = new();
    private byte[] text = new byte[1024];
    private int used;

    /// <summary>A builder for rows with these columns.</summary>
    public CodeListBuilder(ListDefinition definition, params IReadOnlyList<string> columns)
    {
        this.definition = definition;
        source = new int[definition.Columns.Count];
        cells.Add(0);
        for (int i = 0; i < source.Length; i++) source[i] = Position(columns, definition.Columns[i].Name);
    }

    /// <summary>False when the list is known to lack codes: then no rule objects to a code for being absent. Default true; never true of fewer rows than <see cref="ListDefinition.LeastRows"/>.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>First day the list says something about, inclusive; null: as <see cref="ListCoverage"/> finds.</summary>
    public DateOnly? CoversFrom { get; init; }

    /// <summary>Last day the list says something about, inclusive; null: nothing ends it.</summary>
    public DateOnly? CoversTo { get; init; }

    /// <summary>The rows travel with the product and are NFC: asking would load the libraries of the machine for it.</summary>
    internal bool IsOwn { get; init; }

    /// <summary>Adds a row.</summary>
    /// <param name="row">Its cells, in the order of the columns given to the builder; null is empty.</param>
    /// <param name="validFrom">First day, inclusive; null when it always was valid.</param>
    /// <param name="validTo">Last day, inclusive; null while nothing ends it.</param>
    /// <param name="accepted">The portal took it (true), refused it (false; such a row is as good as absent), or nothing is known (null).</param>
    /// <param name="unconfirmed">The code rests on one secondary source and never blocks.</param>
    /// <exception cref="ArgumentException">The row has no key, too few cells, or ends before it begins.</exception>
    public void Add(IReadOnlyList<string?> row, DateOnly? validFrom = null, DateOnly? validTo = null, bool? accepted = null, bool unconfirmed = false)
    {
        if (validTo < validFrom) throw new ArgumentException($"{definition.Name}: a row is valid to {validTo:O}, before it begins on {validFrom:O}.", nameof(row));
        if (!HasKey(row)) throw new ArgumentException($"{definition.Name}: a row has no {definition.Columns[0].Name}.", nameof(row));
        int number = states.Count;
        for (int i = 0; i < source.Length; i++)
        {
            int start = used;
            Write(Cell(row, i));
            cells.Add(used);
            if (i < definition.KeyCount && used > start && !definition.KeysAreMachines) index.Add(text.AsSpan(0, used), start, used - start, number);
        }

        from.Add((validFrom ?? DateOnly.MinValue).DayNumber);
        to.Add((validTo ?? DateOnly.MaxValue).DayNumber);
        states.Add((accepted switch { true => RowState.Accepted, false => RowState.Refused, _ => RowState.None }) | (unconfirmed ? RowState.Unconfirmed : RowState.None));
    }

    /// <summary>The list. The builder is used up.</summary>
    public CodeList Build()
    {
        CodeTable table = BuildTable();
        return new CodeList(definition, IsComplete && states.Count >= definition.LeastRows, CoversFrom ?? DateOnly.FromDayNumber(ListCoverage.FirstDay(from.ToArray(), to.ToArray())), CoversTo ?? DateOnly.MaxValue, table);
    }

    internal CodeTable BuildTable()
    {
        if (definition.KeysAreMachines) IndexMachines();
        return new CodeTable(text.AsSpan(0, used).ToArray(), cells.ToArray(), from.ToArray(), to.ToArray(), states.ToArray(), source.Length, index);
    }

    private static int Position(IReadOnlyList<string> columns, string name)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i] == name) return i;
        }

        return -1;
    }

    private string Cell(IReadOnlyList<string?> row, int column) => source[column] >= 0 ? row[source[column]] ?? "" : "";

    private bool HasKey(IReadOnlyList<string?> row)
    {
        for (int i = 0; i < definition.KeyCount; i++)
        {
            if (!string.IsNullOrWhiteSpace(Cell(row, i))) return true;
        }

        return false;
    }

    private void Write(string cell)
    {
        string clean = cell.Trim();
        if (!IsOwn && !clean.IsNormalized()) clean = clean.Normalize();
        int most = Encoding.UTF8.GetMaxByteCount(clean.Length);
        if (used + most > text.Length) Array.Resize(ref text, Math.Max(text.Length * 2, used + most));
        used += Encoding.UTF8.GetBytes(clean, text.AsSpan(used));
    }

    // The codes of machines stand behind the cells, because they differ from what the cells show.
    private void IndexMachines()
    {
        for (int row = 0; row < states.Count; row++)
        {
            int cell = cells[row * source.Length];
            string machines = Encoding.UTF8.GetString(text, cell, cells[(row * source.Length) + 1] - cell);
            foreach (string code in Machines.Codes(machines))
            {
                int start = used;
                Write(code);
                index.Add(text.AsSpan(0, used), start, used - start, row);
            }
        }
    }
}
