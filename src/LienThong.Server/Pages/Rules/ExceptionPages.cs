using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Rules;
using LienThong.Server.Access;

namespace LienThong.Server.Pages.Rules;

/// <summary>Exceptions: asking with a preview, agreeing, ending, and the account of what each hides.</summary>
internal static class ExceptionPages
{
    /// <summary>Part of the form that htmx replaces.</summary>
    public const string PreviewTarget = "xem-truoc";

    private const int AccountRecords = 50;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/ngoai-le", ListAsync).RequireAuthorization(Permissions.ReadRecords);
        app.MapGet("/ngoai-le/moi", NewAsync).RequireAuthorization(Permissions.ManageRules);
        app.MapPost("/ngoai-le", CreateAsync).RequireAuthorization(Permissions.ManageRules).DisableAntiforgery();
        app.MapGet("/ngoai-le/{id:guid}", (Guid id, HttpContext http, RuleExceptions exceptions, CancellationToken ct) => ShowAsync(id, null, 200, http, exceptions, ct))
            .RequireAuthorization(Permissions.ReadRecords);
        Action(app, "duyet", Permissions.ApproveRules, (e, caller, id, _, ct) => e.DecideAsync(caller, id, true, "", ct));
        Action(app, "khong-duyet", Permissions.ApproveRules, (e, caller, id, reason, ct) => e.DecideAsync(caller, id, false, reason, ct));
        Action(app, "ket-thuc", Permissions.ManageRules, (e, caller, id, reason, ct) => e.EndAsync(caller, id, reason, ct));
    }

    private static void Action(
        IEndpointRouteBuilder app, string verb, string permission, Func<RuleExceptions, Caller, Guid, string, CancellationToken, Task<RuleResult>> act) =>
        app.MapPost($"/ngoai-le/{{id:guid}}/{verb}", async (Guid id, IFormCollection form, RuleExceptions exceptions, HttpContext http, CancellationToken ct) =>
            await act(exceptions, http.Caller(), id, form["ly-do"].ToString(), ct) switch
            {
                RuleResult.Done => TypedResults.LocalRedirect($"/ngoai-le/{id}"),
                RuleResult.Refused refused => await ShowAsync(id, refused.Message, StatusCodes.Status409Conflict, http, exceptions, ct),
                RuleResult.Forbidden => Forbidden(http),
                _ => NotFound(http),
            }).RequireAuthorization(permission).DisableAntiforgery();

    private static async Task<IResult> ListAsync(RuleExceptions exceptions, HttpContext http, CancellationToken ct) =>
        PageResults.Page<ExceptionListPage>(http, "Ngoại lệ", (nameof(ExceptionListPage.Items), await exceptions.ListAsync(http.Caller(), null, ct)));

    private static async Task<IResult> NewAsync(RuleExceptions exceptions, FacilitySettings facilities, HttpContext http, CancellationToken ct)
    {
        ExceptionForm form = ExceptionForm.Read(name => http.Request.Query[name]);
        return await FormAsync(form, null, 200, exceptions, facilities, http, ct);
    }

    private static async Task<IResult> CreateAsync(IFormCollection fields, RuleExceptions exceptions, FacilitySettings facilities, HttpContext http, CancellationToken ct)
    {
        ExceptionForm form = ExceptionForm.Read(name => fields[name]);
        if (form.ToDraft(out string message) is not { } draft)
            return await FormAsync(form, message, StatusCodes.Status422UnprocessableEntity, exceptions, facilities, http, ct);
        return await exceptions.ProposeAsync(http.Caller(), draft, ct) switch
        {
            RuleResult.Done done => TypedResults.LocalRedirect($"/ngoai-le/{done.Id}"),
            RuleResult.Refused refused => await FormAsync(form, refused.Message, StatusCodes.Status422UnprocessableEntity, exceptions, facilities, http, ct),
            _ => Forbidden(http),
        };
    }

    private static async Task<IResult> FormAsync(
        ExceptionForm form, string? refused, int status, RuleExceptions exceptions, FacilitySettings facilities, HttpContext http, CancellationToken ct)
    {
        Caller caller = http.Caller();
        // The preview needs no day: it is about what is stored now.
        ExceptionDraft draft = form.ToDraft(out _) ?? new ExceptionDraft { Facility = form.Facility, Rule = form.Rule, Match = form.Match, Action = form.Action, To = DateOnly.MaxValue.AddDays(-2) };
        ExceptionPreview? preview = form is { Rule.Length: > 1, Facility.Length: > 0 } ? await exceptions.PreviewAsync(caller, draft, ct) : null;
        (string, object?)[] part =
        [
            (nameof(ExceptionPreviewPart.Preview), preview),
            (nameof(ExceptionPreviewPart.Examples), RulePages.Shown(caller, preview?.Examples ?? [])),
        ];
        return PageResults.WantsPart(http, PreviewTarget)
            ? PageResults.Part<ExceptionPreviewPart>(http, part)
            : PageResults.Page<ExceptionFormPage>(http, "Tạo ngoại lệ", status,
                [.. part, (nameof(ExceptionFormPage.Form), form), (nameof(ExceptionFormPage.Refused), refused), (nameof(ExceptionFormPage.Facilities), await facilities.ListAsync(caller, ct))]);
    }

    private static async Task<IResult> ShowAsync(Guid id, string? refused, int status, HttpContext http, RuleExceptions exceptions, CancellationToken ct)
    {
        Caller caller = http.Caller();
        if (await exceptions.FindAsync(caller, id, ct) is not { } view)
            return NotFound(http);
        Guid? after = Guid.TryParse(http.Request.Query["sau"], out Guid key) ? key : null;
        IReadOnlyList<ExceptedFinding> account = await exceptions.AccountAsync(caller, id, after, AccountRecords, ct);
        bool more = account.Select(f => f.RecordId).Distinct().Count() == AccountRecords;
        return PageResults.Page<ExceptionPage>(http, "Ngoại lệ", status,
            (nameof(ExceptionPage.View), view), (nameof(ExceptionPage.Account), RulePages.Shown(caller, account)),
            (nameof(ExceptionPage.Next), more ? account[^1].RecordId : null), (nameof(ExceptionPage.Refused), refused));
    }

    private static IResult Forbidden(HttpContext http) => PageResults.Failure(http, 403, "Không có quyền", "Tài khoản của bạn không được làm việc này.");

    private static IResult NotFound(HttpContext http) => PageResults.Failure(http, 404, "Không tìm thấy ngoại lệ", "Ngoại lệ không có, hoặc không thuộc cơ sở của bạn.");
}
