using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing;

/// <summary>A certificate and its RSA key as .NET knows it: from a file, or behind a Windows key provider.</summary>
internal sealed class RsaKeySource : IKeySource
{
    private readonly RSA key;

    internal RsaKeySource(X509Certificate2 certificate, RSA key) => (Certificate, this.key) = (certificate, key);

    public X509Certificate2 Certificate { get; }

    public byte[] SignData(ReadOnlySpan<byte> data) => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public void Dispose()
    {
        key.Dispose();
        Certificate.Dispose();
    }

    /// <summary>Takes over <paramref name="certificate"/> when it has a usable RSA key of 2048 bits or more; otherwise disposes it and says why not.</summary>
    internal static KeyLoad From(X509Certificate2 certificate)
    {
        RSA? rsa = null;
        try
        {
            KeyLoad? failure = CertificateRules.Rsa(certificate) switch
            {
                SignatureFault.None => null,
                var fault => KeyLoad.Failed(fault, CertificateRules.Message(fault, certificate)),
            };
            rsa = failure is null && certificate.HasPrivateKey ? certificate.GetRSAPrivateKey() : null;
            if (rsa is not null) return KeyLoad.Loaded(new RsaKeySource(certificate, rsa));
            certificate.Dispose();
            return failure ?? KeyLoad.Failed(SignatureFault.NoPrivateKey, "Tệp khóa không có khóa bí mật; hãy xuất lại chứng thư kèm khóa.");
        }
        catch (CryptographicException)
        {
            rsa?.Dispose();
            certificate.Dispose();
            return KeyLoad.Failed(SignatureFault.Certificate, "Không dùng được khóa trong tệp; hãy xuất lại chứng thư kèm khóa.");
        }
    }
}
