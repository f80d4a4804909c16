using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Deadlines;

/// <summary>
/// Proposes incidents from what the product saw: calls to the portal that brought no answer for more than a few minutes. A proposal changes
/// nothing until a person confirms it; each run of failures is proposed once, whatever number of nodes look.
/// </summary>
public sealed class IncidentWatch
{
    /// <summary>Failures in a row from which it isn't chance.</summary>
    public const int Failures = 3;

    /// <summary>How long nothing but failures must have come.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMinutes(5);

    private const int CallsRead = 200;
    private const string Actor = "system";
    private readonly Database database;
    private readonly IncidentStore store;
    private readonly FacilityStore facilities;

    internal IncidentWatch(Database database, IncidentStore store, FacilityStore facilities) =>
        (this.database, this.store, this.facilities) = (database, store, facilities);

    /// <summary>Looks once at every facility.</summary>
    /// <returns>Proposals made and recoveries noted.</returns>
    public async Task<int> LookAsync(CancellationToken ct)
    {
        int seen = 0;
        List<Incident> unsettled = await store.ListAsync(Caller.System(), unsettled: true, 1000, ct);
        foreach (FacilityRow facility in await facilities.ListAsync(Caller.System(), ct))
        {
            List<CallRow> calls = await store.CallsAsync(facility.Facility, CallsRead, ct);
            List<Incident> here = unsettled.FindAll(i => i.Facility == facility.Facility);
            foreach (Incident incident in here.Where(i => i.RecoveredAt is null && IsOfPortal(i.Kind)))
                seen += await RecoverAsync(incident, calls, ct) ? 1 : 0;
            // A refused account pauses the facility: that is a matter for a person, and no outage.
            if (facility.SendPausedCause is null && !here.Exists(i => i.RecoveredAt is null && IsOfPortal(i.Kind)) && await ProposeAsync(facility.Facility, calls, ct))
                seen++;
        }
        return seen;
    }

    private static bool IsOfPortal(IncidentKind kind) => kind is IncidentKind.Network or IncidentKind.PortalAnnounced or IncidentKind.PortalUnannounced;

    private async Task<bool> ProposeAsync(string facility, List<CallRow> calls, CancellationToken ct)
    {
        List<CallRow> failed = [.. calls.TakeWhile(c => !c.Answered)];
        DateTimeOffset now = database.Time.GetUtcNow();
        if (failed.Count < Failures || failed[^1] is not { } first || ListRow.Utc(failed[0].StartedAt) - ListRow.Utc(first.StartedAt) < Least
            || now - ListRow.Utc(failed[0].StartedAt) > TimeSpan.FromHours(24))
            return false;
        // Bytes that left, or an answer of any kind: the line works. Otherwise it may be ours; a person knows.
        bool reached = failed.Exists(c => c.Outcome == "Unknown" || c.HttpStatus is not null);
        string last = failed[0].Message ?? "";
        Incident proposal = new(
            Guid.CreateVersion7(now), facility, reached ? IncidentKind.PortalUnannounced : IncidentKind.Network, IncidentState.Proposed, ListRow.Utc(first.StartedAt), null, null,
            $"{failed.Count} lần gọi cổng liên tiếp không có câu trả lời. Lần cuối: {(last.Length > 300 ? last[..300] : last)}".TrimEnd(),
            "LienThong", "", null, "Nhật ký các lần gọi cổng trong hồ sơ minh chứng.", null, true, Actor, now, null, null);
        await using WriteSession session = await database.BeginAsync(ct);
        if (!await IncidentStore.AddAsync(session, proposal, first.SubmissionId, ct))
            return false;
        session.Audit(facility, Actor, "incident.proposed", proposal.Id.ToString(), IncidentRule.Of(proposal.Kind).Word);
        await session.CommitAsync(ct);
        return true;
    }

    private async Task<bool> RecoverAsync(Incident incident, List<CallRow> calls, CancellationToken ct)
    {
        CallRow? answered = calls.FindLast(c => c.Answered && ListRow.Utc(c.StartedAt) > incident.StartedAt);
        if (answered is null)
            return false;
        await using WriteSession session = await database.BeginAsync(ct);
        if (await IncidentStore.LockAsync(session, Caller.System(), incident.Id, ct) is not { RecoveredAt: null } known || known.State is IncidentState.Closed or IncidentState.Withdrawn)
            return false;
        await IncidentStore.SaveAsync(session, known with { RecoveredAt = ListRow.Utc(answered.StartedAt) }, ct);
        session.Audit(incident.Facility, Actor, "incident.recovered", incident.Id.ToString());
        await session.CommitAsync(ct);
        return true;
    }
}
