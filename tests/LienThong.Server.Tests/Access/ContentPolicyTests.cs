using System.Net;
using System.Text.RegularExpressions;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Access;

/// <summary>No page holds a script, style or handler that the content policy would have to let through.</summary>
public sealed partial class ContentPolicyTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Every_page_keeps_scripts_and_styles_in_files()
    {
        await server.IngestAsync(Packages.Broken(951));
        using HttpClient browser = await server.SignedInAsync("super_admin");
        List<string> wrong = [];
        int pages = 0;
        foreach (KnownEndpoint endpoint in KnownEndpoint.All(server).Where(e => e.Method == "GET" && !e.Path.Contains('{') && !e.Path.StartsWith("/docs", StringComparison.Ordinal)))
        {
            using HttpResponseMessage answer = await browser.SendAsync(endpoint.Request());
            string policy = string.Join(';', answer.Headers.TryGetValues("Content-Security-Policy", out IEnumerable<string>? values) ? values : []);
            if (!policy.Contains("script-src 'self'; style-src 'self'", StringComparison.Ordinal) || policy.Contains("unsafe", StringComparison.Ordinal))
                wrong.Add($"{endpoint.Name}: policy «{policy}»");
            if (!answer.Headers.TryGetValues("X-Content-Type-Options", out _) || answer.Headers.CacheControl is not { NoStore: true })
                wrong.Add($"{endpoint.Name}: headers");
            if (answer.StatusCode != HttpStatusCode.OK || answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            pages++;
            if (Inline().Match(await answer.Content.ReadAsStringAsync()) is { Success: true } found)
                wrong.Add($"{endpoint.Name}: «{found.Value}»");
        }

        Assert.Empty(wrong);
        Assert.True(pages > 20, $"only {pages} pages were looked at");
    }

    [GeneratedRegex("<script(?![^>]*\\ssrc=)[^>]*>|<style[\\s>]|<[a-zA-Z][^>]*\\s(on[a-z]+|style)\\s*=|(href|src|action)=\"javascript:", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Inline();
}
