using System.Globalization;
using System.Text.Json;
using LienThong.Gateway.Catalogues;
using LienThong.Gateway.Receipts;
using LienThong.Gateway.Records;

namespace LienThong.Gateway.Storage;

/// <summary>A run as stored.</summary>
internal sealed class ReconciliationRunRow
{
    public const string ByDischarge = "Discharge";
    public const string ByReception = "Reception";

    public const string Columns = """
        run_id, facility, kind, state, file_name, content_ref, sha256, as_of, seen_until, simulator, repeats, range_by, range_from, range_to, row_count, refused,
        confirmed, expected, counts, problems, more_problems, stage, cursor_key, cursor_number, done, differences, actor, applied_by, created_at, finished_at
        """;

    public string RunId { get; init; } = "";
    public string Facility { get; init; } = "";
    public string Kind { get; set; } = "";
    public string State { get; init; } = "";
    public string FileName { get; init; } = "";
    public string ContentRef { get; init; } = "";
    public string Sha256 { get; init; } = "";
    public long AsOf { get; init; }
    public long SeenUntil { get; set; }
    public int Simulator { get; set; }
    public string? Repeats { get; init; }
    public string RangeBy { get; set; } = "";
    public string? RangeFrom { get; set; }
    public string? RangeTo { get; set; }
    public long RowCount { get; set; }
    public long Refused { get; set; }
    public int Confirmed { get; init; }
    public string Expected { get; set; } = "{}";
    public string Counts { get; set; } = "{}";
    public string Problems { get; set; } = "[]";
    public int MoreProblems { get; set; }
    public string Stage { get; set; } = "";
    public string CursorKey { get; set; } = "";
    public long CursorNumber { get; set; }
    public long Done { get; set; }
    public long Differences { get; set; }
    public string Actor { get; init; } = "";
    public string? AppliedBy { get; init; }
    public long CreatedAt { get; init; }
    public long? FinishedAt { get; init; }

    public PortalListKind ListKind => Enum.Parse<PortalListKind>(Kind);

    public ReconciliationCounts Tally() => JsonSerializer.Deserialize<ReconciliationCounts>(Counts)!;

    public Reconciliation ToView()
    {
        ReconciliationCounts expected = JsonSerializer.Deserialize<ReconciliationCounts>(Expected)!;
        return new Reconciliation(
            Guid.Parse(RunId), Facility, ListKind, Enum.Parse<ReconciliationState>(State), FileName, Sha256, ListRow.Utc(AsOf), Simulator != 0,
            Repeats is null ? null : Guid.Parse(Repeats), Day(RangeFrom), Day(RangeTo), RangeBy == ByReception, RowCount, Refused, Done,
            expected.Listed >= 10 && expected.Matched * 2 < expected.Listed, expected, Tally(), JsonSerializer.Deserialize<List<CatalogueProblem>>(Problems)!, MoreProblems,
            Actor, AppliedBy, ListRow.Utc(CreatedAt), FinishedAt is { } end ? ListRow.Utc(end) : null);
    }

    public static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A row of a list that waits to be worked through.</summary>
internal sealed class StagedRow
{
    public string RowKey { get; init; } = "";
    public long Number { get; init; }
    public int Line { get; init; }
    public string MaLk { get; init; } = "";
    public string MaGiaoDich { get; init; } = "";
    public string Received { get; init; } = "";
    public string NgayRa { get; init; } = "";
    public long? Total { get; init; }
    public long? Fund { get; init; }
    public string Verdict { get; init; } = "";
    public string Code { get; init; } = "";
    public string Message { get; init; } = "";

    public PortalRow ToRow() => new(
        Line, MaLk, MaGiaoDich, Received, NgayRa, Total / 1000m, Fund / 1000m, Enum.Parse<RowVerdict>(Verdict), Code, Message);
}

/// <summary>A call to the portal with the version it sent, as comparison needs it.</summary>
internal sealed class ReceiptRow
{
    public string SubmissionId { get; init; } = "";
    public string RecordId { get; init; } = "";
    public int Version { get; init; }
    public int Attempt { get; init; }
    public string? Outcome { get; set; }
    public string? MaGiaoDich { get; set; }
    public string? ThoiGianTiepNhan { get; set; }
    public long StartedAt { get; init; }
    public long? EndedAt { get; init; }
    public string? LaterState { get; set; }
    public string? LaterCode { get; set; }
    public string? LaterMessage { get; set; }
    public long? LaterAt { get; set; }
    public string State { get; init; } = "";
    public string NgayRa { get; init; } = "";
    public long? TTongchiBv { get; init; }
    public long? TBhtt { get; init; }

    /// <summary>The portal has it: it said so, or a list did.</summary>
    public bool IsReceived => Outcome == "Accepted" || LaterState is not null;
}

internal sealed class CaseRow
{
    public string RecordId { get; init; } = "";
    public string Facility { get; init; } = "";
    public string MaLk { get; init; } = "";
    public string Part { get; init; } = "";
    public string Code { get; init; } = "";
    public string Message { get; init; } = "";
    public string OpenedRun { get; init; } = "";
    public long OpenedAt { get; init; }
    public string ChangedRun { get; init; } = "";
    public long ChangedAt { get; init; }
    public int Version { get; init; }
    public string State { get; init; } = "";

    public ReconciliationCase ToView() => new(
        Guid.Parse(RecordId), Facility, MaLk, Enum.Parse<CaseGroup>(Part), Version, Enum.Parse<RecordState>(State), Code, Message, ListRow.Utc(OpenedAt), ListRow.Utc(ChangedAt));
}

internal sealed class DifferenceRow
{
    public long Ordinal { get; init; }
    public string Kind { get; init; } = "";
    public string MaLk { get; init; } = "";
    public string? RecordId { get; init; }
    public int? Version { get; init; }
    public string? State { get; init; }
    public string Field { get; init; } = "";
    public string Ours { get; init; } = "";
    public string Theirs { get; init; } = "";
    public string Code { get; init; } = "";
    public string Message { get; init; } = "";
    public int? Line { get; init; }

    public ReconciliationDifference ToView() => new(
        Ordinal, Enum.Parse<DifferenceKind>(Kind), MaLk, RecordId is null ? null : Guid.Parse(RecordId), Version, State is null ? null : Enum.Parse<RecordState>(State),
        Field, Ours, Theirs, Code, Message, Line);
}

/// <summary>One of our records that a list lacks.</summary>
internal sealed class MissingRow
{
    public string RecordId { get; init; } = "";
    public int Version { get; init; }
    public string MaLk { get; init; } = "";
    public string State { get; init; } = "";
    public string NgayRa { get; init; } = "";
    public string CursorKey { get; init; } = "";
    public long CursorNumber { get; init; }
}

internal sealed class UnconfirmedRow
{
    public string RecordId { get; init; } = "";
    public string Facility { get; init; } = "";
    public string MaLk { get; init; } = "";
    public int Version { get; init; }
    public string State { get; init; } = "";
    public long SentAt { get; init; }
    public string Id { get; init; } = "";
}
