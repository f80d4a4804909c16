using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing.Tests;

internal static class CertificateShorthand
{
    internal static RSA GetRSAPrivateKeyForTest(this X509Certificate2 certificate) => certificate.GetRSAPrivateKey()!;

    internal static RSA GetRSAPublicKeyForTest(this X509Certificate2 certificate) => certificate.GetRSAPublicKey()!;
}

public sealed class CertificateTests
{
    private static readonly string Signed = Documents.Sign(Documents.Package);

    [Fact]
    public void Without_a_trust_list_only_mathematics_is_proven()
    {
        VerificationReport report = Documents.Verify(Signed, new VerificationPolicy { At = Authority.Now });
        Assert.Equal((false, "untrusted"), (report.Valid, report.Reason));
        Assert.Equal(CheckState.Passed, report.Checks.Single(static c => c.Name == "value").State);
        Assert.Equal(CheckState.Passed, report.Checks.Single(static c => c.Name == "digest").State);
    }

    [Fact]
    public void Trust_may_name_the_certificate_itself()
    {
        Assert.True(Documents.Verify(Signed, Documents.Policy with { Trust = [Authority.Key.Certificate] }).Valid);
        using IKeySource other = Authority.Shared.Issue();
        Assert.Equal("untrusted", Documents.Verify(Signed, Documents.Policy with { Trust = [other.Certificate] }).Reason);
    }

    [Fact]
    public void Trust_may_name_an_intermediate_authority()
    {
        Authority intermediate = Authority.Shared.Intermediate("CN=Intermediate");
        using IKeySource key = intermediate.Issue();
        string signed = Documents.Sign(Documents.Package, key);
        Assert.True(Documents.Verify(signed, Documents.Policy with { Trust = [intermediate.Certificate] }).Valid);
        Assert.True(Documents.Verify(signed, Documents.Policy with { Trust = [intermediate.Certificate, Authority.Shared.Certificate] }).Valid);
        Assert.Equal("untrusted", Documents.Verify(signed).Reason);
    }

    [Fact]
    public void An_authority_of_the_same_name_is_not_trusted()
    {
        using IKeySource root = new Authority("CN=Test CA,C=VN").Issue();
        Assert.Equal("untrusted", Documents.Verify(Documents.Sign(Documents.Package, root)).Reason);
        Authority intermediate = Authority.Shared.Intermediate("CN=Intermediate");
        using IKeySource fake = new Authority("CN=Intermediate").Issue();
        Assert.Equal("untrusted", Documents.Verify(Documents.Sign(Documents.Package, fake), Documents.Policy with { Trust = [intermediate.Certificate] }).Reason);
    }

    [Fact]
    public void A_trusted_end_certificate_issues_nothing()
    {
        using X509Certificate2 end = X509CertificateLoader.LoadPkcs12(Authority.Shared.Pfx("p"), "p");
        using RSA issuer = end.GetRSAPrivateKey()!;
        using RSA rsa = RSA.Create(2048);
        CertificateRequest request = new("CN=Con", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 child = request.Create(end.SubjectName, X509SignatureGenerator.CreateForRSA(issuer, RSASignaturePadding.Pkcs1),
            Authority.Now.AddDays(-2), Authority.Now.AddDays(2), [1, 2]);
        using X509Certificate2 whole = child.CopyWithPrivateKey(rsa);
        using IKeySource key = PfxKeySource.Load(whole.Export(X509ContentType.Pfx, "p"), "p").Key!;
        Assert.Equal("untrusted", Documents.Verify(Documents.Sign(Documents.Package, key), Documents.Policy with { Trust = [end] }).Reason);
    }

    [Fact]
    public void Dates_are_judged_at_the_moment_given()
    {
        Assert.Equal("expired", Documents.Verify(Signed, Documents.Policy with { At = Authority.Now.AddYears(2) }).Reason);
        Assert.Equal("not-yet-valid", Documents.Verify(Signed, Documents.Policy with { At = Authority.Now.AddYears(-2) }).Reason);
    }

    [Fact]
    public void Trust_ends_with_the_authoritys_dates_and_with_a_changed_list()
    {
        List<X509Certificate2> trust = [Authority.Shared.Certificate];
        VerificationPolicy policy = Documents.Policy with { Trust = trust };
        Assert.True(Documents.Verify(Signed, policy).Valid);
        Assert.True(Documents.Verify(Signed, policy).Valid);
        VerificationReport late = Documents.Verify(Signed, policy with { At = Authority.Now.AddYears(6) });
        Assert.Equal(CheckState.Failed, late.Checks.Single(static c => c.Name == "trust").State);
        trust[0] = new Authority("CN=Khác").Certificate;
        Assert.Equal("untrusted", Documents.Verify(Signed, policy).Reason);
    }

    [Fact]
    public void An_expired_or_future_certificate_does_not_sign()
    {
        Assert.Equal(SignatureFault.Expired, Documents.Refusal(Documents.Package, options: Documents.Options with { At = Authority.Now.AddYears(2) }).Fault);
        Assert.Equal(SignatureFault.NotYetValid, Documents.Refusal(Documents.Package, options: Documents.Options with { At = Authority.Now.AddYears(-2) }).Fault);
        using IKeySource expired = Authority.Shared.Issue(Authority.Now.AddDays(-30), Authority.Now.AddSeconds(-1));
        Assert.Equal(SignatureFault.Expired, Documents.Refusal(Documents.Package, expired).Fault);
    }

    [Fact]
    public void A_certificate_for_other_use_does_not_sign_and_does_not_verify()
    {
        using IKeySource key = Authority.Shared.Issue(usage: X509KeyUsageFlags.KeyEncipherment);
        Assert.Equal(SignatureFault.KeyUsage, Documents.Refusal(Documents.Package, key).Fault);
        using IKeySource lenient = new OtherCertificate(key, Authority.Key.Certificate);
        string forced = Documents.Sign(Documents.Package, lenient)
            .Replace(Convert.ToBase64String(Authority.Key.Certificate.RawData), Convert.ToBase64String(key.Certificate.RawData), StringComparison.Ordinal);
        Assert.Equal("key-usage", Documents.Verify(forced).Reason);
    }

    [Fact]
    public void Serial_is_the_configured_and_the_registered_one()
    {
        string serial = Authority.Key.Certificate.SerialNumber;
        Assert.Equal(SignatureFault.NotRegistered, Documents.Refusal(Documents.Package, options: Documents.Options with { ExpectedSerial = "1234" }).Fault);
        Assert.True(Documents.Verify(Documents.Sign(Documents.Package, options: Documents.Options with { ExpectedSerial = "00" + serial }),
            Documents.Policy with { RegisteredSerials = ["99", serial] }).Valid);
        Assert.Equal("not-registered", Documents.Verify(Signed, Documents.Policy with { RegisteredSerials = ["99"] }).Reason);
    }

    [Fact]
    public void An_unplugged_token_is_a_transient_refusal()
    {
        using IKeySource gone = new Unplugged();
        Assert.Equal(SignatureFault.KeyUnavailable, Documents.Refusal(Documents.Package, gone).Fault);
    }

    private sealed class OtherCertificate(IKeySource key, X509Certificate2 shown) : IKeySource
    {
        public X509Certificate2 Certificate => shown;

        public byte[] SignData(ReadOnlySpan<byte> data) => key.SignData(data);

        public void Dispose()
        {
        }
    }

    private sealed class Unplugged : IKeySource
    {
        public X509Certificate2 Certificate => Authority.Key.Certificate;

        public byte[] SignData(ReadOnlySpan<byte> data) => throw new CryptographicException("token removed");

        public void Dispose()
        {
        }
    }
}
