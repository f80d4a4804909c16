using LienThong.Gateway.Records;
using LienThong.Standard;

namespace LienThong.Gateway.Deadlines;

/// <summary>Everything deadlines of records are calculated by at a moment: working days, incidents, switches. Doesn't change.</summary>
public sealed class DeadlineGround
{
    private readonly ILookup<string, IncidentPeriod> incidents;
    private readonly IReadOnlyDictionary<string, DateOnly> drafts;
    private readonly IReadOnlyDictionary<string, long> numbers;

    /// <summary>A ground.</summary>
    /// <param name="calendar">Working days.</param>
    /// <param name="incidents">Periods that make deadlines later, with their facility.</param>
    /// <param name="drafts">First day of visits under the draft of 3 hours, by facility; <c>""</c> for all.</param>
    /// <param name="numbers">Number of the ground by facility; <c>""</c> for all.</param>
    public DeadlineGround(
        WorkCalendar calendar, IEnumerable<(string Facility, IncidentPeriod Period)>? incidents = null, IReadOnlyDictionary<string, DateOnly>? drafts = null,
        IReadOnlyDictionary<string, long>? numbers = null)
    {
        Calendar = calendar;
        this.incidents = (incidents ?? []).OrderBy(i => i.Period.From).ToLookup(i => i.Facility, i => i.Period, StringComparer.Ordinal);
        this.drafts = drafts ?? new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        this.numbers = numbers ?? new Dictionary<string, long>(StringComparer.Ordinal);
    }

    /// <summary>Working days.</summary>
    public WorkCalendar Calendar { get; }

    /// <summary>Moves with every change that concerns the facility.</summary>
    public long NumberOf(string facility) => numbers.GetValueOrDefault("") + numbers.GetValueOrDefault(facility);

    /// <summary>First day of visits under the draft of 3 hours: the facility's own switch, else the installation's; null while off.</summary>
    public DateOnly? DraftFrom(string facility) =>
        drafts.TryGetValue(facility, out DateOnly own) ? own : drafts.TryGetValue("", out DateOnly all) ? all : null;

    /// <summary>Deadline of a record as stored with it.</summary>
    public GroundedDeadline Of(string facility, RecordSummary record, DateTimeOffset receivedAt) =>
        new(NumberOf(facility), For(facility, record.NgayRa, record.Release, record.MaLoaiKcb, receivedAt));

    /// <summary>Deadline of a record; null when <c>NGAY_RA</c> is unusable or no rule was in force at its end.</summary>
    /// <param name="facility">Facility code.</param>
    /// <param name="ngayRa"><c>yyyyMMddHHmm</c>, Vietnam time.</param>
    /// <param name="release">Release of the record.</param>
    /// <param name="maLoaiKcb">Visit type.</param>
    /// <param name="receivedAt">When the HIS handed it in.</param>
    public Deadline? For(string facility, string ngayRa, string release, string maLoaiKcb, DateTimeOffset receivedAt) =>
        DeadlineStart.Of(ngayRa, release, maLoaiKcb, receivedAt) is { } start ? For(facility, start) : null;

    /// <summary>Deadline of a visit whose clock runs from a moment.</summary>
    public Deadline? For(string facility, DateTimeOffset start)
    {
        DateOnly end = start.VietnamDay();
        Deadline? nearest = null;
        if (DutyRule.InForce("correction-window", end) is { Enacted: true } window)
        {
            // A visit that ends on a day off counts as ended on the next working day (TT 48, Điều 13 khoản 7).
            DateOnly counted = DutyRule.InForce("day-off", end) is { Enacted: true } ? Calendar.OnOrAfter(end) : end;
            nearest = Nearer(nearest, DeadlineKind.CorrectionWindow, start, DutyDue.EndOf(Calendar.Add(counted, window.Amount)), window);
        }
        if (DutyRule.InForce("month-close", end) is { Enacted: true } close)
            nearest = Nearer(nearest, DeadlineKind.MonthClose, start, DutyDue.After(close, start, Calendar), close);
        DutyRule draft = DutyRule.Get("draft-3h");
        if (draft.Enacted ? draft.IsInForce(end) : DraftFrom(facility) <= end)
            nearest = Nearer(nearest, DeadlineKind.Draft3h, start, DutyDue.After(draft, start, Calendar), draft);
        return nearest is null ? null : nearest with { Closes = IncidentPeriod.Extend(start, nearest.Original, incidents[facility]) };
    }

    private static Deadline Nearer(Deadline? known, DeadlineKind kind, DateTimeOffset start, DateTimeOffset closes, DutyRule rule) =>
        known is not null && known.Original <= closes ? known : new Deadline(kind, start, closes, closes, rule);
}
