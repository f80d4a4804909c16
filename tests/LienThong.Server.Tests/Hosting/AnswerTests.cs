using System.Net;
using System.Text.Json;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Hosting;

/// <summary>What every answer carries, and what wrong addresses get.</summary>
public sealed class AnswerTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("/dang-nhap")]
    [InlineData("/health")]
    [InlineData("/api/v1/records")]
    [InlineData("/khong-co")]
    [InlineData("/site.css")]
    public async Task Carries_the_security_headers(string path)
    {
        using HttpClient client = server.Api(null);

        using HttpResponseMessage answer = await client.GetAsync(path);

        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/dang-nhap")]
    [InlineData("/")]
    [InlineData("/ho-so")]
    [InlineData("/gui-cong")]
    [InlineData("/tai-len")]
    public async Task Pages_hold_nothing_inline_that_the_policy_forbids(string path)
    {
        using HttpClient browser = await server.SignedInAsync("super_admin");

        string html = await (path == "/dang-nhap" ? server.Browser() : browser).GetStringAsync(path);

        Assert.DoesNotContain(" style=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<style", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(?i) on[a-z]+=\"", html);
        Assert.DoesNotMatch("(?i)<script(?![^>]*\\bsrc=)", html);
        Assert.Contains("<html lang=\"vi\">", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patient_data_is_not_kept_in_caches_and_assets_are()
    {
        using HttpClient browser = await server.SignedInAsync("super_admin");
        using HttpResponseMessage page = await browser.GetAsync("/ho-so");
        string html = await page.Content.ReadAsStringAsync();
        int at = html.IndexOf("/lib/tabler.min.css?v=", StringComparison.Ordinal);
        using HttpResponseMessage asset = await browser.GetAsync(html[at..html.IndexOf('"', at)]);

        Assert.True(page.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
        Assert.Equal(TimeSpan.FromDays(365), asset.Headers.CacheControl!.MaxAge);
        Assert.Equal("text/css", asset.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task An_unknown_address_gets_a_page_or_problem_details()
    {
        using HttpClient client = server.Api("super_admin");

        using HttpResponseMessage page = await client.GetAsync("/khong-co");
        using HttpResponseMessage api = await client.GetAsync("/api/v1/khong-co");

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, api.StatusCode);
        await ProblemDetail.AssertAsync(api, 404, "not-found");
    }

    [Fact]
    public async Task A_wrong_method_gets_405_in_problem_details()
    {
        using HttpClient client = server.Api("super_admin");

        using HttpResponseMessage answer = await client.DeleteAsync("/api/v1/records");

        await ProblemDetail.AssertAsync(answer, 405, "method-not-allowed");
    }

    [Fact]
    public async Task Health_tells_of_each_part()
    {
        using HttpClient client = server.Api(null);

        JsonElement health = JsonDocument.Parse(await client.GetStringAsync("/health")).RootElement;

        Assert.Contains(health.GetProperty("status").GetString(), new[] { "ok", "warn" });
        Assert.Equal(["archive", "certificates", "checkIns", "database", "deliveries", "disk", "folders", "jobs", "reconciliation", "sources", "worker"], health.GetProperty("checks").EnumerateObject().Select(c => c.Name).Order());
        Assert.Equal("ok", health.GetProperty("checks").GetProperty("database").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Health_is_down_when_the_archive_cannot_be_written()
    {
        RunningServer broken = new();
        await broken.InitializeAsync();
        try
        {
            // A file where the folder should be: works for every user, root as well.
            string archive = Path.Combine(broken.DataFolder, "archive");
            if (Directory.Exists(archive))
                Directory.Delete(archive, recursive: true);
            await File.WriteAllTextAsync(archive, "");
            using HttpClient client = broken.Api(null);

            using HttpResponseMessage answer = await client.GetAsync("/health");

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            string body = await answer.Content.ReadAsStringAsync();
            Assert.Contains("\"archive\":{\"status\":\"down\"", body, StringComparison.Ordinal);
            Assert.DoesNotContain(broken.DataFolder, body, StringComparison.Ordinal);
        }
        finally
        {
            await broken.DisposeAsync();
        }
    }
}
