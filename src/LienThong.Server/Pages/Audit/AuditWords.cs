using System.Collections.Frozen;

namespace LienThong.Server.Pages.Audit;

/// <summary>What entries of the audit log are called.</summary>
internal static class AuditWords
{
    /// <summary>Groups of actions, for the filter.</summary>
    public static IReadOnlyList<(string Value, string Name)> Groups { get; } =
    [
        ("user.", "Người dùng"), ("token.", "Mã truy cập, phiên"), ("record.", "Hồ sơ"), ("records.", "Tìm, xuất hồ sơ"), ("card.", "Tra thẻ"), ("key.", "Chứng thư số"),
        ("facility.", "Cơ sở"), ("catalogue.", "Danh mục"), ("exception.", "Ngoại lệ"), ("audit.", "Nhật ký"),
    ];

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["user.created"] = "Tạo người dùng",
        ["user.granted"] = "Đổi vai trò, cơ sở",
        ["user.disabled"] = "Khóa người dùng",
        ["user.enabled"] = "Mở lại người dùng",
        ["user.unlocked"] = "Bỏ tạm khóa do sai mật khẩu",
        ["user.password-set"] = "Đặt mật khẩu cho người dùng",
        ["user.password-changed"] = "Tự đổi mật khẩu",
        ["user.signed-in"] = "Đăng nhập",
        ["user.sign-in-failed"] = "Đăng nhập sai",
        ["user.code-failed"] = "Sai mã hai bước",
        ["user.locked-out"] = "Tạm khóa do sai nhiều lần",
        ["user.second-factor-set"] = "Bật xác thực hai bước",
        ["user.second-factor-removed"] = "Tắt xác thực hai bước",
        ["user.second-factor-reset"] = "Đặt lại xác thực hai bước",
        ["user.recovery-codes-renewed"] = "Đổi mã khôi phục",
        ["user.recovery-code-used"] = "Dùng mã khôi phục",
        ["user.taken-over"] = "Nhận người dùng từ danh bạ",
        ["user.gone"] = "Người dùng không còn trong danh bạ",
        ["token.issued"] = "Cấp mã truy cập",
        ["token.revoked"] = "Thu hồi mã hoặc phiên",
        ["session.revoked-all"] = "Kết thúc mọi phiên",
        ["record.read"] = "Xem hồ sơ",
        ["record.sensitive-read"] = "Xem phần HIV của hồ sơ",
        ["record.held"] = "Tạm giữ hồ sơ",
        ["record.signed"] = "Ký hồ sơ",
        ["records.searched"] = "Tìm hồ sơ",
        ["records.exported"] = "Xuất lỗi hồ sơ",
        ["card.read"] = "Xem kết quả tra thẻ",
        ["audit.exported"] = "Xuất nhật ký",
        ["audit.removed"] = "Xóa nhật ký quá hạn lưu",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Name of an action; its code when it has none.</summary>
    public static string NameOf(string action) => Names.GetValueOrDefault(action, action);
}
