using System.Globalization;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Records;
using LienThong.Standard;

namespace LienThong.Server.Pages;

/// <summary>Dates, numbers and names as Vietnamese readers expect them, whatever the machine's own culture.</summary>
internal static class Vi
{
    private static readonly NumberFormatInfo Numbers = new() { NumberGroupSeparator = ".", NumberDecimalSeparator = ",", NegativeSign = "-" };

    /// <summary>dd/MM/yyyy HH:mm in Vietnam.</summary>
    public static string Time(DateTimeOffset at) => at.InVietnam().ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>dd/MM/yyyy in Vietnam.</summary>
    public static string Day(DateTimeOffset at) => at.InVietnam().ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>A day as people write it (d/M/yyyy) or as a link holds it (yyyy-MM-dd); null for other text.</summary>
    public static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, ["d/M/yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;

    /// <summary>A moment in Vietnam as people write it (d/M/yyyy H:mm, or d/M/yyyy for its beginning); null for other text.</summary>
    public static DateTimeOffset? ReadMoment(string? text) =>
        DateTime.TryParseExact(text?.Trim(), ["d/M/yyyy H:mm", "d/M/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime moment) && moment.Year is >= 1900 and < 9000
            ? new DateTimeOffset(moment, VietnamTime.Offset) : null;

    /// <summary><c>yyyyMMddHHmm</c>, <c>yyyyMMddHHmmss</c> or <c>yyyyMMdd</c> of the standard; other text as it is.</summary>
    public static string Moment(string text) =>
        DateTime.TryParseExact(text, ["yyyyMMddHHmm", "yyyyMMddHHmmss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime moment)
            ? moment.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture)
            : DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
                ? day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)
                : text;

    /// <summary>A whole number with separators: 12.345.</summary>
    public static string Count(long count) => count.ToString("#,0", Numbers);

    /// <summary>An amount in VND: 1.234.567 or, with a fraction, 1.234.567,89. Nothing for null.</summary>
    public static string Money(decimal? vnd) => vnd?.ToString("#,0.##", Numbers) ?? "";

    /// <summary>A value of a table as people read it; text that isn't what its field asks for stays as received.</summary>
    public static string Value(string text, FieldKind kind) => kind switch
    {
        FieldKind.Date8 or FieldKind.DateTime12 => Moment(text.Trim()),
        FieldKind.Decimal when decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number)
            => number.ToString("#,0.######", Numbers),
        _ => text,
    };

    /// <summary>How long until a moment: «còn 3 ngày», «còn 5 giờ», «quá hạn 2 ngày».</summary>
    public static string Left(DateTimeOffset until, DateTimeOffset now)
    {
        TimeSpan left = until - now;
        TimeSpan size = left.Duration();
        string amount = size.TotalDays >= 1 ? $"{(int)size.TotalDays} ngày" : size.TotalHours >= 1 ? $"{(int)size.TotalHours} giờ" : $"{(int)size.TotalMinutes} phút";
        return left < TimeSpan.Zero ? $"quá hạn {amount}" : $"còn {amount}";
    }

    /// <summary>A facility's code with its name, unless it has no name of its own.</summary>
    public static string Facility(FacilityView facility) => facility.Name.Length == 0 || facility.Name == facility.Facility ? facility.Facility : $"{facility.Facility} · {facility.Name}";

    /// <summary>A severity's name.</summary>
    public static string Name(Severity severity) => severity switch
    {
        Severity.Block => "Lỗi chặn",
        Severity.Warn => "Cảnh báo",
        _ => "Thông tin",
    };

    /// <summary>Colour of a severity in the style sheet.</summary>
    public static string Colour(Severity severity) => severity switch
    {
        Severity.Block => "red",
        Severity.Warn => "orange",
        _ => "azure",
    };

    /// <summary>Colour of a state in the style sheet.</summary>
    public static string Colour(RecordState state) => state switch
    {
        RecordState.Accepted => "green",
        RecordState.Invalid or RecordState.Rejected => "red",
        RecordState.OutcomeUnknown => "orange",
        RecordState.Held => "yellow",
        RecordState.Signed or RecordState.Sending => "blue",
        RecordState.Ready => "azure",
        _ => "secondary",
    };

    /// <summary>Outcome of a call to the portal.</summary>
    public static string Outcome(string? outcome) => outcome switch
    {
        "Accepted" => "Đã tiếp nhận",
        "Rejected" => "Bị từ chối",
        "NotSent" => "Chưa gửi được",
        "Unknown" => "Không rõ kết quả",
        null => "Đang gửi",
        _ => outcome,
    };

    /// <summary>Colour of an outcome.</summary>
    public static string OutcomeColour(string? outcome) => outcome switch
    {
        "Accepted" => "green",
        "Rejected" => "red",
        "NotSent" => "secondary",
        "Unknown" => "orange",
        _ => "blue",
    };
}
