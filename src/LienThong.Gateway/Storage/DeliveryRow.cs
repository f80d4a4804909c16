using LienThong.Gateway.Deliveries;
using LienThong.Portal;

namespace LienThong.Gateway.Storage;

/// <summary>A delivery as the sender needs it.</summary>
internal sealed class DeliveryRow
{
    public const string Columns = """
        w.delivery_id, w.facility, w.channel, w.service, w.subject_kind, w.subject_id, w.subject_version, w.ma_lk, w.release, w.period, w.document_ref,
        w.document_sha256, w.certificate_serial, w.priority, w.state, w.state_at, w.attempts, w.resends, w.due_at, w.first_due_at, w.deadline_at,
        w.lease_owner, w.leased_until, w.attempt_id, w.cause, w.transaction_code, w.actor, w.created_at
        """;

    public long DeliveryId { get; init; }
    public string Facility { get; init; } = "";
    public string Channel { get; init; } = "";
    public string Service { get; init; } = "";
    public string SubjectKind { get; init; } = "";
    public string SubjectId { get; init; } = "";
    public int SubjectVersion { get; init; }
    public string MaLk { get; init; } = "";
    public string Release { get; init; } = "";
    public string Period { get; init; } = "";
    public string DocumentRef { get; init; } = "";
    public string DocumentSha256 { get; init; } = "";
    public string? CertificateSerial { get; init; }
    public int Priority { get; init; }
    public string State { get; set; } = "";
    public long StateAt { get; init; }
    public int Attempts { get; set; }
    public int Resends { get; set; }
    public long? DueAt { get; set; }
    public long FirstDueAt { get; set; }
    public long? DeadlineAt { get; init; }
    public string? LeaseOwner { get; set; }
    public long? LeasedUntil { get; set; }
    public long? AttemptId { get; set; }
    public string? Cause { get; set; }
    public string? TransactionCode { get; set; }
    public string Actor { get; init; } = "";
    public long CreatedAt { get; init; }

    public DeliveryState DeliveryState => Enum.Parse<DeliveryState>(State);

    public PortalService PortalService => Enum.Parse<PortalService>(Service);

    public DeliverySubject Subject => Enum.Parse<DeliverySubject>(SubjectKind);
}

/// <summary>A delivery to make.</summary>
internal sealed record NewDelivery(
    string Facility, string Channel, PortalService Service, DeliverySubject Subject, string SubjectId, int SubjectVersion, string MaLk, string Release,
    string DocumentRef, string DocumentSha256, string? CertificateSerial, string Actor)
{
    public string Period { get; init; } = "";
}

/// <summary>How a call ended, as stored.</summary>
internal sealed record AttemptEnd(
    string Outcome, string? Code, string? Message, int? HttpStatus = null, string? TransactionCode = null, string? ReceivedAt = null, byte[]? Answer = null, bool Simulator = false);
