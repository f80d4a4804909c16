using LienThong.Gateway.Access;
using LienThong.Gateway.Intake;
using LienThong.Samples;
using LienThong.Server.Tests.Support;
using LienThong.Standard;
using Microsoft.Playwright;

namespace LienThong.EndToEnd.Browser;

/// <summary>The way of an insurance officer, in the real browser.</summary>
public sealed class MainWayTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task From_sign_in_over_upload_to_the_marked_cell(bool scripts)
    {
        (IPage page, List<string> complaints) = await chromium.OpenAsync(1366, 768, scripts: scripts);
        await Chromium.SignInAsync(page, "insurance_officer");
        int index = scripts ? 500 : 501;

        await page.GetByRole(AriaRole.Link, new() { Name = "Tải lên", Exact = true }).First.ClickAsync();
        await page.SetInputFilesAsync("#tep", new FilePayload { Name = "ngay-01.xml", MimeType = "application/xml", Buffer = Packages.Broken(index) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Tải lên và kiểm tra" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Đã nhận đủ")).ToBeVisibleAsync();
        string maLk = await page.Locator("main table a").First.InnerTextAsync();

        await page.GotoAsync("/ho-so");
        await page.GetByLabel("Mã liên kết").FillAsync(maLk);
        await page.GetByRole(AriaRole.Button, new() { Name = "Lọc" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = maLk }).ClickAsync();
        await page.Locator(".finding-rows a", new() { HasText = "XML1, dòng 1, GIOI_TINH" }).First.ClickAsync();

        ILocator cell = page.Locator("#o-loi");
        await Assertions.Expect(cell).ToBeInViewportAsync();
        await Assertions.Expect(cell).ToHaveClassAsync("cell-block");
        await Assertions.Expect(cell.Locator(".value")).ToHaveTextAsync("9");
        await Assertions.Expect(cell.Locator(".finding-note").First).ToBeVisibleAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Chromium.Output, $"marked-cell-{(scripts ? "htmx" : "plain")}.png") });
        Assert.Empty(complaints);
    }

    [Theory]
    [InlineData(1366, 768, false)]
    [InlineData(390, 844, false)]
    [InlineData(1366, 768, true)]
    public async Task Every_page_fits_the_window_and_keeps_the_policy(int width, int height, bool dark)
    {
        Guid small = await IngestAsync(Packages.Broken(510));
        Guid large = await IngestAsync(Packages.Make(511, RunningServer.Facility, SampleKind.Inpatient, record =>
        {
            record.Rows(TableId.Xml3)[2].Set(Xml3.SO_LUONG, "ba cái");
            record.Rows(TableId.Xml3)[59].Set(Xml3.T_BHTT, "1");
        }));
        for (int i = 0; i < 12; i++)
            await IngestAsync(Packages.Clean(520 + i));
        string size = $"{width}{(dark ? "-dark" : "")}";
        (IPage page, List<string> complaints) = await chromium.OpenAsync(width, height, dark);

        await page.GotoAsync("/dang-nhap");
        await Chromium.ShootAsync(page, $"sign-in-{size}");
        await Chromium.SignInAsync(page, "super_admin");
        foreach ((string name, string path) in new[]
        {
            ("overview", "/"), ("list", "/ho-so"), ("list-empty", "/ho-so?maLk=khong-co"), ("detail", $"/ho-so/{small}"),
            ("detail-large", $"/ho-so/{large}?bang=XML3"), ("detail-notes", $"/ho-so/{large}?bang=XML5"), ("upload", "/tai-len"), ("sending", "/gui-cong"),
        })
        {
            await page.GotoAsync(path);
            await Chromium.ShootAsync(page, $"{name}-{size}");
        }
        // The last one is asked for in vain on purpose, which the browser reports.
        Assert.Empty(complaints);
        await page.GotoAsync($"/ho-so/{Guid.Empty}");
        await Chromium.ShootAsync(page, $"not-found-{size}");
    }

    [Fact]
    public async Task The_description_of_the_api_opens_for_people()
    {
        (IPage page, List<string> complaints) = await chromium.OpenAsync(1366, 768);
        await Chromium.SignInAsync(page, "it_operator");

        await page.GetByRole(AriaRole.Link, new() { Name = "Tài liệu API" }).ClickAsync();

        await Assertions.Expect(page.GetByText("LienThong REST API")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("/api/v1/packages")).ToBeVisibleAsync();
        await Chromium.ShootAsync(page, "api-1366");
        // A decoration of Swagger UI asks for inline style; the policy refuses it and nothing is lost.
        Assert.All(complaints, complaint => Assert.StartsWith("Applying inline style violates", complaint, StringComparison.Ordinal));
    }

    private async Task<Guid> IngestAsync(byte[] package)
    {
        using MemoryStream stream = new(package);
        IntakeReport report = await chromium.Server.Get<IntakeService>().IngestAsync(stream, "goi.xml", Caller.System(), null, default);
        return report.Records.Single().RecordId!.Value;
    }
}
