using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Standard;

namespace LienThong.Gateway.Deadlines;

/// <summary>The log of incidents: written down, confirmed, changed, closed and withdrawn by persons. What an incident does to deadlines is calculated again.</summary>
public sealed class IncidentDesk
{
    /// <summary>Largest file kept as evidence, in bytes.</summary>
    public const long MostFileBytes = 20 * 1024 * 1024;

    private const int MostFiles = 20;
    private const int LongestText = 2000;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(60);
    private readonly Database database;
    private readonly IncidentStore store;
    private readonly FacilitySettings facilities;
    private readonly IArchive archive;
    private readonly DeadlineKeeper keeper;
    private readonly WorkSignal signal;

    internal IncidentDesk(Database database, IncidentStore store, FacilitySettings facilities, IArchive archive, DeadlineKeeper keeper, WorkSignal signal) =>
        (this.database, this.store, this.facilities, this.archive, this.keeper, this.signal) = (database, store, facilities, archive, keeper, signal);

    /// <summary>Incidents of the caller's facilities, newest first.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="unsettled">Only those proposed or open.</param>
    /// <param name="take">Rows, 1–1000.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<IReadOnlyList<Incident>> ListAsync(Caller caller, bool unsettled, int take, CancellationToken ct) =>
        await store.ListAsync(caller, unsettled, Math.Clamp(take, 1, 1000), ct);

    /// <summary>One with its files; null when unknown or out of scope.</summary>
    public Task<Incident?> FindAsync(Caller caller, Guid id, CancellationToken ct) => store.FindAsync(caller, id, ct);

    /// <summary>Writes an incident down: going on, or over when it has an end.</summary>
    public async Task<IncidentChange> OpenAsync(Caller caller, IncidentDraft draft, CancellationToken ct)
    {
        if (await facilities.FindAsync(caller, draft.Facility, ct) is null)
            return new IncidentChange(false, $"Cơ sở «{draft.Facility}» chưa được khai báo hoặc không thuộc quyền của bạn.");
        if (Fault(draft) is { } fault)
            return new IncidentChange(false, fault);
        DateTimeOffset now = database.Time.GetUtcNow();
        Incident incident = Filled(
            new Incident(
                Guid.CreateVersion7(now), draft.Facility, draft.Kind, IncidentState.Open, draft.StartedAt, null, null, "", "", "", null, "", null, false, caller.Name, now, null, null),
            draft, caller, now);
        await using WriteSession session = await database.BeginAsync(ct);
        await IncidentStore.AddAsync(session, incident, null, ct);
        return await CommitAsync(session, caller, incident, "incident.opened", ct);
    }

    /// <summary>Changes an incident; one that the product proposed is confirmed by it.</summary>
    public async Task<IncidentChange> SaveAsync(Caller caller, Guid id, IncidentDraft draft, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        if (await IncidentStore.LockAsync(session, caller, id, ct) is not { } known)
            return Missing();
        if (known.State == IncidentState.Withdrawn)
            return new IncidentChange(false, "Sự cố này đã được bỏ; ghi sự cố mới.", id);
        if (Fault(draft) is { } fault)
            return new IncidentChange(false, fault, id);
        DateTimeOffset now = database.Time.GetUtcNow();
        bool confirmed = known.State == IncidentState.Proposed;
        Incident changed = Filled(confirmed ? known with { OpenedBy = caller.Name, OpenedAt = now } : known, draft, caller, now);
        await IncidentStore.SaveAsync(session, changed, ct);
        return await CommitAsync(session, caller, changed, confirmed ? "incident.confirmed" : "incident.changed", ct);
    }

    /// <summary>Closes an incident.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="id">The incident.</param>
    /// <param name="endedAt">Its end.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<IncidentChange> CloseAsync(Caller caller, Guid id, DateTimeOffset endedAt, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        if (await IncidentStore.LockAsync(session, caller, id, ct) is not { } known)
            return Missing();
        if (known.State != IncidentState.Open)
            return new IncidentChange(false, "Chỉ đóng được sự cố đang mở.", id);
        DateTimeOffset now = database.Time.GetUtcNow();
        if (SpanFault(known.StartedAt, endedAt, now) is { } fault)
            return new IncidentChange(false, fault, id);
        Incident closed = known with { State = IncidentState.Closed, EndedAt = endedAt, AssumedUntil = null, ClosedBy = caller.Name, ClosedAt = now };
        await IncidentStore.SaveAsync(session, closed, ct);
        return await CommitAsync(session, caller, closed, "incident.closed", ct);
    }

    /// <summary>Takes an incident back: it wasn't one. It stays in the log and changes no deadline any more.</summary>
    public async Task<IncidentChange> WithdrawAsync(Caller caller, Guid id, string reason, CancellationToken ct)
    {
        reason = reason.Trim();
        if (reason.Length is 0 or > 300)
            return new IncidentChange(false, "Ghi lý do bỏ sự cố (tối đa 300 ký tự).", id);
        await using WriteSession session = await database.BeginAsync(ct);
        if (await IncidentStore.LockAsync(session, caller, id, ct) is not { } known)
            return Missing();
        if (known.State == IncidentState.Withdrawn)
            return new IncidentChange(false, "Sự cố này đã được bỏ.", id);
        Incident gone = known with { State = IncidentState.Withdrawn, AssumedUntil = null, ClosedBy = caller.Name, ClosedAt = database.Time.GetUtcNow() };
        await IncidentStore.SaveAsync(session, gone, ct);
        return await CommitAsync(session, caller, gone, "incident.withdrawn", ct, reason);
    }

    /// <summary>Keeps a file as evidence, in the archive.</summary>
    public async Task<IncidentChange> AttachAsync(Caller caller, Guid id, string name, Stream content, CancellationToken ct)
    {
        if (await store.FindAsync(caller, id, ct) is not { } incident)
            return Missing();
        if (incident.Files.Count >= MostFiles)
            return new IncidentChange(false, $"Mỗi sự cố giữ tối đa {MostFiles} tệp.", id);
        Stored stored;
        try
        {
            stored = await archive.PutAsync(content, MostFileBytes, ct);
        }
        catch (ArchiveLimitException)
        {
            return new IncidentChange(false, $"Tệp lớn hơn {MostFileBytes / (1024 * 1024)} MB.", id);
        }
        if (stored.Bytes == 0)
            return new IncidentChange(false, "Tệp rỗng.", id);
        DateTimeOffset now = database.Time.GetUtcNow();
        await using WriteSession session = await database.BeginAsync(ct);
        await IncidentStore.AddFileAsync(
            session, incident, new IncidentFile(Guid.CreateVersion7(now), name, stored.Bytes, caller.Name, now) { Reference = stored.Reference.ToString() }, ct);
        session.Audit(incident.Facility, caller.Name, "incident.file-added", id.ToString(), $"{name} {stored.Reference.Sha256}");
        await session.CommitAsync(ct);
        return new IncidentChange(true, "Đã lưu tệp.", id);
    }

    /// <summary>The bytes of a file with its name; null when unknown or out of scope.</summary>
    public async Task<(string Name, byte[] Content)?> FileAsync(Caller caller, Guid id, Guid file, CancellationToken ct) =>
        (await store.FindAsync(caller, id, ct))?.Files.FirstOrDefault(f => f.Id == file) is { } found
            ? (found.Name, await archive.GetAsync(ArchiveRef.Parse(found.Reference), ct)) : null;

    /// <summary>What waits for its next try in the facility is tried at once.</summary>
    /// <returns>How many items; null when the incident is unknown or out of scope.</returns>
    public async Task<int?> SendNowAsync(Caller caller, Guid id, CancellationToken ct)
    {
        if (await store.FindAsync(caller, id, ct) is not { } incident)
            return null;
        await using WriteSession session = await database.BeginAsync(ct);
        int items = await IncidentStore.ReleaseAsync(session, incident.Facility, ct);
        session.Audit(incident.Facility, caller.Name, "incident.send-now", id.ToString(), $"{items}");
        await session.CommitAsync(ct);
        signal.Pulse();
        return items;
    }

    /// <summary>Moves on until when open incidents are taken to last.</summary>
    internal async Task<int> ProlongAsync(CancellationToken ct)
    {
        int moved = 0;
        foreach (string id in await store.OutlivedAsync(ct))
        {
            await using WriteSession session = await database.BeginAsync(ct);
            if (await IncidentStore.LockAsync(session, Caller.System(), Guid.Parse(id), ct) is not { State: IncidentState.Open } open || open.AssumedUntil > session.Database.Time.GetUtcNow())
                continue;
            await IncidentStore.SaveAsync(session, open with { AssumedUntil = Tonight(database.Time.GetUtcNow()) }, ct);
            await DeadlineStore.MoveGroundAsync(session, open.Facility, ct);
            await session.CommitAsync(ct);
            moved++;
        }
        return moved;
    }

    internal static DateTimeOffset Tonight(DateTimeOffset now) => DutyDue.EndOf(now.VietnamDay());

    private async Task<IncidentChange> CommitAsync(WriteSession session, Caller caller, Incident incident, string action, CancellationToken ct, string detail = "")
    {
        await DeadlineStore.MoveGroundAsync(session, incident.Facility, ct);
        session.Audit(
            incident.Facility, caller.Name, action, incident.Id.ToString(),
            $"{IncidentRule.Of(incident.Kind).Word} {incident.StartedAt.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}–{incident.EndedAt?.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ} {detail}".Trim());
        await session.CommitAsync(ct);
        keeper.Signal.Pulse();
        return new IncidentChange(true, incident.State switch
        {
            IncidentState.Closed => "Đã đóng sự cố; hạn nộp được tính lại.",
            IncidentState.Withdrawn => "Đã bỏ sự cố; hạn nộp được tính lại.",
            _ => "Đã ghi sự cố; hạn nộp được tính lại.",
        }, incident.Id);
    }

    private static Incident Filled(Incident incident, IncidentDraft draft, Caller caller, DateTimeOffset now) => incident with
    {
        Kind = draft.Kind,
        State = draft.EndedAt is null ? IncidentState.Open : IncidentState.Closed,
        StartedAt = draft.StartedAt,
        EndedAt = draft.EndedAt,
        AssumedUntil = draft.EndedAt is null ? Tonight(now) : null,
        Description = draft.Description.Trim(),
        NoticedBy = draft.NoticedBy.Trim().Length == 0 ? caller.Name : draft.NoticedBy.Trim(),
        Told = draft.Told.Trim(),
        ToldAt = draft.ToldAt,
        Evidence = draft.Evidence.Trim(),
        ClosedBy = draft.EndedAt is null ? null : incident.ClosedBy ?? caller.Name,
        ClosedAt = draft.EndedAt is null ? null : incident.ClosedAt ?? now,
    };

    private string? Fault(IncidentDraft draft)
    {
        if (!Enum.IsDefined(draft.Kind))
            return "Chọn loại sự cố.";
        if (draft.Description.Trim().Length is 0 or > LongestText)
            return $"Ghi điều đã xảy ra (tối đa {LongestText} ký tự).";
        if (draft.NoticedBy.Length > 200 || draft.Told.Length > LongestText || draft.Evidence.Length > LongestText)
            return "Nội dung quá dài.";
        DateTimeOffset now = database.Time.GetUtcNow();
        // Maintenance may be announced ahead.
        if (draft.Kind == IncidentKind.PortalAnnounced && draft.EndedAt is { } end && draft.StartedAt > now)
            return end <= draft.StartedAt || end - draft.StartedAt > Longest || draft.StartedAt - now > Longest ? "Thời gian bảo trì không hợp lý." : null;
        if (draft.ToldAt > now)
            return "Lúc báo không thể ở tương lai.";
        return draft.EndedAt is { } ended
            ? draft.Kind == IncidentKind.PortalAnnounced && ended > now && ended - draft.StartedAt <= Longest ? null : SpanFault(draft.StartedAt, ended, now)
            : SpanFault(draft.StartedAt, now, now);
    }

    private static string? SpanFault(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) =>
        from > now ? "Lúc bắt đầu không thể ở tương lai."
        : to > now ? "Lúc kết thúc không thể ở tương lai."
        : to < from ? "Lúc kết thúc phải sau lúc bắt đầu."
        : now - from > TimeSpan.FromDays(400) ? "Sự cố quá cũ."
        : to - from > Longest ? $"Một sự cố dài tối đa {Longest.Days} ngày; ghi thành nhiều sự cố."
        : null;

    private static IncidentChange Missing() => new(false, "Sự cố không có, hoặc không thuộc cơ sở của bạn.");
}
