namespace LienThong.Signing.Verification;

/// <summary>The values of a signature that matches the profile to the letter.</summary>
/// <param name="DigestValue">32 bytes: of the document, or of a form's signed element.</param>
/// <param name="SignatureValue">Bytes of the RSA signature.</param>
/// <param name="Certificate">The one embedded certificate, as decoded; not parsed yet.</param>
internal sealed record ParsedSignature(byte[] DigestValue, byte[] SignatureValue, byte[] Certificate)
{
    /// <summary>32 bytes, of a form's <c>Object</c>; null for enveloped signatures.</summary>
    internal byte[]? ObjectDigest { get; init; }

    /// <summary>The moment a form names, as its signer claims it; null for enveloped signatures.</summary>
    internal DateTimeOffset? SigningTime { get; init; }
}
