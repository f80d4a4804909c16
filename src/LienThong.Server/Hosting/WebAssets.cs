using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace LienThong.Server.Hosting;

/// <summary>Style sheets and scripts, embedded in the assembly, served compressed and with a hash in their address.</summary>
internal static class WebAssets
{
    private static readonly FrozenDictionary<string, Asset> All = Load();

    /// <summary>Address of an asset that changes whenever its content does.</summary>
    /// <exception cref="KeyNotFoundException">No such asset: a misspelt name in a page.</exception>
    public static string Url(string path) => $"/{path}?v={All[path].Hash}";

    public static IApplicationBuilder UseWebAssets(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        string path = http.Request.Path.Value ?? "";
        bool reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        return reads && path.Length > 1 && All.TryGetValue(path[1..], out Asset? asset) ? SendAsync(http, asset) : next(http);
    });

    private static async Task SendAsync(HttpContext http, Asset asset)
    {
        HttpResponse response = http.Response;
        string tag = $"\"{asset.Hash}\"";
        bool versioned = http.Request.Query["v"] == asset.Hash;
        response.Headers.CacheControl = versioned ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.ETag = tag;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        bool compressed = http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        byte[] body = compressed ? asset.Gzip : asset.Plain;
        if (compressed)
            response.Headers.ContentEncoding = "gzip";
        response.ContentType = asset.ContentType;
        response.ContentLength = body.Length;
        if (HttpMethods.IsGet(http.Request.Method))
            await response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        Assembly assembly = typeof(WebAssets).Assembly;
        Dictionary<string, Asset> assets = new(StringComparer.Ordinal);
        foreach (string name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith("wwwroot/", StringComparison.Ordinal))
                continue;
            using Stream resource = assembly.GetManifestResourceStream(name)!;
            using MemoryStream plain = new();
            resource.CopyTo(plain);
            assets[name["wwwroot/".Length..]] = Make(name, plain.ToArray());
        }
        return assets.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static Asset Make(string name, byte[] plain)
    {
        using MemoryStream gzip = new();
        using (GZipStream pack = new(gzip, CompressionLevel.Optimal, leaveOpen: true))
            pack.Write(plain);
        string type = Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
        return new Asset(plain, gzip.ToArray(), type, Convert.ToHexStringLower(SHA256.HashData(plain))[..16]);
    }

    private sealed record Asset(byte[] Plain, byte[] Gzip, string ContentType, string Hash);
}
