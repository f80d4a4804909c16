using LienThong.Gateway.Access;
using LienThong.Gateway.Rules;
using LienThong.Server.Access;
using LienThong.Validation;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Rules;

/// <summary>Root causes: what to mend once.</summary>
internal static class CausePages
{
    /// <summary>Part of the list page that htmx replaces.</summary>
    public const string ListTarget = "nguyen-nhan";

    private const int Cards = 100;
    private const int RecordRows = 50;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/nguyen-nhan", ListAsync).RequireAuthorization(Permissions.ReadRecords);
        app.MapGet("/nguyen-nhan/{key}", ShowAsync).RequireAuthorization(Permissions.ReadRecords);
        app.MapPost("/nguyen-nhan/{key}/kiem-tra-lai", RejudgeAsync).RequireAuthorization(Permissions.EditRecords);
    }

    private static async Task<IResult> ListAsync(
        RootCauses causes, HttpContext http, CancellationToken ct, [FromQuery(Name = "nguoi-sua")] string? keeper = null, [FromQuery(Name = "thu-tu")] string? order = null)
    {
        Caller caller = http.Caller();
        CauseFilter filter = new() { Keeper = Enum.TryParse(keeper, out CauseKeeper wanted) && Enum.IsDefined(wanted) ? wanted : null, ByRecords = order == "ho-so" };
        IReadOnlyList<CauseCard> cards = await causes.ListAsync(caller, filter, Cards, ct);
        (string, object?)[] parameters = [(nameof(CauseListPage.Filter), filter), (nameof(CauseListPage.Items), cards.Where(c => !Hidden(caller, c)).ToArray())];
        return PageResults.WantsPart(http, ListTarget) ? PageResults.Part<CauseListPart>(http, parameters) : PageResults.Page<CauseListPage>(http, "Nguyên nhân", parameters);
    }

    private static async Task<IResult> ShowAsync(string key, RootCauses causes, HttpContext http, CancellationToken ct, [FromQuery(Name = "sau")] Guid? after = null)
    {
        Caller caller = http.Caller();
        if (await FindAsync(caller, key, causes, ct) is not { } cause)
            return NotFound(http);
        IReadOnlyList<CauseRecord> records = await causes.RecordsAsync(caller, cause.Id, after, RecordRows, ct);
        return PageResults.Page<CausePage>(http, "Nguyên nhân",
            (nameof(CausePage.Cause), cause), (nameof(CausePage.Departments), await causes.DepartmentsAsync(caller, cause.Id, ct)),
            (nameof(CausePage.Records), records), (nameof(CausePage.Next), records.Count == RecordRows ? records[^1].Id : (Guid?)null));
    }

    private static async Task<IResult> RejudgeAsync(string key, RootCauses causes, HttpContext http, CancellationToken ct)
    {
        Caller caller = http.Caller();
        return await FindAsync(caller, key, causes, ct) is { } cause && await causes.RejudgeAsync(caller, cause.Id, ct) is { } run
            ? TypedResults.LocalRedirect($"{RejudgePages.Path}/{run.Id}")
            : NotFound(http);
    }

    private static async Task<CauseCard?> FindAsync(Caller caller, string key, RootCauses causes, CancellationToken ct) =>
        CauseCard.TryParseKey(key, out long id) && await causes.FindAsync(caller, id, ct) is { } cause && !Hidden(caller, cause) ? cause : null;

    private static bool Hidden(Caller caller, CauseCard cause) => Sensitive.Hides(caller, cause.Table, cause.Field);

    private static IResult NotFound(HttpContext http) => PageResults.Failure(http, 404, "Không tìm thấy nguyên nhân", "Nguyên nhân không có, hoặc không thuộc cơ sở của bạn.");
}
