using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Pages;

/// <summary>How a facility sends, in the browser and over the API.</summary>
public sealed class SubmissionPageTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string List = "/gui-cong";
    private const string Own = List + "/" + RunningServer.Facility;

    [Fact]
    public async Task A_facility_is_stopped_with_a_reason_and_goes_on()
    {
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        using HttpResponseMessage silent = await RunningServer.PostAsync(browser, List, Own + "/dung", ("ly-do", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        using HttpResponseMessage stopped = await RunningServer.PostAsync(browser, List, Own + "/dung", ("ly-do", "Bảo trì <b>mạng</b>"));
        Assert.Equal(HttpStatusCode.Redirect, stopped.StatusCode);
        string page = await browser.GetStringAsync(stopped.Headers.Location);
        Assert.Contains("Bảo trì &lt;b&gt;mạng&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("Gửi tiếp</button>", page, StringComparison.Ordinal);
        using HttpResponseMessage resumed = await RunningServer.PostAsync(browser, List, Own + "/tiep-tuc");
        Assert.DoesNotContain("Gửi tiếp</button>", await browser.GetStringAsync(resumed.Headers.Location), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_and_pace_are_set_and_no_password_comes_back()
    {
        using HttpClient browser = await server.SignedInAsync("clinic_admin");

        using HttpResponseMessage account = await RunningServer.PostAsync(
            browser, List, Own + "/tai-khoan", ("dia-chi", "https://cong.thu.invalid"), ("ten", "99001_BV"), ("mat-khau", "rất bí mật"));
        using HttpResponseMessage pace = await RunningServer.PostAsync(browser, List, Own + "/toc-do", ("luot", "2"), ("phut", "30"));
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (account.StatusCode, pace.StatusCode));
        string page = await browser.GetStringAsync(List);
        Assert.Contains("99001_BV · cong.thu.invalid · 2 lượt cùng lúc, 30 lượt/phút", page, StringComparison.Ordinal);
        Assert.DoesNotContain("rất bí mật", page, StringComparison.Ordinal);

        foreach ((string field, string value) in new[] { ("dia-chi", "http://cong.thu.invalid"), ("dia-chi", "cong"), ("dia-chi", "https://a:b@cong.thu.invalid"), ("ten", " ") })
        {
            using HttpResponseMessage refused = await RunningServer.PostAsync(browser, List, Own + "/tai-khoan",
                ("dia-chi", field == "dia-chi" ? value : "https://cong.thu.invalid"), ("ten", field == "ten" ? value : "99001_BV"), ("mat-khau", ""));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }
        using HttpResponseMessage flood = await RunningServer.PostAsync(browser, List, Own + "/toc-do", ("luot", "99"), ("phut", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, flood.StatusCode);
    }

    [Fact]
    public async Task The_api_does_the_same_and_knows_nothing_of_other_facilities()
    {
        using HttpClient api = server.Api("clinic_admin");

        using HttpResponseMessage account = await api.PutAsJsonAsync($"/api/v1/facilities/{RunningServer.Facility}/portal-account",
            new { portalUrl = "https://cong.thu.invalid", userName = "99001_BV", password = "x" });
        Assert.Equal(HttpStatusCode.OK, account.StatusCode);
        JsonElement stopped = await (await api.PostAsJsonAsync($"/api/v1/facilities/{RunningServer.Facility}/stop", new { reason = "Thử" })).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("Thử", stopped.GetProperty("stoppedCause").GetString());
        JsonElement going = await (await api.PostAsync($"/api/v1/facilities/{RunningServer.Facility}/resume", null)).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(JsonValueKind.Null, going.GetProperty("stoppedCause").ValueKind);
        JsonElement retried = await (await api.PostAsync($"/api/v1/facilities/{RunningServer.Facility}/retry", null)).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(0, retried.GetProperty("retried").GetInt32());
        using HttpResponseMessage foreign = await api.PostAsJsonAsync($"/api/v1/facilities/{RunningServer.OtherFacility}/stop", new { reason = "Thử" });
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.DoesNotContain(RunningServer.OtherFacility, await api.GetStringAsync("/api/v1/facilities"), StringComparison.Ordinal);
    }
}
