using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing.Tests;

public sealed class KeyFileTests
{
    private static readonly byte[] Pfx = Authority.Shared.Pfx("mật khẩu");

    [Fact]
    public void A_pfx_loads_with_its_password()
    {
        KeyLoad load = PfxKeySource.Load(Pfx, "mật khẩu");
        Assert.True(load.Ok, load.Message);
        load.Key.Dispose();
    }

    [Fact]
    public void A_wrong_password_is_told_apart_from_a_broken_file()
    {
        Assert.Equal(SignatureFault.WrongPassword, PfxKeySource.Load(Pfx, "sai").Fault);
        Assert.Equal(SignatureFault.WrongPassword, PfxKeySource.Load(Pfx, "").Fault);
        Assert.Equal(SignatureFault.Certificate, PfxKeySource.Load([1, 2, 3], "sai").Fault);
        Assert.Equal(SignatureFault.Certificate, PfxKeySource.Load([], "").Fault);
    }

    [Fact]
    public void A_short_key_is_refused() =>
        Assert.Equal(SignatureFault.WeakKey, PfxKeySource.Load(Authority.Shared.Pfx("p", bits: 1024), "p").Fault);

    [Fact]
    public void A_file_without_private_key_is_refused()
    {
        X509Certificate2Collection bare = [X509CertificateLoader.LoadCertificate(Authority.Key.Certificate.RawData)];
        Assert.Equal(SignatureFault.NoPrivateKey, PfxKeySource.Load(bare.Export(X509ContentType.Pfx, "p")!, "p").Fault);
    }

    [Fact]
    public void An_elliptic_key_is_refused()
    {
        using ECDsa ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=EC", ec, HashAlgorithmName.SHA256).CreateSelfSigned(Authority.Now, Authority.Now.AddDays(1));
        Assert.Equal(SignatureFault.Certificate, PfxKeySource.Load(certificate.Export(X509ContentType.Pfx, "p"), "p").Fault);
    }

    [Fact]
    public void Pem_pairs_load_plain_and_encrypted()
    {
        (X509Certificate2 certificate, RSA key) = Pair();
        string pem = certificate.ExportCertificatePem();
        string encrypted = key.ExportEncryptedPkcs8PrivateKeyPem("p", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        Assert.True(PemKeySource.Load(pem, key.ExportRSAPrivateKeyPem()).Ok);
        Assert.True(PemKeySource.Load(pem, encrypted, "p").Ok);
        Assert.Equal(SignatureFault.WrongPassword, PemKeySource.Load(pem, encrypted, "sai").Fault);
        Assert.Equal(SignatureFault.WrongPassword, PemKeySource.Load(pem, encrypted).Fault);
        Assert.Equal(SignatureFault.NoPrivateKey, PemKeySource.Load(pem, "").Fault);
        Assert.Equal(SignatureFault.Certificate, PemKeySource.Load("", key.ExportRSAPrivateKeyPem()).Fault);
    }

    [Fact]
    public void A_pem_key_of_another_certificate_is_refused()
    {
        using RSA other = RSA.Create(2048);
        Assert.Equal(SignatureFault.NoPrivateKey, PemKeySource.Load(Pair().Certificate.ExportCertificatePem(), other.ExportRSAPrivateKeyPem()).Fault);
    }

    [Fact]
    public void Demo_keys_sign_and_verify_and_hide_their_password()
    {
        DemoKeys keys = DemoKeys.Create("99001", Authority.Now);
        using IKeySource key = keys.OpenKey();
        using X509Certificate2 authority = keys.OpenAuthority();
        VerificationReport report = Documents.Verify(Documents.Sign(Documents.Package, key), Documents.Policy with { Trust = [authority], RegisteredSerials = [keys.Serial] });
        Assert.True(report.Valid, report.Message);
        Assert.DoesNotContain(keys.Password, keys.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(keys.Serial, DemoKeys.Create("99001", Authority.Now).Serial);
    }

    private static (X509Certificate2 Certificate, RSA Key) Pair()
    {
        X509Certificate2 whole = X509CertificateLoader.LoadPkcs12(Pfx, "mật khẩu", X509KeyStorageFlags.Exportable);
        return (whole, whole.GetRSAPrivateKey()!);
    }
}
