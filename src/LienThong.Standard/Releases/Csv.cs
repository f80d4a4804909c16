using System.Text;

namespace LienThong.Standard;

/// <summary>Reads the embedded CSV files: comma, double quotes, first line names the columns.</summary>
internal static class Csv
{
    public static List<Dictionary<string, string>> ReadEmbedded(string name)
    {
        using Stream stream = typeof(Csv).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The embedded file {name} is missing.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Read(reader.ReadToEnd());
    }

    public static List<Dictionary<string, string>> Read(string text)
    {
        var rows = new List<Dictionary<string, string>>();
        List<string>? header = null;
        int at = 0;
        while (at < text.Length)
        {
            List<string> cells = ReadLine(text, ref at);
            if (cells.Count == 1 && cells[0].Length == 0) continue;
            if (header is null)
            {
                header = cells;
                continue;
            }

            if (cells.Count != header.Count) throw new FormatException($"CSV row {rows.Count + 2} has {cells.Count} cells instead of {header.Count}.");
            var row = new Dictionary<string, string>(header.Count, StringComparer.Ordinal);
            for (int i = 0; i < cells.Count; i++) row[header[i]] = cells[i];
            rows.Add(row);
        }

        return rows;
    }

    private static List<string> ReadLine(string text, ref int at)
    {
        var cells = new List<string>(16);
        while (true)
        {
            cells.Add(at < text.Length && text[at] == '"' ? ReadQuoted(text, ref at) : ReadPlain(text, ref at));
            if (at >= text.Length) return cells;
            char end = text[at++];
            if (end == ',') continue;
            if (end == '\r' && at < text.Length && text[at] == '\n') at++;
            return cells;
        }
    }

    private static string ReadPlain(string text, ref int at)
    {
        int start = at;
        int length = text.AsSpan(at).IndexOfAny(',', '\r', '\n');
        at = length < 0 ? text.Length : at + length;
        return text[start..at];
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
