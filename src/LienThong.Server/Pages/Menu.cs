using LienThong.Gateway.Access;

namespace LienThong.Server.Pages;

/// <summary>A line of the menu.</summary>
/// <param name="Text">What it is called.</param>
/// <param name="Path">Where it leads.</param>
/// <param name="Permission">Who sees it; null for everyone signed in.</param>
internal sealed record MenuItem(string Text, string Path, string? Permission);

/// <summary>The menu, in the order of the product's pages. A new page is a line here.</summary>
internal static class Menu
{
    public static IReadOnlyList<MenuItem> All { get; } =
    [
        new("Tổng quan", "/", null),
        new("Tra thẻ", "/tra-the", Permissions.ReadCards),
        new("Hồ sơ", "/ho-so", Permissions.ReadRecords),
        new("Tải lên", "/tai-len", Permissions.Ingest),
        new("Lỗi", "/loi", Permissions.ReadRecords),
        new("Nguyên nhân", "/nguyen-nhan", Permissions.ReadRecords),
        new("Gửi cổng", "/gui-cong", Permissions.ReadSubmissions),
        new("Check-in", "/check-in", Permissions.ReadRecords),
        new("Kênh gửi", "/kenh-gui", Permissions.ReadSubmissions),
        new("Lượt gửi", "/luot-gui", Permissions.ReadSubmissions),
        new("Đối soát", "/doi-soat", Permissions.ReadSubmissions),
        new("Hạn nộp", "/han-nop", Permissions.ReadSubmissions),
        new("Kiểm tra tài khoản", "/kiem-tra-tai-khoan", Permissions.Operate),
        new("Chứng thư số", "/chung-thu", Permissions.ReadSubmissions),
        new("Quy tắc", "/quy-tac", Permissions.ReadRecords),
        new("Ngoại lệ", "/ngoai-le", Permissions.ReadRecords),
        new("Thư mục theo dõi", "/thu-muc", Permissions.Operate),
        new("Ánh xạ dữ liệu", "/anh-xa", Permissions.Operate),
        new("Danh mục", "/danh-muc", Permissions.ReadCatalogues),
        new("Nguồn dữ liệu", "/nguon-du-lieu", Permissions.Operate),
        new("Hệ thống", Operating.SystemPages.Path, Permissions.Operate),
        new("Người dùng", "/nguoi-dung", Permissions.ManageUsers),
        new("Nhật ký", "/nhat-ky", Permissions.ReadAudit),
        new("Tài liệu API", "/docs", null),
    ];

    public static bool IsActive(MenuItem item, string path) =>
        item.Path == "/" ? path == "/" : path == item.Path || path.StartsWith(item.Path + "/", StringComparison.Ordinal);
}
