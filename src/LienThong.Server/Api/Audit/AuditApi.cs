using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Reports;
using LienThong.Server.Access;

namespace LienThong.Server.Api.Audit;

/// <summary>The audit log: reading, taking out, verifying.</summary>
internal static class AuditApi
{
    private static readonly TableColumn[] Columns =
    [
        new("so", 10), new("thoi_diem", 22), new("co_so", 10), new("nguoi", 20), new("viec", 26), new("doi_tuong", 40), new("chi_tiet", 40), new("ma_bam_truoc", 66), new("ma_bam", 66),
    ];

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder audit = api.MapGroup("/audit").WithTags("Audit").RequireAuthorization(Permissions.ReadAudit);
        audit.MapGet("", ListAsync).Produces<AuditPage>().Fails(400)
            .WithSummary("Entries of the audit log, newest first").WithDescription("`action` may be a beginning that ends with a dot: `user.`. Pass `next` as `before` for the following page.");
        audit.MapGet("/export", Export).Produces<string>(200, "text/csv").Fails(400).WithSummary("What the same filter shows, all of it, as CSV; that it was taken out is noted in the log");
        audit.MapPost("/verify", async (AuditLog log, CancellationToken ct) => TypedResults.Ok(await log.VerifyAsync(ct)))
            .Produces<AuditCheck>().Fails().WithSummary("Recomputes the hash chain over all facilities; `brokenAt` is the first entry that doesn't fit");
    }

    internal static IResult Export(
        AuditLog log, HttpContext http, CancellationToken ct, string? actor = null, string? action = null, string? subject = null, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        http.Response.Headers.ContentDisposition = "attachment; filename=nhat-ky.csv";
        IAsyncEnumerable<string[]> rows = log.ExportAsync(http.Caller(), FilterOf(actor, action, subject, from, to), ct).Select(e => (string[])
        [
            e.Sequence.ToString(CultureInfo.InvariantCulture), DateTimeOffset.FromUnixTimeMilliseconds(e.At).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), e.Facility, e.Actor, e.Action,
            e.Subject, e.Detail, e.PreviousHash, e.Hash,
        ]);
        return TypedResults.Stream(_ => TableFile.WriteCsvAsync(http.Response.BodyWriter, Columns, rows, ct), TableFile.CsvType);
    }

    internal static AuditFilter FilterOf(string? actor, string? action, string? subject, DateTimeOffset? from, DateTimeOffset? to) =>
        new(Text(actor)?.ToLowerInvariant(), Text(action), Text(subject), from, to);

    private static async Task<IResult> ListAsync(
        AuditLog log, HttpContext http, CancellationToken ct, string? actor = null, string? action = null, string? subject = null, DateTimeOffset? from = null, DateTimeOffset? to = null,
        long? before = null, int take = 100)
    {
        if (take is < 1 or > 500)
            return ApiResults.Invalid(new(StringComparer.Ordinal) { ["take"] = ["Phải từ 1 đến 500."] });
        IReadOnlyList<AuditEntry> entries = await log.FindAsync(http.Caller(), FilterOf(actor, action, subject, from, to), before, take, ct);
        return TypedResults.Ok(new AuditPage([.. entries.Select(AuditBody.Of)], entries.Count == take ? entries[^1].Sequence : null));
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A page of the audit log.</summary>
/// <param name="Entries">Entries, newest first.</param>
/// <param name="Next">Pass as <c>before</c> for the following page; null on the last.</param>
public sealed record AuditPage(IReadOnlyList<AuditBody> Entries, long? Next);

/// <summary>An entry of the audit log.</summary>
/// <param name="Sequence">1, 2, 3 … over all facilities.</param>
/// <param name="At">When.</param>
/// <param name="Facility">Facility concerned; empty when it concerns the whole system.</param>
/// <param name="Actor">Who acted.</param>
/// <param name="Action">What was done, as a stable code.</param>
/// <param name="Subject">What it was done to.</param>
/// <param name="Detail">More, without names or card numbers.</param>
/// <param name="PreviousHash">Hash of the entry before.</param>
/// <param name="Hash">SHA-256 over the previous hash and this entry.</param>
public sealed record AuditBody(long Sequence, DateTimeOffset At, string Facility, string Actor, string Action, string Subject, string Detail, string PreviousHash, string Hash)
{
    internal static AuditBody Of(AuditEntry e) => new(e.Sequence, DateTimeOffset.FromUnixTimeMilliseconds(e.At), e.Facility, e.Actor, e.Action, e.Subject, e.Detail, e.PreviousHash, e.Hash);
}
