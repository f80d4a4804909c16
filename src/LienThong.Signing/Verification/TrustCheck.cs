using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing.Verification;

/// <summary>Whether a certificate is in the trust list or was issued under an authority in it. Offline: nothing is downloaded, revocation isn't asked.</summary>
internal static class TrustCheck
{
    internal static bool Trusts(VerificationPolicy policy, X509Certificate2 certificate)
    {
        foreach (X509Certificate2 trusted in policy.Trust)
        {
            if (trusted.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span)) return true;
        }

        return policy.Trust.Count > 0 && ChainsUp(policy, certificate);
    }

    private static bool ChainsUp(VerificationPolicy policy, X509Certificate2 certificate)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = policy.At.UtcDateTime;
        // An intermediate authority in the list counts as an anchor; that it really is in the chain is checked by hand below.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        foreach (X509Certificate2 trusted in policy.Trust) chain.ChainPolicy.CustomTrustStore.Add(trusted);
        bool built = Built(chain, certificate) && Reaches(chain, policy.Trust);
        foreach (X509ChainElement element in chain.ChainElements) element.Certificate.Dispose();
        return built;
    }

    private static bool Built(X509Chain chain, X509Certificate2 certificate)
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

    private static bool Reaches(X509Chain chain, IReadOnlyList<X509Certificate2> trust)
    {
        for (int i = 1; i < chain.ChainElements.Count; i++)
        {
            ReadOnlySpan<byte> der = chain.ChainElements[i].Certificate.RawDataMemory.Span;
            foreach (X509Certificate2 trusted in trust)
            {
                if (der.SequenceEqual(trusted.RawDataMemory.Span)) return true;
            }
        }

        return false;
    }
}
