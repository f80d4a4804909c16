using System.ComponentModel;
using LienThong.Gateway.Access;
using LienThong.Gateway.Catalogues;
using LienThong.Server.Access;
using LienThong.Server.Api.Intake;
using LienThong.Server.Pages;
using LienThong.Server.Pages.Catalogues;
using LienThong.Validation;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Api.Catalogues;

/// <summary>Code lists: what is there, import, history, look-up.</summary>
internal static class CatalogueApi
{
    private const string Day = "yyyy-MM-dd";

    public static void Map(RouteGroupBuilder api, long maxBytes)
    {
        RouteGroupBuilder group = api.MapGroup("/catalogues").WithTags("Catalogues");
        group.MapGet("", ListAsync).RequireAuthorization(Permissions.ReadCatalogues).Produces<CatalogueListBody>().Fails()
            .WithSummary("Lists loaded code lists and those that rules miss");
        group.MapGet("/{list}/editions", EditionsAsync).RequireAuthorization(Permissions.ReadCatalogues).Produces<IReadOnlyList<CatalogueEdition>>().Fails(404)
            .WithSummary("Editions of a list, newest first");
        group.MapGet("/{list}/changes", ChangesAsync).RequireAuthorization(Permissions.ReadCatalogues).Produces<IReadOnlyList<CatalogueChange>>().Fails(404)
            .WithSummary("What changed from one edition to another");
        group.MapGet("/{list}/codes/{code}", LookUp).RequireAuthorization(Permissions.ReadCatalogues).Produces<CatalogueLookup>().Fails(400, 404)
            .WithSummary("What a list says of a code on a day, as the rules of a facility see it");
        group.MapGet("/{list}/rows", ExportAsync).RequireAuthorization(Permissions.ReadCatalogues).Produces<string>(200, CatalogueExport.ContentType).Fails(400, 404)
            .WithSummary("Rows of a list as CSV that an import takes back");
        group.MapPost("/{list}/acceptance", AcceptAsync).RequireAuthorization(Permissions.ManageCatalogues).Produces<CatalogueEdition>().Fails(400, 404, 409)
            .WithSummary("Records what the portal said of rows: a new edition");
        group.MapPost("/{list}/setting", SetAsync).RequireAuthorization(Permissions.ManageCatalogues).Produces<CatalogueEdition>().Fails(400, 404, 409)
            .WithSummary("Says which days a list covers and whether it is complete: a new edition");
        group.MapPost("/imports", ImportAsync).RequireAuthorization(Permissions.ManageCatalogues).WithMetadata(new RequestSizeLimitAttribute(maxBytes + UploadedFile.Slack))
            .Accepts<Stream>("application/octet-stream", "multipart/form-data").Produces<CatalogueImportResult>().Fails(400, 413, 415, 422)
            .WithSummary("Imports a CSV or Excel file, or with dryRun shows what it would change");
        group.MapPost("/{list}/restore", RestoreAsync).RequireAuthorization(Permissions.ManageCatalogues).Produces<CatalogueEdition>().Fails(400, 404, 409)
            .WithSummary("Makes a new edition that holds what an earlier one held");
    }

    private static async Task<IResult> ListAsync(CatalogueDesk desk, HttpContext http, CancellationToken ct)
    {
        IReadOnlyList<CatalogueEdition> lists = await desk.ListAsync(http.Caller(), ct);
        return TypedResults.Ok(new CatalogueListBody(lists, [.. CatalogueDesk.Missing(lists).Select(m => new MissingListBody(m.Definition.Name, m.Definition.TitleVi, m.Rules))]));
    }

    private static async Task<IResult> EditionsAsync(CatalogueDesk desk, HttpContext http, string list, CancellationToken ct, string? facility = null) =>
        ListDefinitions.Find(list) is { } known && await desk.HistoryAsync(http.Caller(), facility ?? "", known, ct) is { Count: > 0 } editions
            ? TypedResults.Ok(editions)
            : NoSuchList();

    private static async Task<IResult> ChangesAsync(
        CatalogueDesk desk, HttpContext http, string list, CancellationToken ct, string? facility = null,
        [Description("Earlier edition; 0 for an empty list.")] int from = 0, [Description("Later edition.")] int to = 1,
        [Description("Rows, 1–10000. Default 1000.")] int take = 1000) =>
        ListDefinitions.Find(list) is { } known && await desk.DiffAsync(http.Caller(), facility ?? "", known, from, to, Math.Clamp(take, 1, 10_000), ct) is { } changes
            ? TypedResults.Ok(changes)
            : NoSuchList();

    private static IResult LookUp(CatalogueDesk desk, HttpContext http, TimeProvider time, string list, string code, string? facility = null, [Description(Day)] string? day = null)
    {
        DateOnly? on = day is null ? CataloguePages.Today(time) : Vi.ReadDay(day);
        if (on is null)
            return ApiResults.Invalid(new(StringComparer.Ordinal) { ["day"] = ["Ghi ngày dạng yyyy-MM-dd."] });
        return ListDefinitions.Find(list) is { } known && desk.LookUp(http.Caller(), facility ?? "", known, code, on.Value) is { } found ? TypedResults.Ok(found) : NoSuchList();
    }

    private static async Task<IResult> ImportAsync(
        CatalogueImport import, HttpContext http, ServerOptions options, CancellationToken ct, string? fileName = null, string? facility = null,
        [Description("Name of the list; recognised by its headers when missing.")] string? list = null,
        [Description("First day of rows that don't tell theirs, yyyy-MM-dd.")] string? from = null,
        [Description("Day on which the portal took all rows, yyyy-MM-dd.")] string? accepted = null,
        [Description("The file only adds and changes; rows it lacks stay.")] bool partial = false,
        [Description("The list is known to lack codes.")] bool incomplete = false, bool allOrNothing = false,
        [Description("Rows that are absent may end, however many.")] bool confirmed = false, string? reason = null, bool dryRun = false)
    {
        if (list is not null && ListDefinitions.Find(list) is null)
            return ApiResults.Invalid(new(StringComparer.Ordinal) { ["list"] = [$"Chỉ nhận {string.Join(", ", ListDefinitions.All.Select(l => l.Name))}."] });
        await using UploadedFile upload = await UploadedFile.OpenAsync(http.Request, fileName, options, ct);
        if (upload.Failure is { } failure)
            return ApiResults.Problem(failure.Status, failure.Code, failure.Title, failure.Detail);
        CatalogueRequest request = new()
        {
            FileName = upload.Name,
            Facility = facility ?? "",
            List = list is null ? null : ListDefinitions.Find(list),
            From = Vi.ReadDay(from),
            AcceptedOn = Vi.ReadDay(accepted),
            Whole = !partial,
            Complete = !incomplete,
            AllOrNothing = allOrNothing,
            Confirmed = confirmed,
            Reason = reason ?? "",
        };
        if (await import.KeepAsync(upload.Content, ct) is not { } kept)
            return ApiResults.Problem(413, "too-large", "Tệp quá lớn", $"Mỗi tệp tối đa {import.MaxFileBytes / (1024 * 1024)} MiB.");
        CatalogueImportResult result = dryRun
            ? await import.PreviewAsync(http.Caller(), kept, request, ct)
            : await import.ApplyAsync(http.Caller(), kept, request, null, null, ct);
        if (result.Refusal.Length == 0 && result.Lists.Count > 0)
            return TypedResults.Ok(result);
        ProblemDetails details = Hosting.Refusals.Details(422, "catalogue-refused", "Không nhập được danh mục", result.Refusal.Length > 0 ? result.Refusal : "Xem lý do trong «result».");
        details.Extensions["result"] = result;
        return TypedResults.Problem(details);
    }

    private static async Task<IResult> RestoreAsync(CatalogueDesk desk, HttpContext http, string list, RestoreBody body, CancellationToken ct)
    {
        if (ListDefinitions.Find(list) is not { } known)
            return NoSuchList();
        CatalogueRestored restored = await desk.RestoreAsync(http.Caller(), body.Facility ?? "", known, body.Edition, null, body.Reason ?? "", ct);
        return restored.Edition is { } edition ? TypedResults.Ok(edition) : ApiResults.Problem(409, "not-restored", "Không quay về được", restored.Message);
    }

    private static async Task<IResult> ExportAsync(
        CatalogueExport export, HttpContext http, string list, CancellationToken ct, string? facility = null,
        [Description("Only rows valid on this day, yyyy-MM-dd; all when missing.")] string? day = null, [Description("Edition; the newest when missing.")] int? edition = null)
    {
        if (day is not null && Vi.ReadDay(day) is null)
            return ApiResults.Invalid(new(StringComparer.Ordinal) { ["day"] = ["Ghi ngày dạng yyyy-MM-dd."] });
        return ListDefinitions.Find(list) is { } known && await export.FindAsync(http.Caller(), facility ?? "", known, edition, ct) is { } found
            ? CataloguePages.File(http, export, known, facility ?? "", found, Vi.ReadDay(day))
            : NoSuchList();
    }

    private static async Task<IResult> AcceptAsync(CatalogueAcceptor acceptor, HttpContext http, string list, AcceptanceBody body, CancellationToken ct)
    {
        if (ListDefinitions.Find(list) is not { } known)
            return NoSuchList();
        if (body.Codes is not { Count: > 0 } == !body.All)
            return ApiResults.Invalid(new(StringComparer.Ordinal) { ["codes"] = ["Liệt kê mã, hoặc đặt all cho mọi dòng."] });
        CatalogueAcceptance acceptance = new() { Codes = body.Codes ?? [], ValidOn = body.ValidOn, OnlyUnknown = body.OnlyUnknown, Accepted = body.Accepted, On = body.On };
        return Changed(await acceptor.SetAsync(http.Caller(), body.Facility ?? "", known, acceptance, null, body.Reason ?? "", ct));
    }

    private static async Task<IResult> SetAsync(CatalogueDesk desk, HttpContext http, string list, SettingBody body, CancellationToken ct) =>
        ListDefinitions.Find(list) is { } known
            ? Changed(await desk.SetAsync(
                http.Caller(), body.Facility ?? "", known, new CatalogueSetting(body.Complete, body.SetsDays, body.From, body.To), body.Reason ?? "", ct))
            : NoSuchList();

    private static IResult Changed(CatalogueRestored changed) =>
        changed.Edition is { } edition ? TypedResults.Ok(edition) : ApiResults.Problem(409, "not-changed", "Không đổi được danh mục", changed.Message);

    private static IResult NoSuchList() => ApiResults.Problem(404, "no-such-list", "Không tìm thấy danh mục", "Danh mục không có, chưa nhập, hoặc không thuộc cơ sở của bạn.");
}
