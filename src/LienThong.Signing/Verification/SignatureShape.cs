using LienThong.Signing.Canonical;

namespace LienThong.Signing.Verification;

/// <summary>Literal comparisons of parts of a signature: whatever isn't named is refused.</summary>
internal static class SignatureShape
{
    private const int DigestLength = 32;

    /// <summary>Exactly these XMLDSig children in this order, no attributes but the allowed ones, no text between children.</summary>
    internal static bool Has(SignatureElement element, string[] attributes, params ReadOnlySpan<string> children)
    {
        if (!HasOnly(element, attributes) || element.Children.Count != children.Length) return false;
        for (int i = 0; i < children.Length; i++)
        {
            if (!element.Children[i].Is(children[i])) return false;
        }

        return children.Length == 0 || string.IsNullOrWhiteSpace(element.Text);
    }

    /// <summary>No attributes but the allowed ones.</summary>
    internal static bool HasOnly(SignatureElement element, string[] attributes)
    {
        foreach (Canonical.Attribute attribute in element.Attributes)
        {
            if (attribute.Prefix.Length > 0 || !attributes.Contains(attribute.LocalName, StringComparer.Ordinal)) return false;
        }

        return true;
    }

    /// <summary>An empty element that names this algorithm and nothing else.</summary>
    internal static bool Names(SignatureElement method, string algorithm) =>
        Has(method, ["Algorithm"]) && string.IsNullOrWhiteSpace(method.Text)
        && string.Equals(method.Attribute("Algorithm"), algorithm, StringComparison.Ordinal);

    /// <summary>The two last children of a reference: SHA-256, and 32 bytes of digest. Null when they are anything else.</summary>
    internal static byte[]? Digest(SignatureElement reference)
    {
        if (!Names(reference.Children[^2], XmlDsig.Sha256) || !Has(reference.Children[^1], [])) return null;
        return Base64(reference.Children[^1]) is { Length: DigestLength } digest ? digest : null;
    }

    internal static byte[]? Base64(SignatureElement element)
    {
        byte[] bytes = new byte[element.Text.Length];
        return Convert.TryFromBase64String(element.Text, bytes, out int length) && length > 0 ? bytes[..length] : null;
    }
}
