using System.Text.Json;
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

    public IntakeReport ToReport()
    {
        Ledger.Sort((a, b) => a.Hoso.CompareTo(b.Hoso));
        int refused = Ledger.Count(r => r.Verdict == IntakeVerdict.Refused);
        // A block without a record concerns the file: part of it could not be read.
        bool torn = Problems.Any(p => p is { Severity: Severity.Block, Hoso: null });
        IntakeOutcome outcome = Ledger.Count == 0 || refused == Ledger.Count ? IntakeOutcome.Refused
            : refused > 0 || torn ? IntakeOutcome.Partial
            : IntakeOutcome.Complete;
        return new IntakeReport(Id, Name, Content.Reference.Sha256, outcome, Facility, Declared, Ledger, Problems);
    }

    public object?[] ToRow(string actor, long? finishedAt)
    {
        IntakeReport report = ToReport();
        byte[]? problems = Problems.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(Problems);
        return
        [
            Id.ToString(), Facility, Name, Content.Reference.Sha256, Content.Reference.ToString(), Content.Bytes, actor, ReceivedAt, finishedAt,
            finishedAt is null ? "Reading" : report.Outcome.ToString(), Declared, report.Found, report.Stored, report.Duplicates, report.Refused,
            report.Blocked, problems,
        ];
    }
}
