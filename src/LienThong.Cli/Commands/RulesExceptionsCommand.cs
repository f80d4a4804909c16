using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Gateway.Access;
using LienThong.Gateway.Rules;
using LienThong.Validation;

namespace LienThong.Cli.Commands;

/// <summary><c>rules exceptions list|add|approve|end</c></summary>
internal static class RulesExceptionsCommand
{
    private static readonly Option<string?> Facility = Setting.Text("--facility", "MÃ", "Mã cơ sở; * là mọi cơ sở.");
    private static readonly Option<string?> Reason = Setting.Text("--reason", "LÝ DO", "Lý do, ghi vào ngoại lệ và nhật ký.");

    // The account of the operating system: whoever asked for an exception can't approve it from the same account.
    private static Caller Self => Caller.System($"cli:{Environment.UserName}");

    /// <summary>The verb with its own verbs.</summary>
    public static Command Create() => new("exceptions", "Ngoại lệ của quy tắc: miễn, hạ hoặc nâng mức có thời hạn.") { List(), Add(), Approve(), End() };

    private static Command List()
    {
        Option<string?> rule = Setting.Text("--rule", "MÃ", "Chỉ ngoại lệ đụng đến quy tắc này.");
        var command = new Command("list", "Ngoại lệ nào đang có, mỗi ngoại lệ che bao nhiêu lỗi và tiền.") { InHouse.Data, InHouse.Postgres, Facility, rule, InHouse.Output };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, async (house, json) =>
        {
            string? facility = parsed.GetValue(Facility);
            IReadOnlyList<ExceptionView> all = await house.Exceptions.ListAsync(Self, parsed.GetValue(rule), ct);
            return Print([.. all.Where(e => facility is null || e.Exception.Facility == facility)], json);
        }, ct));
        return command;
    }

    private static Command Add()
    {
        Option<string?> rule = Setting.Text("--rule", "MÃ", "Mã quy tắc, hoặc phần đầu và *.");
        Option<string?> action = Setting.Text("--action", "silence|info|warn|raise", "Miễn, hạ xuống thông tin, hạ xuống cảnh báo, hoặc nâng một mức.");
        Option<string?> from = Setting.Text("--from", "yyyy-MM-dd", "Ngày đầu; mặc định ngay bây giờ.");
        Option<string?> to = Setting.Text("--to", "yyyy-MM-dd", "Ngày cuối, nhiều nhất 12 tháng.");
        Option<string?> evidence = Setting.Text("--evidence", "VĂN BẢN", "Số công văn, quyết định làm căn cứ.");
        Option<string?>[] match =
        [
            Setting.Text("--table", "BẢNG", "Chỉ ở bảng này."), Setting.Text("--field", "TRƯỜNG", "Chỉ ở trường này."), Setting.Text("--value", "GIÁ TRỊ", "Chỉ giá trị này; * và ? thay ký tự."),
            Setting.Text("--visit-kind", "MÃ", "Chỉ loại hình khám chữa bệnh này."), Setting.Text("--department", "KHOA", "Chỉ khoa này."),
            Setting.Text("--item", "MÃ", "Chỉ thuốc, vật tư, dịch vụ này."), Setting.Text("--card", "ĐẦU THẺ", "Chỉ đầu mã thẻ này."),
        ];
        var command = new Command("add", "Tạo ngoại lệ; quy tắc được bảo vệ thì chờ người thứ hai duyệt.") { InHouse.Data, InHouse.Postgres, Facility, rule, action, from, to, Reason, evidence, InHouse.Output };
        foreach (Option<string?> option in match) command.Add(option);
        command.SetAction((parsed, ct) =>
        {
            string Of(int i) => parsed.GetValue(match[i]) ?? "";
            ExceptionDraft draft = new()
            {
                Facility = parsed.Need(Facility),
                Rule = parsed.Need(rule),
                Action = ActionOf(parsed.Need(action)),
                Match = new ExceptionMatch { Table = Of(0), Field = Of(1), Value = Of(2), VisitKind = Of(3), Department = Of(4), Item = Of(5), CardPrefix = Of(6) },
                Reason = parsed.Need(Reason),
                Evidence = parsed.GetValue(evidence) ?? "",
                From = Day(parsed, from),
                To = Day(parsed, to) ?? throw CommandFailure.Usage("thiếu --to: ngày cuối của ngoại lệ."),
            };
            return InHouse.RunAsync(parsed, (house, json) => ChangedAsync(house, house.Exceptions.ProposeAsync(Self, draft, ct), json, ct), ct);
        });
        return command;
    }

    private static Command Approve() => Decision("approve", "Duyệt ngoại lệ do người khác đề nghị.", (exceptions, id, _, ct) => exceptions.DecideAsync(Self, id, true, "", ct));

    private static Command End() => Decision("end", "Kết thúc ngoại lệ trước hạn; lỗi của nó trở lại.", (exceptions, id, reason, ct) => exceptions.EndAsync(Self, id, reason, ct));

    private static Command Decision(string name, string description, Func<RuleExceptions, Guid, string, CancellationToken, Task<RuleResult>> act)
    {
        var id = new Argument<string>("ID") { Description = "Mã ngoại lệ, như exceptions list in ra." };
        var command = new Command(name, description) { id, InHouse.Data, InHouse.Postgres, Reason, InHouse.Output };
        command.SetAction((parsed, ct) => Guid.TryParse(parsed.GetValue(id), out Guid exception)
            ? InHouse.RunAsync(parsed, (house, json) => ChangedAsync(house, act(house.Exceptions, exception, parsed.GetValue(Reason) ?? "", ct), json, ct), ct)
            : throw CommandFailure.Usage($"mã ngoại lệ không đúng: «{Words.Plain(parsed.GetValue(id) ?? "", 60)}»."));
        return command;
    }

    private static async Task<int> ChangedAsync(House house, Task<RuleResult> change, bool json, CancellationToken ct)
    {
        RuleResult result = await change;
        if (result is RuleResult.Refused refused) throw CommandFailure.Usage(refused.Message);
        if (result is not RuleResult.Done done) throw CommandFailure.Usage("không có ngoại lệ này.");
        // Stored findings show it before the command ends; no server need be running.
        await house.ExceptionKeeper.SettleAsync(ct);
        return Print([(await house.Exceptions.FindAsync(Self, done.Id, ct))!], json);
    }

    private static int Print(IReadOnlyList<ExceptionView> views, bool json)
    {
        if (json)
        {
            Json.Print(j =>
            {
                j.WriteStartObject();
                j.WriteStartArray("exceptions");
                foreach (ExceptionView view in views) Write(j, view);
                j.WriteEndArray();
                j.WriteEndObject();
            });
            return ExitCode.Fine;
        }

        foreach (ExceptionView v in views)
        {
            RuleException e = v.Exception;
            Screen.Out.WriteLine($"{e.Id}  {e.Rule}  {e.Action.ToString().ToLowerInvariant()}  {StateName(v.State)}  cơ sở {e.Facility}");
            Screen.Out.WriteLine($"{Words.Indent}{Words.Day(e.Start)} – {Words.Day(e.End.AddMinutes(-1))} · {v.Author} · {Words.Plain(v.Reason, 200)}");
            Screen.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Words.Indent}đang đổi {v.Findings} lỗi ở {v.Records} hồ sơ, {v.AtRisk:0} đ"));
        }

        Screen.Out.WriteLine($"{views.Count} ngoại lệ.");
        return ExitCode.Fine;
    }

    private static void Write(Utf8JsonWriter j, ExceptionView v)
    {
        j.WriteStartObject();
        j.WriteString("id", v.Exception.Id);
        j.WriteString("facility", v.Exception.Facility);
        j.WriteString("rule", v.Exception.Rule);
        j.WriteString("action", v.Exception.Action.ToString().ToLowerInvariant());
        j.WriteString("state", v.State.ToString().ToLowerInvariant());
        j.WriteString("start", v.Exception.Start);
        j.WriteString("end", v.Exception.End);
        j.WriteString("author", v.Author);
        j.WriteString("reason", v.Reason);
        j.WriteNumber("records", v.Records);
        j.WriteNumber("findings", v.Findings);
        j.WriteNumber("atRisk", v.AtRisk);
        j.WriteEndObject();
    }

    private static ExceptionAction ActionOf(string text) => text switch
    {
        "silence" => ExceptionAction.Silence,
        "info" => ExceptionAction.Info,
        "warn" => ExceptionAction.Warn,
        "raise" => ExceptionAction.Raise,
        _ => throw CommandFailure.Usage($"--action chỉ nhận silence, info, warn hoặc raise, không nhận «{Words.Plain(text, 40)}»."),
    };

    private static string StateName(ExceptionState state) => state switch
    {
        ExceptionState.Proposed => "chờ duyệt",
        ExceptionState.Refused => "không duyệt",
        ExceptionState.Coming => "chưa bắt đầu",
        ExceptionState.Active => "đang hiệu lực",
        ExceptionState.Expired => "hết hạn",
        _ => "đã kết thúc",
    };

    private static DateOnly? Day(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text ? null
        : ValidateArguments.ReadDay(text) ?? throw CommandFailure.Usage($"{option.Name} phải là ngày dạng yyyy-MM-dd, không nhận «{Words.Plain(text, 40)}».");
}
