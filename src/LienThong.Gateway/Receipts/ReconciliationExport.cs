using System.Globalization;
using System.Text;
using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Reports;
using LienThong.Gateway.Reports.Findings.Excel;

namespace LienThong.Gateway.Receipts;

/// <summary>Differences of a comparison as a file to work with: CSV (UTF-8 with a byte-order mark) or Excel. Cells are text; nothing is a formula.</summary>
public sealed class ReconciliationExport(Reconciliations reconciliations)
{
    /// <summary>Content type of CSV.</summary>
    public const string CsvType = "text/csv; charset=utf-8";

    /// <summary>Content type of Excel.</summary>
    public const string ExcelType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const int PageSize = 500;
    private const int FlushFrom = 64 * 1024;

    private static readonly (string Header, int Width, Func<ReconciliationDifference, string> Text)[] Columns =
    [
        ("Loại", 18, d => Name(d.Kind)),
        ("Mã liên kết", 24, d => d.MaLk),
        ("Bản", 6, d => d.Version?.ToString(CultureInfo.InvariantCulture) ?? ""),
        ("Trạng thái hiện nay", 18, d => d.State is { } state ? RecordStates.Vietnamese(state) : ""),
        ("Trường", 14, d => d.Field),
        ("Của ta", 20, d => d.Ours),
        ("Của Cổng", 20, d => d.Theirs),
        ("Mã lỗi", 14, d => d.Code),
        ("Nội dung", 60, d => d.Message),
        ("Dòng trong danh sách", 10, d => d.Line?.ToString(CultureInfo.InvariantCulture) ?? ""),
    ];

    /// <summary>What a kind of difference is called.</summary>
    public static string Name(DifferenceKind kind) => kind switch
    {
        DifferenceKind.NotTheirs => "Cổng không có",
        DifferenceKind.NotOurs => "Ta không có",
        DifferenceKind.Different => "Khác nhau",
        DifferenceKind.Faulty => "Cổng báo lỗi",
        DifferenceKind.OlderVersion => "Bản đã thay",
        DifferenceKind.Settled => "Đã rõ kết quả",
        DifferenceKind.Resolved => "Đã giải quyết",
        DifferenceKind.Skipped => "Đang gửi, bỏ qua",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Writes CSV, a page at a time.</summary>
    public async Task WriteCsvAsync(Caller caller, Guid run, DifferenceKind? kind, Stream output, CancellationToken ct)
    {
        StringBuilder text = new("\uFEFF");
        text.AppendJoin(',', Columns.Select(c => CsvCell.Of(c.Header))).Append("\r\n");
        await foreach (ReconciliationDifference difference in AllAsync(caller, run, kind, ct))
        {
            text.AppendJoin(',', Columns.Select(c => CsvCell.Of(c.Text(difference)))).Append("\r\n");
            if (text.Length >= FlushFrom)
                await FlushAsync(text, output, ct);
        }
        await FlushAsync(text, output, ct);
    }

    /// <summary>Writes a workbook.</summary>
    public async Task WriteExcelAsync(Caller caller, Guid run, DifferenceKind? kind, Stream output, CancellationToken ct)
    {
        using SheetSeries series = new("Chênh lệch", [.. Columns.Select(c => (c.Header, c.Width))]);
        await foreach (ReconciliationDifference difference in AllAsync(caller, run, kind, ct))
        {
            Sheet sheet = series.Next();
            sheet.BeginRow();
            foreach ((_, _, Func<ReconciliationDifference, string> text) in Columns)
                sheet.Add(text(difference));
            sheet.EndRow();
        }
        Workbook.Write(output, series.Sheets);
    }

    private async IAsyncEnumerable<ReconciliationDifference> AllAsync(
        Caller caller, Guid run, DifferenceKind? kind, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        string? after = null;
        do
        {
            Page<ReconciliationDifference> page = await reconciliations.DifferencesAsync(caller, run, kind, new PageRequest(PageSize, after), ct);
            foreach (ReconciliationDifference difference in page.Items)
                yield return difference;
            after = page.Next;
        }
        while (after is not null);
    }

    private static async Task FlushAsync(StringBuilder text, Stream output, CancellationToken ct)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), ct);
        text.Clear();
    }
}
