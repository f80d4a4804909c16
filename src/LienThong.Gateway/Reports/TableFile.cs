using System.IO.Pipelines;
using System.Text;
using LienThong.Gateway.Reports.Findings.Excel;

namespace LienThong.Gateway.Reports;

/// <summary>A column of a list that can be saved as a file.</summary>
/// <param name="Header">Its heading.</param>
/// <param name="Width">Its width in Excel, in characters.</param>
public sealed record TableColumn(string Header, int Width);

/// <summary>Lists as files, a row at a time: CSV (UTF-8 with BOM) and Excel. Cells are texts; none becomes a formula.</summary>
public static class TableFile
{
    /// <summary>Content type of Excel files.</summary>
    public const string ExcelType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Content type of CSV files.</summary>
    public const string CsvType = "text/csv; charset=utf-8";

    private const int PassFrom = 64 * 1024;

    /// <summary>Writes CSV.</summary>
    public static async Task WriteCsvAsync(PipeWriter output, IReadOnlyList<TableColumn> columns, IAsyncEnumerable<string[]> rows, CancellationToken ct)
    {
        Write(output, "\uFEFF" + Line(columns.Select(c => c.Header)));
        await foreach (string[] row in rows.WithCancellation(ct))
        {
            Write(output, Line(row));
            if (output.UnflushedBytes >= PassFrom)
                await output.FlushAsync(ct);
        }
        await output.FlushAsync(ct);
    }

    /// <summary>An Excel file that vanishes when it is closed, at its beginning. More rows than a sheet takes go on in further sheets.</summary>
    public static async Task<Stream> ExcelAsync(string name, IReadOnlyList<TableColumn> columns, IAsyncEnumerable<string[]> rows, CancellationToken ct)
    {
        using SheetSeries sheets = new(name, [.. columns.Select(c => (c.Header, c.Width))]);
        await foreach (string[] row in rows.WithCancellation(ct))
        {
            Sheet sheet = sheets.Next();
            sheet.BeginRow();
            foreach (string cell in row)
                sheet.Add(cell);
            sheet.EndRow();
        }
        Stream file = TemporaryFile.Create();
        Workbook.Write(file, [.. sheets.Sheets]);
        file.Position = 0;
        return file;
    }

    private static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(CsvCell.Of)) + "\r\n";

    private static void Write(PipeWriter output, string text) => Encoding.UTF8.GetBytes(text, output);
}
