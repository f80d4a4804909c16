using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;
using LienThong.Portal;
using LienThong.Standard;

namespace LienThong.Gateway.Cards;

/// <summary>Looks cards up that are due: those the portal couldn't be asked about, and the nightly batch of watched visits. Several nodes share the work.</summary>
public sealed class CardRound
{
    private static readonly string[] ForcesPrefixes = ["QN", "CY", "CA"];
    private readonly Database database;
    private readonly CardVisitStore visits;
    private readonly CardSettingStore settings;
    private readonly FacilityStore facilityStore;
    private readonly FacilitySettings facilities;
    private readonly CardWatch watch;
    private readonly CardRun run;
    private readonly CardSeal seal;
    private readonly CardOptions options;
    private readonly PortalOptions portal;
    private readonly string owner = Guid.NewGuid().ToString("N");

    internal CardRound(
        Database database, CardVisitStore visits, CardSettingStore settings, FacilityStore facilityStore, FacilitySettings facilities, CardWatch watch, CardRun run,
        CardSeal seal, CardOptions options, PortalOptions portal)
    {
        (this.database, this.visits, this.settings, this.facilityStore, this.facilities) = (database, visits, settings, facilityStore, facilities);
        (this.watch, this.run, this.seal, this.options, this.portal) = (watch, run, seal, options, portal);
    }

    /// <summary>Begins the nightly batches that are due and looks up what is due, until nothing is.</summary>
    /// <returns>Lookups made.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await BeginNightsAsync(ct);
        int made = 0;
        while (await visits.ClaimAsync(owner, options.Lease, ct) is { } visit)
        {
            if (await AskAsync(visit, ct))
                made++;
        }
        return made;
    }

    // The batch is spread over the night by when each visit is due: that is the rate, whoever looks it up.
    private async Task BeginNightsAsync(CancellationToken ct)
    {
        DateTimeOffset now = database.Time.GetUtcNow().InVietnam();
        string today = $"{now:yyyyMMdd}";
        foreach (CardSettingRow row in await settings.ListAsync(Caller.System(), ct))
        {
            if (row.Nightly == 0 || row.NightlyDay == today || (now.Hour * 60) + now.Minute < row.NightlyMinute)
                continue;
            await using WriteSession session = await database.BeginAsync(ct);
            if (!await CardSettingStore.TakeNightAsync(session, row.Facility, today, ct))
                continue;
            await watch.WatchCheckedInAsync(session, row, ct);
            int due = 0;
            // A batch in the evening is for tomorrow, one in the small hours for today.
            string expected = $"{now.AddHours(12):yyyyMMdd}";
            foreach (CardVisitRow visit in await CardVisitStore.WatchedAsync(session, row.Facility, ct))
            {
                if (!IsWanted(visit, row, expected))
                    continue;
                visit.DueAt = database.Now + (due++ * 60_000L / row.NightlyPerMinute);
                visit.DueFor = CardOrigins.Nightly;
                await CardVisitStore.SaveAsync(session, visit, ct);
            }
            session.Audit(row.Facility, CardOrigins.Nightly, "card.nightly", row.Facility, $"{due}");
            await session.CommitAsync(ct);
        }
    }

    private bool IsWanted(CardVisitRow visit, CardSettingRow setting, string expected)
    {
        if (visit.Watch == nameof(CardWatchKind.Appointment) && visit.WatchDay != expected)
            return false;
        if (setting.SkipsForces == 0)
            return true;
        CardQuestion question = seal.Open<SealedQuestion>(visit.Question).Question;
        return question.Kind != CardNumberKind.Card || !ForcesPrefixes.Contains(question.Number[..2], StringComparer.Ordinal);
    }

    private async Task<bool> AskAsync(CardVisitRow visit, CancellationToken ct)
    {
        if (await IsOverAsync(visit, ct))
        {
            await EndAsync(visit, isOver: true, null, ct);
            return false;
        }
        bool nightly = visit.DueFor == CardOrigins.Nightly;
        SealedQuestion sealedQuestion = seal.Open<SealedQuestion>(visit.Question);
        byte[]? own = await settings.StaffAsync(visit.Facility, "", ct);
        CardStaff? registered = own is null ? null : seal.Open<CardStaff>(own);
        CardStaff? staff = nightly ? registered : sealedQuestion.Staff ?? registered;
        PortalAccount? account = await facilityStore.FindAsync(Caller.System(), visit.Facility, ct) is { } facility ? facilities.AccountOf(facility) : null;
        if (staff is null || account is null)
        {
            await EndAsync(visit, isOver: false, account is null ? "Cơ sở chưa khai tài khoản Cổng" : "Chưa khai người tra cứu của cơ sở", ct);
            return false;
        }
        string origin = nightly ? CardOrigins.Nightly : CardOrigins.Retry;
        CardMoment moment = visit.Watch == nameof(CardWatchKind.Appointment) ? CardMoment.Reception : CardMoment.During;
        (string, CardState State)? asked = await run.AskAsync(
            new CardCall(account, sealedQuestion.Question, staff, visit.MaLk, moment, origin, origin), visit.VisitId, portal.CallTimeout, ct);
        if (asked is null)
        {
            await visits.PutBackAsync(visit, options.PauseWhileBusy, ct);
            await visits.PostponeAsync(visit.Facility, options.PauseWhileBusy, ct);
            return false;
        }
        if (asked.Value.State == CardState.PortalDown)
            await visits.PostponeAsync(visit.Facility, options.PauseWhileDown, ct);
        return true;
    }

    private async Task<bool> IsOverAsync(CardVisitRow visit, CancellationToken ct)
    {
        if (visit.ClosedAt is not null || await visits.HasRecordAsync(visit, ct))
            return true;
        return visit is { MaLk.Length: 0, Watch.Length: 0 } && database.Now - visit.OpenedAt > (long)options.LongestNameless.TotalMilliseconds;
    }

    private async Task EndAsync(CardVisitRow visit, bool isOver, string? cause, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        if (await CardVisitStore.LockAsync(session, Caller.System(), visit.VisitId, ct) is not { } now)
            return;
        (now.DueAt, now.DueFor) = (null, "");
        if (isOver && now.ClosedAt is null)
            now.EndedAt = database.Now;
        if (cause is not null)
            now.Cause = cause;
        await CardVisitStore.SaveAsync(session, now, ct);
        await session.CommitAsync(ct);
    }
}
