using System.Security.Cryptography;

namespace LienThong.Signing.Tests;

/// <summary>The profile is compared literally, before anything is computed.</summary>
public sealed class ProfileTests
{
    private const string Envelope = "<Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></Transform>";
    private static readonly string Signed = Documents.Sign(Documents.Package);

    private static string Part(string name)
    {
        int start = Signed.IndexOf("<" + name, StringComparison.Ordinal);
        return Signed[start..(Signed.IndexOf("</" + name + ">", StringComparison.Ordinal) + name.Length + 3)];
    }

    [Theory]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2000/09/xmldsig#rsa-sha1")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmldsig-more#rsa-md5")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "none")]
    [InlineData("http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1")]
    [InlineData("http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2001/10/xml-exc-c14n#")]
    [InlineData("URI=\"\"", "URI=\"#id0\"")]
    [InlineData("URI=\"\"", "URI=\"http://127.0.0.1/x\"")]
    [InlineData("URI=\"\"", "URI=\"#xpointer(/)\"")]
    [InlineData(" URI=\"\"", "")]
    [InlineData("URI=\"\"", "URI=\"\" Type=\"x\"")]
    [InlineData(Envelope, "")]
    [InlineData(Envelope, Envelope + Envelope)]
    [InlineData(Envelope, "<Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"><x/></Transform>" + Envelope)]
    [InlineData(Envelope, Envelope + "<Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><XPath>1</XPath></Transform>")]
    [InlineData("</Signature>", "<Object></Object></Signature>")]
    [InlineData("</SignatureMethod>", "<HMACOutputLength>1</HMACOutputLength></SignatureMethod>")]
    [InlineData("<SignatureValue>", "<SignatureValue>!")]
    [InlineData("<DigestValue>", "<DigestValue>AAAA")]
    [InlineData("<KeyInfo>", "<KeyInfo><!-- -->")]
    [InlineData("<SignedInfo>", "<SignedInfo><?pi?>")]
    public void Anything_else_than_the_profile_is_refused(string from, string to)
    {
        string changed = Signed.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(Signed, changed);
        Assert.Equal("profile", Documents.Verify(changed).Reason);
    }

    [Fact]
    public void No_reference_and_two_references_are_refused()
    {
        string reference = Part("Reference");
        Assert.Equal("profile", Documents.Verify(Signed.Replace(reference, "", StringComparison.Ordinal)).Reason);
        Assert.Equal("profile", Documents.Verify(Signed.Replace(reference, reference + reference, StringComparison.Ordinal)).Reason);
    }

    [Fact]
    public void Key_info_holds_exactly_one_certificate()
    {
        string certificate = Part("X509Certificate");
        Assert.Equal("profile", Documents.Verify(Signed.Replace(Part("KeyInfo"), "", StringComparison.Ordinal)).Reason);
        Assert.Equal("profile", Documents.Verify(Signed.Replace(certificate, "", StringComparison.Ordinal)).Reason);
        Assert.Equal("profile", Documents.Verify(Signed.Replace(certificate, certificate + certificate, StringComparison.Ordinal)).Reason);
    }

    [Fact]
    public void An_attackers_key_value_is_never_used()
    {
        // The attacker signs with a key of his own, shows the facility's certificate and offers his key beside it.
        using IKeySource attacker = new Authority("CN=Kẻ khác").Issue();
        using RSA key = attacker.Certificate.GetRSAPublicKeyForTest();
        RSAParameters public_key = key.ExportParameters(false);
        string keyValue = "<KeyValue><RSAKeyValue><Modulus>" + Convert.ToBase64String(public_key.Modulus!) + "</Modulus><Exponent>AQAB</Exponent></RSAKeyValue></KeyValue>";
        string forged = Documents.Sign(Documents.Package.Replace("99001", "99002", StringComparison.Ordinal), attacker);
        string theirs = Convert.ToBase64String(attacker.Certificate.RawData);
        string ours = Convert.ToBase64String(Authority.Key.Certificate.RawData);
        string dressed = forged.Replace(theirs, ours, StringComparison.Ordinal).Replace("<KeyInfo>", "<KeyInfo>" + keyValue, StringComparison.Ordinal);
        Assert.Equal("value", Documents.Verify(dressed).Reason);
        Assert.Equal("untrusted", Documents.Verify(forged).Reason);
    }

    [Fact]
    public void Changed_content_and_changed_signature_are_told_apart()
    {
        VerificationReport content = Documents.Verify(Signed.Replace("99001", "99002", StringComparison.Ordinal));
        Assert.Equal("digest", content.Reason);
        Assert.Equal(CheckState.Passed, content.Checks.Single(static c => c.Name == "value").State);
        string value = Part("SignatureValue");
        char[] changed = value.ToCharArray();
        changed[30] = changed[30] == 'A' ? 'B' : 'A';
        VerificationReport signature = Documents.Verify(Signed.Replace(value, new string(changed), StringComparison.Ordinal));
        Assert.Equal("value", signature.Reason);
        Assert.Equal(CheckState.Passed, signature.Checks.Single(static c => c.Name == "digest").State);
    }

    [Fact]
    public void A_certificate_that_is_no_certificate_is_named()
    {
        string certificate = Part("X509Certificate");
        string trailing = Convert.ToBase64String([.. Authority.Key.Certificate.RawData, 0]);
        foreach (string other in new[] { "AAAA", trailing })
        {
            Assert.Equal("certificate", Documents.Verify(Signed.Replace(certificate, $"<X509Certificate>{other}</X509Certificate>", StringComparison.Ordinal)).Reason);
        }
    }
}
