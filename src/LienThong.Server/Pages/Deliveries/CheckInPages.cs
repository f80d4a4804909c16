using LienThong.Gateway.Access;
using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Server.Access;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Deliveries;

/// <summary>Check-ins: what waits, what has to be mended, what was sent, and how old it is.</summary>
internal static class CheckInPages
{
    private const string Path = "/check-in";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, ListAsync).RequireAuthorization(Permissions.ReadRecords);
        app.MapGet(Path + "/{id:guid}", (Guid id, HttpContext http, CheckInQueries queries, DeliveryQueries deliveries, CancellationToken ct) =>
            DetailAsync(id, http, queries, deliveries, null, ct)).RequireAuthorization(Permissions.ReadRecords);
        app.MapPost(Path + "/{id:guid}/gui-lai", (Guid id, HttpContext http, CheckInActions actions, CheckInQueries queries, DeliveryQueries deliveries, CancellationToken ct) =>
            ActAsync(id, actions.RetryAsync(http.Caller(), id, ct), http, queries, deliveries, ct)).RequireAuthorization(Permissions.Submit).DisableAntiforgery();
        app.MapPost(Path + "/{id:guid}/dong", (
            Guid id, HttpContext http, CheckInActions actions, CheckInQueries queries, DeliveryQueries deliveries, CancellationToken ct, [FromForm(Name = "ly-do")] string? reason = null) =>
            ActAsync(id, actions.CloseAsync(http.Caller(), id, reason ?? "", ct), http, queries, deliveries, ct)).RequireAuthorization(Permissions.Submit).DisableAntiforgery();
        app.MapPost(Path + "/cai-dat", SetAsync).RequireAuthorization(Permissions.ManageFacilities).DisableAntiforgery();
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, CheckInQueries queries, CancellationToken ct, [FromQuery(Name = "nhom")] string? group = null, [FromQuery(Name = "ma-lk")] string? maLk = null, string? after = null)
    {
        CheckInGroup? only = Enum.TryParse(group, out CheckInGroup known) && Enum.IsDefined(known) ? known : null;
        return await PageAsync(http, queries, only, string.IsNullOrWhiteSpace(maLk) ? null : maLk.Trim(), after, null, ct);
    }

    private static async Task<IResult> PageAsync(HttpContext http, CheckInQueries queries, CheckInGroup? group, string? maLk, string? after, string? refused, CancellationToken ct)
    {
        Caller caller = http.Caller();
        return PageResults.Page<CheckInListPage>(http, "Check-in", refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(CheckInListPage.Rows), await queries.ListAsync(caller, group, maLk, new PageRequest(50, after), ct)),
            (nameof(CheckInListPage.Group), group), (nameof(CheckInListPage.MaLk), maLk), (nameof(CheckInListPage.First), after is null),
            (nameof(CheckInListPage.Counts), await queries.CountAsync(caller, ct)), (nameof(CheckInListPage.Ages), await queries.AgesAsync(caller, ct)),
            (nameof(CheckInListPage.Settings), await queries.SettingsAsync(caller, ct)), (nameof(CheckInListPage.Refused), refused));
    }

    private static async Task<IResult> DetailAsync(Guid id, HttpContext http, CheckInQueries queries, DeliveryQueries deliveries, string? refused, CancellationToken ct)
    {
        Caller caller = http.Caller();
        if (await queries.FindAsync(caller, id, ct) is not { } found)
            return Missing(http);
        return PageResults.Page<CheckInPage>(http, $"Check-in {found.CheckIn.MaLk}", refused is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
            (nameof(CheckInPage.Detail), found), (nameof(CheckInPage.Deliveries), await deliveries.OfCheckInAsync(caller, id, ct)), (nameof(CheckInPage.Refused), refused));
    }

    private static async Task<IResult> ActAsync(Guid id, Task<DeliveryChange> change, HttpContext http, CheckInQueries queries, DeliveryQueries deliveries, CancellationToken ct) => await change switch
    {
        { Done: true } => TypedResults.LocalRedirect($"{Path}/{id}"),
        { Code: "not-found" } => Missing(http),
        var refused => await DetailAsync(id, http, queries, deliveries, refused.Message, ct),
    };

    private static async Task<IResult> SetAsync(
        HttpContext http, CheckInActions actions, CheckInQueries queries, CancellationToken ct, [FromForm(Name = "co-so")] string? facility = null,
        [FromForm(Name = "canh-bao")] string? warn = null, [FromForm(Name = "bao-dong")] string? alert = null, [FromForm(Name = "chi-lay-mau")] string? sampleOnly = null)
    {
        _ = int.TryParse(warn, out int early);
        _ = int.TryParse(alert, out int late);
        DeliveryChange change = await actions.SetAsync(http.Caller(), new CheckInSettings(facility ?? "", sampleOnly == "1", early, late), ct);
        return change.Done ? TypedResults.LocalRedirect(Path) : await PageAsync(http, queries, null, null, null, change.Message, ct);
    }

    private static IResult Missing(HttpContext http) => PageResults.Failure(http, 404, "Không tìm thấy check-in", "Check-in không có, hoặc không thuộc cơ sở của bạn.");
}
