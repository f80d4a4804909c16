using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using LienThong.Gateway.Access;
using LienThong.Server.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Server.Tests.Access;

/// <summary>Nobody gets in by an address that somebody forgot.</summary>
public sealed class EndpointAccessTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly string[] OpenToAnyone = ["GET /health", "GET /dang-nhap", "POST /dang-nhap", "GET /openapi/{documentName}.json", "GET /schemas/visit-1.schema.json"];

    [Fact]
    public void Every_endpoint_names_its_permission_or_is_open_on_purpose()
    {
        List<string> silent = [];
        List<string> open = [];
        foreach (RouteEndpoint endpoint in Endpoints())
        {
            bool anonymous = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            bool named = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => a.Policy is { Length: > 0 });
            if (anonymous)
                open.Add(Name(endpoint));
            else if (!named)
                silent.Add(Name(endpoint));
        }

        Assert.Empty(silent);
        Assert.Equal(OpenToAnyone.Order(), open.Order());
    }

    [Fact]
    public async Task Every_endpoint_lets_in_exactly_the_roles_with_its_permission()
    {
        List<string> wrong = [];
        foreach (RouteEndpoint endpoint in Endpoints().Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            string policy = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Single(a => a.Policy is not null).Policy!;
            foreach ((string role, IReadOnlySet<string> permissions) in Roles.Table)
            {
                using HttpResponseMessage answer = await AskAsync(endpoint, role);
                bool let = answer.StatusCode != HttpStatusCode.Forbidden;
                bool should = policy == "signed-in" || permissions.Contains(policy);
                if (let != should || answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.InternalServerError)
                    wrong.Add($"{role} {Name(endpoint)}: {(int)answer.StatusCode}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Nobody_gets_anywhere_without_signing_in()
    {
        List<string> wrong = [];
        foreach (RouteEndpoint endpoint in Endpoints().Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            using HttpResponseMessage answer = await AskAsync(endpoint, null);
            bool sentAway = Name(endpoint).Contains("/api/", StringComparison.Ordinal)
                ? answer.StatusCode == HttpStatusCode.Unauthorized && answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
                : answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.StartsWith("/dang-nhap", StringComparison.Ordinal);
            if (!sentAway)
                wrong.Add($"{Name(endpoint)}: {(int)answer.StatusCode}");
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("lt_0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("")]
    public async Task Refuses_a_token_that_was_never_issued(string token)
    {
        using HttpClient client = server.Api(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);

        using HttpResponseMessage answer = await client.GetAsync("/api/v1/records");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private IEnumerable<RouteEndpoint> Endpoints() =>
        server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().DistinctBy(Name);

    private static string Name(RouteEndpoint endpoint) => $"{Method(endpoint) ?? "*"} {Path(endpoint)}";

    private static string Path(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    private static string ContentType(string path) =>
        path.EndsWith("/packages", StringComparison.Ordinal) ? "application/xml"
        : path.EndsWith("/imports", StringComparison.Ordinal) || path.EndsWith("/reconciliations/", StringComparison.Ordinal) ? "application/octet-stream" : "application/json";

    private static string? Method(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0];

    private async Task<HttpResponseMessage> AskAsync(RouteEndpoint endpoint, string? role)
    {
        string path = Regex.Replace(
            Regex.Replace(Path(endpoint), "\\{[a-z]+:guid\\}", _ => Guid.NewGuid().ToString(), RegexOptions.None, TimeSpan.FromSeconds(5)), "\\{\\*[^}]*\\}", "index.html", RegexOptions.None, TimeSpan.FromSeconds(5));
        using HttpRequestMessage request = new(new HttpMethod(Method(endpoint) ?? "GET"), path);
        if (request.Method == HttpMethod.Post)
        {
            request.Content = path.StartsWith("/api/", StringComparison.Ordinal)
                && !path.EndsWith("/files", StringComparison.Ordinal)
                ? new StringContent("{}", Encoding.UTF8, ContentType(path))
                : new MultipartFormDataContent { { new StringContent("x"), "ly-do" } };
        }
        using HttpClient client = server.Api(role);
        return await client.SendAsync(request);
    }
}
