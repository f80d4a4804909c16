using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing.Verification;

/// <summary>The certificate out of a signature, with its key decoded once: that costs three times as much as checking a signature with it. A facility's files all bear the same one, so the last ones seen are kept, by their content.</summary>
internal sealed class EmbeddedCertificate
{
    private const int MostKept = 64;
    private static readonly ConcurrentDictionary<string, EmbeddedCertificate> Kept = new(StringComparer.Ordinal);
    private readonly RSA? key;
    private TrustPath? path;

    private EmbeddedCertificate(X509Certificate2 certificate, string thumbprint)
    {
        (Certificate, Thumbprint) = (certificate, thumbprint);
        Serial = certificate.SerialNumber;
        key = certificate.GetRSAPublicKey();
        KeyFault = CertificateRules.Rsa(key);
        UsageFault = CertificateRules.Usage(certificate);
        Signer = certificate.Subject;
        NotBefore = CertificateRules.NotBefore(certificate);
        NotAfter = CertificateRules.NotAfter(certificate);
    }

    internal X509Certificate2 Certificate { get; }

    /// <summary>SHA-256 of the DER, hexadecimal.</summary>
    internal string Thumbprint { get; }

    internal string Serial { get; }

    internal SignatureFault KeyFault { get; }

    internal SignatureFault UsageFault { get; }

    internal string Signer { get; }

    internal DateTimeOffset NotBefore { get; }

    internal DateTimeOffset NotAfter { get; }

    /// <summary>Null when the bytes are no certificate, or one made to fail when asked: the framework decodes key, names and extensions late, so all is asked here.</summary>
    internal static EmbeddedCertificate? Parse(byte[] der)
    {
        string thumbprint = Convert.ToHexString(SHA256.HashData(der));
        if (Kept.TryGetValue(thumbprint, out EmbeddedCertificate? known)) return known;
        X509Certificate2? certificate = null;
        try
        {
            certificate = X509CertificateLoader.LoadCertificate(der);
            if (certificate.RawDataMemory.Span.SequenceEqual(der))
            {
                // Whoever sends ever new certificates only makes this forget the others.
                if (Kept.Count >= MostKept) Kept.Clear();
                return Kept[thumbprint] = new EmbeddedCertificate(certificate, thumbprint);
            }

            certificate.Dispose();
            return null; // something behind the certificate, or PEM inside the base64
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            certificate?.Dispose();
            return null;
        }
    }

    /// <summary>The way up to the trust list; the last one found is taken again as long as list and dates allow.</summary>
    internal TrustPath PathUnder(VerificationPolicy policy)
    {
        TrustPath? last = path;
        if (last is null || !last.Serves(policy)) path = last = TrustPath.Of(policy, Certificate);
        return last;
    }

    /// <summary>Whether <paramref name="value"/> is this certificate's signature over <paramref name="signedInfo"/>; keys outside the bounds aren't tried.</summary>
    internal SignatureFault Verify(byte[] signedInfo, byte[] value)
    {
        if (KeyFault != SignatureFault.None) return KeyFault;
        return key!.VerifyData(signedInfo, value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ? SignatureFault.None : SignatureFault.Value;
    }
}
