namespace LienThong.Signing;

/// <summary>Signs documents into their slot.</summary>
public static class PackageSigner
{
    /// <summary>Signs <paramref name="document"/> with <paramref name="key"/>.</summary>
    public static SignResult Sign(ReadOnlyMemory<byte> document, IKeySource key, SignOptions options) =>
        new SignResult.Refused(SignatureFault.Malformed, document.IsEmpty ? "Tệp rỗng." : options.Profile.Name);
}
