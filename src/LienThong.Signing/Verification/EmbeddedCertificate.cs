using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing.Verification;

/// <summary>The certificate out of a signature, with its key decoded once: that costs three times as much as checking a signature with it.</summary>
internal sealed class EmbeddedCertificate : IDisposable
{
    private readonly RSA? key;

    private EmbeddedCertificate(X509Certificate2 certificate)
    {
        Certificate = certificate;
        key = certificate.GetRSAPublicKey();
        KeyFault = CertificateRules.Rsa(key);
        UsageFault = CertificateRules.Usage(certificate);
        Signer = certificate.Subject;
        NotBefore = CertificateRules.NotBefore(certificate);
        NotAfter = CertificateRules.NotAfter(certificate);
    }

    internal X509Certificate2 Certificate { get; }

    internal SignatureFault KeyFault { get; }

    internal SignatureFault UsageFault { get; }

    internal string Signer { get; }

    internal DateTimeOffset NotBefore { get; }

    internal DateTimeOffset NotAfter { get; }

    public void Dispose()
    {
        key?.Dispose();
        Certificate.Dispose();
    }

    /// <summary>Null when the bytes are no certificate, or one made to fail when asked: the framework decodes key, names and extensions late, so all is asked here.</summary>
    internal static EmbeddedCertificate? Parse(byte[] der)
    {
        X509Certificate2? certificate = null;
        try
        {
            certificate = X509CertificateLoader.LoadCertificate(der);
            if (certificate.RawDataMemory.Span.SequenceEqual(der)) return new EmbeddedCertificate(certificate);
            certificate.Dispose();
            return null; // something behind the certificate, or PEM inside the base64
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            certificate?.Dispose();
            return null;
        }
    }

    /// <summary>Whether <paramref name="value"/> is this certificate's signature over <paramref name="signedInfo"/>; keys outside the bounds aren't tried.</summary>
    internal SignatureFault Verify(byte[] signedInfo, byte[] value)
    {
        if (KeyFault != SignatureFault.None) return KeyFault;
        return key!.VerifyData(signedInfo, value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ? SignatureFault.None : SignatureFault.Value;
    }
}
