using System.Globalization;
using LienThong.Gateway.Records;
using LienThong.Gateway.Reports;
using LienThong.Standard;

namespace LienThong.Gateway.Deadlines;

/// <summary>The lists of deadlines, duties and proof as columns of a file.</summary>
public static class DeadlineTables
{
    /// <summary>Columns of open records.</summary>
    public static IReadOnlyList<TableColumn> Records { get; } =
    [
        new("Cơ sở", 8), new("MA_LK", 24), new("Khoa", 10), new("Ra viện", 16), new("Trạng thái", 16), new("Lý do", 40), new("Hạn", 16), new("Hạn gốc", 16), new("Căn cứ hạn", 24),
    ];

    /// <summary>Columns of duties.</summary>
    public static IReadOnlyList<TableColumn> Duties { get; } =
    [
        new("Cơ sở", 8), new("Nhiệm vụ", 60), new("Hạn", 16), new("Trạng thái", 12), new("Số hồ sơ", 9), new("Căn cứ", 40), new("Ghi chú", 40), new("Người xử lý", 16), new("Lúc", 16),
    ];

    /// <summary>Columns of the records an incident concerns.</summary>
    public static IReadOnlyList<TableColumn> Proof { get; } =
    [
        new("MA_LK", 24), new("Khoa", 10), new("Ra viện", 16), new("Trạng thái", 16), new("Hạn gốc", 16), new("Hạn sau gia hạn", 16), new("Gửi lần đầu", 16), new("Tiếp nhận", 16), new("Mã giao dịch", 30),
    ];

    /// <summary>An open record as a row. A deadline is told as the last minute that is in time.</summary>
    public static string[] Row(DueRecord r) =>
    [
        r.Facility, r.MaLk, r.Ward, r.NgayRa, RecordStates.Vietnamese(r.State), r.Cause ?? "", Last(r.Deadline), Last(r.Original), NameOf(r.Kind),
    ];

    /// <summary>A duty as a row.</summary>
    public static string[] Row(Duty d, DateTimeOffset now) =>
    [
        d.Facility, d.Title, Last(d.DueAt), NameOf(d, now), d.Records?.ToString(CultureInfo.InvariantCulture) ?? "", d.Line?.Basis ?? "", d.Note, d.DoneBy ?? "", At(d.DoneAt),
    ];

    /// <summary>A record of the proof as a row.</summary>
    public static string[] Row(ProofRecord r) =>
    [
        r.MaLk, r.Ward, r.NgayRa, RecordStates.Vietnamese(r.State), r.Original is { } first ? Last(first) : "", r.Deadline is { } then ? Last(then) : "", At(r.FirstAttempt), At(r.ReceivedAt),
        r.TransactionCode ?? "",
    ];

    /// <summary>The limit that decides, in words.</summary>
    public static string NameOf(DeadlineKind? kind) => kind switch
    {
        DeadlineKind.CorrectionWindow => "7 ngày làm việc",
        DeadlineKind.MonthClose => "Trước ngày 05",
        DeadlineKind.Draft3h => "Dự thảo 3 giờ",
        _ => "",
    };

    /// <summary>How a duty stands, in words.</summary>
    public static string NameOf(Duty duty, DateTimeOffset now) => duty.State switch
    {
        DutyState.Done => "Đã xong",
        DutyState.Dropped => "Không phải làm",
        _ => duty.IsOverdue(now) ? "Quá hạn" : "Đang mở",
    };

    private static string Last(DateTimeOffset closes) => At(closes.AddMinutes(-1));

    private static string At(DateTimeOffset? at) => at?.InVietnam().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}
