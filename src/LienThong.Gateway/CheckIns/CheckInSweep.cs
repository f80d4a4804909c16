using LienThong.Gateway.Archive;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Standard;

namespace LienThong.Gateway.CheckIns;

/// <summary>Looks now and then at check-ins that don't move by themselves: closes those the record overtook, judges those anew that waited for a mapping.</summary>
internal sealed class CheckInSweep(Database database, IArchive archive, CheckInReading reading)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private DateTimeOffset next = DateTimeOffset.MinValue;

    /// <summary>Looks when it is time to.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        if (database.Time.GetUtcNow() < next)
            return;
        next = database.Time.GetUtcNow() + Pause;
        foreach (string id in await CheckInStore.PassedByAsync(database, ct))
            await OvertakeAsync(id, ct);
        foreach (CheckInRow row in await CheckInStore.UnmappedAsync(database, ct))
            await MapAsync(row, ct);
    }

    private async Task OvertakeAsync(string id, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        foreach (DeliveryRow delivery in await DeliveryStore.LockOfAsync(session, DeliverySubject.CheckIn, [id], ct))
        {
            // What is under way is left to its answer.
            if (delivery.DeliveryState == DeliveryState.Sending)
                return;
            if (DeliveryStates.Allows(delivery.DeliveryState, DeliveryState.Overtaken, DeliveryEvent.RecordSent))
                await CheckInStore.OvertakeAsync(session, delivery, ct);
        }
        if ((await CheckInStore.LockAsync(session, [id], ct)).SingleOrDefault() is { IsOpen: 1 } row && CheckInStates.Allows(row.CheckInState, CheckInState.Overtaken))
            await CheckInStore.EndAsync(session, row, CheckInState.Overtaken, "system", "check-in.overtaken", "Hồ sơ của lượt khám đã gửi trước check-in.", ct);
        await session.CommitAsync(ct);
    }

    private async Task MapAsync(CheckInRow known, CancellationToken ct)
    {
        using MemoryStream content = new(await archive.GetAsync(ArchiveRef.Parse(known.ContentRef), ct), writable: false);
        using PackageReader reader = new(content);
        if (!reader.Read(out Record? record) || reading.Read(record, out _) is not { } judged || judged.State == CheckInState.Unmapped)
            return;
        await using WriteSession session = await database.BeginAsync(ct);
        CheckInRow row = (await CheckInStore.LockAsync(session, [known.CheckInId], ct))[0];
        if (row.CheckInState != CheckInState.Unmapped || row.ContentSha256 != known.ContentSha256)
            return;
        (row.State, row.Cause, row.BlockCount, row.Findings) = (judged.State.ToString(), judged.Cause, judged.Blocks, PackedFindings.Pack(judged.Findings));
        (row.IsOpen, row.SignAt) = (CheckInStates.IsOpen(judged.State) ? 1 : 0, judged.State == CheckInState.Ready ? database.Now : null);
        await CheckInStore.SaveAsync(session, row, CheckInState.Unmapped, "system", "check-in.judged-again", ct);
        await session.CommitAsync(ct);
    }
}
