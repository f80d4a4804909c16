using LienThong.Server.Tests.Support;
using Microsoft.Playwright;

namespace LienThong.EndToEnd.Browser;

/// <summary>The real browser of the machine in front of a running server. Where there is none the tests fail and say so.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private IPlaywright? playwright;
    private IBrowser? browser;

    public RunningServer Server { get; } = new();

    /// <summary>Where screenshots are left to be looked at.</summary>
    public static string Output { get; } = Path.Combine(Repository.Root, "tests", "output", "pages");

    public async Task InitializeAsync()
    {
        string? path = Environment.GetEnvironmentVariable("LIENTHONG_TEST_CHROMIUM") ?? Places.FirstOrDefault(File.Exists);
        Assert.True(path is not null, "Browser tests need chromium (Debian: apt-get install chromium).");
        await Server.InitializeAsync();
        playwright = await Playwright.CreateAsync();
        // What a page shows is tested, not how soon on a busy machine.
        Assertions.SetDefaultExpectTimeout(60_000);
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Headless = true,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        Directory.CreateDirectory(Output);
    }

    /// <summary>A page in a fresh profile. What the browser complains of (scripts, policy) is collected.</summary>
    public async Task<(IPage Page, List<string> Complaints)> OpenAsync(int width, int height, bool dark = false, bool scripts = true)
    {
        IBrowserContext context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Server.Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = "vi-VN",
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = scripts,
            // Otherwise a screenshot may catch the page while it is still scrolling.
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000);
        IPage page = await context.NewPageAsync();
        List<string> complaints = [];
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        return (page, complaints);
    }

    public static async Task SignInAsync(IPage page, string user)
    {
        await page.GotoAsync("/dang-nhap");
        await page.GetByLabel("Tên đăng nhập").FillAsync(user);
        await page.GetByLabel("Mật khẩu").FillAsync(RunningServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Đăng nhập" }).ClickAsync();
        // Asked again and again by the driver; waiting for the load event could miss it and never end.
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Tổng quan" })).ToBeVisibleAsync();
    }

    /// <summary>Saves what is shown and checks that nothing sticks out sideways.</summary>
    public static async Task ShootAsync(IPage page, string name)
    {
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Output, name + ".png"), FullPage = true });
        int over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(over <= 0, $"{name} is {over} pixels wider than the window.");
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        await Server.DisposeAsync();
    }
}
