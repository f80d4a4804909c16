using System.CommandLine;
using System.Globalization;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Gateway.Signing;
using LienThong.Signing;
using LienThong.Standard;

namespace LienThong.Cli.Commands;

/// <summary><c>keys list|test|add|register|unlock|retire</c></summary>
internal static class KeysCommand
{
    /// <summary>The verb with its own verbs.</summary>
    public static Command Create() => new("keys", "Khóa ký và chứng thư số của cơ sở.")
    {
        InHouse.List("Các khóa, chứng thư và tình trạng.", (house, ct) => house.Keys.ListAsync(house.Self, ct), Print),
        Add(),
        On("test", "Ký thử một gói trống rồi tự kiểm tra; không giữ lại gì.", [], (keys, house, id, _, ct) => keys.TestAsync(house.Self, id, ct), "Ký thử được."),
        Register(),
        Unlock(),
        On("retire", "Ngừng dùng hẳn: xóa khóa và mật khẩu, giữ chứng thư.", [], (keys, house, id, _, ct) => keys.RetireAsync(house.Self, id, ct), "Đã ngừng dùng."),
    };

    private static Command Add()
    {
        Option<string?> facility = Setting.Text("--facility", "MÃ", "Mã cơ sở."), name = Setting.Text("--name", "TÊN", "Tên gọi.");
        Option<string?> pfx = Setting.Text("--pfx", "FILE", "Tệp PKCS#12."), pem = Setting.Text("--pem", "FILE", "Tệp PEM: chứng thư, rồi khóa.");
        Option<string?> token = Setting.Text("--token-serial", "SỐ", "Số sê-ri thiết bị PKCS#11 (Linux)."), label = Setting.Text("--token", "NHÃN", "Nhãn thiết bị, khi không có số sê-ri.");
        Option<string?> id = Setting.Text("--key-id", "ID", "ID của khóa trong thiết bị."), key = Setting.Text("--key-label", "NHÃN", "Nhãn của khóa, khi không có ID.");
        Option<string?> windows = Setting.Text("--windows", "SỐ", "Số sê-ri hoặc thumbprint trong kho chứng thư Windows.");
        Option<string?> service = Setting.Text("--service", "URL", "Dịch vụ ký số."), certificate = Setting.Text("--certificate", "FILE", "Chứng thư (cho thiết bị không chứa nó, và cho dịch vụ).");
        Option<string?> password = Setting.Text("--password-file", "FILE", "Tệp chứa mật khẩu hoặc mã PIN."), serviceToken = Setting.Text("--service-token-file", "FILE", "Tệp chứa mã của dịch vụ (X-Service-Token).");
        Option<string?> registered = Setting.Text("--registered", "yyyy-MM-dd", "Ngày chứng thư được đăng ký trên Cổng."), from = Setting.Text("--from", "yyyy-MM-dd", "Dùng từ ngày; mặc định ngay.");
        Option<bool> unlock = Setting.Switch("--unlock", "Lần trước sai PIN hoặc mật khẩu, đã kiểm tra lại: cho thử lại.");
        var command = new Command("add", "Thêm khóa: mở thử một lần; sai PIN là khóa lại cho đến khi có người mở.")
        {
            InHouse.Data, InHouse.Postgres, facility, name, pfx, pem, token, label, id, key, windows, service, certificate, password, serviceToken, registered, from, unlock, InHouse.Output,
        };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, async (house, json) =>
        {
            byte[]? Read(Option<string?> option) => parsed.GetValue(option) is { Length: > 0 } path ? Files.ReadAll(path) : null;
            string? Text(Option<string?> option) => parsed.GetValue(option) is { Length: > 0 } text ? text : null;
            KeyPlace place = Text(pfx) is not null ? new KeyPlace.Pfx()
                : Text(pem) is not null ? new KeyPlace.Pem()
                : Text(windows) is { } number ? number.Length >= 40 ? new KeyPlace.Windows(Thumbprint: number) : new KeyPlace.Windows(Serial: number)
                : Text(service) is { } url ? new KeyPlace.Remote(Address(url), Read(certificate) ?? [])
                : Text(token) is not null || Text(label) is not null ? new KeyPlace.Pkcs11(Text(label), Text(token), Text(key), Text(id), Read(certificate))
                : throw CommandFailure.Usage("thiếu nơi giữ khóa: --pfx, --pem, --token-serial, --windows hoặc --service.");
            var secrets = new KeySecrets
            {
                File = Read(pfx) ?? Read(pem),
                Password = Text(password) is { } file ? Files.ReadPassword(file) : null,
                ServiceToken = Text(serviceToken) is { } other ? Files.ReadPassword(other) : null,
            };
            await house.Facilities.EnsureAsync(house.Self, parsed.Need(facility), parsed.Need(facility), ct);
            SigningKeyChange change = await house.Keys.AddAsync(
                house.Self, new SigningKeyDraft(parsed.Need(facility), Text(name) ?? "", place, secrets) { RegisteredOn = Day(parsed, registered), ActiveFrom = Start(Day(parsed, from)), Unlocks = parsed.GetValue(unlock) }, ct);
            return change.Done
                ? Print([.. (await house.Keys.ListAsync(house.Self, ct)).Where(k => k.Id == change.Id)], json)
                : throw new CommandFailure(ExitCode.Blocked, change.Message);
        }, ct, create: true));
        return command;
    }

    private static Command Register()
    {
        Option<string?> registered = Setting.Text("--registered", "yyyy-MM-dd", "Ngày chứng thư được đăng ký trên Cổng; không ghi là chưa đăng ký."), from = Setting.Text("--from", "yyyy-MM-dd", "Dùng từ ngày; mặc định giữ nguyên.");
        return On("register", "Ghi ngày đăng ký trên Cổng và ngày bắt đầu dùng.", [registered, from],
            (keys, house, id, parsed, ct) => keys.SetDaysAsync(house.Self, id, Day(parsed, registered), Start(Day(parsed, from)), ct), "Đã ghi.");
    }

    private static Command Unlock()
    {
        Option<string?> password = Setting.Text("--password-file", "FILE", "Tệp chứa PIN hoặc mật khẩu đúng; không ghi là thử lại cái đã lưu.");
        return On("unlock", "Cho thử lại PIN hoặc mật khẩu sau một lần sai.", [password],
            (keys, house, id, parsed, ct) => keys.UnlockAsync(house.Self, id, parsed.GetValue(password) is { Length: > 0 } file ? Files.ReadPassword(file) : null, ct), "Đã mở khóa.");
    }

    private static Command On(
        string verb, string description, Option[] options, Func<SigningKeys, House, string, ParseResult, CancellationToken, Task<SigningKeyChange>> act, string done)
    {
        var id = new Argument<string>("ID") { Description = "Mã khóa, như keys list in ra." };
        var command = new Command(verb, description) { id, InHouse.Data, InHouse.Postgres };
        foreach (Option option in options) command.Add(option);
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, async (house, json) =>
        {
            SigningKeyChange change = await act(house.Keys, house, parsed.GetValue(id) ?? "", parsed, ct);
            if (!change.Done) throw change.Id is null ? CommandFailure.Usage(change.Message) : new CommandFailure(ExitCode.Blocked, change.Message);
            Screen.Out.WriteLine(change.Message.Length > 0 ? $"{done} Nhưng: {change.Message}" : done);
            return ExitCode.Fine;
        }, ct));
        return command;
    }

    private static int Print(IReadOnlyList<SigningKeyView> keys, bool json)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return InHouse.Print(keys, json, "keys", (j, k) =>
        {
            j.WriteString("id", k.Id);
            j.WriteString("facility", k.Facility);
            j.WriteString("name", k.Name);
            j.WriteString("state", System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(k.State.ToString()));
            j.WriteString("serial", k.Serial);
            j.WriteString("subject", k.Subject);
            j.WriteString("issuer", k.Issuer);
            j.WriteString("thumbprint", k.Thumbprint);
            j.WriteMoment("notBefore", k.NotBefore);
            j.WriteMoment("notAfter", k.NotAfter);
            j.WriteNumber("daysLeft", k.DaysLeft(now));
            j.WriteString("registeredOn", k.RegisteredOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            j.WriteMoment("activeFrom", k.ActiveFrom);
        }, k =>
        {
            Screen.Out.WriteLine($"{k.Id}  {k.Facility}  {Words.Plain(k.Name, 100)}: {StateOf(k.State)}");
            Screen.Out.WriteLine($"  Số sê-ri {k.Serial}, cấp cho {Words.Plain(k.Subject, 200)}");
            Screen.Out.WriteLine($"  Hiệu lực {Words.Day(k.NotBefore)} – {Words.Day(k.NotAfter)}{(k.State is SigningKeyState.Retired or SigningKeyState.Expired ? "" : $" (còn {k.DaysLeft(now)} ngày)")}, đăng ký trên Cổng {k.RegisteredOn?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) ?? "chưa"}, dùng từ {Words.Day(k.ActiveFrom)}");
        }, "khóa");
    }

    private static string StateOf(SigningKeyState state) => state switch
    {
        SigningKeyState.InUse => "đang dùng",
        SigningKeyState.Spare => "dự phòng",
        SigningKeyState.Coming => "sẽ dùng",
        SigningKeyState.Unregistered => "chưa đăng ký trên Cổng",
        SigningKeyState.NotYetValid => "chưa đến ngày hiệu lực",
        SigningKeyState.Expired => "hết hạn",
        SigningKeyState.Locked => "đã khóa vì sai PIN",
        _ => "ngừng dùng",
    };

    private static Uri Address(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? address) ? address : throw CommandFailure.Usage($"--service phải là địa chỉ đầy đủ, không nhận «{Words.Plain(url, 100)}».");

    private static DateOnly? Day(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { Length: > 0 } text ? null
        : ValidateArguments.ReadDay(text) ?? throw CommandFailure.Usage($"{option.Name} phải là ngày dạng yyyy-MM-dd, không nhận «{Words.Plain(text, 40)}».");

    private static DateTimeOffset? Start(DateOnly? day) => day is { } first ? new DateTimeOffset(first, TimeOnly.MinValue, VietnamTime.Offset) : null;
}
