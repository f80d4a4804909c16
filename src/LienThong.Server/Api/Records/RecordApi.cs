using LienThong.Gateway.Access;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rules;
using LienThong.Gateway.Storage;
using LienThong.Server.Access;
using LienThong.Server.Pages.Records;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Api.Records;

/// <summary>Reading and changing records.</summary>
internal static class RecordApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder records = api.MapGroup("/records").WithTags("Records");
        records.MapGet("", ListAsync).RequireAuthorization(Permissions.ReadRecords).Produces<PageBody<RecordBody>>().Fails(400)
            .WithSummary("Lists records, newest first, paged by key");
        records.MapGet("/{id:guid}", FindAsync).RequireAuthorization(Permissions.ReadRecords).Produces<RecordDetailBody>().Fails(404)
            .WithSummary("A record with versions, history and calls to the portal");
        records.MapGet("/{id:guid}/findings", FindingsAsync).RequireAuthorization(Permissions.ReadRecords).Produces<FindingsBody>().Fails(404)
            .WithSummary("What is wrong with the current version, each finding tied to its cell");
        FindingExportApi.Map(records);
        records.MapPost("/{id:guid}/hold", (Guid id, HoldRequest body, RecordActions actions, HttpContext http, CancellationToken ct) =>
            Changed(actions.HoldAsync(http.Caller(), id, body.Reason ?? "", body.Until, ct)))
            .Changes(Permissions.EditRecords, "Stops a record that isn't sent yet");
        records.MapPost("/{id:guid}/release", (Guid id, RecordActions actions, HttpContext http, CancellationToken ct, [FromBody] ReasonRequest? body = null) =>
            Changed(actions.ReleaseAsync(http.Caller(), id, body?.Why(), ct)))
            .Changes(Permissions.EditRecords, "Lets a held record go on; it is judged again. A version that waits without a reason needs one")
            .Accepts<ReasonRequest>(isOptional: true, "application/json");
        records.MapPost("/{id:guid}/keep", (Guid id, RecordActions actions, HttpContext http, CancellationToken ct) =>
            Changed(actions.KeepCorrectionAsync(http.Caller(), id, ct)))
            .Changes(Permissions.EditRecords, "Keeps the current version and drops the one of the hospital system that waits for a person");
        records.MapPost("/{id:guid}/resend", (Guid id, RecordActions actions, HttpContext http, CancellationToken ct) =>
            Changed(actions.ResendAsync(http.Caller(), id, ct)))
            .Changes(Permissions.Submit, "Sends the same bytes again after an unknown outcome or a refusal");
        records.MapPost("/{id:guid}/correct", (Guid id, CorrectRequest body, RecordCorrections corrections, HttpContext http, CancellationToken ct) =>
            Changed(corrections.CorrectAsync(http.Caller(), id, body.Changes ?? [], body.Why(), ct)))
            .Changes(Permissions.EditRecords, "Makes a new version with some cells changed")
            .WithDescription("Say why by `reasonCode` (GET /api/v1/change-reasons), `reason` or both; `referenceNumber` and `referenceDate` name the exchange with BHXH, which some reasons need. The new version is judged, signed and sent like any other.");
    }

    private static RouteHandlerBuilder Changes(this RouteHandlerBuilder endpoint, string permission, string summary) => endpoint
        .RequireAuthorization(permission).WithSummary(summary).Produces<ChangedBody>().Fails(400, 404, 409, 422);

    private static async Task<IResult> ListAsync([AsParameters] RecordQuery query, RecordQueries records, AuditLog audit, HttpContext http, CancellationToken ct)
    {
        (RecordFilter filter, PageRequest request) = query.Read(out Dictionary<string, string[]> errors);
        if (errors.Count > 0)
            return ApiResults.Invalid(errors);
        Page<RecordListItem> page = await records.ListAsync(http.Caller(), filter, request, ct);
        await RecordReading.NoteSearchAsync(audit, http.Caller(), filter, ct);
        return TypedResults.Ok(new PageBody<RecordBody>([.. page.Items.Select(RecordBody.Of)], page.Next, page.Previous));
    }

    private static async Task<IResult> FindAsync(Guid id, RecordQueries records, AuditLog audit, HttpContext http, CancellationToken ct)
    {
        Caller caller = http.Caller();
        if (await records.FindAsync(caller, id, ct) is not { } r)
            return ApiResults.NoSuchRecord();
        await audit.NoteReadAsync(caller, r.Current.Facility, "record.read", id.ToString(), "", ct);
        IReadOnlyList<VersionView> versions = [.. r.Versions.Select(v => v with
        {
            Corrections = [.. v.Corrections.Where(c => !Sensitive.Hides(caller, c.Table, c.Field))],
        })];
        return TypedResults.Ok(new RecordDetailBody(RecordBody.Of(r.Current), r.NotChecked, versions, r.History, r.Submissions, r.Work));
    }

    private static async Task<IResult> FindingsAsync(Guid id, RecordQueries records, AuditLog audit, FindingMarks marks, HttpContext http, CancellationToken ct)
    {
        Caller caller = http.Caller();
        if (await records.FindAsync(caller, id, ct) is not { } r)
            return ApiResults.NoSuchRecord();
        await audit.NoteReadAsync(caller, r.Current.Facility, "record.read", id.ToString(), "", ct);
        if (caller.May(Permissions.ReadSensitive) && r.Findings.Any(f => Sensitive.Holds(f.Table, f.Field)))
            await audit.NoteReadAsync(caller, r.Current.Facility, "record.sensitive-read", id.ToString(), "findings", ct);
        IReadOnlyDictionary<string, FindingMark> said = await marks.OfRecordAsync(caller, r.Current.Facility, r.Current.MaLk, ct);
        IReadOnlyList<FindingBody> Bodies(IReadOnlyList<StoredFinding> all) => [.. RecordTables.Number(caller, r.Current, all, said).Select(FindingBody.Of)];
        return TypedResults.Ok(new FindingsBody(r.Current.Version, Bodies(r.Findings), r.NotChecked, Bodies(r.Suppressed)));
    }

    private static async Task<IResult> Changed(Task<ChangeResult> change) => ApiResults.Of(await change);
}
