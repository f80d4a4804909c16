using System.ComponentModel.DataAnnotations;
using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Records;
using LienThong.Server.Access;

namespace LienThong.Server.Api.Facilities;

/// <summary>Facilities: portal account, pace, stop and go.</summary>
internal static class FacilityApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder facilities = api.MapGroup("/facilities").WithTags("Facilities");
        facilities.MapGet("", async (FacilitySettings desk, HttpContext http, CancellationToken ct) => TypedResults.Ok(await desk.ListAsync(http.Caller(), ct)))
            .RequireAuthorization(Permissions.ReadSubmissions).Produces<IReadOnlyList<FacilityView>>().Fails().WithSummary("Facilities with account, pace and what stops them; no secret");
        facilities.MapPut("/{facility}/portal-account", (string facility, PortalAccountBody body, FacilitySettings desk, HttpContext http, CancellationToken ct) =>
            OfAsync(desk, http, facility, desk.SetPortalAccountAsync(http.Caller(), facility, body.PortalUrl, body.UserName, body.Password, ct), ct))
            .RequireAuthorization(Permissions.ManageFacilities).Produces<FacilityView>().Fails(400, 404, 422)
            .WithSummary("Sets the portal account; takes effect with the next call, without a restart").WithDescription("The password is kept only as the digest the portal asks for, encrypted. Sending that waited for the account goes on.");
        facilities.MapPut("/{facility}/pace", (string facility, PaceBody body, FacilitySettings desk, HttpContext http, CancellationToken ct) =>
            OfAsync(desk, http, facility, desk.SetPaceAsync(http.Caller(), facility, body.MaxParallel, body.MaxPerMinute, ct), ct))
            .RequireAuthorization(Permissions.ManageFacilities).Produces<FacilityView>().Fails(400, 404, 422).WithSummary("Sets how fast records go to the portal, over all nodes together");
        facilities.MapPost("/{facility}/stop", (string facility, StopBody body, FacilitySettings desk, HttpContext http, CancellationToken ct) =>
            OfAsync(desk, http, facility, desk.StopAsync(http.Caller(), facility, body.Reason ?? "", ct), ct))
            .RequireAuthorization(Permissions.Submit).Produces<FacilityView>().Fails(400, 404, 422).WithSummary("Stops signing and sending; calls under way end and their answers are kept");
        facilities.MapPost("/{facility}/resume", (string facility, FacilitySettings desk, HttpContext http, CancellationToken ct) =>
            OfAsync(desk, http, facility, desk.ResumeAsync(http.Caller(), facility, ct), ct))
            .RequireAuthorization(Permissions.Submit).Produces<FacilityView>().Fails(404).WithSummary("Lets a facility sign and send again, whatever stopped it");
        facilities.MapPost("/{facility}/retry", async (string facility, RecordActions actions, FacilitySettings desk, HttpContext http, CancellationToken ct) =>
            await desk.FindAsync(http.Caller(), facility, ct) is null ? Missing() : TypedResults.Ok(await actions.RetrySetAsideAsync(http.Caller(), facility, ct)))
            .RequireAuthorization(Permissions.Submit).Produces<RetriedItems>().Fails(404).WithSummary("Tries again what was set aside for a person, up to 1 000 records a call")
            .WithDescription("Records whose outcome at the portal is unknown are left out: sending them again is decided one by one.");
    }

    private static async Task<IResult> OfAsync(FacilitySettings desk, HttpContext http, string facility, Task<SettingResult> change, CancellationToken ct)
    {
        SettingResult result = await change;
        if (await desk.FindAsync(http.Caller(), facility, ct) is not { } now)
            return Missing();
        return result.Ok ? TypedResults.Ok(now) : ApiResults.Problem(422, "bad-setting", "Không lưu được", result.Message);
    }

    private static IResult Missing() => ApiResults.Problem(404, "no-such-facility", "Không tìm thấy cơ sở", "Cơ sở chưa được khai báo, hoặc không thuộc quyền của bạn.");
}

/// <summary>A portal account.</summary>
/// <param name="PortalUrl">Portal host, <c>https://…</c>.</param>
/// <param name="UserName">Account name, by convention <c>&lt;facility code&gt;_BV</c>.</param>
/// <param name="Password">Clear password; null keeps the one that is stored.</param>
public sealed record PortalAccountBody([property: Required] string? PortalUrl, [property: Required] string? UserName, string? Password);

/// <summary>How fast records go to the portal.</summary>
/// <param name="MaxParallel">Calls at the same time, 1–16.</param>
/// <param name="MaxPerMinute">Calls that start in a minute, 1–6000; null for no limit.</param>
public sealed record PaceBody(int MaxParallel, int? MaxPerMinute);

/// <summary>A stop.</summary>
/// <param name="Reason">Why, 1–500 characters.</param>
public sealed record StopBody(string? Reason);
