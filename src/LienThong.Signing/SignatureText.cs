using System.Text;
using LienThong.Signing.Canonical;

namespace LienThong.Signing;

/// <summary>The text of a signature, written without any line break and already canonical.</summary>
internal static class SignatureText
{
    /// <summary>The inside of <c>SignedInfo</c>.</summary>
    internal static byte[] SignedInfoInside(string digestValue, SignatureProfile profile) => Encoding.ASCII.GetBytes(
        Empty("CanonicalizationMethod", XmlDsig.C14N) + Empty("SignatureMethod", XmlDsig.RsaSha256)
        + "<Reference URI=\"\"><Transforms>" + Empty("Transform", XmlDsig.Enveloped)
        + (profile.ExplicitC14N ? Empty("Transform", XmlDsig.C14N) : "") + "</Transforms>"
        + Empty("DigestMethod", XmlDsig.Sha256) + "<DigestValue>" + digestValue + "</DigestValue></Reference>");

    /// <summary>The whole <c>Signature</c> element.</summary>
    internal static byte[] Whole(string id, ReadOnlySpan<byte> inside, ReadOnlySpan<byte> value, ReadOnlySpan<byte> keyInfo)
    {
        byte[] head = Encoding.UTF8.GetBytes($"<Signature xmlns=\"{XmlDsig.Namespace}\" Id=\"{id}\"><SignedInfo>");
        byte[] middle = Encoding.ASCII.GetBytes("</SignedInfo><SignatureValue>" + Convert.ToBase64String(value) + "</SignatureValue>");
        return Bytes.Join(head, inside, middle, keyInfo, "</Signature>"u8);
    }

    /// <summary>The <c>KeyInfo</c> element with the end certificate and its subject.</summary>
    internal static byte[] KeyInfo(string subject, ReadOnlySpan<byte> der) => Encoding.UTF8.GetBytes(
        "<KeyInfo><X509Data><X509SubjectName>" + Escape(subject) + "</X509SubjectName><X509Certificate>"
        + Convert.ToBase64String(der) + "</X509Certificate></X509Data></KeyInfo>");

    // XML 1.0 has no way to write control characters; a subject holding one is a forgery or an accident, and only informs.
    private static string Escape(string subject)
    {
        StringBuilder text = new(subject.Length);
        foreach (Rune rune in subject.EnumerateRunes())
        {
            text.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                < 0x20 or 0xFFFE or 0xFFFF => " ",
                _ => rune.ToString(),
            });
        }

        return text.ToString();
    }

    private static string Empty(string name, string algorithm) => $"<{name} Algorithm=\"{algorithm}\"></{name}>";
}
