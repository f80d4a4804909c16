using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Portal;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Api;

/// <summary>Checks of accounts and result codes by API and page.</summary>
public sealed class DoctorApiTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_check_answers_with_its_steps_is_kept_and_has_to_wait_for_the_next()
    {
        using HttpClient client = server.Api("it_operator");

        using HttpResponseMessage answer = await client.PostAsync($"/api/v1/facilities/{RunningServer.Facility}/doctor", null);
        using HttpResponseMessage again = await client.PostAsync($"/api/v1/facilities/{RunningServer.Facility}/doctor", null);
        JsonElement kept = await client.GetFromJsonAsync<JsonElement>($"/api/v1/facilities/{RunningServer.Facility}/doctor");

        JsonElement report = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Failed", report.GetProperty("outcome").GetString());
        Assert.Equal("address", report.GetProperty("steps")[0].GetProperty("id").GetString());
        Assert.NotEmpty(report.GetProperty("steps")[0].GetProperty("remedy").GetString()!);
        Assert.Equal(HttpStatusCode.TooManyRequests, again.StatusCode);
        Assert.Equal(report.GetProperty("id").GetGuid(), Assert.Single(kept.EnumerateArray()).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Other_facilities_and_bad_training_addresses_are_refused()
    {
        using HttpClient client = server.Api("it_operator");

        using HttpResponseMessage other = await client.PostAsync($"/api/v1/facilities/{RunningServer.OtherFacility}/doctor", null);
        using HttpResponseMessage real = await client.PostAsJsonAsync($"/api/v1/facilities/{RunningServer.Facility}/doctor", new { training = "https://egw.baohiemxahoi.gov.vn" });
        using HttpResponseMessage text = await client.PostAsJsonAsync($"/api/v1/facilities/{RunningServer.Facility}/doctor", new { training = "cổng" });

        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, real.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, text.StatusCode);
    }

    [Fact]
    public async Task Result_codes_are_listed_with_remedies_for_programs_and_people()
    {
        using HttpClient client = server.Api("it_operator");
        using HttpClient browser = await server.SignedInAsync("it_operator");

        JsonElement codes = await client.GetFromJsonAsync<JsonElement>("/api/v1/result-codes");
        string page = WebUtility.HtmlDecode(await browser.GetStringAsync("/ma-ket-qua"));

        JsonElement unregistered = codes.GetProperty("codes").EnumerateArray().Single(c => c.GetProperty("code").GetString() == "125");
        Assert.Contains(unregistered.GetProperty("remedy").GetString()!, page, StringComparison.Ordinal);
        Assert.Contains("ma-ket-qua.csv", page, StringComparison.Ordinal);
    }
}

/// <summary>The page of a check.</summary>
public sealed class DoctorPageTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task One_click_starts_a_check_whose_steps_appear_and_no_secret_is_in_them()
    {
        string digest = PortalAccount.Digest("mật khẩu Cổng");
        await server.Get<FacilitySettings>().SetPortalAccountAsync(Caller.System(), new PortalAccount(new Uri("http://127.0.0.1:9/"), RunningServer.Facility, "99", "99001_BV", digest), default);
        using HttpClient browser = await server.SignedInAsync("it_operator");

        using HttpResponseMessage started = await RunningServer.PostAsync(browser, "/kiem-tra-tai-khoan", $"/kiem-tra-tai-khoan/{RunningServer.Facility}");
        string page = await RunningServer.EventuallyAsync(browser, $"/kiem-tra-tai-khoan/{RunningServer.Facility}", WebUtility.HtmlEncode("Gửi thử") + "</strong>");
        string text = WebUtility.HtmlDecode(page);

        Assert.Equal(HttpStatusCode.Redirect, started.StatusCode);
        Assert.Contains("Kết nối (TCP)", text, StringComparison.Ordinal);
        Assert.Contains("CV 1923/BHXH-CNTT 2024", text, StringComparison.Ordinal);
        Assert.DoesNotContain(digest, text, StringComparison.OrdinalIgnoreCase);
        using HttpResponseMessage again = await RunningServer.PostAsync(browser, "/kiem-tra-tai-khoan", $"/kiem-tra-tai-khoan/{RunningServer.Facility}");
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("vừa được kiểm tra", WebUtility.HtmlDecode(await again.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }
}
