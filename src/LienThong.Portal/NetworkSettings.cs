using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Portal;

/// <summary>How calls leave the house. Equal settings share connections.</summary>
public sealed record NetworkSettings
{
    /// <summary>Nothing special: the proxy of the process's environment if there is one, public authorities, no client certificate.</summary>
    public static NetworkSettings None { get; } = new();

    /// <summary>Outbound HTTP proxy, for example <c>http://proxy.bv.local:3128</c>; null: the environment's, if any.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Account at the proxy; empty: none.</summary>
    public string ProxyUser { get; init; } = "";

    /// <summary>Its password.</summary>
    public string ProxyPassword { get; init; } = "";

    /// <summary>
    /// The host <see cref="AuthorityPem"/> is for, without port; for every other host only public authorities count.
    /// </summary>
    public string AuthorityHost { get; init; } = "";

    /// <summary>
    /// Certificates (PEM) trusted besides the public ones when <see cref="AuthorityHost"/> shows its own: for destinations with
    /// a private authority. Name and dates are checked as ever; there is no switch that trusts everything.
    /// </summary>
    public string AuthorityPem { get; init; } = "";

    /// <summary>Client certificate and its unencrypted key (PEM) for destinations that ask for one; empty: none.</summary>
    public string ClientCertificatePem { get; init; } = "";

    /// <summary>A Vietnamese sentence when these settings can't work; null when they can.</summary>
    public string? Problem()
    {
        if (Proxy is { } proxy && (!proxy.IsAbsoluteUri || proxy.Scheme is not ("http" or "https")))
            return "Địa chỉ proxy không hợp lệ; cần dạng http://máy:cổng";
        if (AuthorityPem.Length > 0 && (AuthorityHost.Length == 0 || Authorities() is not { Count: > 0 }))
            return "Chứng thư của nơi cấp riêng không đọc được; cần tệp PEM có dòng BEGIN CERTIFICATE";
        if (ClientCertificatePem.Length == 0)
            return null;
        using X509Certificate2? own = ClientCertificate();
        return own is null ? "Chứng thư máy khách không đọc được; cần PEM có chứng thư và khóa riêng không đặt mật khẩu" : null;
    }

    /// <summary>The private authorities; null when they can't be read.</summary>
    internal X509Certificate2Collection? Authorities()
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(AuthorityPem);
            return found;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The client certificate with its key; null when absent or unreadable.</summary>
    internal X509Certificate2? ClientCertificate()
    {
        if (ClientCertificatePem.Length == 0)
            return null;
        try
        {
            using var read = X509Certificate2.CreateFromPem(ClientCertificatePem, ClientCertificatePem);
            // A key that lives in memory only isn't taken by TLS on Windows.
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Proxy and host; never a password or a key.</summary>
    public override string ToString() => $"proxy {Proxy?.Authority ?? "none"}, private authority for {(AuthorityHost.Length > 0 ? AuthorityHost : "none")}";
}
