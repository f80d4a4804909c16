using LienThong.Gateway.Access;
using LienThong.Gateway.Audit;
using LienThong.Server.Access;
using LienThong.Server.Api.Audit;

namespace LienThong.Server.Pages.Audit;

/// <summary>The log: who did what, and whether somebody changed it.</summary>
internal static class AuditPages
{
    private const string Path = "/nhat-ky";
    private const int Take = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, (HttpContext http, AuditLog log, CancellationToken ct) => PageAsync(http, log, null, ct)).RequireAuthorization(Permissions.ReadAudit);
        app.MapGet(Path + "/xuat", (HttpContext http, AuditLog log, CancellationToken ct) =>
        {
            AuditQuery query = AuditQuery.Of(http.Request.Query);
            return AuditApi.Export(log, http, ct, query.Actor, query.Action, query.Subject, query.FromMoment, query.ToMoment);
        }).RequireAuthorization(Permissions.ReadAudit);
        app.MapPost(Path + "/kiem-tra", async (HttpContext http, AuditLog log, CancellationToken ct) => await PageAsync(http, log, await log.VerifyAsync(ct), ct))
            .RequireAuthorization(Permissions.ReadAudit).DisableAntiforgery();
    }

    private static async Task<IResult> PageAsync(HttpContext http, AuditLog log, AuditCheck? check, CancellationToken ct)
    {
        AuditQuery query = AuditQuery.Of(http.Request.Query);
        IReadOnlyList<AuditEntry> entries = await log.FindAsync(http.Caller(), query.Filter, query.Before, Take, ct);
        return PageResults.Page<AuditListPage>(http, "Nhật ký",
            (nameof(AuditListPage.Entries), entries), (nameof(AuditListPage.Query), query), (nameof(AuditListPage.Next), entries.Count == Take ? entries[^1].Sequence : (long?)null),
            (nameof(AuditListPage.Check), check));
    }
}

/// <summary>What the log page is narrowed to, as in its address.</summary>
/// <param name="Actor">Sign-in name.</param>
/// <param name="Action">Action or group of actions.</param>
/// <param name="Subject">What it was done to.</param>
/// <param name="From">First day, as typed.</param>
/// <param name="To">Last day, as typed.</param>
/// <param name="Before">Key of the page; null for the first.</param>
public sealed record AuditQuery(string Actor, string Action, string Subject, string From, string To, long? Before)
{
    /// <summary>Reads it; what is too long to be meant is left out.</summary>
    public static AuditQuery Of(IQueryCollection query) => new(
        Text(query, "nguoi"), Text(query, "viec"), Text(query, "doi-tuong"), Text(query, "tu"), Text(query, "den"),
        long.TryParse(query["truoc"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long before) ? before : null);

    /// <summary>Beginning of the first day in Vietnam; null when none was typed that can be read.</summary>
    public DateTimeOffset? FromMoment => Vi.ReadMoment(From);

    /// <summary>End of the last day, or the moment typed.</summary>
    public DateTimeOffset? ToMoment => Vi.ReadMoment(To) is { } to ? To.Contains(':', StringComparison.Ordinal) ? to : to.AddDays(1) : null;

    /// <summary>The same for the log.</summary>
    public AuditFilter Filter => AuditApi.FilterOf(Actor, Action, Subject, FromMoment, ToMoment);

    /// <summary>Days that can't be read.</summary>
    public bool HasBadDay => (From.Length > 0 && FromMoment is null) || (To.Length > 0 && ToMoment is null);

    /// <summary>Address with the same filter.</summary>
    public string Url(string path, long? before)
    {
        Microsoft.AspNetCore.Http.Extensions.QueryBuilder query = [];
        foreach ((string name, string value) in new[] { ("nguoi", Actor), ("viec", Action), ("doi-tuong", Subject), ("tu", From), ("den", To) })
        {
            if (value.Length > 0)
                query.Add(name, value);
        }
        if (before is { } key)
            query.Add("truoc", key.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return path + query.ToQueryString();
    }

    private static string Text(IQueryCollection query, string name) => query[name].ToString().Trim() is { Length: <= 200 } text ? text : "";
}
