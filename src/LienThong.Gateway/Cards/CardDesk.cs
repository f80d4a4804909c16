using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;
using LienThong.Portal;

namespace LienThong.Gateway.Cards;

/// <summary>What became of asking for a lookup.</summary>
public abstract record CardLookupResult
{
    private CardLookupResult()
    {
    }

    /// <summary>The portal was asked, or tried to be: the evidence is kept.</summary>
    /// <param name="Lookup">What came of it.</param>
    public sealed record Done(CardLookupView Lookup) : CardLookupResult;

    /// <summary>Nothing was asked.</summary>
    /// <param name="Errors">What to mend first.</param>
    public sealed record Refused(IReadOnlyList<CardInputError> Errors) : CardLookupResult;
}

/// <summary>The use case «look a card up».</summary>
public sealed class CardDesk
{
    private readonly Database database;
    private readonly FacilityStore facilityStore;
    private readonly FacilitySettings facilities;
    private readonly CardSettings settings;
    private readonly CardRun run;
    private readonly CardEvidence evidence;
    private readonly CardOptions options;

    internal CardDesk(
        Database database, FacilityStore facilityStore, FacilitySettings facilities, CardSettings settings, CardRun run, CardEvidence evidence, CardOptions options) =>
        (this.database, this.facilityStore, this.facilities, this.settings, this.run, this.evidence, this.options) =
        (database, facilityStore, facilities, settings, run, evidence, options);

    /// <summary>Checks what was typed or scanned, asks the portal with the facility's own account, and keeps what it said.</summary>
    /// <param name="caller">Needs <see cref="Permissions.LookUpCards"/>.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="ct">Stops the work; nothing is kept then.</param>
    /// <exception cref="UnauthorizedAccessException">The caller lacks the permission.</exception>
    public async Task<CardLookupResult> LookUpAsync(Caller caller, CardRequest request, CancellationToken ct)
    {
        CardSettings.Demand(caller, Permissions.LookUpCards);
        List<CardInputError> errors = [];
        CardQuestion? question = CardInput.Read(request, database.Time.GetUtcNow(), errors);
        FacilityRow? facility = await facilityStore.FindAsync(caller, request.Facility, ct);
        PortalAccount? account = facility is null ? null : facilities.AccountOf(facility);
        if (facility is null)
            errors.Add(new CardInputError("facility", $"Cơ sở «{(request.Facility.Length > 20 ? request.Facility[..20] : request.Facility)}» chưa được khai báo hoặc không thuộc quyền của bạn."));
        else if (account is null)
            errors.Add(new CardInputError("facility", "Cơ sở chưa khai tài khoản Cổng: nhờ người quản trị nhập tài khoản rồi tra lại."));
        CardStaff? staff = await StaffAsync(caller, request, errors, ct);
        if (errors.Count > 0)
            return new CardLookupResult.Refused(errors);
        (string id, _) = (await run.AskAsync(
            new CardCall(account!, question!, staff!, request.MaLk.Trim(), request.Moment, request.Origin, caller.Name), null, options.DeskTimeout, ct))!.Value;
        return new CardLookupResult.Done((await evidence.FindAsync(caller, id, noted: false, ct))!);
    }

    /// <summary>Asks again about a visit's card as it was asked last.</summary>
    /// <param name="caller">Needs <see cref="Permissions.LookUpCards"/>.</param>
    /// <param name="visit">The visit, as the work list shows it.</param>
    /// <param name="moment">When in the visit.</param>
    /// <param name="ct">Stops the work; nothing is kept then.</param>
    public Task<CardLookupResult> LookUpAgainAsync(Caller caller, CardVisitView visit, CardMoment moment, CancellationToken ct) => LookUpAsync(caller, new CardRequest
    {
        Facility = visit.Facility,
        Number = visit.Question.Number,
        Name = visit.Question.Name,
        Birth = visit.Question.Birth,
        MaLk = visit.MaLk,
        Moment = moment,
        Origin = CardOrigins.Page,
    }, ct);

    private async Task<CardStaff?> StaffAsync(Caller caller, CardRequest request, List<CardInputError> errors, CancellationToken ct)
    {
        if (request.Staff is { } given)
            return CardInput.Staff(given.Name, given.CitizenId, errors);
        if (await settings.StaffOfAsync(caller, request.Facility, ct) is { } set)
            return set;
        errors.Add(new CardInputError("staff", "Chưa khai người tra cứu: nhập họ tên và số CCCD của bạn như cơ sở đã đăng ký với BHXH, hoặc nhờ quản trị khai người tra cứu của cơ sở."));
        return null;
    }
}
