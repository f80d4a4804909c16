using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LienThong.Signing.Canonical;
using LienThong.Signing.Verification;

namespace LienThong.Signing;

/// <summary>Checks signed documents step by step, as a receiver that trusts nothing in the file. Never throws for what a file holds; fetches and executes nothing.</summary>
public static class SignatureVerifier
{
    /// <summary>Verifies <paramref name="document"/> under <paramref name="policy"/>.</summary>
    /// <param name="document">The file as received.</param>
    /// <param name="policy">Whom to trust, at which moment, how much to read.</param>
    /// <returns>A report with one entry per check. Without a trust list only mathematics and profile are proven: not valid, reason <c>untrusted</c>.</returns>
    public static VerificationReport Verify(ReadOnlyMemory<byte> document, VerificationPolicy policy)
    {
        CheckList checks = new();
        if (document.Length > policy.MaxBytes)
            return Stop(checks, "well-formed", SignatureFault.Malformed, $"Tệp lớn hơn giới hạn {policy.MaxBytes / (1024 * 1024)} MB.");
        SourceText? source = SourceText.Open(document);
        if (source is null)
            return Stop(checks, "well-formed", SignatureFault.Malformed, "Tệp không phải văn bản UTF-8 (hoặc UTF-16 có BOM) như đã khai báo.");
        DocumentFacts facts = DocumentReading.Of(source, policy.Profile, policy.KeepSigned);
        if (facts.Fault == SignatureFault.Malformed) return Stop(checks, "well-formed", facts.Fault, facts.Message);
        checks.Add("well-formed", SignatureFault.None);
        if (facts.Fault != SignatureFault.None) return Stop(checks, "place", facts.Fault, facts.Message, facts.Signature);
        if (facts.Signature is null)
            return Stop(checks, "place", SignatureFault.Missing, $"Tệp chưa có chữ ký trong {policy.Profile.Slot.Element}.");
        checks.Add("place", SignatureFault.None);
        (ParsedSignature? signature, string message) = ProfileCheck.Read(facts.Signature, policy.Profile, facts);
        if (signature is null) return Stop(checks, "profile", SignatureFault.Profile, message, facts.Signature);
        checks.Add("profile", SignatureFault.None);
        return Judge(checks, facts, facts.Signature, signature, policy);
    }

    private static VerificationReport Judge(
        CheckList checks, DocumentFacts facts, SignatureElement element, ParsedSignature signature, VerificationPolicy policy)
    {
        Digest(checks, facts, element, signature);
        EmbeddedCertificate? embedded = EmbeddedCertificate.Parse(signature.Certificate);
        if (embedded is null)
            return Stop(checks, "value", SignatureFault.Certificate, "Không đọc được chứng thư trong chữ ký.", element);
        byte[] signedInfo = SubsetForm.Of(element.Children[0], element, facts.Root);
        SignatureFault value = embedded.Verify(signedInfo, signature.SignatureValue);
        checks.Add("value", value, value switch
        {
            SignatureFault.None => "",
            SignatureFault.Value => "Giá trị chữ ký không khớp chứng thư; chữ ký bị sửa hoặc không phải của chứng thư này.",
            _ => CertificateRules.Message(value, embedded.Certificate),
        });
        Certificate(checks, embedded, policy, signature.SigningTime);
        VerificationReport report = checks.Report(element);
        return report with
        {
            Signer = embedded.Signer,
            Serial = embedded.Serial,
            Thumbprint = embedded.Thumbprint,
            NotAfter = embedded.NotAfter,
            SigningTime = signature.SigningTime,
            Signed = report.Valid && facts.Signed is { } signed ? new ReadOnlyMemory<byte>(signed) : default(ReadOnlyMemory<byte>?),
        };
    }

    private static void Digest(CheckList checks, DocumentFacts facts, SignatureElement element, ParsedSignature signature)
    {
        bool same = CryptographicOperations.FixedTimeEquals(facts.Digest, signature.DigestValue);
        bool sameTime = signature.ObjectDigest is not { } expected
            || CryptographicOperations.FixedTimeEquals(SHA256.HashData(SubsetForm.Of(element.Children[3], element, facts.Root)), expected);
        checks.Add("digest", same && sameTime ? SignatureFault.None : SignatureFault.Digest,
            !same ? "Nội dung đã bị sửa sau khi ký; hãy lấy lại tệp gốc hoặc ký lại."
            : !sameTime ? "Thời điểm ký trong chữ ký đã bị sửa; hãy lấy lại tệp gốc hoặc ký lại." : "");
    }

    private static void Certificate(CheckList checks, EmbeddedCertificate embedded, VerificationPolicy policy, DateTimeOffset? signingTime)
    {
        X509Certificate2 certificate = embedded.Certificate;
        if (policy.RegisteredSerials is null) checks.Skip("registered");
        else Rule(checks, "registered", certificate, Registered(policy.RegisteredSerials, certificate));
        SignatureFault dates = CertificateRules.Dates(embedded.NotBefore, embedded.NotAfter, policy.At);
        if (dates == SignatureFault.None && signingTime is { } claimed) dates = CertificateRules.Dates(embedded.NotBefore, embedded.NotAfter, claimed);
        Rule(checks, "dates", certificate, dates);
        TrustPath path = embedded.PathUnder(policy);
        checks.Add("trust", path.IsTrusted ? SignatureFault.None : SignatureFault.Untrusted, path.IsTrusted ? "" : Untrusted(policy));
        Rule(checks, "key-usage", certificate, embedded.UsageFault);
        RevocationCheck.Run(checks, policy, path);
    }

    private static SignatureFault Registered(IReadOnlyCollection<string> serials, X509Certificate2 certificate)
    {
        foreach (string serial in serials)
        {
            if (CertificateRules.SameSerial(serial, certificate.SerialNumber)) return SignatureFault.None;
        }

        return SignatureFault.NotRegistered;
    }

    private static string Untrusted(VerificationPolicy policy) => policy.Trust.Count == 0
        ? "Chưa chỉ ra chứng thư tin cậy: mới chứng minh được chữ ký khớp nội dung, chưa biết của ai."
        : "Chứng thư ký không nằm trong danh sách tin cậy và không do nơi cấp tin cậy cấp.";

    private static void Rule(CheckList checks, string name, X509Certificate2 certificate, SignatureFault fault) =>
        checks.Add(name, fault, fault == SignatureFault.None ? "" : CertificateRules.Message(fault, certificate));

    private static VerificationReport Stop(
        CheckList checks, string name, SignatureFault fault, string message, SignatureElement? signature = null)
    {
        checks.Add(name, fault, message);
        return checks.Report(signature);
    }
}
