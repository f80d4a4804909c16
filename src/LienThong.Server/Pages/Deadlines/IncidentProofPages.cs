using System.ComponentModel;
using LienThong.Gateway.Access;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Facilities;
using LienThong.Server.Access;
using LienThong.Server.Api;
using LienThong.Server.Api.Deadlines;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LienThong.Server.Pages.Deadlines;

/// <summary>The proof pack of an incident: a document of its own that can be saved, printed and handed to BHXH.</summary>
internal static class IncidentProofPages
{
    /// <summary>Records listed in the printed document; CSV and Excel hold all.</summary>
    public const int MostPrinted = 5000;

    public static async Task<IResult> AnswerAsync(
        Guid id, IncidentProof proof, FacilitySettings facilities, TimeProvider time, HttpContext http, CancellationToken ct,
        [Description("html (default), csv or xlsx.")] string? format = null)
    {
        Caller caller = http.Caller();
        if (format is not (null or "html" or "csv" or "xlsx"))
            return ApiResults.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["format"] = ["Chỉ nhận html, csv hoặc xlsx."] });
        if (await proof.FindAsync(caller, id, ct) is not { } incident)
            return IncidentApi.Missing();
        string name = $"minh-chung-su-co-{Standard.VietnamTime.VietnamDay(incident.StartedAt):yyyy-MM-dd}";
        IAsyncEnumerable<ProofRecord> records = proof.RecordsAsync(caller, incident, ct);
        if (format is "csv" or "xlsx")
            return await TableAnswer.OfAsync(http, name, "Minh chứng", format, DeadlineTables.Proof, records.Select(DeadlineTables.Row), ct);
        // Saved, then opened and printed: the file carries its own style, which our pages' policy wouldn't let through.
        http.Response.Headers.ContentDisposition = $"attachment; filename={name}.html";
        List<ProofRecord> listed = await records.Take(MostPrinted + 1).ToListAsync(ct);
        return new RazorComponentResult<IncidentProofDocument>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(IncidentProofDocument.Incident)] = incident,
            [nameof(IncidentProofDocument.Facility)] = (await facilities.FindAsync(caller, incident.Facility, ct))?.Name ?? "",
            [nameof(IncidentProofDocument.Records)] = listed,
            [nameof(IncidentProofDocument.PrintedAt)] = time.GetUtcNow(),
            [nameof(IncidentProofDocument.PrintedBy)] = caller.Name,
        })
        { PreventStreamingRendering = true };
    }
}
