using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Cards;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Records;
using LienThong.Portal;
using LienThong.Server.Access;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Cards;

/// <summary>Looking cards up at the front desk, the list of unverified cards, what changed, and who looks up.</summary>
internal static class CardPages
{
    /// <summary>The desk.</summary>
    public const string Path = "/tra-the";

    /// <summary>The work list.</summary>
    public const string ListPath = Path + "/chua-xac-minh";

    /// <summary>The change list.</summary>
    public const string ChangesPath = Path + "/thay-doi";

    /// <summary>Settings.</summary>
    public const string SettingsPath = Path + "/cai-dat";

    private const string Title = "Tra thẻ";
    private const string OneFacility = "co-so";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, (HttpContext http, CardPageData data, CancellationToken ct) => DeskAsync(http, data, new CardRequest(), [], null, ct)).RequireAuthorization(Permissions.ReadCards);
        app.MapPost(Path, LookUpAsync).RequireAuthorization(Permissions.LookUpCards);
        app.MapGet(Path + "/{id:guid}", ShowAsync).RequireAuthorization(Permissions.ReadCards);
        app.MapGet(ListPath, ListAsync).RequireAuthorization(Permissions.ReadCards);
        app.MapGet(ListPath + "/xuat", ExportAsync).RequireAuthorization(Permissions.LookUpCards);
        app.MapPost(ListPath + "/{id:guid}/tra-lai", AgainAsync).RequireAuthorization(Permissions.LookUpCards);
        app.MapPost(ListPath + "/{id:guid}/dong", CloseAsync).RequireAuthorization(Permissions.LookUpCards);
        app.MapGet(ChangesPath, ChangesAsync).RequireAuthorization(Permissions.ReadCards);
        app.MapPost(ChangesPath + "/{id:guid}/da-xem", async (Guid id, HttpContext http, CardWorkList list, CancellationToken ct) =>
            await list.SeeAsync(http.Caller(), id.ToString(), ct) ? TypedResults.LocalRedirect(ChangesPath) : Missing(http)).RequireAuthorization(Permissions.LookUpCards);
        app.MapGet(SettingsPath, (HttpContext http, CardPageData data, CancellationToken ct, [FromQuery(Name = "da")] string? done = null) =>
            SettingsAsync(http, data, done == "luu" ? "Đã lưu." : null, null, ct)).RequireAuthorization(Permissions.LookUpCards);
        app.MapPost(SettingsPath + "/nguoi-tra-cuu", StaffAsync).RequireAuthorization(Permissions.LookUpCards);
        app.MapPost(SettingsPath, SaveAsync).RequireAuthorization(Permissions.ManageFacilities);
    }

    /// <summary>Colour of a state.</summary>
    public static string Colour(CardState state) => state switch
    {
        CardState.Verified => "green",
        CardState.PortalDown => "orange",
        CardState.Unverified => "yellow",
        _ => "red",
    };

    private static async Task<IResult> LookUpAsync(HttpContext http, CardDesk desk, CardPageData data, CancellationToken ct)
    {
        IFormCollection form = await http.Request.ReadFormAsync(ct);
        CardRequest request = new()
        {
            Facility = form[OneFacility].ToString().Trim(),
            Number = form["so"].ToString(),
            Name = form["ho-ten"].ToString(),
            Birth = form["ngay-sinh"].ToString(),
            MaLk = form["ma-lk"].ToString().Trim(),
            Moment = Enum.TryParse(form["luc"].ToString(), out CardMoment moment) && Enum.IsDefined(moment) ? moment : CardMoment.Reception,
            Origin = "page",
        };
        return await desk.LookUpAsync(http.Caller(), request, ct) switch
        {
            CardLookupResult.Done done => TypedResults.LocalRedirect($"{Path}/{done.Lookup.Summary.Id}"),
            CardLookupResult.Refused refused => await DeskAsync(http, data, request, refused.Errors, null, ct),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    // The form is empty for the next patient, unless somebody wants to mend what was asked.
    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, CardEvidence evidence, CardPageData data, CancellationToken ct, [FromQuery(Name = "sua")] string? mend = null)
    {
        if (await evidence.FindAsync(http.Caller(), id.ToString(), ct) is not { } found)
            return Missing(http);
        CardRequest request = new() { Facility = found.Summary.Facility };
        if (mend == "1")
            request = request with { Number = found.Question.Number, Name = found.Question.Name, Birth = found.Question.Birth, MaLk = found.Summary.MaLk, Moment = found.Summary.Moment };
        return await DeskAsync(http, data, request, [], found, ct);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, CardWorkList list, FacilitySettings facilities, CancellationToken ct, [FromQuery(Name = "trang-thai")] string? state = null, [FromQuery(Name = "sau")] string? after = null,
        [FromQuery(Name = "da")] string? done = null)
    {
        CardState[] states = Enum.TryParse(state, out CardState one) && Enum.IsDefined(one) ? [one] : [];
        return PageResults.Page<CardListPage>(http, "Thẻ chưa xác minh",
            (nameof(CardListPage.Visits), await list.OpenAsync(http.Caller(), null, states, new PageRequest(100, after), ct)), (nameof(CardListPage.State), states.Length == 0 ? null : one),
            (nameof(CardListPage.Facilities), await facilities.ListAsync(http.Caller(), ct)),
            (nameof(CardListPage.Message), done switch { "dong" => "Đã đóng lượt; bằng chứng tra cứu được giữ lại.", "lien-he" => "Chưa đóng: ghi cách liên hệ người bệnh.", _ => null }));
    }

    private static async Task<IResult> ExportAsync(HttpContext http, CardWorkList list, FacilitySettings facilities, CancellationToken ct, [FromQuery(Name = OneFacility)] string? facility = null)
    {
        if (facility is null || await facilities.FindAsync(http.Caller(), facility, ct) is null)
            return Missing(http);
        System.Buffers.ArrayBufferWriter<byte> file = new();
        await list.ExportAsync(http.Caller(), facility, file, ct);
        return TypedResults.Bytes(file.WrittenMemory.ToArray(), "text/csv; charset=utf-8", $"the-chua-xac-minh-{facility}.csv");
    }

    private static async Task<IResult> AgainAsync(Guid id, HttpContext http, CardDesk desk, CardWorkList list, CardPageData data, CancellationToken ct)
    {
        if (await list.FindAsync(http.Caller(), id.ToString(), ct) is not { } visit)
            return Missing(http);
        return await desk.LookUpAgainAsync(http.Caller(), visit, CardMoment.During, ct) switch
        {
            CardLookupResult.Done done => TypedResults.LocalRedirect($"{Path}/{done.Lookup.Summary.Id}"),
            CardLookupResult.Refused refused => await DeskAsync(http, data, new CardRequest { Facility = visit.Facility }, refused.Errors, null, ct),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static async Task<IResult> CloseAsync(Guid id, HttpContext http, CardWorkList list, CancellationToken ct)
    {
        IFormCollection form = await http.Request.ReadFormAsync(ct);
        if (await list.FindAsync(http.Caller(), id.ToString(), ct) is not { ClosedAt: null })
            return Missing(http);
        SettingResult closed = await list.CloseAsync(http.Caller(), id.ToString(), form["lien-he"].ToString(), ct);
        return TypedResults.LocalRedirect($"{ListPath}?da={(closed.Ok ? "dong" : "lien-he")}");
    }

    private static async Task<IResult> ChangesAsync(HttpContext http, CardWorkList list, CancellationToken ct, [FromQuery(Name = "tat-ca")] string? all = null, [FromQuery(Name = "sau")] string? after = null) =>
        PageResults.Page<CardChangesPage>(http, "Thẻ có thay đổi",
            (nameof(CardChangesPage.Changes), await list.ChangesAsync(http.Caller(), null, all != "1", new PageRequest(100, after), ct)), (nameof(CardChangesPage.All), all == "1"));

    private static async Task<IResult> StaffAsync(HttpContext http, CardSettings settings, CardPageData data, CancellationToken ct)
    {
        IFormCollection form = await http.Request.ReadFormAsync(ct);
        bool forFacility = form["cho"] == OneFacility;
        if (forFacility && !http.Caller().May(Permissions.ManageFacilities))
            return PageResults.Failure(http, 403, "Không có quyền", "Chỉ quản trị cơ sở khai được người tra cứu của cơ sở.");
        (string name, string id) = (form["ho-ten"].ToString(), form["cccd"].ToString());
        SettingResult set = await settings.SetStaffAsync(
            http.Caller(), form[OneFacility].ToString(), string.IsNullOrWhiteSpace(name) && string.IsNullOrWhiteSpace(id) ? null : new CardStaff(name, id), forFacility, ct);
        return set.Ok ? TypedResults.LocalRedirect($"{SettingsPath}?da=luu") : await SettingsAsync(http, data, null, set.Message, ct);
    }

    private static async Task<IResult> SaveAsync(HttpContext http, CardSettings settings, CardPageData data, CancellationToken ct)
    {
        IFormCollection form = await http.Request.ReadFormAsync(ct);
        if (!TimeOnly.TryParseExact(form["gio"].ToString(), "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly at))
            return await SettingsAsync(http, data, null, "Ghi giờ tra hằng đêm dạng HH:mm, ví dụ 21:00.", ct);
        int rate = int.TryParse(form["toc-do"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
        SettingResult saved = await settings.SaveAsync(
            http.Caller(), new CardSetting(form[OneFacility].ToString(), form["bao-thieu"] == "1", form["bo-qua"] == "1", form["hang-dem"] == "1", at, rate), ct);
        return saved.Ok ? TypedResults.LocalRedirect($"{SettingsPath}?da=luu") : await SettingsAsync(http, data, null, saved.Message, ct);
    }

    private static async Task<IResult> DeskAsync(HttpContext http, CardPageData data, CardRequest request, IReadOnlyList<CardInputError> errors, CardLookupView? found, CancellationToken ct) =>
        PageResults.Page<CardPage>(http, Title, errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(CardPage.Request), request), (nameof(CardPage.Errors), errors), (nameof(CardPage.Found), found), (nameof(CardPage.Facilities), await data.FacilitiesAsync(http.Caller(), ct)));

    private static async Task<IResult> SettingsAsync(HttpContext http, CardPageData data, string? message, string? refused, CancellationToken ct) =>
        PageResults.Page<CardSettingsPage>(http, "Cài đặt tra thẻ", refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(CardSettingsPage.Facilities), await data.SettingsAsync(http.Caller(), ct)), (nameof(CardSettingsPage.Message), message), (nameof(CardSettingsPage.Refused), refused));

    private static IResult Missing(HttpContext http) => PageResults.Failure(http, 404, "Không tìm thấy", "Lượt tra không có, hoặc không thuộc cơ sở của bạn.");
}
