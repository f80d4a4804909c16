using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LienThong.Signing;

/// <summary>Reads one certificate from a file's bytes.</summary>
public static class CertificateFile
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>The first certificate of PEM text, or a DER certificate; null when the bytes (at most 64 KiB) are neither. The caller disposes it.</summary>
    public static X509Certificate2? Parse(byte[] file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Length is 0 or > MaxBytes) return null;
        X509Certificate2? certificate = null;
        try
        {
            certificate = file.AsSpan().IndexOf("-----BEGIN CERTIFICATE-----"u8) >= 0
                ? X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(file))
                : X509CertificateLoader.LoadCertificate(file);
            _ = CertificateFacts.Of(certificate); // names, dates and key are decoded late: a broken one must fail here
            return certificate;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            certificate?.Dispose();
            return null;
        }
    }
}
