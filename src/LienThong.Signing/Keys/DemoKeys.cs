using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing;

/// <summary>Throw-away keys for demo and tests: a certificate authority of its own and one facility certificate (RSA 2048). Made anew each time; nothing of it is ever committed or trusted elsewhere.</summary>
/// <param name="Pfx">PKCS#12 file with the facility's certificate and key.</param>
/// <param name="Password">Random password of <paramref name="Pfx"/>.</param>
/// <param name="CertificatePem">The facility's certificate.</param>
/// <param name="AuthorityPem">The authority's certificate: what a verifier has to trust.</param>
/// <param name="Serial">The facility certificate's serial in hexadecimal, as registered on the portal.</param>
public sealed record DemoKeys(byte[] Pfx, string Password, string CertificatePem, string AuthorityPem, string Serial)
{
    /// <summary>Makes keys for one facility, valid from a day before <paramref name="now"/> for a year.</summary>
    /// <param name="facilityCode">Code of the facility (<c>MACSKCB</c>), put into the subject.</param>
    /// <param name="now">The moment the demo lives in.</param>
    public static DemoKeys Create(string facilityCode, DateTimeOffset now)
    {
        DateTimeOffset from = now.AddDays(-1);
        using RSA authorityKey = RSA.Create(2048);
        using X509Certificate2 authority = Authority(authorityKey, from);
        using RSA key = RSA.Create(2048);
        using X509Certificate2 certificate = Facility(facilityCode, key, authority, from);
        using X509Certificate2 withKey = certificate.CopyWithPrivateKey(key);
        string password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        return new DemoKeys(withKey.Export(X509ContentType.Pfx, password), password,
            certificate.ExportCertificatePem(), authority.ExportCertificatePem(), certificate.SerialNumber);
    }

    /// <summary>The facility's key, ready to sign. The caller disposes it.</summary>
    public IKeySource OpenKey() => PfxKeySource.Load(Pfx, Password).Key
        ?? throw new InvalidOperationException("A demo key made by this program doesn't load.");

    /// <summary>The authority's certificate. The caller disposes it.</summary>
    public X509Certificate2 OpenAuthority() => X509Certificate2.CreateFromPem(AuthorityPem);

    /// <summary>Names the keys by serial only: the password must not reach a log.</summary>
    public override string ToString() => $"{nameof(DemoKeys)} {Serial}";

    private static X509Certificate2 Authority(RSA key, DateTimeOffset from)
    {
        CertificateRequest request = new("CN=LienThong Demo CA,O=LienThong,C=VN", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(from, from.AddYears(2));
    }

    private static X509Certificate2 Facility(string facilityCode, RSA key, X509Certificate2 authority, DateTimeOffset from)
    {
        X500DistinguishedNameBuilder subject = new();
        subject.AddCountryOrRegion("VN");
        subject.AddOrganizationName("LienThong Demo");
        subject.AddCommonName($"Cơ sở khám chữa bệnh {facilityCode}");
        CertificateRequest request = new(subject.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return request.Create(authority, from, from.AddYears(1), serial);
    }
}
