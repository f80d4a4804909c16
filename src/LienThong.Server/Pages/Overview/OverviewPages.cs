using LienThong.Gateway.Access;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Jobs;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Server.Access;

namespace LienThong.Server.Pages.Overview;

/// <summary>The start page: what needs someone today.</summary>
internal static class OverviewPages
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/", ShowAsync).RequireAuthorization(PermissionPolicies.SignedIn);

    private static async Task<IResult> ShowAsync(
        HttpContext http, RecordQueries records, QueueQueries queue, FacilitySettings facilities, SigningKeys keys, DeadlineQueries deadlines, DeadlineSettings settings, DutyDesk duties,
        IncidentDesk incidents, CheckInQueries checkIns, JobBook jobs, CancellationToken ct)
    {
        Caller caller = http.Caller();
        bool reads = caller.May(Permissions.ReadRecords);
        bool counts = reads || caller.May(Permissions.ReadSubmissions);
        bool sends = caller.May(Permissions.ReadSubmissions);
        return PageResults.Page<OverviewPage>(http, "Tổng quan",
            (nameof(OverviewPage.Jobs), caller.May(Permissions.Operate) ? (await jobs.ListAsync(ct)).Where(j => j.IsTroubled) : []),
            (nameof(OverviewPage.States), counts ? await records.CountAsync(caller, ct) : null),
            (nameof(OverviewPage.Waiting), caller.May(Permissions.ReadSubmissions) ? await queue.CountAsync(caller, ct) : null),
            (nameof(OverviewPage.Due), reads ? await queue.NearestDeadlinesAsync(caller, 10, ct) : []),
            (nameof(OverviewPage.Board), sends ? await deadlines.CountAsync(caller, null, await settings.ChoicesAsync(caller, ct), ct) : null),
            (nameof(OverviewPage.Duties), sends ? await duties.OpenAsync(caller, ct) : []),
            (nameof(OverviewPage.Incidents), sends ? await incidents.ListAsync(caller, unsettled: true, 10, ct) : []),
            (nameof(OverviewPage.CheckIns), reads ? await checkIns.AgesAsync(caller, ct) : []),
            (nameof(OverviewPage.Keys), counts ? await keys.ListAsync(caller, ct) : []),
            (nameof(OverviewPage.Facilities), counts ? await facilities.ListAsync(caller, ct) : []));
    }
}
