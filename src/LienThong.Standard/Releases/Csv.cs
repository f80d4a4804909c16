using System.Text;

namespace LienThong.Standard;

/// <summary>A row of an embedded CSV file; cells are asked for by the name of their column.</summary>
internal sealed class CsvRow(string[] header, string[] cells)
{
    public string this[string column]
    {
        get => cells[At(column)];
        set => cells[At(column)] = value;
    }

    public bool Has(string column) => Array.IndexOf(header, column) >= 0;

    public IReadOnlyList<string> Header => header;

    public CsvRow Copy() => new(header, [.. cells]);

    /// <summary>The same cells under another header; columns this row doesn't have are empty.</summary>
    public CsvRow Under(string[] other) => new(other, Array.ConvertAll(other, c => Has(c) ? this[c] : ""));

    private int At(string column)
    {
        for (int i = 0; i < header.Length; i++)
        {
            if (header[i] == column) return i;
        }

        throw new FormatException($"There is no column {column}.");
    }
}

/// <summary>Reads the embedded CSV files: comma, double quotes, first line names the columns. Read at every start, so nothing here is generic or boxed.</summary>
internal static class Csv
{
    public static List<CsvRow> ReadEmbedded(string name)
    {
        using Stream stream = typeof(Csv).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The embedded file {name} is missing.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Read(reader.ReadToEnd());
    }

    public static List<CsvRow> Read(string text)
    {
        var rows = new List<CsvRow>();
        var cells = new List<string>(20);
        string[]? header = null;
        int at = 0;
        while (at < text.Length)
        {
            ReadLine(text, ref at, cells);
            if (cells.Count == 1 && cells[0].Length == 0) continue;
            if (header is null) header = cells.ToArray();
            else if (cells.Count != header.Length) throw new FormatException("A CSV row has another number of cells than the header.");
            else rows.Add(new CsvRow(header, cells.ToArray()));
        }

        return rows;
    }

    private static void ReadLine(string text, ref int at, List<string> cells)
    {
        cells.Clear();
        while (true)
        {
            cells.Add(at < text.Length && text[at] == '"' ? ReadQuoted(text, ref at) : ReadPlain(text, ref at));
            if (at >= text.Length) return;
            char end = text[at++];
            if (end == ',') continue;
            if (end == '\r' && at < text.Length && text[at] == '\n') at++;
            return;
        }
    }

    private static string ReadPlain(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && text[at] is not (',' or '\r' or '\n')) at++;
        return at == start ? "" : text.Substring(start, at - start);
    }

    private static string ReadQuoted(string text, ref int at)
    {
        var cell = new StringBuilder();
        at++;
        while (true)
        {
            int quote = text.IndexOf('"', at);
            if (quote < 0) throw new FormatException("A quoted CSV cell has no end.");
            cell.Append(text, at, quote - at);
            at = quote + 1;
            if (at >= text.Length || text[at] != '"') return cell.ToString();
            cell.Append('"');
            at++;
        }
    }
}
