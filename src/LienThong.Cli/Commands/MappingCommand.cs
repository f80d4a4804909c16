using System.CommandLine;
using LienThong.Cli.Extracts;
using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Gateway.Intake.Tables;

namespace LienThong.Cli.Commands;

/// <summary><c>mapping suggest|check|template</c></summary>
internal static class MappingCommand
{
    /// <summary>The verb with its own verbs.</summary>
    public static Command Create() => new("mapping", "Ánh xạ bảng của HIS vào mô hình lượt khám.") { Suggest(), Check(), Template() };

    private static Command Suggest()
    {
        var path = new Argument<string>("PATH") { Description = "Thư mục tệp .csv, một tệp .csv, hoặc sổ Excel .xlsx." };
        Option<string?> file = Setting.Text("--out", "FILE", "Tệp YAML nhận ánh xạ; mặc định in ra màn hình. Không ghi đè.");
        Option<string?> output = Setting.Output();
        var command = new Command("suggest", "Đề xuất ánh xạ theo tên cột và giá trị mẫu, kèm độ tin cậy.") { path, file, output };
        command.SetAction(parsed => MappingSuggestRun.Execute(parsed.GetValue(path)!, parsed.GetValue(file), parsed.WantsJson(output)));
        return command;
    }

    private static Command Check()
    {
        var mapping = new Argument<string?>("FILE") { Description = "Tệp ánh xạ YAML; bỏ trống thì theo tên tệp và tên cột.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> on = Setting.Text("--on", "PATH", "Thư mục tệp .csv, một tệp .csv, sổ Excel .xlsx, hoặc tệp .json, .ndjson.");
        Option<string?> output = Setting.Output();
        var command = new Command("check", "Đọc hết dữ liệu theo ánh xạ: lỗi ở tệp, dòng, cột nào; xem thử hồ sơ đầu tiên.") { mapping, on, output };
        command.SetAction(parsed => MappingCheckRun.Execute(parsed.GetValue(mapping), parsed.Need(on), parsed.WantsJson(output)));
        return command;
    }

    private static Command Template()
    {
        Option<string?> file = Setting.Text("--out", "FILE", $"Tệp .xlsx cần ghi, ví dụ {ExcelTemplate.FileName}. Không ghi đè.");
        var command = new Command("template", "Viết mẫu Excel cho phòng khám nhỏ: có hướng dẫn, danh sách chọn và dòng ví dụ; điền xong thì nhập được ngay, không cần ánh xạ.") { file };
        command.SetAction(parsed =>
        {
            string path = parsed.Need(file);
            if (File.Exists(path)) throw CommandFailure.Usage($"{path} đã có; chọn tên khác.");
            ResultFile.Write(path, output => ExcelTemplate.Write(output, DateOnly.FromDateTime(ValidateRun.Context(null, null).ProcessTime)));
            Screen.Out.WriteLine($"{path}: điền theo trang Hướng dẫn, rồi chạy lienthong mapping check --on {path}");
            return ExitCode.Fine;
        });
        return command;
    }
}
