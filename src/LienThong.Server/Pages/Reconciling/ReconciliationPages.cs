using LienThong.Gateway.Access;
using LienThong.Gateway.Catalogues;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Receipts;
using LienThong.Gateway.Records;
using LienThong.Server.Access;
using LienThong.Server.Api.Intake;
using LienThong.Server.Api.Reconciling;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Reconciling;

/// <summary>Comparison with the portal's lists: bring a list, look, apply, differences, work lists, reminder.</summary>
internal static class ReconciliationPages
{
    public const string Path = "/doi-soat";
    public const string RunTarget = "doi-soat";
    private const int PageSize = 50;

    /// <summary>Address and name of each work list.</summary>
    public static readonly IReadOnlyList<(CaseGroup Group, string Address, string Name, string Colour)> Groups =
    [
        (CaseGroup.Fail, "khong-thay", "Cổng không có", "red"), (CaseGroup.Faulty, "bao-loi", "Cổng báo lỗi", "orange"), (CaseGroup.Resolved, "da-giai-quyet", "Đã giải quyết", "green"),
    ];

    public static void Map(IEndpointRouteBuilder app, long maxBytes)
    {
        app.MapGet(Path, ListAsync).RequireAuthorization(Permissions.ReadSubmissions);
        app.MapPost($"{Path}/xem-truoc", ReadAsync).RequireAuthorization(Permissions.Submit).DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(maxBytes + UploadedFile.Slack), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = maxBytes + UploadedFile.Slack });
        app.MapGet($"{Path}/{{id:guid}}", ShowAsync).RequireAuthorization(Permissions.ReadSubmissions);
        app.MapPost($"{Path}/{{id:guid}}/ap-dung", ApplyAsync).RequireAuthorization(Permissions.Submit).DisableAntiforgery();
        app.MapGet($"{Path}/{{id:guid}}/xuat", ExportAsync).RequireAuthorization(Permissions.ReadSubmissions);
        app.MapGet($"{Path}/viec/{{group}}", CasesAsync).RequireAuthorization(Permissions.ReadSubmissions);
        app.MapGet($"{Path}/nhac", UnconfirmedAsync).RequireAuthorization(Permissions.ReadSubmissions);
    }

    private static Task<IResult> ListAsync(HttpContext http, Reconciliations reconciliations, UnconfirmedReceipts unconfirmed, FacilitySettings facilities, CancellationToken ct, string? after = null) =>
        OverviewAsync(http, reconciliations, unconfirmed, facilities, StatusCodes.Status200OK, null, [], after, ct);

    private static async Task<IResult> OverviewAsync(
        HttpContext http, Reconciliations reconciliations, UnconfirmedReceipts unconfirmed, FacilitySettings facilities, int status, string? message,
        IReadOnlyList<CatalogueProblem> problems, string? after, CancellationToken ct) =>
        PageResults.Page<ReconciliationListPage>(http, "Đối soát", status,
            (nameof(ReconciliationListPage.Runs), await reconciliations.ListAsync(http.Caller(), new PageRequest(PageSize, after), ct)),
            (nameof(ReconciliationListPage.First), after is null),
            (nameof(ReconciliationListPage.Cases), await reconciliations.CountCasesAsync(http.Caller(), ct)),
            (nameof(ReconciliationListPage.Unconfirmed), await unconfirmed.CountAsync(http.Caller(), ct)),
            (nameof(ReconciliationListPage.Facilities), await facilities.ListAsync(http.Caller(), ct)),
            (nameof(ReconciliationListPage.Message), message),
            (nameof(ReconciliationListPage.Problems), problems));

    private static async Task<IResult> ReadAsync(HttpContext http, Reconciliations reconciliations, UnconfirmedReceipts unconfirmed, FacilitySettings facilities, CancellationToken ct)
    {
        IFormCollection form = await http.Request.ReadFormAsync(ct);
        Task<IResult> Again(string message, IReadOnlyList<CatalogueProblem> problems) =>
            OverviewAsync(http, reconciliations, unconfirmed, facilities, StatusCodes.Status422UnprocessableEntity, message, problems, null, ct);
        if (form.Files is not [{ Length: > 0 } file])
            return await Again("Chọn một danh sách xuất từ Cổng (.xlsx, .xls hoặc .csv).", []);
        foreach (string name in (string[])["ngay-xuat", "tu-ngay", "den-ngay"])
        {
            if (form[name].ToString().Trim().Length > 0 && Vi.ReadDay(form[name]) is null)
                return await Again("Ngày ghi dạng dd/mm/yyyy, hoặc để trống.", []);
        }
        await using Stream content = file.OpenReadStream();
        ReconciliationResult result = await reconciliations.ReadAsync(http.Caller(), content, new ReconciliationRequest
        {
            FileName = UploadedFile.CleanName(file.FileName, "danh-sach"),
            Facility = form["co-so"].ToString(),
            Kind = PortalLists.Parse(form["loai"]),
            AsOf = ReconciliationApi.EndOf(Vi.ReadDay(form["ngay-xuat"])),
            From = Vi.ReadDay(form["tu-ngay"]),
            To = Vi.ReadDay(form["den-ngay"]),
        }, null, ct);
        return result.Run is { } run ? TypedResults.LocalRedirect($"{Path}/{run.Id}") : await Again(result.Refusal, result.Problems);
    }

    private static Task<IResult> ShowAsync(
        HttpContext http, Reconciliations reconciliations, Guid id, CancellationToken ct, [FromQuery(Name = "loai")] string? kind = null, string? after = null) =>
        DetailAsync(http, reconciliations, id, Kind(kind), after, null, ct);

    private static async Task<IResult> DetailAsync(HttpContext http, Reconciliations reconciliations, Guid id, DifferenceKind? kind, string? after, string? message, CancellationToken ct)
    {
        Caller caller = http.Caller();
        if (await reconciliations.FindAsync(caller, id, ct) is not { } run)
            return NotFound(http);
        if (PageResults.WantsPart(http, RunTarget) && run.State == ReconciliationState.Applying)
            return PageResults.Part<ReconciliationProgress>(http, (nameof(ReconciliationProgress.Run), run));
        // Whoever watches the progress is brought to the result.
        if (PageResults.WantsPart(http, RunTarget))
        {
            http.Response.Headers["HX-Refresh"] = "true";
            return TypedResults.NoContent();
        }
        bool applied = run.State != ReconciliationState.Previewed;
        return PageResults.Page<ReconciliationPage>(http, "Đối soát", message is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
            (nameof(ReconciliationPage.Run), run),
            (nameof(ReconciliationPage.Kind), kind),
            (nameof(ReconciliationPage.First), after is null),
            (nameof(ReconciliationPage.Counts), applied ? await reconciliations.CountDifferencesAsync(caller, id, ct) : new Dictionary<DifferenceKind, long>()),
            (nameof(ReconciliationPage.Differences), applied ? await reconciliations.DifferencesAsync(caller, id, kind, new PageRequest(PageSize, after), ct) : null),
            (nameof(ReconciliationPage.Message), message));
    }

    private static async Task<IResult> ApplyAsync(HttpContext http, Reconciliations reconciliations, Guid id, CancellationToken ct)
    {
        IFormCollection form = await http.Request.ReadFormAsync(ct);
        ReconciliationResult result = await reconciliations.ApplyAsync(http.Caller(), id, form["xac-nhan"] == "1", ct);
        return result.Refusal.Length == 0 ? TypedResults.LocalRedirect($"{Path}/{id}") : await DetailAsync(http, reconciliations, id, null, null, result.Refusal, ct);
    }

    private static async Task<IResult> ExportAsync(
        HttpContext http, Reconciliations reconciliations, ReconciliationExport export, Guid id, CancellationToken ct, [FromQuery(Name = "dang")] string? format = null, [FromQuery(Name = "loai")] string? kind = null) =>
        await reconciliations.FindAsync(http.Caller(), id, ct) is { } run
            ? await ReconciliationApi.FileAsync(http, export, run, Kind(kind), format == "xlsx", ct) : NotFound(http);

    private static async Task<IResult> CasesAsync(HttpContext http, Reconciliations reconciliations, string group, CancellationToken ct, string? after = null)
    {
        foreach ((CaseGroup known, string address, string name, _) in Groups)
        {
            if (address == group)
            {
                return PageResults.Page<CaseListPage>(http, name,
                    (nameof(CaseListPage.Group), known),
                    (nameof(CaseListPage.Cases), await reconciliations.CasesAsync(http.Caller(), known, new PageRequest(PageSize, after), ct)),
                    (nameof(CaseListPage.First), after is null));
            }
        }
        return NotFound(http);
    }

    private static async Task<IResult> UnconfirmedAsync(HttpContext http, UnconfirmedReceipts unconfirmed, CancellationToken ct, string? after = null) =>
        PageResults.Page<UnconfirmedPage>(http, "Chưa được xác nhận",
            (nameof(UnconfirmedPage.Records), await unconfirmed.ListAsync(http.Caller(), new PageRequest(PageSize, after), ct)),
            (nameof(UnconfirmedPage.First), after is null));

    private static DifferenceKind? Kind(string? text) => Enum.TryParse(text, out DifferenceKind kind) && Enum.IsDefined(kind) ? kind : null;

    private static IResult NotFound(HttpContext http) =>
        PageResults.Failure(http, StatusCodes.Status404NotFound, "Không tìm thấy lần đối soát", "Lần đối soát không có, hoặc không thuộc cơ sở của bạn.");
}
