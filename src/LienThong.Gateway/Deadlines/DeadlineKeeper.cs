using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;

namespace LienThong.Gateway.Deadlines;

/// <summary>
/// Brings stored deadlines to the ground they should stand on: those of versions not yet at the portal, and whether receptions were late. In
/// pages, each a transaction of its own; what is left after a crash is still behind its ground and is found again. Two nodes may do the same
/// page: the second changes nothing.
/// </summary>
public sealed class DeadlineKeeper : IDisposable
{
    private const int PageRecords = 500;
    private readonly Database database;
    private readonly FacilityStore facilities;
    private readonly FaultPoints faults;

    internal DeadlineKeeper(Database database, FacilityStore facilities, FaultPoints faults) =>
        (this.database, this.facilities, this.faults) = (database, facilities, faults);

    /// <summary>Says that the ground has moved.</summary>
    public WorkSignal Signal { get; } = new();

    /// <summary>Calculates everything again that stands on an older ground.</summary>
    /// <returns>How many versions and receptions were.</returns>
    public async Task<long> SettleAsync(CancellationToken ct)
    {
        DeadlineGround ground = await DeadlineStore.GroundAsync(database, ct);
        long done = 0;
        foreach (FacilityRow facility in await facilities.ListAsync(Caller.System(), ct))
        {
            done += await RecordsAsync(facility.Facility, ground, ct);
            done += await ReceptionsAsync(facility.Facility, ground, ct);
        }
        return done;
    }

    /// <inheritdoc/>
    public void Dispose() => Signal.Dispose();

    private async Task<long> RecordsAsync(string facility, DeadlineGround ground, CancellationToken ct)
    {
        long done = 0, number = ground.NumberOf(facility);
        while (await DeadlineStore.StaleAsync(database, facility, number, PageRecords, ct) is { Count: > 0 } page)
        {
            await using WriteSession session = await database.BeginAsync(ct);
            await DeadlineStore.SaveAsync(session, [.. page.Select(row => (row, new GroundedDeadline(number, Of(facility, ground, row))))], ct);
            faults.Pass("deadlines.before-page-commit");
            await session.CommitAsync(ct);
            done += page.Count;
        }
        return done;
    }

    private async Task<long> ReceptionsAsync(string facility, DeadlineGround ground, CancellationToken ct)
    {
        long done = 0, number = ground.NumberOf(facility);
        while (await DeadlineStore.StaleReceptionsAsync(database, facility, number, PageRecords, ct) is { Count: > 0 } page)
        {
            await using WriteSession session = await database.BeginAsync(ct);
            await DeadlineStore.SaveReceptionsAsync(session, [.. page.Select(row => (row, LatenessOf(Of(facility, ground, row), row.AcceptedAt), number))], ct);
            await session.CommitAsync(ct);
            done += page.Count;
        }
        return done;
    }

    private static Deadline? Of(string facility, DeadlineGround ground, StaleRow row) =>
        ground.For(facility, row.NgayRa, row.Release, row.MaLoaiKcb, ListRow.Utc(row.ReceivedAt));

    private static int LatenessOf(Deadline? deadline, long receivedAt)
    {
        DateTimeOffset received = ListRow.Utc(receivedAt);
        return deadline is null || received < deadline.Original ? 0 : received < deadline.Closes ? 2 : 1;
    }
}
