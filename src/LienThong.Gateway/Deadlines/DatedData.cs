using System.Globalization;
using System.Reflection;
using CsvHelper;

namespace LienThong.Gateway.Deadlines;

/// <summary>Reads the dated tables shipped with the program (<c>Deadlines/Data/*.csv</c>).</summary>
internal static class DatedData
{
    /// <summary>One object per row; told the cell of a column by its name.</summary>
    /// <exception cref="InvalidOperationException">The table isn't part of this program.</exception>
    public static IReadOnlyList<T> Read<T>(string name, Func<Func<string, string>, T> make)
    {
        using Stream data = Assembly.GetExecutingAssembly().GetManifestResourceStream("Deadlines/" + name)
            ?? throw new InvalidOperationException($"{name} isn't embedded.");
        using CsvReader csv = CsvReader.Create(data, new CsvReaderOptions { HasHeader = false }, leaveOpen: false);
        Dictionary<string, int> columns = new(StringComparer.Ordinal);
        List<T> rows = [];
        while (csv.Read())
        {
            if (columns.Count == 0)
            {
                for (int i = 0; i < csv.FieldCount; i++)
                    columns[csv.GetString(i)] = i;
            }
            else
            {
                rows.Add(make(column => csv.GetString(columns[column])));
            }
        }
        return rows;
    }

    /// <summary>A day written <c>yyyy-MM-dd</c>; null when empty.</summary>
    public static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A word with dashes (<c>working-days</c>) as a value of an enumeration.</summary>
    public static T Word<T>(string text)
        where T : struct, Enum => Enum.Parse<T>(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
}
