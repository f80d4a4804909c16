using LienThong.Gateway.Deadlines;

namespace LienThong.Server.Pages.Deadlines;

/// <summary>Words and colours of deadlines, duties and incidents.</summary>
internal static class DeadlineWords
{
    /// <summary>A length of time: «45 phút», «3 giờ 20 phút», «5 ngày».</summary>
    public static string Span(long minutes) =>
        minutes < 60 ? $"{minutes} phút"
        : minutes < 24 * 60 ? minutes % 60 == 0 ? $"{minutes / 60} giờ" : $"{minutes / 60} giờ {minutes % 60} phút"
        : minutes / 60 % 24 == 0 ? $"{minutes / 1440} ngày" : $"{minutes / 1440} ngày {minutes / 60 % 24} giờ";

    /// <summary>A ward as people see it.</summary>
    public static string Ward(string ward) => ward.Length > 0 ? ward : "Chưa rõ khoa";

    public static string NameOf(DueBucket bucket) => bucket switch
    {
        DueBucket.Overdue => "Quá hạn",
        DueBucket.Today => "Hạn hôm nay",
        DueBucket.Week => "7 ngày tới",
        _ => "Còn xa hạn",
    };

    public static string NameOf(IncidentState state) => state switch
    {
        IncidentState.Proposed => "Chờ xác nhận",
        IncidentState.Open => "Đang diễn ra",
        IncidentState.Closed => "Đã kết thúc",
        _ => "Đã bỏ",
    };

    public static string ColourOf(IncidentState state) => state switch
    {
        IncidentState.Proposed => "orange",
        IncidentState.Open => "red",
        IncidentState.Closed => "green",
        _ => "secondary",
    };

    public static string NameOf(IncidentEffect effect) => effect switch
    {
        IncidentEffect.Lengthen => "Hạn nộp dài thêm đúng thời gian sự cố",
        IncidentEffect.UntilRepaired => "Hạn rơi vào lúc sự cố được dời đến 24 giờ ngày khắc phục",
        _ => "Không gia hạn",
    };

    public static string ColourOf(Duty duty, DateTimeOffset now) =>
        duty.State != DutyState.Open ? "secondary" : duty.IsOverdue(now) ? "red" : duty.DueAt - now < TimeSpan.FromDays(3) ? "orange" : "azure";

    /// <summary>How certain a line is.</summary>
    public static string Confidence(string mark) => mark switch
    {
        "O" => "đọc văn bản gốc",
        "G" => "theo sổ tay dẫn văn bản",
        "C" => "theo hệ thống đang chạy",
        "S" => "một nguồn, chưa kiểm chứng",
        _ => "cách hiểu của sản phẩm",
    };
}
