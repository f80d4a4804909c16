using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Deadlines;

/// <summary>Duties beside the records: opened by a person after a letter or a result, settled by a person with a note. All of it audited.</summary>
public sealed class DutyDesk
{
    private const int LongestNote = 1000;
    private readonly Database database;
    private readonly DutyStore store;
    private readonly FacilitySettings facilities;

    internal DutyDesk(Database database, DutyStore store, FacilitySettings facilities) => (this.database, this.store, this.facilities) = (database, store, facilities);

    /// <summary>Duties that a person may open: those that an event starts.</summary>
    public static IReadOnlyList<DutyRule> ByHand { get; } = [.. DutyRule.All.Where(r => r is { From: DutyStart.Event, Enacted: true, Kind: DutyKind.Task or DutyKind.Expectation, Amount: > 0 } || r.Id == "portal-error-fix")];

    /// <summary>Open duties, nearest first.</summary>
    public async Task<IReadOnlyList<Duty>> OpenAsync(Caller caller, CancellationToken ct) => await store.OpenAsync(caller, 500, ct);

    /// <summary>Settled duties, newest first.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="take">Rows, 1–500.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<IReadOnlyList<Duty>> SettledAsync(Caller caller, int take, CancellationToken ct) => await store.SettledAsync(caller, Math.Clamp(take, 1, 500), ct);

    /// <summary>Opens a duty.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="facility">Facility code.</param>
    /// <param name="rule">One of <see cref="ByHand"/>.</param>
    /// <param name="subject">What it is about, for instance the number of the letter; 1–100 characters.</param>
    /// <param name="beganAt">When the letter or result came.</param>
    /// <param name="records">How many records it concerns; null when that says nothing.</param>
    /// <param name="note">A note; may be empty.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<DutyChange> AddAsync(
        Caller caller, string facility, string rule, string subject, DateTimeOffset beganAt, long? records, string note, CancellationToken ct)
    {
        (subject, note) = (subject.Trim(), note.Trim());
        if (await facilities.FindAsync(caller, facility, ct) is null)
            return new DutyChange(false, $"Cơ sở «{facility}» chưa được khai báo hoặc không thuộc quyền của bạn.");
        if (ByHand.FirstOrDefault(r => r.Id == rule) is not { } known)
            return new DutyChange(false, "Chọn loại nhiệm vụ.");
        if (subject.Length is 0 or > 100 || note.Length > LongestNote || records is < 0 or > 10_000_000)
            return new DutyChange(false, "Ghi số văn bản hoặc nội dung (tối đa 100 ký tự).");
        DateTimeOffset now = database.Time.GetUtcNow();
        if (beganAt > now || now - beganAt > TimeSpan.FromDays(400))
            return new DutyChange(false, "Ngày nhận không thể ở tương lai hoặc quá cũ.");
        WorkCalendar calendar = (await DeadlineStore.GroundAsync(database, ct)).Calendar;
        Duty duty = new(
            Guid.CreateVersion7(now), facility, known.Id, subject, $"{known.Title}: {subject}", DutyState.Open, beganAt, DutyDue.After(known, beganAt, calendar), records, note,
            caller.Name, null, null);
        await using WriteSession session = await database.BeginAsync(ct);
        if (!await DutyStore.AddAsync(session, duty, ct))
            return new DutyChange(false, $"Đã có nhiệm vụ này: {duty.Title}.");
        session.Audit(facility, caller.Name, "duty.opened", duty.Id.ToString(), $"{known.Id} {subject}");
        await session.CommitAsync(ct);
        return new DutyChange(true, "Đã ghi nhiệm vụ.", duty.Id);
    }

    /// <summary>
    /// Notes that the portal reported faults in records it had taken: their correction is due 02 working days after the answer. For whoever
    /// imports such answers, within the same transaction; settling is the product's. New faults of a day whose duty was done open it again; one that a
    /// person dropped stays dropped.
    /// </summary>
    /// <param name="session">The importing transaction.</param>
    /// <param name="facility">Facility code.</param>
    /// <param name="answeredAt">When the portal told it.</param>
    /// <param name="ct">Stops the work.</param>
    public static async Task NoteFaultsAsync(WriteSession session, string facility, DateTimeOffset answeredAt, CancellationToken ct)
    {
        WorkCalendar calendar = (await DeadlineStore.GroundAsync(session.Database, ct)).Calendar;
        Duty duty = DutyKeeper.ErrorFix(DutyKeeper.LaterFaults, facility, answeredAt, null, calendar, session.Database.Time.GetUtcNow());
        if (await DutyStore.AddAsync(session, duty, ct))
            session.Audit(facility, duty.OpenedBy, "duty.opened", duty.Id.ToString(), $"{duty.Rule} {duty.Subject}");
        else if (await DutyStore.ReopenAsync(session, duty, ct) is { } again)
            session.Audit(facility, duty.OpenedBy, "duty.reopened", again, $"{duty.Rule} {duty.Subject}");
    }

    /// <summary>Settles a duty or opens it again.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="id">The duty.</param>
    /// <param name="to">How it is to stand.</param>
    /// <param name="note">What was done, or why not; 1–1000 characters.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<DutyChange> MoveAsync(Caller caller, Guid id, DutyState to, string note, CancellationToken ct)
    {
        note = note.Trim();
        if (note.Length is 0 or > LongestNote)
            return new DutyChange(false, $"Ghi đã làm gì, hoặc vì sao không phải làm (tối đa {LongestNote} ký tự).", id);
        await using WriteSession session = await database.BeginAsync(ct);
        if (await DutyStore.LockAsync(session, caller, id, ct) is not { } duty)
            return new DutyChange(false, "Nhiệm vụ không có, hoặc không thuộc cơ sở của bạn.");
        if (duty.State == to || await DutyStore.MoveAsync(session, duty, to, note, to == DutyState.Open ? null : caller.Name, ct) == 0)
            return new DutyChange(false, "Nhiệm vụ đã ở trạng thái này.", id);
        session.Audit(duty.Facility, caller.Name, to switch { DutyState.Done => "duty.done", DutyState.Dropped => "duty.dropped", _ => "duty.reopened" }, id.ToString(), note);
        await session.CommitAsync(ct);
        return new DutyChange(true, "Đã lưu.", id);
    }
}
