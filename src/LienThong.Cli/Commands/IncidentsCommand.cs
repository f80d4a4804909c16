using System.CommandLine;
using System.Globalization;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Deadlines;
using LienThong.Standard;

namespace LienThong.Cli.Commands;

/// <summary><c>incidents list|open|close</c></summary>
internal static class IncidentsCommand
{
    /// <summary>The verb with its own verbs.</summary>
    public static Command Create() => new("incidents", "Sự cố: ghi lại để gia hạn hạn nộp và có minh chứng.") { List(), Open(), Close() };

    private static Command List()
    {
        Option<bool> unsettled = Setting.Switch("--open", "Chỉ sự cố chờ xác nhận hoặc đang diễn ra.");
        var command = new Command("list", "Các sự cố, mới nhất trước.") { InHouse.Data, InHouse.Postgres, unsettled, InHouse.Output };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, async (house, json) => Print(await house.Incidents.ListAsync(house.Self, parsed.GetValue(unsettled), 1000, ct), json), ct));
        return command;
    }

    private static Command Open()
    {
        Option<string?> facility = Setting.Text("--facility", "MÃ", "Mã cơ sở."), kind = Setting.Text("--kind", string.Join('|', IncidentRule.All.Select(r => r.Word)), "Loại sự cố.");
        Option<string?> from = Setting.Text("--from", "LÚC", "Bắt đầu, giờ Việt Nam: yyyy-MM-ddTHH:mm; mặc định là bây giờ."), to = Setting.Text("--to", "LÚC", "Kết thúc; bỏ trống khi còn diễn ra.");
        Option<string?> text = Setting.Text("--text", "CHỮ", "Điều đã xảy ra."), told = Setting.Text("--told", "CHỮ", "Đã báo ai, bằng cách nào.");
        var command = new Command("open", "Ghi một sự cố; hạn nộp của hồ sơ chưa gửi được tính lại.") { InHouse.Data, InHouse.Postgres, facility, kind, from, to, text, told, InHouse.Output };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, async (house, json) =>
        {
            if (IncidentRule.Find(parsed.Need(kind)) is not { } rule)
                throw CommandFailure.Usage($"--kind chỉ nhận {string.Join(", ", IncidentRule.All.Select(r => r.Word))}.");
            DateTimeOffset start = Moment(parsed, from) ?? TimeProvider.System.GetUtcNow();
            IncidentChange change = await house.Incidents.OpenAsync(
                house.Self, new IncidentDraft(parsed.Need(facility), rule.Kind, start, Moment(parsed, to), parsed.Need(text), Told: parsed.GetValue(told) ?? ""), ct);
            return await DoneAsync(house, change, json, ct);
        }, ct));
        return command;
    }

    private static Command Close()
    {
        var id = new Argument<string>("ID") { Description = "Mã sự cố, như incidents list in ra." };
        Option<string?> at = Setting.Text("--at", "LÚC", "Kết thúc, giờ Việt Nam: yyyy-MM-ddTHH:mm; mặc định là bây giờ.");
        Option<bool> send = Setting.Switch("--send-now", "Gửi ngay những hồ sơ đang chờ thử lại.");
        var command = new Command("close", "Đóng một sự cố.") { id, InHouse.Data, InHouse.Postgres, at, send, InHouse.Output };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, async (house, json) =>
        {
            if (!Guid.TryParse(parsed.GetValue(id), out Guid incident))
                throw CommandFailure.Usage($"mã sự cố không đúng: «{Words.Plain(parsed.GetValue(id) ?? "", 60)}».");
            IncidentChange change = await house.Incidents.CloseAsync(house.Self, incident, Moment(parsed, at) ?? TimeProvider.System.GetUtcNow(), ct);
            if (change.Done && parsed.GetValue(send))
                await house.Incidents.SendNowAsync(house.Self, incident, ct);
            return await DoneAsync(house, change, json, ct);
        }, ct));
        return command;
    }

    private static async Task<int> DoneAsync(House house, IncidentChange change, bool json, CancellationToken ct)
    {
        if (!change.Done)
            throw CommandFailure.Usage(change.Message);
        // No worker runs beside the command line: the deadlines are right when it ends.
        await house.DeadlineKeeper.SettleAsync(ct);
        return Print([(await house.Incidents.FindAsync(house.Self, change.Id!.Value, ct))!], json);
    }

    private static DateTimeOffset? Moment(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { Length: > 0 } text)
            return null;
        return DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime moment) && moment.Year is >= 1900 and < 9000
            ? new DateTimeOffset(moment, VietnamTime.Offset)
            : throw CommandFailure.Usage($"{option.Name} phải ở dạng yyyy-MM-ddTHH:mm, giờ Việt Nam.");
    }

    private static int Print(IReadOnlyList<Incident> incidents, bool json)
    {
        if (json)
        {
            Json.Print(j =>
            {
                j.WriteStartObject();
                j.WriteStartArray("incidents");
                foreach (Incident i in incidents)
                {
                    j.WriteStartObject();
                    j.WriteString("id", i.Id);
                    j.WriteString("facility", i.Facility);
                    j.WriteString("kind", IncidentRule.Of(i.Kind).Word);
                    j.WriteString("state", i.State.ToString());
                    j.WriteString("startedAt", i.StartedAt);
                    if (i.EndedAt is { } end) j.WriteString("endedAt", end);
                    else j.WriteNull("endedAt");
                    j.WriteString("effect", i.Effect.ToString());
                    j.WriteString("description", i.Description);
                    j.WriteEndObject();
                }

                j.WriteEndArray();
                j.WriteEndObject();
            });
            return ExitCode.Fine;
        }

        foreach (Incident i in incidents)
        {
            string state = i.State switch { IncidentState.Proposed => "chờ xác nhận", IncidentState.Open => "đang diễn ra", IncidentState.Closed => "đã kết thúc", _ => "đã bỏ" };
            Screen.Out.WriteLine($"{i.Id}  {i.Facility}  {IncidentRule.Of(i.Kind).Name}  {At(i.StartedAt)} – {(i.EndedAt is { } end ? At(end) : "")}  {state}  {Words.Plain(i.Description, 120)}");
        }

        Screen.Out.WriteLine($"{incidents.Count} sự cố.");
        return ExitCode.Fine;
    }

    private static string At(DateTimeOffset at) => at.InVietnam().ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);
}
