using System.CommandLine;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Access;

namespace LienThong.Cli.Commands;

/// <summary><c>user list|create|grant|password|disable|enable|unlock|reset-second-factor|end-sessions</c></summary>
internal static class UserCommand
{
    private static readonly Option<string[]> RoleNames = Setting.Many("--role", "VAI_TRÒ", "Vai trò; lặp lại được.");
    private static readonly Option<string[]> Facilities = Setting.Many("--facility", "MÃ", "Mã cơ sở, * là mọi cơ sở; lặp lại được.");
    private static readonly Option<string?> Password = Setting.Text("--password-file", "FILE", "Tệp chứa mật khẩu; không có thì tạo và in ra một lần.");
    private static readonly Option<string?> DisplayName = Setting.Text("--display-name", "TÊN", "Họ tên.");

    /// <summary>The verb with its own verbs.</summary>
    public static Command Create() => new("user", "Người dùng: tạo, phân quyền, đặt lại mật khẩu, khóa.")
    {
        InHouse.List("Người dùng, vai trò, cơ sở và tình trạng.", (house, ct) => house.Users.ListAsync(house.Self, ct), Print),
        Make(),
        On("grant", "Đặt lại họ tên, vai trò và cơ sở; các phiên đang mở kết thúc khi quyền đổi.", [DisplayName, RoleNames, Facilities], (house, user, parsed, ct) =>
            house.Users.SetGrantsAsync(house.Self, user.Id, parsed.GetValue(DisplayName) ?? user.DisplayName, parsed.GetValue(RoleNames) ?? [], ScopeOf(parsed), ct)),
        On("password", "Đặt mật khẩu mới, phải đổi ở lần đăng nhập tới; mọi phiên và mã truy cập kết thúc.", [Password], (house, user, parsed, ct) =>
            house.Users.SetPasswordAsync(house.Self, user.Id, PasswordOf(parsed), ct)),
        On("disable", "Khóa: không đăng nhập được nữa, mọi phiên và mã truy cập kết thúc.", [], (house, user, _, ct) => house.Users.SetDisabledAsync(house.Self, user.Id, true, ct)),
        On("enable", "Mở lại người dùng đã khóa.", [], (house, user, _, ct) => house.Users.SetDisabledAsync(house.Self, user.Id, false, ct)),
        On("unlock", "Bỏ tạm khóa do sai mật khẩu nhiều lần.", [], (house, user, _, ct) => house.Users.UnlockAsync(house.Self, user.Id, ct)),
        On("reset-second-factor", "Đặt lại xác thực hai bước của người mất điện thoại.", [], (house, user, _, ct) => house.Users.ResetSecondFactorAsync(house.Self, user.Id, ct)),
        On("end-sessions", "Kết thúc mọi phiên đang mở.", [], (house, user, _, ct) => house.Tokens.RevokeSessionsAsync(house.Self, user.Id, ct)),
    };

    private static Command Make()
    {
        var name = new Argument<string>("TÊN") { Description = "Tên đăng nhập." };
        var command = new Command("create", "Tạo người dùng; phải đổi mật khẩu khi đăng nhập lần đầu.") { name, InHouse.Data, InHouse.Postgres, DisplayName, RoleNames, Facilities, Password };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, async (house, _) =>
        {
            string chosen = parsed.GetValue(name) ?? "";
            return Told(await house.Users.CreateAsync(house.Self, new UserDraft(chosen, parsed.GetValue(DisplayName) ?? chosen, PasswordOf(parsed), parsed.GetValue(RoleNames) ?? [], ScopeOf(parsed)), ct));
        }, ct));
        return command;
    }

    private static Command On(string verb, string description, Option[] options, Func<House, UserView, ParseResult, CancellationToken, Task<AccessChange>> act)
    {
        var name = new Argument<string>("TÊN") { Description = "Tên đăng nhập." };
        var command = new Command(verb, description) { name, InHouse.Data, InHouse.Postgres };
        foreach (Option option in options) command.Add(option);
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, async (house, _) => Told(await act(house, await FindAsync(house, parsed.GetValue(name) ?? "", ct), parsed, ct)), ct));
        return command;
    }

    /// <summary>A user by name.</summary>
    /// <exception cref="CommandFailure">Nobody is called so.</exception>
    internal static async Task<UserView> FindAsync(House house, string name, CancellationToken ct) =>
        await house.Users.FindByNameAsync(house.Self, name, ct) ?? throw CommandFailure.Usage($"không có người dùng «{Words.Plain(name, 100)}».");

    /// <summary>Says what became of a change.</summary>
    /// <exception cref="CommandFailure">It was refused.</exception>
    internal static int Told(AccessChange change)
    {
        if (!change.Done) throw new CommandFailure(ExitCode.Blocked, change.Message);
        Screen.Out.WriteLine(change.Secret is null ? "Đã ghi." : $"Đã ghi. Chỉ hiện lần này: {change.Secret}");
        return ExitCode.Fine;
    }

    private static string? PasswordOf(ParseResult parsed) => parsed.GetValue(Password) is { Length: > 0 } file ? Files.ReadPassword(file) : null;

    private static FacilityScope ScopeOf(ParseResult parsed) =>
        parsed.GetValue(Facilities) is { } chosen && chosen.Contains("*", StringComparer.Ordinal) ? FacilityScope.Everything : FacilityScope.Only(parsed.GetValue(Facilities) ?? []);

    private static int Print(IReadOnlyList<UserView> users, bool json) => InHouse.Print(users, json, "users", (j, u) =>
    {
        j.WriteString("id", u.Id);
        j.WriteString("name", u.Name);
        j.WriteString("displayName", u.DisplayName);
        j.WriteString("roles", string.Join(',', u.Roles));
        j.WriteString("facilities", u.AllFacilities ? "*" : string.Join(',', u.Facilities));
        j.WriteString("source", u.Source);
        j.WriteBoolean("disabled", u.Disabled);
        j.WriteBoolean("secondFactor", u.SecondFactor);
        j.WriteMoment("lockedUntil", u.LockedUntil);
        j.WriteMoment("signedInAt", u.SignedInAt);
    }, u => Screen.Out.WriteLine(
        $"{u.Name}  {Words.Plain(u.DisplayName, 60)}  [{string.Join(", ", u.Roles)}]  {(u.AllFacilities ? "*" : string.Join(",", u.Facilities))}{(u.Disabled ? "  đã khóa" : "")}{(u.Source == "directory" ? "  danh bạ" : "")}"), "người dùng");
}
