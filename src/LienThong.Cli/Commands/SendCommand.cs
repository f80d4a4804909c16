using System.CommandLine;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;

namespace LienThong.Cli.Commands;

/// <summary><c>send PATH...</c></summary>
internal static class SendCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Gói hồ sơ, thư mục gói (mọi tệp *.xml bên trong), hoặc tệp lượt khám .json, .ndjson của HIS.", Arity = ArgumentArity.OneOrMore };
        Option<string?> data = Setting.Text("--data", "DIR", "Thư mục dữ liệu; được tạo nếu chưa có.");
        Option<string?> postgres = Setting.Text("--postgres", "CONN", "Chuỗi kết nối PostgreSQL thay cho SQLite.");
        Option<string?> portal = Setting.Text("--portal", "URL", "Địa chỉ Cổng.");
        Option<string?> facility = Setting.Text("--facility", "CODE", "Mã cơ sở khám chữa bệnh (5 ký tự).");
        Option<string?> account = Setting.Text("--account", "USER", "Tài khoản trên Cổng.");
        Option<string?> password = Setting.Text("--password-file", "FILE", "Tệp chứa mật khẩu tài khoản.");
        Option<string?> pfx = Setting.Text("--pfx", "FILE", "Tệp khóa ký PKCS#12.");
        Option<string?> pfxPassword = Setting.Text("--pfx-password-file", "FILE", "Tệp chứa mật khẩu của khóa ký.");
        Option<string?> wait = Setting.Text("--wait", "GIÂY", "Chờ những lần gửi lại đến hạn trong khoảng này; mặc định 60.");
        Option<string?> output = Setting.Output();
        var command = new Command("send", "Nhận, kiểm tra, ký và gửi hồ sơ lên Cổng; hồ sơ có lỗi chặn thì giữ lại.")
        {
            paths, data, postgres, portal, facility, account, password, pfx, pfxPassword, wait, output,
        };
        command.SetAction((parsed, ct) => SendRun.ExecuteAsync(
            new SendArguments
            {
                Paths = parsed.GetValue(paths)!,
                Data = parsed.Need(data),
                Postgres = parsed.GetValue(postgres),
                Portal = PortalOf(parsed.Need(portal)),
                Facility = FacilityOf(parsed.Need(facility)),
                Account = parsed.Need(account),
                PasswordFile = parsed.Need(password),
                Pfx = parsed.Need(pfx),
                PfxPasswordFile = parsed.Need(pfxPassword),
                Patience = TimeSpan.FromSeconds(parsed.Number(wait, 0, 86_400, 60)),
                Json = parsed.WantsJson(output),
            }, ct));
        return command;
    }

    private static Uri PortalOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw CommandFailure.Usage($"--portal phải là địa chỉ http:// hoặc https://, không nhận «{Words.Plain(text, 100)}».");

    private static string FacilityOf(string code) =>
        code.Length == 5 && code.All(char.IsAsciiLetterOrDigit)
            ? code
            : throw CommandFailure.Usage($"--facility phải có 5 chữ hoặc số, không nhận «{Words.Plain(code, 40)}».");
}
