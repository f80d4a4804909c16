using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing;

/// <summary>What signing needs of a certificate, decoded once: asking the framework each time costs as much as half an RSA signature.</summary>
internal sealed class CertificateFacts
{
    private static readonly ConditionalWeakTable<X509Certificate2, CertificateFacts> Known = [];

    private CertificateFacts(X509Certificate2 certificate)
    {
        Lasting = CertificateRules.Rsa(certificate);
        if (Lasting == SignatureFault.None) Lasting = CertificateRules.Usage(certificate);
        NotBefore = CertificateRules.NotBefore(certificate);
        NotAfter = CertificateRules.NotAfter(certificate);
        Serial = certificate.SerialNumber;
        Subject = certificate.Subject;
        Issuer = certificate.Issuer;
        Thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        Der = certificate.RawData;
        KeyInfo = SignatureText.KeyInfo(Subject, Der);
    }

    /// <summary>What makes the certificate unfit at any time, if anything.</summary>
    internal SignatureFault Lasting { get; }

    internal DateTimeOffset NotBefore { get; }

    internal DateTimeOffset NotAfter { get; }

    internal string Serial { get; }

    internal string Subject { get; }

    internal string Issuer { get; }

    internal string Thumbprint { get; }

    internal byte[] Der { get; }

    /// <summary>The <c>KeyInfo</c> element, UTF-8.</summary>
    internal byte[] KeyInfo { get; }

    /// <summary>Why the certificate may not sign under these options; <see cref="SignatureFault.None"/> when it may.</summary>
    internal SignatureFault Unfit(SignOptions options)
    {
        if (options.ExpectedSerial is not null && !CertificateRules.SameSerial(options.ExpectedSerial, Serial)) return SignatureFault.NotRegistered;
        SignatureFault dates = CertificateRules.Dates(NotBefore, NotAfter, options.At);
        return dates == SignatureFault.None ? Lasting : dates;
    }

    /// <summary>The receipt of a signature made with this certificate.</summary>
    internal SigningReceipt Receipt(string signatureId, string digest, bool replaced, bool inserted, SignOptions options) => new(
        signatureId, options.Profile.Name, options.At, Serial, Subject, Issuer, Thumbprint, NotAfter, [.. Der], digest, replaced, inserted);

    internal static CertificateFacts Of(X509Certificate2 certificate) => Known.GetValue(certificate, static c => new CertificateFacts(c));
}
