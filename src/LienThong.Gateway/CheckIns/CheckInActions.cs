using LienThong.Gateway.Access;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;

namespace LienThong.Gateway.CheckIns;

/// <summary>What people do with a check-in. What is wrong with its content is mended in the HIS, which hands it in again.</summary>
public sealed class CheckInActions(Database database, FacilityStore facilities, DeliveryActions deliveries, DeliverySignal signal)
{
    /// <summary>Signs or sends again now.</summary>
    /// <param name="caller">Needs <see cref="Permissions.Submit"/>.</param>
    /// <param name="id">The check-in.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<DeliveryChange> RetryAsync(Caller caller, Guid id, CancellationToken ct)
    {
        (DeliveryChange found, long? delivery) = await WithAsync(caller, id, async (session, row) =>
        {
            if (row.CheckInState != CheckInState.Ready)
                return Wrong(row);
            (row.SignAt, row.SignAttempts) = (database.Now, 0);
            await CheckInStore.SaveAsync(session, row, CheckInState.Ready, caller.Name, "check-in.retried", ct);
            return DeliveryChange.Made;
        }, ct);
        signal.Pulse();
        return delivery is { } queued ? await deliveries.RetryAsync(caller, queued, ct) : found;
    }

    /// <summary>Ends a check-in that won't be sent.</summary>
    /// <param name="caller">Needs <see cref="Permissions.Submit"/>.</param>
    /// <param name="id">The check-in.</param>
    /// <param name="reason">Why, 1–500 characters.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<DeliveryChange> CloseAsync(Caller caller, Guid id, string reason, CancellationToken ct)
    {
        reason = (reason ?? "").Trim();
        if (reason.Length is 0 or > 500)
            return DeliveryChange.NeedsReason;
        (DeliveryChange found, long? delivery) = await WithAsync(caller, id, async (session, row) =>
        {
            if (!CheckInStates.Allows(row.CheckInState, CheckInState.Closed))
                return Wrong(row);
            await CheckInStore.EndAsync(session, row, CheckInState.Closed, caller.Name, "check-in.closed", reason, ct);
            return DeliveryChange.Made;
        }, ct);
        return delivery is { } queued ? await deliveries.CloseAsync(caller, queued, reason, ct) : found;
    }

    /// <summary>Writes a facility's settings of check-ins.</summary>
    /// <param name="caller">Needs <see cref="Permissions.ManageFacilities"/>.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<DeliveryChange> SetAsync(Caller caller, CheckInSettings settings, CancellationToken ct)
    {
        if (!caller.May(Permissions.ManageFacilities))
            return DeliveryChange.Forbidden;
        if (settings.Complaint() is { } complaint)
            return DeliveryChange.Refused(complaint);
        if (await facilities.FindAsync(caller, settings.Facility, ct) is null)
            return DeliveryChange.NotFound;
        await using WriteSession session = await database.BeginAsync(ct);
        await CheckInStore.SaveSettingsAsync(session, settings, ct);
        session.Audit(settings.Facility, caller.Name, "check-in.settings", settings.Facility, $"{settings.SampleOnly} {settings.WarnMinutes} {settings.AlertMinutes}");
        await session.CommitAsync(ct);
        return DeliveryChange.Made;
    }

    /// <summary>Changes a check-in that isn't queued; tells the delivery of one that is.</summary>
    private async Task<(DeliveryChange Change, long? Delivery)> WithAsync(
        Caller caller, Guid id, Func<WriteSession, CheckInRow, Task<DeliveryChange>> change, CancellationToken ct)
    {
        if (!caller.May(Permissions.Submit))
            return (DeliveryChange.Forbidden, null);
        await using WriteSession session = await database.BeginAsync(ct);
        List<DeliveryRow> own = await DeliveryStore.LockOfAsync(session, DeliverySubject.CheckIn, [id.ToString()], ct);
        if ((await CheckInStore.LockAsync(session, [id.ToString()], ct)).SingleOrDefault() is not { } row || !caller.Scope.Holds(row.Facility))
            return (DeliveryChange.NotFound, null);
        if (row.CheckInState == CheckInState.Queued && own is [.., { } newest])
            return (DeliveryChange.Made, newest.DeliveryId);
        DeliveryChange made = await change(session, row);
        if (made.Done)
            await session.CommitAsync(ct);
        return (made, null);
    }

    private static DeliveryChange Wrong(CheckInRow row) => DeliveryChange.WrongState(CheckInStates.Vietnamese(row.CheckInState));
}
