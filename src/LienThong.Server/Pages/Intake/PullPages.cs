using LienThong.Gateway.Access;
using LienThong.Gateway.Intake.Pull;
using LienThong.Server.Access;

namespace LienThong.Server.Pages.Intake;

/// <summary>Sources visits are pulled from: how they stand, pausing them, and asking for a pass. Their files are written on the machine only.</summary>
internal static class PullPages
{
    /// <summary>Where they are.</summary>
    public const string Path = "/nguon-du-lieu";

    /// <summary>Part of the page that htmx replaces.</summary>
    public const string Target = "cac-nguon";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, ListAsync).RequireAuthorization(Permissions.Operate);
        app.MapGet(Path + "/{facility}/{source}", ShowAsync).RequireAuthorization(Permissions.ReadRecords);
        app.MapPost(Path + "/{facility}/{source}/lay-ngay", (string facility, string source, PullDesk desk, HttpContext http, CancellationToken ct) =>
            ChangeAsync(desk.RunNowAsync(http.Caller(), facility, source, ct), http)).RequireAuthorization(Permissions.Operate);
        app.MapPost(Path + "/{facility}/{source}/tam-dung", (string facility, string source, PullDesk desk, HttpContext http, CancellationToken ct) =>
            ChangeAsync(desk.PauseAsync(http.Caller(), facility, source, ct), http)).RequireAuthorization(Permissions.Operate);
        app.MapPost(Path + "/{facility}/{source}/tiep-tuc", (string facility, string source, PullDesk desk, HttpContext http, CancellationToken ct) =>
            ChangeAsync(desk.ResumeAsync(http.Caller(), facility, source, ct), http)).RequireAuthorization(Permissions.Operate);
    }

    private static async Task<IResult> ListAsync(PullDesk desk, HttpContext http, CancellationToken ct)
    {
        IReadOnlyList<PullSourceView> sources = await desk.ListAsync(http.Caller(), ct);
        return PageResults.WantsPart(http, Target)
            ? PageResults.Part<PullListPart>(http, (nameof(PullListPart.Sources), sources))
            : PageResults.Page<PullListPage>(http, "Nguồn dữ liệu", (nameof(PullListPage.Sources), sources), (nameof(PullListPage.Folder), desk.Folder));
    }

    // Problems may quote values of the hospital's database, so they take the right to see records.
    private static async Task<IResult> ShowAsync(string facility, string source, PullDesk desk, HttpContext http, CancellationToken ct)
    {
        IReadOnlyList<PullSourceView> sources = await desk.ListAsync(http.Caller(), ct);
        return sources.FirstOrDefault(s => s.Facility == facility && s.Name == source) is { } found
            ? PageResults.Page<PullSourcePage>(http, "Nguồn dữ liệu", (nameof(PullSourcePage.Source), found), (nameof(PullSourcePage.Refused), await desk.RefusedAsync(http.Caller(), facility, source, ct)))
            : NotFound(http);
    }

    private static async Task<IResult> ChangeAsync(Task<bool> change, HttpContext http) => await change ? TypedResults.LocalRedirect(Path) : NotFound(http);

    private static IResult NotFound(HttpContext http) => PageResults.Failure(http, 404, "Không tìm thấy nguồn dữ liệu này", "Nguồn không có, hoặc không thuộc cơ sở của bạn.");
}
