using System.Net;
using LienThong.Gateway.Deadlines;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Deadlines;

/// <summary>Deadlines, duties, incidents and calendar in the browser.</summary>
public sealed class DeadlinePageTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task The_board_shows_what_is_left_and_filters_by_ward_and_due()
    {
        Guid id = await server.IngestAsync(Packages.Broken(1));
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        string page = await browser.GetStringAsync("/han-nop");
        string ward = Html.Find(page, "href=\"/han-nop\\?co-so=99001&amp;khoa=(?<it>[^\"]*)\"");

        Assert.Contains($"/ho-so/{id}", page, StringComparison.Ordinal);
        Assert.NotEqual("", ward);
        Assert.Contains($"/ho-so/{id}", await browser.GetStringAsync($"/han-nop?khoa={ward}"), StringComparison.Ordinal);
        Assert.DoesNotContain($"/ho-so/{id}", await browser.GetStringAsync("/han-nop?khoa=KHONG-CO"), StringComparison.Ordinal);
        Assert.Contains("format=csv&amp;due=overdue", await browser.GetStringAsync("/han-nop?han=overdue"), StringComparison.Ordinal);
        using HttpClient other = await server.SignedInAsync("other");
        Assert.DoesNotContain($"/ho-so/{id}", await other.GetStringAsync("/han-nop?co-so=99001"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/han-nop/nhiem-vu")]
    [InlineData("/han-nop/su-co")]
    [InlineData("/han-nop/lich")]
    [InlineData("/han-nop/quy-dinh")]
    public async Task A_page_that_is_only_looked_at_tells_of_nothing_done_or_refused(string path)
    {
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        string page = await browser.GetStringAsync(path);

        Assert.DoesNotContain("alert-success", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">Refused<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incident_goes_from_the_form_to_the_proof_and_is_told_on_the_start_page()
    {
        using HttpClient browser = await server.SignedInAsync("insurance_officer");
        DateTimeOffset now = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(7));
        string from = now.AddHours(-2).ToString("dd/MM/yyyy HH:mm");

        using HttpResponseMessage wrong = await RunningServer.PostAsync(
            browser, "/han-nop/su-co", "/han-nop/su-co", ("co-so", "99001"), ("loai", "portal-unannounced"), ("bat-dau", "hôm qua"), ("ket-thuc", ""), ("dien-bien", "Cổng ngừng"));
        using HttpResponseMessage opened = await RunningServer.PostAsync(
            browser, "/han-nop/su-co", "/han-nop/su-co", ("co-so", "99001"), ("loai", "portal-unannounced"), ("bat-dau", from), ("ket-thuc", ""), ("dien-bien", "Cổng ngừng"));
        string path = opened.Headers.Location!.OriginalString.Split('?')[0];
        string start = await browser.GetStringAsync("/");
        using HttpResponseMessage closed = await RunningServer.PostAsync(browser, path, path + "/dong", ("ket-thuc", now.AddHours(-1).ToString("dd/MM/yyyy HH:mm")));
        string page = await browser.GetStringAsync(path);
        using HttpResponseMessage sent = await RunningServer.PostAsync(browser, path, path + "/gui-ngay");
        using HttpResponseMessage proof = await browser.GetAsync(path + "/minh-chung");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        string again = await wrong.Content.ReadAsStringAsync();
        Assert.Contains("dd/MM/yyyy HH:mm", again, StringComparison.Ordinal);
        Assert.Contains("value=\"hôm qua\"", again, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        Assert.Contains("Sự cố đang diễn ra", start, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, closed.StatusCode);
        Assert.Contains("Gửi ngay", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal("attachment", proof.Content.Headers.ContentDisposition!.DispositionType);
        using HttpResponseMessage gone = await RunningServer.PostAsync(browser, path, path + "/bo", ("ly-do", "Nhầm"));
        Assert.Equal(HttpStatusCode.Redirect, gone.StatusCode);
        Assert.Contains("Đã bỏ", await browser.GetStringAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Duties_are_shown_settled_and_added()
    {
        await server.Get<DutyKeeper>().RunAsync(default);
        using HttpClient browser = await server.SignedInAsync("insurance_officer");
        using HttpResponseMessage added = await RunningServer.PostAsync(
            browser, "/han-nop/nhiem-vu", "/han-nop/nhiem-vu", ("loai", "minutes-03bh"), ("co-so", "99001"), ("noi-dung", "BB 7"), ("luc", "01/11/2026"), ("so-ho-so", ""), ("ghi-chu", ""));
        string page = await browser.GetStringAsync("/han-nop/nhiem-vu");
        string action = Html.Find(page, "BB 7.*?action=\"(?<it>/han-nop/nhiem-vu/[0-9a-f-]+)\"");
        using HttpResponseMessage done = await RunningServer.PostAsync(browser, "/han-nop/nhiem-vu", action, ("viec", "xong"), ("ghi-chu", "Đã ký"));

        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Contains("Đã ký", await browser.GetStringAsync("/han-nop/nhiem-vu"), StringComparison.Ordinal);
        using HttpResponseMessage refused = await RunningServer.PostAsync(browser, "/han-nop/nhiem-vu", action, ("viec", "xong"), ("ghi-chu", "Lại"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task Calendar_and_rules_are_read_by_all_who_send_and_changed_by_administrators()
    {
        using HttpClient browser = await server.SignedInAsync("insurance_officer");
        string calendar = await browser.GetStringAsync("/han-nop/lich?nam=2027");
        string rules = await browser.GetStringAsync("/han-nop/quy-dinh");

        Assert.Contains("05/02/2027", calendar, StringComparison.Ordinal);
        Assert.Contains("dự kiến", calendar, StringComparison.Ordinal);
        Assert.DoesNotContain("Thêm hoặc sửa một ngày", calendar, StringComparison.Ordinal);
        Assert.Contains("Dự thảo, chưa áp dụng", rules, StringComparison.Ordinal);

        await server.AddUserAsync("truong", "clinic_admin", LienThong.Gateway.Access.FacilityScope.Everything);
        using HttpClient chief = await server.SignedInAsync("truong");
        using HttpResponseMessage set = await RunningServer.PostAsync(chief, "/han-nop/lich", "/han-nop/lich", ("ngay", "12/02/2027"), ("loai", "nghi"), ("ly-do", "Bù Tết"));
        Assert.Equal(HttpStatusCode.Redirect, set.StatusCode);
        Assert.Contains("Bù Tết", await chief.GetStringAsync("/han-nop/lich?nam=2027"), StringComparison.Ordinal);
        using HttpResponseMessage reset = await RunningServer.PostAsync(chief, "/han-nop/lich", "/han-nop/lich", ("ngay", "2027-02-12"), ("loai", "goc"), ("ly-do", ""));
        Assert.Equal(HttpStatusCode.Redirect, reset.StatusCode);
        using HttpResponseMessage draft = await RunningServer.PostAsync(chief, "/han-nop/quy-dinh", "/han-nop/quy-dinh", ("muc", "du-thao"), ("co-so", "99001"), ("gia-tri", "01/02/2027"), ("ly-do", "Chạy thử"));
        Assert.Equal(HttpStatusCode.Redirect, draft.StatusCode);
        Assert.Contains("Dự thảo 3 giờ từ 01/02/2027", await chief.GetStringAsync("/han-nop/quy-dinh"), StringComparison.Ordinal);
    }
}
