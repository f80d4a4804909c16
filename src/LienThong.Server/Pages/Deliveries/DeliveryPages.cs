using LienThong.Gateway.Access;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Server.Access;
using LienThong.Server.Api.Deliveries;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Deliveries;

/// <summary>Documents on their way to destinations: list, one with its calls, and what people do with it.</summary>
internal static class DeliveryPages
{
    private const string Path = "/luot-gui";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, ListAsync).RequireAuthorization(Permissions.ReadSubmissions);
        app.MapGet(Path + "/{id}", (string id, HttpContext http, DeliveryQueries queries, CancellationToken ct) => DetailAsync(id, http, queries, null, ct))
            .RequireAuthorization(Permissions.ReadSubmissions);
        Action(app, "gui-lai", (actions, caller, id, _, ct) => actions.RetryAsync(caller, id, ct));
        Action(app, "tam-giu", (actions, caller, id, reason, ct) => actions.HoldAsync(caller, id, reason, ct));
        Action(app, "bo-giu", (actions, caller, id, _, ct) => actions.ReleaseAsync(caller, id, ct));
        Action(app, "dong", (actions, caller, id, reason, ct) => actions.CloseAsync(caller, id, reason, ct));
        Action(app, "xac-nhan", (actions, caller, id, reason, ct) => actions.ConfirmAsync(caller, id, reason, ct));
    }

    private static void Action(IEndpointRouteBuilder app, string verb, Func<DeliveryActions, Caller, long, string, CancellationToken, Task<DeliveryChange>> act) =>
        app.MapPost($"{Path}/{{id}}/{verb}", async (
            string id, HttpContext http, DeliveryActions actions, DeliveryQueries queries, CancellationToken ct, [FromForm(Name = "ly-do")] string? reason = null) =>
            await act(actions, http.Caller(), DeliveryResults.Id(id), reason ?? "", ct) switch
            {
                { Done: true } => TypedResults.LocalRedirect($"{Path}/{DeliveryResults.Id(id)}"),
                { Code: "not-found" } => Missing(http),
                var refused => await DetailAsync(id, http, queries, refused.Message, ct),
            }).RequireAuthorization(Permissions.Submit).DisableAntiforgery();

    private static async Task<IResult> ListAsync(
        HttpContext http, DeliveryQueries queries, ChannelDesk channels, CancellationToken ct, [FromQuery(Name = "kenh")] string? channel = null,
        [FromQuery(Name = "trang-thai")] string? state = null, [FromQuery(Name = "ma-lk")] string? maLk = null, string? after = null)
    {
        Caller caller = http.Caller();
        DeliveryState? only = Enum.TryParse(state, out DeliveryState known) && Enum.IsDefined(known) ? known : null;
        DeliveryFilter filter = new(string.IsNullOrEmpty(channel) ? null : channel, only, null, string.IsNullOrWhiteSpace(maLk) ? null : maLk.Trim());
        return PageResults.Page<DeliveryListPage>(http, "Lượt gửi",
            (nameof(DeliveryListPage.Rows), await queries.ListAsync(caller, filter, new PageRequest(50, after), ct)),
            (nameof(DeliveryListPage.Filter), filter), (nameof(DeliveryListPage.First), after is null),
            (nameof(DeliveryListPage.Counts), await queries.CountAsync(caller, ct)), (nameof(DeliveryListPage.Channels), await channels.ListAsync(caller, ct)));
    }

    private static async Task<IResult> DetailAsync(string id, HttpContext http, DeliveryQueries queries, string? refused, CancellationToken ct) =>
        await queries.FindAsync(http.Caller(), DeliveryResults.Id(id), ct) is { } found
            ? PageResults.Page<DeliveryPage>(http, $"Lượt gửi {found.Delivery.Id}", refused is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
                (nameof(DeliveryPage.Detail), found), (nameof(DeliveryPage.Refused), refused))
            : Missing(http);

    private static IResult Missing(HttpContext http) => PageResults.Failure(http, 404, "Không tìm thấy lượt gửi", "Lượt gửi không có, hoặc không thuộc cơ sở của bạn.");
}
