using System.Globalization;
using System.Text;
using LienThong.Signing.Canonical;
using LienThong.Standard;

namespace LienThong.Signing;

/// <summary>The text of a signature, written without any line break and already canonical.</summary>
internal static class SignatureText
{

    /// <summary>The inside of <c>SignedInfo</c> with one enveloped reference.</summary>
    internal static byte[] Enveloped(byte[] digest, SignatureProfile profile) => Encoding.ASCII.GetBytes(Methods
        + "<Reference URI=\"\"><Transforms>" + Empty("Transform", XmlDsig.Enveloped)
        + (profile.ExplicitC14N ? Empty("Transform", XmlDsig.C14N) : "") + "</Transforms>" + Digest(digest) + "</Reference>");

    /// <summary>The inside of <c>SignedInfo</c> with the two references of a form.</summary>
    internal static byte[] TwoReferences(string partId, byte[] objectDigest, byte[] partDigest) => Encoding.UTF8.GetBytes(Methods
        + $"<Reference URI=\"#{ObjectId(partId)}\">" + Digest(objectDigest) + $"</Reference><Reference URI=\"#{partId}\">" + Digest(partDigest) + "</Reference>");

    /// <summary>The inside of <c>Object</c>: the signing time, in no namespace.</summary>
    internal static byte[] ObjectInside(string partId, DateTimeOffset at) => Encoding.UTF8.GetBytes(
        $"<SignatureProperties xmlns=\"\"><SignatureProperty Id=\"{PropertyId(partId)}\" Target=\"#{SignatureId(partId)}\"><SigningTime>"
        + at.InVietnam().ToString(XmlDsig.SigningTimeFormat, CultureInfo.InvariantCulture)
        + "</SigningTime></SignatureProperty></SignatureProperties>");

    internal static string SignatureId(string partId) => "CHUKYDONVI-" + partId;

    internal static string ObjectId(string partId) => "Object-" + SignatureId(partId);

    internal static string PropertyId(string partId) => "SignatureProperty-" + SignatureId(partId);

    /// <summary>The slot's start tag with an id of its own.</summary>
    internal static byte[] SlotWithId(SignatureSlot slot, string partId) => Encoding.UTF8.GetBytes($"<{slot.Element} Id=\"{SignatureId(partId)}\">");

    /// <summary>The <c>Object</c> element around what <see cref="ObjectInside"/> made.</summary>
    internal static byte[] Object(string partId, ReadOnlySpan<byte> inside) =>
        Bytes.Join(Encoding.UTF8.GetBytes($"<Object Id=\"{ObjectId(partId)}\">"), inside, "</Object>"u8);

    /// <summary>The whole <c>Signature</c> element; <paramref name="last"/> is its <c>Object</c> or empty.</summary>
    internal static byte[] Whole(string id, ReadOnlySpan<byte> inside, ReadOnlySpan<byte> value, ReadOnlySpan<byte> keyInfo, ReadOnlySpan<byte> last)
    {
        byte[] head = Encoding.UTF8.GetBytes($"<Signature xmlns=\"{XmlDsig.Namespace}\" Id=\"{id}\"><SignedInfo>");
        byte[] middle = Encoding.ASCII.GetBytes("</SignedInfo><SignatureValue>" + Convert.ToBase64String(value) + "</SignatureValue>");
        return Bytes.Join(head, inside, middle, Bytes.Join(keyInfo, last, "</Signature>"u8));
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

    private static string Methods => Empty("CanonicalizationMethod", XmlDsig.C14N) + Empty("SignatureMethod", XmlDsig.RsaSha256);

    private static string Digest(byte[] digest) =>
        Empty("DigestMethod", XmlDsig.Sha256) + "<DigestValue>" + Convert.ToBase64String(digest) + "</DigestValue>";

    private static string Empty(string name, string algorithm) => $"<{name} Algorithm=\"{algorithm}\"></{name}>";
}
