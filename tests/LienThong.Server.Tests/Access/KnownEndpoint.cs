using System.Text;
using System.Text.RegularExpressions;
using LienThong.Server.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Server.Tests.Access;

/// <summary>An endpoint of the running server, and a request for it.</summary>
internal sealed record KnownEndpoint(string Method, string Path, string Policy)
{
    public string Name => $"{Method} {Path}";

    public static IReadOnlyList<KnownEndpoint> All(RunningServer server) =>
    [
        .. server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Select(e => new KnownEndpoint(
                e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0] ?? "*", "/" + e.RoutePattern.RawText!.TrimStart('/'),
                e.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "anyone" : string.Join('+', e.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).Where(p => p is { Length: > 0 }).Distinct())))
            .DistinctBy(e => e.Name),
    ];

    /// <summary>A request; parameters are filled by <paramref name="fill"/>, or with ids nobody has.</summary>
    public HttpRequestMessage Request(Func<string, string>? fill = null)
    {
        string path = Regex.Replace(Path, "\\{(?<star>\\*?)(?<name>[A-Za-z]+)(?<kind>[^}]*)\\}", m =>
            m.Groups["star"].Length > 0 ? "index.html" : fill?.Invoke(m.Groups["name"].Value) ?? (m.Groups["kind"].Value == ":guid" ? Guid.NewGuid().ToString() : "{" + m.Groups["name"].Value + "}"),
            RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        HttpRequestMessage request = new(new HttpMethod(Method == "*" ? "GET" : Method), path);
        if (request.Method == HttpMethod.Post || request.Method == HttpMethod.Put)
        {
            request.Content = path.StartsWith("/api/", StringComparison.Ordinal) && !path.EndsWith("/files", StringComparison.Ordinal)
                ? new StringContent("{}", Encoding.UTF8, ContentType(path))
                : new MultipartFormDataContent { { new StringContent("x"), "ly-do" } };
        }
        return request;
    }

    private static string ContentType(string path) =>
        path.EndsWith("/packages", StringComparison.Ordinal) ? "application/xml"
        : path.StartsWith("/api/v1/mappings/", StringComparison.Ordinal) ? "application/yaml"
        : path.EndsWith("/imports", StringComparison.Ordinal) || path.EndsWith("/reconciliations/", StringComparison.Ordinal) ? "application/octet-stream" : "application/json";
}
