using System.Globalization;
using LienThong.Standard;

namespace LienThong.PortalSimulator;

/// <summary>The lists that the portal's screens show and export: reception, results of checking, request for payment.</summary>
internal sealed class ReceivedLists(SimulatorOptions options, SimulatorClock clock, SimulatorStore store, IEnumerable<CheckingRule> arranged)
{
    /// <summary>A list as a table.</summary>
    public sealed record Table(string Title, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows);

    /// <summary>A list as JSON, CSV or Excel.</summary>
    public IResult Answer(string kind, string facility, string? month, string? format)
    {
        if (Read(kind, facility, month) is not { } table)
            return Results.Json(new { error = "unknown list", lists = new[] { "reception", "results", "payment" } }, statusCode: 404);
        return format switch
        {
            null or "json" => Results.Json(table.Rows.Select(r => table.Headings.Zip(r).ToDictionary(c => c.First, c => c.Second, StringComparer.Ordinal))),
            "csv" => Results.Bytes(ListFile.Csv(table), "text/csv; charset=utf-8", kind + ".csv"),
            "xlsx" => Results.Bytes(ListFile.Excel(table), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", kind + ".xlsx"),
            _ => Results.Json(new { error = "format is json, csv or xlsx" }, statusCode: 400),
        };
    }

    /// <summary>A list of a facility; null when there is no such list.</summary>
    /// <param name="kind">reception, results or payment.</param>
    /// <param name="facility">Facility code.</param>
    /// <param name="month">Month of reception, <c>yyyyMM</c> (of discharge for payment); null for all.</param>
    public Table? Read(string kind, string facility, string? month)
    {
        ReceivedDocument[] records = [.. store.Documents().Where(d => d.Service == "record" && d.FacilityCode == facility).OrderBy(d => d.ReceivedAt)];
        bool Received(ReceivedDocument d) => month is null || d.ReceivedAt.InVietnam().ToString("yyyyMM", CultureInfo.InvariantCulture) == month;
        return kind switch
        {
            "reception" => new Table("DANH SÁCH TIẾP NHẬN", ["STT", "Mã giao dịch", "Thời gian tiếp nhận", "Số lượng hồ sơ", "Số hồ sơ đúng", "Số hồ sơ lỗi", "Trạng thái"],
                [.. records.Where(Received).Select((d, i) => Reception(d, i + 1))]),
            "results" => new Table("KẾT QUẢ GỬI HỒ SƠ XML - CHI TIẾT LỖI", ["STT", "MA_LK", "Mã giao dịch", "MALOI", "MOTALOI", "Ngày ra", "Họ tên", "Mã thẻ"],
                [.. records.Where(d => Received(d) && IsChecked(d)).SelectMany(d => Checking.Of(d, arranged).Select(f => (Document: d, Fault: f))).Select((x, i) => (IReadOnlyList<string>)
                    [Number(i + 1), x.Document.MaLk, x.Document.TransactionCode, x.Fault.Code, x.Fault.Text, x.Document.Visit.NgayRa, x.Document.Visit.HoTen, x.Document.Visit.MaThe])]),
            "payment" => new Table("DANH SÁCH ĐỀ NGHỊ THANH TOÁN", ["STT", "Mã liên kết", "Họ tên", "Ngày ra", "Tổng chi", "BHYT thanh toán", "Trạng thái"],
                [.. records.Where(d => !d.Replaced && IsChecked(d) && (month is null || d.Visit.NgayRa.StartsWith(month, StringComparison.Ordinal)) && Checking.Of(d, arranged).Count == 0)
                    .Select((d, i) => (IReadOnlyList<string>)[Number(i + 1), d.MaLk, d.Visit.HoTen, Moment(d.Visit.NgayRa), d.Visit.TongChi, d.Visit.QuyTra, "Đã đề nghị thanh toán"])]),
            _ => null,
        };
    }

    private IReadOnlyList<string> Reception(ReceivedDocument document, int number)
    {
        bool faulty = Checking.Of(document, arranged).Count > 0;
        bool done = IsChecked(document);
        return
        [
            Number(number), document.TransactionCode, document.ReceivedAt.InVietnam().ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture), "1",
            done ? faulty ? "0" : "1" : "", done ? faulty ? "1" : "0" : "", done ? "Đã xử lý" : "Đã tiếp nhận, chờ xử lý",
        ];
    }

    private bool IsChecked(ReceivedDocument document) => document.ReceivedAt + options.CheckingTakes <= clock.Now;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Moment(string twelve) =>
        DateTime.TryParseExact(twelve, "yyyyMMddHHmm", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime at) ? at.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture) : twelve;
}
