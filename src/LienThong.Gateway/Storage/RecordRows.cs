namespace LienThong.Gateway.Storage;

/// <summary>A version as the workers and use cases need it: no findings, no names.</summary>
internal sealed class VersionRow
{
    public const string Columns = """
        record_id, version, facility, ma_lk, state, is_current, is_waiting, origin, file_id, hoso, content_ref, content_sha256, arrived_signed, release,
        ngay_ra, ma_loai_kcb, block_count, not_checked_count, deadline_at, received_at, state_cause, signed_ref, signed_sha256, certificate_serial, reason,
        deadline_base, deadline_ground, ma_khoa
        """;

    public string RecordId { get; init; } = "";
    public int Version { get; init; }
    public string Facility { get; init; } = "";
    public string MaLk { get; init; } = "";
    public string State { get; set; } = "";
    public int IsCurrent { get; set; }
    public int IsWaiting { get; set; }
    public string Origin { get; init; } = "";
    public string? FileId { get; init; }
    public int Hoso { get; init; }
    public string ContentRef { get; init; } = "";
    public string ContentSha256 { get; init; } = "";
    public int ArrivedSigned { get; init; }
    public string Release { get; init; } = "";
    public string NgayRa { get; init; } = "";
    public string MaLoaiKcb { get; init; } = "";
    public int BlockCount { get; init; }
    public int NotCheckedCount { get; init; }
    public long? DeadlineAt { get; init; }
    public long ReceivedAt { get; init; }
    public string? StateCause { get; init; }
    public string? SignedRef { get; set; }
    public string? SignedSha256 { get; set; }
    public string? CertificateSerial { get; set; }
    public string? Reason { get; set; }
    public long? DeadlineBase { get; init; }
    public long DeadlineGround { get; init; }
    public string MaKhoa { get; init; } = "";

    /// <summary>Waits for a person because the hospital system changed a signed record without saying why.</summary>
    public bool LacksReason => this is { IsWaiting: 1, Version: > 1, Reason: null, RecordState: Records.RecordState.Held };

    public Records.RecordState RecordState
    {
        get => Enum.Parse<Records.RecordState>(State);
        set => State = value.ToString();
    }

    public string Key => $"{RecordId}/{Version}";
}

/// <summary>Everything of a new version that goes into its row.</summary>
internal sealed record NewVersion
{
    public required Guid RecordId { get; init; }
    public required int Version { get; init; }
    public required string Facility { get; init; }
    public required string MaLk { get; init; }
    public required Records.RecordState State { get; init; }
    public required bool IsCurrent { get; init; }
    public required bool IsWaiting { get; init; }
    public required string Origin { get; init; }
    public Records.ChangeReason? Reason { get; init; }
    public required string Actor { get; init; }
    public string? FileId { get; init; }
    public int Hoso { get; init; }
    public required string ContentRef { get; init; }
    public required string ContentSha256 { get; init; }
    public bool ArrivedSigned { get; init; }
    public required Records.RecordSummary Summary { get; init; }
    public required Records.JudgedFindings Findings { get; init; }
    public string? StateCause { get; init; }
    public required Deadlines.GroundedDeadline Deadline { get; init; }
    public required long ReceivedAt { get; init; }
    public Validation.RecordFacts? Facts { get; init; }
}

internal sealed class CorrectionRow
{
    public string RecordId { get; init; } = "";
    public int Version { get; init; }
    public string TableName { get; init; } = "";
    public int RowNumber { get; init; }
    public string Field { get; init; } = "";
    public string? OldValue { get; init; }
    public string NewValue { get; init; } = "";
}

internal sealed class WorkRow
{
    public const string Columns =
        "record_id, version, facility, stage, status, attempts, due_at, first_due_at, deadline_at, resends, submission_id, lease_owner, leased_until, cause";

    public string RecordId { get; init; } = "";
    public int Version { get; init; }
    public string Facility { get; init; } = "";
    public string Stage { get; init; } = "";
    public string Status { get; init; } = "";
    public int Attempts { get; init; }
    public long DueAt { get; init; }
    public long FirstDueAt { get; init; }
    public long DeadlineAt { get; init; }
    public int Resends { get; set; }
    public string? SubmissionId { get; init; }
    public string? LeaseOwner { get; init; }
    public long? LeasedUntil { get; init; }
    public string? Cause { get; init; }
}
