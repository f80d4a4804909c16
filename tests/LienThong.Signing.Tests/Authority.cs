using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing.Tests;

/// <summary>Issues certificates of any kind for tests; made anew in each run.</summary>
internal sealed class Authority
{
    internal static readonly DateTimeOffset Now = new(2026, 3, 1, 5, 0, 0, TimeSpan.Zero);
    internal static readonly Authority Shared = new("CN=Test CA,C=VN");
    internal static readonly IKeySource Key = Shared.Issue();

    private static int nextSerial = 4096;
    private readonly RSA key = RSA.Create(2048);

    internal Authority(string name) => Certificate = Request(name, key, true).CreateSelfSigned(Now.AddYears(-5), Now.AddYears(5));

    private Authority(string name, Authority parent)
    {
        using X509Certificate2 bare = Request(name, key, true).Create(parent.Certificate, Now.AddYears(-4), Now.AddYears(4), Serial());
        Certificate = bare.CopyWithPrivateKey(key);
    }

    internal X509Certificate2 Certificate { get; }

    internal string Pem => Certificate.ExportCertificatePem();

    internal Authority Intermediate(string name) => new(name, this);

    internal byte[] Pfx(string password, string subject = "CN=Cơ sở 99001 & <Thử>,O=Phòng khám Nguyễn Văn Ất,C=VN", DateTimeOffset? from = null,
        DateTimeOffset? to = null, X509KeyUsageFlags? usage = X509KeyUsageFlags.DigitalSignature, int bits = 2048)
    {
        using RSA rsa = RSA.Create(bits);
        CertificateRequest request = Request(subject, rsa, false);
        if (usage is { } flags) request.CertificateExtensions.Add(new X509KeyUsageExtension(flags, true));
        using X509Certificate2 bare = request.Create(Certificate, from ?? Now.AddYears(-1), to ?? Now.AddYears(1), Serial());
        using X509Certificate2 whole = bare.CopyWithPrivateKey(rsa);
        return whole.Export(X509ContentType.Pfx, password);
    }

    internal IKeySource Issue(DateTimeOffset? from = null, DateTimeOffset? to = null, X509KeyUsageFlags? usage = X509KeyUsageFlags.DigitalSignature) =>
        PfxKeySource.Load(Pfx("p", from: from, to: to, usage: usage), "p").Key!;

    private static byte[] Serial() => BitConverter.GetBytes(Interlocked.Increment(ref nextSerial)).Prepend((byte)1).ToArray();

    private static CertificateRequest Request(string name, RSA key, bool authority)
    {
        CertificateRequest request = new(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
        return request;
    }
}
