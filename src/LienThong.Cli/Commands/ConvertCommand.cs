using System.CommandLine;
using LienThong.Cli.Converting;
using LienThong.Cli.Extracts;
using LienThong.Cli.Terminal;
using LienThong.Standard;

namespace LienThong.Cli.Commands;

/// <summary><c>convert IN...</c></summary>
internal static class ConvertCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var inputs = new Argument<string[]>("IN") { Description = "Gói hồ sơ theo bất kỳ chuẩn nào, hoặc thư mục (mọi tệp *.xml bên trong); hoặc dữ liệu HIS: thư mục tệp .csv, sổ Excel .xlsx, tệp .json, .ndjson.", Arity = ArgumentArity.OneOrMore };
        Option<string?> to = Setting.Text("--to", "ID", "Chuẩn đích, ví dụ QD3176; mặc định chuẩn có hiệu lực vào NGAY_RA của từng hồ sơ.");
        Option<string?> from = Setting.Text("--from", "ID", "Chuẩn của hồ sơ gốc; mặc định nhận theo trường và NGAY_RA của từng hồ sơ.");
        Option<string?> folder = Setting.Text("--out", "DIR", "Thư mục nhận gói đã chuyển (cùng tên) và báo cáo NAME.report.json; không ghi đè tệp nào. Không có thì chỉ báo cáo.");
        Option<string?> mapping = Setting.Text("--mapping", "FILE", "Tệp ánh xạ YAML của dữ liệu HIS; mặc định theo tên tệp và tên cột.");
        Option<string?> facility = Setting.Text("--facility", "MÃ", "MA_CSKCB của lượt khám trong dữ liệu HIS không ghi mã cơ sở.");
        Option<bool> single = Setting.Switch("--single", "Dữ liệu HIS: một gói cho mọi hồ sơ, thay vì mỗi hồ sơ một gói.");
        Option<string?> output = Setting.Output();
        var command = new Command("convert", "Chuyển hồ sơ sang chuẩn khác (nói rõ giá trị nào bị bỏ, trường nào còn thiếu), hoặc lập hồ sơ từ dữ liệu HIS và kiểm tra.")
            { inputs, to, from, mapping, facility, single, folder, output };
        command.SetAction(parsed => ExtractOf(parsed.GetValue(inputs)!, parsed.GetValue(mapping)) is { } extract
            ? ExtractConvertRun.Execute(new ExtractArguments(
                extract, parsed.GetValue(mapping), parsed.GetValue(facility), parsed.GetValue(folder), parsed.GetValue(single), parsed.WantsJson(output)))
            : ConvertRun.Execute(new ConvertArguments(
            parsed.GetValue(inputs)!, ReleaseOf(parsed.GetValue(from)), ReleaseOf(parsed.GetValue(to)), parsed.GetValue(folder), parsed.WantsJson(output))));
        return command;
    }

    // A mapping is only ever for an extract; without one the path tells.
    private static string? ExtractOf(string[] inputs, string? mapping)
    {
        if (inputs.Length == 1 && (mapping is not null || ExtractReader.IsExtract(inputs[0]))) return inputs[0];
        return mapping is null ? null : throw CommandFailure.Usage("--mapping chỉ dùng với một nguồn dữ liệu HIS.");
    }

    private static Release? ReleaseOf(string? id) => ValidateCommand.ReleaseOf(id) is { } known ? Releases.Get(known) : null;
}
