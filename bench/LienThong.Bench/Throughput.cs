using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using LienThong.EndToEnd.Faults;
using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Portal;
using LienThong.Samples;
using LienThong.Signing;

namespace LienThong.Bench;

/// <summary>From intake to receipt with the real server and the simulator as processes of their own, all on one machine; every commit reaches the disk.</summary>
internal sealed class Throughput(TextWriter output, string lienthong)
{
    private const int Posters = 16;
    private const int AtOnce = 16;
    private const int Rounds = 3;
    private const string Password = "mat-khau-cua-phep-do";

    /// <summary>Records a second when as many are handed in as go, and the time to the receipt at a steady pace.</summary>
    /// <param name="records">Packages in a round.</param>
    /// <param name="pace">Packages a second of the steady pace.</param>
    /// <param name="databases">PostgreSQL or not.</param>
    public async Task RunAsync(int records, int pace, bool[] databases)
    {
        output.WriteLine("| measure | database | records a second | processor time of the server per record |");
        output.WriteLine("|---|---|---|---|");
        List<string> latencies = [];
        foreach (bool postgres in databases)
        {
            string database = postgres ? "PostgreSQL" : "SQLite";
            await using PostgresCluster? cluster = postgres ? await PostgresCluster.StartAsync() : null;
            await using Site site = await Site.StartAsync(lienthong, cluster?.ConnectionString);
            int next = 0;
            byte[][] Files(int count) => [.. Enumerable.Range(next, count).Select(_ => Subjects.Package(SampleKind.Outpatient, next++))];
            await site.FillAsync(Files(500));
            await site.SettleAsync(postgres);
            List<double> rates = [], processor = [];
            for (int i = 0; i < Rounds; i++)
            {
                byte[][] files = Files(records);
                (TimeSpan before, long start) = (site.Processor, Stopwatch.GetTimestamp());
                await site.FillAsync(files);
                rates.Add(records / Stopwatch.GetElapsedTime(start).TotalSeconds);
                processor.Add((site.Processor - before).TotalMilliseconds / records);
            }
            rates.Sort();
            processor.Sort();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| intake → receipt, {records} packages of one outpatient record over REST | {database} | {rates[Rounds / 2]:F0} ({rates[0]:F0}–{rates[^1]:F0}) | {processor[Rounds / 2]:F2} ms |"));
            double[] times = await site.PaceAsync(Files(pace * 30), pace);
            Array.Sort(times);
            double At(int percent) => times[Math.Min(times.Length - 1, times.Length * percent / 100)] / 1000;
            latencies.Add(string.Create(CultureInfo.InvariantCulture,
                $"| {pace} records a second for 30 s, handing in → receipt stored | {database} | {At(50):F2} s | {At(95):F2} s | {times[^1] / 1000:F2} s |"));
        }
        output.WriteLine();
        output.WriteLine("| measure | database | p50 | p95 | longest |");
        output.WriteLine("|---|---|---|---|---|");
        latencies.ForEach(output.WriteLine);
    }

    private sealed class Site : IAsyncDisposable
    {
        private readonly List<Process> processes = [];
        private readonly HttpClient http = new();
        private BenchGateway gateway = null!;
        private Process server = null!;

        public TimeSpan Processor => server.TotalProcessorTime;

        public static async Task<Site> StartAsync(string lienthong, string? postgres)
        {
            Site site = new();
            string facility = Subjects.Options.FacilityCode;
            Uri portal = site.Start(lienthong, "simulator", "--account", $"{facility}:bv:{Password}").Address;
            site.gateway = await BenchGateway.StartAsync(postgres, atOnce: AtOnce);
            await site.gateway.Get<FacilitySettings>().SetPortalAccountAsync(
                BenchGateway.Caller, new PortalAccount(portal, facility, facility[..2], "bv", PortalAccount.Digest(Password)), default);
            DemoKeys keys = DemoKeys.Create(facility, TimeProvider.System.GetUtcNow());
            SigningKeyDraft key = new(facility, "", new KeyPlace.Pfx(), new KeySecrets { File = keys.Pfx, Password = keys.Password }) { RegisteredOn = new DateOnly(2026, 1, 1) };
            if (!(await site.gateway.Get<SigningKeys>().AddAsync(BenchGateway.Caller, key, default)).Done)
                throw new InvalidOperationException("The key wasn't added.");
            UserAccounts users = site.gateway.Get<UserAccounts>();
            await users.CreateAsync(BenchGateway.Caller, "his", "HIS", Password, [Roles.ClinicAdmin], FacilityScope.Only(facility), default);
            string? token = await users.IssueBearerAsync(BenchGateway.Caller, "his", "bench", TimeSpan.FromDays(1), default);
            (site.server, site.http.BaseAddress) = site.Start(lienthong, ["serve", "--data", site.gateway.Folder, .. postgres is null ? Array.Empty<string>() : ["--postgres", postgres]]);
            site.http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            await site.AnswersAsync(new Uri(portal, "simulator/"));
            await site.AnswersAsync(new Uri(site.http.BaseAddress!, "health"));
            return site;
        }

        /// <summary>Hands packages in, several at once, and waits until nothing is left to do.</summary>
        public async Task FillAsync(byte[][] files)
        {
            await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = Posters }, async (file, _) => await HandInAsync(file));
            await DrainedAsync();
        }

        /// <summary>Gives PostgreSQL the statistics that it collects by itself within the first minute of use: a round is shorter than that.</summary>
        public async Task SettleAsync(bool postgres)
        {
            if (!postgres)
                return;
            await using WriteSession session = await gateway.Get<Database>().BeginAsync(default);
            await session.ExecuteAsync("ANALYZE;", null, default);
            await session.CommitAsync(default);
        }

        /// <summary>Hands packages in at a pace, whatever the server does with them.</summary>
        /// <returns>Milliseconds from handing in to the receipt of each accepted record.</returns>
        public async Task<double[]> PaceAsync(byte[][] files, int perSecond)
        {
            DateTimeOffset[] begun = new DateTimeOffset[files.Length];
            Task<string>[] answers = new Task<string>[files.Length];
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < files.Length; i++)
            {
                TimeSpan wait = TimeSpan.FromSeconds(i / (double)perSecond) - Stopwatch.GetElapsedTime(start);
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait);
                begun[i] = TimeProvider.System.GetUtcNow();
                answers[i] = HandInAsync(files[i]);
            }
            string[] ids = await Task.WhenAll(answers);
            await DrainedAsync();
            Dictionary<string, long> receipts = (await gateway.Get<Database>().QueryUnscopedAsync<Receipt>(
                "SELECT record_id, MAX(ended_at) AS ended_at FROM submission WHERE outcome = 'Accepted' GROUP BY record_id", null, default)).ToDictionary(r => r.RecordId, r => r.EndedAt);
            return [.. ids.Select((id, i) => receipts.TryGetValue(id, out long at) ? at - begun[i].ToUnixTimeMilliseconds() : (double?)null).OfType<double>()];
        }

        public async ValueTask DisposeAsync()
        {
            foreach (Process process in processes)
            {
                process.Kill();
                await process.WaitForExitAsync();
                process.Dispose();
            }
            http.Dispose();
            await gateway.DisposeAsync();
        }

        private async Task<string> HandInAsync(byte[] file)
        {
            using ByteArrayContent content = new(file);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
            using HttpResponseMessage answer = await http.PostAsync(new Uri("api/v1/packages", UriKind.Relative), content);
            string text = await answer.Content.ReadAsStringAsync();
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException($"{answer.StatusCode}: {text}");
            using JsonDocument report = JsonDocument.Parse(text);
            return report.RootElement.GetProperty("records")[0].GetProperty("id").GetString()!;
        }

        private async Task DrainedAsync()
        {
            Database database = gateway.Get<Database>();
            while ((await database.QueryUnscopedAsync<long>("SELECT COUNT(*) FROM work_item WHERE status <> 'Dead'", null, default))[0] > 0)
                await Task.Delay(50);
        }

        private (Process Process, Uri Address) Start(string lienthong, params string[] arguments)
        {
            using TcpListener listener = new(IPAddress.Loopback, 0);
            listener.Start();
            string address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
            listener.Stop();
            ProcessStartInfo info = new("dotnet", [lienthong, .. arguments, "--urls", address]) { RedirectStandardOutput = true };
            info.Environment["LIENTHONG_ADMIN_PASSWORD"] = Password;
            Process process = Process.Start(info)!;
            process.OutputDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            processes.Add(process);
            return (process, new Uri(address + "/"));
        }

        private async Task AnswersAsync(Uri address)
        {
            while (true)
            {
                try
                {
                    using HttpResponseMessage answer = await http.GetAsync(address);
                    return;
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(100);
                }
            }
        }
    }

    private sealed class Receipt
    {
        public string RecordId { get; init; } = "";
        public long EndedAt { get; init; }
    }
}
