using LienThong.Gateway.Records;
using LienThong.Validation;

namespace LienThong.Gateway.History;

/// <summary>Judges records beside those that are stored.</summary>
internal static class BesideOthers
{
    /// <summary>Adds what the rules over several records say to what was said of the record alone.</summary>
    /// <returns>All findings, and the other records they are about.</returns>
    public static (JudgedFindings Findings, IReadOnlyList<RecordFacts> Partners) Judge(
        IRecordJudge judge, JudgedFindings alone, RecordFacts? facts, HistorySnapshot others, DateTimeOffset at)
    {
        if (facts is null)
            return (alone, []);
        JudgedBeside beside = judge.JudgeBeside(facts, others, at);
        return beside.Findings.Count == 0 ? (alone, []) : (alone with { All = [.. alone.All, .. beside.Findings] }, beside.Partners);
    }

    /// <summary>Stored records that a new version concerns: those it has a finding with, and those the version before had one with.</summary>
    public static IEnumerable<RecordFacts> Concerned(
        IRecordJudge judge, RecordFacts facts, IReadOnlyList<RecordFacts> partners, HistorySnapshot others, DateTimeOffset at)
    {
        IEnumerable<RecordFacts> all = others.Before(facts) is { } before ? partners.Concat(judge.JudgeBeside(before, others, at).Partners) : partners;
        return all.Where(p => p.Id.Length > 0 && p.Id != facts.Id);
    }
}
