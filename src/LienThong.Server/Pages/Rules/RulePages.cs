using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Rules;
using LienThong.Server.Access;
using LienThong.Validation;

namespace LienThong.Server.Pages.Rules;

/// <summary>The rules: list, a rule's own page, trial runs and their progress.</summary>
internal static class RulePages
{
    /// <summary>Part of the list page that htmx replaces.</summary>
    public const string ListTarget = "quy-tac";

    /// <summary>Part of a job's page that htmx replaces.</summary>
    public const string JobTarget = "viec";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/quy-tac", ListAsync).RequireAuthorization(Permissions.ReadRecords);
        app.MapGet("/quy-tac/{code}", (string code, HttpContext http, RulePageData data, CancellationToken ct) => ShowAsync(code, null, 200, http, data, ct))
            .RequireAuthorization(Permissions.ReadRecords);
        app.MapPost("/quy-tac/{code}/chay-thu", TryAsync).RequireAuthorization(Permissions.ManageRules).DisableAntiforgery();
        app.MapGet("/viec/{id:guid}", Job).RequireAuthorization(Permissions.ReadRecords);
    }

    private static async Task<IResult> ListAsync([AsParameters] RuleQuery query, RuleStatistics statistics, HttpContext http, CancellationToken ct)
    {
        (IReadOnlyList<RuleLine> rows, int page, int pages, int count) = query.Read(await statistics.AllAsync(http.Caller(), ct));
        (string, object?)[] parameters =
        [
            (nameof(RuleListPage.Query), query), (nameof(RuleListPage.Rows), rows), (nameof(RuleListPage.Page), page), (nameof(RuleListPage.Pages), pages),
            (nameof(RuleListPage.Count), count),
        ];
        return PageResults.WantsPart(http, ListTarget) ? PageResults.Part<RuleListPart>(http, parameters) : PageResults.Page<RuleListPage>(http, "Quy tắc", parameters);
    }

    private static async Task<IResult> ShowAsync(string code, string? refused, int status, HttpContext http, RulePageData data, CancellationToken ct)
    {
        Caller caller = http.Caller();
        RuleFigures? figures = (await data.Statistics.AllAsync(caller, ct)).GetValueOrDefault(code);
        RuleInfo? rule = RuleCatalogue.Find(code);
        if (rule is null && figures is null)
            return PageResults.Failure(http, 404, "Không có quy tắc này", "Kiểm tra lại mã, hoặc tìm trong danh sách quy tắc.");
        IReadOnlyList<CauseCard> causes = await data.Causes.ListAsync(caller, new CauseFilter { Rule = code, ByRecords = true }, 10, ct);
        IReadOnlyList<FindingMark> marks = await data.Marks.OfRuleAsync(caller, code, 50, ct);
        return PageResults.Page<RulePage>(http, $"Quy tắc {code}", status,
            (nameof(RulePage.Code), code), (nameof(RulePage.Rule), rule), (nameof(RulePage.Figures), figures ?? RuleFigures.None(code)),
            (nameof(RulePage.Causes), causes.Where(c => !Sensitive.Hides(caller, c.Table, c.Field)).ToArray()),
            (nameof(RulePage.Marks), marks.Where(m => !Sensitive.Hides(caller, m.Table, m.Field)).ToArray()),
            (nameof(RulePage.Exceptions), await data.Exceptions.ListAsync(caller, code, ct)),
            (nameof(RulePage.Facilities), await data.Facilities.ListAsync(caller, ct)), (nameof(RulePage.Refused), refused));
    }

    private static async Task<IResult> TryAsync(string code, IFormCollection form, RuleTrials trials, HttpContext http, RulePageData data, CancellationToken ct)
    {
        int days = int.TryParse(form["so-ngay"], NumberStyles.None, CultureInfo.InvariantCulture, out int wanted) ? wanted : 0;
        RuleResult result = trials.Start(http.Caller(), new TrialRequest(form["co-so"].ToString(), code, days, null));
        return result switch
        {
            RuleResult.Done done => TypedResults.LocalRedirect($"/viec/{done.Id}"),
            RuleResult.Refused refused => await ShowAsync(code, refused.Message, StatusCodes.Status409Conflict, http, data, ct),
            _ => PageResults.Failure(http, 403, "Không có quyền", "Tài khoản của bạn không được làm việc này."),
        };
    }

    private static IResult Job(Guid id, RuleJobs jobs, HttpContext http)
    {
        Caller caller = http.Caller();
        if (jobs.Find(caller, id) is not { } job)
            return PageResults.Failure(http, 404, "Không tìm thấy việc này", "Việc chạy nền không còn sau khi khởi động lại; hãy chạy lại.");
        (string, object?)[] parameters = [(nameof(JobPage.Job), job), (nameof(JobPage.Examples), Shown(caller, job.Result?.Examples ?? []))];
        return PageResults.WantsPart(http, JobTarget) ? PageResults.Part<JobPart>(http, parameters) : PageResults.Page<JobPage>(http, job.Title, parameters);
    }

    /// <summary>Findings the caller may see; where a hidden one lies would already tell too much.</summary>
    public static IReadOnlyList<ExceptedFinding> Shown(Caller caller, IEnumerable<ExceptedFinding> findings) =>
        [.. findings.Where(f => !Sensitive.Hides(caller, f.Finding.Table, f.Finding.Field))];
}

/// <summary>What a rule's page reads.</summary>
/// <param name="Statistics">Hits and precision.</param>
/// <param name="Causes">Root causes.</param>
/// <param name="Marks">Marks on findings.</param>
/// <param name="Exceptions">Exceptions.</param>
/// <param name="Facilities">Facilities to choose from.</param>
internal sealed record RulePageData(RuleStatistics Statistics, RootCauses Causes, FindingMarks Marks, RuleExceptions Exceptions, FacilitySettings Facilities);
