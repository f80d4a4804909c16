using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LienThong.Signing.Tests;

/// <summary>Revocation lists given with the policy: revoked fails, a list that proves nothing warns, none isn't asked.</summary>
public sealed class RevocationTests
{
    private static readonly Authority Issuer = new("CN=Nơi cấp,C=VN");
    private static readonly IKeySource Key = Issuer.Issue();
    private static readonly string Signed = Documents.Sign(Documents.Package, Key);

    private static VerificationPolicy Policy(params RevocationList[] lists) =>
        Documents.Policy with { Trust = [Issuer.Certificate], RevocationLists = lists };

    private static Check Revocation(VerificationReport report) => report.Checks.Single(static c => c.Name == "revocation");

    private static RevocationList List(Authority? issuer = null, DateTimeOffset? next = null, params (X509Certificate2 Certificate, DateTimeOffset Since)[] revoked)
    {
        byte[] der = Der(issuer, next, revoked);
        RevocationList fromDer = RevocationList.Read(der)!;
        RevocationList fromPem = RevocationList.Read(Encoding.ASCII.GetBytes(PemEncoding.WriteString("X509 CRL", der)))!;
        Assert.Equal((fromDer.Count, fromDer.NextUpdate), (fromPem.Count, fromPem.NextUpdate));
        return fromDer;
    }

    private static byte[] Der(Authority? issuer, DateTimeOffset? next, params (X509Certificate2 Certificate, DateTimeOffset Since)[] revoked)
    {
        CertificateRevocationListBuilder builder = new();
        foreach ((X509Certificate2 certificate, DateTimeOffset since) in revoked) builder.AddEntry(certificate, since, X509RevocationReason.KeyCompromise);
        return builder.Build((issuer ?? Issuer).Certificate, 7, next ?? Authority.Now.AddDays(7), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, Authority.Now.AddDays(-400));
    }

    [Fact]
    public void Without_lists_revocation_is_not_asked()
    {
        VerificationReport report = Documents.Verify(Signed, Policy());
        Assert.True(report.Valid);
        Assert.Equal(CheckState.NotChecked, Revocation(report).State);
    }

    [Fact]
    public void A_certificate_that_is_not_in_the_list_passes()
    {
        using IKeySource other = Issuer.Issue();
        VerificationReport report = Documents.Verify(Signed, Policy(List(revoked: (other.Certificate, Authority.Now.AddDays(-1)))));
        Assert.True(report.Valid, report.Message);
        Assert.Equal(CheckState.Passed, Revocation(report).State);
    }

    [Fact]
    public void A_certificate_revoked_before_the_moment_fails_and_names_the_day()
    {
        VerificationReport report = Documents.Verify(Signed, Policy(List(revoked: (Key.Certificate, Authority.Now.AddDays(-1)))));
        Assert.Equal("revoked", report.Reason);
        Assert.Contains("28/02/2026", report.Message, StringComparison.Ordinal);
        Assert.Contains(Key.Certificate.SerialNumber, report.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_made_before_the_revocation_stays_good()
    {
        RevocationList list = List(revoked: (Key.Certificate, Authority.Now.AddDays(1)));
        Assert.True(Documents.Verify(Signed, Policy(list)).Valid);
        Assert.Equal("revoked", Documents.Verify(Signed, Policy(list) with { At = Authority.Now.AddDays(1) }).Reason);
    }

    [Fact]
    public void An_old_list_warns_but_what_it_revokes_stays_revoked()
    {
        VerificationReport report = Documents.Verify(Signed, Policy(List(next: Authority.Now.AddDays(-1))));
        Assert.True(report.Valid);
        Assert.Equal(CheckState.Warned, Revocation(report).State);
        Assert.Contains("28/02/2026", Revocation(report).Message, StringComparison.Ordinal);
        Assert.Equal("revoked", Documents.Verify(Signed, Policy(List(next: Authority.Now.AddDays(-1), revoked: (Key.Certificate, Authority.Now.AddDays(-5))))).Reason);
        // A newer list beside the old one settles it.
        Assert.Equal(CheckState.Passed, Revocation(Documents.Verify(Signed, Policy(List(next: Authority.Now.AddDays(-1)), List()))).State);
    }

    [Fact]
    public void A_list_the_issuer_did_not_sign_revokes_nothing_and_warns()
    {
        Authority impostor = new("CN=Nơi cấp,C=VN");
        VerificationReport report = Documents.Verify(Signed, Policy(List(impostor, null, (Key.Certificate, Authority.Now.AddDays(-1)))));
        Assert.True(report.Valid);
        Assert.Equal(CheckState.Warned, Revocation(report).State);
    }

    [Fact]
    public void A_list_of_another_authority_warns()
    {
        VerificationReport report = Documents.Verify(Signed, Policy(List(Authority.Shared)));
        Assert.True(report.Valid);
        Assert.Equal(CheckState.Warned, Revocation(report).State);
    }

    [Fact]
    public void A_certificate_trusted_by_name_needs_its_issuer_to_be_asked_about()
    {
        RevocationList list = List(revoked: (Key.Certificate, Authority.Now.AddDays(-1)));
        VerificationReport alone = Documents.Verify(Signed, Policy(list) with { Trust = [Key.Certificate] });
        Assert.True(alone.Valid);
        Assert.Equal(CheckState.Warned, Revocation(alone).State);
        Assert.Equal("revoked", Documents.Verify(Signed, Policy(list) with { Trust = [Key.Certificate, Issuer.Certificate] }).Reason);
    }

    [Fact]
    public void A_revoked_intermediate_authority_fails()
    {
        Authority intermediate = Issuer.Intermediate("CN=Trung gian");
        using IKeySource key = intermediate.Issue();
        string signed = Documents.Sign(Documents.Package, key);
        VerificationPolicy policy = Policy(List(intermediate), List(revoked: (intermediate.Certificate, Authority.Now.AddDays(-1)))) with
        {
            Trust = [Issuer.Certificate, intermediate.Certificate],
        };
        VerificationReport report = Documents.Verify(signed, policy);
        Assert.Equal("revoked", report.Reason);
        Assert.Contains("nơi cấp", report.Message, StringComparison.Ordinal);
        Assert.True(Documents.Verify(signed, policy with { RevocationLists = [List(intermediate), List()] }).Valid);
    }

    [Fact]
    public void A_list_signed_with_sha1_proves_nothing()
    {
        using RSA key = Issuer.Certificate.GetRSAPrivateKey()!;
        byte[] der = new CertificateRevocationListBuilder().Build(Issuer.Certificate.SubjectName, new Sha1Generator(key), 7, Authority.Now.AddDays(7),
            HashAlgorithmName.SHA256, X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier([1]), Authority.Now.AddDays(-1));
        Assert.Equal(CheckState.Warned, Revocation(Documents.Verify(Signed, Policy(RevocationList.Read(der)!))).State);
    }

    [Fact]
    public void What_is_no_list_is_not_read_and_a_damaged_one_proves_nothing()
    {
        Assert.Null(RevocationList.Read(Array.Empty<byte>()));
        Assert.Null(RevocationList.Read("x"u8.ToArray()));
        Assert.Null(RevocationList.Read(Issuer.Certificate.RawData));
        Assert.Null(RevocationList.Read("-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n"u8.ToArray()));
        byte[] der = Der(null, null, (Key.Certificate, Authority.Now.AddDays(-1)));
        Random random = new(5);
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. der];
            damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            // Never an exception, and never taken for the issuer's word.
            if (RevocationList.Read(damaged) is { } list) Assert.False(list.IsSignedBy(Issuer.Certificate) && !der.AsSpan().SequenceEqual(damaged));
        }
    }

    private sealed class Sha1Generator(RSA key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => Convert.FromHexString("300D06092A864886F70D0101050500");

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => new(key);
    }
}
