using LienThong.Gateway.Jobs;

namespace LienThong.Server.Pages.Operating;

/// <summary>Words of the machine room: what a part is, what its trouble means, what to do and where.</summary>
internal static class SystemWords
{
    /// <summary>A part of <c>/health</c>.</summary>
    /// <param name="Title">Its name.</param>
    /// <param name="Trouble">What to do when it isn't well.</param>
    /// <param name="Link">Page with more; null for none.</param>
    internal sealed record PartWords(string Title, string Trouble, string? Link = null);

    /// <summary>Words of a part; one this table doesn't know keeps its name and points to the log.</summary>
    public static PartWords Part(string key) => key switch
    {
        "database" => new("Cơ sở dữ liệu", "Không trả lời. Kiểm tra máy chủ cơ sở dữ liệu, mạng, dung lượng đĩa; nhật ký máy chủ ghi rõ lỗi."),
        "archive" => new("Kho lưu trữ", "Không ghi được: nhận hồ sơ bị từ chối, ký và gửi chờ rồi tự tiếp tục. Kiểm tra thư mục hoặc kho S3, quyền ghi, dung lượng."),
        "worker" => new("Ký và gửi hồ sơ", "Đã ngừng. Khởi động lại máy chủ LienThong; nếu ngừng tiếp, xem nhật ký.", "/gui-cong"),
        "deliveries" => new("Kênh gửi, check-in", "Có kênh chờ người xử lý, hoặc việc gửi đã ngừng. Xem «Kênh gửi»; nếu không kênh nào dừng, khởi động lại máy chủ.", "/kenh-gui"),
        "jobs" => new("Việc định kỳ", "Có việc lỗi, trễ, hoặc bộ định giờ đã ngừng: xem bảng «Việc định kỳ». Nếu mọi việc đều trễ, khởi động lại máy chủ."),
        "sources" => new("Nguồn dữ liệu HIS", "Có nguồn không đọc được. Xem lỗi ở «Nguồn dữ liệu».", "/nguon-du-lieu"),
        "folders" => new("Thư mục theo dõi", "Có thư mục không tới được. Xem «Thư mục theo dõi»: đường dẫn, gắn kết mạng, quyền.", "/thu-muc"),
        "disk" => new("Đĩa dữ liệu", "Sắp đầy. Giải phóng hoặc thêm dung lượng trước khi hết chỗ; không xóa tệp trong kho lưu trữ."),
        "certificates" => new("Chứng thư số", "Hết hạn, sắp hết hạn hoặc bị khóa vì sai PIN. Xem «Chứng thư số».", "/chung-thu"),
        "checkIns" => new("Check-in quá giờ", "Có check-in chưa gửi quá giờ cảnh báo. Xem «Check-in».", "/check-in"),
        "reconciliation" => new("Xác nhận của Cổng", "Có hồ sơ quá 45 ngày chưa được danh sách nào của Cổng xác nhận. Xuất danh sách từ Cổng và nhập ở «Đối soát».", "/doi-soat/nhac"),
        _ => new(key, "Xem nhật ký máy chủ."),
    };

    /// <summary>A state of a part or of all.</summary>
    public static string Status(string status) => status switch
    {
        "ok" => "Tốt",
        "warn" => "Cần xem",
        _ => "Ngừng",
    };

    /// <summary>Its colour in the style sheet.</summary>
    public static string Colour(string status) => status switch
    {
        "ok" => "green",
        "warn" => "orange",
        _ => "red",
    };

    /// <summary>How a job stands.</summary>
    public static (string Text, string Colour) State(JobState job) => job switch
    {
        { Last: null } => ("Chưa chạy lần nào", "secondary"),
        { Last.Failures: > 0 } => ($"Lỗi {Vi.Count(job.Last.Failures)} lần liên tiếp", "red"),
        { IsLate: true } => ("Trễ", "red"),
        _ => ("Tốt", "green"),
    };

    /// <summary>What doesn't work while a job doesn't run.</summary>
    public static string Consequence(string job) => job switch
    {
        "deadlines" => "Hạn nộp hiện trên các trang có thể đã cũ; sự cố của Cổng không được đề xuất.",
        "duties" => "Nhiệm vụ mới không tự mở, nhiệm vụ đã xong không tự đóng.",
        "exceptions" => "Ngoại lệ đến ngày hiệu lực hoặc hết hạn chưa có tác dụng.",
        "certificates" => "Không ai được nhắc chứng thư sắp hết hạn: tự xem ở «Chứng thư số».",
        "cards" => "Thẻ chờ tra lại và tra thẻ hằng đêm không chạy.",
        "access" => "Người bị khóa hoặc đổi nhóm ở danh bạ của bệnh viện vẫn còn phiên và mã đã cấp; phiên và nhật ký quá hạn không được dọn.",
        _ => "Phần việc này không được làm.",
    };

    /// <summary>What to do about a job in trouble.</summary>
    public static string Remedy(JobState job) => job.Last is { Failures: > 0 } run
        ? $"Phần mềm tự chạy lại lúc {Vi.Time(run.NextAt)}. Còn lỗi thì xem nhật ký máy chủ (mã 4702, việc «{job.Name}»), sửa nguyên nhân: cơ sở dữ liệu, kho lưu trữ, mạng."
        : "Không máy chủ nào chạy việc này. Kiểm tra các máy chủ ở dưới; khởi động lại máy chủ có ký và gửi.";

    /// <summary>A pause: «5 giây», «1 phút», «1 giờ».</summary>
    public static string Every(TimeSpan pause) =>
        pause.TotalHours >= 1 ? $"{(int)pause.TotalHours} giờ" : pause.TotalMinutes >= 1 ? $"{(int)pause.TotalMinutes} phút" : $"{Math.Max(1, (int)pause.TotalSeconds)} giây";

    /// <summary>An amount of bytes in GB or MB, powers of 1024.</summary>
    public static string Space(long bytes) =>
        bytes >= 1L << 30 ? $"{Vi.Money(Math.Round(bytes / (decimal)(1L << 30), 1))} GB" : $"{Vi.Count(bytes / (1L << 20))} MB";
}
