using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing.Verification;

/// <summary>The way from a certificate up to one in the trust list. Offline: nothing is downloaded.</summary>
internal sealed class TrustPath
{
    private readonly X509Certificate2[] trust;
    private readonly DateTimeOffset from;
    private readonly DateTimeOffset to;

    /// <summary>Trusted by itself, without a look at who issued it.</summary>
    private bool isNamedOnly;

    private TrustPath(bool isTrusted, IReadOnlyList<X509Certificate2> certificates, VerificationPolicy policy, DateTimeOffset from, DateTimeOffset to)
    {
        (IsTrusted, Certificates) = (isTrusted, certificates);
        trust = [.. policy.Trust];
        (this.from, this.to) = (from, to);
    }

    internal bool IsTrusted { get; }

    /// <summary>The certificate itself first, then each one's issuer as far as known.</summary>
    internal IReadOnlyList<X509Certificate2> Certificates { get; }

    /// <summary>Whether another search under this policy would find the same: same list, and a moment within the dates of all on the way.</summary>
    internal bool Serves(VerificationPolicy policy)
    {
        if (policy.At < from || policy.At > to || policy.Trust.Count != trust.Length || (isNamedOnly && policy.RevocationLists.Count > 0)) return false;
        for (int i = 0; i < trust.Length; i++)
        {
            if (!ReferenceEquals(trust[i], policy.Trust[i])) return false;
        }

        return true;
    }

    /// <summary>Trusted is a certificate that is in the list itself, or was issued under an authority in it.</summary>
    internal static TrustPath Of(VerificationPolicy policy, X509Certificate2 certificate)
    {
        bool isNamed = IsIn(policy.Trust, certificate);
        // Who issued it matters only where its issuer's revocation lists are asked.
        if (isNamed && policy.RevocationLists.Count == 0)
            return new TrustPath(true, [certificate], policy, DateTimeOffset.MinValue, DateTimeOffset.MaxValue) { isNamedOnly = true };
        List<X509Certificate2> found = policy.Trust.Count == 0 ? [] : Chain(policy, certificate);
        if (!found.Skip(1).Any(c => IsIn(policy.Trust, c)))
        {
            foreach (X509Certificate2 useless in found) useless.Dispose();
            // What doesn't lead up now may do so at another moment.
            return new TrustPath(isNamed, [certificate], policy, policy.At, policy.At);
        }

        return new TrustPath(true, found, policy, found.Max(CertificateRules.NotBefore), found.Min(CertificateRules.NotAfter));
    }

    // Empty when the builder finds fault with it.
    private static List<X509Certificate2> Chain(VerificationPolicy policy, X509Certificate2 certificate)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = policy.At.UtcDateTime;
        // An intermediate authority in the list counts as an anchor; that it really is in the chain is checked by hand.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        foreach (X509Certificate2 trusted in policy.Trust) chain.ChainPolicy.CustomTrustStore.Add(trusted);
        bool isBuilt = Build(chain, certificate);
        List<X509Certificate2> found = [.. chain.ChainElements.Select(static e => e.Certificate)];
        if (isBuilt) return found;
        foreach (X509Certificate2 useless in found) useless.Dispose();
        return [];
    }

    private static bool Build(X509Chain chain, X509Certificate2 certificate)
    {
        try
        {
            return chain.Build(certificate);
        }
        catch (CryptographicException)
        {
            return false; // a certificate made to break the builder is no trusted one
        }
    }

    private static bool IsIn(IReadOnlyList<X509Certificate2> trust, X509Certificate2 certificate)
    {
        foreach (X509Certificate2 trusted in trust)
        {
            if (trusted.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span)) return true;
        }

        return false;
    }
}
