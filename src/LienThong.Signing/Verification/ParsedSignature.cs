namespace LienThong.Signing.Verification;

/// <summary>The values of a signature that matches the profile to the letter.</summary>
/// <param name="DigestValue">32 bytes.</param>
/// <param name="SignatureValue">Bytes of the RSA signature.</param>
/// <param name="Certificate">The one embedded certificate, as decoded; not parsed yet.</param>
internal sealed record ParsedSignature(byte[] DigestValue, byte[] SignatureValue, byte[] Certificate);
