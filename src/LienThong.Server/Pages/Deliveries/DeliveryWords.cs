using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Deliveries;
using LienThong.Portal;
using LienThong.Portal.Channels;

namespace LienThong.Server.Pages.Deliveries;

/// <summary>What pages call kinds and states of deliveries.</summary>
internal static class DeliveryWords
{
    /// <summary>Colour of a state in the style sheet.</summary>
    public static string Colour(DeliveryState state) => state switch
    {
        DeliveryState.Accepted => "green",
        DeliveryState.Rejected or DeliveryState.Dead => "red",
        DeliveryState.OutcomeUnknown => "orange",
        DeliveryState.Held => "yellow",
        DeliveryState.Sending => "blue",
        DeliveryState.Waiting => "azure",
        _ => "secondary",
    };

    /// <summary>A group of check-ins.</summary>
    public static string Name(CheckInGroup group) => group switch
    {
        CheckInGroup.Waiting => "Chờ gửi",
        CheckInGroup.Blocked => "Cần sửa",
        CheckInGroup.Sent => "Đã gửi",
        CheckInGroup.Overtaken => "Hồ sơ gửi trước",
        CheckInGroup.Exempt => "Được miễn",
        _ => "Đã đóng",
    };

    /// <summary>Colour of a group of check-ins.</summary>
    public static string Colour(CheckInGroup group) => group switch
    {
        CheckInGroup.Waiting => "azure",
        CheckInGroup.Blocked => "red",
        CheckInGroup.Sent => "green",
        CheckInGroup.Overtaken => "orange",
        _ => "secondary",
    };

    /// <summary>How a check-in stands, more closely than its group.</summary>
    public static string State(CheckInView c) => c.DeliveryState is { } delivery ? DeliveryStates.Vietnamese(delivery) : CheckInStates.Vietnamese(c.State);

    /// <summary>Colour of what <see cref="State"/> says.</summary>
    public static string Colour(CheckInView c) => c.DeliveryState is { } delivery ? Colour(delivery) : Colour(c.Group);

    /// <summary>A kind of document.</summary>
    public static string Service(string service) => service switch
    {
        nameof(PortalService.CheckIn) => "Check-in",
        nameof(PortalService.Record) => "Hồ sơ",
        nameof(PortalService.MedicalAssessment) => "Giám định y khoa (XML12)",
        nameof(PortalService.DepartmentsForm) => "01/DM",
        nameof(PortalService.StaffForm) => "02/DM",
        nameof(PortalService.DrugsForm) => "03/DM",
        nameof(PortalService.SuppliesForm) => "04/DM",
        nameof(PortalService.ServicesForm) => "05/DM",
        nameof(PortalService.EquipmentForm) => "06/DM",
        nameof(PortalService.MonthlySummary) => "01/BH",
        nameof(PortalService.Adjustments) => "09/BH",
        _ => service,
    };

    /// <summary>What a destination answered to a call, with the HTTP status unless the text says it; «–» for nothing.</summary>
    public static string Answer(DeliveryAttemptView call)
    {
        string said = $"{call.Code} {call.Message}".Trim();
        string status = call.HttpStatus is { } number && !said.Contains($"HTTP {number}", StringComparison.Ordinal) ? $"(HTTP {number})" : "";
        return $"{said} {status}".Trim() is { Length: > 0 } text ? text : "–";
    }

    /// <summary>A kind of destination.</summary>
    public static string Kind(string kind) => kind switch
    {
        ChannelKinds.Hanoi => "Trục dữ liệu y tế Hà Nội",
        ChannelKinds.DienBien => "Cổng dữ liệu y tế Điện Biên",
        ChannelKinds.Fhir => "Cổng FHIR của tỉnh",
        ChannelKinds.Folder => "Thư mục trên máy chủ",
        ChannelKinds.Ftp => "FTP",
        ChannelKinds.Ftps => "FTPS",
        _ => kind,
    };

    /// <summary>How long something has been waiting: «5 phút», «3 giờ», «2 ngày».</summary>
    public static string Age(DateTimeOffset since, DateTimeOffset now)
    {
        TimeSpan age = now - since;
        return age.TotalDays >= 2 ? $"{(int)age.TotalDays} ngày" : age.TotalHours >= 2 ? $"{(int)age.TotalHours} giờ" : $"{Math.Max(0, (int)age.TotalMinutes)} phút";
    }
}
