using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography.X509Certificates;
using LienThong.Signing;

namespace LienThong.PortalSimulator;

/// <summary>Judges submissions in the portal's order of checks; storing is the last step and the caller's decision.</summary>
internal sealed class SubmissionDesk(SimulatorOptions options, SimulatorClock clock, TokenDesk tokens) : IDisposable
{
    private readonly X509Certificate2[] authorities = Import(options.TrustedAuthorityPem);

    /// <summary>What was found out about a submission. <paramref name="Refusal"/> null: it may be stored.</summary>
    public sealed record Judgement(Reply? Refusal, string UserName, string FacilityCode, string MaLk, string Month, byte[] Document, bool WasJson);

    public void Dispose()
    {
        foreach (X509Certificate2 authority in authorities)
            authority.Dispose();
    }

    /// <summary>Looks at everything, stores nothing.</summary>
    /// <param name="service">Which service was called.</param>
    /// <param name="headers">Token, id and digest.</param>
    /// <param name="form">The fields; null when the body is neither form nor JSON.</param>
    public Judgement Judge(SimulatorService service, IHeaderDictionary headers, FormFields? form)
    {
        string user = form?["username"] ?? "", facility = form is null ? "" : service.Facility(form);
        byte[]? document = form is null ? null : Decode(form.Bytes(service.DocumentField));
        DocumentInspection? inspection = document is null or { Length: 0 } || document.Length > options.MaxDocumentBytes
            ? null
            : DocumentInspection.Of(document, service.Shape);
        Reply? refusal = Session(headers, form, user, facility)
            ?? Form(service, form, facility, document)
            ?? (document!.Length > options.MaxDocumentBytes ? Reply.Of("1001", "Tệp quá lớn") : null)
            ?? Document(service, user, facility, document, inspection!);
        string key = service.IsForm ? FormKey(service, form) : inspection?.Key ?? "";
        return new Judgement(refusal, user, facility, key, inspection?.Month ?? "", document ?? [], form?.WasJson ?? false);
    }

    private Reply? Session(IHeaderDictionary headers, FormFields? form, string user, string facility)
    {
        SimulatorAccount? account = tokens.Check(
            headers["accessToken"].ToString(), headers["tokenId"].ToString(), headers["passwordHash"].ToString());
        if (account is null || (form is not null && user.Length > 0 && user != account.UserName))
            return Reply.Of("401", "Chưa xác thực");
        if (facility.Length > 0 && account.FacilityCode.Length > 0 && facility != account.FacilityCode)
            return Reply.Of("402", "Mã cơ sở không thuộc tài khoản");
        return account.Locked ? Reply.Of("403", "Tài khoản bị khóa") : null;
    }

    /// <summary>A form has no MA_LK: what is sent again is the same form, of the same period where it has one.</summary>
    private static string FormKey(SimulatorService service, FormFields? form) =>
        service.HasPeriod && form is not null ? $"{service.Name} {form["kyQT"]}" : service.Name;

    private static Reply? Form(SimulatorService service, FormFields? form, string facility, byte[]? document)
    {
        if (form is null || (service.IsJson && !form.WasJson))
            return Reply.Of("205", "Sai định dạng tham số");
        foreach (string field in service.Fields)
        {
            if (form.Bytes(field).IsEmpty)
                return Reply.Of("205", $"Thiếu tham số {field}");
        }

        if (facility.Length == 0)
            return Reply.Of("205", $"Thiếu tham số {(service.IsJson ? "maCskcb" : "maCSKCB")}");
        if (form[service.TypeField] != service.RecordType)
            return Reply.Of("205", $"{service.TypeField} phải là {service.RecordType}");
        if (form["maTinh"].Length != 2)
            return Reply.Of("205", "maTinh phải có 2 ký tự");
        if (service.HasPeriod && !DateOnly.TryParseExact(form["kyQT"], "yyyyMM", out _))
            return Reply.Of("205", "kyQT phải có dạng yyyyMM");
        return document is { Length: > 0 } ? null : Reply.Of("205", $"{service.DocumentField} không giải mã được");
    }

    private Reply? Document(SimulatorService service, string user, string facility, byte[] document, DocumentInspection inspection)
    {
        if (options.RefuseByteOrderMark && document.AsSpan().StartsWith("\uFEFF"u8))
            return Reply.Of("201", "Tệp XML không đúng định dạng: có BOM ở đầu tệp");
        Reply? refusal = inspection.Structure(facility);
        if (service.IsForm && refusal is { Code: "201" })
            refusal = refusal with { Code = "204" }; // the forms' code for a file that can't be opened
        if (refusal is null && (options.SignatureRequired || inspection.LooksSigned))
            refusal = inspection.Slot() ?? Signature(user, document, inspection);
        return refusal ?? inspection.Content();
    }

    private Reply? Signature(string user, byte[] document, DocumentInspection inspection)
    {
        if (!inspection.LooksSigned)
            return Reply.Of("125", "Tệp chưa ký số");
        IReadOnlyList<string> serials = tokens.Find(user)!.CertificateSerials;
        VerificationReport report = SignatureVerifier.Verify(document, new VerificationPolicy
        {
            At = clock.Now,
            Trust = authorities,
            RegisteredSerials = serials.Count == 0 ? null : serials,
        });
        // Without a configured authority the simulator trusts what is registered, as the portal does.
        bool good = report.Valid || (authorities.Length == 0 && report.Reason == SignatureFault.Untrusted.Code());
        return good ? null : Reply.Of("125", $"Chữ ký số không hợp lệ ({report.Reason}): {report.Message}");
    }

    /// <summary>The document's bytes; null when it isn't base64. A space is a raw <c>+</c> that the sender forgot to encode.</summary>
    private static byte[]? Decode(Memory<byte> base64)
    {
        if (base64.Span.Contains((byte)' '))
            return null;
        return Base64.DecodeFromUtf8InPlace(base64.Span, out int length) == OperationStatus.Done
            ? base64.Span[..length].ToArray()
            : null;
    }

    private static X509Certificate2[] Import(string? pem)
    {
        var certificates = new X509Certificate2Collection();
        if (pem is not null)
            certificates.ImportFromPem(pem);
        return [.. certificates];
    }
}
