using System.ComponentModel;
using LienThong.Gateway.Access;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Rules;
using LienThong.Server.Access;
using LienThong.Validation;

namespace LienThong.Server.Api.Rules;

/// <summary>Root causes.</summary>
internal static class CauseApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder causes = api.MapGroup("/causes").WithTags("Causes");
        causes.MapGet("", ListAsync).RequireAuthorization(Permissions.ReadRecords).Produces<IReadOnlyList<CauseCard>>().Fails()
            .WithSummary("Causes that several records share, the costliest first");
        causes.MapGet("/{key}", FindAsync).RequireAuthorization(Permissions.ReadRecords).Produces<CauseCard>().Fails(404).WithSummary("One cause");
        causes.MapGet("/{key}/records", RecordsAsync).RequireAuthorization(Permissions.ReadRecords).Produces<IReadOnlyList<CauseRecord>>().Fails(404)
            .WithSummary("Records that have the cause, paged by id");
        causes.MapPost("/{key}/rejudge", RejudgeAsync).RequireAuthorization(Permissions.EditRecords).Produces<RejudgeProgress>().Fails(404)
            .WithSummary("Judges the records of a cause again, after it was mended");
    }

    private static async Task<IResult> ListAsync(
        RootCauses causes, HttpContext http, CancellationToken ct,
        [Description("Only this facility.")] string? facility = null, [Description("Only this rule; then causes of a single record are listed as well.")] string? rule = null,
        [Description("Only what these can mend: HisVendor, CatalogueKeeper, Department, Doctor.")] CauseKeeper? keeper = null,
        [Description("true: most records first.")] bool byRecords = false)
    {
        Caller caller = http.Caller();
        CauseFilter filter = new() { Facility = facility ?? "", Rule = rule ?? "", Keeper = keeper, ByRecords = byRecords };
        return TypedResults.Ok((await causes.ListAsync(caller, filter, 200, ct)).Where(c => !Sensitive.Hides(caller, c.Table, c.Field)).ToArray());
    }

    private static Task<IResult> FindAsync([Description("16 hexadecimal digits.")] string key, RootCauses causes, HttpContext http, CancellationToken ct) =>
        WithAsync(key, causes, http, cause => Task.FromResult<IResult>(TypedResults.Ok(cause)), ct);

    private static Task<IResult> RecordsAsync(
        string key, RootCauses causes, HttpContext http, CancellationToken ct, [Description("Last record of the page before.")] Guid? after = null) =>
        WithAsync(key, causes, http, async cause => TypedResults.Ok(await causes.RecordsAsync(http.Caller(), cause.Id, after, 100, ct)), ct);

    private static Task<IResult> RejudgeAsync(string key, RootCauses causes, HttpContext http, CancellationToken ct) =>
        WithAsync(key, causes, http, async cause => await causes.RejudgeAsync(http.Caller(), cause.Id, ct) is { } run ? TypedResults.Ok(run) : NotFound(), ct);

    private static async Task<IResult> WithAsync(string key, RootCauses causes, HttpContext http, Func<CauseCard, Task<IResult>> answer, CancellationToken ct) =>
        CauseCard.TryParseKey(key, out long id) && await causes.FindAsync(http.Caller(), id, ct) is { } cause && !Sensitive.Hides(http.Caller(), cause.Table, cause.Field)
            ? await answer(cause)
            : NotFound();

    private static IResult NotFound() => RuleAnswers.Of(new RuleResult.NotFound());
}
