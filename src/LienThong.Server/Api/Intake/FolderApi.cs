using LienThong.Gateway.Access;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Intake.Folders;
using LienThong.Server.Access;

namespace LienThong.Server.Api.Intake;

/// <summary>Watched folders.</summary>
internal static class FolderApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder folders = api.MapGroup("/folders").WithTags("Folders").RequireAuthorization(Permissions.Operate);
        folders.MapGet("", async (FolderDesk desk, HttpContext http, CancellationToken ct) =>
            TypedResults.Ok((await desk.ListAsync(http.Caller(), ct)).Select(FolderBody.Of))).Produces<IReadOnlyList<FolderBody>>().Fails()
            .WithSummary("Watched folders with their state");
        folders.MapPost("", (FolderRequest body, FolderDesk desk, HttpContext http, CancellationToken ct) => SaveAsync(null, body, desk, http, ct))
            .Produces<FolderBody>(201).Fails(400, 422).WithSummary("Adds a watched folder");
        folders.MapPut("/{id:guid}", (Guid id, FolderRequest body, FolderDesk desk, HttpContext http, CancellationToken ct) => SaveAsync(id, body, desk, http, ct))
            .Produces<FolderBody>().Fails(400, 404, 422).WithSummary("Changes a watched folder");
        folders.MapDelete("/{id:guid}", async (Guid id, FolderDesk desk, HttpContext http, CancellationToken ct) =>
            (await desk.RemoveAsync(http.Caller(), id, ct)).Done ? TypedResults.NoContent() : Missing()).Produces(204).Fails(404)
            .WithSummary("Stops watching a folder; its files stay where they are");
        folders.MapPost("/{id:guid}/test", async (Guid id, FolderDesk desk, HttpContext http, CancellationToken ct) =>
            await desk.TestAsync(http.Caller(), id, ct) is { Id: not null } tested ? TypedResults.Ok(new FolderTestBody(tested.Done, tested.Message)) : Missing())
            .Produces<FolderTestBody>().Fails(404).WithSummary("Tries whether a folder can be read and written");
        folders.MapGet("/{id:guid}/files", async (Guid id, FolderDesk desk, HttpContext http, CancellationToken ct, int take = 100) =>
            await desk.FindAsync(http.Caller(), id, ct) is null ? Missing() : TypedResults.Ok((await desk.FilesAsync(http.Caller(), id, take, ct)).Select(FolderFileBody.Of)))
            .Produces<IReadOnlyList<FolderFileBody>>().Fails(404).WithSummary("What was taken out of a folder, newest first");
    }

    private static async Task<IResult> SaveAsync(Guid? id, FolderRequest body, FolderDesk desk, HttpContext http, CancellationToken ct)
    {
        Caller caller = http.Caller();
        if (id is { } known && await desk.FindAsync(caller, known, ct) is null)
            return Missing();
        FolderChange change = await desk.SaveAsync(
            caller, id, new FolderDraft(body.Facility ?? "", body.Name ?? "", body.Path ?? "", body.Kind, body.Mapping ?? "", body.Active ?? true), ct);
        if (!change.Done)
            return ApiResults.Problem(422, "bad-folder", "Không lưu được", change.Message);
        FolderBody saved = FolderBody.Of((await desk.FindAsync(caller, change.Id!.Value, ct))!);
        return id is null ? TypedResults.Created($"/api/v1/folders/{saved.Id}", saved) : TypedResults.Ok(saved);
    }

    private static IResult Missing() => ApiResults.Problem(404, "no-such-folder", "Không tìm thấy thư mục", "Thư mục không có, hoặc không thuộc cơ sở của bạn.");
}

/// <summary>Settings of a watched folder.</summary>
/// <param name="Facility">Facility code; can't be changed later.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Path">Full path as the server sees it.</param>
/// <param name="Kind"><c>Packages</c>, <c>Visits</c>, <c>Csv</c> or <c>Workbook</c>.</param>
/// <param name="Mapping">Name of the facility's mapping for CSV and workbooks.</param>
/// <param name="Active">Whether it is watched; default yes.</param>
public sealed record FolderRequest(string? Facility, string? Name, string? Path, FolderKind Kind, string? Mapping, bool? Active);

/// <summary>A watched folder.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Path">Full path as the server sees it.</param>
/// <param name="Kind">What is dropped into it.</param>
/// <param name="Mapping">Name of the mapping; empty for none.</param>
/// <param name="Active">Whether it is watched.</param>
/// <param name="LookedAt">When it was last seen to be reachable.</param>
/// <param name="FailingSince">Since when it can't be reached; null when it can.</param>
/// <param name="Failure">Why it can't be reached, in Vietnamese.</param>
public sealed record FolderBody(
    Guid Id, string Facility, string Name, string Path, FolderKind Kind, string Mapping, bool Active, DateTimeOffset? LookedAt, DateTimeOffset? FailingSince, string? Failure)
{
    internal static FolderBody Of(WatchedFolder f) => new(f.Id, f.Facility, f.Name, f.Path, f.Kind, f.Mapping, f.Active, f.LookedAt, f.FailingSince, f.Failure);
}

/// <summary>Something taken out of a folder.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="FileId">Id of its ledger (<c>/api/v1/files/{fileId}</c>); null when nothing of it was kept.</param>
/// <param name="State"><c>Taken</c> or <c>Done</c>.</param>
/// <param name="Outcome">How much was taken; null while it is worked on.</param>
/// <param name="Message">Short account in Vietnamese.</param>
/// <param name="Target">Where it lies now, relative to the folder.</param>
/// <param name="TakenAt">When it was claimed.</param>
public sealed record FolderFileBody(string FileName, Guid? FileId, string State, IntakeOutcome? Outcome, string? Message, string? Target, DateTimeOffset TakenAt)
{
    internal static FolderFileBody Of(FolderFile f) => new(f.FileName, f.FileId == Guid.Empty ? null : f.FileId, f.State, f.Outcome, f.Message, f.Target, f.TakenAt);
}

/// <summary>Result of trying a folder.</summary>
/// <param name="Ok">Whether it can be used.</param>
/// <param name="Message">What was found, in Vietnamese.</param>
public sealed record FolderTestBody(bool Ok, string Message);
