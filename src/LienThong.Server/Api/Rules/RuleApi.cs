using System.ComponentModel;
using LienThong.Gateway.Access;
using LienThong.Gateway.Rules;
using LienThong.Server.Access;
using LienThong.Server.Pages.Rules;
using LienThong.Validation;

namespace LienThong.Server.Api.Rules;

/// <summary>Rules with hits and precision, and trial runs.</summary>
internal static class RuleApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder rules = api.MapGroup("/rules").WithTags("Rules");
        rules.MapGet("", ListAsync).RequireAuthorization(Permissions.ReadRecords).Produces<IReadOnlyList<RuleBody>>().Fails()
            .WithSummary("All rules with hits of the last 30 days and precision");
        rules.MapGet("/{code}", FindAsync).RequireAuthorization(Permissions.ReadRecords).Produces<RuleBody>().Fails(404).WithSummary("One rule");
        rules.MapPost("/trials", Try).RequireAuthorization(Permissions.ManageRules).Produces<TrialBody>().Fails(400, 422)
            .WithSummary("Judges stored records as if a rule or an exception were in effect; changes nothing");
        rules.MapGet("/trials/{id:guid}", Trial).RequireAuthorization(Permissions.ReadRecords).Produces<TrialBody>().Fails(404)
            .WithSummary("Progress and result of a trial");
    }

    private static async Task<IResult> ListAsync(RuleStatistics statistics, HttpContext http, CancellationToken ct)
    {
        IReadOnlyDictionary<string, RuleFigures> figures = await statistics.AllAsync(http.Caller(), ct);
        return TypedResults.Ok(RuleCatalogue.All.Select(r => RuleBody.Of(r, figures.GetValueOrDefault(r.Code) ?? RuleFigures.None(r.Code))).ToArray());
    }

    private static async Task<IResult> FindAsync([Description("Rule code.")] string code, RuleStatistics statistics, HttpContext http, CancellationToken ct) =>
        RuleCatalogue.Find(code) is not { } rule ? ApiResults.Problem(404, "no-such-rule", "Không có quy tắc này", "Kiểm tra lại mã quy tắc.")
            : TypedResults.Ok(RuleBody.Of(rule, (await statistics.AllAsync(http.Caller(), ct)).GetValueOrDefault(code) ?? RuleFigures.None(code)));

    private static IResult Try(TrialAsk body, RuleTrials trials, RuleJobs jobs, HttpContext http)
    {
        Caller caller = http.Caller();
        TrialRequest request = new(body.Facility ?? "", body.Rule ?? "", body.Days, body.Exception?.ToDraft());
        return trials.Start(caller, request) switch
        {
            RuleResult.Done done when jobs.Find(caller, done.Id) is { } job => TypedResults.Ok(TrialBody.Of(caller, job)),
            var refused => RuleAnswers.Of(refused),
        };
    }

    private static IResult Trial(Guid id, RuleJobs jobs, HttpContext http) => jobs.Find(http.Caller(), id) is { } job
        ? TypedResults.Ok(TrialBody.Of(http.Caller(), job))
        : ApiResults.Problem(404, "no-such-trial", "Không tìm thấy lượt chạy thử", "Lượt chạy thử không có, không thuộc cơ sở của bạn, hoặc mất khi khởi động lại.");
}

/// <summary>A rule with its figures.</summary>
/// <param name="Code">Rule code.</param>
/// <param name="Severity"><c>block</c>, <c>warn</c> or <c>info</c>.</param>
/// <param name="Table">Table; <c>*</c> for all.</param>
/// <param name="Fields">Fields concerned, in words.</param>
/// <param name="Text">What it asks, in Vietnamese.</param>
/// <param name="LegalBasis">Where it is written.</param>
/// <param name="Off">Whether an exception silences it as a whole.</param>
/// <param name="Records">Records with findings, of the last 30 days' arrivals.</param>
/// <param name="Findings">Findings of these, suppressed ones among them.</param>
/// <param name="Suppressed">Those that exceptions keep from counting.</param>
/// <param name="Confirmed">Marks «it is an error».</param>
/// <param name="NotAnError">Marks «not an error».</param>
/// <param name="Unjudged">Findings nobody has judged.</param>
/// <param name="FalseAlarmPercent">Share of «not an error» among judged findings, 0–100; null when none was.</param>
/// <param name="ReviewProposed">Five or more marks «not an error» in 30 days.</param>
public sealed record RuleBody(
    string Code, string Severity, string Table, string Fields, string Text, string LegalBasis, bool Off, long Records, long Findings, long Suppressed,
    long Confirmed, long NotAnError, long Unjudged, decimal? FalseAlarmPercent, bool ReviewProposed)
{
    internal static RuleBody Of(RuleInfo r, RuleFigures f) => new(
        r.Code, r.Severity.ToString().ToLowerInvariant(), r.Table, r.Fields, RuleWords.Plain(r), r.LegalBasis, f.IsOff, f.Records, f.Findings, f.Suppressed,
        f.Confirmed, f.NotAnError, f.Unjudged, f.FalseAlarms is { } p ? decimal.Round(p, 1) : null, f.ProposesReview);
}

/// <summary>Asks for a trial.</summary>
/// <param name="Facility">Facility whose records are judged.</param>
/// <param name="Rule">Rule code, or its beginning and <c>*</c>.</param>
/// <param name="Days">Records that arrived in so many days, 1–366.</param>
/// <param name="Exception">Exception to try; null to try the rule without exceptions that name it.</param>
public sealed record TrialAsk(string? Facility, string? Rule, int Days, ExceptionAsk? Exception);

/// <summary>A trial.</summary>
/// <param name="Id">Id.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Total">Records to judge.</param>
/// <param name="Done">Records judged.</param>
/// <param name="Before">As things are; null before it began.</param>
/// <param name="After">As they would be.</param>
/// <param name="NewlyBlocked">Records that would be stopped.</param>
/// <param name="NoLongerBlocked">Records that would go on.</param>
/// <param name="Departments">As they would be, by department.</param>
/// <param name="Examples">Some findings.</param>
public sealed record TrialBody(
    Guid Id, JobState State, int Total, int Done, TrialCount? Before, TrialCount? After, int NewlyBlocked, int NoLongerBlocked,
    IReadOnlyList<TrialDepartment> Departments, IReadOnlyList<ExceptedBody> Examples)
{
    internal static TrialBody Of(Caller caller, RuleJob job)
    {
        TrialResult? r = job.Result;
        return new TrialBody(
            job.Id, job.State, job.Total, job.Done, r?.Before, r?.After, r?.NewlyBlocked ?? 0, r?.NoLongerBlocked ?? 0,
            [.. (r?.Departments ?? []).Select(d => new TrialDepartment(d.Key, d.Value))], [.. RulePages.Shown(caller, r?.Examples ?? []).Select(ExceptedBody.Of)]);
    }
}

/// <summary>A department's share of a trial.</summary>
/// <param name="Department"><c>MA_KHOA</c>; empty when unknown.</param>
/// <param name="Count">Its findings.</param>
public sealed record TrialDepartment(string Department, TrialCount Count);
