using LienThong.Gateway.Records;

namespace LienThong.Gateway.Storage;

internal sealed class ListRow
{
    public string RecordId { get; init; } = "";
    public string Facility { get; init; } = "";
    public string MaLk { get; init; } = "";
    public int Version { get; init; }
    public string State { get; init; } = "";
    public long StateAt { get; init; }
    public string? StateCause { get; init; }
    public string Name { get; init; } = "";
    public string NgayVao { get; init; } = "";
    public string NgayRa { get; init; } = "";
    public string MaLoaiKcb { get; init; } = "";
    public string Release { get; init; } = "";
    public long? TTongchiBv { get; init; }
    public long? TBhtt { get; init; }
    public int BlockCount { get; init; }
    public int WarnCount { get; init; }
    public int InfoCount { get; init; }
    public int NotCheckedCount { get; init; }
    public long? DeadlineAt { get; init; }
    public long ReceivedAt { get; init; }
    public long? DeadlineBase { get; init; }
    public string? DeadlineKind { get; init; }
    public string MaKhoa { get; init; } = "";

    public RecordListItem ToItem() => new(
        Guid.Parse(RecordId), Facility, MaLk, Version, Enum.Parse<RecordState>(State), Utc(StateAt), StateCause, Name, NgayVao, NgayRa, MaLoaiKcb, Release,
        TTongchiBv / 1000m, TBhtt / 1000m, BlockCount, WarnCount, InfoCount, DeadlineAt is { } end ? Utc(end) : null, Utc(ReceivedAt))
    {
        OriginalDeadline = DeadlineBase is { } first ? Utc(first) : null,
        DeadlineKind = DeadlineKind is null ? null : Enum.Parse<Deadlines.DeadlineKind>(DeadlineKind),
        Ward = MaKhoa,
    };

    public static DateTimeOffset Utc(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}

internal sealed class VersionDetailRow
{
    public int Version { get; init; }
    public string State { get; init; } = "";
    public int IsCurrent { get; init; }
    public int IsWaiting { get; init; }
    public string Origin { get; init; } = "";
    public string? Reason { get; init; }
    public string? ReasonCode { get; init; }
    public string? ReferenceNumber { get; init; }
    public string? ReferenceDate { get; init; }
    public string Actor { get; init; } = "";
    public long ReceivedAt { get; init; }
    public string ContentSha256 { get; init; } = "";
    public string? SignedSha256 { get; init; }
    public string? CertificateSerial { get; init; }

    public VersionView ToView(IReadOnlyList<CorrectionRow> corrections) => new(
        Version, Enum.Parse<RecordState>(State), IsCurrent != 0, IsWaiting != 0, Origin, Reason, Actor, ListRow.Utc(ReceivedAt), ContentSha256, SignedSha256,
        CertificateSerial, [.. corrections.Select(c => new CorrectionView(c.TableName, c.RowNumber, c.Field, c.OldValue, c.NewValue))])
    {
        ReasonCode = ReasonCode,
        ReferenceNumber = ReferenceNumber,
        ReferenceDate = ReferenceDate is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : null,
    };
}

internal sealed class HistoryRow
{
    public int Version { get; init; }
    public string? FromState { get; init; }
    public string ToState { get; init; } = "";
    public string Event { get; init; } = "";
    public string Actor { get; init; } = "";
    public long OccurredAt { get; init; }
    public string? Cause { get; init; }

    public HistoryEntry ToEntry() => new(
        Version, FromState is null ? null : Enum.Parse<RecordState>(FromState), Enum.Parse<RecordState>(ToState), Enum.Parse<RecordEvent>(Event), Actor,
        ListRow.Utc(OccurredAt), Cause);
}

internal sealed class SubmissionRow
{
    public string SubmissionId { get; init; } = "";
    public string RecordId { get; init; } = "";
    public int Version { get; init; }
    public string Facility { get; init; } = "";
    public string MaLk { get; init; } = "";
    public int Attempt { get; init; }
    public string? Follows { get; init; }
    public string? Outcome { get; init; }
    public string? Code { get; init; }
    public string? Message { get; init; }
    public int? HttpStatus { get; init; }
    public string? MaGiaoDich { get; init; }
    public string? ThoiGianTiepNhan { get; init; }
    public string RequestSha256 { get; init; } = "";
    public string? CertificateSerial { get; init; }
    public int Simulator { get; init; }
    public string? LaterState { get; init; }
    public string? LaterCode { get; init; }
    public string? LaterMessage { get; init; }
    public long? LaterAt { get; init; }
    public long StartedAt { get; init; }
    public long? EndedAt { get; init; }

    public SubmissionView ToView() => new(
        Guid.Parse(SubmissionId), Guid.Parse(RecordId), Version, Facility, MaLk, Attempt, Follows is null ? null : Guid.Parse(Follows), Outcome, Code, Message,
        HttpStatus, MaGiaoDich, ThoiGianTiepNhan, RequestSha256, CertificateSerial, Simulator != 0, LaterState, ListRow.Utc(StartedAt),
        EndedAt is { } end ? ListRow.Utc(end) : null)
    {
        LaterCode = string.IsNullOrEmpty(LaterCode) ? null : LaterCode,
        LaterMessage = string.IsNullOrEmpty(LaterMessage) ? null : LaterMessage,
        LaterAt = LaterAt is { } later ? ListRow.Utc(later) : null,
    };
}

internal sealed class StatusRow
{
    public string RecordId { get; init; } = "";
    public string Facility { get; init; } = "";
    public string MaLk { get; init; } = "";
    public int Version { get; init; }
    public string State { get; init; } = "";
    public string? StateCause { get; init; }
    public string? Cause { get; init; }
    public string? MaGiaoDich { get; init; }
    public long Attempts { get; init; }

    // An accepted record's cause is its transaction number, not an error.
    public RecordStatus ToStatus()
    {
        RecordState state = Enum.Parse<RecordState>(State);
        string? error = Cause ?? (state is RecordState.Accepted or RecordState.Signed ? null : StateCause);
        return new RecordStatus(Guid.Parse(RecordId), Facility, MaLk, Version, state, MaGiaoDich, (int)Attempts, error);
    }
}
