using System.CommandLine;
using LienThong.Cli.Inspect;

namespace LienThong.Cli.Commands;

/// <summary><c>inspect FILE</c></summary>
internal static class InspectCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Tệp hồ sơ." };
        Option<string?> output = Setting.Output();
        var command = new Command("inspect", "Xem tệp có gì: khung, hồ sơ, bảng, số dòng, chuẩn, chỗ khác thường.") { file, output };
        command.SetAction(parsed => InspectRun.Execute(parsed.GetValue(file)!, parsed.WantsJson(output)));
        return command;
    }
}
