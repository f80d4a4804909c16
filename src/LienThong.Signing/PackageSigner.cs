using System.Security.Cryptography;
using LienThong.Signing.Canonical;

namespace LienThong.Signing;

/// <summary>Signs documents into their slot <c>CHUKYDONVI</c>. Pure: same document, key, <see cref="SignOptions.SignatureId"/>, profile and (for forms) moment give the same bytes. Safe to call from several threads.</summary>
public static class PackageSigner
{
    internal const string Unreachable = "Chưa ký được vì không dùng được khóa lúc này; hãy kiểm tra thiết bị ký rồi thử lại.";

    /// <summary>Signs <paramref name="document"/> with <paramref name="key"/>.</summary>
    /// <param name="document">The file as it is, UTF-8 or UTF-16 with its mark. Every byte outside the slot is kept: mark, declaration, line ends. What stands in the slot, an older signature included, is replaced. A document without slot gets one, right before the root's end tag.</param>
    /// <param name="key">The facility's key.</param>
    /// <param name="options">Moment, profile and bounds.</param>
    /// <returns><see cref="SignResult.Signed"/>, or <see cref="SignResult.Refused"/> with the reason; nothing a document, key or certificate can cause is thrown.</returns>
    /// <exception cref="ArgumentException"><see cref="SignOptions.SignatureId"/> is no XML name, or given for a form, whose ids follow from the document's.</exception>
    public static SignResult Sign(ReadOnlyMemory<byte> document, IKeySource key, SignOptions options)
    {
        Check(options);
        CertificateFacts facts = CertificateFacts.Of(key.Certificate);
        SignatureFault fault = facts.Unfit(options);
        if (fault != SignatureFault.None) return new SignResult.Refused(fault, CertificateRules.Message(fault, key.Certificate));
        if (document.Length > options.MaxBytes) return TooLarge(options.MaxBytes);
        SourceText? source = SourceText.Open(document);
        if (source is null) return NoText();
        SigningGround ground = SigningGround.Of(source, options.Profile);
        return ground.Fault == SignatureFault.None ? Finish(source, ground, key, facts, options) : new SignResult.Refused(ground.Fault, ground.Message);
    }

    private static SignResult Finish(SourceText source, SigningGround ground, IKeySource key, CertificateFacts facts, SignOptions options)
    {
        if (ground.PartId is { } name && !XmlDsig.IsName(name))
            return new SignResult.Refused(SignatureFault.Profile, $"Id của {options.Profile.SignedElement} không phải tên XML (không bắt đầu bằng chữ số, không có dấu hai chấm hay khoảng trắng).");
        (string id, byte[] inside, byte[] last) = Texts(ground, options);
        byte[] value;
        try
        {
            value = key.SignData(SubsetForm.Of("SignedInfo", null, inside, ground.Root));
        }
        catch (CryptographicException)
        {
            return new SignResult.Refused(SignatureFault.KeyUnavailable, Unreachable);
        }

        byte[] signature = SignatureText.Whole(id, inside, value, facts.KeyInfo, last);
        byte[] inserted = ground.OpenTag.Length == 0 ? signature : Bytes.Join(ground.OpenTag, signature, ground.CloseTag);
        return new SignResult.Signed(source.Assemble(ground.Before, inserted, ground.After), facts.Receipt(id, Convert.ToBase64String(ground.Digest), ground.Replaced, ground.Inserted, options));
    }

    private static (string Id, byte[] Inside, byte[] Last) Texts(SigningGround ground, SignOptions options)
    {
        // An XML Id can't begin with a digit, so the GUID gets a prefix.
        if (ground.PartId is not { } part)
            return (options.SignatureId ?? "id" + Guid.NewGuid().ToString("N"), SignatureText.Enveloped(ground.Digest, options.Profile), []);
        byte[] about = SignatureText.ObjectInside(part, options.At);
        byte[] digest = SHA256.HashData(SubsetForm.Of("Object", SignatureText.ObjectId(part), about, ground.Root));
        return (SignatureText.SignatureId(part), SignatureText.TwoReferences(part, digest, ground.Digest), SignatureText.Object(part, about));
    }

    private static void Check(SignOptions options)
    {
        if (options.SignatureId is null) return;
        if (options.Profile.SignedElement is not null) throw new ArgumentException("A form's SignatureId follows from the document.", nameof(options));
        if (!XmlDsig.IsName(options.SignatureId)) throw new ArgumentException("SignatureId must be an XML name without colon.", nameof(options));
    }

    internal static SignResult.Refused NoText() =>
        new(SignatureFault.Malformed, "Tệp không phải văn bản UTF-8 (hoặc UTF-16 có BOM) như đã khai báo; hãy xuất lại bằng UTF-8.");

    internal static SignResult.Refused TooLarge(int maxBytes) =>
        new(SignatureFault.Malformed, $"Tệp lớn hơn giới hạn {maxBytes / (1024 * 1024)} MB.");
}
