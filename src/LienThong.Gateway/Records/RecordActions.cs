using LienThong.Gateway.Access;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Standard;

namespace LienThong.Gateway.Records;

/// <summary>What people do with a record: hold, release, resend, judge again. Corrections are in <see cref="RecordCorrections"/>.</summary>
public sealed class RecordActions
{
    private const int MostRetried = 1000;
    private readonly Database database;
    private readonly StoredJudging judging;
    private readonly RejudgeStore stored;
    private readonly WorkSignal signal;
    private readonly QueueQueries queue;

    internal RecordActions(Database database, StoredJudging judging, RejudgeStore stored, WorkSignal signal, QueueQueries queue) =>
        (this.database, this.judging, this.stored, this.signal, this.queue) = (database, judging, stored, signal, queue);

    /// <summary>Stops a record that isn't sent yet.</summary>
    /// <param name="caller">Needs <see cref="Permissions.EditRecords"/>.</param>
    /// <param name="id">The record.</param>
    /// <param name="reason">Why; required.</param>
    /// <param name="until">When somebody should look again; null for no date.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<ChangeResult> HoldAsync(Caller caller, Guid id, string reason, DateTimeOffset? until, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason))
            return new ChangeResult.Refused("reason-required", "Ghi lý do tạm giữ.");
        return await ChangeAsync(caller, Permissions.EditRecords, id, (changes, _, current, _) =>
        {
            if (current.RecordState is not (RecordState.Ready or RecordState.Invalid or RecordState.Signed))
                return WrongState(current, "tạm giữ");
            changes.Move(current, RecordState.Held, RecordEvent.HeldBy, caller.Name, reason.Trim(), until?.ToUnixTimeMilliseconds());
            changes.Close(current);
            return null;
        }, ct);
    }

    /// <summary>
    /// Lets a held record go on: it is judged again. When a version of the HIS waits because it lacks a correction or a reason,
    /// releasing means choosing that version.
    /// </summary>
    /// <param name="caller">Needs <see cref="Permissions.EditRecords"/>.</param>
    /// <param name="id">The record.</param>
    /// <param name="reason">Why a signed or sent record is replaced; needed when the version that waits came without one.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<ChangeResult> ReleaseAsync(Caller caller, Guid id, ChangeReason? reason, CancellationToken ct)
    {
        DateOnly today = database.Time.GetUtcNow().VietnamDay();
        Dictionary<int, JudgedAgain> judged = await JudgeAsync(caller, id, v => v.RecordState == RecordState.Held, ct);
        return await ChangeAsync(caller, Permissions.EditRecords, id, (changes, live, current, _) =>
        {
            VersionRow? held = live.Find(v => v is { IsWaiting: 1, RecordState: RecordState.Held }) ?? (current.RecordState == RecordState.Held ? current : null);
            if (held is null)
                return WrongState(current, "thả");
            if (held.LacksReason)
            {
                if (reason is null || reason.Shown.Length == 0)
                    return new ChangeResult.Refused("reason-required", "Hồ sơ trước đã ký hoặc đã gửi: ghi lý do thay bằng bản HIS gửi.");
                if (reason.Complaint(today) is { } complaint)
                    return new ChangeResult.Refused("bad-reason", complaint);
                changes.Explain(held, caller.Name, reason);
            }
            if (!judged.TryGetValue(held.Version, out JudgedAgain? result))
                return new ChangeResult.Refused("changed-meanwhile", "Hồ sơ vừa thay đổi; tải lại rồi thử lại.");
            changes.Move(held, RecordState.Received, RecordEvent.Released, caller.Name, reason is { Shown: { Length: > 0 } why } ? why : null);
            changes.Move(held, result.Findings.Blocked ? RecordState.Invalid : RecordState.Ready, RecordEvent.Validated, caller.Name);
            changes.Findings(held, result.Findings);
            if (held.IsWaiting != 0)
                VersionPlacing.Promote(changes, live, caller.Name);
            else if (held.RecordState == RecordState.Ready)
                changes.Enqueue(held, RecordChanges.SignStage);
            return null;
        }, ct);
    }

    /// <summary>Keeps the version that is there and drops the HIS version that waits for a person.</summary>
    public Task<ChangeResult> KeepCorrectionAsync(Caller caller, Guid id, CancellationToken ct) =>
        ChangeAsync(caller, Permissions.EditRecords, id, (changes, live, current, _) =>
        {
            if (live.Find(v => v is { IsWaiting: 1, RecordState: RecordState.Held }) is not { } conflict)
                return WrongState(current, "giữ bản đã sửa");
            changes.Supersede(conflict, caller.Name, conflict.LacksReason ? "Giữ bản hiện có." : "Giữ bản do cán bộ BHYT sửa.");
            return null;
        }, ct);

    /// <summary>
    /// Sends again what a person decides to send again: an unknown outcome or a refusal whose cause lay outside the record (same bytes),
    /// or an item that was set aside. An accepted record is never sent again without a new version.
    /// </summary>
    public async Task<ChangeResult> ResendAsync(Caller caller, Guid id, CancellationToken ct)
    {
        ChangeResult result = await ChangeAsync(caller, Permissions.Submit, id, (changes, _, current, item) =>
        {
            switch (current.RecordState)
            {
                case RecordState.OutcomeUnknown or RecordState.Rejected when current.SignedRef is not null:
                case RecordState.Signed:
                    if (item?.Status == "Leased")
                        return new ChangeResult.Refused("changed-meanwhile", "Hồ sơ đang được xử lý; thử lại sau ít phút.");
                    changes.Enqueue(current, RecordChanges.SendStage);
                    changes.Note(current, caller.Name, "record.resend-asked");
                    return null;
                case RecordState.Ready:
                    if (item?.Status == "Leased")
                        return new ChangeResult.Refused("changed-meanwhile", "Hồ sơ đang được ký; thử lại sau ít phút.");
                    changes.Enqueue(current, RecordChanges.SignStage);
                    changes.Note(current, caller.Name, "record.resend-asked");
                    return null;
                case RecordState.Accepted:
                    return new ChangeResult.Refused("wrong-state", "Cổng đã tiếp nhận; muốn gửi lại phải có phiên bản mới (sửa hoặc HIS gửi lại).");
                default:
                    return WrongState(current, "gửi lại");
            }
        }, ct);
        signal.Pulse();
        return result;
    }

    /// <summary>Tries again what was set aside, at most 1 000 records a call, oldest deadline first. Unknown outcomes are left: sending them again is decided one by one.</summary>
    public async Task<RetriedItems> RetrySetAsideAsync(Caller caller, string facility, CancellationToken ct)
    {
        (IReadOnlyList<Guid> ids, long unknown) = await queue.SetAsideAsync(caller, facility, MostRetried, ct);
        int retried = 0;
        foreach (Guid id in ids)
            retried += await ResendAsync(caller, id, ct) is ChangeResult.Done ? 1 : 0;
        return new RetriedItems(retried, ids.Count - retried, unknown);
    }

    /// <summary>Judges the stored record again by today's rules and lists for its date.</summary>
    public async Task<ChangeResult> RevalidateAsync(Caller caller, Guid id, CancellationToken ct)
    {
        if ((await JudgeAsync(caller, id, v => v.IsCurrent != 0, ct)).Values.SingleOrDefault() is not { } again)
            return new ChangeResult.NoSuchRecord();
        ChangeResult outcome = await ChangeAsync(caller, Permissions.EditRecords, id, (changes, _, current, item) =>
        {
            if (current.Version != again.Row.Version)
                return new ChangeResult.Refused("changed-meanwhile", "Hồ sơ vừa có phiên bản mới; tải lại rồi thử lại.");
            if (current.RecordState is not (RecordState.Ready or RecordState.Invalid) || item?.Status == "Leased")
                return WrongState(current, "kiểm tra lại");
            JudgingAgain.Store(changes, current, again, caller.Name, leased: false);
            return null;
        }, ct);
        signal.Pulse();
        return outcome;
    }

    private async Task<Dictionary<int, JudgedAgain>> JudgeAsync(Caller caller, Guid id, Func<VersionRow, bool> which, CancellationToken ct)
    {
        List<int> versions;
        await using (WriteSession session = await database.BeginAsync(ct))
            versions = [.. (await RecordStore.LockAsync(session, caller, id, ct)).Where(which).Select(v => v.Version)];
        List<StoredVersion> rows = await stored.VersionsAsync(id, versions, ct);
        return (await judging.JudgeAsync(rows, "", ct)).ToDictionary(j => j.Row.Version);
    }

    private async Task<ChangeResult> ChangeAsync(
        Caller caller, string permission, Guid id, Func<RecordChanges, List<VersionRow>, VersionRow, WorkRow?, ChangeResult?> change, CancellationToken ct)
    {
        if (!caller.May(permission))
            return new ChangeResult.Forbidden(permission);
        await using WriteSession session = await database.BeginAsync(ct);
        List<VersionRow> live = await RecordStore.LockAsync(session, caller, id, ct);
        if (live.Find(v => v.IsCurrent != 0) is not { } current)
            return new ChangeResult.NoSuchRecord();
        RecordChanges changes = new(session);
        if (change(changes, live, current, await OutboxStore.FindAsync(session, current.RecordId, current.Version, ct)) is { } refused)
            return refused;
        await changes.FlushAsync(ct);
        await session.CommitAsync(ct);
        signal.Pulse();
        VersionRow now = live.Find(v => v.IsCurrent != 0) ?? current;
        return new ChangeResult.Done(id, now.Version, now.RecordState);
    }

    private static ChangeResult.Refused WrongState(VersionRow current, string what) =>
        new("wrong-state", $"Không thể {what} khi hồ sơ ở trạng thái «{RecordStates.Vietnamese(current.RecordState)}».");
}

/// <summary>What became of a request to try again what was set aside.</summary>
/// <param name="Retried">Records that are in the queue again.</param>
/// <param name="Refused">Records that changed meanwhile.</param>
/// <param name="Unknown">Records with an unknown outcome, which a person decides one by one.</param>
public sealed record RetriedItems(int Retried, int Refused, long Unknown);
