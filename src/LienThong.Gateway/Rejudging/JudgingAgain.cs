using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Rejudging;

/// <summary>What judging a stored version again may change.</summary>
internal static class JudgingAgain
{
    /// <summary>What was wrong with the file a record came in stays wrong, even where rebuilding the record hides the fault.</summary>
    public static JudgedFindings Keep(JudgedFindings judged, IReadOnlyList<StoredFinding> before)
    {
        List<StoredFinding>? kept = null;
        foreach (StoredFinding old in before)
        {
            if (old.FromFile && !judged.All.Any(n => n.Rule == old.Rule && n.Table == old.Table && n.Row == old.Row))
                (kept ??= []).Add(old);
        }
        return kept is null ? judged : judged with { All = [.. kept, .. judged.All] };
    }

    /// <summary>Writes what judging a version again changed.</summary>
    public static void Store(RecordChanges changes, VersionRow version, JudgedAgain again, string actor, bool leased)
    {
        if (again is { Row.HasFacts: 0, Facts: { } facts })
            changes.Facts(version.RecordId, version.Version, version.Facility, facts);
        if (again.IsChanged)
            Store(changes, version, again.Findings, actor, leased);
    }

    /// <summary>
    /// Writes new findings. Only a version that is ready or blocked changes its state, and not while a worker holds it; one that is signed,
    /// held or sent keeps its own.
    /// </summary>
    public static void Store(RecordChanges changes, VersionRow version, JudgedFindings findings, string actor, bool leased)
    {
        RecordState to = findings.Blocked ? RecordState.Invalid : RecordState.Ready;
        if (!leased && version.RecordState is RecordState.Ready or RecordState.Invalid && to != version.RecordState)
        {
            changes.Move(version, to, RecordEvent.Revalidated, actor);
            if (to == RecordState.Ready)
                changes.Enqueue(version, RecordChanges.SignStage);
            else
                changes.Close(version);
        }
        changes.Findings(version, findings);
    }
}
