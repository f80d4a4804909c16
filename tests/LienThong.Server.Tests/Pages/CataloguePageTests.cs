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
