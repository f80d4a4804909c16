using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.History;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Standard;

namespace LienThong.Gateway.CheckIns;

/// <summary>What became of a check-in that was handed in.</summary>
/// <param name="Id">Our id; null when it wasn't stored.</param>
/// <param name="Facility">Facility code; empty when it couldn't be read.</param>
/// <param name="MaLk"><c>MA_LK</c>; empty when it couldn't be read.</param>
/// <param name="Kind">Which moment of the visit it tells of; null when it wasn't stored.</param>
/// <param name="State">Where it stands; null when it wasn't stored.</param>
/// <param name="Same">It was known: the same content, or one that was sent already.</param>
/// <param name="Findings">What the rules say.</param>
/// <param name="Message">Why it isn't sent or stored, in Vietnamese; empty when it is on its way.</param>
public sealed record CheckInTaken(
    Guid? Id, string Facility, string MaLk, CheckInKind? Kind, CheckInState? State, bool Same, IReadOnlyList<StoredFinding> Findings, string Message)
{
    internal static CheckInTaken Refused(string facility, string maLk, string why) => new(null, facility, maLk, null, null, false, [], why);
}

/// <summary>Takes check-ins in, whatever way they come: judged, archived, stored once per visit and kind; those that may go are signed and sent at once.</summary>
public sealed class CheckInDesk
{
    private readonly Database database;
    private readonly IArchive archive;
    private readonly FacilitySettings facilities;
    private readonly CheckInReading reading;
    private readonly DeliverySignal signal;
    private readonly FaultPoints faults;

    internal CheckInDesk(Database database, IArchive archive, FacilitySettings facilities, CheckInReading reading, DeliverySignal signal, FaultPoints faults) =>
        (this.database, this.archive, this.facilities, this.reading, this.signal, this.faults) = (database, archive, facilities, reading, signal, faults);

    /// <summary>Takes rows of XML0 in, one record each.</summary>
    /// <param name="caller">Needs <see cref="Permissions.Ingest"/>; check-ins of other facilities are refused.</param>
    /// <param name="records">The rows.</param>
    /// <param name="origin">Way they came, for people: <c>API</c>, a file name.</param>
    /// <param name="ct">Stops the work; what is committed stays.</param>
    public async Task<IReadOnlyList<CheckInTaken>> TakeAsync(Caller caller, IReadOnlyList<Record> records, string origin, CancellationToken ct)
    {
        PendingCheckIn?[] pending = new PendingCheckIn?[records.Count];
        string?[] refused = new string?[records.Count];
        for (int i = 0; i < records.Count; i++)
            pending[i] = reading.Read(records[i], out refused[i]);
        IReadOnlyList<CheckInTaken> stored = await StoreAsync(caller, [.. pending.OfType<PendingCheckIn>()], origin, ct);
        int next = 0;
        return [.. pending.Select((p, i) => p is null ? CheckInTaken.Refused("", "", refused[i]!) : stored[next++])];
    }

    /// <summary>Takes a document of XML0 in; what else it may be is refused.</summary>
    public async Task<IReadOnlyList<CheckInTaken>> TakeXmlAsync(Caller caller, Stream xml, string origin, CancellationToken ct)
    {
        List<PendingCheckIn> pending = [];
        List<CheckInTaken> refused = [];
        using PackageReader reader = new(xml);
        while (reader.Read(out Record? record))
        {
            if (reader.Kind != DocumentKind.CheckIn)
                return [CheckInTaken.Refused("", "", "Tệp không phải check-in (CHI_TIEU_TRANG_THAI_KCB).")];
            if (reading.Read(record, out string? why) is { } read)
                pending.Add(read);
            else
                refused.Add(CheckInTaken.Refused("", "", why!));
        }
        if (pending.Count + refused.Count == 0)
            return [CheckInTaken.Refused("", "", reader.Problems is [{ } first, ..] ? $"{first.Message} {first.Fix}" : "Tệp không có dòng check-in nào.")];
        return [.. await StoreAsync(caller, pending, origin, ct), .. refused];
    }

    /// <summary>Stores check-ins that were read.</summary>
    internal async Task<IReadOnlyList<CheckInTaken>> StoreAsync(Caller caller, IReadOnlyList<PendingCheckIn> pending, string origin, CancellationToken ct)
    {
        if (pending.Count == 0)
            return [];
        Func<string, string?> accepts = await facilities.AcceptsAsync(caller, ct);
        IReadOnlyList<ArchiveRef> references = await archive.PutManyAsync([.. pending.Select(p => new ReadOnlyMemory<byte>(p.Content))], ct);
        faults.Pass("checkin.archived");
        CheckInTaken[] taken = new CheckInTaken[pending.Count];
        await using (WriteSession session = await database.BeginAsync(ct))
        {
            // In one order for all writers, so that two of them never wait for each other.
            foreach (int i in Enumerable.Range(0, pending.Count).OrderBy(i => pending[i].Facility, StringComparer.Ordinal).ThenBy(i => pending[i].MaLk, StringComparer.Ordinal).ThenBy(i => pending[i].Kind))
            {
                taken[i] = accepts(pending[i].Facility) is { } why
                    ? CheckInTaken.Refused(pending[i].Facility, pending[i].MaLk, why)
                    : await PlaceAsync(session, caller, await DecidedAsync(session, pending[i], ct), references[i], origin, ct);
            }
            faults.Pass("checkin.before-commit");
            await session.CommitAsync(ct);
        }
        signal.Pulse();
        return taken;
    }

    /// <summary>What the database knows decides before the rules: the facility only takes samples, or the record went first.</summary>
    private static async Task<PendingCheckIn> DecidedAsync(WriteSession session, PendingCheckIn pending, CancellationToken ct)
    {
        CheckInSettings settings = await CheckInStore.SettingsAsync(session, pending.Facility, ct);
        if (settings.SampleOnly && pending.State != CheckInState.Exempt && CheckInExemptions.OfSampleOnly(pending.Day ?? session.Database.Time.GetUtcNow().VietnamDay()) is { } exempt)
            return pending with { State = CheckInState.Exempt, Cause = exempt.Message };
        if (CheckInStates.IsOpen(pending.State) && (await CheckInStore.RecordsSentAsync(session, pending.Facility, [pending.MaLk], ct)).Count > 0)
            return pending with { State = CheckInState.Overtaken, Cause = "Hồ sơ của lượt khám đã gửi trước check-in." };
        return pending;
    }

    private static async Task<CheckInTaken> PlaceAsync(WriteSession session, Caller caller, PendingCheckIn pending, ArchiveRef reference, string origin, CancellationToken ct)
    {
        if (await CheckInStore.FindAsync(session, pending.Facility, pending.MaLk, pending.Kind, ct) is null)
        {
            CheckInRow made = new() { CheckInId = Guid.CreateVersion7(session.Database.Time.GetUtcNow()).ToString(), Facility = pending.Facility, MaLk = pending.MaLk, Kind = pending.Kind.ToString() };
            Fill(made, pending, reference, caller, origin, session.Database.Now);
            if (await CheckInStore.AddAsync(session, made, ct))
                return Taken(made, pending, same: false);
        }
        CheckInRow known = (await CheckInStore.FindAsync(session, pending.Facility, pending.MaLk, pending.Kind, ct))!;
        List<DeliveryRow> deliveries = await DeliveryStore.LockOfAsync(session, DeliverySubject.CheckIn, [known.CheckInId], ct);
        known = (await CheckInStore.LockAsync(session, [known.CheckInId], ct))[0];
        CheckInState from = known.CheckInState;
        bool sameContent = known.ContentSha256 == pending.Sha256;
        if (!MayChange(known, deliveries) || (sameContent && (from == pending.State || from == CheckInState.Queued)) || !CheckInStates.Allows(from, pending.State))
            return Taken(known, pending, same: true);
        foreach (DeliveryRow old in deliveries.Where(d => DeliveryStates.Allows(d.DeliveryState, DeliveryState.Superseded, DeliveryEvent.NewVersion)))
            await DeliveryStore.MoveAsync(session, old, DeliveryState.Superseded, DeliveryEvent.NewVersion, caller.Name, "Có check-in mới của lượt khám.", null, ct);
        if (!sameContent)
            known.Version++;
        Fill(known, pending, reference, caller, origin, session.Database.Now);
        await CheckInStore.SaveAsync(session, known, from, caller.Name, "check-in.changed", ct);
        return Taken(known, pending, same: false);
    }

    /// <summary>Each is sent once: what the portal has, or may have, stays as it is.</summary>
    private static bool MayChange(CheckInRow row, List<DeliveryRow> deliveries) =>
        row.CheckInState != CheckInState.Queued || (row.IsOpen != 0 && deliveries.Count > 0
            && deliveries[^1].DeliveryState is DeliveryState.Waiting or DeliveryState.Held or DeliveryState.Dead or DeliveryState.Rejected);

    private static void Fill(CheckInRow row, PendingCheckIn p, ArchiveRef reference, Caller caller, string origin, long now)
    {
        (row.State, row.IsOpen, row.Cause) = (p.State.ToString(), CheckInStates.IsOpen(p.State) ? 1 : 0, p.Cause);
        (row.Origin, row.Actor, row.Release, row.Name) = (origin.Length <= 255 ? origin : origin[..255], caller.Name, p.Release, p.Name);
        (row.NgayVao, row.NgayYl, row.Item, row.Facts) = (p.NgayVao, p.NgayYl, p.Item, PackedCheckIn.Pack(p.Facts));
        (row.ContentRef, row.ContentSha256, row.BlockCount, row.Findings) = (reference.ToString(), p.Sha256, p.Blocks, PackedFindings.Pack(p.Findings));
        (row.SignAt, row.SignAttempts) = (p.State == CheckInState.Ready ? now : null, 0);
    }

    private static CheckInTaken Taken(CheckInRow row, PendingCheckIn pending, bool same) => new(
        Guid.Parse(row.CheckInId), row.Facility, row.MaLk, pending.Kind, row.CheckInState, same,
        same ? PackedFindings.Unpack(row.Findings) : pending.Findings, row.Cause ?? "");
}
