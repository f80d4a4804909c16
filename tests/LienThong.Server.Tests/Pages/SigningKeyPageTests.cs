using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LienThong.Server.Tests.Support;
using LienThong.Signing;

namespace LienThong.Server.Tests.Pages;

/// <summary>Certificates in the browser and over the API.</summary>
public sealed class SigningKeyPageTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string List = "/chung-thu";

    [Fact]
    public async Task A_key_is_added_tried_registered_and_taken_out_of_use()
    {
        DemoKeys keys = DemoKeys.Create(RunningServer.Facility, TimeProvider.System.GetUtcNow());
        using HttpClient browser = await server.SignedInAsync("clinic_admin");

        string wrong = await AddAsync(browser, keys, "khong-dung", again: false, HttpStatusCode.UnprocessableEntity);
        Assert.DoesNotContain("khong-dung", wrong, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", await AddAsync(browser, keys, keys.Password, again: false, HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        await AddAsync(browser, keys, keys.Password, again: true, HttpStatusCode.Redirect);

        string page = await browser.GetStringAsync(List);
        Assert.Contains("Chưa đăng ký trên Cổng", page, StringComparison.Ordinal);
        Assert.Contains(keys.Serial, page, StringComparison.Ordinal);
        Assert.DoesNotContain(keys.Password, page, StringComparison.Ordinal);
        string key = Html.Find(page, "action=\"(?<it>/chung-thu/[^/\"]+)/thu\"");
        using HttpResponseMessage tried = await RunningServer.PostAsync(browser, List, key + "/thu");
        Assert.Contains("Ký thử được, nhưng", await tried.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using HttpResponseMessage badDay = await PostAsync(browser, key + "/ngay", ("dang-ky", "31/31/2026"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, badDay.StatusCode);
        using HttpResponseMessage registered = await PostAsync(browser, key + "/ngay", ("dang-ky", "05/01/2026"));
        Assert.Equal(HttpStatusCode.Redirect, registered.StatusCode);
        Assert.Contains("Đang dùng", await browser.GetStringAsync(List), StringComparison.Ordinal);

        using HttpClient api = server.Api("clinic_admin");
        JsonElement listed = JsonDocument.Parse(await api.GetStringAsync("/api/v1/signing-keys")).RootElement[0];
        Assert.Equal(("InUse", "pfx"), (listed.GetProperty("state").GetString(), listed.GetProperty("place").GetProperty("kind").GetString()));
        using HttpResponseMessage unlocked = await api.PostAsJsonAsync($"/api/v1/signing-keys/{listed.GetProperty("id").GetString()}/unlock", new { });
        Assert.Equal(HttpStatusCode.OK, unlocked.StatusCode);
        using HttpResponseMessage retired = await PostAsync(browser, key + "/ngung");
        Assert.Equal(HttpStatusCode.Redirect, retired.StatusCode);
        Assert.Contains("Đã ngừng dùng", await browser.GetStringAsync(List), StringComparison.Ordinal);
        await ProblemDetail.AssertAsync(await api.DeleteAsync($"/api/v1/signing-keys/{listed.GetProperty("id").GetString()}"), 404, "no-such-signing-key");
    }

    [Fact]
    public async Task Officers_see_certificates_and_change_nothing()
    {
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        string page = await browser.GetStringAsync(List);

        Assert.DoesNotContain("id=\"them-khoa\"", page, StringComparison.Ordinal);
        using HttpResponseMessage refused = await RunningServer.PostAsync(browser, "/", List + "/x/ngung");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_service_without_https_and_a_place_without_kind_are_refused()
    {
        using HttpClient api = server.Api("clinic_admin");

        HttpResponseMessage plain = await api.PostAsJsonAsync("/api/v1/signing-keys", new
        {
            facility = RunningServer.Facility,
            place = new { kind = "remote", address = "http://ky.example/api", certificate = Convert.ToBase64String([1]) },
        });
        await ProblemDetail.AssertAsync(plain, 422, "bad-signing-key");
        using HttpResponseMessage none = await api.PostAsJsonAsync("/api/v1/signing-keys", new { facility = RunningServer.Facility });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
    }

    private static async Task<string> AddAsync(HttpClient browser, DemoKeys keys, string password, bool again, HttpStatusCode expected)
    {
        string csrf = RunningServer.CsrfOf(await browser.GetStringAsync(List));
        using MultipartFormDataContent form = new()
        {
            { new StringContent(csrf), "csrf" }, { new StringContent(RunningServer.Facility), "co-so" }, { new StringContent("pfx"), "loai" },
            { new StringContent(password), "mat-khau" }, { new ByteArrayContent(keys.Pfx), "tep", "khoa.pfx" },
        };
        if (again) form.Add(new StringContent("1"), "thu-lai");
        using HttpResponseMessage answer = await browser.PostAsync(List, form);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string action, params (string Name, string Value)[] fields)
    {
        string csrf = RunningServer.CsrfOf(await browser.GetStringAsync(List));
        return await browser.PostAsync(action, new FormUrlEncodedContent([new("csrf", csrf), .. fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))]));
    }
}
