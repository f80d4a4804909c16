using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Catalogues;
using LienThong.Gateway.Facilities;
using LienThong.Server.Access;
using LienThong.Server.Api.Intake;
using LienThong.Standard;
using LienThong.Validation;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Catalogues;

/// <summary>Code lists: what is loaded, what is missing, import in two steps, history, look-up.</summary>
internal static class CataloguePages
{
    private const int MostChanges = 500;

    public static void Map(IEndpointRouteBuilder app, long maxBytes)
    {
        app.MapGet("/danh-muc", ShowAsync).RequireAuthorization(Permissions.ReadCatalogues);
        app.MapGet("/danh-muc/{list}", OpenAsync).RequireAuthorization(Permissions.ReadCatalogues);
        app.MapPost("/danh-muc/xem-truoc", PreviewAsync).RequireAuthorization(Permissions.ManageCatalogues).DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(maxBytes + UploadedFile.Slack));
        app.MapPost("/danh-muc/ap-dung", ApplyAsync).RequireAuthorization(Permissions.ManageCatalogues).DisableAntiforgery();
        app.MapGet("/danh-muc/{list}/xuat", ExportAsync).RequireAuthorization(Permissions.ReadCatalogues);
        app.MapPost("/danh-muc/{list}/chap-nhan", AcceptAsync).RequireAuthorization(Permissions.ManageCatalogues).DisableAntiforgery();
        app.MapPost("/danh-muc/{list}/hieu-luc", SetAsync).RequireAuthorization(Permissions.ManageCatalogues).DisableAntiforgery();
        app.MapPost("/danh-muc/{list}/quay-lai", RestoreAsync).RequireAuthorization(Permissions.ManageCatalogues).DisableAntiforgery();
    }

    /// <summary>Today in Vietnam.</summary>
    public static DateOnly Today(TimeProvider time) => time.GetUtcNow().VietnamDay();

    private static Task<IResult> ShowAsync(HttpContext http, CatalogueDesk desk, FacilitySettings facilities, CancellationToken ct) =>
        OverviewAsync(http, desk, facilities, StatusCodes.Status200OK, null, null, ct);

    private static async Task<IResult> OverviewAsync(
        HttpContext http, CatalogueDesk desk, FacilitySettings facilities, int status, string? message, CatalogueImportResult? result, CancellationToken ct)
    {
        IReadOnlyList<CatalogueEdition> lists = await desk.ListAsync(http.Caller(), ct);
        return PageResults.Page<CatalogueListPage>(http, "Danh mục", status,
            (nameof(CatalogueListPage.Lists), lists),
            (nameof(CatalogueListPage.Missing), CatalogueDesk.Missing(lists)),
            (nameof(CatalogueListPage.Facilities), await facilities.ListAsync(http.Caller(), ct)),
            (nameof(CatalogueListPage.Message), message),
            (nameof(CatalogueListPage.Result), result));
    }

    private static async Task<IResult> PreviewAsync(
        HttpContext http, CatalogueImport import, CatalogueDesk desk, FacilitySettings facilities, CancellationToken ct)
    {
        IFormCollection form = await http.Request.ReadFormAsync(ct);
        if (form.Files is not [{ Length: > 0 } file])
            return await OverviewAsync(http, desk, facilities, StatusCodes.Status422UnprocessableEntity, "Chọn một tệp danh mục (.xlsx, .xls, .csv hoặc .csv.gz).", null, ct);
        await using Stream content = file.OpenReadStream();
        if (await import.KeepAsync(content, ct) is not { } kept)
            return await OverviewAsync(http, desk, facilities, StatusCodes.Status413PayloadTooLarge, $"Tệp lớn hơn {import.MaxFileBytes / (1024 * 1024)} MiB.", null, ct);
        CatalogueRequest request = Request(form, UploadedFile.CleanName(file.FileName));
        CatalogueImportResult result = await import.PreviewAsync(http.Caller(), kept, request, ct);
        return PageResults.Page<CataloguePreviewPage>(http, "Xem trước danh mục", (nameof(CataloguePreviewPage.Result), result), (nameof(CataloguePreviewPage.Request), request));
    }

    private static async Task<IResult> ApplyAsync(HttpContext http, CatalogueImport import, CatalogueDesk desk, FacilitySettings facilities, CancellationToken ct)
    {
        IFormCollection form = await http.Request.ReadFormAsync(ct);
        string kept = form["noi-dung"].ToString();
        if (kept.Length != 64 || !kept.All(char.IsAsciiHexDigitLower))
            return await OverviewAsync(http, desk, facilities, StatusCodes.Status422UnprocessableEntity, "Chọn tệp và xem trước thay đổi rồi mới áp dụng.", null, ct);
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach (string pair in form["ban-goc"].OfType<string>())
        {
            if (pair.Split(':') is [var list, var edition] && int.TryParse(edition, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                seen[list] = number;
        }
        CatalogueRequest request = Request(form, UploadedFile.CleanName(form["ten-tep"].ToString()));
        CatalogueImportResult result = await import.ApplyAsync(http.Caller(), kept, request, seen, null, ct);
        return result.Applied
            ? await OverviewAsync(http, desk, facilities, StatusCodes.Status200OK, null, result, ct)
            : PageResults.Page<CataloguePreviewPage>(
                http, "Xem trước danh mục", StatusCodes.Status409Conflict, (nameof(CataloguePreviewPage.Result), result), (nameof(CataloguePreviewPage.Request), request));
    }

    private static CatalogueRequest Request(IFormCollection form, string fileName)
    {
        string reason = form["ly-do"].ToString().Trim();
        return new CatalogueRequest
        {
            FileName = fileName,
            Facility = form["co-so"].ToString(),
            List = ListDefinitions.Find(form["loai"].ToString()),
            From = Vi.ReadDay(form["tu-ngay"]),
            AcceptedOn = Vi.ReadDay(form["chap-nhan"]),
            Whole = form["pham-vi"] != "bo-sung",
            Complete = form["chua-du"] != "1",
            AllOrNothing = form["tat-ca"] == "1",
            Confirmed = form["xac-nhan"] == "1",
            Reason = reason.Length > 500 ? reason[..500] : reason,
        };
    }

    private static Task<IResult> OpenAsync(
        HttpContext http, CatalogueDesk desk, TimeProvider time, string list, CancellationToken ct,
        [FromQuery(Name = "co-so")] string? facility = null, string? ma = null, string? ngay = null, [FromQuery(Name = "phien-ban")] string? edition = null) =>
        DetailAsync(http, desk, list, facility ?? "", ma, Vi.ReadDay(ngay) ?? Today(time), edition, null, ct);

    private static async Task<IResult> DetailAsync(
        HttpContext http, CatalogueDesk desk, string list, string facility, string? code, DateOnly day, string? edition, string? message, CancellationToken ct)
    {
        Caller caller = http.Caller();
        IReadOnlyList<CatalogueEdition> history = ListDefinitions.Find(list) is { } known ? await desk.HistoryAsync(caller, facility, known, ct) : [];
        if (history.Count == 0)
            return PageResults.Failure(http, StatusCodes.Status404NotFound, "Không tìm thấy danh mục", "Danh mục này chưa được nhập, hoặc không thuộc cơ sở của bạn.");
        ListDefinition definition = ListDefinitions.Find(list)!;
        CatalogueEdition? shown = history.FirstOrDefault(e => e.Edition.ToString(CultureInfo.InvariantCulture) == edition);
        return PageResults.Page<CataloguePage>(http, definition.TitleVi, message is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
            (nameof(CataloguePage.Definition), definition),
            (nameof(CataloguePage.History), history),
            (nameof(CataloguePage.Code), code ?? ""),
            (nameof(CataloguePage.Day), day),
            (nameof(CataloguePage.Found), string.IsNullOrWhiteSpace(code) ? null : desk.LookUp(caller, facility, definition, code, day)),
            (nameof(CataloguePage.Shown), shown),
            (nameof(CataloguePage.Changes), shown is null ? null : await desk.DiffAsync(caller, facility, definition, shown.Edition - 1, shown.Edition, MostChanges, ct)),
            (nameof(CataloguePage.Message), message));
    }

    /// <summary>Rows of a list as a file to keep.</summary>
    public static IResult File(HttpContext http, CatalogueExport export, ListDefinition list, string facility, int edition, DateOnly? day)
    {
        Caller caller = http.Caller();
        string name = $"{list.Name}-{edition}{(day is { } on ? on.ToString("-yyyyMMdd", CultureInfo.InvariantCulture) : "")}.csv";
        http.Response.Headers.ContentDisposition = $"attachment; filename={name}";
        return TypedResults.Stream(output => export.WriteAsync(caller, facility, list, edition, day, output, http.RequestAborted), CatalogueExport.ContentType);
    }

    private static async Task<IResult> ExportAsync(
        HttpContext http, CatalogueExport export, string list, CancellationToken ct,
        [FromQuery(Name = "co-so")] string? facility = null, string? ngay = null, [FromQuery(Name = "phien-ban")] string? edition = null)
    {
        int? wanted = int.TryParse(edition, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        return ListDefinitions.Find(list) is { } known && await export.FindAsync(http.Caller(), facility ?? "", known, wanted, ct) is { } found
            ? File(http, export, known, facility ?? "", found, Vi.ReadDay(ngay))
            : PageResults.Failure(http, StatusCodes.Status404NotFound, "Không tìm thấy danh mục", "Danh mục này chưa được nhập, hoặc không thuộc cơ sở của bạn.");
    }

    private static async Task<IResult> AcceptAsync(HttpContext http, CatalogueDesk desk, CatalogueAcceptor acceptor, TimeProvider time, string list, CancellationToken ct)
    {
        IFormCollection form = await http.Request.ReadFormAsync(ct);
        string[] codes = form["ma"].ToString().Split(['\n', '\r', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        bool all = form["dong"] == "tat-ca";
        DateOnly? on = Vi.ReadDay(form["ngay-tra-loi"]);
        return (codes.Length == 0 && !all) || (on is null && form["ngay-tra-loi"].ToString().Trim().Length > 0)
            ? await ChangedAsync(http, desk, time, list, form, (_, _) => Task.FromResult(new CatalogueRestored(
                null, on is null && (codes.Length > 0 || all) ? "Ngày Cổng trả lời ghi dạng dd/mm/yyyy." : "Ghi mã, hoặc chọn mọi dòng.")), ct)
            : await ChangedAsync(http, desk, time, list, form, (facility, known) => acceptor.SetAsync(http.Caller(), facility, known, new CatalogueAcceptance
            {
                Codes = all ? [] : codes,
                OnlyUnknown = form["chua-tra-loi"] == "1",
                Accepted = form["tra-loi"].ToString() switch { "co" => true, "khong" => false, _ => null },
                On = on,
            }, Seen(form), form["ly-do"].ToString(), ct), ct);
    }

    private static async Task<IResult> SetAsync(HttpContext http, CatalogueDesk desk, TimeProvider time, string list, CancellationToken ct)
    {
        IFormCollection form = await http.Request.ReadFormAsync(ct);
        (string first, string last) = (form["tu"].ToString().Trim(), form["den"].ToString().Trim());
        bool wrong = (first.Length > 0 && Vi.ReadDay(first) is null) || (last.Length > 0 && Vi.ReadDay(last) is null);
        return await ChangedAsync(http, desk, time, list, form, (facility, known) => wrong
            ? Task.FromResult(new CatalogueRestored(null, "Ngày ghi dạng dd/mm/yyyy, hoặc để trống."))
            : desk.SetAsync(http.Caller(), facility, known, new CatalogueSetting(form["du-ma"] == "1", true, Vi.ReadDay(first), Vi.ReadDay(last)), form["ly-do"].ToString(), ct), ct);
    }

    private static int? Seen(IFormCollection form) =>
        int.TryParse(form["ban-dang-xem"], NumberStyles.None, CultureInfo.InvariantCulture, out int newest) ? newest : null;

    private static async Task<IResult> ChangedAsync(
        HttpContext http, CatalogueDesk desk, TimeProvider time, string list, IFormCollection form, Func<string, ListDefinition, Task<CatalogueRestored>> change, CancellationToken ct)
    {
        string facility = form["co-so"].ToString();
        if (ListDefinitions.Find(list) is not { } definition)
            return PageResults.Failure(http, StatusCodes.Status404NotFound, "Không tìm thấy danh mục", "Địa chỉ không đúng.");
        CatalogueRestored changed = await change(facility, definition);
        return changed.Edition is null
            ? await DetailAsync(http, desk, list, facility, null, Today(time), null, changed.Message, ct)
            : Results.Redirect($"/danh-muc/{definition.Name}{(facility.Length > 0 ? "?co-so=" + Uri.EscapeDataString(facility) : "")}");
    }

    private static async Task<IResult> RestoreAsync(HttpContext http, CatalogueDesk desk, TimeProvider time, string list, CancellationToken ct)
    {
        IFormCollection form = await http.Request.ReadFormAsync(ct);
        int? earlier = int.TryParse(form["ve-ban"], NumberStyles.None, CultureInfo.InvariantCulture, out int to) ? to : null;
        return await ChangedAsync(
            http, desk, time, list, form, (facility, known) => desk.RestoreAsync(http.Caller(), facility, known, earlier, Seen(form), form["ly-do"].ToString(), ct), ct);
    }
}
