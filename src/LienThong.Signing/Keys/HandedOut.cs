using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LienThong.Signing.Canonical;

namespace LienThong.Signing;

/// <summary>A document handed to a service that signs it, and the judge of what comes back. Pure: how it travels is somebody else's business.</summary>
/// <remarks>Of the answer only what stands inside the slot is taken, and put into our own bytes. So nothing outside the slot can change, whatever the service does to the rest of the file.</remarks>
public sealed class HandedOut
{
    private const int MaxSignatureBytes = 1024 * 1024;
    private readonly SourceText? source;
    private readonly SigningGround? ground;
    private readonly X509Certificate2 certificate;
    private readonly SignOptions options;

    private HandedOut(SourceText? source, SigningGround? ground, X509Certificate2 certificate, SignOptions options, SignResult.Refused? refusal)
    {
        (this.source, this.ground, this.certificate, this.options, Refusal) = (source, ground, certificate, options, refusal);
        Document = refusal is null ? Filled([]) : [];
    }

    /// <summary>Why the document must not be handed out (certificate expired, not XML, …); null when it may.</summary>
    public SignResult.Refused? Refusal { get; }

    /// <summary>The bytes to hand out: the document with an empty slot, also when an older signature stood there.</summary>
    public byte[] Document { get; }

    /// <summary>Prepares a document.</summary>
    /// <param name="document">The file as it is, see <see cref="PackageSigner.Sign"/>.</param>
    /// <param name="certificate">The certificate the service has to sign with.</param>
    /// <param name="options">Moment, profile and bounds.</param>
    public static HandedOut Of(ReadOnlyMemory<byte> document, X509Certificate2 certificate, SignOptions options)
    {
        SignatureFault fault = CertificateFacts.Of(certificate).Unfit(options);
        if (fault != SignatureFault.None) return No(new SignResult.Refused(fault, CertificateRules.Message(fault, certificate)));
        if (document.Length > options.MaxBytes) return No(PackageSigner.TooLarge(options.MaxBytes));
        SourceText? text = SourceText.Open(document);
        if (text is null) return No(PackageSigner.NoText());
        SigningGround found = SigningGround.Of(text, options.Profile);
        return found.Fault == SignatureFault.None
            ? new HandedOut(text, found, certificate, options, null)
            : No(new SignResult.Refused(found.Fault, found.Message));

        HandedOut No(SignResult.Refused refusal) => new(null, null, certificate, options, refusal);
    }

    /// <summary>Judges the answer: the same document outside the slot, and in the slot a signature of our profile, by the certificate expected, that holds over our bytes.</summary>
    /// <param name="answer">What the service gave back.</param>
    /// <returns>
    /// <see cref="SignResult.Signed"/>, or why the answer is no good: <see cref="SignatureFault.BadAnswer"/> for another document, <see cref="SignatureFault.NotRegistered"/> for another
    /// certificate, otherwise what the verifier found.
    /// </returns>
    /// <exception cref="InvalidOperationException">There is a <see cref="Refusal"/>: nothing was handed out.</exception>
    public SignResult Accept(ReadOnlyMemory<byte> answer)
    {
        if (ground is null || source is null) throw new InvalidOperationException("Nothing was handed out.");
        if (answer.Length > (long)options.MaxBytes + MaxSignatureBytes) return Bad("trả về tệp quá lớn");
        if (SourceText.Open(answer) is not { } returned) return Bad("trả về tệp không phải văn bản UTF-8");
        SigningGround theirs = SigningGround.Of(returned, options.Profile);
        if (theirs.Fault != SignatureFault.None) return Bad("trả về tệp không dùng được: " + theirs.Message.TrimEnd('.'));
        if (!CryptographicOperations.FixedTimeEquals(theirs.Digest, ground.Digest)) return Bad("trả về hồ sơ khác với hồ sơ đã gửi (nội dung ngoài CHUKYDONVI bị sửa)");
        if (SlotPlace.Find(returned.Utf8.Span, options.Profile.Slot) is not { Inserted: false } place) return Bad("trả về hồ sơ chưa có chữ ký");
        byte[] signed = Filled(Inside(returned.Utf8.Span, place));
        return Verified(signed);
    }

    private SignResult Verified(byte[] signed)
    {
        CertificateFacts facts = CertificateFacts.Of(certificate);
        VerificationReport report = SignatureVerifier.Verify(signed, new VerificationPolicy
        {
            At = options.At,
            Trust = [certificate],
            RegisteredSerials = [facts.Serial],
            Profile = options.Profile,
            MaxBytes = int.MaxValue,
        });
        if (report.Thumbprint is { } thumbprint && thumbprint != facts.Thumbprint)
        {
            return new SignResult.Refused(SignatureFault.NotRegistered,
                $"Dịch vụ ký số ký bằng chứng thư khác (số sê-ri {report.Serial}) với chứng thư của cơ sở ({facts.Serial}); hãy kiểm tra tài khoản và chứng thư ở dịch vụ ký số.");
        }

        if (!report.Valid)
        {
            SignatureFault fault = report.Checks.First(static c => c.State == CheckState.Failed).Fault;
            return fault == SignatureFault.Missing ? Bad("trả về hồ sơ chưa có chữ ký")
                : new SignResult.Refused(fault, "Dịch vụ ký số trả về chữ ký không dùng được: " + report.Message);
        }

        return new SignResult.Signed(signed, facts.Receipt(report.SignatureId ?? "", Digest(signed), ground!.Replaced, ground.Inserted, options));
    }

    private string Digest(byte[] signed) => Convert.ToBase64String(DocumentReading.Of(SourceText.Open(signed)!, options.Profile).Digest);

    private byte[] Filled(ReadOnlySpan<byte> inside) => Bytes.Join(source!.Assemble(ground!.Before, Bytes.Join(ground.OpenTag, inside, ground.CloseTag), ground.After));

    private static ReadOnlySpan<byte> Inside(ReadOnlySpan<byte> text, SlotPlace place)
    {
        ReadOnlySpan<byte> slot = text[place.Start..place.End];
        return slot.StartsWith(place.OpenTag) && slot.EndsWith(place.CloseTag) ? slot[place.OpenTag.Length..^place.CloseTag.Length] : [];
    }

    private static SignResult.Refused Bad(string what) =>
        new(SignatureFault.BadAnswer, $"Dịch vụ ký số {what}; hãy báo nơi cung cấp dịch vụ. Hồ sơ chưa được ký.");
}
