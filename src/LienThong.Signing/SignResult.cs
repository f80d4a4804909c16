namespace LienThong.Signing;

/// <summary>What became of a signing.</summary>
public abstract record SignResult
{
    private SignResult()
    {
    }

    /// <summary>The signed document: archive and send exactly these bytes.</summary>
    public sealed record Signed : SignResult
    {
        private byte[]? bytes;

        internal Signed(IReadOnlyList<ReadOnlyMemory<byte>> parts, SigningReceipt receipt) => (Parts, Receipt) = (parts, receipt);

        internal Signed(byte[] bytes, SigningReceipt receipt)
            : this((IReadOnlyList<ReadOnlyMemory<byte>>)[bytes], receipt) => this.bytes = bytes;

        /// <summary>The document in pieces, in their order. All but the signature is the very memory that was given to be signed: don't change that before the pieces are written.</summary>
        public IReadOnlyList<ReadOnlyMemory<byte>> Parts { get; }

        /// <summary>What to store beside it.</summary>
        public SigningReceipt Receipt { get; }

        /// <summary>The document in one piece, put together when first asked for; outside the slot every byte is the one received.</summary>
        public byte[] Bytes => bytes ??= Canonical.Bytes.Join(Parts);
    }

    /// <summary>Not signed. Never send the document unsigned instead.</summary>
    /// <param name="Fault">Why; <see cref="SignatureFault.KeyUnavailable"/> is the only one that may pass by itself.</param>
    /// <param name="Message">What to tell the person, in Vietnamese.</param>
    public sealed record Refused(SignatureFault Fault, string Message) : SignResult;
}

/// <summary>What is known of a signature just made, for archive and audit.</summary>
/// <param name="SignatureId">Value of <c>Signature/@Id</c>.</param>
/// <param name="Profile">Name of the profile.</param>
/// <param name="SignedAt">The moment given in <see cref="SignOptions.At"/>.</param>
/// <param name="Serial">Certificate serial, hexadecimal.</param>
/// <param name="Subject">Certificate subject.</param>
/// <param name="Issuer">Certificate issuer.</param>
/// <param name="Thumbprint">SHA-256 of the certificate's DER, hexadecimal.</param>
/// <param name="NotAfter">End of the certificate's validity.</param>
/// <param name="Certificate">The certificate's DER.</param>
/// <param name="DigestValue">Base64 of the SHA-256 over the canonical document (of a form: its signed element), as written into the reference.</param>
/// <param name="Replaced">Whether the slot held something before, which was replaced.</param>
/// <param name="SlotInserted">Whether the document had no <c>CHUKYDONVI</c> and got one as last child.</param>
public sealed record SigningReceipt(
    string SignatureId, string Profile, DateTimeOffset SignedAt, string Serial, string Subject, string Issuer,
    string Thumbprint, DateTimeOffset NotAfter, byte[] Certificate, string DigestValue, bool Replaced, bool SlotInserted);
