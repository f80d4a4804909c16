using System.ComponentModel;
using LienThong.Gateway.Access;
using LienThong.Gateway.Rules;
using LienThong.Server.Access;
using LienThong.Server.Pages.Rules;
using LienThong.Validation;

namespace LienThong.Server.Api.Rules;

/// <summary>Exceptions to rules.</summary>
internal static class ExceptionApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder exceptions = api.MapGroup("/exceptions").WithTags("Exceptions");
        exceptions.MapGet("", ListAsync).RequireAuthorization(Permissions.ReadRecords).Produces<IReadOnlyList<ExceptionView>>().Fails()
            .WithSummary("Exceptions with what each changes now, newest first");
        exceptions.MapGet("/{id:guid}", FindAsync).RequireAuthorization(Permissions.ReadRecords).Produces<ExceptionView>().Fails(404).WithSummary("One exception");
        exceptions.MapGet("/{id:guid}/findings", AccountAsync).RequireAuthorization(Permissions.ReadRecords).Produces<IReadOnlyList<ExceptedBody>>().Fails(404)
            .WithSummary("Account of silence: every finding the exception hides or changes, paged by record");
        exceptions.MapPost("", (ExceptionAsk body, RuleExceptions use, HttpContext http, CancellationToken ct) => Answer(use.ProposeAsync(http.Caller(), body.ToDraft(), ct)))
            .RequireAuthorization(Permissions.ManageRules).Produces<IdBody>().Fails(400, 422).WithSummary("Asks for an exception; one that lowers a protected rule waits for a second person");
        exceptions.MapPost("/preview", PreviewAsync).RequireAuthorization(Permissions.ManageRules).Produces<PreviewBody>().Fails(400)
            .WithSummary("What an exception would change among stored findings; stores nothing");
        exceptions.MapPost("/{id:guid}/approve", (Guid id, RuleExceptions use, HttpContext http, CancellationToken ct) => Answer(use.DecideAsync(http.Caller(), id, true, "", ct)))
            .RequireAuthorization(Permissions.ApproveRules).Produces<IdBody>().Fails(404, 409).WithSummary("A second person agrees");
        exceptions.MapPost("/{id:guid}/refuse", (Guid id, ReasonAsk body, RuleExceptions use, HttpContext http, CancellationToken ct) =>
            Answer(use.DecideAsync(http.Caller(), id, false, body.Reason ?? "", ct)))
            .RequireAuthorization(Permissions.ApproveRules).Produces<IdBody>().Fails(400, 404, 409, 422).WithSummary("A second person refuses");
        exceptions.MapPost("/{id:guid}/end", (Guid id, ReasonAsk body, RuleExceptions use, HttpContext http, CancellationToken ct) =>
            Answer(use.EndAsync(http.Caller(), id, body.Reason ?? "", ct)))
            .RequireAuthorization(Permissions.ManageRules).Produces<IdBody>().Fails(400, 404, 409, 422).WithSummary("Ends an exception before its time");
    }

    private static async Task<IResult> Answer(Task<RuleResult> result) => RuleAnswers.Of(await result);

    private static async Task<IResult> ListAsync(
        RuleExceptions use, HttpContext http, CancellationToken ct, [Description("Only those that touch this rule.")] string? rule = null) =>
        TypedResults.Ok(await use.ListAsync(http.Caller(), rule, ct));

    private static async Task<IResult> FindAsync(Guid id, RuleExceptions use, HttpContext http, CancellationToken ct) =>
        await use.FindAsync(http.Caller(), id, ct) is { } view ? TypedResults.Ok(view) : RuleAnswers.Of(new RuleResult.NotFound());

    private static async Task<IResult> AccountAsync(
        Guid id, RuleExceptions use, HttpContext http, CancellationToken ct, [Description("Last record of the page before.")] Guid? after = null)
    {
        Caller caller = http.Caller();
        if (await use.FindAsync(caller, id, ct) is null)
            return RuleAnswers.Of(new RuleResult.NotFound());
        return TypedResults.Ok(RulePages.Shown(caller, await use.AccountAsync(caller, id, after, 100, ct)).Select(ExceptedBody.Of).ToArray());
    }

    private static async Task<IResult> PreviewAsync(ExceptionAsk body, RuleExceptions use, HttpContext http, CancellationToken ct)
    {
        Caller caller = http.Caller();
        ExceptionPreview p = await use.PreviewAsync(caller, body.ToDraft(), ct);
        return TypedResults.Ok(new PreviewBody(p.Looked, p.IsCut, p.Records, p.Findings, p.AtRisk, [.. RulePages.Shown(caller, p.Examples).Select(ExceptedBody.Of)]));
    }
}

/// <summary>Asks for an exception.</summary>
/// <param name="Facility">Facility; <c>*</c> for all.</param>
/// <param name="Rule">Rule code, or its beginning and <c>*</c>.</param>
/// <param name="Action"><c>Silence</c>, <c>Info</c>, <c>Warn</c> or <c>Raise</c>; <c>Warn</c> when left out.</param>
/// <param name="Match">Where it holds; null for everywhere.</param>
/// <param name="Reason">Why; required.</param>
/// <param name="Evidence">What proves it.</param>
/// <param name="From">First day; null for now.</param>
/// <param name="To">Last day, at most 12 months later.</param>
public sealed record ExceptionAsk(
    string? Facility, string? Rule, ExceptionAction? Action, ExceptionMatch? Match, string? Reason, string? Evidence, DateOnly? From, DateOnly? To)
{
    internal ExceptionDraft ToDraft() => new()
    {
        Facility = Facility ?? "",
        Rule = Rule ?? "",
        Action = Action ?? ExceptionAction.Warn,
        Match = Match ?? ExceptionMatch.Any,
        Reason = Reason ?? "",
        Evidence = Evidence ?? "",
        From = From,
        To = To ?? DateOnly.MinValue,
    };
}

/// <summary>A reason.</summary>
/// <param name="Reason">Why; required.</param>
public sealed record ReasonAsk(string? Reason);

/// <summary>What an exception would change.</summary>
/// <param name="Looked">Records with findings of the rule that were looked at.</param>
/// <param name="Cut">Whether there are more.</param>
/// <param name="Records">Records it would change.</param>
/// <param name="Findings">Findings it would change.</param>
/// <param name="AtRisk">VND at risk of these.</param>
/// <param name="Examples">Some of them.</param>
public sealed record PreviewBody(int Looked, bool Cut, int Records, int Findings, decimal AtRisk, IReadOnlyList<ExceptedBody> Examples);
