using LienThong.Standard;

namespace LienThong.Gateway.Records;

/// <summary>Judges a record by the rules and lists of its date.</summary>
public interface IRecordJudge
{
    /// <summary>All findings of a record at a moment of checking.</summary>
    /// <param name="record">The record.</param>
    /// <param name="at">The moment of checking.</param>
    /// <param name="envelopeFacility"><c>MACSKCB</c> of the envelope it came in; empty when it came without.</param>
    Judged Judge(Record record, DateTimeOffset at, string envelopeFacility);
}

/// <summary>What a judge says of a record.</summary>
/// <param name="Release">Release it was judged by; the record is written in it.</param>
/// <param name="Findings">Findings and what could not be checked.</param>
public sealed record Judged(Release Release, JudgedFindings Findings);
