using LienThong.Standard;
using LienThong.Validation;
using LienThong.Validation.Custom;

namespace LienThong.Gateway.Records;

/// <summary>Judges a record by the rules and lists of its date.</summary>
public interface IRecordJudge
{
    /// <summary>All findings of a record at a moment of checking.</summary>
    /// <param name="record">The record.</param>
    /// <param name="at">The moment of checking.</param>
    /// <param name="envelopeFacility"><c>MACSKCB</c> of the envelope it came in; empty when it came without.</param>
    Judged Judge(Record record, DateTimeOffset at, string envelopeFacility);

    /// <summary>What can be said of a visit that goes on; otherwise as <see cref="Judge"/>.</summary>
    /// <param name="record">The record so far.</param>
    /// <param name="at">The moment of checking.</param>
    /// <param name="envelopeFacility"><c>MACSKCB</c> of the envelope it came in; empty when it came without.</param>
    Judged JudgeOpen(Record record, DateTimeOffset at, string envelopeFacility) => Judge(record, at, envelopeFacility);

    /// <summary>All findings of a document of its own: a check-in (XML0) or a medical assessment (XML12).</summary>
    /// <param name="record">Its row.</param>
    /// <param name="at">The moment of checking.</param>
    /// <param name="facility">Facility whose lists and exceptions count.</param>
    Judged JudgeDocument(Record record, DateTimeOffset at, string facility) => Judge(record, at, facility);

    /// <summary>What the rules over several records say of one, beside what <see cref="Judge"/> said of it alone.</summary>
    /// <param name="facts">The record, as <see cref="Judged.Facts"/> or as stored.</param>
    /// <param name="history">The others.</param>
    /// <param name="at">The moment of checking.</param>
    JudgedBeside JudgeBeside(RecordFacts facts, IRecordHistory history, DateTimeOffset at) => JudgedBeside.Nothing;

    /// <summary>What <see cref="JudgeBeside"/> has to know about other records.</summary>
    /// <param name="facts">The record.</param>
    /// <param name="questions">Takes them.</param>
    void Ask(RecordFacts facts, List<HistoryQuestion> questions) => HistoryQuestion.Add(facts, CodeLists.None, questions);

    /// <summary>The codes whose claimed quantities <see cref="JudgeBeside"/> has to know, with the least quantity bought of each.</summary>
    /// <param name="facts">The record.</param>
    /// <param name="codes">Takes them.</param>
    void AskClaims(RecordFacts facts, Dictionary<string, decimal> codes)
    {
    }

    /// <summary>What one file of custom rules says of a record, whether or not the facility uses it.</summary>
    /// <param name="record">The record.</param>
    /// <param name="at">The moment of checking.</param>
    /// <param name="envelopeFacility">Facility when the record names none.</param>
    /// <param name="file">The rules.</param>
    IReadOnlyList<StoredFinding> JudgeBy(Record record, DateTimeOffset at, string envelopeFacility, CustomRuleFile file) => [];
}

/// <summary>What a judge says of a record.</summary>
/// <param name="Release">Release it was judged by; the record is written in it.</param>
/// <param name="Findings">Findings and what could not be checked.</param>
public sealed record Judged(Release Release, JudgedFindings Findings)
{
    /// <summary>What other records may ask of it; null when it has no XML1, or when records aren't judged beside others.</summary>
    public RecordFacts? Facts { get; init; }
}

/// <summary>Findings that involve other records.</summary>
/// <param name="Findings">Them.</param>
/// <param name="Partners">The other records: judged again, they may get or lose a finding.</param>
public sealed record JudgedBeside(IReadOnlyList<StoredFinding> Findings, IReadOnlyList<RecordFacts> Partners)
{
    /// <summary>No finding.</summary>
    public static JudgedBeside Nothing { get; } = new([], []);
}
