using System.Text;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>The CSV files embedded in this assembly.</summary>
internal static class CsvData
{
    /// <summary>The rows of all files whose name starts with the prefix, in the order of the names.</summary>
    public static IEnumerable<CsvRow> ReadAll(string prefix)
    {
        string[] names = typeof(CsvData).Assembly.GetManifestResourceNames();
        return names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).SelectMany(Read);
    }

    public static List<CsvRow> Read(string name)
    {
        using Stream stream = typeof(CsvData).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The embedded file {name} is missing.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Csv.Read(reader.ReadToEnd());
    }
}
