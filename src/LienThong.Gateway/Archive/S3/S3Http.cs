using System.Net;
using System.Security.Cryptography.X509Certificates;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace LienThong.Gateway.Archive.S3;

/// <summary>Makes the client of a store: verified TLS, no redirects, no proxy credentials, no retries of its own.</summary>
internal sealed class S3Http(S3Options options) : HttpClientFactory
{
    /// <summary>A client for the life of the process.</summary>
    /// <exception cref="ArgumentException">The options can't be used.</exception>
    public static AmazonS3Client CreateClient(S3Options options)
    {
        if (options.Problem() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        AmazonS3Config config = new()
        {
            ForcePathStyle = options.PathStyle ?? options.Endpoint is not null,
            // S3Calls repeats, so that a body that breaks off is covered as well.
            MaxErrorRetry = 0,
            ThrottleRetries = false,
            Timeout = Timeout.InfiniteTimeSpan,
            // Stores other than Amazon's refuse the checksums the SDK adds by itself; the signature covers the payload's SHA-256.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            AllowAutoRedirect = false,
            HttpClientFactory = new S3Http(options),
        };
        if (options.Endpoint is { } endpoint)
            (config.ServiceURL, config.AuthenticationRegion) = (endpoint.GetLeftPart(UriPartial.Authority), options.Region);
        else
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        return new AmazonS3Client(options.Credentials, config);
    }

    /// <inheritdoc/>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    private HttpClient? client;

    /// <inheritdoc/>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => LazyInitializer.EnsureInitialized(ref client, Create);

    private HttpClient Create()
    {
        SocketsHttpHandler handler = new()
        {
            ConnectTimeout = options.ConnectTimeout,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
            MaxResponseDrainSize = 0,
        };
        if (options.AuthorityFile is { } file)
        {
            X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust };
            policy.CustomTrustStore.ImportFromPemFile(file);
            handler.SslOptions.CertificateChainPolicy = policy;
        }
        return new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
