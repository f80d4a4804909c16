using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LienThong.Signing.Tests.Keys;

/// <summary>A service that signs whole documents is trusted with nothing.</summary>
public sealed class HandedOutTests
{
    private static readonly string Signature = Documents.SignatureOf(Documents.Sign(Documents.Package));

    [Fact]
    public void An_honest_answer_is_taken()
    {
        SignResult.Signed signed = Assert.IsType<SignResult.Signed>(Answer(static d => Documents.Sign(d)));
        string text = Encoding.UTF8.GetString(signed.Bytes);
        Assert.True(Documents.Verify(text).Valid);
        Assert.Equal(Authority.Key.Certificate.SerialNumber, signed.Receipt.Serial);
        Assert.Contains($"<DigestValue>{signed.Receipt.DigestValue}</DigestValue>", text, StringComparison.Ordinal);
        Assert.Contains($"Id=\"{signed.Receipt.SignatureId}\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Our_bytes_stay_whatever_the_service_does_to_equivalent_markup()
    {
        string document = "\uFEFF" + Documents.Package.Replace("><", ">\r\n<", StringComparison.Ordinal).Replace("<CHUKYDONVI>\r\n<", "<CHUKYDONVI><", StringComparison.Ordinal);
        foreach (Func<string, string> rewrite in new Func<string, string>[]
        {
            static s => s.TrimStart('\uFEFF'),
            static s => s.Replace("\r\n", "\n", StringComparison.Ordinal),
            static s => s.Replace(Documents.Declaration, "<?xml version='1.0' encoding='UTF-8' standalone='yes'?><!-- by a service -->", StringComparison.Ordinal),
            static s => s.Replace("<MACSKCB>", "<MACSKCB >", StringComparison.Ordinal),
        })
        {
            SignResult.Signed signed = Assert.IsType<SignResult.Signed>(Answer(d => rewrite(Documents.Sign(d)), document));
            string text = Encoding.UTF8.GetString(signed.Bytes);
            int start = text.IndexOf("<Signature ", StringComparison.Ordinal);
            int end = text.IndexOf("</Signature>", StringComparison.Ordinal) + "</Signature>".Length;
            Assert.Equal(document, text[..start] + text[end..]);
            Assert.True(Documents.Verify(text).Valid);
        }
    }

    [XmlSecFact]
    public void White_space_a_service_signed_into_the_slot_is_kept()
    {
        using XmlSec tool = new();
        byte[] pfx = Authority.Shared.Pfx("bi-mat");
        using X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12(pfx, "bi-mat");
        HandedOut handed = HandedOut.Of(Encoding.UTF8.GetBytes(Documents.Package), certificate, Documents.Options);
        string template = Documents.Package_with("<CHUKYDONVI>\n  " + XmlSecTests.Template + "\n</CHUKYDONVI>");
        SignResult.Signed signed = Assert.IsType<SignResult.Signed>(handed.Accept(tool.Sign(Encoding.UTF8.GetBytes(template), pfx, "bi-mat")));
        Assert.Contains($">{signed.Receipt.DigestValue}<", Encoding.UTF8.GetString(signed.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_content_is_refused_whether_signed_or_not()
    {
        Assert.Equal(SignatureFault.BadAnswer, Refused(static d => Documents.Sign(d).Replace("99001", "99002", StringComparison.Ordinal)));
        Assert.Equal(SignatureFault.BadAnswer, Refused(static d => Documents.Sign(d.Replace("99001", "99002", StringComparison.Ordinal))));
        Assert.Equal(SignatureFault.BadAnswer, Refused(static d => Documents.Sign(d.Replace("><", ">\n<", StringComparison.Ordinal))));
        Assert.Equal(SignatureFault.BadAnswer, Refused(static d => Documents.Sign(d.Replace(Documents.EmptySlot, "<X/>" + Documents.EmptySlot, StringComparison.Ordinal))));
    }

    [Fact]
    public void A_signature_over_other_content_is_refused() => Assert.Equal(SignatureFault.Digest, Refused(static d =>
        d.Replace(Documents.EmptySlot, "<CHUKYDONVI>" + Documents.SignatureOf(Documents.Sign(d.Replace("99001", "99002", StringComparison.Ordinal))) + "</CHUKYDONVI>", StringComparison.Ordinal)));

    [Fact]
    public void A_strangers_signature_is_refused_with_both_serials()
    {
        using IKeySource stranger = Authority.Shared.Issue();
        SignResult.Refused refused = Assert.IsType<SignResult.Refused>(Answer(d => Documents.Sign(d, stranger)));
        Assert.Equal(SignatureFault.NotRegistered, refused.Fault);
        Assert.Contains(stranger.Certificate.SerialNumber, refused.Message, StringComparison.Ordinal);
        Assert.Contains(Authority.Key.Certificate.SerialNumber, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_signed_document_is_refused()
    {
        Assert.Equal(SignatureFault.BadAnswer, Refused(static d => d));
        Assert.Equal(SignatureFault.BadAnswer, Refused(static d => d.Replace(Documents.EmptySlot, "<CHUKYDONVI/>", StringComparison.Ordinal)));
        Assert.Equal(SignatureFault.BadAnswer, Refused(static _ => ""));
        Assert.Equal(SignatureFault.BadAnswer, Refused(static _ => "<html>lỗi</html>"));
        Assert.Equal(SignatureFault.BadAnswer, Refused(static d => Documents.Sign(d).Replace("<GIAMDINHHS ", "<!DOCTYPE GIAMDINHHS><GIAMDINHHS ", StringComparison.Ordinal)));
        Assert.Equal(SignatureFault.BadAnswer, Refused(static d => d.Replace("<THONGTINHOSO>", Signature + "<THONGTINHOSO>", StringComparison.Ordinal)));
        Assert.Equal(SignatureFault.WrongPlace, Refused(static d => d.Replace(Documents.EmptySlot, "<CHUKYDONVI>" + Signature + "<X/></CHUKYDONVI>", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_is_handed_out_that_could_not_be_signed()
    {
        Assert.Equal(SignatureFault.Expired, Of(Documents.Package, Documents.Options with { At = Authority.Now.AddYears(3) }).Refusal!.Fault);
        Assert.Equal(SignatureFault.NotRegistered, Of(Documents.Package, Documents.Options with { ExpectedSerial = "1" }).Refusal!.Fault);
        Assert.Equal(SignatureFault.Malformed, Of("<GIAMDINHHS>", Documents.Options).Refusal!.Fault);
        Assert.Equal(SignatureFault.Malformed, Of(Documents.Package, Documents.Options with { MaxBytes = 10 }).Refusal!.Fault);
        Assert.Throws<InvalidOperationException>(() => Of("<GIAMDINHHS>", Documents.Options).Accept(Array.Empty<byte>()));
    }

    [Fact]
    public void An_older_signature_is_not_handed_out()
    {
        byte[] signed = Encoding.UTF8.GetBytes(Documents.Sign(Documents.Package));
        HandedOut handed = HandedOut.Of(signed, Authority.Key.Certificate, Documents.Options);
        Assert.Equal(Documents.Package, Encoding.UTF8.GetString(handed.Document));
        SignResult.Signed again = Assert.IsType<SignResult.Signed>(handed.Accept(Documents.Sign(handed.Document).Bytes));
        Assert.True(again.Receipt.Replaced);
    }

    [Fact]
    public void A_document_in_utf_16_keeps_its_encoding()
    {
        byte[] wide = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Documents.Package.Replace("utf-8", "utf-16", StringComparison.Ordinal))];
        HandedOut handed = HandedOut.Of(wide, Authority.Key.Certificate, Documents.Options);
        SignResult.Signed signed = Assert.IsType<SignResult.Signed>(handed.Accept(Encoding.UTF8.GetBytes(Documents.Sign(Documents.Package))));
        Assert.True(signed.Bytes.AsSpan().StartsWith(wide.AsSpan(0, 200)));
        Assert.True(SignatureVerifier.Verify(signed.Bytes, Documents.Policy).Valid);
    }

    private static SignatureFault Refused(Func<string, string> service) => Assert.IsType<SignResult.Refused>(Answer(service)).Fault;

    private static SignResult Answer(Func<string, string> service, string? document = null)
    {
        HandedOut handed = Of(document ?? Documents.Package, Documents.Options);
        return handed.Accept(Encoding.UTF8.GetBytes(service(Encoding.UTF8.GetString(handed.Document))));
    }

    private static HandedOut Of(string document, SignOptions options) => HandedOut.Of(Encoding.UTF8.GetBytes(document), Authority.Key.Certificate, options);
}
