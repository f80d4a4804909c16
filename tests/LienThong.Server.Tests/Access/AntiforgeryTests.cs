using System.Net;
using System.Net.Http.Json;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Access;

/// <summary>A foreign page can't act in the name of someone signed in.</summary>
public sealed class AntiforgeryTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task No_changing_address_works_on_the_strength_of_a_cookie_alone()
    {
        using HttpClient browser = await server.SignedInAsync("super_admin");
        List<string> open = [];
        foreach (KnownEndpoint endpoint in KnownEndpoint.All(server).Where(e => e.Method is not ("GET" or "*")))
        {
            using HttpResponseMessage answer = await browser.SendAsync(endpoint.Request());
            string text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode != HttpStatusCode.BadRequest || !text.Contains("Tải lại trang", StringComparison.Ordinal))
                open.Add($"{endpoint.Name}: {(int)answer.StatusCode}");
        }

        Assert.Empty(open);
    }

    [Fact]
    public async Task Sign_in_without_the_token_is_refused()
    {
        using HttpClient browser = server.Browser();

        using HttpResponseMessage answer = await browser.PostAsync("/dang-nhap",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["ten"] = "auditor", ["mat-khau"] = RunningServer.Password }));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_of_someone_else_is_refused()
    {
        using HttpClient other = await server.SignedInAsync("auditor");
        string foreign = RunningServer.CsrfOf(await other.GetStringAsync("/"));
        using HttpClient browser = await server.SignedInAsync("super_admin");

        using HttpResponseMessage answer = await browser.PostAsync("/dang-xuat", new FormUrlEncodedContent(new Dictionary<string, string> { ["csrf"] = foreign }));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_api_takes_no_change_on_the_strength_of_a_cookie_alone()
    {
        using HttpClient browser = await server.SignedInAsync("super_admin");

        using HttpResponseMessage answer = await browser.PostAsJsonAsync($"/api/v1/records/{Guid.NewGuid()}/hold", new { reason = "x" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }
}
