using System.Globalization;
using LienThong.Signing.Canonical;
using LienThong.Standard;

namespace LienThong.Signing.Verification;

/// <summary>The part of the profile that forms of TT 12/2026/TT-BTC have of their own: first the signature's object with the time, then the signed element, both by id and without transforms.</summary>
internal static class TwoReferenceCheck
{

    internal static (ParsedSignature? Signature, string Message) Read(
        SignatureElement signature, SignatureProfile profile, DocumentFacts facts, ParsedSignature values)
    {
        string part = facts.PartId!;
        if (!XmlDsig.IsName(part)) return (null, $"Id của {profile.SignedElement} không phải tên XML.");
        if (signature.Attribute("Id") != SignatureText.SignatureId(part))
            return (null, $"Signature/@Id phải là CHUKYDONVI- và Id của {profile.SignedElement}.");
        if (profile.SlotCarriesId && facts.SlotId != SignatureText.SignatureId(part))
            return (null, $"{profile.Slot.Element}/@Id phải là CHUKYDONVI- và Id của {profile.SignedElement}.");
        SignatureElement info = signature.Children[0];
        if (info.Children.Count != 4) return (null, "SignedInfo phải có đúng hai Reference.");
        byte[]? about = Digest(info.Children[2], SignatureText.ObjectId(part));
        byte[]? content = Digest(info.Children[3], part);
        if (about is null || content is null)
            return (null, $"Hai Reference phải trỏ lần lượt tới Object và {profile.SignedElement}, không có Transforms, băm bằng SHA-256.");
        return Time(signature.Children[3], part) is { } time
            ? (values with { DigestValue = content, ObjectDigest = about, SigningTime = time }, "")
            : (null, "Object phải chỉ có SigningTime (yyyy-MM-ddTHH:mm:ss) của chính chữ ký này.");
    }

    private static byte[]? Digest(SignatureElement reference, string id) =>
        reference.Is("Reference") && SignatureShape.Has(reference, ["Id", "URI"], "DigestMethod", "DigestValue") && reference.Attribute("URI") == "#" + id
            ? SignatureShape.Digest(reference)
            : null;

    private static DateTimeOffset? Time(SignatureElement about, string part)
    {
        if (!SignatureShape.HasOnly(about, ["Id"]) || about.Attribute("Id") != SignatureText.ObjectId(part)) return null;
        if (Only(about, "SignatureProperties", []) is not { } properties || Only(properties, "SignatureProperty", ["Id", "Target"]) is not { } property) return null;
        if (property.Attribute("Id") != SignatureText.PropertyId(part) || property.Attribute("Target") != "#" + SignatureText.SignatureId(part)) return null;
        return Only(property, "SigningTime", []) is { Children.Count: 0 } time
            && DateTime.TryParseExact(time.Text, XmlDsig.SigningTimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local)
            ? new DateTimeOffset(local, VietnamTime.Offset)
            : null;
    }

    // The only child, which is in no namespace.
    private static SignatureElement? Only(SignatureElement parent, string name, string[] attributes) =>
        parent.Children.Count == 1 && parent.Children[0] is { Namespace: "" } child && child.LocalName == name
        && SignatureShape.HasOnly(child, attributes) && string.IsNullOrWhiteSpace(parent.Text) ? child : null;
}
