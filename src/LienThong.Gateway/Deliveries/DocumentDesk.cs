using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Portal;
using LienThong.Signing;
using LienThong.Standard;

namespace LienThong.Gateway.Deliveries;

/// <summary>What became of a document that was handed in for sending.</summary>
/// <param name="Change">Whether it was taken, and why not.</param>
/// <param name="Delivery">Its delivery; null when it wasn't taken.</param>
/// <param name="IsNew">False when these very bytes were handed in before.</param>
public sealed record DocumentTaken(DeliveryChange Change, long? Delivery, bool IsNew);

/// <summary>Takes signed documents that are neither record nor check-in: the medical assessment (XML12) and the forms 01–06/DM, 01/BH, 09/BH.</summary>
public sealed class DocumentDesk(Database database, FacilityStore facilities, SigningKeyStore keys, IArchive archive, DeliverySignal signal)
{
    private const int MostBytes = 64 * 1024 * 1024;

    /// <summary>Services documents can be handed in for, with the form whose signature they must carry; null for the enveloped signature of packages.</summary>
    public static IReadOnlyDictionary<PortalService, string?> Services { get; } = new Dictionary<PortalService, string?>
    {
        [PortalService.MedicalAssessment] = null,
        [PortalService.DepartmentsForm] = "01/DM",
        [PortalService.StaffForm] = "02/DM",
        [PortalService.DrugsForm] = "03/DM",
        [PortalService.SuppliesForm] = "04/DM",
        [PortalService.ServicesForm] = "05/DM",
        [PortalService.EquipmentForm] = "06/DM",
        [PortalService.MonthlySummary] = "01/BH",
        [PortalService.Adjustments] = "09/BH",
    };

    /// <summary>Verifies the signature by the service's profile and one of the facility's certificates, archives the bytes and puts them into the outbox.</summary>
    /// <param name="caller">Needs <see cref="Permissions.Submit"/>.</param>
    /// <param name="facility">Facility the document belongs to.</param>
    /// <param name="service">One of <see cref="Services"/>.</param>
    /// <param name="document">The signed bytes, sent as they are.</param>
    /// <param name="period">Settlement period <c>yyyyMM</c>, for 01/BH and 09/BH; otherwise null.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<DocumentTaken> SubmitAsync(Caller caller, string facility, PortalService service, byte[] document, string? period, CancellationToken ct)
    {
        if (!caller.May(Permissions.Submit))
            return Not(DeliveryChange.Forbidden);
        if (await facilities.FindAsync(caller, facility, ct) is null)
            return Not(DeliveryChange.NotFound);
        if (!Services.TryGetValue(service, out string? form))
            return Not(DeliveryChange.Refused($"Không nhận tài liệu loại {service} ở đây."));
        if (document.Length is 0 or > MostBytes)
            return Not(DeliveryChange.Refused("Tài liệu rỗng hoặc lớn hơn 64 MiB."));
        period = (period ?? "").Trim();
        bool wantsPeriod = service is PortalService.MonthlySummary or PortalService.Adjustments;
        if (wantsPeriod != period.Length > 0 || (wantsPeriod && !DateOnly.TryParseExact(period + "01", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)))
            return Not(DeliveryChange.Refused(wantsPeriod ? "Ghi kỳ quyết toán ở dạng yyyyMM." : "Loại tài liệu này không có kỳ quyết toán."));
        SignatureProfile profile = form is null ? SignatureProfile.EnvelopedPackage : FormProfiles.Named(form)!;
        if (form is null && RootOf(document) != "CHI_TIEU_GIAM_DINH_YKHOA")
            return Not(DeliveryChange.Refused("Tài liệu không phải giám định y khoa (CHI_TIEU_GIAM_DINH_YKHOA)."));
        X509Certificate2[] own = [.. (await keys.OfFacilityAsync(facility, ct)).Select(k => X509CertificateLoader.LoadCertificate(k.Certificate))];
        VerificationReport report = SignatureVerifier.Verify(document, new VerificationPolicy
        {
            At = database.Time.GetUtcNow(),
            Trust = own,
            RegisteredSerials = [.. own.Select(c => c.SerialNumber)],
            Profile = profile,
        });
        if (!report.Valid)
            return Not(DeliveryChange.Refused($"Chữ ký không hợp lệ: {report.Message}"));
        ArchiveRef reference = (await archive.PutManyAsync([document], ct))[0];
        await using WriteSession session = await database.BeginAsync(ct);
        (long id, bool isNew) = await DeliveryStore.AddAsync(session, new NewDelivery(
            facility, DeliveryLane.National, service, DeliverySubject.Form, $"{service}/{reference.Sha256}", 1, "", Releases.Newest.Id,
            reference.ToString(), reference.Sha256, report.Serial, caller.Name)
        {
            Period = period,
        }, ct);
        await session.CommitAsync(ct);
        signal.Pulse();
        return new DocumentTaken(DeliveryChange.Made, id, isNew);
    }

    private static DocumentTaken Not(DeliveryChange change) => new(change, null, false);

    private static string RootOf(byte[] document)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(new MemoryStream(document, writable: false), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return reader.MoveToContent() == XmlNodeType.Element ? reader.LocalName : "";
        }
        catch (XmlException)
        {
            return "";
        }
    }
}
