namespace LienThong.Signing;

/// <summary>Shows that a signer works, without any patient's data.</summary>
public static class SigningProbe
{
    private static readonly byte[] Empty = "<GIAMDINHHS><CHUKYDONVI></CHUKYDONVI></GIAMDINHHS>"u8.ToArray();

    /// <summary>Signs an empty package and verifies it. The signature is worth nothing and isn't kept.</summary>
    /// <returns><see cref="SignResult.Signed"/> when all is well, otherwise why not.</returns>
    public static async Task<SignResult> RunAsync(IDocumentSigner signer, DateTimeOffset at, CancellationToken ct)
    {
        SignResult result = await signer.SignAsync(Empty, new SignOptions { At = at }, ct);
        if (result is not SignResult.Signed signed) return result;
        VerificationReport report = SignatureVerifier.Verify(signed.Bytes, new VerificationPolicy { At = at, Trust = [signer.Certificate], RegisteredSerials = [signer.Certificate.SerialNumber] });
        return report.Valid ? result : new SignResult.Refused(SignatureFault.Value, $"Chữ ký thử không tự kiểm tra được: {report.Message}");
    }
}
