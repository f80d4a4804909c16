using LienThong.Gateway.Access;
using LienThong.Gateway.Cards;
using LienThong.Gateway.Facilities;
using LienThong.Portal;
using LienThong.PortalSimulator;
using LienThong.Server.Tests.Support;
using Microsoft.Playwright;

namespace LienThong.EndToEnd.Browser;

/// <summary>The front desk with the keyboard alone: a scan, an outage, and the worker that verifies the card when the portal is back.</summary>
public sealed class CardWayTests : IAsyncLifetime
{
    private const string Account = RunningServer.Facility + "_BV";
    private readonly Chromium chromium = new();
    private PortalSimulatorHost? portal;

    public async Task InitializeAsync()
    {
        portal = await PortalSimulatorHost.StartAsync(new SimulatorOptions
        {
            Accounts = [new SimulatorAccount(RunningServer.Facility, Account, "mật khẩu cổng")],
            Staff = new Dictionary<string, string>(StringComparer.Ordinal) { ["079085000111"] = "Lê Văn Mẫu" },
            Cards =
            [
                new SimulatorCard("GD4990000012345", "Trần Thị Ví Dụ", "05/03/1990", new DateOnly(2026, 1, 1), new DateOnly(2099, 12, 31))
                {
                    CitizenId = "099090000123",
                    RegisteredFacility = RunningServer.Facility,
                    Sex = "Nữ",
                    Visits = [new SimulatorVisit("2405580001", "99014", "202604020822", "202604021741", "J00 - Viêm mũi họng cấp")],
                },
                new SimulatorCard("GD4990000054321", "Lê Văn Thử", "1950", new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31)),
            ],
        });
        chromium.Server.Options = options => options with
        {
            RunsWorkers = true,
            Gateway = options.Gateway with { Cards = new CardOptions { RetryDelays = [TimeSpan.FromMilliseconds(200)], PauseWhileDown = TimeSpan.FromMilliseconds(200), Poll = TimeSpan.FromMilliseconds(200) } },
        };
        await chromium.InitializeAsync();
        Assert.True((await chromium.Server.Get<FacilitySettings>().SetPortalAccountAsync(
            Caller.System(), new PortalAccount(portal.BaseAddress, RunningServer.Facility, RunningServer.Facility[..2], Account, PortalAccount.Digest("mật khẩu cổng")), default)).Ok);
        Assert.True((await chromium.Server.Get<CardSettings>().SetStaffAsync(
            Caller.System(), RunningServer.Facility, new CardStaff("Lê Văn Mẫu", "079085000111"), forFacility: true, default)).Ok);
    }

    [Fact]
    public async Task A_scan_tells_the_verdict_and_an_outage_is_made_good_by_itself()
    {
        (IPage page, List<string> complaints) = await chromium.OpenAsync(1366, 768);
        await Chromium.SignInAsync(page, "front_desk");
        await page.GotoAsync("/tra-the");

        await TypeAsync(page, "099090000123||Trần Thị Ví Dụ|05031990|Nữ|1 Đường Mẫu|15042021");
        await Assertions.Expect(page.Locator(".verdict")).ToHaveTextAsync("Thẻ hợp lệ");
        await Chromium.ShootAsync(page, "card-verified-1366");

        await TypeAsync(page, "GD4990000054321");
        await Assertions.Expect(page.Locator("#ho-ten")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Lê Văn Thử");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("1950");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".verdict")).ToHaveTextAsync("Hết giá trị");
        await Chromium.ShootAsync(page, "card-expired-1366");

        portal!.IsDown = true;
        await TypeAsync(page, "099090000123||Trần Thị Ví Dụ|05031990|Nữ|1 Đường Mẫu|15042021");
        await Assertions.Expect(page.GetByText("Tiếp đón bình thường")).ToBeVisibleAsync();
        await Chromium.ShootAsync(page, "card-down-1366");
        await page.GotoAsync("/tra-the/cai-dat");
        await Chromium.ShootAsync(page, "card-settings-1366");
        await page.GotoAsync("/tra-the/chua-xac-minh");
        // The number without a name was answered 422, which the browser notes.
        Assert.Contains("422", Assert.Single(complaints), StringComparison.Ordinal);

        portal.IsDown = false;
        for (int i = 0; i < 300 && await page.GetByText("Không có lượt nào").CountAsync() == 0; i++)
        {
            await Task.Delay(200);
            await page.ReloadAsync();
        }
        await Assertions.Expect(page.GetByText("Không có lượt nào")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Everything_fits_on_a_phone()
    {
        (IPage page, List<string> complaints) = await chromium.OpenAsync(390, 844);
        await Chromium.SignInAsync(page, "clinic_admin");
        await page.GotoAsync("/tra-the");
        await TypeAsync(page, "099090000123||Trần Thị Ví Dụ|05031990|Nữ|1 Đường Mẫu|15042021");
        await Assertions.Expect(page.Locator(".verdict")).ToHaveTextAsync("Thẻ hợp lệ");
        await Chromium.ShootAsync(page, "card-verified-390");
        await page.GotoAsync("/tra-the/chua-xac-minh?trang-thai=Verified");
        await Chromium.ShootAsync(page, "card-list-390");
        await page.GotoAsync("/tra-the/thay-doi");
        await Chromium.ShootAsync(page, "card-changes-390");
        await page.GotoAsync("/tra-the/cai-dat");
        await Chromium.ShootAsync(page, "card-settings-390");
        Assert.Empty(complaints);
    }

    public async Task DisposeAsync()
    {
        await chromium.DisposeAsync();
        if (portal is not null)
            await portal.DisposeAsync();
    }

    // As a scanner does: into the field that has the cursor, then Enter.
    private static async Task TypeAsync(IPage page, string text)
    {
        await Assertions.Expect(page.Locator("#so")).ToBeFocusedAsync();
        await page.Keyboard.InsertTextAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }
}
