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

    /// <summary>What two sides differ in, by the name of its field; an unknown name as it is.</summary>
    public static string Field(string name) => name switch
    {
        "TRANG_THAI" => "Trạng thái",
        "NGAY_RA" => "Ngày ra (NGAY_RA)",
        "T_TONGCHI_BV" => "Tổng chi (T_TONGCHI_BV)",
        "T_BHTT" => "BHYT thanh toán (T_BHTT)",
        _ => name,
    };

    /// <summary>What came of it, in one line.</summary>
    public static string Summary(ReconciliationCounts c) => string.Join(" · ", new[]
    {
        Part(c.SettledAccepted + c.SettledRejected, "rõ kết quả"), Part(c.Confirmed, "xác nhận"), Part(c.Faulty, "báo lỗi"), Part(c.NotTheirs, "Cổng không có"), Part(c.NotOurs, "ta không có"),
        Part(c.Different, "khác nhau"), Part(c.Resolved, "giải quyết"), Part(c.Skipped, "bỏ qua"),
    }.Where(p => p.Length > 0)) is { Length: > 0 } text ? text : "khớp, không có gì thay đổi";

    private static string Part(long count, string what) => count == 0 ? "" : $"{Vi.Count(count)} {what}";
}
