using System.Collections.Frozen;

namespace LienThong.Server.Pages.Audit;

/// <summary>What entries of the audit log are called.</summary>
internal static class AuditWords
{
    /// <summary>Groups of actions, for the filter.</summary>
    public static IReadOnlyList<(string Value, string Name)> Groups { get; } =
    [
        ("user.", "Người dùng"), ("token.", "Mã truy cập, phiên"), ("record.", "Hồ sơ"), ("records.", "Tìm, xuất hồ sơ"), ("card.", "Tra thẻ"), ("signing-key.", "Chứng thư số"),
        ("facility.", "Cơ sở"), ("channel.", "Kênh gửi"), ("catalogue.", "Danh mục"), ("exception.", "Ngoại lệ"), ("finding.", "Ý kiến về lỗi"), ("incident.", "Sự cố"), ("duty.", "Nhiệm vụ"),
        ("folder.", "Thư mục theo dõi"), ("mapping.", "Ánh xạ dữ liệu"), ("pull.", "Nguồn dữ liệu"), ("reconciliation.", "Đối soát"), ("audit.", "Nhật ký"),
    ];

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["user.created"] = "Tạo người dùng",
        ["user.granted"] = "Đổi vai trò, cơ sở",
        ["user.renamed"] = "Đổi họ tên",
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
        ["record.version-stored"] = "Nhận bản hồ sơ",
        ["record.HeldBy"] = "Tạm giữ hồ sơ",
        ["record.Released"] = "Bỏ tạm giữ hồ sơ",
        ["record.Revalidated"] = "Kiểm tra lại hồ sơ",
        ["record.signed"] = "Ký hồ sơ",
        ["record.SignedBy"] = "Ký hồ sơ",
        ["record.Queued"] = "Xếp hàng gửi hồ sơ",
        ["record.PortalAccepted"] = "Cổng tiếp nhận hồ sơ",
        ["record.PortalRejected"] = "Cổng từ chối hồ sơ",
        ["record.AnswerLost"] = "Không rõ kết quả gửi",
        ["record.NeverLeft"] = "Chưa gửi được",
        ["record.reason-given"] = "Ghi lý do sửa hồ sơ",
        ["records.searched"] = "Tìm hồ sơ",
        ["records.exported"] = "Xuất lỗi hồ sơ",
        ["card.read"] = "Xem kết quả tra thẻ",
        ["card.answer-read"] = "Xem câu trả lời của Cổng về thẻ",
        ["card.list-read"] = "Xem danh sách thẻ",
        ["card.list-exported"] = "Xuất danh sách thẻ",
        ["card.changes-read"] = "Xem thay đổi của thẻ",
        ["card.looked-up"] = "Tra thẻ",
        ["facility.saved"] = "Ghi cơ sở",
        ["facility.portal-account-set"] = "Đổi tài khoản cổng",
        ["facility.account-checked"] = "Kiểm tra tài khoản cổng",
        ["facility.sending-paused"] = "Dừng gửi",
        ["facility.signing-paused"] = "Dừng ký",
        ["signing-key.added"] = "Thêm chứng thư số",
        ["catalogue.restored"] = "Quay lại bản danh mục cũ",
        ["catalogue.accepted"] = "Ghi ý kiến của Cổng về danh mục",
        ["exception.created"] = "Tạo ngoại lệ",
        ["exception.proposed"] = "Đề nghị ngoại lệ",
        ["exception.approved"] = "Duyệt ngoại lệ",
        ["exception.refused"] = "Từ chối ngoại lệ",
        ["exception.ended"] = "Kết thúc ngoại lệ",
        ["file.taken-in"] = "Nạp tệp",
        ["audit.exported"] = "Xuất nhật ký",
        ["audit.removed"] = "Xóa nhật ký quá hạn lưu",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Name of an action; its code when it has none.</summary>
    public static string NameOf(string action) => Names.GetValueOrDefault(action, action);
}
