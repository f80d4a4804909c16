using System.Text.Json;
using LienThong.Extracts;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Records;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Intake;

/// <summary>A record read and judged, ready to be stored.</summary>
internal sealed record PendingRecord(
    IntakeFile File, int Hoso, string Facility, string MaLk, RecordSummary Summary, JudgedFindings Alone, byte[] Content, string Sha256)
{
    /// <summary>Findings of the record alone, and beside others once these were looked at.</summary>
    public JudgedFindings Findings { get; set; } = Alone;

    /// <summary>What other records may ask of it.</summary>
    public RecordFacts? Facts { get; init; }

    /// <summary>Where the content lies once it is archived.</summary>
    public ArchiveRef? Reference { get; set; }

    /// <summary>The visit it was built from; null for a record that came as one.</summary>
    public PendingVisit? Visit { get; init; }
}

/// <summary>The visit of a record that is going to be stored.</summary>
/// <param name="Source">The visit as JSON with the places of its rows.</param>
/// <param name="Fingerprint">Hash of what it says, whatever the places.</param>
/// <param name="Revision">How often the hospital system changed it; null when it doesn't say.</param>
/// <param name="Reason">Why it was changed, as the hospital system says; null when it doesn't.</param>
/// <param name="IsPaid">It was paid.</param>
/// <param name="Problems">What was noted on the way; none of it blocks.</param>
internal sealed record PendingVisit(
    byte[] Source, string Fingerprint, long? Revision, string? Reason, bool IsPaid, IReadOnlyList<ExtractProblem> Problems)
{
    /// <summary>Where the source lies once it is archived.</summary>
    public ArchiveRef? Reference { get; set; }

    /// <summary>Only the payment was added to the version before.</summary>
    public bool AddsPayment { get; set; }
}

/// <summary>A file while it is being taken in, with its ledger.</summary>
internal sealed class IntakeFile(Guid id, string name, Stored content, long receivedAt)
{
    public Guid Id { get; } = id;

    public string Name { get; } = name;

    public Stored Content { get; } = content;

    public long ReceivedAt { get; } = receivedAt;

    public string Facility { get; set; } = "";

    public int? Declared { get; set; }

    public bool HasSignature { get; set; }

    /// <summary>Set once the whole file is read and holds exactly one record: then the file itself is the record's content.</summary>
    public bool IsSingle { get; set; }

    public IReadOnlyList<Problem> Problems { get; set; } = [];

    public List<IntakeRecord> Ledger { get; } = [];

    /// <summary>Visits that became records; null for a package, whose records are counted as found.</summary>
    public int? Built { get; set; }

    /// <summary>What kind of file it is.</summary>
    public IntakeKind Kind => Built is null ? IntakeKind.Package : IntakeKind.Visits;

    public IntakeReport ToReport()
    {
        Ledger.Sort((a, b) => a.Hoso.CompareTo(b.Hoso));
        int refused = Ledger.Count(r => r.Verdict == IntakeVerdict.Refused);
        // A block without a record concerns the file: part of it could not be read.
        bool torn = Problems.Any(p => p is { Severity: Severity.Block, Hoso: null });
        IntakeOutcome outcome = Ledger.Count == 0 || refused == Ledger.Count ? IntakeOutcome.Refused
            : refused > 0 || torn ? IntakeOutcome.Partial
            : IntakeOutcome.Complete;
        return new IntakeReport(Id, Name, Content.Reference.Sha256, outcome, Facility, Declared, Ledger, Problems) { Built = Built };
    }

    public object?[] ToRow(string actor, long? finishedAt)
    {
        IntakeReport report = ToReport();
        byte[]? problems = Problems.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(Problems);
        return
        [
            Id.ToString(), Facility, Name, Content.Reference.Sha256, Content.Reference.ToString(), Content.Bytes, actor, ReceivedAt, finishedAt,
            finishedAt is null ? "Reading" : report.Outcome.ToString(), Declared, report.Found, report.Stored, report.Duplicates, report.Refused,
            report.Blocked, problems, Kind.ToString(), Built,
        ];
    }
}
