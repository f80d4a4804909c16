using System.CommandLine;
using System.Globalization;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Audit;

namespace LienThong.Cli.Commands;

/// <summary><c>audit list|verify</c></summary>
internal static class AuditCommand
{
    /// <summary>The verb with its own verbs.</summary>
    public static Command Create() => new("audit", "Nhật ký: xem, kiểm tra toàn vẹn.") { List(), Verify() };

    private static Command List()
    {
        Option<string?> actor = Setting.Text("--actor", "TÊN", "Chỉ của người này."), action = Setting.Text("--action", "VIỆC", "Chỉ việc này; user. là mọi việc về người dùng.");
        Option<string?> subject = Setting.Text("--subject", "CHỮ", "Chỉ về đối tượng này."), take = Setting.Text("--take", "SỐ", "Số dòng mới nhất, 1–500; mặc định 50.");
        var command = new Command("list", "Các dòng mới nhất.") { InHouse.Data, InHouse.Postgres, actor, action, subject, take, InHouse.Output };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, async (house, json) =>
            InHouse.Print(await house.Audit.FindAsync(house.Self, new AuditFilter(parsed.GetValue(actor), parsed.GetValue(action), parsed.GetValue(subject)), null, parsed.Number(take, 1, 500, 50), ct), json, "entries", (j, e) =>
            {
                j.WriteNumber("sequence", e.Sequence);
                j.WriteMoment("at", DateTimeOffset.FromUnixTimeMilliseconds(e.At));
                j.WriteString("facility", e.Facility);
                j.WriteString("actor", e.Actor);
                j.WriteString("action", e.Action);
                j.WriteString("subject", e.Subject);
                j.WriteString("detail", e.Detail);
                j.WriteString("hash", e.Hash);
            }, e => Screen.Out.WriteLine($"{e.Sequence}  {DateTimeOffset.FromUnixTimeMilliseconds(e.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}Z  {e.Actor}  {e.Action}  {Words.Plain(e.Subject, 80)}  {Words.Plain(e.Detail, 120)}"), "dòng"), ct));
        return command;
    }

    private static Command Verify()
    {
        var command = new Command("verify", "Tính lại mã băm của mọi dòng; thoát 1 khi có dòng bị sửa, xóa hoặc chèn.") { InHouse.Data, InHouse.Postgres, InHouse.Output };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, async (house, json) =>
        {
            AuditCheck check = await house.Audit.VerifyAsync(ct);
            if (json)
            {
                Json.Print(j =>
                {
                    j.WriteStartObject();
                    j.WriteBoolean("intact", check.Intact);
                    j.WriteNumber("entries", check.Entries);
                    j.WriteNumberOrNull("brokenAt", check.BrokenAt);
                    j.WriteString("cause", check.Cause);
                    j.WriteEndObject();
                });
            }
            else
            {
                Screen.Out.WriteLine(check.Intact ? $"{check.Entries} dòng, nguyên vẹn." : $"Không còn nguyên vẹn từ dòng {check.BrokenAt}: {check.Cause}.");
            }

            return check.Intact ? ExitCode.Fine : ExitCode.Blocked;
        }, ct));
        return command;
    }
}
