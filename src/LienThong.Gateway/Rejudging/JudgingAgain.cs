using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Standard;

namespace LienThong.Gateway.Rejudging;

/// <summary>Judging a stored version again, one or a hundred thousand.</summary>
internal static class JudgingAgain
{
    /// <summary>Today's findings of a stored record. What was wrong with its file stays wrong, even where rebuilding the record hides the fault.</summary>
    public static JudgedFindings Judge(IRecordJudge judge, Record record, DateTimeOffset now, string facility, IReadOnlyList<StoredFinding> before)
    {
        JudgedFindings judged = judge.Judge(record, now, facility).Findings;
        List<StoredFinding>? kept = null;
        foreach (StoredFinding old in before)
        {
            if (old.FromFile && !judged.All.Any(n => n.Rule == old.Rule && n.Table == old.Table && n.Row == old.Row))
                (kept ??= []).Add(old);
        }
        return kept is null ? judged : judged with { All = [.. kept, .. judged.All] };
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
