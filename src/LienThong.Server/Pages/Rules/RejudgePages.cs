using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Rejudging;
using LienThong.Server.Access;

namespace LienThong.Server.Pages.Rules;

/// <summary>Judging stored records again: runs with their progress, and starting, pausing and ending them.</summary>
internal static class RejudgePages
{
    /// <summary>Where they are.</summary>
    public const string Path = "/kiem-tra-lai";

    /// <summary>Part of the list page that htmx replaces.</summary>
    public const string ListTarget = "cac-luot";

    /// <summary>Part of a run's page that htmx replaces.</summary>
    public const string RunTarget = "luot";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, ListAsync).RequireAuthorization(Permissions.ReadRecords);
        app.MapPost(Path, StartAsync).RequireAuthorization(Permissions.EditRecords).DisableAntiforgery();
        app.MapGet(Path + "/{id:guid}", ShowAsync).RequireAuthorization(Permissions.ReadRecords);
        app.MapPost(Path + "/{id:guid}/tam-dung", (Guid id, Rejudge rejudge, HttpContext http, CancellationToken ct) => ChangeAsync(rejudge.PauseAsync(http.Caller(), id, ct), http))
            .RequireAuthorization(Permissions.EditRecords);
        app.MapPost(Path + "/{id:guid}/tiep-tuc", (Guid id, Rejudge rejudge, HttpContext http, CancellationToken ct) => ChangeAsync(rejudge.ResumeAsync(http.Caller(), id, ct), http))
            .RequireAuthorization(Permissions.EditRecords);
        app.MapPost(Path + "/{id:guid}/dung", (Guid id, Rejudge rejudge, HttpContext http, CancellationToken ct) => ChangeAsync(rejudge.StopAsync(http.Caller(), id, ct), http))
            .RequireAuthorization(Permissions.EditRecords);
    }

    private static async Task<IResult> ListAsync(Rejudge rejudge, FacilitySettings facilities, HttpContext http, CancellationToken ct)
    {
        IReadOnlyList<RejudgeProgress> runs = await rejudge.ListAsync(http.Caller(), ct);
        return PageResults.WantsPart(http, ListTarget)
            ? PageResults.Part<RejudgeListPart>(http, (nameof(RejudgeListPart.Runs), runs))
            : await PageAsync(runs, RejudgeForm.Of(http.Request.Query), null, facilities, http, ct);
    }

    private static async Task<IResult> StartAsync(IFormCollection fields, Rejudge rejudge, FacilitySettings facilities, HttpContext http, CancellationToken ct)
    {
        RejudgeForm form = RejudgeForm.Of(fields);
        if (form.Refusal() is { } refusal)
            return await PageAsync(await rejudge.ListAsync(http.Caller(), ct), form, refusal, facilities, http, ct);
        RejudgeProgress run = await rejudge.StartAsync(http.Caller(), form.ToSelection(), ct);
        return run.Total == 0
            ? await PageAsync(await rejudge.ListAsync(http.Caller(), ct), form, "Không có hồ sơ nào như đã chọn.", facilities, http, ct)
            : TypedResults.LocalRedirect($"{Path}/{run.Id}");
    }

    private static async Task<IResult> PageAsync(
        IReadOnlyList<RejudgeProgress> runs, RejudgeForm form, string? refused, FacilitySettings facilities, HttpContext http, CancellationToken ct) =>
        PageResults.Page<RejudgeListPage>(http, "Kiểm tra lại hồ sơ", refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(RejudgeListPage.Runs), runs), (nameof(RejudgeListPage.Form), form), (nameof(RejudgeListPage.Refused), refused),
            (nameof(RejudgeListPage.Facilities), await facilities.ListAsync(http.Caller(), ct)));

    private static async Task<IResult> ShowAsync(Guid id, Rejudge rejudge, HttpContext http, CancellationToken ct)
    {
        if (await rejudge.FindAsync(http.Caller(), id, ct) is not { } run)
            return NotFound(http);
        return PageResults.WantsPart(http, RunTarget)
            ? PageResults.Part<RejudgePart>(http, (nameof(RejudgePart.Run), run))
            : PageResults.Page<RejudgePage>(http, "Kiểm tra lại hồ sơ", (nameof(RejudgePage.Run), run));
    }

    private static async Task<IResult> ChangeAsync(Task<RejudgeProgress?> change, HttpContext http) =>
        await change is { } run ? TypedResults.LocalRedirect($"{Path}/{run.Id}") : NotFound(http);

    private static IResult NotFound(HttpContext http) =>
        PageResults.Failure(http, 404, "Không tìm thấy lượt kiểm tra này", "Lượt kiểm tra không có, hoặc không thuộc cơ sở của bạn.");
}
