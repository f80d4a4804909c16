using System.Text;

namespace LienThong.Portal;

/// <summary>Reads the small comma-separated tables of this room: quoted fields, one header line.</summary>
internal static class PortalCsv
{
    public static TextReader OpenEmbedded(string name) =>
        new StreamReader(typeof(PortalCsv).Assembly.GetManifestResourceStream("Data/" + name)
            ?? throw new InvalidOperationException($"Embedded table {name} is missing."), Encoding.UTF8);

    /// <summary>Data rows without the header; blank lines and lines beginning with # are skipped.</summary>
    /// <exception cref="FormatException">A row has fewer than <paramref name="columns"/> fields.</exception>
    public static IEnumerable<string[]> Rows(TextReader reader, int columns)
    {
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (number == 1 || line.Length == 0 || line[0] == '#')
                continue;
            string[] fields = Split(line);
            if (fields.Length < columns)
                throw new FormatException($"Line {number}: {fields.Length} fields, {columns} expected.");
            yield return fields;
        }
    }

    private static string[] Split(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return [.. fields];
    }
}
