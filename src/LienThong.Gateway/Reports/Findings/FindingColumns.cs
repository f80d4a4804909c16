using System.Globalization;
using LienThong.Standard;

namespace LienThong.Gateway.Reports.Findings;

/// <summary>A column of the list of findings.</summary>
/// <param name="Header">Heading, in Vietnamese.</param>
/// <param name="Width">Width on a sheet, in characters.</param>
/// <param name="Text">Its text; empty when there is nothing to say.</param>
/// <param name="Amount">Its number, for columns that are counted with; otherwise null.</param>
internal sealed record FindingColumn(string Header, int Width, Func<FindingLine, string> Text, Func<FindingLine, decimal?>? Amount = null);

/// <summary>The columns of a list of findings: the same in CSV and on the sheet.</summary>
internal static class FindingColumns
{
    public static FindingColumn[] All { get; } =
    [
        new("Tệp", 28, f => f.Source.File),
        new("Hồ sơ", 8, f => Number(f.Source.Hoso), f => f.Source.Hoso),
        new("MA_LK", 18, f => f.Source.MaLk),
        new("Cơ sở", 8, f => f.Source.Facility),
        new("Chuẩn", 9, f => f.Source.Release),
        new("Mức", 10, f => NameOf(f.Severity)),
        new("Mã quy tắc", 22, f => f.Rule),
        new("Bảng", 7, f => f.Table),
        new("Dòng", 7, f => Number(f.Row), f => f.Row),
        new("STT", 7, f => f.Stt),
        new("Trường", 18, f => f.Field),
        new("Giá trị", 24, f => f.Value),
        new("Nội dung", 60, f => f.Message),
        new("Cách sửa", 45, f => f.Fix),
        new("Giá trị đúng", 18, f => f.Expected ?? ""),
        new("Khoa", 9, f => f.Department),
        new("Bác sĩ", 18, f => f.Doctor),
        new("Mã thuốc, dịch vụ, bệnh", 18, f => f.Item),
        new("Tiền có thể bị từ chối (đ)", 16, f => f.AtRisk?.ToString("0.####", CultureInfo.InvariantCulture) ?? "", f => f.AtRisk),
        new("Điểm giám định tự động", 10, f => f.AuditGroup?.Point ?? ""),
        new("Căn cứ", 40, f => f.LegalBasis),
        new("Dòng trong tệp", 9, f => Number(f.Line), f => f.Line),
    ];

    /// <summary>The severity as people read it.</summary>
    public static string NameOf(Severity severity) => severity switch
    {
        Severity.Block => "Chặn",
        Severity.Warn => "Cảnh báo",
        _ => "Gợi ý",
    };

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
