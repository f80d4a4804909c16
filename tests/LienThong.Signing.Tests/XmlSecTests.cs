using System.Text;

namespace LienThong.Signing.Tests;

public sealed class XmlSecTests
{
    internal const string Template = "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\">\n<SignedInfo>\n <CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/>"
        + "<SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"/><Reference URI=\"\"><Transforms>"
        + "<Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/></Transforms>"
        + "<DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><DigestValue/></Reference></SignedInfo>\r\n<SignatureValue/>"
        + "<KeyInfo><KeyName/><X509Data/></KeyInfo></Signature>";

    [XmlSecFact]
    public void Xmlsec1_verifies_what_we_sign()
    {
        using XmlSec tool = new();
        foreach (string document in new[] { Documents.Package, Documents.CheckIn, Documents.Assessment, "\uFEFF" + Documents.Package.Replace("><", ">\r\n<", StringComparison.Ordinal) })
        {
            Assert.True(tool.Verifies(Encoding.UTF8.GetBytes(Documents.Sign(document)), out string output), output);
        }

        byte[] wide = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Documents.Package.Replace("utf-8", "utf-16", StringComparison.Ordinal))];
        Assert.True(tool.Verifies(Documents.Sign(wide).Bytes, out string wideOutput), wideOutput);
    }

    [XmlSecFact]
    public void Xmlsec1_verifies_any_document_we_sign()
    {
        using XmlSec tool = new();
        for (int seed = 0; seed < 120; seed++)
        {
            byte[] signed = Documents.Sign(new RandomDocument(seed, plain: seed % 4 == 0).Bytes).Bytes;
            Assert.True(tool.Verifies(signed, out string output), $"seed {seed}: {output}\n{Encoding.UTF8.GetString(signed)}");
        }
    }

    [XmlSecFact]
    public void What_xmlsec1_signs_from_a_template_verifies_here()
    {
        using XmlSec tool = new();
        byte[] pfx = Authority.Shared.Pfx("bi-mat");
        for (int seed = 0; seed < 60; seed++)
        {
            RandomDocument document = new(seed, plain: seed % 4 == 0);
            string template = document.Before + "<CHUKYDONVI>" + (seed % 2 == 0 ? Template : Prefixed) + "</CHUKYDONVI>" + document.After;
            VerificationReport report = SignatureVerifier.Verify(tool.Sign(Encoding.UTF8.GetBytes(template), pfx, "bi-mat"), Documents.Policy);
            Assert.True(report.Valid, $"seed {seed}: {report.Reason} {report.Message}");
        }
    }

    [XmlSecFact]
    public void An_explicit_c14n_transform_is_harmless_in_both_directions()
    {
        using XmlSec tool = new();
        SignatureProfile profile = SignatureProfile.EnvelopedPackage with { ExplicitC14N = true };
        string signed = Documents.Sign(Documents.Package, options: Documents.Options with { Profile = profile });
        Assert.True(tool.Verifies(Encoding.UTF8.GetBytes(signed), out string output), output);
        Assert.True(Documents.Verify(signed).Valid);
    }

    [XmlSecFact]
    public void Right_mathematics_under_another_profile_is_refused()
    {
        using XmlSec tool = new();
        byte[] pfx = Authority.Shared.Pfx("bi-mat");
        foreach ((string from, string to) in new[]
        {
            ("xmldsig-more#rsa-sha256", "xmldsig-more#rsa-sha512"),
            ("http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"", "http://www.w3.org/2001/10/xml-exc-c14n#\""),
            ("http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments\""),
            ("</Transforms>", "<Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><XPath>not(ancestor-or-self::HOSO)</XPath></Transform></Transforms>"),
            ("2001/04/xmlenc#sha256", "2001/04/xmlenc#sha512"),
            ("</SignedInfo>", "<Reference URI=\"#o\"><DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><DigestValue/></Reference></SignedInfo>"),
            ("</Signature>", "<Object Id=\"o\">x</Object></Signature>"),
        })
        {
            string template = Template.Replace(from, to, StringComparison.Ordinal);
            if (to.Contains("#o", StringComparison.Ordinal)) template = template.Replace("</Signature>", "<Object Id=\"o\">x</Object></Signature>", StringComparison.Ordinal);
            byte[] signed = tool.Sign(Encoding.UTF8.GetBytes(Documents.Package_with("<CHUKYDONVI>" + template + "</CHUKYDONVI>")), pfx, "bi-mat");
            Assert.True(tool.Verifies(signed, out string output), to + output);
            Assert.Equal("profile", SignatureVerifier.Verify(signed, Documents.Policy).Reason);
        }
    }

    private static string Prefixed => Template.Replace("</", "</ds:", StringComparison.Ordinal).Replace("<", "<ds:", StringComparison.Ordinal)
        .Replace("<ds:/ds:", "</ds:", StringComparison.Ordinal).Replace("xmlns=", "Id=\"chữ-ký\" xmlns:ds=", StringComparison.Ordinal);
}
