using System.CommandLine;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Doctor;
using LienThong.Standard;

namespace LienThong.Cli.Commands;

/// <summary><c>doctor</c></summary>
internal static class DoctorCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Option<string?> facility = Setting.Text("--facility", "MACSKCB", "Cơ sở.");
        Option<string?> training = Setting.Text("--training", "URL", "Gửi thử một hồ sơ bịa lên Cổng đào tạo hoặc Cổng mô phỏng này; không bao giờ lên Cổng thật.");
        var command = new Command("doctor", "Kiểm tra tài khoản Cổng của cơ sở: mạng, đăng nhập, quyền, khóa ký, gửi thử; nói cần làm gì.")
            { facility, training, InHouse.Data, InHouse.Postgres, InHouse.Output };
        command.SetAction((parsed, ct) =>
        {
            string code = parsed.Need(facility);
            Uri? address = null;
            if (parsed.GetValue(training) is { Length: > 0 } text && !Uri.TryCreate(text, UriKind.Absolute, out address))
                throw CommandFailure.Usage("--training phải là địa chỉ dạng https://…");
            return InHouse.RunAsync(parsed, (house, json) => RunAsync(house, code, address, json, ct), ct);
        });
        return command;
    }

    private static async Task<int> RunAsync(House house, string facility, Uri? training, bool json, CancellationToken ct)
    {
        switch (await house.Doctor.StartAsync(house.Self, facility, training, json ? null : Tell, ct))
        {
            case DoctorStart.Refused { Code: "too-soon" } soon:
                throw new CommandFailure(ExitCode.Blocked, soon.Message);
            case DoctorStart.Refused refused:
                throw CommandFailure.Usage(refused.Message);
            case DoctorStart.Running running:
                DoctorReport report = await running.Report;
                if (json) Json.Print(j => Write(j, report));
                else Screen.Out.WriteLine(report.Outcome == DoctorStatus.Failed ? "Có bước không đạt: làm theo hướng dẫn rồi kiểm tra lại." : "Không có bước nào hỏng.");
                return report.Outcome == DoctorStatus.Failed ? ExitCode.Blocked : ExitCode.Fine;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void Tell(DoctorStep step)
    {
        string label = step.Status switch
        {
            DoctorStatus.Ok => "ĐẠT      ",
            DoctorStatus.Warning => Words.Paint("CẦN XEM  ", Severity.Warn),
            DoctorStatus.Failed => Words.Paint("KHÔNG ĐẠT", Severity.Block),
            _ => Words.Faint("CHƯA THỬ "),
        };
        Screen.Out.WriteLine($"{label} {step.Name}: {Words.Plain(step.Message, 500)}");
        if (step.Remedy.Length > 0) Screen.Out.WriteLine($"{Words.Indent}→ {Words.Plain(step.Remedy, 500)}");
        Screen.Flush();
    }

    private static void Write(System.Text.Json.Utf8JsonWriter json, DoctorReport report)
    {
        json.WriteStartObject();
        json.WriteString("id", report.Id);
        json.WriteString("facility", report.Facility);
        json.WriteString("outcome", report.Outcome.ToString());
        json.WriteMoment("startedAt", report.StartedAt);
        json.WriteMoment("endedAt", report.EndedAt);
        json.WriteStartArray("steps");
        foreach (DoctorStep step in report.Steps)
        {
            json.WriteStartObject();
            json.WriteString("id", step.Id);
            json.WriteString("name", step.Name);
            json.WriteString("status", step.Status.ToString());
            json.WriteString("message", step.Message);
            json.WriteString("remedy", step.Remedy);
            json.WriteNumber("milliseconds", step.Milliseconds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
