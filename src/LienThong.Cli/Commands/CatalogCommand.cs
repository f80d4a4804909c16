using System.CommandLine;
using LienThong.Cli.Catalogues;
using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Gateway.Catalogues;
using LienThong.Validation;

namespace LienThong.Cli.Commands;

/// <summary><c>catalog import|list|diff|set|accept|export|undo|show</c></summary>
internal static class CatalogCommand
{
    private static readonly Option<string?> Facility = Setting.Text("--facility", "MÃ", "Cơ sở của danh mục; bỏ trống là danh mục quốc gia.");
    private static readonly Option<string?> Kind = Setting.Text("--kind", "TÊN", "Loại danh mục, ví dụ icd10, drug_facility; xem catalog list.");

    /// <summary>The verb with its own verbs.</summary>
    public static Command Create() => new("catalog", "Danh mục dùng chung và danh mục của cơ sở (mẫu 01/DM–06/DM).") { Import(), List(), Diff(), Set(), Accept(), Export(), Undo(), Show() };

    private static Command Import()
    {
        var files = new Argument<string[]>("FILE") { Description = "Tệp .csv, .csv.gz, .xlsx hoặc .xls.", Arity = ArgumentArity.OneOrMore };
        Option<string?> from = Setting.Text("--from", "yyyy-MM-dd", "Ngày bắt đầu áp dụng, khi tệp không có cột ngày; cũng là ngày đóng dòng không còn trong tệp. Mặc định hôm nay.");
        Option<string?> accepted = Setting.Text("--accepted", "yyyy-MM-dd", "Ngày Cổng đã chấp nhận mọi dòng trong tệp.");
        Option<string?> reason = Setting.Text("--reason", "LÝ DO", "Lý do, ghi vào lịch sử và nhật ký.");
        Option<bool> partial = Setting.Switch("--partial", "Tệp chỉ có phần bổ sung, sửa đổi: không đóng dòng vắng mặt.");
        Option<bool> incomplete = Setting.Switch("--incomplete", "Danh mục chưa đủ mã: không báo lỗi mã vắng mặt.");
        Option<bool> strict = Setting.Switch("--all-or-nothing", "Có dòng sai thì không nhập dòng nào.");
        Option<bool> yes = Setting.Switch("--yes", "Đồng ý đóng nhiều dòng vắng mặt.");
        Option<bool> dryRun = Setting.Switch("--dry-run", "Chỉ xem thay đổi, không nhập.");
        var command = new Command("import", "Nhập danh mục từ tệp; mỗi lần nhập là một phiên bản, không ghi đè.")
            { files, InHouse.Data, InHouse.Postgres, Facility, Kind, from, accepted, reason, partial, incomplete, strict, yes, dryRun, InHouse.Output };
        command.SetAction((parsed, ct) => CatalogImportRun.ExecuteAsync(new CatalogImportArguments(
            parsed.GetValue(files)!, parsed.Need(InHouse.Data), parsed.GetValue(InHouse.Postgres), parsed.GetValue(dryRun), parsed.WantsJson(InHouse.Output), new CatalogueRequest
            {
                FileName = "",
                Facility = parsed.GetValue(Facility) ?? "",
                List = Find(parsed.GetValue(Kind)),
                From = Day(parsed, from),
                AcceptedOn = Day(parsed, accepted),
                Whole = !parsed.GetValue(partial),
                Complete = !parsed.GetValue(incomplete),
                AllOrNothing = parsed.GetValue(strict),
                Confirmed = parsed.GetValue(yes),
                Reason = parsed.GetValue(reason) ?? "",
            }), ct));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Danh mục nào đã nhập, còn thiếu danh mục nào.") { InHouse.Data, InHouse.Postgres, InHouse.Output };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, (house, json) => CatalogListRun.ListAsync(house, json, ct), ct));
        return command;
    }

    private static Command Diff()
    {
        Option<string?> from = Setting.Text("--from-edition", "N", "Phiên bản trước; mặc định ngay trước bản sau.");
        Option<string?> to = Setting.Text("--to-edition", "N", "Phiên bản sau; mặc định bản mới nhất.");
        Option<string?> most = Setting.Text("--most", "N", "Số dòng in ra nhiều nhất; mặc định 200.");
        var command = new Command("diff", "Thay đổi giữa hai phiên bản của một danh mục.") { InHouse.Data, InHouse.Postgres, Facility, Kind, from, to, most, InHouse.Output };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, (house, json) => CatalogListRun.DiffAsync(
            house, Need(parsed), parsed.GetValue(Facility) ?? "", parsed.Number(from, 0, 1_000_000, -1), parsed.Number(to, 1, 1_000_000, -1),
            parsed.Number(most, 1, 1_000_000, 200), json, ct), ct));
        return command;
    }

    private static Command Set()
    {
        Option<string?> from = Setting.Text("--covers-from", "yyyy-MM-dd", "Ngày đầu danh mục có hiệu lực để kiểm tra; bỏ trống là không giới hạn.");
        Option<string?> to = Setting.Text("--covers-to", "yyyy-MM-dd", "Ngày cuối; bỏ trống là không giới hạn.");
        Option<bool> always = Setting.Switch("--covers-all", "Danh mục dùng cho mọi ngày.");
        Option<bool> complete = Setting.Switch("--complete", "Danh mục đủ mã: báo lỗi mã không có trong danh mục.");
        Option<bool> incomplete = Setting.Switch("--incomplete", "Danh mục chưa đủ mã: không báo lỗi mã vắng mặt.");
        Option<string?> reason = Setting.Text("--reason", "LÝ DO", "Lý do, ghi vào lịch sử và nhật ký.");
        var command = new Command("set", "Đặt tay khoảng ngày và việc đủ mã của một danh mục; thành một phiên bản mới, có giá trị đến lần nhập sau.")
            { InHouse.Data, InHouse.Postgres, Facility, Kind, from, to, always, complete, incomplete, reason, InHouse.Output };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, (house, json) => CatalogListRun.SetAsync(
            house, Need(parsed), parsed.GetValue(Facility) ?? "", SettingOf(parsed.GetValue(complete), parsed.GetValue(incomplete), parsed.GetValue(always), Day(parsed, from), Day(parsed, to)),
            parsed.Need(reason), json, ct), ct));
        return command;
    }

    private static CatalogueSetting SettingOf(bool complete, bool incomplete, bool always, DateOnly? from, DateOnly? to)
    {
        if (complete && incomplete) throw CommandFailure.Usage("chọn --complete hoặc --incomplete, không chọn cả hai.");
        bool days = from is not null || to is not null;
        if (always && days) throw CommandFailure.Usage("--covers-all không đi cùng --covers-from, --covers-to.");
        if (!always && !days && !complete && !incomplete) throw CommandFailure.Usage("cần ít nhất một trong --complete, --incomplete, --covers-from, --covers-to, --covers-all.");
        return new CatalogueSetting(complete || incomplete ? complete : null, always || days, from, to);
    }

    private static Command Accept()
    {
        var codes = new Argument<string[]>("MÃ") { Description = "Mã của các dòng.", Arity = ArgumentArity.ZeroOrMore };
        Option<bool> all = Setting.Switch("--all", "Mọi dòng, thay cho liệt kê mã.");
        Option<bool> unknown = Setting.Switch("--only-unknown", "Chỉ những dòng Cổng chưa trả lời.");
        Option<string?> day = Setting.Text("--valid-on", "yyyy-MM-dd", "Chỉ những dòng áp dụng ngày này.");
        Option<string?> answer = Setting.Text("--answer", "yes|no|unknown", "Cổng chấp nhận, từ chối, hay chưa rõ; mặc định yes.");
        Option<string?> on = Setting.Text("--on", "yyyy-MM-dd", "Ngày Cổng trả lời.");
        Option<string?> reason = Setting.Text("--reason", "LÝ DO", "Lý do, ghi vào lịch sử và nhật ký.");
        var command = new Command("accept", "Ghi Cổng đã chấp nhận hay từ chối dòng nào, không cần nhập lại tệp; thành một phiên bản mới, quay lại được.")
            { codes, InHouse.Data, InHouse.Postgres, Facility, Kind, all, unknown, day, answer, on, reason, InHouse.Output };
        command.SetAction((parsed, ct) =>
        {
            string[] wanted = parsed.GetValue(codes) ?? [];
            if (wanted.Length == 0 == !parsed.GetValue(all)) throw CommandFailure.Usage("liệt kê mã, hoặc dùng --all cho mọi dòng.");
            CatalogueAcceptance acceptance = new()
            {
                Codes = wanted,
                ValidOn = Day(parsed, day),
                OnlyUnknown = parsed.GetValue(unknown),
                Accepted = parsed.GetValue(answer) switch
                {
                    null or "yes" => true,
                    "no" => false,
                    "unknown" => null,
                    string other => throw CommandFailure.Usage($"--answer chỉ nhận yes, no hoặc unknown, không nhận «{Words.Plain(other, 40)}»."),
                },
                On = Day(parsed, on),
            };
            return InHouse.RunAsync(parsed, (house, json) => CatalogListRun.AcceptAsync(
                house, Need(parsed), parsed.GetValue(Facility) ?? "", acceptance, parsed.Need(reason), json, ct), ct);
        });
        return command;
    }

    private static Command Export()
    {
        Option<string?> day = Setting.Text("--day", "yyyy-MM-dd", "Chỉ những dòng áp dụng ngày này; bỏ trống là mọi dòng.");
        Option<string?> edition = Setting.Text("--edition", "N", "Phiên bản; mặc định bản mới nhất.");
        Option<string?> to = Setting.Text("--to", "TỆP", "Tệp CSV cần ghi; bỏ trống là in ra màn hình.");
        var command = new Command("export", "Xuất các dòng của một danh mục ra CSV, nhập lại được.") { InHouse.Data, InHouse.Postgres, Facility, Kind, day, edition, to };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, (house, _) => CatalogListRun.ExportAsync(
            house, Need(parsed), parsed.GetValue(Facility) ?? "", parsed.GetValue(edition) is null ? null : parsed.Number(edition, 1, 1_000_000, 1), Day(parsed, day),
            parsed.GetValue(to), ct), ct));
        return command;
    }

    private static Command Undo()
    {
        Option<string?> to = Setting.Text("--to-edition", "N", "Phiên bản muốn quay về; mặc định bản ngay trước bản mới nhất; 0 là trống.");
        Option<string?> reason = Setting.Text("--reason", "LÝ DO", "Lý do, ghi vào lịch sử và nhật ký.");
        var command = new Command("undo", "Quay về phiên bản trước của một danh mục; lịch sử vẫn giữ nguyên.") { InHouse.Data, InHouse.Postgres, Facility, Kind, to, reason, InHouse.Output };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, (house, json) => CatalogListRun.UndoAsync(
            house, Need(parsed), parsed.GetValue(Facility) ?? "", parsed.GetValue(to) is null ? null : parsed.Number(to, 0, 1_000_000, 0), parsed.Need(reason), json, ct), ct));
        return command;
    }

    private static Command Show()
    {
        var code = new Argument<string>("MÃ") { Description = "Mã cần tra." };
        Option<string?> day = Setting.Text("--day", "yyyy-MM-dd", "Ngày cần tra; mặc định hôm nay.");
        var command = new Command("show", "Tra một mã trong danh mục tại một ngày.") { code, InHouse.Data, InHouse.Postgres, Facility, Kind, day, InHouse.Output };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, (house, json) => CatalogListRun.Show(
            house, Need(parsed), parsed.GetValue(Facility) ?? "", parsed.GetValue(code)!, Day(parsed, day), json), ct));
        return command;
    }

    private static ListDefinition Need(ParseResult parsed) => Find(parsed.Need(Kind))!;

    private static ListDefinition? Find(string? name) => name is null ? null : ListDefinitions.Find(name)
        ?? throw CommandFailure.Usage($"không có loại danh mục «{Words.Plain(name, 40)}»; có: {string.Join(", ", ListDefinitions.All.Select(l => l.Name))}.");

    private static DateOnly? Day(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text ? null
        : ValidateArguments.ReadDay(text) ?? throw CommandFailure.Usage($"{option.Name} phải là ngày dạng yyyy-MM-dd, không nhận «{Words.Plain(text, 40)}».");
}
