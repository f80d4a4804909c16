using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using LienThong.Cli.Access;
using LienThong.Cli.Archives;
using LienThong.Cli.Terminal;
using LienThong.Gateway;
using LienThong.Gateway.Submission;
using LienThong.Portal;
using LienThong.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace LienThong.Cli.Commands;

/// <summary><c>serve</c></summary>
internal static class ServeCommand
{
    private const string AdminPassword = "LIENTHONG_ADMIN_PASSWORD";

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Option<string?> data = Setting.Text("--data", "DIR", "Thư mục dữ liệu; được tạo nếu chưa có.");
        Option<string?> urls = Setting.Text("--urls", "URL", "Địa chỉ lắng nghe; mặc định http://127.0.0.1:5080.");
        Option<string?> postgres = Setting.Text("--postgres", "CONN", "Chuỗi kết nối PostgreSQL thay cho SQLite.");
        Option<string[]> proxies = Setting.Many("--trusted-proxy", "IP", "Máy chủ trung gian được tin tiêu đề X-Forwarded-*; lặp lại được.");
        Option<string?> settle = Setting.Text("--settle", "GIÂY", "Chờ đối soát bao lâu rồi gửi lại đúng gói không rõ kết quả; mặc định 1800.");
        Option<string?> retry = Setting.Text("--retry", "GIÂY,…", "Các khoảng chờ trước khi thử lại khi chưa gửi được; mặc định 60,120,300,600,1800,3600.");
        Option<string?> call = Setting.Text("--call-timeout", "GIÂY", "Chờ Cổng trả lời tối đa bao lâu; mặc định 60.");
        Option<string?> channels = Setting.Text("--channel-folders", "DIR", "Thư mục mà kênh gửi loại «folder» được dùng; mặc định thư mục kenh trong thư mục dữ liệu.");
        Option<string?> signIns = Setting.Text("--sign-ins-per-minute", "SỐ", "Số lần thử đăng nhập mỗi phút từ một địa chỉ; mặc định 20.");
        Option<string?> perName = Setting.Text("--sign-ins-per-name", "SỐ", "Số lần thử đăng nhập mỗi phút với một tên; mặc định 10.");
        Option<string?> perToken = Setting.Text("--calls-per-token", "SỐ", "Số lần gọi API mỗi phút của một mã truy cập; mặc định 30000.");
        var command = new Command("serve", $"Chạy máy chủ: trang web, REST, ký và gửi. Lần đầu tạo tài khoản admin (mật khẩu từ {AdminPassword}, nếu không thì in ra một lần).")
        {
            data, urls, postgres, proxies, settle, retry, call, channels, signIns, perName, perToken,
        };
        command.SetAction((parsed, ct) => RunAsync(new ServerOptions
        {
            Gateway = new GatewayOptions
            {
                DataFolder = parsed.Need(data),
                Postgres = parsed.GetValue(postgres),
                S3 = ArchiveSettings.Read(),
                Access = AccessSettings.Read(parsed.Need(data)),
                Submission = new SubmissionOptions
                {
                    SettlePeriod = TimeSpan.FromSeconds(parsed.Number(settle, 1, 86_400, 1800)),
                    RetryDelays = parsed.GetValue(retry) is { Length: > 0 } waits ? Seconds(waits) : new SubmissionOptions().RetryDelays,
                },
                ChannelFolders = Full(parsed.GetValue(channels)),
                Portal = new PortalOptions { CallTimeout = TimeSpan.FromSeconds(parsed.Number(call, 1, 600, 60)) },
            },
            Urls = parsed.GetValue(urls) ?? "http://127.0.0.1:5080",
            AdminPassword = ChosenPassword(),
            TrustedProxies = parsed.GetValue(proxies) ?? [],
            SignInsPerMinute = parsed.Number(signIns, 1, 1_000_000, 20),
            SignInsPerName = parsed.Number(perName, 1, 1_000_000, 10),
            CallsPerToken = parsed.Number(perToken, 1, 100_000_000, 30_000),
        }, ct));
        return command;
    }

    /// <summary>The first admin's password as the operator chose it; null when none is chosen.</summary>
    internal static string? ChosenPassword() => Environment.GetEnvironmentVariable(AdminPassword) is { Length: > 0 } chosen ? chosen : null;

    // What the exception appends about its parameter says nothing to people.
    private static string Reason(Exception e) => e.Message.Split(" (Parameter", 2)[0];

    private static string? Full(string? folder) => folder is not { Length: > 0 } ? null
        : Path.IsPathFullyQualified(folder) ? folder
        : throw CommandFailure.Usage($"--channel-folders cần đường dẫn đầy đủ, không nhận «{Words.Plain(folder, 100)}».");

    private static TimeSpan[] Seconds(string list) => Array.ConvertAll(list.Split(',', StringSplitOptions.TrimEntries), part =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is >= 1 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw CommandFailure.Usage($"--retry nhận các số giây từ 1 đến 86400 cách nhau bằng dấu phẩy, không nhận «{Words.Plain(part, 40)}»."));

    /// <summary>Builds a server and brings its database up to date.</summary>
    /// <exception cref="CommandFailure">The options or the database can't be used.</exception>
    internal static async Task<(WebApplication Server, string? NewPassword)> PrepareAsync(ServerOptions options, CancellationToken ct)
    {
        foreach (string url in options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
                throw CommandFailure.Usage($"--urls phải là địa chỉ http:// hoặc https://, không nhận «{Words.Plain(url, 100)}».");
        }

        WebApplication server = ServerHost.Create(options);
        try
        {
            return (server, await ServerHost.PrepareAsync(server, ct));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or DbException)
        {
            await server.DisposeAsync();
            throw e is ArgumentException
                ? CommandFailure.Usage($"{AdminPassword} không dùng được: {Reason(e)}")
                : CommandFailure.Io($"không mở được cơ sở dữ liệu: {e.Message}");
        }
    }

    private static async Task<int> RunAsync(ServerOptions options, CancellationToken ct)
    {
        (WebApplication server, string? password) = await PrepareAsync(options, ct);
        await using WebApplication owned = server;
        await server.StartAsync(ct);
        foreach (string url in server.Urls) Screen.Out.WriteLine($"LienThong đang chạy: {url}");
        if (password is not null && options.AdminPassword is null) Screen.Out.WriteLine($"Đăng nhập lần đầu: admin / {password} (chỉ hiện lần này, hãy đổi ngay)");
        Screen.Out.WriteLine("Nhấn Ctrl+C để dừng.");
        Screen.Flush();
        await server.WaitForShutdownAsync(ct);
        return ExitCode.Fine;
    }
}
