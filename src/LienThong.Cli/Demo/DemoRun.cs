using LienThong.Cli.Commands;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Records;
using LienThong.Gateway.Signing;
using LienThong.Portal;
using LienThong.PortalSimulator;
using LienThong.Server;
using LienThong.Signing;
using LienThong.Standard;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LienThong.Cli.Demo;

/// <summary>The verb <c>demo</c>: the whole way of a record on one machine, in a temporary folder, with nobody's data.</summary>
internal static class DemoRun
{
    private const string Facility = "99001";
    private const string Account = "99001_BV";

    /// <summary>Runs it.</summary>
    /// <returns>0 when everything that may be sent is with the simulated portal.</returns>
    public static async Task<int> ExecuteAsync(bool once, int records, string urls, CancellationToken ct)
    {
        string folder = Path.Combine(Path.GetTempPath(), $"lienthong-demo-{Environment.ProcessId}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            return once ? await OnceAsync(folder, records, ct) : await StayAsync(folder, records, urls, ct);
        }
        finally
        {
            Remove(folder);
        }
    }

    private static async Task<int> OnceAsync(string folder, int records, CancellationToken ct)
    {
        (House house, _) = await House.OpenAsync(folder, null, create: true, ct);
        await using House owned = house;
        await using Portal portal = await Portal.StartAsync(ct);
        return await PlayAsync(house, portal, folder, records, shared: false, ct);
    }

    private static async Task<int> StayAsync(string folder, int records, string urls, CancellationToken ct)
    {
        (WebApplication server, string? password) = await ServeCommand.PrepareAsync(new ServerOptions
        {
            Gateway = new GatewayOptions { DataFolder = folder },
            Urls = urls,
            AdminPassword = ServeCommand.ChosenPassword(),
            Log = LogLevel.Warning, // a person watches: progress instead of a line per call
        }, ct);
        await using WebApplication owned = server;
        await using Portal portal = await Portal.StartAsync(ct);
        await server.StartAsync(ct);
        int code = await PlayAsync(new House(server.Services, null), portal, folder, records, shared: true, ct);
        Screen.Out.WriteLine();
        Screen.Out.WriteLine($"Trang web:   {string.Join("  ", server.Urls)}");
        Screen.Out.WriteLine($"Đăng nhập:   admin / {(ServeCommand.ChosenPassword() is null ? password : "(mật khẩu trong LIENTHONG_ADMIN_PASSWORD)")}");
        Screen.Out.WriteLine($"Cổng mô phỏng: {portal.Address}");
        Screen.Out.WriteLine($"Tệp mẫu:     {Path.Combine(folder, "mau")}");
        Screen.Out.WriteLine("Nhấn Ctrl+C để dừng và xóa dữ liệu thử.");
        Screen.Flush();
        await server.WaitForShutdownAsync(ct);
        return code;
    }

    private static async Task<int> PlayAsync(House house, Portal portal, string folder, int records, bool shared, CancellationToken ct)
    {
        var board = new Board(silent: false);
        board.Say($"LienThong chạy thử với hồ sơ bịa của cơ sở {Facility}; không có gì ra khỏi máy này.");
        await PrepareAsync(house, portal, ct);
        var corpus = new DemoCorpus(Facility, TimeProvider.System.GetUtcNow().VietnamDay());
        await board.RunAsync("Nhập danh mục mẫu của cơ sở", 0, tell => DemoLists.ImportAsync(house, corpus.Options, tell, ct));
        string[] files = await board.RunAsync("Viết hồ sơ mẫu", records, tell => Task.Run(() => corpus.Write(Path.Combine(folder, "mau"), records, tell), ct));
        List<IntakeReport> reports = await Flow.IngestAsync(house, files, board, ct);
        await Flow.DrainAsync(house, TimeSpan.FromSeconds(30), shared, board, ct);
        IReadOnlyDictionary<RecordState, long> counts = await house.Queries.CountAsync(house.Self, ct);
        return Tell(reports, counts, portal);
    }

    private static async Task PrepareAsync(House house, Portal portal, CancellationToken ct)
    {
        await house.Facilities.SaveAsync(house.Self, Facility, "Cơ sở mẫu", null, 4, null, ct);
        await house.Facilities.SetPortalAccountAsync(
            house.Self, new PortalAccount(portal.Address, Facility, Facility[..2], Account, PortalAccount.Digest(portal.Password)), ct);
        await house.Keys.AddAsync(
            house.Self, new SigningKeyDraft(Facility, "Chứng thư mẫu", new KeyPlace.Pfx(), new KeySecrets { File = portal.Keys.Pfx, Password = portal.Keys.Password })
            {
                RegisteredOn = TimeProvider.System.GetUtcNow().VietnamDay(),
            }, ct);
    }

    private static int Tell(List<IntakeReport> reports, IReadOnlyDictionary<RecordState, long> counts, Portal portal)
    {
        int found = reports.Sum(r => r.Found), stored = reports.Sum(r => r.Stored), same = reports.Sum(r => r.Duplicates), refused = reports.Sum(r => r.Refused);
        int lost = reports.Count(r => r.Outcome == IntakeOutcome.Refused);
        int received = portal.Received;
        Screen.Out.WriteLine();
        StateTable.Print(counts);
        Screen.Out.WriteLine();
        Screen.Out.WriteLine($"{reports.Count} tệp → {found} hồ sơ tìm thấy → {stored} lưu lại{(same > 0 ? $", {same} trùng" : "")}{(refused > 0 ? $", {refused} không nhận được" : "")} → {counts[RecordState.Accepted]} đã gửi có biên nhận; Cổng mô phỏng giữ {received}.");
        if (lost > 0) Screen.Out.WriteLine($"{lost} tệp cố ý làm hỏng không dùng được; từng tệp đều nêu rõ lý do.");
        bool adds = found == stored + same + refused && counts.Values.Sum() == stored && received == counts[RecordState.Accepted];
        bool settled = Flow.Pending(counts) == 0 && counts[RecordState.OutcomeUnknown] == 0;
        if (!adds) Screen.Fail("sổ sách không khớp: số tìm thấy, lưu lại, đã gửi và biên nhận phải cộng đúng.");
        if (!settled) Screen.Fail("còn hồ sơ chưa gửi xong.");
        Screen.Flush();
        return adds && settled ? ExitCode.Fine : ExitCode.Blocked;
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (Files.IsTrouble(e))
        {
            Screen.Fail($"không xóa được thư mục tạm {folder}.");
        }
    }

    /// <summary>The simulated portal with an account and a certificate made for this demo.</summary>
    private sealed class Portal(PortalSimulatorHost host, DemoKeys keys, string password) : IAsyncDisposable
    {
        public Uri Address => host.BaseAddress;

        public DemoKeys Keys => keys;

        public string Password => password;

        /// <summary>Documents that nothing has replaced.</summary>
        public int Received => host.Store.Stats().Current;

        public static async Task<Portal> StartAsync(CancellationToken ct)
        {
            var keys = DemoKeys.Create(Facility, TimeProvider.System.GetUtcNow());
            string password = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(12));
            PortalSimulatorHost host = await PortalSimulatorHost.StartAsync(new SimulatorOptions
            {
                Accounts = [new SimulatorAccount(Facility, Account, password) { CertificateSerials = [keys.Serial] }],
                TrustedAuthorityPem = keys.AuthorityPem,
            }, ct);
            return new Portal(host, keys, password);
        }

        public ValueTask DisposeAsync() => host.DisposeAsync();
    }
}
