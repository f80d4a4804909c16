using System.CommandLine;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Access;

namespace LienThong.Cli.Commands;

/// <summary><c>token list|issue|revoke</c></summary>
internal static class TokenCommand
{
    private static readonly Argument<string> Name = new("TÊN") { Description = "Tên đăng nhập của người dùng mà mã thuộc về." };

    /// <summary>The verb with its own verbs.</summary>
    public static Command Create() => new("token", "Mã truy cập (bearer) cho phần mềm gọi API.") { List(), Issue(), Revoke() };

    private static Command List()
    {
        var command = new Command("list", "Mã còn hiệu lực của một người dùng, giới hạn và lần dùng gần nhất.") { Name, InHouse.Data, InHouse.Postgres, InHouse.Output };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, async (house, json) =>
        {
            UserView user = await UserCommand.FindAsync(house, parsed.GetValue(Name) ?? "", ct);
            return InHouse.Print(await house.Tokens.BearersOfAsync(house.Self, user.Id, ct) ?? [], json, "tokens", (j, t) =>
            {
                j.WriteString("id", t.Id);
                j.WriteString("label", t.Label);
                j.WriteString("permissions", t.Permissions is null ? "*" : string.Join(',', t.Permissions));
                j.WriteString("facilities", t.Facilities is null ? "*" : string.Join(',', t.Facilities));
                j.WriteString("issuedBy", t.IssuedBy);
                j.WriteMoment("createdAt", t.CreatedAt);
                j.WriteMoment("expiresAt", t.ExpiresAt);
                j.WriteMoment("lastSeenAt", t.LastSeenAt);
            }, t => Screen.Out.WriteLine(
                $"{t.Id[..12]}  {Words.Plain(t.Label, 60)}  hết hạn {Words.Day(t.ExpiresAt)}  {(t.LastSeenAt is { } at ? $"dùng {Words.Day(at)}" : "chưa dùng")}  [{(t.Permissions is null ? "*" : string.Join(", ", t.Permissions))}]  {(t.Facilities is null ? "*" : string.Join(",", t.Facilities))}"), "mã");
        }, ct));
        return command;
    }

    private static Command Issue()
    {
        Option<string?> label = Setting.Text("--label", "CHỮ", "Mã dùng cho việc gì."), days = Setting.Text("--days", "SỐ", "Số ngày có hiệu lực; mặc định 90.");
        Option<string[]> permissions = Setting.Many("--permission", "QUYỀN", "Giới hạn quyền, như records.ingest; lặp lại được. Không có: mọi quyền của người dùng.");
        Option<string[]> facilities = Setting.Many("--facility", "MÃ", "Giới hạn cơ sở; lặp lại được. Không có: mọi cơ sở của người dùng.");
        var command = new Command("issue", "Cấp mã; in ra một lần.") { Name, InHouse.Data, InHouse.Postgres, label, days, permissions, facilities };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, async (house, _) =>
        {
            UserView user = await UserCommand.FindAsync(house, parsed.GetValue(Name) ?? "", ct);
            return UserCommand.Told(await house.Tokens.IssueAsync(
                house.Self, user.Id, new TokenDraft(parsed.Need(label), TimeSpan.FromDays(parsed.Number(days, 1, 3650, 90)), Some(parsed.GetValue(permissions)), Some(parsed.GetValue(facilities))), ct));
        }, ct));
        return command;
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("ID") { Description = "Mã số như token list in ra, ít nhất 12 ký tự." };
        var command = new Command("revoke", "Thu hồi mã.") { Name, id, InHouse.Data, InHouse.Postgres };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, async (house, _) =>
        {
            UserView user = await UserCommand.FindAsync(house, parsed.GetValue(Name) ?? "", ct);
            string begin = parsed.GetValue(id) ?? "";
            TokenView[] meant = [.. (await house.Tokens.BearersOfAsync(house.Self, user.Id, ct) ?? []).Where(t => begin.Length >= 12 && t.Id.StartsWith(begin, StringComparison.Ordinal))];
            return meant.Length == 1
                ? UserCommand.Told(await house.Tokens.RevokeAsync(house.Self, user.Id, meant[0].Id, ct))
                : throw CommandFailure.Usage($"không có mã «{Words.Plain(begin, 70)}» còn hiệu lực của người dùng này.");
        }, ct));
        return command;
    }

    private static IReadOnlyList<string>? Some(string[]? values) => values is { Length: > 0 } ? values : null;
}
