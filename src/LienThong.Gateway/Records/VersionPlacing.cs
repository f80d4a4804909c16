using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Records;

/// <summary>Where a new version goes beside those that are there (processes.md §5).</summary>
internal static class VersionPlacing
{
    public const string His = "His";
    public const string Correction = "Correction";
    public const string HisChanged = "HIS gửi lại hồ sơ đã thay đổi";

    /// <summary>Reason of a version of the hospital system that came without one.</summary>
    public static ChangeReason Unexplained { get; } = new(ChangeReasons.HisChanged, HisChanged);

    /// <summary>
    /// Adds a version: it takes the current one's place, or waits while the current one is being sent or while a person has to
    /// settle a conflict. A version that waited before is superseded in any case.
    /// </summary>
    /// <param name="changes">The transaction's changes.</param>
    /// <param name="live">Current and waiting version of the record; empty for its first.</param>
    /// <param name="draft">The new version; its place and state are decided here.</param>
    /// <param name="conflict">Why it has to wait for a person; null when it needn't.</param>
    /// <returns>The version as added.</returns>
    public static NewVersion Add(RecordChanges changes, IReadOnlyList<VersionRow> live, NewVersion draft, string? conflict)
    {
        VersionRow? current = live.FirstOrDefault(v => v.IsCurrent != 0);
        VersionRow? waiting = live.FirstOrDefault(v => v.IsWaiting != 0);
        bool sending = current?.RecordState == RecordState.Sending;
        if (waiting is not null)
            changes.Supersede(waiting, draft.Actor, $"phiên bản {draft.Version}");
        bool waits = sending || conflict is not null;
        if (current is not null && !waits)
            changes.Supersede(current, draft.Actor, $"phiên bản {draft.Version}");
        RecordState judged = draft.Findings.Blocked ? RecordState.Invalid : RecordState.Ready;
        NewVersion placed = draft with
        {
            State = conflict is null ? judged : RecordState.Held,
            StateCause = conflict,
            IsCurrent = !waits,
            IsWaiting = waits,
        };
        changes.AddVersion(placed);
        return placed;
    }

    /// <summary>Lets a version that waited for the end of a sending take over. One held for a person goes on waiting.</summary>
    public static void Promote(RecordChanges changes, IReadOnlyList<VersionRow> live, string actor)
    {
        VersionRow? current = live.FirstOrDefault(v => v.IsCurrent != 0);
        VersionRow? waiting = live.FirstOrDefault(v => v.IsWaiting != 0);
        if (waiting is null || waiting.RecordState == RecordState.Held || current is null || current.RecordState == RecordState.Sending)
            return;
        changes.Supersede(current, actor, $"phiên bản {waiting.Version}");
        changes.Place(waiting, current: true, waiting: false);
        if (waiting.RecordState == RecordState.Ready)
            changes.Enqueue(waiting, RecordChanges.SignStage);
    }
}
