using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Intake.Folders;
using LienThong.Server.Access;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Intake;

/// <summary>Watched folders: state, files taken, settings.</summary>
internal static class FolderPages
{
    private const string Path = "/thu-muc";
    private const string Title = "Thư mục theo dõi";
    private const int MostFiles = 50;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, ListAsync).RequireAuthorization(Permissions.Operate);
        app.MapPost(Path, SaveAsync).RequireAuthorization(Permissions.Operate).DisableAntiforgery();
        app.MapGet(Path + "/{id:guid}", ShowAsync).RequireAuthorization(Permissions.Operate);
        app.MapPost(Path + "/{id:guid}/thu", TestAsync).RequireAuthorization(Permissions.Operate).DisableAntiforgery();
        app.MapPost(Path + "/{id:guid}/xoa", RemoveAsync).RequireAuthorization(Permissions.Operate).DisableAntiforgery();
    }

    /// <summary>A kind's name.</summary>
    public static string NameOf(FolderKind kind) => kind switch
    {
        FolderKind.Packages => "Gói XML",
        FolderKind.Visits => "Lượt khám JSON",
        FolderKind.Csv => "Thư mục CSV",
        _ => "Tệp Excel",
    };

    private static Task<IResult> ListAsync(HttpContext http, FolderDesk desk, FacilitySettings facilities, CancellationToken ct, [FromQuery(Name = "da")] string? done = null) =>
        PageAsync(http, desk, facilities, null, done switch { "luu" => "Đã lưu.", "xoa" => "Đã thôi theo dõi; các tệp vẫn ở nguyên chỗ.", _ => null }, null, ct);

    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, FolderDesk desk, CancellationToken ct) =>
        await desk.FindAsync(http.Caller(), id, ct) is { } folder ? await FolderAsync(http, desk, folder, null, ct) : Missing(http);

    private static async Task<IResult> SaveAsync(
        HttpContext http, FolderDesk desk, FacilitySettings facilities, CancellationToken ct, [FromForm(Name = "id")] string? id = null,
        [FromForm(Name = "co-so")] string? facility = null, [FromForm(Name = "ten")] string? name = null, [FromForm(Name = "duong-dan")] string? path = null,
        [FromForm(Name = "loai")] string? kind = null, [FromForm(Name = "anh-xa")] string? mapping = null, [FromForm(Name = "bat")] string? active = null)
    {
        FolderDraft draft = new(
            facility ?? "", name ?? "", path ?? "", Enum.TryParse(kind, out FolderKind parsed) && Enum.IsDefined(parsed) ? parsed : FolderKind.Packages, mapping ?? "", active == "1");
        Guid? known = Guid.TryParse(id, out Guid guid) ? guid : null;
        FolderChange change = await desk.SaveAsync(http.Caller(), known, draft, ct);
        if (change.Done)
            return TypedResults.LocalRedirect($"{Path}?da=luu");
        return known is { } edited && await desk.FindAsync(http.Caller(), edited, ct) is { } folder
            ? await FolderAsync(http, desk, folder, change, ct, draft)
            : await PageAsync(http, desk, facilities, draft, null, change.Message, ct);
    }

    private static async Task<IResult> TestAsync(Guid id, HttpContext http, FolderDesk desk, CancellationToken ct)
    {
        FolderChange tested = await desk.TestAsync(http.Caller(), id, ct);
        return await desk.FindAsync(http.Caller(), id, ct) is { } folder ? await FolderAsync(http, desk, folder, tested, ct) : Missing(http);
    }

    private static async Task<IResult> RemoveAsync(Guid id, HttpContext http, FolderDesk desk, CancellationToken ct) =>
        (await desk.RemoveAsync(http.Caller(), id, ct)).Done ? TypedResults.LocalRedirect($"{Path}?da=xoa") : Missing(http);

    private static async Task<IResult> PageAsync(
        HttpContext http, FolderDesk desk, FacilitySettings facilities, FolderDraft? draft, string? message, string? refused, CancellationToken ct) =>
        PageResults.Page<FolderListPage>(http, Title, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(FolderListPage.Folders), await desk.ListAsync(http.Caller(), ct)), (nameof(FolderListPage.Facilities), await facilities.ListAsync(http.Caller(), ct)),
            (nameof(FolderListPage.Kinds), desk.Kinds), (nameof(FolderListPage.Draft), draft), (nameof(FolderListPage.Message), message), (nameof(FolderListPage.Refused), refused));

    private static async Task<IResult> FolderAsync(
        HttpContext http, FolderDesk desk, WatchedFolder folder, FolderChange? change, CancellationToken ct, FolderDraft? draft = null) =>
        PageResults.Page<FolderPage>(http, folder.Name, change is { Done: false } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            (nameof(FolderPage.Folder), folder), (nameof(FolderPage.Files), await desk.FilesAsync(http.Caller(), folder.Id, MostFiles, ct)), (nameof(FolderPage.Kinds), desk.Kinds),
            (nameof(FolderPage.Draft), draft ?? new FolderDraft(folder.Facility, folder.Name, folder.Path, folder.Kind, folder.Mapping, folder.Active)), (nameof(FolderPage.Change), change));

    private static IResult Missing(HttpContext http) => PageResults.Failure(http, 404, "Không tìm thấy thư mục", "Thư mục không có, hoặc không thuộc cơ sở của bạn.");
}
