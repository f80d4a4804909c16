using LienThong.Gateway.Access;
using LienThong.Gateway.Intake;
using LienThong.Server.Tests.Support;
using Microsoft.Playwright;

namespace LienThong.EndToEnd.Browser;

/// <summary>Correcting a record on its page, in the real browser.</summary>
public sealed class CorrectionWayTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(1366, 768)]
    [InlineData(390, 844)]
    public async Task From_the_marked_cell_over_a_refusal_to_the_new_version(int width, int height)
    {
        Guid id;
        using (MemoryStream package = new(Packages.Broken(580 + (width % 7))))
            id = (await chromium.Server.Get<IntakeService>().IngestAsync(package, "goi.xml", Caller.System(), null, default)).Records.Single().RecordId!.Value;
        (IPage page, List<string> complaints) = await chromium.OpenAsync(width, height);
        await Chromium.SignInAsync(page, "insurance_officer");
        await page.GotoAsync($"/ho-so/{id}");
        await page.Locator(".finding-rows a", new() { HasText = "XML1, dòng 1, GIOI_TINH" }).First.ClickAsync();
        await Assertions.Expect(page.Locator("#o-loi")).ToBeVisibleAsync();

        await page.GetByText("Sửa hồ sơ…").ClickAsync();
        await Assertions.Expect(page.Locator("#o-truong-1")).ToHaveValueAsync("GIOI_TINH");
        await page.Locator("#o-gia-tri-1").FillAsync("2");
        await page.Locator("#ma-ly-do").SelectOptionAsync("audit");
        await page.Locator("#ly-do-thay").FillAsync("Theo biên bản giám định");
        await Chromium.ShootAsync(page, $"correction-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tạo bản sửa" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("cần số và ngày văn bản");
        await Assertions.Expect(page.Locator("#o-gia-tri-1")).ToHaveValueAsync("2");
        await page.Locator("#so-van-ban").FillAsync("123/BHXH-GĐ");
        await page.Locator("#ngay-van-ban").FillAsync("06/07/2026");
        await Chromium.ShootAsync(page, $"correction-refused-{width}");
        // The refusal itself is answered with 409, which the browser notes.
        complaints.RemoveAll(c => c.Contains("409", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Tạo bản sửa" }).ClickAsync();

        await Assertions.Expect(page.GetByText("Đã tạo bản sửa")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Bản 2", new() { Exact = true })).ToBeVisibleAsync();
        await Chromium.ShootAsync(page, $"correction-done-{width}");
        Assert.Empty(complaints);
    }
}
