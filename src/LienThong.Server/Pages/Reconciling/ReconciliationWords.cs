using LienThong.Gateway.Receipts;

namespace LienThong.Server.Pages.Reconciling;

/// <summary>Words of the pages of reconciliation.</summary>
internal static class ReconciliationWords
{
    /// <summary>Where a comparison stands.</summary>
    public static string Name(ReconciliationState state) => state switch
    {
        ReconciliationState.Reading => "Đang đọc",
        ReconciliationState.Previewed => "Chờ áp dụng",
        ReconciliationState.Applying => "Đang áp dụng",
        _ => "Đã áp dụng",
    };

    /// <summary>What came of it, in one line.</summary>
    public static string Summary(ReconciliationCounts c) => string.Join(" · ", new[]
    {
        Part(c.SettledAccepted + c.SettledRejected, "rõ kết quả"), Part(c.Confirmed, "xác nhận"), Part(c.Faulty, "báo lỗi"), Part(c.NotTheirs, "Cổng không có"), Part(c.NotOurs, "ta không có"),
        Part(c.Different, "khác nhau"), Part(c.Resolved, "giải quyết"), Part(c.Skipped, "bỏ qua"),
    }.Where(p => p.Length > 0)) is { Length: > 0 } text ? text : "khớp, không có gì thay đổi";

    private static string Part(long count, string what) => count == 0 ? "" : $"{Vi.Count(count)} {what}";
}
