using System.Security.Cryptography;
using System.Xml;
using LienThong.Signing.Canonical;

namespace LienThong.Signing;

/// <summary>Signs documents into their slot <c>CHUKYDONVI</c>. Pure: same document, key, <see cref="SignOptions.SignatureId"/> and profile give the same bytes. Safe to call from several threads.</summary>
public static class PackageSigner
{
    /// <summary>Signs <paramref name="document"/> with <paramref name="key"/>.</summary>
    /// <param name="document">The file as it is, UTF-8 or UTF-16 with its mark. Every byte outside the slot is kept: mark, declaration, line ends. What stands in the slot, an older signature included, is replaced. A document without slot gets one, right before the root's end tag.</param>
    /// <param name="key">The facility's key.</param>
    /// <param name="options">Moment, profile and bounds.</param>
    /// <returns><see cref="SignResult.Signed"/>, or <see cref="SignResult.Refused"/> with the reason; nothing a document, key or certificate can cause is thrown.</returns>
    /// <exception cref="ArgumentException"><see cref="SignOptions.SignatureId"/> is no XML name.</exception>
    public static SignResult Sign(ReadOnlyMemory<byte> document, IKeySource key, SignOptions options)
    {
        string id = IdOf(options);
        CertificateFacts facts = CertificateFacts.Of(key.Certificate);
        SignatureFault fault = Unfit(facts, options);
        if (fault != SignatureFault.None) return new SignResult.Refused(fault, CertificateRules.Message(fault, key.Certificate));
        if (document.Length > options.MaxBytes) return TooLarge(options.MaxBytes);
        SourceText? source = SourceText.Open(document);
        if (source is null) return new SignResult.Refused(SignatureFault.Malformed, "Tệp không phải văn bản UTF-8 (hoặc UTF-16 có BOM) như đã khai báo; hãy xuất lại bằng UTF-8.");
        SigningGround ground = SigningGround.Of(source, options.Profile.Slot);
        return ground.Fault == SignatureFault.None ? Finish(source, ground, key, facts, id, options) : new SignResult.Refused(ground.Fault, ground.Message);
    }

    private static SignResult Finish(SourceText source, SigningGround ground, IKeySource key, CertificateFacts facts, string id, SignOptions options)
    {
        string digest = Convert.ToBase64String(ground.Digest);
        byte[] inside = SignatureText.SignedInfoInside(digest, options.Profile);
        byte[] value;
        try
        {
            value = key.SignData(SignedInfoForm.Of(inside, ground.Root));
        }
        catch (CryptographicException)
        {
            return new SignResult.Refused(SignatureFault.KeyUnavailable, "Chưa ký được vì không dùng được khóa lúc này; hãy kiểm tra thiết bị ký rồi thử lại.");
        }

        byte[] signature = SignatureText.Whole(id, inside, value, facts.KeyInfo);
        byte[] bytes = source.Assemble(ground.Before.Span, Bytes.Join(ground.OpenTag, signature, ground.CloseTag), ground.After.Span);
        return new SignResult.Signed(bytes, Receipt(ground, facts, id, digest, options));
    }

    private static SignatureFault Unfit(CertificateFacts facts, SignOptions options)
    {
        if (options.ExpectedSerial is not null && !CertificateRules.SameSerial(options.ExpectedSerial, facts.Serial))
            return SignatureFault.NotRegistered;
        SignatureFault dates = CertificateRules.Dates(facts.NotBefore, facts.NotAfter, options.At);
        return dates == SignatureFault.None ? facts.Lasting : dates;
    }

    private static SigningReceipt Receipt(SigningGround ground, CertificateFacts facts, string id, string digest, SignOptions options) => new(
        id, options.Profile.Name, options.At, facts.Serial, facts.Subject, facts.Issuer, facts.Thumbprint, facts.NotAfter,
        [.. facts.Der], digest, ground.Replaced, ground.Inserted);

    // An XML Id can't begin with a digit, so the GUID gets a prefix.
    private static string IdOf(SignOptions options) =>
        options.SignatureId is null ? "id" + Guid.NewGuid().ToString("N") : VerifiedName(options.SignatureId);

    private static string VerifiedName(string id)
    {
        try
        {
            return XmlConvert.VerifyNCName(id);
        }
        catch (XmlException e)
        {
            throw new ArgumentException("SignatureId must be an XML name without colon.", nameof(id), e);
        }
    }

    private static SignResult.Refused TooLarge(int maxBytes) =>
        new(SignatureFault.Malformed, $"Tệp lớn hơn giới hạn {maxBytes / (1024 * 1024)} MB.");
}
