using System.CommandLine;
using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Standard;

namespace LienThong.Cli.Commands;

/// <summary><c>validate PATH...</c></summary>
internal static class ValidateCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Tệp hồ sơ, hoặc thư mục (mọi tệp *.xml bên trong).", Arity = ArgumentArity.OneOrMore };
        Option<string?> asOf = Setting.Text("--as-of", "yyyy-MM-dd", "Ngày kiểm tra; mặc định hôm nay.");
        Option<string?> release = Setting.Text("--release", "ID", "Chuẩn dùng để kiểm tra, ví dụ QD3176; mặc định theo NGAY_RA.");
        Option<string?> workers = Setting.Text("--workers", "N", "Số tệp kiểm tra cùng lúc; mặc định số nhân xử lý.");
        Option<string?> output = Setting.Output();
        Option<string?> groupBy = Setting.Text("--group-by", "audit", "Tổng hợp theo nội dung giám định tự động (chỉ dạng text; JSON luôn có).");
        var command = new Command("validate", "Kiểm tra hồ sơ: lỗi ở ô nào, sửa thế nào.") { paths, asOf, release, workers, output, groupBy };
        command.SetAction(parsed => ValidateRun.Execute(new ValidateArguments(
            parsed.GetValue(paths)!, Day(parsed.GetValue(asOf)), ReleaseOf(parsed.GetValue(release)),
            parsed.Number(workers, 1, ValidateArguments.MaxWorkers, Environment.ProcessorCount), parsed.WantsJson(output), GroupBy(parsed.GetValue(groupBy)))));
        return command;
    }

    /// <summary>A day, when given.</summary>
    /// <exception cref="CommandFailure">It isn't one.</exception>
    internal static DateOnly? Day(string? text) => text is null ? null
        : ValidateArguments.ReadDay(text) ?? throw CommandFailure.Usage($"--as-of phải là ngày dạng yyyy-MM-dd, không nhận «{Words.Plain(text, 40)}».");

    private static string? GroupBy(string? text) => text is null or "audit" ? text
        : throw CommandFailure.Usage($"--group-by nhận «audit», không nhận «{Words.Plain(text, 40)}».");

    /// <summary>The id of a release, when given.</summary>
    /// <exception cref="CommandFailure">There is no such release.</exception>
    internal static string? ReleaseOf(string? id) => id is null ? null
        : Releases.Find(id)?.Id ?? throw CommandFailure.Usage($"không có chuẩn «{Words.Plain(id, 40)}»; có: {string.Join(", ", Releases.All.Select(r => r.Id))}.");
}
