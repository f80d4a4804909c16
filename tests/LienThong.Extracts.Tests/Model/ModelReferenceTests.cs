using System.Text;

namespace LienThong.Extracts.Tests.Model;

/// <summary>Writes docs/extract-model.md from the model and holds it against the checked-in file (LIENTHONG_UPDATE=1 writes it).</summary>
public sealed class ModelReferenceTests
{
    private static string Path => Repository.At("docs", "extract-model.md");

    [Fact]
    public void The_reference_of_the_model_is_current()
    {
        string expected = Write();
        if (Repository.Updates) File.WriteAllText(Path, expected);

        Assert.Equal(expected, File.ReadAllText(Path));
    }

    private static string Write()
    {
        var text = new StringBuilder();
        text.Append($"# Mô hình lượt khám `{VisitModel.Version}`\n\n");
        text.Append("Trang này được viết từ `src/LienThong.Extracts/Data/sections.csv` và `fields.csv`; không sửa tay. Cách gửi dữ liệu: [his-integration.md](his-integration.md).\n\n");
        text.Append("- **Bắt buộc**: thiếu thì lượt khám không được nhận. Những gì chuẩn dữ liệu đòi thêm do quy tắc kiểm tra nêu ra.\n");
        text.Append("- **Mặc định**: giá trị dùng khi để trống; để trống mà có câu giải thích thì LienThong tự tính.\n");
        text.Append("- **Vào đâu**: bảng và trường của chuẩn mang cùng tên; «–» là trường dùng để tính hoặc điền nhiều nơi.\n\n");
        text.Append("| Phần (JSON) | Tệp, trang | Tên | Số dòng |\n|---|---|---|---|\n");
        foreach (SectionSpec section in VisitModel.Sections)
            text.Append($"| [`{section.Name}`](#{section.Name.ToLowerInvariant()}) | `{section.FileName}` | {section.LabelVi} | {(section.IsMany ? "nhiều" : section.Id is SectionId.Visit or SectionId.Patient ? "đúng một" : "không hoặc một")} |\n");
        foreach (SectionSpec section in VisitModel.Sections)
        {
            text.Append($"\n## {section.Name}\n\n**{section.LabelVi}.** {section.AboutVi}\n\n| Trường | Ý nghĩa | Kiểu | Bắt buộc | Mặc định | Vào đâu | Ghi chú |\n|---|---|---|---|---|---|---|\n");
            foreach (VisitFieldSpec field in section.Fields)
                text.Append($"| `{field.Name}` | {field.LabelVi} | {Kind(field.Kind)} | {(field.IsRequired && field.Default.Length == 0 ? "có" : "")} | {field.Default} | {field.Standard?.Id.ToString() ?? "–"} | {field.AboutVi} |\n");
        }

        return text.ToString();
    }

    private static string Kind(ValueKind kind) => kind switch
    {
        ValueKind.Text => "văn bản",
        ValueKind.Code => "mã",
        ValueKind.Codes => "các mã cách nhau `;`",
        ValueKind.Count => "số nguyên",
        ValueKind.Number => "số",
        ValueKind.Day => "ngày",
        ValueKind.Days => "các ngày cách nhau `;`",
        ValueKind.Moment => "ngày giờ",
        ValueKind.Birth => "ngày sinh",
        ValueKind.Role => "`main`, `secondary`",
        ValueKind.Payer => "`patient`, `NSNN`, `VTNN`, `VTTN`, `CL`",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
