using System.Net;
using System.Text.Json;
using LienThong.Gateway.Access;
using LienThong.Gateway.Rules;
using LienThong.Samples;
using LienThong.Server.Tests.Support;
using LienThong.Standard;

namespace LienThong.Server.Tests.Pages;

/// <summary>Rules, exceptions, root causes and marks as people use them.</summary>
public sealed class RulePageTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Rule_list_is_searched_without_accents_and_leads_to_the_rule()
    {
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        string list = await browser.GetStringAsync("/quy-tac?tim=ngay+hen&muc=Warn");
        Assert.Contains("X14-NGAY_HEN_KL-003", list, StringComparison.Ordinal);
        Assert.DoesNotContain("X1-T_BHTT-002", list, StringComparison.Ordinal);

        string page = await browser.GetStringAsync("/quy-tac/X1-T_BHTT-002");
        Assert.Contains("cần người thứ hai duyệt", page, StringComparison.Ordinal);
        Assert.Contains("Chạy thử trước khi bật", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/quy-tac/KHONG-CO")).StatusCode);
    }

    [Fact]
    public async Task Cause_exception_and_its_end_go_the_whole_way_with_two_people()
    {
        await server.AddUserAsync("nguoi-duyet", Roles.ClinicAdmin, FacilityScope.Only(RunningServer.Facility));
        foreach (int i in (int[])[900, 901])
            await server.IngestAsync(Packages.Make(i, RunningServer.Facility, SampleKind.Outpatient, record => record.Set(Xml1.GIOI_TINH, "8")));
        using HttpClient officer = await server.SignedInAsync("insurance_officer");
        using HttpClient second = await server.SignedInAsync("nguoi-duyet");
        string causes = await officer.GetStringAsync("/nguyen-nhan");
        string link = Html.Find(causes, "href=\"(?<it>/nguyen-nhan/[0-9a-f]{16})\">[^<]*GIOI_TINH = «8»");
        string cause = await officer.GetStringAsync(link);
        string form = WebUtility.HtmlDecode(Html.Find(cause, "href=\"(?<it>/ngoai-le/moi[^\"]*)\""));
        string rule = Html.Find(cause, "href=\"/quy-tac/(?<it>[^\"]+)\"");

        Assert.Equal("2", Html.Find(await officer.GetStringAsync(form), "Lỗi sẽ thay đổi</div>\\s*<div[^>]*>\\s*(?<it>[^<]*?)\\s*</div>"));
        using HttpResponseMessage tooFar = await RunningServer.PostAsync(officer, form, "/ngoai-le", ("quy-tac", rule), ("co-so", RunningServer.Facility), ("viec", "Silence"), ("ly-do", "thử"), ("den", Soon));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooFar.StatusCode);
        using HttpResponseMessage made = await RunningServer.PostAsync(officer, form, "/ngoai-le", ("quy-tac", rule), ("co-so", RunningServer.Facility), ("viec", "Warn"), ("ly-do", "HIS đang sửa"), ("den", Soon));
        string exception = made.Headers.Location!.OriginalString;
        Assert.Contains("Chờ duyệt", await officer.GetStringAsync(exception), StringComparison.Ordinal);
        Assert.Contains("cần một người khác duyệt", await officer.GetStringAsync(exception), StringComparison.Ordinal);
        using HttpResponseMessage approved = await RunningServer.PostAsync(second, exception, exception + "/duyet");
        Assert.Equal(HttpStatusCode.Redirect, approved.StatusCode);
        await server.Get<ExceptionKeeper>().SettleAsync(default);

        string account = await officer.GetStringAsync(exception);
        Assert.Contains("Đang hiệu lực", account, StringComparison.Ordinal);
        Assert.Contains("GIOI_TINH", account, StringComparison.Ordinal);
        Assert.Contains("GIOI_TINH", await officer.GetStringAsync("/nguyen-nhan"), StringComparison.Ordinal);
        using HttpResponseMessage ended = await RunningServer.PostAsync(officer, exception, exception + "/ket-thuc", ("ly-do", "HIS đã sửa"));
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        await server.Get<ExceptionKeeper>().SettleAsync(default);
        Assert.Contains("Lỗi đã trở lại", await officer.GetStringAsync(exception), StringComparison.Ordinal);

        using HttpResponseMessage run = await RunningServer.PostAsync(officer, link, link + "/kiem-tra-lai");
        Assert.Contains("/2 hồ sơ", await officer.GetStringAsync(run.Headers.Location), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mark_beside_a_finding_says_that_it_still_blocks_and_can_be_taken_back()
    {
        Guid id = await server.IngestAsync(Packages.Broken(910));
        using HttpClient browser = await server.SignedInAsync("insurance_officer");
        string page = await browser.GetStringAsync($"/ho-so/{id}");
        string finding = Html.Find(page, "name=\"loi\" value=\"(?<it>[0-9a-f]{32})\"");

        using HttpResponseMessage without = await RunningServer.PostAsync(browser, $"/ho-so/{id}", $"/ho-so/{id}/danh-dau", ("loi", finding), ("y-kien", "NotAnError"));
        Assert.Equal(HttpStatusCode.Conflict, without.StatusCode);
        using HttpResponseMessage marked = await RunningServer.PostAsync(
            browser, $"/ho-so/{id}", $"/ho-so/{id}/danh-dau", ("loi", finding), ("y-kien", "NotAnError"), ("ly-do", "giấy tờ ghi đúng vậy"));
        Assert.Equal(HttpStatusCode.Redirect, marked.StatusCode);

        string after = await browser.GetStringAsync($"/ho-so/{id}");
        Assert.Contains("giấy tờ ghi đúng vậy", after, StringComparison.Ordinal);
        Assert.Contains("Lỗi vẫn chặn gửi", after, StringComparison.Ordinal);
        string mark = Html.Find(after, "name=\"bo\" value=\"(?<it>[^\"]+)\"");
        using HttpResponseMessage back = await RunningServer.PostAsync(browser, $"/ho-so/{id}", $"/ho-so/{id}/danh-dau", ("bo", mark));
        Assert.DoesNotContain("giấy tờ ghi đúng vậy", await browser.GetStringAsync($"/ho-so/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trial_run_shows_counts_and_changes_nothing()
    {
        await server.IngestAsync(Packages.Broken(920));
        using HttpClient browser = await server.SignedInAsync("insurance_officer");
        using HttpResponseMessage started = await RunningServer.PostAsync(
            browser, "/quy-tac/X1-T_BHTT-002", "/quy-tac/X1-*/chay-thu", ("co-so", RunningServer.Facility), ("so-ngay", "30"));

        string html = await RunningServer.EventuallyAsync(browser, started.Headers.Location!.OriginalString, "Đã xong");

        Assert.Contains("Chưa có gì thay đổi", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/ho-so/", html, StringComparison.Ordinal);
        using HttpClient other = await server.SignedInAsync("other");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(started.Headers.Location)).StatusCode);
    }

    [Fact]
    public async Task Findings_of_hidden_tables_are_told_to_nobody_without_the_permission()
    {
        foreach (int i in (int[])[930, 931])
            await server.IngestAsync(Packages.Make(i, RunningServer.Facility, SampleKind.Outpatient, record => record.AddRow(TableId.Xml6).Set(Xml6.MA_LK, record.Rows(TableId.Xml1)[0][Xml1.MA_LK]!).Set(Xml6.NGAYKD_HIV, "sai")));
        using HttpClient may = server.Api("insurance_officer");
        using HttpClient mayNot = server.Api("clinic_admin");

        JsonElement all = JsonDocument.Parse(await may.GetStringAsync("/api/v1/causes")).RootElement;
        JsonElement some = JsonDocument.Parse(await mayNot.GetStringAsync("/api/v1/causes")).RootElement;

        JsonElement hidden = all.EnumerateArray().First(c => c.GetProperty("table").GetString() == "XML6");
        Assert.DoesNotContain(some.EnumerateArray(), c => c.GetProperty("table").GetString() == "XML6");
        Assert.Equal(HttpStatusCode.NotFound, (await mayNot.GetAsync($"/api/v1/causes/{hidden.GetProperty("key").GetString()}/records")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await mayNot.GetAsync($"/nguyen-nhan/{hidden.GetProperty("key").GetString()}")).StatusCode);
    }

    private static string Soon => DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().AddDays(20).ToUnixTimeMilliseconds()).ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
