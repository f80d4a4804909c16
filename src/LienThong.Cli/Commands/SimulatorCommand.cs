using System.CommandLine;
using LienThong.Cli.Terminal;
using LienThong.PortalSimulator;
using LienThong.Standard;

namespace LienThong.Cli.Commands;

/// <summary><c>simulator</c></summary>
internal static class SimulatorCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Option<string?> urls = Setting.Text("--urls", "URL", "Địa chỉ lắng nghe; mặc định http://127.0.0.1:8090.");
        Option<string[]> accounts = Setting.Many("--account", "CODE:USER:PASSWORD", "Tài khoản được đăng nhập; lặp lại được. Không có: tài khoản nào cũng được, mật khẩu của lần đăng nhập đầu được nhớ.");
        Option<string?> latency = Setting.Text("--latency", "MS", "Thời gian mỗi câu trả lời chậm thêm, mili giây; mặc định 0.");
        var command = new Command("simulator", "Chạy Cổng mô phỏng để thử và tập huấn. Không phải Cổng thật, câu trả lời không có giá trị.") { urls, accounts, latency };
        command.SetAction((parsed, ct) => RunAsync(new SimulatorOptions
        {
            Urls = parsed.GetValue(urls) ?? "http://127.0.0.1:8090",
            Accounts = [.. (parsed.GetValue(accounts) ?? []).Select(AccountOf)],
            AcceptAnyAccount = parsed.GetValue(accounts) is null or [],
            Latency = TimeSpan.FromMilliseconds(parsed.Number(latency, 0, 600_000, 0)),
            OnRequest = Screen.IsWatched ? Tell : null,
        }, ct));
        return command;
    }

    private static async Task<int> RunAsync(SimulatorOptions options, CancellationToken ct)
    {
        await using PortalSimulatorHost host = await PortalSimulatorHost.StartAsync(options, ct);
        Screen.Out.WriteLine($"Cổng mô phỏng đang chạy: {host.BaseAddress}");
        Screen.Out.WriteLine("Nhấn Ctrl+C để dừng.");
        Screen.Flush();
        await host.Completion.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCode.Fine;
    }

    private static void Tell(SimulatorRequest request)
    {
        string fault = request.Fault.Length > 0 ? $" · lỗi giả lập {request.Fault}" : "";
        Screen.Out.WriteLine($"{request.At.InVietnam():HH:mm:ss}  {request.Service,-10} {request.UserName,-14} {request.MaLk,-24} {request.Code} {request.TransactionCode}{fault}");
        Screen.Flush();
    }

    private static SimulatorAccount AccountOf(string text) => text.Split(':', 3) switch
    {
        [var facility, var user, var password] when user.Length > 0 => new SimulatorAccount(facility, user, password),
        _ => throw CommandFailure.Usage("--account phải có dạng CODE:USER:PASSWORD."),
    };
}
