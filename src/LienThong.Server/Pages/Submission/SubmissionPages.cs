using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Records;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Server.Access;
using LienThong.Server.Api.Submission;

namespace LienThong.Server.Pages.Submission;

/// <summary>Queue, calls to the portal and receipts.</summary>
internal static class SubmissionPages
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/gui-cong", ShowAsync).RequireAuthorization(Permissions.ReadSubmissions);

    private static async Task<IResult> ShowAsync(
        HttpContext http, RecordQueries records, QueueQueries queue, FacilitySettings facilities, SigningKeys keys, CancellationToken ct, string? outcome = null, string? after = null)
    {
        Caller caller = http.Caller();
        string? only = SubmissionApi.Outcomes.Contains(outcome, StringComparer.Ordinal) ? outcome : null;
        return PageResults.Page<SubmissionPage>(http, "Gửi cổng",
            (nameof(SubmissionPage.Calls), await records.SubmissionsAsync(caller, only, new PageRequest(50, after), ct)),
            (nameof(SubmissionPage.Outcome), only),
            (nameof(SubmissionPage.First), after is null),
            (nameof(SubmissionPage.Queue), await queue.ListAsync(caller, 50, ct)),
            (nameof(SubmissionPage.Waiting), await queue.CountAsync(caller, ct)),
            (nameof(SubmissionPage.States), await records.CountAsync(caller, ct)),
            (nameof(SubmissionPage.Keys), await keys.ListAsync(caller, ct)),
            (nameof(SubmissionPage.Facilities), await facilities.ListAsync(caller, ct)));
    }
}
