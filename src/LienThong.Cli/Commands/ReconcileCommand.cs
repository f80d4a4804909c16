using System.CommandLine;
using LienThong.Cli.Reconciling;
using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Gateway.Receipts;
using LienThong.Standard;

namespace LienThong.Cli.Commands;

/// <summary><c>reconcile</c></summary>
internal static class ReconcileCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Danh sách xuất từ Cổng: .csv, .xlsx hoặc .xls." };
        Option<string?> facility = Setting.Text("--facility", "MACSKCB", "Cơ sở có danh sách này.");
        Option<string?> kind = Setting.Text("--kind", "reception|results|payment", "Loại danh sách; mặc định tự nhận qua tiêu đề cột.");
        Option<string?> asOf = Setting.Text("--as-of", "yyyy-MM-dd", "Ngày xuất danh sách; mặc định vừa xuất.");
        Option<string?> from = Setting.Text("--from", "yyyy-MM-dd", "Ngày đầu danh sách gồm; mặc định theo các dòng.");
        Option<string?> to = Setting.Text("--to", "yyyy-MM-dd", "Ngày cuối danh sách gồm; mặc định theo các dòng.");
        Option<bool> apply = Setting.Switch("--apply", "Áp dụng: xác định hồ sơ không rõ kết quả, ghi kết quả vào biên nhận, so sánh hai chiều. Không có: chỉ xem trước.");
        Option<bool> yes = Setting.Switch("--yes", "Đồng ý áp dụng dù ít hồ sơ trong danh sách là của cơ sở.");
        var command = new Command("reconcile", "Đối soát hồ sơ đã gửi với danh sách xuất từ Cổng.")
            { file, InHouse.Data, InHouse.Postgres, facility, kind, asOf, from, to, apply, yes, InHouse.Output };
        command.SetAction((parsed, ct) =>
        {
            string path = parsed.GetValue(file)!;
            ReconciliationRequest request = new()
            {
                FileName = Path.GetFileName(path),
                Facility = parsed.Need(facility),
                Kind = parsed.GetValue(kind) is { Length: > 0 } text
                    ? PortalLists.Parse(text) ?? throw CommandFailure.Usage($"--kind chỉ nhận reception, results hoặc payment, không nhận «{Words.Plain(text, 40)}».") : null,
                AsOf = Day(parsed, asOf) is { } day ? new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), VietnamTime.Offset).AddMilliseconds(-1) : null,
                From = Day(parsed, from),
                To = Day(parsed, to),
            };
            return InHouse.RunAsync(parsed, (house, json) => ReconcileRun.ExecuteAsync(house, path, request, parsed.GetValue(apply), parsed.GetValue(yes), json, ct), ct);
        });
        return command;
    }

    private static DateOnly? Day(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { Length: > 0 } text ? null
        : ValidateArguments.ReadDay(text) ?? throw CommandFailure.Usage($"{option.Name} phải là ngày dạng yyyy-MM-dd, không nhận «{Words.Plain(text, 40)}».");
}
