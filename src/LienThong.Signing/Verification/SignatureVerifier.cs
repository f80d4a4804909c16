namespace LienThong.Signing;

/// <summary>Checks signed documents.</summary>
public static class SignatureVerifier
{
    /// <summary>Verifies <paramref name="document"/> under <paramref name="policy"/>.</summary>
    public static VerificationReport Verify(ReadOnlyMemory<byte> document, VerificationPolicy policy) =>
        new() { Valid = false, Reason = SignatureFault.Malformed.Code(), Message = document.IsEmpty ? "Tệp rỗng." : policy.Profile.Name, Checks = [] };
}
