using System.ComponentModel;
using LienThong.Gateway.Access;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Portal;
using LienThong.Server.Access;
using LienThong.Server.Api.Records;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Api.Deliveries;

/// <summary>Documents on their way to destinations: list, receipts, actions, and handing in signed documents.</summary>
internal static class DeliveryApi
{
    // A document of 64 MiB in base64 with the members around it.
    private const int MostBytes = 96 * 1024 * 1024;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder deliveries = api.MapGroup("/deliveries").WithTags("Deliveries");
        deliveries.MapGet("", ListAsync).RequireAuthorization(Permissions.ReadSubmissions).Produces<PageBody<DeliveryView>>().Fails(400)
            .WithSummary("Lists documents on their way to destinations, newest first, paged by key")
            .WithDescription("Check-ins and forms to the national portal, and records to further destinations. Records to the national portal are at /api/v1/submissions.");
        deliveries.MapPost("", SubmitAsync).RequireAuthorization(Permissions.Submit).WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .Produces<DeliveryTakenBody>(201).Produces<DeliveryTakenBody>().Fails(400, 404, 413, 422)
            .WithSummary("Hands a signed document in: medical assessment (XML12) or a form 01–06/DM, 01/BH, 09/BH")
            .WithDescription("The signature must be that of the form and of one of the facility's certificates. The bytes are archived and sent as they are; the same bytes again are answered with the delivery there is.");
        deliveries.MapGet("/counts", async (DeliveryQueries queries, HttpContext http, CancellationToken ct) => TypedResults.Ok(await queries.CountAsync(http.Caller(), ct)))
            .RequireAuthorization(Permissions.ReadSubmissions).Produces<IReadOnlyList<DeliveryCount>>().Fails().WithSummary("How many deliveries stand in each state but Accepted and Superseded, per destination");
        deliveries.MapGet("/{id}", async (string id, DeliveryQueries queries, HttpContext http, CancellationToken ct) =>
            await queries.FindAsync(http.Caller(), DeliveryResults.Id(id), ct) is { } found ? TypedResults.Ok(found) : DeliveryResults.NotFound())
            .RequireAuthorization(Permissions.ReadSubmissions).Produces<DeliveryDetail>().Fails(404).WithSummary("One delivery with its calls and receipts");
        Action(deliveries, "retry", "Tries again now with the same bytes; an unknown outcome is asked for, or gets one more copy", (actions, caller, id, _, ct) => actions.RetryAsync(caller, id, ct));
        Action(deliveries, "hold", "Stops a delivery that waits", (actions, caller, id, reason, ct) => actions.HoldAsync(caller, id, reason, ct));
        Action(deliveries, "release", "Lets a held delivery go on", (actions, caller, id, _, ct) => actions.ReleaseAsync(caller, id, ct));
        Action(deliveries, "close", "Ends a delivery that won't be sent any more", (actions, caller, id, reason, ct) => actions.CloseAsync(caller, id, reason, ct));
        Action(deliveries, "confirm", "Says by what evidence a destination has a document whose outcome is unknown", (actions, caller, id, reason, ct) => actions.ConfirmAsync(caller, id, reason, ct));
    }

    private static void Action(
        RouteGroupBuilder group, string verb, string summary, Func<DeliveryActions, Caller, long, string, CancellationToken, Task<DeliveryChange>> act) =>
        group.MapPost($"/{{id}}/{verb}", async (string id, ReasonBody? body, DeliveryActions actions, HttpContext http, CancellationToken ct) =>
            DeliveryResults.Of(await act(actions, http.Caller(), DeliveryResults.Id(id), body?.Reason ?? "", ct)))
            .RequireAuthorization(Permissions.Submit).Produces(204).Fails(400, 404, 409, 422).WithSummary(summary);

    private static async Task<IResult> ListAsync(
        DeliveryQueries queries, HttpContext http, CancellationToken ct,
        [Description("Only this destination: its id, or `bhxh` for the national portal.")] string? channel = null,
        [Description("Only this state.")] string? state = null,
        [Description("Only of this kind: CheckIn, Record, Form.")] string? subject = null,
        [Description("Only this MA_LK.")] string? maLk = null,
        [Description("Key of the page before: its `next`.")] string? after = null,
        [Description("Rows, 1–500. Default 50.")] string? take = null)
    {
        Dictionary<string, string[]> errors = new(StringComparer.Ordinal);
        DeliveryFilter filter = new(channel, DeliveryResults.Read<DeliveryState>("state", state, errors), DeliveryResults.Read<DeliverySubject>("subject", subject, errors), maLk);
        int rows = DeliveryResults.Rows(take, errors);
        if (errors.Count > 0)
            return ApiResults.Invalid(errors);
        Page<DeliveryView> page = await queries.ListAsync(http.Caller(), filter, new PageRequest(rows, after), ct);
        return TypedResults.Ok(new PageBody<DeliveryView>(page.Items, page.Next, page.Previous));
    }

    private static async Task<IResult> SubmitAsync(DocumentBody body, DocumentDesk desk, HttpContext http, CancellationToken ct)
    {
        Dictionary<string, string[]> errors = new(StringComparer.Ordinal);
        PortalService? service = DeliveryResults.Read<PortalService>("service", body.Service, errors);
        if (service is null || body.Document is null)
            return ApiResults.Problem(422, "bad-document", "Không nhận được tài liệu", $"Ghi «service» ({string.Join(", ", DocumentDesk.Services.Keys)}) và «document» (base64).");
        DocumentTaken taken = await desk.SubmitAsync(http.Caller(), body.Facility ?? "", service.Value, body.Document, body.Period, ct);
        if (taken.Delivery is not { } id)
            return DeliveryResults.Of(taken.Change);
        return taken.IsNew ? TypedResults.Created($"/api/v1/deliveries/{id}", new DeliveryTakenBody(id, true)) : TypedResults.Ok(new DeliveryTakenBody(id, false));
    }
}

/// <summary>A signed document to send.</summary>
/// <param name="Facility">Facility code.</param>
/// <param name="Service">Kind of document: <c>MedicalAssessment</c>, <c>DepartmentsForm</c>, <c>StaffForm</c>, <c>DrugsForm</c>, <c>SuppliesForm</c>, <c>ServicesForm</c>, <c>EquipmentForm</c>, <c>MonthlySummary</c>, <c>Adjustments</c>.</param>
/// <param name="Document">The signed XML, base64.</param>
/// <param name="Period">Settlement period <c>yyyyMM</c> of <c>MonthlySummary</c> and <c>Adjustments</c>.</param>
public sealed record DocumentBody(string? Facility, string? Service, byte[]? Document, string? Period);

/// <summary>A document that was taken.</summary>
/// <param name="Id">Its delivery.</param>
/// <param name="IsNew">False when these bytes were handed in before.</param>
public sealed record DeliveryTakenBody(long Id, bool IsNew);
