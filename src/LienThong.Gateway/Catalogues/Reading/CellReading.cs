using System.Globalization;
using LienThong.Extracts;
using LienThong.Validation;

namespace LienThong.Gateway.Catalogues;

/// <summary>What came of a cell: its text in the list, or why there is none.</summary>
internal readonly record struct CellResult(string? Text, string Message, string Fix)
{
    public bool Failed => Message.Length > 0;

    public static CellResult Of(string text) => new(text.Length == 0 ? null : text, "", "");

    public static CellResult Wrong(string message, string fix) => new(null, message, fix);
}

/// <summary>Turns cells into the texts of a list; where a workbook may have lost something it refuses to guess.</summary>
internal static class CellReading
{
    private static readonly string[] DayForms = ["yyyyMMdd", "d/M/yyyy", "dd/MM/yyyy", "yyyy-MM-dd", "d-M-yyyy", "yyyyMMddHHmm", "yyyyMMddHHmmss", "d/M/yyyy H:mm:ss", "yyyy-MM-dd HH:mm:ss"];

    public static CellResult Read(SheetCell cell, ColumnKind kind, int length)
    {
        if (cell.Form == CellForm.Empty)
            return CellResult.Of("");
        if (cell.Form == CellForm.Error)
            return CellResult.Wrong("Ô lỗi, là công thức hoặc quá dài", "Dán giá trị (Paste Values) thay cho công thức, sửa ô rồi nhập lại.");
        return kind switch
        {
            ColumnKind.Code or ColumnKind.Codes => Code(cell, length),
            ColumnKind.Number => Number(cell),
            ColumnKind.Flag => Flag(cell),
            ColumnKind.Day => Day(cell) is { } day ? CellResult.Of(day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)) : WrongDay(),
            _ => CellResult.Of(cell.Text),
        };
    }

    /// <summary>A day in one of the ways hospitals write it; null for none.</summary>
    public static DateOnly? Day(SheetCell cell) =>
        DateTime.TryParseExact(cell.Text, DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day) && day.Year is >= 1900 and <= 2200
            ? DateOnly.FromDateTime(day)
            : null;

    public static CellResult WrongDay() => CellResult.Wrong("Ngày không đọc được", "Ghi ngày dạng yyyymmdd hoặc dd/mm/yyyy.");

    /// <summary>Yes, no, or null when the text says neither.</summary>
    public static bool? YesNo(string text) => FoldedName.Of(text) switch
    {
        "1" or "X" or "CO" or "TRUE" or "YES" or "DACHAPNHAN" or "DADUYET" or "DAPHEDUYET" => true,
        "0" or "" or "KHONG" or "FALSE" or "NO" or "TUCHOI" or "KHONGCHAPNHAN" => false,
        _ => null,
    };

    private static CellResult Code(SheetCell cell, int length) => cell.Form switch
    {
        CellForm.Day => CellResult.Wrong("Excel đã đổi mã thành ngày tháng", "Định dạng cột là Text, nhập lại mã đúng như bản gốc rồi nhập lại."),
        CellForm.Number when length == 0 || cell.Text.Length != length || cell.Text.Contains('.') =>
            CellResult.Wrong("Ô mã là số nên có thể đã mất số 0 ở đầu hoặc cuối", "Định dạng cột là Text, nhập lại mã đúng như bản gốc rồi nhập lại."),
        _ => CellResult.Of(cell.Text),
    };

    private static CellResult Number(SheetCell cell) =>
        decimal.TryParse(cell.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && cell.Form != CellForm.Day
            ? CellResult.Of(Plain(number))
            : CellResult.Wrong("Không phải số", "Ghi số bằng chữ số, dấu chấm cho phần lẻ, không có dấu phân cách hàng nghìn.");

    private static CellResult Flag(SheetCell cell) => YesNo(cell.Text) switch
    {
        true => CellResult.Of("1"),
        false => CellResult.Of(""),
        null => CellResult.Wrong("Chỉ nhận 1 hoặc x (có), 0 hoặc để trống (không)", "Sửa ô này rồi nhập lại."),
    };

    // The same number always looks the same, or every import would show changes: 480000.0 is 480000.
    private static string Plain(decimal number) => (number / 1.000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
}
