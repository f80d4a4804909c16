using System.Diagnostics;
using System.Net;
using LienThong.Gateway;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Archive.S3;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Records;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;
using LienThong.PortalSimulator;
using LienThong.Server;
using LienThong.Server.Tests.Support;
using LienThong.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.EndToEnd.Nodes;

/// <summary>Two servers with nothing in common but a PostgreSQL and an S3-compatible archive.</summary>
public sealed class TwoNodesTests : IAsyncLifetime
{
    private const string Facility = RunningServer.Facility;
    private const string Account = Facility + "_BV";
    private readonly DemoKeys keys = DemoKeys.Create(Facility, TimeProvider.System.GetUtcNow());
    private readonly string root = Directory.CreateTempSubdirectory("lienthong-nodes-").FullName;
    private readonly string postgres = PostgresServer.NewSchema();
    private readonly string bucket = S3Server.Shared.NewBucket();
    private readonly Line line = new(S3Server.Shared.Address);
    private readonly Caller admin = Caller.System();
    private PortalSimulatorHost portal = null!;
    private WebApplication one = null!, two = null!;

    public async Task InitializeAsync()
    {
        portal = await PortalSimulatorHost.StartAsync(new SimulatorOptions
        {
            Accounts = [new SimulatorAccount(Facility, Account, "mật khẩu cổng") { CertificateSerials = [keys.Serial] }],
            TrustedAuthorityPem = keys.AuthorityPem,
        });
        (one, two) = (await StartAsync("one"), await StartAsync("two"));
        await Get<FacilitySettings>(one).SaveAsync(admin, Facility, "Bệnh viện thử", null, 4, null, default);
        Assert.True((await Get<SigningKeys>(one).AddAsync(
            admin, new SigningKeyDraft(Facility, "", new KeyPlace.Pfx(), new KeySecrets { File = keys.Pfx, Password = keys.Password }) { RegisteredOn = new DateOnly(2026, 1, 1) }, default)).Done);
        Assert.True((await Get<FacilitySettings>(one).SetPortalAccountAsync(
            admin, new PortalAccount(portal.BaseAddress, Facility, Facility[..2], Account, PortalAccount.Digest("mật khẩu cổng")), default)).Ok);
    }

    [Fact]
    public async Task Records_taken_in_on_either_node_arrive_once_though_the_archive_goes_away_and_a_node_ends()
    {
        await IngestAsync(one, 0, 20);
        await IngestAsync(two, 20, 20);
        line.IsBroken = true;
        line.Drop();
        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => IngestAsync(one, 40, 1));
        Assert.Equal("down", await HealthOfAsync(two, "archive"));
        line.IsBroken = false;
        await UntilAsync(40);

        // What the first node encrypted, the second opens: it goes on alone.
        await one.DisposeAsync();
        await IngestAsync(two, 40, 10);
        await UntilAsync(50);

        SimulatorStats stats = portal.Store.Stats();
        Assert.Equal((50, 0, 50L), (stats.Current, stats.Repeats, stats.Received));
        List<ArchiveDamage> damage = [];
        Assert.True((await Get<ArchiveAudit>(two).RunAsync(null, damage.Add, null, default)).Intact, string.Join('\n', damage));
        Assert.True((await Get<AuditLog>(two).VerifyAsync(default)).Intact);
        Assert.False(Directory.Exists(Path.Combine(root, "one", "archive")) || Directory.Exists(Path.Combine(root, "two", "archive")));
        Assert.Equal("ok", await HealthOfAsync(two, "archive"));
    }

    [Fact]
    public async Task Who_signs_in_on_one_node_is_known_to_the_other()
    {
        Assert.NotNull(await Get<UserAccounts>(one).CreateAsync(admin, "may", "Mây", RunningServer.Password, [Roles.ClinicAdmin], FacilityScope.Only(Facility), default));
        CookieContainer cookies = new();
        using HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies });
        string first = AddressOf(one), second = AddressOf(two);
        string csrf = RunningServer.CsrfOf(await browser.GetStringAsync(first + "dang-nhap"));
        // The form of one node is sent to the other: a load balancer knows no better.
        using HttpResponseMessage signedIn = await browser.PostAsync(
            second + "dang-nhap", new FormUrlEncodedContent([new("ten", "may"), new("mat-khau", RunningServer.Password), new("csrf", csrf)]));
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);

        using HttpResponseMessage page = await browser.GetAsync(first);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("/dang-xuat", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    public async Task DisposeAsync()
    {
        await one.DisposeAsync();
        await two.DisposeAsync();
        await portal.DisposeAsync();
        line.Dispose();
        Directory.Delete(root, recursive: true);
    }

    private static T Get<T>(WebApplication node) where T : notnull => node.Services.GetRequiredService<T>();

    private static string AddressOf(WebApplication node) => node.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/";

    private async Task<WebApplication> StartAsync(string name)
    {
        S3Options usual = S3Server.Shared.Options(bucket, line.Address);
        WebApplication node = ServerHost.Create(new ServerOptions
        {
            Gateway = new GatewayOptions { DataFolder = Path.Combine(root, name), Postgres = postgres, S3 = usual },
            Urls = "http://127.0.0.1:0",
            AdminPassword = RunningServer.Password,
        });
        await ServerHost.PrepareAsync(node, default);
        await node.StartAsync();
        return node;
    }

    private async Task IngestAsync(WebApplication node, int from, int count)
    {
        for (int i = from; i < from + count; i++)
        {
            using MemoryStream stream = new(Packages.Clean(i));
            IntakeReport report = await Get<IntakeService>(node).IngestAsync(stream, $"goi-{i}.xml", admin, null, default);
            Assert.Single(report.Records);
        }
    }

    private static async Task<string> HealthOfAsync(WebApplication node, string part)
    {
        // An answer may be two seconds old.
        await Task.Delay(TimeSpan.FromSeconds(2.1));
        using HttpClient client = new();
        using HttpResponseMessage answer = await client.GetAsync(AddressOf(node) + "health");
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("checks").GetProperty(part).GetProperty("status").GetString()!;
    }

    private async Task UntilAsync(long accepted)
    {
        long start = Stopwatch.GetTimestamp();
        while ((await Get<RecordQueries>(two).CountAsync(admin, default))[RecordState.Accepted] < accepted)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(3), string.Join(", ", await Get<RecordQueries>(two).CountAsync(admin, default)));
            await Task.Delay(100);
        }
    }
}
