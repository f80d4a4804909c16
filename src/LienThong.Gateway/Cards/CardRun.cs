using System.Security.Cryptography;
using LienThong.Gateway.Access;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Storage;
using LienThong.Portal;
using LienThong.Standard;
using LienThong.Validation;
using PortalCardAnswer = LienThong.Portal.CardAnswer;

namespace LienThong.Gateway.Cards;

/// <summary>A lookup that is to be made.</summary>
/// <param name="Account">Account of the facility.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Staff">Who asks.</param>
/// <param name="MaLk"><c>MA_LK</c>; empty when not known.</param>
/// <param name="Moment">When in the visit.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Actor">User or service.</param>
internal sealed record CardCall(PortalAccount Account, CardQuestion Question, CardStaff Staff, string MaLk, CardMoment Moment, string Origin, string Actor);

/// <summary>Asks the portal and keeps what came of it: evidence, state of the visit, changes, and records to be judged again, in one transaction.</summary>
internal sealed class CardRun(Database database, CardLookupClient client, CardSeal seal, CardOptions options, PortalOptions portal, RejudgeRunner rejudging, CardCallStore calls)
{
    // A login may come before the call.
    private static readonly TimeSpan BesideCall = TimeSpan.FromMinutes(1);

    /// <summary>Makes a lookup. One that somebody waits for begins at once, whatever the facility's pace; one of the product's own only when the pace has a call to spare.</summary>
    /// <param name="call">What.</param>
    /// <param name="visitId">The visit when it is known already; else it is found by <c>MA_LK</c> or person.</param>
    /// <param name="limit">Longest wait for the portal.</param>
    /// <param name="ct">Stops the work; nothing is kept then.</param>
    /// <returns>Id of the lookup and how it ended; null when the pace has no call to spare, then nothing was asked.</returns>
    public async Task<(string LookupId, CardState State)?> AskAsync(CardCall call, string? visitId, TimeSpan limit, CancellationToken ct)
    {
        long started = database.Now;
        string facility = call.Account.FacilityCode;
        string? noted = call.Origin is CardOrigins.Nightly or CardOrigins.Retry
            ? await calls.TryBeginAsync(facility, limit + BesideCall, ct) : await calls.BeginAsync(facility, limit + BesideCall, ct);
        if (noted is null)
            return null;
        CardLookupOutcome outcome;
        try
        {
            outcome = await LookupAsync(call, limit, ct);
        }
        finally
        {
            await calls.EndAsync(noted, CancellationToken.None);
        }
        CardEnd end = Read(outcome, call.Question);
        await using WriteSession session = await database.BeginAsync(ct);
        CardVisitRow visit = await VisitAsync(session, call, visitId, ct);
        if (end.Card is { } told && CardFacts.SocialNumber(told) is { Length: > 0 } social)
            visit.CardHash = HistoryKey.OfCard(visit.Facility, social);
        string lookupId = Guid.CreateVersion7(database.Time.GetUtcNow()).ToString();
        await CardLookupStore.AddAsync(session, Row(lookupId, visit, call, end, started), ct);
        if (end.Facts is not null)
            await NoteChangesAsync(session, visit, lookupId, end, ct);
        Settle(visit, lookupId, end);
        await CardVisitStore.SaveAsync(session, visit, ct);
        if (end.Facts is not null)
            await RejudgeAsync(session, visit, ct);
        session.Audit(visit.Facility, call.Actor, "card.looked-up", lookupId, $"{call.Origin} {end.State} {end.Code}".TrimEnd());
        await session.CommitAsync(ct);
        rejudging.Wake();
        return (lookupId, end.State);
    }

    private async Task<CardLookupOutcome> LookupAsync(CardCall call, TimeSpan limit, CancellationToken ct)
    {
        CardQuestion q = call.Question;
        using CancellationTokenSource wait = CancellationTokenSource.CreateLinkedTokenSource(ct);
        wait.CancelAfter(limit);
        try
        {
            return await client.LookupAsync(call.Account, new CardQuery(q.Number, q.Name, q.Birth, call.Staff.Name, call.Staff.CitizenId), wait.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new CardLookupOutcome.NotAnswered($"Cổng không trả lời tra cứu trong {limit.TotalSeconds:0} giây", false, null);
        }
    }

    private CardEnd Read(CardLookupOutcome outcome, CardQuestion question)
    {
        if (outcome is CardLookupOutcome.NotAnswered none)
            return new CardEnd(none.NeedsPerson ? CardState.Unverified : CardState.PortalDown, "", none.Cause, none.Answer, null, null);
        PortalCardAnswer card = ((CardLookupOutcome.Answered)outcome).Card;
        return new CardEnd(card.Meaning.State, card.Code, "", card.Answer, card, CardFacts.Of(card, question));
    }

    private async Task<CardVisitRow> VisitAsync(WriteSession session, CardCall call, string? visitId, CancellationToken ct)
    {
        string facility = call.Account.FacilityCode;
        (long? card, long? citizen) = Hashes(facility, call.Question);
        string personKey = PersonKey(card, citizen);
        string key = call.MaLk.Length > 0 ? "LK:" + call.MaLk : personKey;
        CardVisitRow? visit = visitId is null
            ? await CardVisitStore.FindAsync(session, (facility, key), personKey, ct)
            : await CardVisitStore.LockAsync(session, Caller.System(), visitId, ct);
        if (visit is null)
        {
            visit = new CardVisitRow
            {
                VisitId = Guid.CreateVersion7(database.Time.GetUtcNow()).ToString(),
                Facility = facility,
                VisitKey = key,
                MaLk = call.MaLk,
                State = CardState.Unverified.ToString(),
                OpenedAt = database.Now,
                Question = seal.Close(SealedQuestion.Of(call.Question, call.Staff)),
            };
            // Two desks at the same moment: the second finds the first one's.
            if (await CardVisitStore.AddAsync(session, visit, ct) == 0)
                visit = (await CardVisitStore.FindAsync(session, (facility, key), null, ct))!;
        }
        if (call.MaLk.Length > 0 && visit.MaLk.Length == 0)
            (visit.MaLk, visit.VisitKey) = (call.MaLk, key);
        (visit.CardHash, visit.CitizenHash) = (card ?? visit.CardHash, citizen ?? visit.CitizenHash);
        // The nightly batch asks as the facility; who asked at the desk goes on being who asks again.
        if (call.Origin is not (CardOrigins.Nightly or CardOrigins.Retry))
            visit.Question = seal.Close(SealedQuestion.Of(call.Question, call.Staff));
        return visit;
    }

    private CardLookupRow Row(string lookupId, CardVisitRow visit, CardCall call, CardEnd end, long started) =>
        new()
        {
            LookupId = lookupId,
            VisitId = visit.VisitId,
            Facility = visit.Facility,
            MaLk = visit.MaLk,
            CardHash = visit.CardHash,
            CitizenHash = visit.CitizenHash,
            Moment = call.Moment.ToString(),
            Origin = call.Origin,
            Actor = call.Actor,
            Account = call.Account.UserName,
            StartedAt = started,
            DurationMs = database.Now - started,
            HttpStatus = end.Answer?.HttpStatus,
            Code = end.Code,
            State = end.State.ToString(),
            Cause = end.Cause,
            IsWhole = end.Answer?.IsWhole == true ? 1 : 0,
            Simulator = end.Answer?.IsSimulator == true ? 1 : 0,
            Request = seal.Close(SealedQuestion.Of(call.Question, call.Staff)),
            Answer = end.Answer is { } answer ? seal.CloseBytes(answer.Body) : null,
            AnswerSha256 = end.Answer is { } sent ? Convert.ToHexStringLower(SHA256.HashData(sent.Body)) : null,
            Facts = end.Facts is { } facts ? CardFacts.Pack(facts) : null,
        };

    private async Task NoteChangesAsync(WriteSession session, CardVisitRow visit, string lookupId, CardEnd end, CancellationToken ct)
    {
        CardLookupRow? before = visit.AnswerId is { } id ? await CardLookupStore.FindAsync(session, id, ct) : null;
        PortalCardAnswer? old = before is { Answer: { } body }
            ? CardAnswerReading.TryRead(new PortalAnswer(before.HttpStatus ?? 0, seal.OpenBytes(body), before.IsWhole != 0, "", null, TimeSpan.Zero, before.Simulator != 0), portal.CardCodes)
            : null;
        IReadOnlyList<CardFieldChange> fields = CardFacts.Changes(old, end.Card!);
        bool isNews = before is null ? visit.Watch.Length > 0 && end.State != CardState.Verified : fields.Count > 0 || before.Code != end.Code;
        if (!isNews)
            return;
        await CardLookupStore.AddChangeAsync(session, new CardChangeRow
        {
            ChangeId = Guid.CreateVersion7(database.Time.GetUtcNow()).ToString(),
            Facility = visit.Facility,
            VisitId = visit.VisitId,
            MaLk = visit.MaLk,
            LookupId = lookupId,
            BeforeId = before?.LookupId,
            FoundAt = database.Now,
            CodeBefore = before?.Code ?? "",
            CodeAfter = end.Code,
            Fields = seal.Close(fields),
        }, ct);
    }

    // What the portal said before isn't taken back by a portal that can't be asked now.
    private void Settle(CardVisitRow visit, string lookupId, CardEnd end)
    {
        visit.LookupId = lookupId;
        visit.ChangedAt = database.Now;
        visit.Cause = end.Cause;
        bool down = end.State == CardState.PortalDown;
        if (end.Facts is not null || visit.AnswerId is null)
            (visit.State, visit.Code) = (end.State.ToString(), end.Code);
        if (end.Facts is not null)
            visit.AnswerId = lookupId;
        bool again = down && visit.ClosedAt is null && visit.EndedAt is null;
        visit.Attempts = down ? visit.Attempts + 1 : 0;
        visit.DueAt = again ? database.Now + (long)options.DelayAfter(visit.Attempts).TotalMilliseconds : null;
        visit.DueFor = again ? CardOrigins.Retry : "";
    }

    private async Task RejudgeAsync(WriteSession session, CardVisitRow visit, CancellationToken ct)
    {
        List<CardRecordRow> records = await CardVisitStore.RecordsAsync(database, session, visit, ct);
        if (records.Count > 0)
            await HistoryStore.AddDueAsync(session, records.Select(r => new RecordFacts { Id = r.RecordId, Facility = r.Facility }), ct);
    }

    /// <summary>Numbers under which records of the person asked about are found.</summary>
    internal static (long? Card, long? Citizen) Hashes(string facility, CardQuestion question) => question.Kind == CardNumberKind.Citizen
        ? (null, HistoryKey.OfCitizen(facility, question.Number))
        : (HistoryKey.OfCard(facility, question.SocialNumber), null);

    private string PersonKey(long? card, long? citizen) =>
        $"P:{card ?? citizen:x}:{database.Time.GetUtcNow().VietnamDay():yyyyMMdd}";

    private sealed record CardEnd(CardState State, string Code, string Cause, PortalAnswer? Answer, PortalCardAnswer? Card, Validation.CardAnswer? Facts);
}

/// <summary>Where lookups come from.</summary>
internal static class CardOrigins
{
    /// <summary>The front desk's page.</summary>
    public const string Page = "page";

    /// <summary>A system over REST.</summary>
    public const string Api = "api";

    /// <summary>The command line.</summary>
    public const string Cli = "cli";

    /// <summary>Asked again because the portal was down.</summary>
    public const string Retry = "retry";

    /// <summary>The nightly batch.</summary>
    public const string Nightly = "nightly";
}
