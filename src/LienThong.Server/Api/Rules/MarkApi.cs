using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rules;
using LienThong.Gateway.Storage;
using LienThong.Server.Access;

namespace LienThong.Server.Api.Rules;

/// <summary>What people say of single findings.</summary>
internal static class MarkApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/records/{id:guid}/marks", MarkAsync).RequireAuthorization(Permissions.EditRecords).WithTags("Marks").Produces<IdBody>().Fails(400, 404, 422)
            .WithSummary("Marks a finding as an error or as none; it goes on counting until an exception says otherwise");
        api.MapPost("/marks/{id:guid}/withdraw", async (Guid id, FindingMarks marks, HttpContext http, CancellationToken ct) =>
            RuleAnswers.Of(await marks.WithdrawAsync(http.Caller(), id, ct)))
            .RequireAuthorization(Permissions.EditRecords).WithTags("Marks").Produces<IdBody>().Fails(404).WithSummary("Takes a mark back");
    }

    private static async Task<IResult> MarkAsync(Guid id, MarkAsk body, FindingMarks marks, RecordQueries records, HttpContext http, CancellationToken ct)
    {
        Caller caller = http.Caller();
        if (await records.FindAsync(caller, id, ct) is not { } record)
            return ApiResults.NoSuchRecord();
        return RuleAnswers.Of(await marks.MarkAsync(caller, Visible(caller, record), body.Fingerprint ?? "", body.Verdict, body.Reason ?? "", ct));
    }

    /// <summary>The record without the findings that are hidden from the caller: nobody marks what he can't see.</summary>
    internal static RecordDetail Visible(Caller caller, RecordDetail record) => record with
    {
        Findings = [.. record.Findings.Where(f => !Sensitive.Hides(caller, f.Table, f.Field))],
        Suppressed = [.. record.Suppressed.Where(f => !Sensitive.Hides(caller, f.Table, f.Field))],
    };
}

/// <summary>Asks to mark a finding.</summary>
/// <param name="Fingerprint">Which finding: its <c>fingerprint</c>.</param>
/// <param name="Verdict"><c>NotAnError</c> (when left out) or <c>Confirmed</c>.</param>
/// <param name="Reason">Why; required for <c>NotAnError</c>.</param>
public sealed record MarkAsk(string? Fingerprint, MarkVerdict Verdict, string? Reason);
