using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Portal;

/// <summary>Judges a server's certificate: public authorities, and for one host a private one besides.</summary>
internal sealed class PrivateTrust(string host, X509Certificate2Collection authorities)
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <summary>TLS settings of a client for these settings; the name to check is filled in by who connects.</summary>
    public static SslClientAuthenticationOptions TlsOptions(NetworkSettings network)
    {
        var tls = new SslClientAuthenticationOptions();
        if (network.AuthorityPem.Length > 0 && network.Authorities() is { } authorities)
            tls.RemoteCertificateValidationCallback = new PrivateTrust(network.AuthorityHost, authorities).Accepts;
        if (network.ClientCertificate() is { } own)
            tls.ClientCertificates = [own];
        return tls;
    }

    private bool Accepts(object sender, X509Certificate? certificate, X509Chain? shown, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        // Only the chain may be mended by private trust; a wrong name or no certificate never is.
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 server
            || sender is not SslStream tls || !string.Equals(tls.TargetHostName, host, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(authorities);
        foreach (X509ChainElement element in shown?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        return chain.Build(server);
    }
}
