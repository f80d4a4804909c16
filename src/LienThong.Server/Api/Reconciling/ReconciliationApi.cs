using System.ComponentModel;
using System.Globalization;
using LienThong.Gateway;
using LienThong.Gateway.Access;
using LienThong.Gateway.Receipts;
using LienThong.Gateway.Records;
using LienThong.Server.Access;
using LienThong.Server.Api.Intake;
using LienThong.Server.Api.Records;
using LienThong.Server.Pages;
using LienThong.Standard;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Api.Reconciling;

/// <summary>Comparisons with lists of the portal: read, shown, applied, looked at.</summary>
internal static class ReconciliationApi
{
    private const string PageKey = "Key of the page before: its `next`.";
    private const string Rows = "Rows, 1–500. Default 50.";

    public static void Map(RouteGroupBuilder api, long maxBytes)
    {
        RouteGroupBuilder group = api.MapGroup("/reconciliations").WithTags("Reconciliations");
        group.MapPost("", ReadAsync).RequireAuthorization(Permissions.Submit).WithMetadata(new RequestSizeLimitAttribute(maxBytes + UploadedFile.Slack))
            .Accepts<Stream>("application/octet-stream", "multipart/form-data").Produces<Reconciliation>(201).Fails(400, 413, 415, 422)
            .WithSummary("Reads a list that the portal exported (CSV or Excel) and shows what applying it would do; changes nothing");
        group.MapGet("", ListAsync).RequireAuthorization(Permissions.ReadSubmissions).Produces<PageBody<Reconciliation>>().Fails(400)
            .WithSummary("Lists comparisons, newest first, paged by key");
        group.MapGet("/{id:guid}", FindAsync).RequireAuthorization(Permissions.ReadSubmissions).Produces<Reconciliation>().Fails(404)
            .WithSummary("A comparison: what the preview expects, how far it is, what was done");
        group.MapPost("/{id:guid}/apply", ApplyAsync).RequireAuthorization(Permissions.Submit).Produces<Reconciliation>(202).Fails(404, 409)
            .WithSummary("Applies a list that was read: settles unknown outcomes, sets the later state of receipts, compares both sides; in the background");
        group.MapGet("/{id:guid}/differences", DifferencesAsync).RequireAuthorization(Permissions.ReadSubmissions).Produces<PageBody<ReconciliationDifference>>().Fails(400, 404)
            .WithSummary("Differences of a comparison, paged by key");
        group.MapGet("/{id:guid}/export", ExportAsync).RequireAuthorization(Permissions.ReadSubmissions).Produces<string>(200, ReconciliationExport.CsvType).Fails(400, 404)
            .WithSummary("Differences of a comparison as CSV or Excel");
        group.MapGet("/cases/{group}", CasesAsync).RequireAuthorization(Permissions.ReadSubmissions).Produces<PageBody<ReconciliationCase>>().Fails(400)
            .WithSummary("Records of a work list (Fail: in no list, Faulty: in a list of faults, Resolved: seen accepted later), paged by key");
        group.MapGet("/unconfirmed", UnconfirmedAsync).RequireAuthorization(Permissions.ReadSubmissions).Produces<PageBody<UnconfirmedRecord>>().Fails(400)
            .WithSummary("Records that no list has confirmed 45 days after sending, longest first, paged by key");
    }

    private static async Task<IResult> ReadAsync(
        Reconciliations reconciliations, HttpContext http, ServerOptions options, CancellationToken ct, [Description("Facility whose list it is.")] string? facility = null,
        string? fileName = null, [Description("reception, results or payment; recognised by the headings when missing.")] string? kind = null,
        [Description("Day on which the list was taken from the portal, yyyy-MM-dd; now when missing.")] string? asOf = null,
        [Description("First day it covers, yyyy-MM-dd; from its rows when missing.")] string? from = null, [Description("Last day it covers.")] string? to = null)
    {
        Dictionary<string, string[]> errors = new(StringComparer.Ordinal);
        if (string.IsNullOrEmpty(facility))
            errors["facility"] = ["Ghi mã cơ sở có danh sách này."];
        if (kind is not null && PortalLists.Parse(kind) is null)
            errors["kind"] = ["Chỉ nhận reception, results, payment."];
        foreach ((string name, string? day) in new[] { ("asOf", asOf), ("from", from), ("to", to) })
        {
            if (day is not null && Vi.ReadDay(day) is null)
                errors[name] = ["Ghi ngày dạng yyyy-MM-dd."];
        }
        if (errors.Count > 0)
            return ApiResults.Invalid(errors);
        await using UploadedFile upload = await UploadedFile.OpenAsync(http.Request, fileName, options, ct);
        if (upload.Failure is { } failure)
            return ApiResults.Problem(failure.Status, failure.Code, failure.Title, failure.Detail);
        ReconciliationResult result = await reconciliations.ReadAsync(http.Caller(), upload.Content, new ReconciliationRequest
        {
            FileName = upload.Name,
            Facility = facility!,
            Kind = PortalLists.Parse(kind),
            AsOf = EndOf(Vi.ReadDay(asOf)),
            From = Vi.ReadDay(from),
            To = Vi.ReadDay(to),
        }, null, ct);
        if (result.Run is { } run)
            return TypedResults.Created($"/api/v1/reconciliations/{run.Id}", run);
        ProblemDetails details = Hosting.Refusals.Details(422, "list-refused", "Không đọc được danh sách", result.Refusal);
        details.Extensions["problems"] = result.Problems;
        return TypedResults.Problem(details);
    }

    /// <summary>The end of a day in Vietnam: a list that was taken on it may hold everything of it.</summary>
    public static DateTimeOffset? EndOf(DateOnly? day) => day is { } on ? new DateTimeOffset(on.AddDays(1).ToDateTime(TimeOnly.MinValue), VietnamTime.Offset).AddMilliseconds(-1) : null;

    private static async Task<IResult> ListAsync(
        Reconciliations reconciliations, HttpContext http, CancellationToken ct, [Description(PageKey)] string? after = null, [Description(Rows)] string? take = null) =>
        Take(take) is { } rows ? Body(await reconciliations.ListAsync(http.Caller(), new PageRequest(rows, after), ct)) : BadTake();

    private static async Task<IResult> FindAsync(Reconciliations reconciliations, HttpContext http, Guid id, CancellationToken ct) =>
        await reconciliations.FindAsync(http.Caller(), id, ct) is { } run ? TypedResults.Ok(run) : NoSuchRun();

    private static async Task<IResult> ApplyAsync(
        Reconciliations reconciliations, HttpContext http, Guid id, CancellationToken ct, [Description("Somebody saw that few rows are ours and wants it so.")] bool confirmed = false)
    {
        ReconciliationResult result = await reconciliations.ApplyAsync(http.Caller(), id, confirmed, ct);
        return result switch
        {
            { Refusal.Length: 0, Run: { } run } => TypedResults.Accepted($"/api/v1/reconciliations/{run.Id}", run),
            { Run: null } => NoSuchRun(),
            _ => ApiResults.Problem(409, "not-applied", "Chưa áp dụng", result.Refusal),
        };
    }

    private static async Task<IResult> DifferencesAsync(
        Reconciliations reconciliations, HttpContext http, Guid id, CancellationToken ct, [Description("Only this kind: NotTheirs, NotOurs, Different, Faulty, OlderVersion, Settled, Resolved, Skipped.")] string? kind = null,
        [Description(PageKey)] string? after = null, [Description(Rows)] string? take = null)
    {
        if (Take(take) is not { } rows)
            return BadTake();
        if (!TryKind(kind, out DifferenceKind? only))
            return BadKind();
        return await reconciliations.FindAsync(http.Caller(), id, ct) is null ? NoSuchRun()
            : Body(await reconciliations.DifferencesAsync(http.Caller(), id, only, new PageRequest(rows, after), ct));
    }

    private static async Task<IResult> ExportAsync(
        Reconciliations reconciliations, ReconciliationExport export, HttpContext http, Guid id, CancellationToken ct, [Description("csv (default) or xlsx.")] string? format = null, string? kind = null)
    {
        if (!TryKind(kind, out DifferenceKind? only))
            return BadKind();
        if (format is not (null or "csv" or "xlsx"))
            return ApiResults.Invalid(new(StringComparer.Ordinal) { ["format"] = ["Chỉ nhận csv hoặc xlsx."] });
        return await reconciliations.FindAsync(http.Caller(), id, ct) is { } run ? await FileAsync(http, export, run, only, format == "xlsx", ct) : NoSuchRun();
    }

    /// <summary>Differences as a file to keep.</summary>
    public static async Task<IResult> FileAsync(HttpContext http, ReconciliationExport export, Reconciliation run, DifferenceKind? kind, bool excel, CancellationToken ct)
    {
        Caller caller = http.Caller();
        string name = $"doi-soat-{run.Facility}-{run.CreatedAt.InVietnam().ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture)}";
        if (!excel)
            return TypedResults.Stream(output => export.WriteCsvAsync(caller, run.Id, kind, output, http.RequestAborted), ReconciliationExport.CsvType, name + ".csv");
        // A workbook is packed at its end, so it waits in a temporary file, which vanishes when it has been sent.
        Stream file = TemporaryFile.Create();
        await export.WriteExcelAsync(caller, run.Id, kind, file, ct);
        file.Position = 0;
        return TypedResults.Stream(file, ReconciliationExport.ExcelType, name + ".xlsx");
    }

    private static async Task<IResult> CasesAsync(
        Reconciliations reconciliations, HttpContext http, string group, CancellationToken ct, [Description(PageKey)] string? after = null, [Description(Rows)] string? take = null)
    {
        if (Take(take) is not { } rows)
            return BadTake();
        return Enum.TryParse(group, ignoreCase: true, out CaseGroup known) && Enum.IsDefined(known)
            ? Body(await reconciliations.CasesAsync(http.Caller(), known, new PageRequest(rows, after), ct))
            : ApiResults.Invalid(new(StringComparer.Ordinal) { ["group"] = ["Chỉ nhận Fail, Faulty, Resolved."] });
    }

    private static async Task<IResult> UnconfirmedAsync(
        UnconfirmedReceipts unconfirmed, HttpContext http, CancellationToken ct, [Description(PageKey)] string? after = null, [Description(Rows)] string? take = null) =>
        Take(take) is { } rows ? Body(await unconfirmed.ListAsync(http.Caller(), new PageRequest(rows, after), ct)) : BadTake();

    private static IResult Body<T>(Page<T> page) => TypedResults.Ok(new PageBody<T>(page.Items, page.Next, page.Previous));

    private static int? Take(string? take) =>
        take is null ? 50 : int.TryParse(take, NumberStyles.None, CultureInfo.InvariantCulture, out int rows) && rows is >= 1 and <= 500 ? rows : null;

    private static bool TryKind(string? text, out DifferenceKind? kind)
    {
        kind = Enum.TryParse(text, ignoreCase: true, out DifferenceKind known) && Enum.IsDefined(known) ? known : null;
        return text is null || kind is not null;
    }

    private static IResult BadTake() => ApiResults.Invalid(new(StringComparer.Ordinal) { ["take"] = ["Số dòng phải từ 1 đến 500."] });

    private static IResult BadKind() => ApiResults.Invalid(new(StringComparer.Ordinal) { ["kind"] = [$"Chỉ nhận {string.Join(", ", Enum.GetNames<DifferenceKind>())}."] });

    private static IResult NoSuchRun() => ApiResults.Problem(404, "no-such-reconciliation", "Không tìm thấy lần đối soát", "Lần đối soát không có, hoặc không thuộc cơ sở của bạn.");
}
