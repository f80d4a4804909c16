using System.CommandLine;
using LienThong.Cli.Convert;
using LienThong.Standard;

namespace LienThong.Cli.Commands;

/// <summary><c>convert IN...</c></summary>
internal static class ConvertCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var inputs = new Argument<string[]>("IN") { Description = "Gói hồ sơ theo bất kỳ chuẩn nào, hoặc thư mục (mọi tệp *.xml bên trong).", Arity = ArgumentArity.OneOrMore };
        Option<string?> to = Setting.Text("--to", "ID", "Chuẩn đích, ví dụ QD3176; mặc định chuẩn có hiệu lực vào NGAY_RA của từng hồ sơ.");
        Option<string?> from = Setting.Text("--from", "ID", "Chuẩn của hồ sơ gốc; mặc định nhận theo trường và NGAY_RA của từng hồ sơ.");
        Option<string?> folder = Setting.Text("--out", "DIR", "Thư mục nhận gói đã chuyển (cùng tên) và báo cáo NAME.report.json; không ghi đè tệp nào. Không có thì chỉ báo cáo.");
        Option<string?> output = Setting.Output();
        var command = new Command("convert", "Chuyển hồ sơ sang chuẩn khác: đổi tên, đổi mã, và nói rõ giá trị nào bị bỏ, trường nào còn thiếu.") { inputs, to, from, folder, output };
        command.SetAction(parsed => ConvertRun.Execute(new ConvertArguments(
            parsed.GetValue(inputs)!, ReleaseOf(parsed.GetValue(from)), ReleaseOf(parsed.GetValue(to)), parsed.GetValue(folder), parsed.WantsJson(output))));
        return command;
    }

    private static Release? ReleaseOf(string? id) => ValidateCommand.ReleaseOf(id) is { } known ? Releases.Get(known) : null;
}
