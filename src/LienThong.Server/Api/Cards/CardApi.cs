using System.ComponentModel;
using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Cards;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Records;
using LienThong.Portal;
using LienThong.Server.Access;
using LienThong.Server.Api.Records;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Api.Cards;

/// <summary>Card lookups, unverified cards and what changed.</summary>
internal static class CardApi
{
    private const int WatchBytes = 4 * 1024 * 1024;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder cards = api.MapGroup("/cards").WithTags("Cards");
        cards.MapPost("/lookups", LookUpAsync).RequireAuthorization(Permissions.LookUpCards).Produces<CardLookupBody>(201).Fails(400, 422)
            .WithSummary("Looks a card up on the portal")
            .WithDescription("By card number, social-insurance number, citizen number or the text of a QR code. Answers 201 also when the portal is down: the state says so, and the card is asked again.");
        cards.MapGet("/lookups", ListAsync).RequireAuthorization(Permissions.ReadCards).Produces<PageBody<CardLookupSummary>>().Fails(400)
            .WithSummary("Lists card lookups without names and numbers, newest first, paged by key");
        cards.MapGet("/lookups/{id:guid}", async (Guid id, CardEvidence evidence, HttpContext http, CancellationToken ct) =>
            await evidence.FindAsync(http.Caller(), id.ToString(), ct) is { } found ? TypedResults.Ok(CardLookupBody.Of(found)) : Missing())
            .RequireAuthorization(Permissions.ReadCards).Produces<CardLookupBody>().Fails(404).WithSummary("One card lookup, whole; looking at it is noted in the audit log");
        cards.MapGet("/lookups/{id:guid}/answer", async (Guid id, CardEvidence evidence, HttpContext http, CancellationToken ct) =>
            await evidence.AnswerAsync(http.Caller(), id.ToString(), ct) is { } bytes ? TypedResults.Bytes(bytes, "application/octet-stream") : Missing())
            .RequireAuthorization(Permissions.ReadSensitive).Produces<byte[]>(200, "application/octet-stream").Fails(404).WithSummary("The bytes the portal answered");
        cards.MapGet("/unverified", UnverifiedAsync).RequireAuthorization(Permissions.ReadCards).Produces<PageBody<CardVisitBody>>().Fails(400)
            .WithSummary("Visits whose card isn't verified, oldest first, paged by key");
        cards.MapPost("/unverified/{id:guid}/close", CloseAsync).RequireAuthorization(Permissions.LookUpCards).Produces(204).Fails(400, 422)
            .WithSummary("Takes a visit off the list of unverified cards, with how to reach the patient");
        cards.MapGet("/changes", ChangesAsync).RequireAuthorization(Permissions.ReadCards).Produces<PageBody<CardChangeBody>>().Fails(400)
            .WithSummary("What answers say differently from those before, newest first, paged by key");
        cards.MapPost("/changes/{id:guid}/seen", async (Guid id, CardWorkList list, HttpContext http, CancellationToken ct) =>
            await list.SeeAsync(http.Caller(), id.ToString(), ct) ? TypedResults.NoContent() : Missing())
            .RequireAuthorization(Permissions.LookUpCards).Produces(204).Fails(404).WithSummary("Notes that somebody has seen a change");
        cards.MapPost("/watch", WatchAsync).RequireAuthorization(Permissions.LookUpCards).WithMetadata(new RequestSizeLimitAttribute(WatchBytes)).Produces<CardWatchBody>().Fails(400, 404, 413)
            .WithSummary("Says which visits the nightly batch looks up: in-patients and tomorrow's appointments")
            .WithDescription("The list is the whole list of the facility: what was watched before and isn't on it ends, unless a line of it is wrong.");
        cards.MapGet("/settings", async (CardSettings settings, HttpContext http, CancellationToken ct) =>
            TypedResults.Ok((await settings.ListAsync(http.Caller(), ct)).Select(CardSettingBody.Of))).RequireAuthorization(Permissions.ReadCards)
            .Produces<IReadOnlyList<CardSettingBody>>().Fails().WithSummary("How facilities want cards looked up");
        cards.MapPut("/settings/{facility}", SetAsync).RequireAuthorization(Permissions.ManageFacilities).Produces(204).Fails(400, 422)
            .WithSummary("Sets how a facility wants cards looked up");
        cards.MapPut("/staff/{facility}", StaffAsync).RequireAuthorization(Permissions.LookUpCards).Produces(204).Fails(400, 422)
            .WithSummary("Sets who looks up, as registered with BHXH: for the caller, or for the facility");
    }

    private static async Task<IResult> LookUpAsync(CardLookupRequest body, CardDesk desk, HttpContext http, CancellationToken ct)
    {
        if (!TryMoment(body.Moment, out CardMoment moment))
            return ApiResults.Invalid(new(StringComparer.Ordinal) { ["moment"] = ["Chỉ nhận Reception, During, BeforeDischarge."] });
        CardLookupResult result = await desk.LookUpAsync(http.Caller(), new CardRequest
        {
            Facility = body.Facility ?? "",
            Number = body.Number ?? "",
            Name = body.Name ?? "",
            Birth = body.Birth ?? "",
            MaLk = body.MaLk ?? "",
            Moment = moment,
            Staff = body.StaffName is null && body.StaffCitizenId is null ? null : new CardStaff(body.StaffName ?? "", body.StaffCitizenId ?? ""),
        }, ct);
        return result switch
        {
            CardLookupResult.Refused refused => Refused(refused.Errors),
            CardLookupResult.Done done => TypedResults.Created($"/api/v1/cards/lookups/{done.Lookup.Summary.Id}", CardLookupBody.Of(done.Lookup)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static async Task<IResult> ListAsync(
        CardEvidence evidence, HttpContext http, CancellationToken ct,
        [Description("Only this facility.")] string? facility = null, [Description("Only this MA_LK.")] string? maLk = null,
        [Description("Only this state: Verified, Unverified, PortalDown, Mismatch, Expired.")] string? state = null,
        [Description("Key of the page before: its `next`.")] string? after = null, [Description("Rows, 1–500. Default 50.")] string? take = null)
    {
        Dictionary<string, string[]> errors = new(StringComparer.Ordinal);
        (int rows, CardState[] states) = (Rows(take, errors), States(state, errors));
        if (errors.Count > 0)
            return ApiResults.Invalid(errors);
        Page<CardLookupSummary> page = await evidence.ListAsync(http.Caller(), facility, maLk, states.Length == 0 ? null : states[0], null, new PageRequest(rows, after), ct);
        return TypedResults.Ok(new PageBody<CardLookupSummary>(page.Items, page.Next, page.Previous));
    }

    private static async Task<IResult> UnverifiedAsync(
        CardWorkList list, HttpContext http, CancellationToken ct, [Description("Only this facility.")] string? facility = null,
        [Description("These states, separated by commas. Default PortalDown,Unverified.")] string? state = null,
        [Description("Key of the page before: its `next`.")] string? after = null, [Description("Rows, 1–500. Default 50.")] string? take = null)
    {
        Dictionary<string, string[]> errors = new(StringComparer.Ordinal);
        (int rows, CardState[] states) = (Rows(take, errors), States(state, errors));
        if (errors.Count > 0)
            return ApiResults.Invalid(errors);
        Page<CardVisitView> page = await list.OpenAsync(http.Caller(), facility, states, new PageRequest(rows, after), ct);
        return TypedResults.Ok(new PageBody<CardVisitBody>([.. page.Items.Select(CardVisitBody.Of)], page.Next, page.Previous));
    }

    private static async Task<IResult> ChangesAsync(
        CardWorkList list, HttpContext http, CancellationToken ct, [Description("Only this facility.")] string? facility = null,
        [Description("Only those nobody has noted as seen. Default false.")] bool unseen = false,
        [Description("Key of the page before: its `next`.")] string? after = null, [Description("Rows, 1–500. Default 50.")] string? take = null)
    {
        Dictionary<string, string[]> errors = new(StringComparer.Ordinal);
        int rows = Rows(take, errors);
        if (errors.Count > 0)
            return ApiResults.Invalid(errors);
        Page<CardChangeView> page = await list.ChangesAsync(http.Caller(), facility, unseen, new PageRequest(rows, after), ct);
        return TypedResults.Ok(new PageBody<CardChangeBody>([.. page.Items.Select(CardChangeBody.Of)], page.Next, page.Previous));
    }

    private static async Task<IResult> CloseAsync(Guid id, CardCloseRequest body, CardWorkList list, HttpContext http, CancellationToken ct) =>
        Of(await list.CloseAsync(http.Caller(), id.ToString(), body.Contact ?? "", ct));

    private static async Task<IResult> WatchAsync(CardWatchRequest body, CardWatch watch, HttpContext http, CancellationToken ct)
    {
        List<CardWatchEntry> entries = [];
        Dictionary<string, string[]> errors = new(StringComparer.Ordinal);
        foreach ((CardWatchVisit? visit, int i) in (body.Visits ?? []).Select((v, i) => (v, i + 1)))
        {
            if (visit is null || !Enum.TryParse(visit.Kind ?? nameof(CardWatchKind.InPatient), ignoreCase: true, out CardWatchKind kind) || !Enum.IsDefined(kind))
                errors[$"visits[{i}].kind"] = ["Chỉ nhận InPatient hoặc Appointment."];
            else
                entries.Add(new CardWatchEntry(visit.MaLk ?? "", visit.Number ?? "", visit.Name ?? "", visit.Birth ?? "", kind, visit.Day));
        }
        if (errors.Count > 0)
            return ApiResults.Invalid(errors);
        return await watch.SetAsync(http.Caller(), body.Facility ?? "", entries, ct) is { } result
            ? TypedResults.Ok(new CardWatchBody(result.Watched, result.Ended, [.. result.Errors.Select(e => new CardWatchErrorBody(e.Entry, e.Error.Field, e.Error.Message))]))
            : ApiResults.Problem(404, "no-such-facility", "Không tìm thấy cơ sở", "Cơ sở chưa được khai báo hoặc không thuộc quyền của bạn.");
    }

    private static async Task<IResult> SetAsync(string facility, CardSettingRequest body, CardSettings settings, HttpContext http, CancellationToken ct)
    {
        CardSetting current = (await settings.ListAsync(http.Caller(), ct)).FirstOrDefault(s => s.Facility == facility) ?? CardSetting.Default(facility);
        TimeOnly at = current.NightlyAt;
        if (body.NightlyAt is { } text && !TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out at))
            return ApiResults.Invalid(new(StringComparer.Ordinal) { ["nightlyAt"] = ["Ghi giờ dạng HH:mm, ví dụ 21:00."] });
        return Of(await settings.SaveAsync(http.Caller(), current with
        {
            ReportsMissing = body.ReportsMissing ?? current.ReportsMissing,
            SkipsForces = body.SkipsForces ?? current.SkipsForces,
            Nightly = body.Nightly ?? current.Nightly,
            NightlyAt = at,
            NightlyPerMinute = body.NightlyPerMinute ?? current.NightlyPerMinute,
        }, ct));
    }

    private static async Task<IResult> StaffAsync(string facility, CardStaffRequest body, CardSettings settings, HttpContext http, CancellationToken ct)
    {
        if (body.ForFacility && !http.Caller().May(Permissions.ManageFacilities))
            return ApiResults.Problem(403, "forbidden", "Không có quyền", "Chỉ quản trị cơ sở khai được người tra cứu của cơ sở.");
        CardStaff? staff = body.Name is null && body.CitizenId is null ? null : new CardStaff(body.Name ?? "", body.CitizenId ?? "");
        return Of(await settings.SetStaffAsync(http.Caller(), facility, staff, body.ForFacility, ct));
    }

    private static IResult Of(SettingResult result) => result.Ok ? TypedResults.NoContent() : ApiResults.Problem(422, "not-taken", "Không thực hiện được", result.Message);

    private static IResult Refused(IReadOnlyList<CardInputError> errors)
    {
        ProblemDetails details = Hosting.Refusals.Details(422, "bad-card-lookup", "Chưa tra được", string.Join(' ', errors.Select(e => e.Message)));
        details.Extensions["errors"] = errors.GroupBy(e => e.Field, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(e => e.Message).ToArray(), StringComparer.Ordinal);
        return TypedResults.Problem(details);
    }

    private static IResult Missing() => ApiResults.Problem(404, "no-such-card-lookup", "Không tìm thấy", "Không có, hoặc không thuộc cơ sở của bạn.");

    private static bool TryMoment(string? text, out CardMoment moment)
    {
        moment = CardMoment.Reception;
        return text is null || (Enum.TryParse(text, ignoreCase: true, out moment) && Enum.IsDefined(moment));
    }

    private static int Rows(string? take, Dictionary<string, string[]> errors)
    {
        int rows = 50;
        if (take is not null && !(int.TryParse(take, NumberStyles.None, CultureInfo.InvariantCulture, out rows) && rows is >= 1 and <= 500))
            errors["take"] = ["Số dòng phải từ 1 đến 500."];
        return rows;
    }

    private static CardState[] States(string? text, Dictionary<string, string[]> errors)
    {
        List<CardState> states = [];
        foreach (string name in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Enum.TryParse(name, out CardState state) && Enum.IsDefined(state) && !char.IsAsciiDigit(name[0]))
                states.Add(state);
            else
                errors["state"] = ["Chỉ nhận Verified, Unverified, PortalDown, Mismatch, Expired."];
        }
        return [.. states];
    }
}
