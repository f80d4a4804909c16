using System.Reflection;
using System.Text;

namespace LienThong.Standard;

/// <summary>
/// A CSV file embedded in an assembly: comma, double quotes, first line names the columns. Cells are cut out of the text when
/// they are asked for: most of them never are.
/// </summary>
internal sealed class CsvData
{
    private readonly string text;
    private readonly List<int> starts = new(1024);
    private readonly string[] columns;

    private CsvData(string text)
    {
        this.text = text;
        int width = 0;
        for (int at = 0; at < text.Length;)
        {
            int first = starts.Count;
            FindCells(ref at);
            int cells = starts.Count - first;
            if (width == 0) width = cells;
            else if (cells == 1 && IsEnd(starts[first])) starts.RemoveAt(first);
            else if (cells != width) throw new FormatException($"A CSV row has {cells} cells instead of {width}.");
        }

        columns = new string[width];
        for (int i = 0; i < width; i++) columns[i] = Cell(i);
    }

    /// <summary>Rows without the one of the names.</summary>
    public int Count => (starts.Count / columns.Length) - 1;

    /// <summary>A row, from 0.</summary>
    public DataRow this[int row] => new(this, (row + 1) * columns.Length);

    /// <summary>True when the file has the column.</summary>
    public bool Has(string column) => ColumnAt(column) >= 0;

    /// <summary>Reads a file of an assembly.</summary>
    /// <exception cref="InvalidOperationException">The assembly has no such file.</exception>
    /// <exception cref="FormatException">It isn't CSV.</exception>
    public static CsvData Read(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The embedded file {name} is missing.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new CsvData(Encoding.UTF8.GetString(bytes));
    }

    /// <summary>The files whose name starts with the prefix.</summary>
    public static IEnumerable<CsvData> ReadAll(Assembly assembly, string prefix)
    {
        foreach (string name in assembly.GetManifestResourceNames())
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal)) yield return Read(assembly, name);
        }
    }

    /// <summary>A day written <c>yyyy-MM-dd</c>. By hand: the framework's parser loads the cultures of the machine.</summary>
    public static DateOnly Day(string text)
    {
        if (text.Length != 10 || text[4] != '-' || text[7] != '-') throw new FormatException($"{text} is no day.");
        return new DateOnly(Number(text, 0, 4), Number(text, 5, 7), Number(text, 8, 10));
    }

    /// <summary>A whole number without sign; by hand for the same reason.</summary>
    public static int Number(string text) => Number(text, 0, text.Length);

    internal string Cell(int first, string column)
    {
        int at = ColumnAt(column);
        return at >= 0 ? Cell(first + at) : throw new InvalidOperationException($"There is no column {column}.");
    }

    internal bool CellIs(int first, string column, string value)
    {
        int cell = starts[first + ColumnAt(column)];
        ReadOnlySpan<char> rest = text.AsSpan(cell);
        return rest.StartsWith(value) && (IsEnd(cell + value.Length) || text[cell + value.Length] == ',');
    }

    private int ColumnAt(string column)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i] == column) return i;
        }

        return -1;
    }

    private static int Number(string text, int from, int to)
    {
        if (from == to) throw new FormatException("A number is missing.");
        int number = 0;
        for (int i = from; i < to; i++)
        {
            if (text[i] is < '0' or > '9') throw new FormatException($"{text} holds no number where one is expected.");
            number = checked((number * 10) + text[i] - '0');
        }

        return number;
    }

    private string Cell(int cell)
    {
        int start = starts[cell];
        if (start < text.Length && text[start] == '"') return text[(start + 1)..EndOfQuoted(start)].Replace("\"\"", "\"", StringComparison.Ordinal);
        int end = start;
        while (!IsEnd(end) && text[end] != ',') end++;
        return text[start..end];
    }

    // The starts of the cells of one line; ends behind it.
    private void FindCells(ref int at)
    {
        starts.Add(at);
        while (!IsEnd(at))
        {
            if (text[at] == '"') at = EndOfQuoted(at);
            else if (text[at] == ',') starts.Add(at + 1);
            at++;
        }

        if (at < text.Length && text[at] == '\r') at++;
        if (at < text.Length && text[at] == '\n') at++;
    }

    private bool IsEnd(int at) => at >= text.Length || text[at] is '\r' or '\n';

    private int EndOfQuoted(int start)
    {
        int at = start + 1;
        while (at < text.Length && (text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"'))) at += text[at] == '"' ? 2 : 1;
        return at < text.Length ? at : throw new FormatException("A quoted CSV cell has no end.");
    }
}

/// <summary>A row of a <see cref="CsvData"/>.</summary>
internal readonly struct DataRow(CsvData file, int first)
{
    /// <summary>The cell of a column, by its name.</summary>
    public string this[string column] => file.Cell(first, column);

    /// <summary>True when the cell, written without quotes, is this text; nothing is cut out for it.</summary>
    public bool Is(string column, string value) => file.CellIs(first, column, value);

    /// <summary>True when the file has such a column.</summary>
    public bool Has(string column) => file.Has(column);
}
