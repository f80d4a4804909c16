using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Standard;

namespace LienThong.Gateway.Deadlines;

/// <summary>
/// Opens duties when their time comes and settles those of which the product sees that they are done. May be run at any time and by several
/// nodes: a duty is one row per facility, rule and subject.
/// </summary>
public sealed class DutyKeeper
{
    /// <summary>Prefix of the subject of duties about faults told after reception.</summary>
    internal const string LaterFaults = "ket-qua:";

    private const string Actor = "system";
    private static readonly TimeSpan CertificateAhead = TimeSpan.FromDays(30);
    private static readonly TimeSpan MilestoneAhead = TimeSpan.FromDays(45);
    private readonly Database database;
    private readonly DutyStore store;
    private readonly FacilityStore facilities;
    private readonly SigningKeys keys;
    private readonly DeadlineQueries queries;

    internal DutyKeeper(Database database, DutyStore store, FacilityStore facilities, SigningKeys keys, DeadlineQueries queries) =>
        (this.database, this.store, this.facilities, this.keys, this.queries) = (database, store, facilities, keys, queries);

    /// <summary>Looks once at every facility.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        Caller self = Caller.System();
        DateTimeOffset now = database.Time.GetUtcNow();
        WorkCalendar calendar = (await DeadlineStore.GroundAsync(database, ct)).Calendar;
        List<SettingRow> settings = await DeadlineStore.SettingsAsync(database, ct);
        IReadOnlyList<DeadlineChoice> choices = DeadlineSettings.Choices(settings);
        List<Duty> open = await store.OpenAsync(self, 10_000, ct);
        IReadOnlyList<SigningKeyView> known = await keys.ListAsync(self, ct);
        foreach (FacilityRow facility in await facilities.ListAsync(self, ct))
        {
            List<Duty> here = open.FindAll(d => d.Facility == facility.Facility);
            List<(Duty Duty, long? Records)> wanted = [.. Periods(facility, choices, now), .. Milestones(facility.Facility, now), .. Certificates(facility.Facility, known, now)];
            wanted.AddRange(await ErrorsAsync(facility.Facility, calendar, now, ct));
            wanted.AddRange(await ResultsAsync(facility.Facility, now, ct));
            await KeepAsync(facility.Facility, here, wanted, known, now, ct);
        }
    }

    internal static Duty ErrorFix(string prefix, string facility, DateTimeOffset answeredAt, long? records, WorkCalendar calendar, DateTimeOffset now)
    {
        DutyRule rule = DutyRule.Get("portal-error-fix");
        DateOnly day = answeredAt.VietnamDay();
        string text = day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        string title = prefix.Length == 0 ? $"Sửa và gửi lại hồ sơ cổng từ chối ngày {text}" : $"Sửa và gửi lại hồ sơ cổng báo lỗi ngày {text}";
        return New(facility, rule, prefix + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), title, answeredAt, DutyDue.After(rule, answeredAt, calendar), now) with { Records = records };
    }

    private async Task KeepAsync(
        string facility, List<Duty> open, List<(Duty Duty, long? Records)> wanted, IReadOnlyList<SigningKeyView> known, DateTimeOffset now, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        foreach ((Duty duty, long? records) in wanted)
        {
            if (open.Find(d => d.Rule == duty.Rule && d.Subject == duty.Subject) is { } there)
            {
                if (records is { } count && count != there.Records)
                    await DutyStore.CountAsync(session, there, count, ct);
            }
            else if (await DutyStore.AddAsync(session, duty with { Records = records ?? duty.Records }, ct))
            {
                session.Audit(facility, Actor, "duty.opened", duty.Id.ToString(), $"{duty.Rule} {duty.Subject}");
            }
        }
        foreach (Duty duty in open.Where(d => d.OpenedBy == Actor))
        {
            bool stillWanted = wanted.Exists(w => w.Duty.Rule == duty.Rule && w.Duty.Subject == duty.Subject);
            if (await DoneAsync(duty, stillWanted, known, now, ct) is not { } seen)
                continue;
            await DutyStore.MoveAsync(session, duty, DutyState.Done, seen, Actor, ct);
            session.Audit(facility, Actor, "duty.done", duty.Id.ToString(), seen);
        }
        await session.CommitAsync(ct);
    }

    /// <summary>What the product saw that settles a duty; null while nothing did.</summary>
    private async Task<string?> DoneAsync(Duty duty, bool stillWanted, IReadOnlyList<SigningKeyView> known, DateTimeOffset now, CancellationToken ct)
    {
        switch (duty.Rule)
        {
            case "portal-error-fix" when duty.Subject.StartsWith(LaterFaults, StringComparison.Ordinal):
                return await store.FaultyAsync(duty.Facility, ct) == 0 ? "Không còn hồ sơ nào cổng báo lỗi." : null;
            case "portal-error-fix" or "result-window":
                return stillWanted ? null : "Không còn hồ sơ nào.";
            case "month-open":
                DateOnly month = DateOnly.ParseExact(duty.Subject + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
                bool over = now >= DutyDue.StartOf(month.AddMonths(1));
                return over && await queries.OpenOfMonthAsync(duty.Facility, month, ct) == 0 ? "Mọi hồ sơ của tháng đã được tiếp nhận." : null;
            case "certificate":
                return known.Any(k => k.Facility == duty.Facility && k.Serial == duty.Subject && k.State is SigningKeyState.InUse or SigningKeyState.Expired && k.RetiredAt is null)
                    && !known.Any(k => k.Facility == duty.Facility && k.State is SigningKeyState.InUse or SigningKeyState.Coming && k.NotAfter > duty.DueAt) ? null : "Đã có chứng thư thay thế.";
            default:
                return null;
        }
    }

    private static IEnumerable<(Duty, long?)> Periods(FacilityRow facility, IReadOnlyList<DeadlineChoice> choices, DateTimeOffset now)
    {
        foreach (DutyRule rule in DutyRule.All)
        {
            if (rule.Kind != DutyKind.Period || !rule.Enacted || !DeadlineSettings.Has(choices, facility.Facility, rule) || (rule.Province.Length > 0 && rule.Province != facility.Province))
                continue;
            foreach (DutyPeriod period in DutyDue.OpenAt(rule, now))
                yield return (New(facility.Facility, rule, period.Subject, $"{rule.Title} ({Spoken(period.Subject)})", period.Opens, period.Closes, now), null);
        }
    }

    private static IEnumerable<(Duty, long?)> Milestones(string facility, DateTimeOffset now)
    {
        foreach (Milestone milestone in Milestone.All)
        {
            DateTimeOffset day = DutyDue.StartOf(milestone.Day);
            if (now < day && day - now <= MilestoneAhead)
                yield return (New(facility, DutyRule.Get("milestone"), milestone.Id, $"{milestone.Title} ({milestone.Basis})", now, day, now), null);
        }
    }

    private static IEnumerable<(Duty, long?)> Certificates(string facility, IReadOnlyList<SigningKeyView> known, DateTimeOffset now)
    {
        foreach (SigningKeyView key in known)
        {
            if (key.Facility == facility && key.State == SigningKeyState.InUse && key.NotAfter - now <= CertificateAhead)
                yield return (New(facility, DutyRule.Get("certificate"), key.Serial, $"Chứng thư số {key.Name} ({key.Serial}) hết hạn", now, key.NotAfter, now), null);
        }
    }

    private async Task<List<(Duty, long?)>> ErrorsAsync(string facility, WorkCalendar calendar, DateTimeOffset now, CancellationToken ct)
    {
        List<(Duty, long?)> duties = [];
        foreach (IGrouping<DateOnly, long> day in (await store.RefusedAsync(facility, ct)).GroupBy(at => ListRow.Utc(at).VietnamDay()))
            duties.Add((ErrorFix("", facility, ListRow.Utc(day.Min()), day.Count(), calendar, now), day.Count()));
        return duties;
    }

    /// <summary>Receptions of which the result soon can't be asked for any more, by their month.</summary>
    private async Task<List<(Duty, long?)>> ResultsAsync(string facility, DateTimeOffset now, CancellationToken ct)
    {
        DutyRule window = DutyRule.Get("result-window");
        DateTimeOffset from = now.AddDays(-window.Amount), to = now.AddDays(-DutyRule.Get("result-reminder").Amount);
        List<(Duty, long?)> duties = [];
        for (DateOnly month = DutyDue.FirstOfMonth(from.VietnamDay()); month <= to.VietnamDay(); month = month.AddMonths(1))
        {
            DateTimeOffset first = Later(from, DutyDue.StartOf(month)), next = DutyDue.StartOf(month.AddMonths(1));
            (long count, long? oldest) = await store.PendingAsync(
                facility, first.ToUnixTimeMilliseconds(), (next < to ? next : to).ToUnixTimeMilliseconds(), ct);
            if (oldest is not { } at || count == 0)
                continue;
            string subject = month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
            duties.Add((New(facility, window, subject, $"{window.Title} (tiếp nhận {Spoken(subject)})", ListRow.Utc(at), DutyDue.EndOf(ListRow.Utc(at).VietnamDay().AddDays(window.Amount)), now), count));
        }
        return duties;
    }

    private static Duty New(string facility, DutyRule rule, string subject, string title, DateTimeOffset began, DateTimeOffset due, DateTimeOffset now) => new(
        Guid.CreateVersion7(now), facility, rule.Id, subject, title, DutyState.Open, began, due, null, "", Actor, null, null);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    /// <summary>A period as people say it.</summary>
    private static string Spoken(string subject) => subject switch
    {
        { Length: 7 } when subject[5] == 'Q' => $"quý {subject[6]}/{subject[..4]}",
        { Length: 7 } when subject[5] == 'H' => $"{(subject[6] == '1' ? "6 tháng đầu" : "6 tháng cuối")} năm {subject[..4]}",
        { Length: 7 } => $"tháng {subject[5..]}/{subject[..4]}",
        { Length: 10 } => $"ngày {subject[8..]}/{subject[5..7]}/{subject[..4]}",
        _ => $"năm {subject}",
    };
}
