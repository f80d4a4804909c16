using LienThong.Signing.Canonical;

namespace LienThong.Signing.Verification;

/// <summary>Compares a signature with its profile literally, before anything is computed: whatever isn't named here is refused, so no weak algorithm, XPath or XSLT is ever reached.</summary>
internal static class ProfileCheck
{
    /// <summary>The values, or a Vietnamese sentence saying what isn't our profile.</summary>
    internal static (ParsedSignature? Signature, string Message) Read(SignatureElement signature, SignatureProfile profile, DocumentFacts facts)
    {
        bool isForm = profile.SignedElement is not null;
        if (isForm && !SignatureShape.Has(signature, ["Id"], "SignedInfo", "SignatureValue", "KeyInfo", "Object"))
            return (null, "Chữ ký của biểu mẫu phải gồm đúng SignedInfo, SignatureValue, KeyInfo và Object.");
        if (!isForm && !SignatureShape.Has(signature, ["Id"], "SignedInfo", "SignatureValue", "KeyInfo"))
            return (null, "Chữ ký phải gồm đúng SignedInfo, SignatureValue và KeyInfo.");
        if (Methods(signature.Children[0]) is { } problem) return (null, problem);
        byte[]? value = SignatureShape.Has(signature.Children[1], ["Id"]) ? SignatureShape.Base64(signature.Children[1]) : null;
        if (value is null) return (null, "SignatureValue không phải base64.");
        byte[]? certificate = Certificate(signature.Children[2]);
        if (certificate is null) return (null, "KeyInfo phải có đúng một X509Data với đúng một X509Certificate.");
        return isForm
            ? TwoReferenceCheck.Read(signature, profile, facts, new ParsedSignature([], value, certificate))
            : Enveloped(signature.Children[0], new ParsedSignature([], value, certificate));
    }

    /// <summary>The algorithm a signature names, wherever it says so; for the report only.</summary>
    internal static string? Algorithm(SignatureElement signature)
    {
        SignatureElement? info = signature.Children.Find(static c => c.Is("SignedInfo"));
        return info?.Children.Find(static c => c.Is("SignatureMethod"))?.Attribute("Algorithm");
    }

    private static string? Methods(SignatureElement info)
    {
        if (info.Children.Count < 3 || !SignatureShape.HasOnly(info, ["Id"]) || !string.IsNullOrWhiteSpace(info.Text)
            || !info.Children[0].Is("CanonicalizationMethod") || !info.Children[1].Is("SignatureMethod"))
            return "SignedInfo phải bắt đầu bằng CanonicalizationMethod và SignatureMethod, rồi đến Reference.";
        if (!SignatureShape.Names(info.Children[0], XmlDsig.C14N)) return "CanonicalizationMethod không phải C14N 1.0 không chú thích.";
        return SignatureShape.Names(info.Children[1], XmlDsig.RsaSha256) ? null : "Thuật toán ký không được phép; chỉ nhận RSA-SHA256.";
    }

    private static (ParsedSignature? Signature, string Message) Enveloped(SignatureElement info, ParsedSignature values)
    {
        if (info.Children.Count != 3 || !info.Children[2].Is("Reference")) return (null, "SignedInfo phải có đúng một Reference.");
        SignatureElement reference = info.Children[2];
        if (!SignatureShape.Has(reference, ["Id", "URI"], "Transforms", "DigestMethod", "DigestValue"))
            return (null, "Reference phải có Transforms, DigestMethod và DigestValue.");
        if (reference.Attribute("URI") is not "") return (null, "Reference phải có URI=\"\" (ký cả tài liệu).");
        if (!Transforms(reference.Children[0])) return (null, "Transforms phải là enveloped-signature, có thể thêm C14N 1.0 sau đó; không nhận biến đổi khác.");
        return SignatureShape.Digest(reference) is { } digest
            ? (values with { DigestValue = digest }, "")
            : (null, "Thuật toán băm không được phép (chỉ nhận SHA-256), hoặc DigestValue không phải 32 byte base64.");
    }

    private static bool Transforms(SignatureElement transforms) =>
        (SignatureShape.Has(transforms, [], "Transform") && SignatureShape.Names(transforms.Children[0], XmlDsig.Enveloped))
        || (SignatureShape.Has(transforms, [], "Transform", "Transform")
            && SignatureShape.Names(transforms.Children[0], XmlDsig.Enveloped) && SignatureShape.Names(transforms.Children[1], XmlDsig.C14N));

    // KeyName, KeyValue and RetrievalMethod are skipped, never used: trust comes from the policy alone.
    private static byte[]? Certificate(SignatureElement keyInfo)
    {
        SignatureElement? data = Single(keyInfo, "X509Data");
        SignatureElement? certificate = data is null ? null : Single(data, "X509Certificate");
        return certificate is { Children.Count: 0 } ? SignatureShape.Base64(certificate) : null;
    }

    private static SignatureElement? Single(SignatureElement parent, string name)
    {
        List<SignatureElement> found = parent.Children.FindAll(c => c.Is(name));
        return found.Count == 1 ? found[0] : null;
    }
}
