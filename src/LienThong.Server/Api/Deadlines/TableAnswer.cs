using LienThong.Gateway.Reports;

namespace LienThong.Server.Api.Deadlines;

/// <summary>A list answered as a file.</summary>
internal static class TableAnswer
{
    /// <summary>CSV as it is read, or Excel once it is whole.</summary>
    /// <param name="http">The request.</param>
    /// <param name="name">File name without extension; letters, digits and dashes.</param>
    /// <param name="title">Name of the sheet.</param>
    /// <param name="format"><c>csv</c> or <c>xlsx</c>.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="ct">Stops the work.</param>
    public static async Task<IResult> OfAsync(
        HttpContext http, string name, string title, string format, IReadOnlyList<TableColumn> columns, IAsyncEnumerable<string[]> rows, CancellationToken ct)
    {
        if (format == "xlsx")
            return TypedResults.Stream(await TableFile.ExcelAsync(title, columns, rows, ct), TableFile.ExcelType, name + ".xlsx");
        http.Response.Headers.ContentDisposition = $"attachment; filename={name}.csv";
        return TypedResults.Stream(_ => TableFile.WriteCsvAsync(http.Response.BodyWriter, columns, rows, ct), TableFile.CsvType);
    }
}
