using LienThong.Gateway.Access;
using LienThong.Gateway.Deliveries;
using LienThong.Server.Access;

namespace LienThong.Server.Api.Deliveries;

/// <summary>Further destinations of facilities.</summary>
internal static class ChannelApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder channels = api.MapGroup("/channels").WithTags("Channels");
        channels.MapGet("", async (ChannelDesk desk, HttpContext http, CancellationToken ct) => TypedResults.Ok(await desk.ListAsync(http.Caller(), ct)))
            .RequireAuthorization(Permissions.ReadSubmissions).Produces<IReadOnlyList<ChannelView>>().Fails().WithSummary("Further destinations, without their secrets");
        channels.MapPost("", AddAsync).RequireAuthorization(Permissions.ManageFacilities).Produces<ChannelView>(201).Fails(400, 422)
            .WithSummary("Adds a destination, switched off").WithDescription("Kinds and their options: docs/channels.md. Password and options are stored encrypted and never given back.");
        channels.MapPut("/national/window", async (NationalWindowBody body, ChannelDesk desk, HttpContext http, CancellationToken ct) =>
            DeliveryResults.Of(await desk.SetNationalWindowAsync(http.Caller(), body.Facility ?? "", body.Window ?? "", ct)))
            .RequireAuthorization(Permissions.ManageFacilities).Produces(204).Fails(400, 404, 422)
            .WithSummary("Sets when a facility sends records to the national portal; check-ins and forms go at any time");
        channels.MapPut("/{id}", async (string id, ChannelBody body, ChannelDesk desk, HttpContext http, CancellationToken ct) =>
            body.Draft() is { } draft ? DeliveryResults.Of(await desk.ChangeAsync(http.Caller(), id, draft, ct)) : Missing())
            .RequireAuthorization(Permissions.ManageFacilities).Produces(204).Fails(400, 404, 422)
            .WithSummary("Writes a destination's settings; without password or options those that are stored stay");
        channels.MapDelete("/{id}", async (string id, ChannelDesk desk, HttpContext http, CancellationToken ct) => DeliveryResults.Of(await desk.RemoveAsync(http.Caller(), id, ct)))
            .RequireAuthorization(Permissions.ManageFacilities).Produces(204).Fails(404).WithSummary("Takes a destination away; what waits for it is closed, receipts stay");
        channels.MapPost("/{id}/enable", (string id, ChannelDesk desk, HttpContext http, CancellationToken ct) => SwitchAsync(id, true, desk, http, ct))
            .RequireAuthorization(Permissions.ManageFacilities).Produces(204).Fails(404).WithSummary("Switches a destination on, also one that waits for a person");
        channels.MapPost("/{id}/disable", (string id, ChannelDesk desk, HttpContext http, CancellationToken ct) => SwitchAsync(id, false, desk, http, ct))
            .RequireAuthorization(Permissions.ManageFacilities).Produces(204).Fails(404).WithSummary("Switches a destination off");
        channels.MapPost("/{id}/test", async (string id, ChannelDesk desk, HttpContext http, CancellationToken ct) =>
            await desk.TestAsync(http.Caller(), id, ct) is { Code: not "not-found" } tested ? TypedResults.Ok(new ChannelTestBody(tested.Done, tested.Message)) : DeliveryResults.NotFound())
            .RequireAuthorization(Permissions.ManageFacilities).Produces<ChannelTestBody>().Fails(404).WithSummary("Tries a destination without sending anything");
    }

    private static async Task<IResult> AddAsync(ChannelBody body, ChannelDesk desk, HttpContext http, CancellationToken ct)
    {
        if (body.Draft() is not { } draft)
            return Missing();
        (DeliveryChange change, string? id) = await desk.AddAsync(http.Caller(), draft, ct);
        return change.Done ? TypedResults.Created($"/api/v1/channels/{id}", await desk.FindAsync(http.Caller(), id!, ct)) : DeliveryResults.Of(change);
    }

    private static async Task<IResult> SwitchAsync(string id, bool on, ChannelDesk desk, HttpContext http, CancellationToken ct) =>
        DeliveryResults.Of(await desk.SetEnabledAsync(http.Caller(), id, on, ct));

    private static IResult Missing() => ApiResults.Problem(422, "bad-channel", "Thiếu cài đặt", "Ghi «name», «kind», «address»; «sendAfter» là Signed hoặc Accepted.");
}

/// <summary>Settings of a destination.</summary>
/// <param name="Facility">Facility code; not changed later.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Kind"><c>hanoi</c>, <c>dienbien</c>, <c>fhir</c>, <c>folder</c>, <c>ftp</c>, <c>ftps</c>; not changed later.</param>
/// <param name="Address">Absolute address.</param>
/// <param name="UserName">Account.</param>
/// <param name="Password">Password; null keeps the stored one.</param>
/// <param name="Options">Options of the kind; null keeps the stored ones.</param>
/// <param name="SendAfter"><c>Signed</c> (default) or <c>Accepted</c>.</param>
/// <param name="Uninsured">Records without card too.</param>
/// <param name="Window">Sending hours, as <c>T2-T6 18:00-06:00; T7,CN 00:00-24:00</c>; empty for always.</param>
/// <param name="MaxParallel">Calls at the same time, 1–16. Default 2.</param>
public sealed record ChannelBody(
    string? Facility, string? Name, string? Kind, string? Address, string? UserName, string? Password, Dictionary<string, string>? Options, string? SendAfter,
    bool Uninsured = false, string? Window = null, int MaxParallel = 2)
{
    internal ChannelDraft? Draft()
    {
        Dictionary<string, string[]> errors = new(StringComparer.Ordinal);
        ChannelMoment moment = DeliveryResults.Read<ChannelMoment>("sendAfter", SendAfter, errors) ?? ChannelMoment.Signed;
        return errors.Count > 0 || Name is null || Address is null ? null
            : new ChannelDraft(Facility ?? "", Name, Kind ?? "", Address, UserName ?? "", Password, Options, moment, Uninsured, Window ?? "", MaxParallel);
    }
}

/// <summary>When records go to the national portal.</summary>
/// <param name="Facility">Facility code.</param>
/// <param name="Window">Sending hours, as <c>T2-T6 18:00-06:00; T7,CN 00:00-24:00</c>; empty for always.</param>
public sealed record NationalWindowBody(string? Facility, string? Window);

/// <summary>Result of trying a destination.</summary>
/// <param name="Ok">Nothing was found wrong.</param>
/// <param name="Message">What was found, in Vietnamese.</param>
public sealed record ChannelTestBody(bool Ok, string Message);
