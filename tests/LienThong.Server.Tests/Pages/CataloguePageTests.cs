using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Pages;

/// <summary>Code lists on pages and over REST: upload, preview, apply, look up, go back.</summary>
public sealed class CataloguePageTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string First = "MA_KHOA,TEN_KHOA,TU_NGAY,MA_CSKCB\nK01,Khoa Khám bệnh,20260101,99001\nK03,Nội tổng hợp,20260101,99001\n";

    [Fact]
    public async Task File_is_shown_before_it_is_applied_and_can_be_taken_back()
    {
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        string preview = await UploadAsync(browser, First + "K04,Ngoại,20261399,99001\n");
        Assert.Contains("dòng 4, cột TU_NGAY", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("/danh-muc/dept_facility", await browser.GetStringAsync("/danh-muc"), StringComparison.Ordinal);

        using HttpResponseMessage applied = await ApplyAsync(browser, preview);
        Assert.Contains("Đã áp dụng", await applied.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        string page = await browser.GetStringAsync("/danh-muc/dept_facility?co-so=99001&ma=k03&ngay=2026-07-01&phien-ban=1");
        Assert.Contains("Nội tổng hợp", Html.Find(page, "<section[^>]*Tra mã.*?</section>"), StringComparison.Ordinal);
        Assert.Contains("Phiên bản 1 so với trống", page, StringComparison.Ordinal);

        using HttpResponseMessage back = await RunningServer.PostAsync(
            browser, "/danh-muc", "/danh-muc/dept_facility/quay-lai", ("co-so", "99001"), ("ve-ban", "0"), ("ban-dang-xem", "1"), ("ly-do", "nhập thử"));
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        Assert.Contains("quay về trống", await browser.GetStringAsync("/danh-muc/dept_facility?co-so=99001"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_of_the_portal_and_days_are_set_on_the_page_and_rows_are_written_out()
    {
        using HttpClient browser = await server.SignedInAsync("insurance_officer");
        const string Page = "/danh-muc/device_facility?co-so=99001";
        string preview = await UploadAsync(browser, "MA_VAT_TU,TEN_VAT_TU,DON_GIA,TU_NGAY,MA_CSKCB\nN01.1,Bông,52000,20260101,99001\nN01.2,Băng,8000,20260101,99001\n");
        using HttpResponseMessage applied = await ApplyAsync(browser, preview);

        using HttpResponseMessage none = await RunningServer.PostAsync(
            browser, Page, "/danh-muc/device_facility/chap-nhan", ("co-so", "99001"), ("dong", "ma"), ("ma", " "), ("tra-loi", "co"), ("ly-do", "TB"));
        using HttpResponseMessage answered = await RunningServer.PostAsync(
            browser, Page, "/danh-muc/device_facility/chap-nhan", ("co-so", "99001"), ("dong", "ma"), ("ma", "N01.2"), ("tra-loi", "khong"), ("ngay-tra-loi", "05/07/2026"), ("ly-do", "TB 7"));
        using HttpResponseMessage wrong = await RunningServer.PostAsync(
            browser, Page, "/danh-muc/device_facility/hieu-luc", ("co-so", "99001"), ("tu", "31/02/2026"), ("den", ""), ("ly-do", "thử"));
        using HttpResponseMessage set = await RunningServer.PostAsync(
            browser, Page, "/danh-muc/device_facility/hieu-luc", ("co-so", "99001"), ("tu", "01/03/2026"), ("den", ""), ("ly-do", "thử"));

        Assert.Equal(
            (HttpStatusCode.Conflict, HttpStatusCode.Redirect, HttpStatusCode.Conflict, HttpStatusCode.Redirect), (none.StatusCode, answered.StatusCode, wrong.StatusCode, set.StatusCode));
        Assert.Contains("Cổng từ chối", await browser.GetStringAsync(Page + "&ma=N01.2&ngay=2026-07-10"), StringComparison.Ordinal);
        Assert.Contains("từ 01/03/2026 · chưa đủ mã", await browser.GetStringAsync("/danh-muc"), StringComparison.Ordinal);
        string csv = await browser.GetStringAsync("/danh-muc/device_facility/xuat?co-so=99001");
        Assert.Contains("N01.2,Băng", csv, StringComparison.Ordinal);
        Assert.Contains(",20260101,,0,20260705,", csv, StringComparison.Ordinal);
        using HttpClient other = await server.SignedInAsync("other");
        using HttpResponseMessage hidden = await other.GetAsync("/danh-muc/device_facility/xuat?co-so=99001");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Fact]
    public async Task Program_records_answers_sets_days_and_fetches_rows()
    {
        using HttpClient api = server.Api("clinic_admin");
        using ByteArrayContent file = new(Encoding.UTF8.GetBytes("MA_DICH_VU,TEN_DICH_VU,DON_GIA,TU_NGAY,MA_CSKCB\n02.1,Điện tim,39900,20260101,99001\n"));
        file.Headers.ContentType = new("application/octet-stream");
        using HttpResponseMessage imported = await api.PostAsync("/api/v1/catalogues/imports?facility=99001&fileName=05_DM.csv&reason=thu", file);

        using HttpResponseMessage vague = await api.PostAsJsonAsync("/api/v1/catalogues/service_facility/acceptance", new { facility = "99001", accepted = true, reason = "TB" });
        using HttpResponseMessage answered = await api.PostAsJsonAsync(
            "/api/v1/catalogues/service_facility/acceptance", new { facility = "99001", codes = new[] { "02.1" }, accepted = true, on = "2026-07-05", reason = "TB" });
        using HttpResponseMessage set = await api.PostAsJsonAsync("/api/v1/catalogues/service_facility/setting", new { facility = "99001", complete = false, reason = "thiếu" });
        string csv = await api.GetStringAsync("/api/v1/catalogues/service_facility/rows?facility=99001&day=2026-07-01");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.OK), (vague.StatusCode, answered.StatusCode, set.StatusCode));
        Assert.False((await set.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("isComplete").GetBoolean());
        Assert.Contains("02.1,Điện tim", csv, StringComparison.Ordinal);
        Assert.Contains(",1,20260705,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_is_not_applied_to_a_facility_out_of_reach()
    {
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        string preview = await UploadAsync(browser, First.Replace("99001", "99002", StringComparison.Ordinal), RunningServer.OtherFacility);

        Assert.Contains("không thuộc quyền của bạn", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("/danh-muc/ap-dung", preview, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auditor_reads_but_sees_no_way_to_import()
    {
        using HttpClient browser = await server.SignedInAsync("auditor");

        string page = await browser.GetStringAsync("/danh-muc");

        Assert.Contains("Còn thiếu", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/danh-muc/xem-truoc", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_imports_and_looks_up()
    {
        using HttpClient api = server.Api("clinic_admin");
        using ByteArrayContent file = new(Encoding.UTF8.GetBytes("MA_MAY,TEN_TB,TU_NGAY,MA_CSKCB\nXN.1.MAU01,Máy xét nghiệm Mẫu,20260101,99001\n"));
        file.Headers.ContentType = new("application/octet-stream");

        using HttpResponseMessage imported = await api.PostAsync("/api/v1/catalogues/imports?facility=99001&fileName=06_DM.csv&reason=thu", file);
        JsonElement found = await api.GetFromJsonAsync<JsonElement>("/api/v1/catalogues/equipment_facility/codes/XN.1.MAU01?facility=99001&day=2026-07-01");

        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        Assert.True(found.GetProperty("entries")[0].GetProperty("inForce").GetBoolean());
        using HttpClient other = server.Api("other");
        using HttpResponseMessage hidden = await other.GetAsync("/api/v1/catalogues/equipment_facility/codes/XN.1.MAU01?facility=99001");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    private static async Task<string> UploadAsync(HttpClient browser, string csv, string facility = RunningServer.Facility)
    {
        string csrf = RunningServer.CsrfOf(await browser.GetStringAsync("/danh-muc"));
        using MultipartFormDataContent form = new()
        {
            { new StringContent(csrf), "csrf" },
            { new StringContent(facility), "co-so" },
            { new StringContent("day-du"), "pham-vi" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "tep", "01_DM_khoa.csv" },
        };
        using HttpResponseMessage answer = await browser.PostAsync("/danh-muc/xem-truoc", form);
        return await answer.Content.ReadAsStringAsync();
    }

    private static Task<HttpResponseMessage> ApplyAsync(HttpClient browser, string preview)
    {
        string Field(string name) => Html.Find(preview, $"name=\"{name}\" value=\"(?<it>[^\"]*)\"");
        Dictionary<string, string> form = new(StringComparer.Ordinal) { ["csrf"] = RunningServer.CsrfOf(preview) };
        foreach (string name in (string[])["noi-dung", "ten-tep", "co-so", "pham-vi", "ban-goc"])
            form[name] = Field(name);
        return browser.PostAsync("/danh-muc/ap-dung", new FormUrlEncodedContent(form));
    }
}
