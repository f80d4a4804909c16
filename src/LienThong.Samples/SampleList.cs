using System.Text;

namespace LienThong.Samples;

/// <summary>A code list of the invented facility: what its records use and nothing else.</summary>
/// <param name="Name">Name of the list in the rules, e.g. <c>drug_facility</c>.</param>
/// <param name="File">File name: the form for what is declared to the portal (<c>03_DM.csv</c>), else the name of the list.</param>
/// <param name="Columns">Column names; <c>TU_NGAY</c> and <c>DEN_NGAY</c> (yyyymmdd) give the validity.</param>
/// <param name="Rows">Cells in the order of the columns.</param>
public sealed record SampleList(string Name, string File, IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows)
{
    /// <summary>Writes it as CSV: UTF-8, commas, a header line.</summary>
    public void Write(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', Columns));
        foreach (string[] row in Rows) writer.WriteLine(string.Join(',', row.Select(Quoted)));
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
