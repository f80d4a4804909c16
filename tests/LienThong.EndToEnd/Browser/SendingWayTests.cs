using System.Diagnostics;
using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Signing;
using LienThong.Portal;
using LienThong.PortalSimulator;
using LienThong.Samples;
using LienThong.Server.Tests.Support;
using LienThong.Signing;
using Microsoft.Playwright;

namespace LienThong.EndToEnd.Browser;

/// <summary>From the uploaded file to the portal's receipt, with the real worker and a simulated portal, seen in the real browser.</summary>
public sealed class SendingWayTests : IAsyncLifetime
{
    private const string Account = RunningServer.Facility + "_BV";
    private readonly Chromium chromium = new();
    private readonly DemoKeys keys = DemoKeys.Create(RunningServer.Facility, TimeProvider.System.GetUtcNow());
    private PortalSimulatorHost? portal;

    public async Task InitializeAsync()
    {
        portal = await PortalSimulatorHost.StartAsync(new SimulatorOptions
        {
            Accounts = [new SimulatorAccount(RunningServer.Facility, Account, "mật khẩu cổng") { CertificateSerials = [keys.Serial] }],
            TrustedAuthorityPem = keys.AuthorityPem,
        });
        chromium.Server.Options = options => options with { RunsWorkers = true };
        await chromium.InitializeAsync();
        FacilitySettings facilities = chromium.Server.Get<FacilitySettings>();
        Caller admin = Caller.System();
        Assert.True((await chromium.Server.Get<SigningKeys>().AddAsync(
            admin, new SigningKeyDraft(RunningServer.Facility, "", new KeyPlace.Pfx(), new KeySecrets { File = keys.Pfx, Password = keys.Password }) { RegisteredOn = new DateOnly(2026, 1, 1) }, default)).Done);
        Assert.True((await facilities.SetPortalAccountAsync(
            admin, new PortalAccount(portal.BaseAddress, RunningServer.Facility, RunningServer.Facility[..2], Account, PortalAccount.Digest("mật khẩu cổng")), default)).Ok);
    }

    [Fact]
    public async Task An_uploaded_package_is_signed_sent_and_shown_with_its_receipt()
    {
        (IPage page, List<string> complaints) = await chromium.OpenAsync(1366, 768);
        await Chromium.SignInAsync(page, "clinic_admin");
        await page.GotoAsync("/tai-len");
        await page.SetInputFilesAsync("#tep",
        [
            File("tot-1.xml", Packages.Clean(600)), File("tot-2.xml", Packages.Clean(601, kind: SampleKind.Inpatient)), File("loi.xml", Packages.Broken(602)),
            File("hong.xml", "không phải XML"u8.ToArray()),
        ]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Tải lên và kiểm tra" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Đã nhận đủ")).ToHaveCountAsync(3);
        await Chromium.ShootAsync(page, "ledger-1366");
        string maLk = await page.Locator("section[aria-label*='tot-1.xml'] table a").InnerTextAsync();

        await UntilAsync(async () =>
        {
            await page.GotoAsync("/gui-cong?outcome=Accepted");
            return await page.Locator("td[data-label='Kết quả'] .badge.bg-green-lt").CountAsync() == 2;
        });
        await Chromium.ShootAsync(page, "sending-done-1366");
        await page.GetByRole(AriaRole.Link, new() { Name = maLk }).ClickAsync();

        await Assertions.Expect(page.Locator(".facts .badge").First).ToHaveTextAsync("Đã tiếp nhận");
        string receipt = await page.Locator("td[data-label='Biên nhận']").First.InnerTextAsync();
        Assert.NotEqual("", receipt.Trim());
        await Chromium.ShootAsync(page, "detail-accepted-1366");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Chromium.Output, "detail-print.png"), FullPage = true });
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Screen });
        await page.GotoAsync("/");
        await Chromium.ShootAsync(page, "overview-done-1366");
        Assert.Equal(2, portal!.Store.Stats().Current);
        Assert.Empty(complaints);
    }

    public async Task DisposeAsync()
    {
        await chromium.DisposeAsync();
        if (portal is not null)
            await portal.DisposeAsync();
    }

    private static FilePayload File(string name, byte[] content) => new() { Name = name, MimeType = "application/xml", Buffer = content };

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!await reached())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "The worker didn't get the records to the portal within a minute.");
            await Task.Delay(300);
        }
    }
}
