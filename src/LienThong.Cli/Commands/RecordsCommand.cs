using System.CommandLine;
using System.Globalization;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Rejudging;

namespace LienThong.Cli.Commands;

/// <summary><c>records</c>, and its verb <c>rejudge</c></summary>
internal static class RecordsCommand
{
    private const int BarWidth = 30;

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Option<string?> data = Setting.Text("--data", "DIR", "Thư mục dữ liệu.");
        Option<string?> postgres = Setting.Text("--postgres", "CONN", "Chuỗi kết nối PostgreSQL thay cho SQLite.");
        Option<string?> from = Setting.Text("--from", "yyyy-MM-dd", "Chỉ hồ sơ ra viện từ ngày này.");
        Option<string?> to = Setting.Text("--to", "yyyy-MM-dd", "Chỉ hồ sơ ra viện đến ngày này.");
        Option<string?> facility = Setting.Text("--facility", "MACSKCB", "Chỉ hồ sơ của cơ sở này.");
        Option<string?> rule = Setting.Text("--rule", "MÃ", "Chỉ hồ sơ đang có lỗi của quy tắc này.");
        Option<bool> sent = Setting.Switch("--include-sent", "Cả hồ sơ đã gửi: ghi kết quả mới, giữ nguyên trạng thái.");
        Option<string?> output = Setting.Output();
        var rejudge = new Command("rejudge", "Kiểm tra lại hồ sơ đã lưu theo quy tắc và danh mục hiện nay.") { data, postgres, from, to, facility, rule, sent, output };
        rejudge.SetAction((parsed, ct) => RunAsync(
            parsed.Need(data), parsed.GetValue(postgres),
            new RejudgeSelection
            {
                From = ValidateCommand.Day(parsed.GetValue(from)),
                To = ValidateCommand.Day(parsed.GetValue(to)),
                Facility = parsed.GetValue(facility),
                Rule = parsed.GetValue(rule),
                IncludeSent = parsed.GetValue(sent),
                Reason = "records rejudge",
            },
            parsed.WantsJson(output), ct));
        return new Command("records", "Hồ sơ đã lưu.") { RecordVersionCommands.History(), RecordVersionCommands.Diff(), RecordVersionCommands.Correct(), rejudge };
    }

    private static async Task<int> RunAsync(string data, string? postgres, RejudgeSelection selection, bool json, CancellationToken ct)
    {
        if (selection.From > selection.To) throw CommandFailure.Usage("--from phải không sau --to.");
        (House house, _) = await House.OpenAsync(data, postgres, create: false, ct);
        await using House owned = house;
        long start = Environment.TickCount64;
        RejudgeProgress run = await house.Rejudge.StartAsync(house.Self, selection, ct);
        bool watched = !Console.IsErrorRedirected;
        if (!run.IsOver)
        {
            try
            {
                run = await house.Rejudge.RunAsync(house.Self, run.Id, watched ? Tell : null, ct);
            }
            catch (OperationCanceledException)
            {
                await house.Rejudge.PauseAsync(house.Self, run.Id, CancellationToken.None);
                throw;
            }
        }

        if (watched) Screen.Error.Write($"\r{new string(' ', BarWidth + 40)}\r");
        double seconds = Math.Max(0.001, (Environment.TickCount64 - start) / 1000.0);
        if (json) Json.Print(j => Write(j, run, seconds));
        else Print(run, seconds);
        return run.State == RejudgeState.Done ? ExitCode.Fine : ExitCode.Io;
    }

    private static void Tell(RejudgeProgress run)
    {
        int full = run.Percent * BarWidth / 100;
        Screen.Error.Write($"\r  {new string('█', full)}{new string('░', BarWidth - full)} {run.Percent,3} %  {run.Done}/{run.Total} hồ sơ ");
    }

    private static void Print(RejudgeProgress run, double seconds)
    {
        Screen.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Đã kiểm tra lại {run.Done} hồ sơ trong {seconds:0.0} giây ({run.Done / seconds:0} hồ sơ/giây)."));
        Screen.Out.WriteLine($"  {run.Changed} hồ sơ có kết quả khác trước: {run.NowReady} chuyển sang sẵn sàng, {run.NowInvalid} chuyển sang có lỗi chặn.");
        if (run.State == RejudgeState.Failed) Screen.Fail($"dừng vì sự cố: {run.Cause}");
        else if (run.State != RejudgeState.Done) Screen.Fail($"đợt {run.Id} đã bị dừng ở {run.Done}/{run.Total} hồ sơ.");
    }

    private static void Write(System.Text.Json.Utf8JsonWriter json, RejudgeProgress run, double seconds)
    {
        json.WriteStartObject();
        json.WriteString("id", run.Id);
        json.WriteString("state", run.State.ToString());
        json.WriteNumber("total", run.Total);
        json.WriteNumber("done", run.Done);
        json.WriteNumber("changed", run.Changed);
        json.WriteNumber("nowReady", run.NowReady);
        json.WriteNumber("nowInvalid", run.NowInvalid);
        json.WriteNumber("seconds", Math.Round(seconds, 3));
        if (run.Cause is { } cause) json.WriteString("cause", cause);
        json.WriteEndObject();
    }
}
