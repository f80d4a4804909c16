using LienThong.Signing.Canonical;

namespace LienThong.Signing.Verification;

/// <summary>Compares a signature with profile E literally, before anything is computed: whatever isn't named here is refused, so no weak algorithm, XPath or XSLT is ever reached.</summary>
internal static class ProfileCheck
{
    private const int DigestLength = 32;

    /// <summary>The values, or a Vietnamese sentence saying what isn't our profile.</summary>
    internal static (ParsedSignature? Signature, string Message) Read(SignatureElement signature)
    {
        if (!Shape(signature, ["Id"], "SignedInfo", "SignatureValue", "KeyInfo"))
            return (null, "Chữ ký phải gồm đúng SignedInfo, SignatureValue và KeyInfo.");
        SignatureElement info = signature.Children[0];
        string? problem = SignedInfo(info) ?? SignatureValue(signature.Children[1]);
        if (problem is not null) return (null, problem);
        byte[]? digest = Base64(info.Children[2].Children[2]);
        if (digest is not { Length: DigestLength }) return (null, "DigestValue không phải 32 byte base64.");
        byte[]? value = Base64(signature.Children[1]);
        if (value is null) return (null, "SignatureValue không phải base64.");
        byte[]? certificate = Certificate(signature.Children[2]);
        return certificate is null
            ? (null, "KeyInfo phải có đúng một X509Data với đúng một X509Certificate.")
            : (new ParsedSignature(digest, value, certificate), "");
    }

    /// <summary>The algorithm a signature names, wherever it says so; for the report only.</summary>
    internal static string? Algorithm(SignatureElement signature)
    {
        SignatureElement? info = signature.Children.Find(static c => c.Is("SignedInfo"));
        return info?.Children.Find(static c => c.Is("SignatureMethod"))?.Attribute("Algorithm");
    }

    private static string? SignedInfo(SignatureElement info)
    {
        if (!Shape(info, ["Id"], "CanonicalizationMethod", "SignatureMethod", "Reference"))
            return "SignedInfo phải có đúng một CanonicalizationMethod, một SignatureMethod và một Reference.";
        if (!Names(info.Children[0], XmlDsig.C14N)) return "CanonicalizationMethod không phải C14N 1.0 không chú thích.";
        if (!Names(info.Children[1], XmlDsig.RsaSha256)) return "Thuật toán ký không được phép; chỉ nhận RSA-SHA256.";
        return Reference(info.Children[2]);
    }

    private static string? Reference(SignatureElement reference)
    {
        if (!Shape(reference, ["Id", "URI"], "Transforms", "DigestMethod", "DigestValue"))
            return "Reference phải có Transforms, DigestMethod và DigestValue.";
        if (reference.Attribute("URI") is not "") return "Reference phải có URI=\"\" (ký cả tài liệu).";
        if (!Names(reference.Children[1], XmlDsig.Sha256)) return "Thuật toán băm không được phép; chỉ nhận SHA-256.";
        if (!Shape(reference.Children[2], [])) return "DigestValue có nội dung lạ.";
        return Transforms(reference.Children[0])
            ? null
            : "Transforms phải là enveloped-signature, có thể thêm C14N 1.0 sau đó; không nhận biến đổi khác.";
    }

    private static bool Transforms(SignatureElement transforms) =>
        (Shape(transforms, [], "Transform") && Names(transforms.Children[0], XmlDsig.Enveloped))
        || (Shape(transforms, [], "Transform", "Transform")
            && Names(transforms.Children[0], XmlDsig.Enveloped) && Names(transforms.Children[1], XmlDsig.C14N));

    private static string? SignatureValue(SignatureElement value) =>
        Shape(value, ["Id"]) ? null : "SignatureValue có nội dung lạ.";

    // KeyName and KeyValue are skipped, never used: trust comes from the policy alone.
    private static byte[]? Certificate(SignatureElement keyInfo)
    {
        SignatureElement? data = Single(keyInfo, "X509Data");
        SignatureElement? certificate = data is null ? null : Single(data, "X509Certificate");
        return certificate is { Children.Count: 0 } ? Base64(certificate) : null;
    }

    private static SignatureElement? Single(SignatureElement parent, string name)
    {
        List<SignatureElement> found = parent.Children.FindAll(c => c.Is(name));
        return found.Count == 1 ? found[0] : null;
    }

    private static bool Names(SignatureElement method, string algorithm) =>
        Shape(method, ["Algorithm"]) && string.IsNullOrWhiteSpace(method.Text)
        && string.Equals(method.Attribute("Algorithm"), algorithm, StringComparison.Ordinal);

    // Exactly these children in this order, no attributes but the allowed ones, no text between children.
    private static bool Shape(SignatureElement element, string[] attributes, params ReadOnlySpan<string> children)
    {
        if (element.Children.Count != children.Length) return false;
        for (int i = 0; i < children.Length; i++)
        {
            if (!element.Children[i].Is(children[i])) return false;
        }

        foreach (Canonical.Attribute attribute in element.Attributes)
        {
            if (attribute.Prefix.Length > 0 || !attributes.Contains(attribute.LocalName, StringComparer.Ordinal)) return false;
        }

        return children.Length == 0 || string.IsNullOrWhiteSpace(element.Text);
    }

    private static byte[]? Base64(SignatureElement element)
    {
        byte[] bytes = new byte[element.Text.Length];
        return Convert.TryFromBase64String(element.Text, bytes, out int length) && length > 0 ? bytes[..length] : null;
    }
}
