using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Intake.Visits;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rules;
using LienThong.Gateway.Storage;
using LienThong.Server.Access;
using LienThong.Server.Api.Records;
using LienThong.Server.Api.Rules;
using LienThong.Standard;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Records;

/// <summary>List and detail of records, and what people do with one.</summary>
internal static class RecordPages
{
    /// <summary>Part of the list page that htmx replaces.</summary>
    public const string ListTarget = "danh-sach";

    /// <summary>Part of the detail page that htmx replaces.</summary>
    public const string TableTarget = "bang";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/ho-so", ListAsync).RequireAuthorization(Permissions.ReadRecords);
        app.MapGet("/ho-so/{id:guid}", ShowAsync).RequireAuthorization(Permissions.ReadRecords);
        app.MapGet("/ho-so/{id:guid}/nguon", SourceAsync).RequireAuthorization(Permissions.ReadRecords);
        Action(app, "tam-giu", Permissions.EditRecords, (actions, caller, id, reason, ct) => actions.HoldAsync(caller, id, reason, null, ct));
        ComparePages.Map(app);
        app.MapPost("/ho-so/{id:guid}/sua", CorrectAsync).RequireAuthorization(Permissions.EditRecords).DisableAntiforgery();
        app.MapPost("/ho-so/{id:guid}/bo-giu", ReleaseAsync).RequireAuthorization(Permissions.EditRecords).DisableAntiforgery();
        Action(app, "giu-ban-sua", Permissions.EditRecords, (actions, caller, id, _, ct) => actions.KeepCorrectionAsync(caller, id, ct));
        Action(app, "kiem-tra-lai", Permissions.EditRecords, (actions, caller, id, _, ct) => actions.RevalidateAsync(caller, id, ct));
        app.MapPost("/ho-so/{id:guid}/danh-dau", MarkAsync).RequireAuthorization(Permissions.EditRecords).DisableAntiforgery();
        Action(app, "gui-lai", Permissions.Submit, (actions, caller, id, _, ct) => actions.ResendAsync(caller, id, ct));
    }

    private static void Action(
        IEndpointRouteBuilder app, string verb, string permission, Func<RecordActions, Caller, Guid, string, CancellationToken, Task<ChangeResult>> act) =>
        app.MapPost($"/ho-so/{{id:guid}}/{verb}", async (
            Guid id, [FromForm(Name = "ly-do")] string? reason, RecordActions actions, RecordPageData data, HttpContext http, CancellationToken ct) =>
            await AnswerAsync(await act(actions, http.Caller(), id, reason ?? "", ct), verb, id, data, http, ct)).RequireAuthorization(permission).DisableAntiforgery();

    private static async Task<IResult> ReleaseAsync(Guid id, IFormCollection form, RecordActions actions, RecordPageData data, HttpContext http, CancellationToken ct) =>
        await AnswerAsync(await actions.ReleaseAsync(http.Caller(), id, ReasonForm.Read(form), ct), "bo-giu", id, data, http, ct);

    private static async Task<IResult> CorrectAsync(Guid id, IFormCollection form, RecordCorrections corrections, RecordPageData data, HttpContext http, CancellationToken ct)
    {
        CorrectionDraft draft = CorrectionDraft.Read(form);
        ChangeResult result = await corrections.CorrectAsync(http.Caller(), id, draft.Changes, draft.Reason ?? new ChangeReason(null, ""), ct);
        return await AnswerAsync(result, "sua", id, data, http, ct, draft);
    }

    private static async Task<IResult> AnswerAsync(
        ChangeResult result, string verb, Guid id, RecordPageData data, HttpContext http, CancellationToken ct, CorrectionDraft? draft = null) => result switch
        {
            ChangeResult.Done => TypedResults.LocalRedirect($"/ho-so/{id}?da={verb}"),
            ChangeResult.Refused refused => await DetailAsync(http, id, new RecordView(null, null, 1, 1) { Draft = draft }, refused.Message, StatusCodes.Status409Conflict, data, ct),
            ChangeResult.Forbidden => Refuse(http, 403),
            _ => Refuse(http, 404),
        };

    private static async Task<IResult> MarkAsync(
        Guid id, IFormCollection form, RecordPageData data, HttpContext http, CancellationToken ct)
    {
        Caller caller = http.Caller();
        if (await data.Records.FindAsync(caller, id, ct) is not { } record)
            return Refuse(http, 404);
        RuleResult result = Guid.TryParse(form["bo"], out Guid mark)
            ? await data.Marks.WithdrawAsync(caller, mark, ct)
            : await data.Marks.MarkAsync(
                caller, MarkApi.Visible(caller, record), form["loi"].ToString(),
                form["y-kien"] == nameof(MarkVerdict.Confirmed) ? MarkVerdict.Confirmed : MarkVerdict.NotAnError, form["ly-do"].ToString(), ct);
        return result switch
        {
            RuleResult.Done => TypedResults.LocalRedirect($"/ho-so/{id}?da=danh-dau#loi"),
            RuleResult.Refused refused => await DetailAsync(http, id, new RecordView(null, null, 1, 1), refused.Message, StatusCodes.Status409Conflict, data, ct),
            RuleResult.Forbidden => Refuse(http, 403),
            _ => PageResults.Failure(http, 404, "Không tìm thấy lỗi này", "Hồ sơ vừa được kiểm tra lại hoặc có bản mới; tải lại trang hồ sơ."),
        };
    }

    private static async Task<IResult> ListAsync([AsParameters] RecordQuery query, RecordQueries records, AuditLog audit, HttpContext http, CancellationToken ct)
    {
        Caller caller = http.Caller();
        (RecordFilter filter, PageRequest request) = query.Read(out Dictionary<string, string[]> errors);
        Page<RecordListItem> page = await records.ListAsync(caller, filter, request, ct);
        await RecordReading.NoteSearchAsync(audit, caller, filter, ct);
        (string, object?)[] parameters =
        [
            (nameof(RecordListPage.Query), query), (nameof(RecordListPage.Filter), filter), (nameof(RecordListPage.Rows), page),
            (nameof(RecordListPage.Counts), await records.CountAsync(caller, ct)), (nameof(RecordListPage.Errors), errors),
        ];
        return PageResults.WantsPart(http, ListTarget)
            ? PageResults.Part<RecordListPart>(http, parameters)
            : PageResults.Page<RecordListPage>(http, "Hồ sơ", parameters);
    }

    private static Task<IResult> ShowAsync(
        Guid id, RecordPageData data, HttpContext http, CancellationToken ct,
        [FromQuery(Name = "bang")] string? table = null, [FromQuery(Name = "loi")] string? finding = null,
        [FromQuery(Name = "trang")] string? page = null, [FromQuery(Name = "trang-loi")] string? findingPage = null,
        [FromQuery(Name = "dong")] string? row = null, [FromQuery(Name = "truong")] string? field = null) =>
        DetailAsync(http, id, new RecordView(table, Number(finding), Number(page) ?? 1, Number(findingPage) ?? 1) { Cell = Number(row) is { } at && field is { Length: > 0 } ? new SoughtCell(at, field) : null }, null, StatusCodes.Status200OK, data, ct);

    private static async Task<IResult> DetailAsync(
        HttpContext http, Guid id, RecordView view, string? refused, int status, RecordPageData data, CancellationToken ct)
    {
        Caller caller = http.Caller();
        if (await data.Records.FindAsync(caller, id, ct) is not { } detail)
            return Refuse(http, 404);
        IReadOnlyList<NumberedFinding> findings = RecordTables.Number(
            caller, detail.Current, detail.Findings, await data.Marks.OfRecordAsync(caller, detail.Current.Facility, detail.Current.MaLk, ct));
        NumberedFinding? focus = view.Finding is { } number && number <= findings.Count ? findings[number - 1] : null;
        Release release = Releases.Find(detail.Current.Release) ?? Releases.Newest;
        IReadOnlyList<TableTab> tabs;
        TableView? shown = null;
        using (OpenRecord? open = await data.Records.OpenAsync(caller, id, null, ct))
        {
            if (open is null)
                return Refuse(http, 404);
            tabs = RecordTables.Tabs(caller, open.Record, release, findings);
            string? wanted = focus?.Finding.Table ?? view.Table;
            TableTab? tab = tabs.FirstOrDefault(t => t.Table == wanted) ?? tabs.FirstOrDefault(t => t.Table == "XML1") ?? (tabs.Count > 0 ? tabs[0] : null);
            if (tab is not null)
                shown = RecordTables.View(caller, open.Record, release, tab, PageOf(focus, view), findings, view.Cell);
        }
        await data.Audit.NoteReadAsync(caller, detail.Current.Facility, "record.read", id.ToString(), "", ct);
        if (shown is { Tab.Table: "XML6" or "XML15", Rows.Count: > 0 } && caller.May(Permissions.ReadSensitive))
            await data.Audit.NoteReadAsync(caller, detail.Current.Facility, "record.sensitive-read", id.ToString(), shown.Tab.Table, ct);
        (string, object?)[] tables =
        [
            (nameof(RecordTablesPart.Id), id), (nameof(RecordTablesPart.Tabs), tabs), (nameof(RecordTablesPart.View), shown),
            (nameof(RecordTablesPart.Findings), findings), (nameof(RecordTablesPart.Focus), focus?.Number),
            (nameof(RecordTablesPart.MayCorrect), caller.May(Permissions.EditRecords) && !detail.Versions.Any(v => v is { IsWaiting: true, State: RecordState.Held })),
            (nameof(RecordTablesPart.Draft), view.Draft),
            (nameof(RecordTablesPart.HasSource), await data.Traces.ExistsAsync(caller, id, detail.Current.Version, ct)),
        ];
        if (PageResults.WantsPart(http, TableTarget))
            return PageResults.Part<RecordTablesPart>(http, tables);
        return PageResults.Page<RecordPage>(http, $"Hồ sơ {detail.Current.MaLk}", status,
            [.. tables, (nameof(RecordPage.Detail), detail), (nameof(RecordPage.Exceptions), await ExceptionsAsync(data, caller, detail, ct)),
                (nameof(RecordPage.Deliveries), await data.Deliveries.OfRecordAsync(caller, id, ct)), (nameof(RecordPage.Refused), refused), (nameof(RecordPage.Done), http.Request.Query["da"].ToString()),
                (nameof(RecordPage.FindingPage), focus is null ? view.FindingPage : FindingPageOf(focus.Number))]);
    }

    /// <summary>Where the values of a row came from.</summary>
    private static async Task<IResult> SourceAsync(
        Guid id, RecordPageData data, HttpContext http, CancellationToken ct, [FromQuery(Name = "bang")] string? table = null, [FromQuery(Name = "dong")] string? row = null)
    {
        Caller caller = http.Caller();
        if (await data.Records.FindAsync(caller, id, ct) is not { } detail)
            return Refuse(http, 404);
        TraceFilter filter = new(table ?? "XML1", Number(row) ?? 1, null);
        if (await data.Traces.FindAsync(caller, id, filter, ct) is not { } traced)
            return PageResults.Failure(http, 404, "Không có nguồn", "Hồ sơ này đến bằng gói XML, không lập từ lượt khám của HIS.");
        await data.Audit.NoteReadAsync(caller, detail.Current.Facility, "record.read", id.ToString(), "", ct);
        if (Sensitive.Holds(filter.Table!, "") && caller.May(Permissions.ReadSensitive))
            await data.Audit.NoteReadAsync(caller, detail.Current.Facility, "record.sensitive-read", id.ToString(), "trace", ct);
        return PageResults.Page<SourcePage>(http, $"Nguồn dữ liệu {detail.Current.MaLk}",
            (nameof(SourcePage.Record), detail.Current), (nameof(SourcePage.Filter), filter), (nameof(SourcePage.Traced), TraceView.Shown(caller, traced)));
    }

    /// <summary>Findings on a page of the list.</summary>
    public const int FindingRows = 100;

    private static async Task<IReadOnlyList<ExceptionView>> ExceptionsAsync(RecordPageData data, Caller caller, RecordDetail detail, CancellationToken ct)
    {
        List<ExceptionView> views = [];
        foreach (string id in detail.Findings.Concat(detail.Suppressed).Select(f => f.Exception).Where(e => e.Length > 0).Distinct(StringComparer.Ordinal))
        {
            if (Guid.TryParseExact(id, "N", out Guid exception) && await data.Exceptions.FindAsync(caller, exception, ct) is { } view)
                views.Add(view);
        }
        return views;
    }

    private static int PageOf(NumberedFinding? focus, RecordView view) =>
        focus is not null ? RecordTables.PageOf(focus.Finding.Row) : view.Cell is { } cell ? RecordTables.PageOf(cell.Row) : view.Page;

    private static int FindingPageOf(int number) => ((number - 1) / FindingRows) + 1;

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : null;

    internal static IResult Refuse(HttpContext http, int status) => status == 403
        ? PageResults.Failure(http, 403, "Không có quyền", "Tài khoản của bạn không được làm việc này.")
        : PageResults.Failure(http, 404, "Không tìm thấy hồ sơ", "Hồ sơ không có, hoặc không thuộc cơ sở của bạn.");

    /// <summary>What of a record is looked at.</summary>
    private sealed record RecordView(string? Table, int? Finding, int Page, int FindingPage)
    {
        /// <summary>A cell to go to; null for none.</summary>
        public SoughtCell? Cell { get; init; }

        /// <summary>A correction that was refused, to be mended; null for none.</summary>
        public CorrectionDraft? Draft { get; init; }
    }
}

/// <summary>What a record's page reads.</summary>
/// <param name="Records">Records and their findings.</param>
/// <param name="Audit">Notes who saw what.</param>
/// <param name="Marks">Marks on findings.</param>
/// <param name="Exceptions">Exceptions.</param>
/// <param name="Traces">Where values came from.</param>
/// <param name="Deliveries">What went to further destinations.</param>
internal sealed record RecordPageData(RecordQueries Records, AuditLog Audit, FindingMarks Marks, RuleExceptions Exceptions, RecordTraces Traces, DeliveryQueries Deliveries);
