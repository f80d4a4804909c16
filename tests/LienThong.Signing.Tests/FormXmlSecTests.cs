using System.Globalization;
using System.Text;

namespace LienThong.Signing.Tests;

/// <summary>Forms against <c>xmlsec1</c>, both ways.</summary>
public sealed class FormXmlSecTests
{
    [XmlSecFact]
    public void Xmlsec1_verifies_every_form_we_sign()
    {
        using XmlSec tool = new();
        foreach (SignatureProfile profile in FormProfiles.All)
        {
            foreach (SignatureProfile variant in new[] { profile, profile with { SlotCarriesId = true } })
            {
                string signed = Forms.Sign(Forms.Text(profile.Name), variant);
                Assert.True(tool.Verifies(Encoding.UTF8.GetBytes(signed), out string output), $"{profile.Name}: {output}");
            }
        }
    }

    [XmlSecFact]
    public void Xmlsec1_verifies_any_form_we_sign()
    {
        using XmlSec tool = new();
        for (int seed = 0; seed < 80; seed++)
        {
            byte[] signed = Documents.Sign(new RandomDocument(seed, plain: seed % 4 == 0, form: true).Bytes, options: Forms.Options(Forms.Adjustment)).Bytes;
            Assert.True(SignatureVerifier.Verify(signed, Forms.Policy(Forms.Adjustment)).Valid);
            Assert.True(tool.Verifies(signed, out string output), $"seed {seed}: {output}\n{Encoding.UTF8.GetString(signed)}");
        }
    }

    [XmlSecFact]
    public void What_xmlsec1_signs_from_a_template_verifies_here()
    {
        using XmlSec tool = new();
        byte[] pfx = Authority.Shared.Pfx("bi-mat");
        foreach (SignatureProfile profile in FormProfiles.All)
        {
            string document = Forms.Text(profile.Name);
            string template = document.Replace(Documents.EmptySlot, "<CHUKYDONVI>" + Template(Forms.IdOf(document)) + "</CHUKYDONVI>", StringComparison.Ordinal);
            VerificationReport report = SignatureVerifier.Verify(tool.Sign(Encoding.UTF8.GetBytes(template), pfx, "bi-mat"), Forms.Policy(profile));
            Assert.True(report.Valid, $"{profile.Name}: {report.Reason} {report.Message}");
        }

        for (int seed = 0; seed < 40; seed++)
        {
            RandomDocument document = new(seed, plain: seed % 4 == 0, form: true);
            string template = document.Before + "<CHUKYDONVI>" + Template(Forms.IdOf(document.Before)) + "</CHUKYDONVI>" + document.After;
            VerificationReport report = SignatureVerifier.Verify(tool.Sign(Encoding.UTF8.GetBytes(template), pfx, "bi-mat"), Forms.Policy(Forms.Adjustment));
            Assert.True(report.Valid, $"seed {seed}: {report.Reason} {report.Message}");
        }
    }

    [XmlSecFact]
    public void A_moved_element_that_xmlsec1_accepts_is_refused_here()
    {
        using XmlSec tool = new();
        string signed = Forms.Sign(Forms.AdjustmentText);
        string signature = Documents.SignatureOf(signed);
        int start = signed.IndexOf("<TT_HOSO ", StringComparison.Ordinal);
        string element = signed[start..(signed.IndexOf("</TT_HOSO>", StringComparison.Ordinal) + "</TT_HOSO>".Length)];
        string forged = signed.Replace(element, element[(element.IndexOf('>', StringComparison.Ordinal) + 1)..].Insert(0, "<TT_HOSO>").Replace("99001", "99002", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace(signature, signature + "<X>" + element + "</X>", StringComparison.Ordinal);
        Assert.True(tool.Verifies(Encoding.UTF8.GetBytes(forged), out string output), output);
        Assert.Equal("wrapped", Forms.Verify(forged).Reason);
    }

    [XmlSecFact]
    public void An_enveloped_transform_on_the_object_is_refused_by_both()
    {
        using XmlSec tool = new();
        string id = Forms.IdOf(Forms.AdjustmentText);
        string at = $"URI=\"#Object-CHUKYDONVI-{id}\">";
        string changed = Forms.Sign(Forms.AdjustmentText).Replace(at, at + "<Transforms><Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></Transform></Transforms>", StringComparison.Ordinal);
        Assert.False(tool.Verifies(Encoding.UTF8.GetBytes(changed), out _));
        Assert.Equal("profile", Forms.Verify(changed).Reason);
    }

    // With line breaks and prefixes that we never write, to be read all the same.
    private static string Template(string id) => string.Create(CultureInfo.InvariantCulture, $"""
        <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="CHUKYDONVI-{id}"><ds:SignedInfo>
        <ds:CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
        <ds:Reference URI="#Object-CHUKYDONVI-{id}"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference>
        <ds:Reference URI="#{id}"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference></ds:SignedInfo>
        <ds:SignatureValue/><ds:KeyInfo><ds:X509Data/></ds:KeyInfo><ds:Object Id="Object-CHUKYDONVI-{id}">
        <SignatureProperties><SignatureProperty Id="SignatureProperty-CHUKYDONVI-{id}" Target="#CHUKYDONVI-{id}"><SigningTime>2026-03-01T12:00:00</SigningTime></SignatureProperty></SignatureProperties></ds:Object></ds:Signature>
        """);
}
