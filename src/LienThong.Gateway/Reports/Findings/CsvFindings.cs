using System.Buffers;
using System.Text;

namespace LienThong.Gateway.Reports.Findings;

/// <summary>
/// Findings as CSV: UTF-8 with a byte-order mark (without it Excel takes Vietnamese for another encoding), commas, CRLF, every
/// cell quoted that needs it. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
/// </summary>
public static class CsvFindings
{
    /// <summary>Content type of the result.</summary>
    public const string ContentType = "text/csv; charset=utf-8";

    /// <summary>Writes the line of headings.</summary>
    public static void WriteHeader(IBufferWriter<byte> output)
    {
        output.Write("\uFEFF"u8);
        Line(output, static (column, _) => column.Header, null);
    }

    /// <summary>Writes one finding.</summary>
    public static void Write(IBufferWriter<byte> output, FindingLine finding) => Line(output, static (column, f) => column.Text(f!), finding);

    private static void Line(IBufferWriter<byte> output, Func<FindingColumn, FindingLine?, string> text, FindingLine? finding)
    {
        for (int i = 0; i < FindingColumns.All.Length; i++)
        {
            if (i > 0) output.Write(","u8);
            Encoding.UTF8.GetBytes(CsvCell.Of(text(FindingColumns.All[i], finding)), output);
        }

        output.Write("\r\n"u8);
    }
}
