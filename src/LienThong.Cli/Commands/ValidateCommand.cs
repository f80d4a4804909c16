using System.CommandLine;
using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Gateway.Reports.Findings;
using LienThong.Standard;
using LienThong.Validation.Custom;

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
        Option<string?> output = Setting.Text("--output", "text|json|csv|xlsx|sarif", "Dạng kết quả; mặc định text.");
        Option<string?> file = Setting.Text("--out", "FILE", "Tệp nhận kết quả; mặc định in ra màn hình (xlsx cần tệp).");
        Option<string?> groupBy = Setting.Text("--group-by", "rule|department|doctor|table|file|audit", "Gom lỗi theo quy tắc, khoa, bác sĩ, bảng, tệp hoặc nội dung giám định tự động (với text và xlsx; các dạng khác có sẵn cột).");
        Option<string[]> catalog = Setting.Many("--catalog", "DIR|FILE", "Danh mục dùng để kiểm tra: tệp .csv, .xlsx hoặc thư mục chứa chúng.");
        Option<string?> data = Setting.Text("--data", "DIR", "Dùng danh mục đã nhập trong thư mục dữ liệu này; cần --facility.");
        Option<string?> facility = Setting.Text("--facility", "MÃ", "Cơ sở của danh mục.");
        Option<string?> purpose = Setting.Text("--purpose", "send|claim", "Kiểm tra để gửi hằng ngày (mặc định) hay để đề nghị thanh toán tháng (claim: phải có NGAY_TTOAN).");
        Option<string[]> rules = Setting.Many("--rules", "FILE", "Tệp quy tắc riêng (YAML) dùng thêm; ghi được nhiều lần.");
        Option<bool> explain = Setting.Switch("--explain", "Nói thêm vì sao lỗi quan trọng, số tiền có thể mất và các ô liên quan (với text).");
        var command = new Command("validate", "Kiểm tra hồ sơ: lỗi ở ô nào, sửa thế nào.") { paths, asOf, release, workers, rules, explain, output, file, groupBy, catalog, data, facility, purpose };
        command.SetAction((parsed, ct) => WithListsAsync(parsed.GetValue(catalog) ?? [], parsed.GetValue(data), parsed.GetValue(facility) ?? "", Check(new ValidateArguments(
            parsed.GetValue(paths)!, Day(parsed.GetValue(asOf)), ReleaseOf(parsed.GetValue(release)),
            parsed.Number(workers, 1, ValidateArguments.MaxWorkers, Environment.ProcessorCount), FormatOf(parsed.GetValue(output)), parsed.GetValue(file), parsed.GetValue(groupBy), ForClaim: IsClaim(parsed.GetValue(purpose)))
        {
            Custom = new CustomRules(RuleFiles.Load(parsed.GetValue(rules) ?? [])),
            Explain = parsed.GetValue(explain),
        }), ct));
        return command;
    }

    private static async Task<int> WithListsAsync(string[] catalog, string? data, string facility, ValidateArguments arguments, CancellationToken ct)
    {
        if (catalog.Length > 0) return ValidateRun.Execute(arguments with { Lists = ListsToJudgeBy.FromFiles(catalog, facility) });
        if (data is null) return ValidateRun.Execute(arguments);
        if (facility.Length == 0) throw CommandFailure.Usage("--data cần --facility để biết dùng danh mục của cơ sở nào.");
        return await ListsToJudgeBy.FromStoreAsync(data, facility, lists => ValidateRun.Execute(arguments with { Lists = lists }), ct);
    }

    private static bool IsClaim(string? purpose) => purpose switch
    {
        null or "send" => false,
        "claim" => true,
        _ => throw CommandFailure.Usage($"--purpose chỉ nhận send hoặc claim, không nhận «{Words.Plain(purpose, 40)}»."),
    };

    private static OutputFormat FormatOf(string? name) => name switch
    {
        null or "text" => OutputFormat.Text,
        "json" => OutputFormat.Json,
        "csv" => OutputFormat.Csv,
        "xlsx" => OutputFormat.Xlsx,
        "sarif" => OutputFormat.Sarif,
        _ => throw CommandFailure.Usage($"--output chỉ nhận text, json, csv, xlsx hoặc sarif, không nhận «{Words.Plain(name, 40)}»."),
    };

    private static ValidateArguments Check(ValidateArguments arguments)
    {
        if (arguments is { Format: OutputFormat.Xlsx, Out: null }) throw CommandFailure.Usage("xlsx cần --out FILE.");
        if (arguments.GroupBy is not { } by) return arguments;
        if (FindingGroups.Parse(by) is null) throw CommandFailure.Usage($"--group-by không nhận «{Words.Plain(by, 40)}»; xem --help.");
        return arguments.Format is OutputFormat.Text or OutputFormat.Xlsx
            ? arguments
            : throw CommandFailure.Usage("--group-by chỉ dùng với text và xlsx; csv, json và sarif có sẵn các cột để gom.");
    }

    /// <summary>A day, when given.</summary>
    /// <exception cref="CommandFailure">It isn't one.</exception>
    internal static DateOnly? Day(string? text) => text is null ? null
        : ValidateArguments.ReadDay(text) ?? throw CommandFailure.Usage($"--as-of phải là ngày dạng yyyy-MM-dd, không nhận «{Words.Plain(text, 40)}».");

    /// <summary>The id of a release, when given.</summary>
    /// <exception cref="CommandFailure">There is no such release.</exception>
    internal static string? ReleaseOf(string? id) => id is null ? null
        : Releases.Find(id)?.Id ?? throw CommandFailure.Usage($"không có chuẩn «{Words.Plain(id, 40)}»; có: {string.Join(", ", Releases.All.Select(r => r.Id))}.");
}
