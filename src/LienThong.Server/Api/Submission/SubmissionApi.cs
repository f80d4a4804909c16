using System.ComponentModel;
using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Server.Access;
using LienThong.Server.Api.Records;

namespace LienThong.Server.Api.Submission;

/// <summary>Calls to the portal and their receipts.</summary>
internal static class SubmissionApi
{
    /// <summary>Outcomes a list can be narrowed to.</summary>
    public static readonly IReadOnlyList<string> Outcomes = ["Accepted", "Rejected", "NotSent", "Unknown"];

    public static void Map(RouteGroupBuilder api) => api.MapGet("/submissions", ListAsync)
        .RequireAuthorization(Permissions.ReadSubmissions).WithTags("Submissions").Produces<PageBody<SubmissionView>>().Fails(400)
        .WithSummary("Lists calls to the portal with outcome and receipt, newest first, paged by key");

    private static async Task<IResult> ListAsync(
        RecordQueries records, HttpContext http, CancellationToken ct,
        [Description("Only this outcome: Accepted, Rejected, NotSent, Unknown.")] string? outcome = null,
        [Description("Key of the page before: its `next`.")] string? after = null,
        [Description("Rows, 1–500. Default 50.")] string? take = null)
    {
        Dictionary<string, string[]> errors = new(StringComparer.Ordinal);
        if (outcome is not null && !Outcomes.Contains(outcome, StringComparer.Ordinal))
            errors["outcome"] = ["Chỉ nhận Accepted, Rejected, NotSent, Unknown."];
        int rows = 50;
        if (take is not null && !(int.TryParse(take, NumberStyles.None, CultureInfo.InvariantCulture, out rows) && rows is >= 1 and <= 500))
            errors["take"] = ["Số dòng phải từ 1 đến 500."];
        if (errors.Count > 0)
            return ApiResults.Invalid(errors);
        Page<SubmissionView> page = await records.SubmissionsAsync(http.Caller(), outcome, new PageRequest(rows, after), ct);
        return TypedResults.Ok(new PageBody<SubmissionView>(page.Items, page.Next, page.Previous));
    }
}
