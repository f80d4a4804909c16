using System.Net;

namespace LienThong.Portal;

/// <summary>Makes the HTTP client for the portal: verified TLS, no redirects, no cookies, short connect time-out.</summary>
/// <remarks>
/// Not from IHttpClientFactory: its log handlers can write request headers, and ours carry token and digest.
/// There is no switch to trust all certificates, on purpose; a destination with a private authority names it (<see cref="NetworkSettings"/>).
/// </remarks>
public static class PortalHttp
{
    /// <summary>One client for the life of the process; pass it to the channel, the sessions and the card lookup.</summary>
    public static HttpClient CreateClient(PortalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            // A connection that idled long may be dead without our knowing; using it would turn a safe repeat into an unknown outcome.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
            MaxResponseDrainSize = 0,
            SslOptions = PrivateTrust.TlsOptions(options.Network),
        };
        if (options.Network.Proxy is { } proxy)
        {
            handler.Proxy = new WebProxy(proxy)
            {
                Credentials = options.Network.ProxyUser.Length == 0
                    ? null
                    : new NetworkCredential(options.Network.ProxyUser, options.Network.ProxyPassword),
            };
        }

        return new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
