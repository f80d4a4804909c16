using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using LienThong.Signing.Canonical;

namespace LienThong.Signing.Tests;

/// <summary>Packages that a verifier checking the mathematics alone accepts: each is rightly signed, with the facility's own key where nothing else is said, and each must be refused for its reason.</summary>
[SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "An attacker does.")]
[SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "An attacker does.")]
public sealed class ForgedTests
{
    private const string Xmldsig = "http://www.w3.org/2000/09/xmldsig#";
    private const string Methods = "<CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"></CanonicalizationMethod>"
        + "<SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"></SignatureMethod>";

    private const string Whole = "<Transforms><Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></Transform></Transforms>";
    private static readonly string Certificate = Convert.ToBase64String(Authority.Key.Certificate.RawData);
    private static readonly string KeyInfo = $"<KeyInfo><X509Data><X509Certificate>{Certificate}</X509Certificate></X509Data></KeyInfo>";

    private static string Digest(byte[] data, string algorithm = "http://www.w3.org/2001/04/xmlenc#sha256", byte[]? digest = null) =>
        $"<DigestMethod Algorithm=\"{algorithm}\"></DigestMethod><DigestValue>{Convert.ToBase64String(digest ?? SHA256.HashData(data))}</DigestValue>";

    private static byte[] Document(string package) => Encoding.UTF8.GetBytes(package[package.IndexOf("<GIAMDINHHS", StringComparison.Ordinal)..]);

    private static string Package => Documents.Package.Replace(" " + Documents.Namespaces.TrimEnd(), "", StringComparison.Ordinal);

    private static string Put(string signature) => Package.Replace(Documents.EmptySlot, "<CHUKYDONVI>" + signature + "</CHUKYDONVI>", StringComparison.Ordinal);

    private static string Signed(string inside, string? keyInfo = null, string rest = "", Func<byte[], byte[]>? sign = null)
    {
        byte[] info = SubsetForm.Of("SignedInfo", null, Encoding.UTF8.GetBytes(inside), Inherited.Nothing);
        byte[] value = sign is null ? Authority.Key.SignData(info) : sign(info);
        return Put($"<Signature xmlns=\"{Xmldsig}\"><SignedInfo>{inside}</SignedInfo><SignatureValue>{Convert.ToBase64String(value)}</SignatureValue>{keyInfo ?? KeyInfo}{rest}</Signature>");
    }

    private static string Reference(string uri, string transforms, string digest) => $"<Reference URI=\"{uri}\">{transforms}{digest}</Reference>";

    private static string Right => Reference("", Whole, Digest(Document(Package)));

    [Fact]
    public void Forging_starts_from_a_signature_that_holds() => Assert.Equal("ok", Documents.Verify(Signed(Methods + Right)).Reason);

    [Fact]
    public void No_reference_at_all() => Assert.Equal("profile", Documents.Verify(Signed(Methods)).Reason);

    [Fact]
    public void A_manifest_instead_of_a_reference()
    {
        string manifest = $"<Object Id=\"m\"><Manifest>{Right}</Manifest></Object>";
        byte[] canonical = SubsetForm.Of("Object", "m", Encoding.UTF8.GetBytes($"<Manifest>{Right}</Manifest>"), Inherited.Nothing);
        Assert.Equal("profile", Documents.Verify(Signed(Methods + Reference("#m", "", Digest(canonical)), rest: manifest)).Reason);
    }

    [Fact]
    public void Partial_coverage_by_id()
    {
        string signed = Signed(Methods + Reference("#d", "", Digest("<THONGTINDONVI Id=\"d\"><MACSKCB>99001</MACSKCB></THONGTINDONVI>"u8.ToArray())));
        Assert.Equal("profile", Documents.Verify(signed.Replace("<THONGTINDONVI>", "<THONGTINDONVI Id=\"d\">", StringComparison.Ordinal)).Reason);
    }

    [Fact]
    public void Partial_coverage_by_an_object_of_its_own()
    {
        byte[] canonical = SubsetForm.Of("Object", "o", "x"u8, Inherited.Nothing);
        Assert.Equal("profile", Documents.Verify(Signed(Methods + Reference("#o", "", Digest(canonical)), rest: "<Object Id=\"o\">x</Object>")).Reason);
    }

    [Theory]
    [InlineData("http://www.w3.org/TR/1999/REC-xpath-19991116", "<XPath>self::node()[parent::GIAMDINHHS]</XPath>")]
    [InlineData("http://www.w3.org/2002/06/xmldsig-filter2", "<XPath xmlns=\"http://www.w3.org/2002/06/xmldsig-filter2\" Filter=\"subtract\">//HOSO</XPath>")]
    [InlineData("http://www.w3.org/TR/1999/REC-xslt-19991116", "<x:stylesheet xmlns:x=\"http://www.w3.org/1999/XSL/Transform\" version=\"1.0\"><x:template match=\"/\"/></x:stylesheet>")]
    [InlineData("http://www.w3.org/2000/09/xmldsig#base64", "")]
    [InlineData("urn:unknown", "")]
    public void Partial_coverage_by_transforms(string algorithm, string inside)
    {
        string transforms = Whole.Replace("</Transforms>", $"<Transform Algorithm=\"{algorithm}\">{inside}</Transform></Transforms>", StringComparison.Ordinal);
        Assert.Equal("profile", Documents.Verify(Signed(Methods + Reference("", transforms, Digest([])))).Reason);
    }

    [Theory]
    [InlineData("file:///etc/hostname")]
    [InlineData("http://127.0.0.1:1/a")]
    [InlineData("data:,x")]
    [InlineData("a.xml")]
    [InlineData("#xpointer(id('a'))")]
    public void External_references_are_not_followed(string uri) =>
        Assert.Equal("profile", Documents.Verify(Signed(Methods + Reference(uri, "", Digest("x"u8.ToArray())))).Reason);

    [Fact]
    public void An_external_reference_beside_the_right_one() =>
        Assert.Equal("profile", Documents.Verify(Signed(Methods + Right + Reference("file:///etc/hostname", "", Digest("x"u8.ToArray())))).Reason);

    [Fact]
    public void Sha1_for_the_signature_and_for_the_digest()
    {
        using RSA key = Key(out string certificate);
        string info = KeyInfo.Replace(Certificate, certificate, StringComparison.Ordinal);
        string weak = Methods.Replace("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", Xmldsig + "rsa-sha1", StringComparison.Ordinal);
        Assert.Equal("profile", Documents.Verify(Signed(weak + Right, info, sign: data => key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1))).Reason);
        string digest = Digest([], Xmldsig + "sha1", SHA1.HashData(Document(Package)));
        Assert.Equal("profile", Documents.Verify(Signed(Methods + Reference("", Whole, digest))).Reason);
    }

    [Fact]
    public void Md5_for_the_signature_and_for_the_digest()
    {
        using RSA key = Key(out string certificate);
        string info = KeyInfo.Replace(Certificate, certificate, StringComparison.Ordinal);
        string weak = Methods.Replace("#rsa-sha256", "#rsa-md5", StringComparison.Ordinal);
        Assert.Equal("profile", Documents.Verify(Signed(weak + Right, info, sign: data => key.SignData(data, HashAlgorithmName.MD5, RSASignaturePadding.Pkcs1))).Reason);
        string digest = Digest([], "http://www.w3.org/2001/04/xmldsig-more#md5", MD5.HashData(Document(Package)));
        Assert.Equal("profile", Documents.Verify(Signed(Methods + Reference("", Whole, digest))).Reason);
    }

    [Theory]
    [InlineData("http://www.w3.org/2000/09/xmldsig#hmac-sha1")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")]
    public void Hmac_with_the_public_certificate_as_key(string algorithm)
    {
        string method = Methods.Replace("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", algorithm, StringComparison.Ordinal);
        byte[] certificate = Authority.Key.Certificate.RawData;
        Assert.Equal("profile", Documents.Verify(Signed(method + Right, sign: data =>
            algorithm.EndsWith("sha1", StringComparison.Ordinal) ? HMACSHA1.HashData(certificate, data) : HMACSHA256.HashData(certificate, data))).Reason);
    }

    [Fact]
    public void An_attackers_key_value_without_certificate()
    {
        using RSA attacker = RSA.Create(2048);
        Assert.Equal("profile", Documents.Verify(Signed(Methods + Right, KeyValue(attacker), sign: data => Sign(attacker, data))).Reason);
    }

    [Fact]
    public void An_attackers_key_value_beside_the_facilitys_certificate()
    {
        using RSA attacker = RSA.Create(2048);
        string both = KeyInfo.Replace("<KeyInfo>", KeyValue(attacker).Replace("</KeyInfo>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("value", Documents.Verify(Signed(Methods + Right, both, sign: data => Sign(attacker, data))).Reason);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/cert.cer")]
    [InlineData("file:///etc/ssl/certs/ca-certificates.crt")]
    [InlineData("#x")]
    public void A_retrieval_method_is_never_followed(string uri)
    {
        string retrieval = $"<RetrievalMethod URI=\"{uri}\" Type=\"http://www.w3.org/2000/09/xmldsig#rawX509Certificate\"></RetrievalMethod>";
        Assert.Equal("profile", Documents.Verify(Signed(Methods + Right, $"<KeyInfo>{retrieval}</KeyInfo>")).Reason);
        // Beside the certificate it is only text.
        Assert.Equal("ok", Documents.Verify(Signed(Methods + Right, KeyInfo.Replace("<KeyInfo>", "<KeyInfo>" + retrieval, StringComparison.Ordinal))).Reason);
    }

    [Fact]
    public void Two_certificates_are_refused_and_a_name_proves_nothing()
    {
        using IKeySource attacker = new Authority("CN=Kẻ khác").Issue();
        string theirs = Convert.ToBase64String(attacker.Certificate.RawData);
        string two = KeyInfo.Replace("</X509Data>", $"<X509Certificate>{theirs}</X509Certificate></X509Data>", StringComparison.Ordinal);
        Assert.Equal("profile", Documents.Verify(Signed(Methods + Right, two, sign: data => attacker.SignData(data))).Reason);
        string dressed = KeyInfo.Replace(Certificate, theirs, StringComparison.Ordinal)
            .Replace("<X509Certificate>", $"<X509SubjectName>{Authority.Key.Certificate.Subject.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)}</X509SubjectName><X509Certificate>", StringComparison.Ordinal);
        Assert.Equal("untrusted", Documents.Verify(Signed(Methods + Right, dressed, sign: data => attacker.SignData(data))).Reason);
    }

    [Fact]
    public void Expired_and_not_yet_valid_certificates()
    {
        foreach ((int from, int to, string reason) in new[] { (-10, -1, "expired"), (1, 10, "not-yet-valid") })
        {
            using IKeySource key = Authority.Shared.Issue(Authority.Now.AddDays(from), Authority.Now.AddDays(to));
            string info = KeyInfo.Replace(Certificate, Convert.ToBase64String(key.Certificate.RawData), StringComparison.Ordinal);
            Assert.Equal(reason, Documents.Verify(Signed(Methods + Right, info, sign: data => key.SignData(data))).Reason);
        }
    }

    [Fact]
    public void A_signature_cut_short_or_of_zeros_is_no_signature()
    {
        Assert.Equal("value", Documents.Verify(Signed(Methods + Right, sign: static _ => new byte[256])).Reason);
        Assert.Equal("value", Documents.Verify(Signed(Methods + Right, sign: static _ => [1])).Reason);
        Assert.Equal("value", Documents.Verify(Signed(Methods + Right, sign: static data => Authority.Key.SignData(data)[..255])).Reason);
        Assert.Equal("value", Documents.Verify(Signed(Methods + Right, sign: static data => [0, .. Authority.Key.SignData(data)])).Reason);
    }

    [Fact]
    public void A_character_reference_reads_as_its_character_and_an_entity_is_refused()
    {
        string signed = Signed(Methods + Right);
        Assert.Equal("ok", Documents.Verify(signed.Replace(">99001<", ">9900&#x31;<", StringComparison.Ordinal)).Reason);
        Assert.Equal("digest", Documents.Verify(signed.Replace(">99001<", ">9900&#x32;<", StringComparison.Ordinal)).Reason);
        Assert.Equal("malformed", Documents.Verify(signed.Replace(">99001<", ">9900&mot;<", StringComparison.Ordinal)).Reason);
        Assert.Equal("malformed", Documents.Verify(signed.Replace("<GIAMDINHHS>", "<!DOCTYPE GIAMDINHHS [<!ENTITY mot \"1\">]><GIAMDINHHS>", StringComparison.Ordinal)).Reason);
    }

    private static RSA Key(out string certificate)
    {
        byte[] pfx = Authority.Shared.Pfx("p");
        using System.Security.Cryptography.X509Certificates.X509Certificate2 whole = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadPkcs12(pfx, "p");
        certificate = Convert.ToBase64String(whole.RawData);
        return whole.GetRSAPrivateKeyForTest();
    }

    private static byte[] Sign(RSA key, byte[] data) => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static string KeyValue(RSA key)
    {
        RSAParameters parameters = key.ExportParameters(false);
        return $"<KeyInfo><KeyValue><RSAKeyValue><Modulus>{Convert.ToBase64String(parameters.Modulus!)}</Modulus><Exponent>AQAB</Exponent></RSAKeyValue></KeyValue></KeyInfo>";
    }
}
