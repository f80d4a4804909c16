namespace LienThong.Signing.Tests;

/// <summary>Attacks on forms: only what the references name is covered, so the place of the named thing decides.</summary>
public sealed class FormAttackTests
{
    private const string C14N = "<Transforms><Transform Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"></Transform></Transforms>";
    private const string Enveloped = "<Transforms><Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></Transform></Transforms>";
    private const string Forged = "<TT_HOSO><TT_MAU><MA_CSKCB>99002</MA_CSKCB></TT_MAU></TT_HOSO>";
    private static readonly string Signed = Forms.Sign(Forms.AdjustmentText);
    private static readonly string Signature = Documents.SignatureOf(Signed);
    private static readonly string Id = Forms.IdOf(Forms.AdjustmentText);
    private static readonly string Element = Between("<TT_HOSO ", "</TT_HOSO>");

    private static string Between(string from, string to)
    {
        int start = Signed.IndexOf(from, StringComparison.Ordinal);
        return Signed[start..(Signed.IndexOf(to, start, StringComparison.Ordinal) + to.Length)];
    }

    private static string Reason(string document)
    {
        Assert.NotEqual(Signed, document);
        VerificationReport report = Forms.Verify(document);
        Assert.Null(report.Signed);
        return report.Reason;
    }

    private static string Change(string from, string to) => Signed.Replace(from, to, StringComparison.Ordinal);

    [Fact]
    public void The_signed_element_moved_into_the_slot_is_wrapping() =>
        Assert.Equal("wrapped", Reason(Change(Element, Forged).Replace(Signature, Signature + "<X>" + Element + "</X>", StringComparison.Ordinal)));

    [Fact]
    public void The_signed_element_moved_into_the_signature_is_wrapping()
    {
        foreach (string at in new[] { "</Object>", "</KeyInfo>", "</Signature>" })
        {
            string hidden = Signature.Replace(at, at == "</Signature>" ? "<Object>" + Element + "</Object>" + at : Element + at, StringComparison.Ordinal);
            string moved = Change(Element, Forged).Replace(Signature, hidden, StringComparison.Ordinal);
            Assert.Contains(Reason(moved), new[] { "wrapped", "profile" });
            // The forged element takes the Id too.
            Assert.Equal("wrapped", Reason(moved.Replace("<TT_HOSO><TT_MAU><MA_CSKCB>99002", $"<TT_HOSO Id=\"{Id}\"><TT_MAU><MA_CSKCB>99002", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void The_signed_element_moved_under_another_name_is_refused()
    {
        Assert.Equal("wrapped", Reason(Change(Element, Forged + "<KHAC>" + Element + "</KHAC>")));
        Assert.Equal("wrapped", Reason(Change(Element, "<KHAC>" + Element + "</KHAC>" + Forged)));
        Assert.Equal("profile", Reason(Change(Element, "<KHAC>" + Element + "</KHAC>")));
        Assert.Equal("profile", Reason(Change("TT_HOSO", "TT_KHAC")));
        Assert.Equal("profile", Reason(Change("<TT_HOSO ", "<a:TT_HOSO xmlns:a=\"urn:a\" ").Replace("</TT_HOSO>", "</a:TT_HOSO>", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_second_element_before_or_behind_the_signed_one_is_wrapping()
    {
        Assert.Equal("wrapped", Reason(Change(Element, Forged + Element)));
        Assert.Equal("wrapped", Reason(Change(Element, Element + Forged)));
        Assert.Equal("wrapped", Reason(Change(Element, Element + "<TT_MAU><MA_CSKCB>99002</MA_CSKCB></TT_MAU>")));
    }

    [Theory]
    [InlineData("Id")]
    [InlineData("ID")]
    [InlineData("id")]
    [InlineData("xml:id")]
    public void Two_elements_with_one_id_are_wrapping(string attribute)
    {
        Assert.Equal("wrapped", Reason(Change("<TT_MAU>", $"<TT_MAU {attribute}=\"{Id}\">")));
        Assert.Equal("wrapped", Reason(Change("<CHUKYDONVI>", $"<CHUKYDONVI {(attribute == "xml:id" ? "Id" : attribute)}=\"{Id}\">")));
        Assert.Equal("wrapped", Reason(Change("<TT_MAU>", $"<TT_MAU {attribute}=\"Object-CHUKYDONVI-{Id}\">")));
        Assert.Equal("wrapped", Reason(Change("<SignatureValue>", $"<SignatureValue Id=\"{Id}\">")));
    }

    [Fact]
    public void Thousands_of_ids_are_refused() => Assert.Equal("wrapped", Reason(Change(
        "</TT_MAU>", string.Concat(Enumerable.Range(0, 100_000).Select(static i => $"<a Id=\"a{i}\"/>")) + "</TT_MAU>")));

    [Fact]
    public void An_enveloped_transform_on_either_reference_is_not_the_profile()
    {
        // What SignedXml signs and verifies happily and the portal answers with 125.
        Assert.Equal("profile", Reason(Change($"URI=\"#Object-CHUKYDONVI-{Id}\">", $"URI=\"#Object-CHUKYDONVI-{Id}\">" + Enveloped)));
        Assert.Equal("profile", Reason(Change($"URI=\"#{Id}\">", $"URI=\"#{Id}\">" + Enveloped)));
        Assert.Equal("profile", Reason(Change($"URI=\"#{Id}\">", $"URI=\"#{Id}\">" + C14N)));
    }

    [Fact]
    public void References_are_exactly_these_two_in_this_order()
    {
        string first = Between("<Reference ", "</Reference>");
        string second = Between($"<Reference URI=\"#{Id}\"", "</Reference>");
        foreach (string references in new[] { "", first, second, second + first, first + second + second, first + first })
        {
            Assert.Equal("profile", Reason(Change(first + second, references)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("#xpointer(/)")]
    [InlineData("http://127.0.0.1/a.xml")]
    [InlineData("file:///etc/passwd")]
    [InlineData("#CHUKYDONVI-ID")]
    public void A_reference_to_anything_else_is_refused(string uri) =>
        Assert.Equal("profile", Reason(Change($"URI=\"#{Id}\"", $"URI=\"{uri.Replace("ID", Id, StringComparison.Ordinal)}\"")));

    [Theory]
    [InlineData("<SigningTime>2026-03-01T12:00:00</SigningTime>", "")]
    [InlineData("<SigningTime>2026-03-01T12:00:00</SigningTime>", "<SigningTime>2026-03-01T12:00:00</SigningTime><SigningTime>2026-03-01T12:00:00</SigningTime>")]
    [InlineData("2026-03-01T12:00:00", "2026-03-01T12:00:00Z")]
    [InlineData("2026-03-01T12:00:00", "01/03/2026")]
    [InlineData("<SignatureProperties xmlns=\"\">", "<SignatureProperties>")]
    [InlineData("</SignatureProperties>", "</SignatureProperties><X/>")]
    [InlineData("</SignatureProperties>", "</SignatureProperties>x")]
    [InlineData("Target=\"#", "Target=\"#x")]
    [InlineData("SignatureProperty Id=\"", "SignatureProperty Id=\"x")]
    [InlineData("<Object Id=\"", "<Object Id=\"x")]
    [InlineData("<Object Id=\"", "<Object MimeType=\"a\" Id=\"")]
    [InlineData("<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\" Id=\"", "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\" Id=\"x")]
    public void An_object_of_another_shape_is_refused(string from, string to) => Assert.Equal("profile", Reason(Change(from, to)));

    [Fact]
    public void An_object_that_is_not_the_signatures_own_child_is_refused()
    {
        string about = Between("<Object ", "</Object>");
        Assert.Equal("profile", Reason(Change(about, "")));
        Assert.Equal("wrong-place", Reason(Change(about, "").Replace("</Signature>", "</Signature>" + about, StringComparison.Ordinal)));
        Assert.Equal("profile", Reason(Change(about, "").Replace("</KeyInfo>", about + "</KeyInfo>", StringComparison.Ordinal)));
        Assert.Equal("profile", Reason(Change(about, about + "<Object></Object>")));
    }

    [Fact]
    public void A_signature_outside_the_slot_or_twice_is_refused()
    {
        Assert.Equal("wrapped", Reason(Change(Signature, Signature + Signature)));
        Assert.Equal("wrong-place", Reason(Change(Signature, "").Replace("</TT_HOSO>", Signature + "</TT_HOSO>", StringComparison.Ordinal)));
        Assert.Equal("wrapped", Reason(Change("<TT_MAU>", "<CHUKYDONVI></CHUKYDONVI><TT_MAU>")));
        Assert.Equal("wrong-place", Reason(Change("<CHUKYDONVI>" + Signature + "</CHUKYDONVI>", "").Replace("</TT_HOSO>", "<CHUKYDONVI>" + Signature + "</CHUKYDONVI></TT_HOSO>", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_signature_of_one_form_does_not_serve_another()
    {
        string other = Forms.Sign(Forms.AdjustmentText.Replace("99001", "99002", StringComparison.Ordinal).Replace(Id, "Id-0", StringComparison.Ordinal));
        Assert.Equal("profile", Reason(other.Replace(Documents.SignatureOf(other), Signature, StringComparison.Ordinal)));
        Assert.Equal("digest", Reason(other.Replace(Documents.SignatureOf(other), Signature, StringComparison.Ordinal).Replace("Id=\"Id-0\"", $"Id=\"{Id}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_comment_that_splits_a_value_is_refused() =>
        Assert.Equal("profile", Reason(Change("<MA_CSKCB>99001<", "<MA_CSKCB>99<!-- -->001<")));

    [Fact]
    public void A_namespace_on_the_slot_is_refused() =>
        Assert.Equal("profile", Reason(Change("<CHUKYDONVI>", "<CHUKYDONVI xmlns:a=\"urn:a\">")));
}
