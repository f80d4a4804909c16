using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Records.Comparing;
using LienThong.Server.Access;
using LienThong.Server.Api.Records;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Records;

/// <summary>Two versions of a record side by side, and the letter to BHXH that tells the changed figures.</summary>
internal static class ComparePages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/ho-so/{id:guid}/so-sanh", CompareAsync).RequireAuthorization(Permissions.ReadRecords);
        app.MapGet("/ho-so/{id:guid}/cong-van", LetterAsync).RequireAuthorization(Permissions.ReadRecords);
    }

    private static async Task<IResult> CompareAsync(
        Guid id, RecordComparisons comparisons, AuditLog audit, HttpContext http, CancellationToken ct,
        [FromQuery(Name = "tu")] string? from = null, [FromQuery(Name = "den")] string? to = null,
        [FromQuery(Name = "bang")] string? table = null, [FromQuery(Name = "trang")] string? page = null)
    {
        Caller caller = http.Caller();
        if (await comparisons.CompareAsync(caller, id, Number(from), Number(to), ct) is not { } found)
            return RecordPages.Refuse(http, 404);
        return PageResults.Page<ComparePage>(http, $"So sánh {found.Record.MaLk}",
            (nameof(ComparePage.Found), found), (nameof(ComparePage.Diff), await DiffView.ShownAsync(caller, found, audit, ct)),
            (nameof(ComparePage.Table), table), (nameof(ComparePage.PageNumber), Number(page) ?? 1));
    }

    private static async Task<IResult> LetterAsync(
        Guid id, RecordComparisons comparisons, FacilitySettings facilities, AuditLog audit, HttpContext http, CancellationToken ct,
        [FromQuery(Name = "tu")] string? from = null, [FromQuery(Name = "den")] string? to = null)
    {
        Caller caller = http.Caller();
        if (await comparisons.CompareSentAsync(caller, id, Number(from), Number(to), ct) is not { } found)
            return RecordPages.Refuse(http, 404);
        return PageResults.Page<LetterPage>(http, $"Công văn {found.Record.MaLk}",
            (nameof(LetterPage.Found), found), (nameof(LetterPage.Diff), await DiffView.ShownAsync(caller, found, audit, ct)),
            (nameof(LetterPage.Facility), await facilities.FindAsync(caller, found.Record.Facility, ct)));
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : null;
}
