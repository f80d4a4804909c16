using System.Text;

namespace LienThong.Extracts.Tests.Tables;

/// <summary>Extracts in memory.</summary>
internal static class Extract
{
    /// <summary>Tables of CSV texts by name of their files.</summary>
    public static List<ExtractTable> Of(params ReadOnlySpan<(string Name, string Text)> files)
    {
        var tables = new List<ExtractTable>();
        foreach ((string name, string text) in files)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            tables.Add(new ExtractTable(name, form => new CsvRows(name, new MemoryStream(bytes), ExtractLimits.Default, form), bytes.Length));
        }

        return tables;
    }

    /// <summary>Reads tables.</summary>
    public static List<VisitReading> Read(IReadOnlyList<ExtractTable> tables, ExtractMapping? mapping = null, int memory = 1 << 20, Func<Stream>? temporary = null) =>
        [.. new VisitAssembly(mapping ?? ExtractMapping.ByName, new AssemblyOptions(temporary ?? (static () => new MemoryStream())) { MemoryBytes = memory }).Read(tables)];

    /// <summary>A mapping of YAML that has to be right.</summary>
    public static ExtractMapping Mapping(string yaml)
    {
        MappingLoad load = ExtractMapping.Load(yaml);
        Assert.Empty(load.Errors);
        return load.Mapping!;
    }

    /// <summary>A visit as JSON, for comparing.</summary>
    public static string Json(Visit visit)
    {
        using var stream = new MemoryStream();
        VisitJsonWriter.Write(stream, visit);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
