using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;
using LienThong.Portal;
using LienThong.Validation;

namespace LienThong.Gateway.Cards;

/// <summary>Why a visit is watched.</summary>
public enum CardWatchKind
{
    /// <summary>The patient is in the house.</summary>
    InPatient,

    /// <summary>The patient is expected.</summary>
    Appointment,
}

/// <summary>A visit whose card is to be looked up every night.</summary>
/// <param name="MaLk"><c>MA_LK</c>; needed for in-patients, so that the watch ends with the record.</param>
/// <param name="Number">Card number, social-insurance number or citizen number.</param>
/// <param name="Name">Name.</param>
/// <param name="Birth">Birth date.</param>
/// <param name="Kind">Why.</param>
/// <param name="Day">Day of an appointment.</param>
public sealed record CardWatchEntry(string MaLk, string Number, string Name, string Birth, CardWatchKind Kind, DateOnly? Day)
{
    /// <summary>Kind only: the rest is personal.</summary>
    public override string ToString() => $"{nameof(CardWatchEntry)} {Kind}";
}

/// <summary>What became of a list of visits to watch.</summary>
/// <param name="Watched">Visits watched from now on.</param>
/// <param name="Ended">Visits that were watched before and aren't any more.</param>
/// <param name="Errors">What wasn't taken, with the position in the list from 1; the others are.</param>
public sealed record CardWatchResult(int Watched, int Ended, IReadOnlyList<(int Entry, CardInputError Error)> Errors);

/// <summary>The list a facility hands in of in-patients and tomorrow's appointments, and in-patients known by their check-in.</summary>
public sealed class CardWatch
{
    private readonly Database database;
    private readonly FacilitySettings facilities;
    private readonly CardSeal seal;
    private readonly CardOptions options;

    internal CardWatch(Database database, FacilitySettings facilities, CardSeal seal, CardOptions options) =>
        (this.database, this.facilities, this.seal, this.options) = (database, facilities, seal, options);

    /// <summary>Takes a list. It is the whole list: a visit watched before that isn't on it has ended.</summary>
    /// <param name="caller">Needs <see cref="Permissions.LookUpCards"/>.</param>
    /// <param name="facility">The facility.</param>
    /// <param name="entries">The visits, at most <see cref="CardOptions.MostWatched"/>.</param>
    /// <param name="ct">Stops; nothing is changed then.</param>
    /// <returns>What was taken; null when the facility is unknown or not the caller's.</returns>
    public async Task<CardWatchResult?> SetAsync(Caller caller, string facility, IReadOnlyList<CardWatchEntry> entries, CancellationToken ct)
    {
        CardSettings.Demand(caller, Permissions.LookUpCards);
        if (await facilities.FindAsync(caller, facility, ct) is null)
            return null;
        List<(int, CardInputError)> errors = [];
        if (entries.Count > options.MostWatched)
            return new CardWatchResult(0, 0, [(options.MostWatched + 1, new CardInputError("visits", $"Danh sách không được quá {options.MostWatched} lượt."))]);
        HashSet<string> kept = new(StringComparer.Ordinal);
        await using WriteSession session = await database.BeginAsync(ct);
        for (int i = 0; i < entries.Count; i++)
        {
            List<CardInputError> wrong = [];
            if (Read(facility, entries[i], wrong) is { } visit)
                kept.Add(await WatchAsync(session, visit, ct));
            errors.AddRange(wrong.Select(e => (i + 1, e)));
        }
        int ended = 0;
        // A visit whose line is broken stays watched as before: it is on the list.
        foreach (CardVisitRow old in errors.Count > 0 ? [] : await CardVisitStore.WatchedAsync(session, facility, ct))
        {
            if (kept.Contains(old.VisitId))
                continue;
            (old.Watch, old.WatchDay) = ("", "");
            if (old.DueFor == CardOrigins.Nightly)
                (old.DueAt, old.DueFor) = (null, "");
            await CardVisitStore.SaveAsync(session, old, ct);
            ended++;
        }
        if (errors.Count == 0)
            await CardSettingStore.ListedAsync(session, facility, ct);
        session.Audit(facility, caller.Name, "card.watch-set", facility, $"{kept.Count} -{ended}");
        await session.CommitAsync(ct);
        return new CardWatchResult(kept.Count, ended, errors);
    }

    /// <summary>
    /// Has in-patients watched of whom only a check-in came: admitted after the facility's last list (which says who was in the house until then), no record yet.
    /// One whose card, name or birth can't be asked about is passed over.
    /// </summary>
    internal async Task WatchCheckedInAsync(WriteSession session, CardSettingRow setting, CancellationToken ct)
    {
        long since = Math.Max(setting.WatchListedAt ?? 0, database.Now - (long)options.LongestStay.TotalMilliseconds);
        foreach (CheckInFactsRow row in await CheckInStore.InHouseAsync(session, setting.Facility, since, options.MostWatched, ct))
        {
            CheckInFacts facts = row.ToFacts();
            if (Read(setting.Facility, new CardWatchEntry(row.MaLk, facts.CardNumber, facts.Name, facts.Born, CardWatchKind.InPatient, null), []) is { } visit)
                await WatchAsync(session, visit, ct);
        }
    }

    private CardVisitRow? Read(string facility, CardWatchEntry entry, List<CardInputError> errors)
    {
        CardQuestion? question = CardInput.Read(
            new CardRequest { Number = entry.Number, Name = entry.Name, Birth = entry.Birth, MaLk = entry.MaLk }, database.Time.GetUtcNow(), errors);
        if (entry.Kind == CardWatchKind.InPatient && string.IsNullOrWhiteSpace(entry.MaLk))
            errors.Add(new CardInputError("maLk", "Người bệnh nội trú cần MA_LK."));
        if (entry.Kind == CardWatchKind.Appointment && entry.Day is null)
            errors.Add(new CardInputError("day", "Lịch hẹn cần ngày hẹn (yyyy-MM-dd)."));
        return errors.Count > 0 ? null : Visit(facility, question!, entry);
    }

    private CardVisitRow Visit(string facility, CardQuestion question, CardWatchEntry entry)
    {
        (long? card, long? citizen) = CardRun.Hashes(facility, question);
        string day = entry.Kind == CardWatchKind.Appointment ? $"{entry.Day:yyyyMMdd}" : "", maLk = entry.MaLk.Trim();
        return new CardVisitRow
        {
            VisitId = Guid.CreateVersion7(database.Time.GetUtcNow()).ToString(),
            Facility = facility,
            VisitKey = maLk.Length > 0 ? "LK:" + maLk : $"A:{card ?? citizen:x}:{day}",
            MaLk = maLk,
            CardHash = card,
            CitizenHash = citizen,
            Question = seal.Close(SealedQuestion.Of(question, null)),
            State = nameof(CardState.Unverified),
            Watch = entry.Kind.ToString(),
            WatchDay = day,
            OpenedAt = database.Now,
            ChangedAt = database.Now,
        };
    }

    // A visit somebody looked up before goes on as it is, with what the list says of the person now.
    private async Task<string> WatchAsync(WriteSession session, CardVisitRow visit, CancellationToken ct)
    {
        if (await CardVisitStore.AddAsync(session, visit, ct) == 1)
            return visit.VisitId;
        CardVisitRow known = (await CardVisitStore.FindAsync(session, (visit.Facility, visit.VisitKey), null, ct))!;
        CardStaff? staff = seal.Open<SealedQuestion>(known.Question).Staff;
        (known.Watch, known.WatchDay, known.Question) = (visit.Watch, visit.WatchDay, seal.Close(seal.Open<SealedQuestion>(visit.Question) with { Staff = staff }));
        (known.CardHash, known.CitizenHash) = (visit.CardHash ?? known.CardHash, visit.CitizenHash ?? known.CitizenHash);
        await CardVisitStore.SaveAsync(session, known, ct);
        return known.VisitId;
    }
}
