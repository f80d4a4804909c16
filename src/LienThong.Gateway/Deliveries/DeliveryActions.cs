using LienThong.Gateway.Access;
using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;

namespace LienThong.Gateway.Deliveries;

/// <summary>What people do with a delivery. All need <see cref="Permissions.Submit"/> and are audited.</summary>
public sealed class DeliveryActions(Database database, DeliverySignal signal)
{
    private const int LongestReason = 500;

    /// <summary>Tries again now, with all tries anew; the same bytes. Out of an unknown outcome the destination is asked, or gets one more copy.</summary>
    public async Task<DeliveryChange> RetryAsync(Caller caller, long id, CancellationToken ct)
    {
        DeliveryChange change = await ChangeAsync(caller, id, async (session, row) =>
        {
            if (row.DeliveryState is not (DeliveryState.Waiting or DeliveryState.Dead or DeliveryState.Rejected or DeliveryState.OutcomeUnknown))
                return Wrong(row);
            (row.Resends, row.FirstDueAt) = (0, database.Now);
            if (row.DeliveryState is DeliveryState.Dead or DeliveryState.Rejected)
            {
                row.Attempts = 0;
                await DeliveryStore.MoveAsync(session, row, DeliveryState.Waiting, DeliveryEvent.Retried, caller.Name, null, database.Now, ct);
                return DeliveryChange.Made;
            }
            await DeliveryStore.PutOffAsync(session, row, database.Now, row.Cause, ct);
            session.Audit(row.Facility, caller.Name, "delivery." + DeliveryEvent.Retried, row.DeliveryId.ToString());
            return DeliveryChange.Made;
        }, ct);
        signal.Pulse();
        return change;
    }

    /// <summary>Stops a delivery that waits.</summary>
    public Task<DeliveryChange> HoldAsync(Caller caller, long id, string reason, CancellationToken ct) =>
        MoveAsync(caller, id, DeliveryState.Held, DeliveryEvent.HeldBy, reason, null, ct);

    /// <summary>Lets a held delivery go on.</summary>
    public async Task<DeliveryChange> ReleaseAsync(Caller caller, long id, CancellationToken ct)
    {
        DeliveryChange change = await MoveAsync(caller, id, DeliveryState.Waiting, DeliveryEvent.Released, "Bỏ giữ", database.Now, ct);
        signal.Pulse();
        return change;
    }

    /// <summary>Ends a delivery that won't be sent any more.</summary>
    public Task<DeliveryChange> CloseAsync(Caller caller, long id, string reason, CancellationToken ct) =>
        MoveAsync(caller, id, DeliveryState.Closed, DeliveryEvent.ClosedBy, reason, null, ct);

    /// <summary>Says that a destination has a document whose outcome is unknown, by evidence the person names: a folder or FTP server answers nothing.</summary>
    public Task<DeliveryChange> ConfirmAsync(Caller caller, long id, string evidence, CancellationToken ct) =>
        MoveAsync(caller, id, DeliveryState.Accepted, DeliveryEvent.Settled, evidence, null, ct);

    private Task<DeliveryChange> MoveAsync(Caller caller, long id, DeliveryState to, DeliveryEvent on, string reason, long? dueAt, CancellationToken ct)
    {
        reason = (reason ?? "").Trim();
        if (reason.Length is 0 or > LongestReason)
            return Task.FromResult(DeliveryChange.NeedsReason);
        return ChangeAsync(caller, id, async (session, row) =>
        {
            if (!DeliveryStates.Allows(row.DeliveryState, to, on))
                return Wrong(row);
            await DeliveryStore.MoveAsync(session, row, to, on, caller.Name, reason, dueAt, ct);
            if (row.Subject == DeliverySubject.CheckIn && to == DeliveryState.Accepted)
                await CheckInStore.SentAsync(session, row.SubjectId, ct);
            if (row.Subject == DeliverySubject.CheckIn && to == DeliveryState.Closed && (await CheckInStore.LockAsync(session, [row.SubjectId], ct)) is [{ CheckInState: CheckInState.Queued } checkIn])
                await CheckInStore.EndAsync(session, checkIn, CheckInState.Closed, caller.Name, "check-in.closed", reason, ct);
            return DeliveryChange.Made;
        }, ct);
    }

    private async Task<DeliveryChange> ChangeAsync(Caller caller, long id, Func<WriteSession, DeliveryRow, Task<DeliveryChange>> change, CancellationToken ct)
    {
        if (!caller.May(Permissions.Submit))
            return DeliveryChange.Forbidden;
        await using WriteSession session = await database.BeginAsync(ct);
        if ((await DeliveryStore.LockAsync(session, [id], ct)).SingleOrDefault() is not { } row || !caller.Scope.Holds(row.Facility))
            return DeliveryChange.NotFound;
        DeliveryChange made = await change(session, row);
        if (made.Done)
            await session.CommitAsync(ct);
        return made;
    }

    private static DeliveryChange Wrong(DeliveryRow row) => DeliveryChange.WrongState(DeliveryStates.Vietnamese(row.DeliveryState));
}
