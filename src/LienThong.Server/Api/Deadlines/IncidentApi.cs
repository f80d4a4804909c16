using System.ComponentModel;
using LienThong.Gateway.Access;
using LienThong.Gateway.Deadlines;
using LienThong.Server.Access;
using LienThong.Server.Api.Intake;
using LienThong.Server.Pages.Deadlines;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Api.Deadlines;

/// <summary>The log of incidents.</summary>
internal static class IncidentApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/incidents").WithTags("Deadlines");
        group.MapGet("", async (IncidentDesk desk, HttpContext http, CancellationToken ct, bool unsettled = false, int take = 200) =>
            TypedResults.Ok((await desk.ListAsync(http.Caller(), unsettled, take, ct)).Select(IncidentBody.Of))).RequireAuthorization(Permissions.ReadSubmissions)
            .Produces<IReadOnlyList<IncidentBody>>().Fails(400).WithSummary("Incidents, newest first; those the product proposed change no deadline until a person confirms them");
        group.MapGet("/{id:guid}", async (Guid id, IncidentDesk desk, HttpContext http, CancellationToken ct) =>
            await desk.FindAsync(http.Caller(), id, ct) is { } found ? TypedResults.Ok(IncidentBody.Of(found)) : Missing()).RequireAuthorization(Permissions.ReadSubmissions)
            .Produces<IncidentBody>().Fails(404).WithSummary("An incident with its files");
        group.MapPost("", async (IncidentRequest body, IncidentDesk desk, HttpContext http, CancellationToken ct) =>
            body.Draft() is { } draft ? await OfAsync(await desk.OpenAsync(http.Caller(), draft, ct), desk, http, true, ct) : UnknownKind()).RequireAuthorization(Permissions.ManageDeadlines)
            .Produces<IncidentBody>(201).Fails(400, 422).WithSummary("Writes an incident down");
        group.MapPut("/{id:guid}", async (Guid id, IncidentRequest body, IncidentDesk desk, HttpContext http, CancellationToken ct) =>
            body.Draft() is { } draft ? await OfAsync(await desk.SaveAsync(http.Caller(), id, draft, ct), desk, http, false, ct) : UnknownKind()).RequireAuthorization(Permissions.ManageDeadlines)
            .Produces<IncidentBody>().Fails(400, 404, 422).WithSummary("Changes an incident; confirms one that the product proposed");
        group.MapPost("/{id:guid}/close", async (Guid id, IncidentEnd body, IncidentDesk desk, HttpContext http, CancellationToken ct) =>
            await OfAsync(await desk.CloseAsync(http.Caller(), id, body.EndedAt, ct), desk, http, false, ct)).RequireAuthorization(Permissions.ManageDeadlines)
            .Produces<IncidentBody>().Fails(400, 404, 422).WithSummary("Closes an incident");
        group.MapPost("/{id:guid}/withdraw", async (Guid id, IncidentReason body, IncidentDesk desk, HttpContext http, CancellationToken ct) =>
            await OfAsync(await desk.WithdrawAsync(http.Caller(), id, body.Reason ?? "", ct), desk, http, false, ct)).RequireAuthorization(Permissions.ManageDeadlines)
            .Produces<IncidentBody>().Fails(400, 404, 422).WithSummary("Takes an incident back: it wasn't one");
        group.MapPost("/{id:guid}/send-now", async (Guid id, IncidentDesk desk, HttpContext http, CancellationToken ct) =>
            await desk.SendNowAsync(http.Caller(), id, ct) is { } items ? TypedResults.Ok(new SendNowBody(items)) : Missing()).RequireAuthorization(Permissions.Submit)
            .Produces<SendNowBody>().Fails(404).WithSummary("Tries at once what waits for its next try in the incident's facility");
        group.MapPost("/{id:guid}/files", AttachAsync).RequireAuthorization(Permissions.ManageDeadlines)
            .WithMetadata(new RequestSizeLimitAttribute(IncidentDesk.MostFileBytes + UploadedFile.Slack))
            .Accepts<IFormFile>("multipart/form-data").Produces<IncidentBody>().Fails(400, 404, 422).WithSummary("Keeps a file as evidence");
        group.MapGet("/{id:guid}/files/{file:guid}", FileAsync).RequireAuthorization(Permissions.ReadSubmissions)
            .Produces<byte[]>(200, "application/octet-stream").Fails(404).WithSummary("A file kept as evidence");
        group.MapGet("/{id:guid}/proof", IncidentProofPages.AnswerAsync).RequireAuthorization(Permissions.ReadSubmissions).Produces<string>(200, "text/html").Fails(400, 404)
            .WithSummary("What BHXH is shown: the incident and the records it kept from being sent; print-ready HTML, CSV or Excel");
    }

    internal static IResult Missing() => ApiResults.Problem(404, "no-such-incident", "Không tìm thấy sự cố", "Sự cố không có, hoặc không thuộc cơ sở của bạn.");

    internal static async Task<IResult> FileAsync(Guid id, Guid file, IncidentDesk desk, HttpContext http, CancellationToken ct) =>
        // Whatever it is, it is saved and never shown as one of our pages.
        await desk.FileAsync(http.Caller(), id, file, ct) is (var name, var content) ? TypedResults.File(content, "application/octet-stream", name) : Missing();

    private static IResult UnknownKind() =>
        ApiResults.Problem(422, "bad-incident", "Không ghi được", $"kind chỉ nhận {string.Join(", ", IncidentRule.All.Select(r => r.Word))}.");

    private static async Task<IResult> AttachAsync(Guid id, IncidentDesk desk, ServerOptions options, HttpContext http, CancellationToken ct, [Description("Name of the file when the body is the file itself.")] string? fileName = null)
    {
        await using UploadedFile upload = await UploadedFile.OpenAsync(http.Request, fileName, options, ct);
        if (upload.Failure is (var status, var code, var title, var detail))
            return ApiResults.Problem(status, code, title, detail);
        return await OfAsync(await desk.AttachAsync(http.Caller(), id, UploadedFile.CleanName(upload.Name, "minh-chung"), upload.Content, ct), desk, http, false, ct);
    }

    private static async Task<IResult> OfAsync(IncidentChange change, IncidentDesk desk, HttpContext http, bool created, CancellationToken ct)
    {
        if (change is { Done: false, Id: null } && !created)
            return Missing();
        if (!change.Done)
            return ApiResults.Problem(422, "bad-incident", "Không ghi được", change.Message);
        IncidentBody body = IncidentBody.Of((await desk.FindAsync(http.Caller(), change.Id!.Value, ct))!);
        return created ? TypedResults.Created($"/api/v1/incidents/{body.Id}", body) : TypedResults.Ok(body);
    }
}
