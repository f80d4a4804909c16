using LienThong.Extracts;
using LienThong.Gateway.Reports.Findings.Excel;

namespace LienThong.Gateway.Intake.Tables;

/// <summary>Writes the Excel template in which small clinics fill in their visits; filled in, it is an extract that needs no mapping.</summary>
public static class ExcelTemplate
{
    /// <summary>Name under which it is offered.</summary>
    public const string FileName = "mau-luot-kham.xlsx";

    private const string Lists = "Danh mục";
    private const int OfferedRows = 5000;

    private static readonly string[] Words =
    [
        "Mỗi lượt khám một dòng ở trang «Lượt khám»; thuốc, dịch vụ… ghi ở các trang sau, mỗi dòng có đúng mã lượt khám (MA_LK).",
        "Cột có dấu * là bắt buộc. Di chuột vào tiêu đề để xem cách ghi.",
        "Không đổi tên trang và dòng tiêu đề. Cột không dùng thì để trống hoặc xóa cả cột.",
        "Ngày ghi 15/08/2026, ngày giờ ghi 15/08/2026 08:00. Ngày sinh chỉ biết năm thì ghi 1950.",
        "Mã giữ nguyên số 0 ở đầu (các cột mã đã là dạng Text). Ô có danh sách: chọn, hoặc gõ mã (phần trước dấu ·).",
        "Tiền và số lượng ghi bằng số. Không cần ghi thành tiền, mức hưởng: LienThong tính.",
        "Người bệnh không có thẻ BHYT: để trống các cột thẻ.",
        "Dòng màu xanh có mã bắt đầu bằng # là ví dụ, không được nhập; có thể để lại hoặc xóa.",
        "Điền xong: nộp ở trang «Tải lên». Không có máy chủ: lienthong mapping check --on TỆP.xlsx, rồi lienthong convert TỆP.xlsx --out THƯ_MỤC.",
    ];

    /// <summary>Writes the workbook; the stream stays open and need not be able to seek.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="on">Day whose code lists are offered.</param>
    public static void Write(Stream output, DateOnly on)
    {
        IReadOnlyList<TemplateSheet> templates = VisitTemplate.Sheets(on);
        TemplateColumn[] offered = [.. templates.SelectMany(t => t.Columns).Where(c => c.Choices.Count > 0).DistinctBy(Code, StringComparer.Ordinal)];
        var sheets = new List<Sheet>();
        try
        {
            sheets.Add(Instructions(templates));
            foreach (TemplateSheet template in templates) sheets.Add(Fill(template, offered));
            sheets.Add(ListsOf(offered));
            Workbook.Write(output, sheets);
        }
        finally
        {
            sheets.ForEach(s => s.Dispose());
        }
    }

    private static Sheet Instructions(IReadOnlyList<TemplateSheet> templates)
    {
        var sheet = new Sheet("Hướng dẫn", [("Cách điền", 26), ("", 110)]);
        for (int i = 0; i < Words.Length; i++) Row(sheet, (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), Words[i]);
        foreach (TemplateSheet template in templates) Row(sheet, "Trang " + template.Name, template.About);
        return sheet;
    }

    private static void Row(Sheet sheet, string first, string second)
    {
        sheet.BeginRow();
        sheet.Add(first);
        sheet.Add(second);
        sheet.EndRow();
    }

    private static Sheet Fill(TemplateSheet template, TemplateColumn[] offered)
    {
        IReadOnlyList<SheetColumn> columns = [.. template.Columns.Select(c => new SheetColumn(c.Header + (c.IsRequired ? " *" : ""), Math.Clamp(c.Header.Length, 14, 26), c.IsNumber ? SheetStyle.Plain : SheetStyle.Text, Note(c)))];
        var sheet = new Sheet(template.Name, columns);
        for (int i = 0; i < template.Columns.Count; i++)
        {
            int list = Array.FindIndex(offered, o => Code(o) == Code(template.Columns[i]));
            if (list < 0) continue;
            string from = Sheet.Reference(list + 1, 2), to = Sheet.Reference(list + 1, offered[list].Choices.Count + 1);
            sheet.Offer(i + 1, OfferedRows, $"'{Lists}'!{Fixed(from)}:{Fixed(to)}");
        }

        for (int example = 0; example < 2; example++)
        {
            if (template.Columns[0].Examples[example].Length == 0) continue;
            sheet.BeginRow();
            foreach (TemplateColumn column in template.Columns) sheet.Add(column.Examples[example], SheetStyle.Info);
            sheet.EndRow();
        }

        return sheet;
    }

    private static Sheet ListsOf(TemplateColumn[] offered)
    {
        var sheet = new Sheet(Lists, [.. offered.Select(o => (o.Header, 40))]);
        for (int row = 0; row < offered.Max(o => o.Choices.Count); row++)
        {
            sheet.BeginRow();
            foreach (TemplateColumn column in offered) sheet.Add(row < column.Choices.Count ? column.Choices[row] : "");
            sheet.EndRow();
        }

        return sheet;
    }

    private static string? Note(TemplateColumn column)
    {
        string note = string.Join('\n', new[] { column.IsRequired ? "Bắt buộc." : "", column.About, column.Choices.Count > 0 ? "Chọn trong danh sách hoặc gõ mã." : "" }.Where(n => n.Length > 0));
        return note.Length == 0 ? null : note;
    }

    // Fields of one code share a list, whatever their section calls them.
    private static string Code(TemplateColumn column) => column.Header[column.Header.LastIndexOf('(')..];

    private static string Fixed(string reference)
    {
        int digit = reference.AsSpan().IndexOfAnyInRange('0', '9');
        return $"${reference[..digit]}${reference[digit..]}";
    }
}
