using System.ComponentModel;
using System.Text.Json;
using LienThong.Gateway.Access;
using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Server.Access;
using LienThong.Server.Api.Records;
using LienThong.Standard;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Api.Deliveries;

/// <summary>Check-ins: handing in, looking, closing.</summary>
internal static class CheckInApi
{
    private const int MostBytes = 1024 * 1024;
    private const int MostRows = 500;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder checkIns = api.MapGroup("/check-ins").WithTags("Check-ins");
        checkIns.MapPost("", TakeAsync).RequireAuthorization(Permissions.Ingest).WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .Accepts<Stream>("application/json", "application/xml", "text/xml").Produces<IReadOnlyList<CheckInTakenBody>>().Fails(400, 413, 415, 422)
            .WithSummary("Takes check-ins in: fields of XML0 as JSON (an object or an array), or the XML document")
            .WithDescription("Each is judged at once. What may go is signed and sent within seconds; the answer's state says what keeps the others. One check-in is sent per MA_LK and kind: a repetition is answered with what is known.");
        checkIns.MapGet("", ListAsync).RequireAuthorization(Permissions.ReadRecords).Produces<PageBody<CheckInView>>().Fails(400)
            .WithSummary("Lists check-ins, newest first, paged by key");
        checkIns.MapGet("/ages", async (CheckInQueries queries, HttpContext http, CancellationToken ct) => TypedResults.Ok(await queries.AgesAsync(http.Caller(), ct)))
            .RequireAuthorization(Permissions.ReadRecords).Produces<IReadOnlyList<CheckInAges>>().Fails().WithSummary("Open check-ins by age, per facility");
        checkIns.MapGet("/settings", async (CheckInQueries queries, HttpContext http, CancellationToken ct) => TypedResults.Ok(await queries.SettingsAsync(http.Caller(), ct)))
            .RequireAuthorization(Permissions.ReadRecords).Produces<IReadOnlyList<CheckInSettings>>().Fails().WithSummary("What facilities decided about their check-ins");
        checkIns.MapPut("/settings", async (CheckInSettings body, CheckInActions actions, HttpContext http, CancellationToken ct) =>
            DeliveryResults.Of(await actions.SetAsync(http.Caller(), body, ct))).RequireAuthorization(Permissions.ManageFacilities).Produces(204).Fails(400, 404, 422)
            .WithSummary("Sets a facility's check-ins: exempt because it only takes samples, ages of warning and alert in minutes");
        checkIns.MapGet("/{id:guid}", async (Guid id, CheckInQueries queries, HttpContext http, CancellationToken ct) =>
            await queries.FindAsync(http.Caller(), id, ct) is { } found ? TypedResults.Ok(CheckInBody.Of(found)) : DeliveryResults.NotFound())
            .RequireAuthorization(Permissions.ReadRecords).Produces<CheckInBody>().Fails(404).WithSummary("One check-in with its findings");
        checkIns.MapPost("/{id:guid}/retry", async (Guid id, CheckInActions actions, HttpContext http, CancellationToken ct) =>
            DeliveryResults.Of(await actions.RetryAsync(http.Caller(), id, ct))).RequireAuthorization(Permissions.Submit).Produces(204).Fails(404, 409)
            .WithSummary("Signs or sends again now");
        checkIns.MapPost("/{id:guid}/close", async (Guid id, ReasonBody body, CheckInActions actions, HttpContext http, CancellationToken ct) =>
            DeliveryResults.Of(await actions.CloseAsync(http.Caller(), id, body.Reason ?? "", ct))).RequireAuthorization(Permissions.Submit).Produces(204).Fails(400, 404, 409, 422)
            .WithSummary("Ends a check-in that won't be sent");
    }

    private static async Task<IResult> TakeAsync(HttpContext http, CheckInDesk desk, CancellationToken ct)
    {
        string type = http.Request.ContentType ?? "";
        IReadOnlyList<CheckInTaken> taken;
        if (type.Contains("xml", StringComparison.OrdinalIgnoreCase))
        {
            using MemoryStream body = new();
            await http.Request.Body.CopyToAsync(body, ct);
            body.Position = 0;
            taken = await desk.TakeXmlAsync(http.Caller(), body, "API", ct);
        }
        else if (type.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            List<RecordBuilder> rows = [];
            if (await ReadAsync(http.Request.Body, rows, ct) is { } wrong)
                return ApiResults.Problem(422, "bad-check-in", "Không đọc được check-in", wrong);
            Record[] records = [.. rows.Select(r => r.Build())];
            try
            {
                taken = await desk.TakeAsync(http.Caller(), records, "API", ct);
            }
            finally
            {
                foreach (Record record in records)
                    record.Dispose();
            }
        }
        else
        {
            return ApiResults.Problem(415, "unsupported-media-type", "Kiểu nội dung không hỗ trợ", "Gửi check-in với Content-Type application/json hoặc application/xml.");
        }
        return taken.All(t => t.State is null)
            ? ApiResults.Problem(422, "bad-check-in", "Không nhận được check-in", string.Join(' ', taken.Select(t => t.Message).Distinct(StringComparer.Ordinal).Take(3)))
            : TypedResults.Ok(taken.Select(CheckInTakenBody.Of));
    }

    /// <summary>Reads the fields of one check-in or many.</summary>
    /// <returns>What is wrong, in Vietnamese; null when nothing is.</returns>
    private static async Task<string?> ReadAsync(Stream body, List<RecordBuilder> rows, CancellationToken ct)
    {
        try
        {
            using JsonDocument json = await JsonDocument.ParseAsync(body, new JsonDocumentOptions { MaxDepth = 8 }, ct);
            IEnumerable<JsonElement> objects = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement.EnumerateArray() : [json.RootElement];
            foreach (JsonElement one in objects)
            {
                if (one.ValueKind != JsonValueKind.Object || rows.Count == MostRows)
                    return $"Gửi một đối tượng, hoặc mảng không quá {MostRows} đối tượng, có các trường của XML0.";
                RecordBuilder row = new();
                row.AddRow(TableId.Xml0);
                foreach (JsonProperty member in one.EnumerateObject())
                {
                    if (!FieldId.TryParse(TableId.Xml0, member.Name, out FieldId field))
                        return $"Check-in thứ {rows.Count + 1}: XML0 không có trường «{(member.Name.Length > 50 ? member.Name[..50] : member.Name)}».";
                    if (member.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.Null))
                        return $"Check-in thứ {rows.Count + 1}: {member.Name} phải là chuỗi hoặc số.";
                    row.Set(field, member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : member.Value.ValueKind == JsonValueKind.Null ? "" : member.Value.GetRawText());
                }
                if (row.Rows(TableId.Xml0)[0][Xml0.STT] is null)
                    row.Set(Xml0.STT, "1");
                rows.Add(row);
            }
            return rows.Count == 0 ? "Không có check-in nào trong nội dung gửi." : null;
        }
        catch (JsonException e)
        {
            return $"Nội dung không phải JSON hợp lệ (dòng {e.LineNumber + 1}).";
        }
    }

    private static async Task<IResult> ListAsync(
        CheckInQueries queries, HttpContext http, CancellationToken ct,
        [Description("Only this group: Waiting, Blocked, Sent, Overtaken, Exempt, Closed.")] string? group = null,
        [Description("Only this MA_LK.")] string? maLk = null,
        [Description("Key of the page before: its `next`.")] string? after = null,
        [Description("Rows, 1–500. Default 50.")] string? take = null)
    {
        Dictionary<string, string[]> errors = new(StringComparer.Ordinal);
        CheckInGroup? only = DeliveryResults.Read<CheckInGroup>("group", group, errors);
        int rows = DeliveryResults.Rows(take, errors);
        if (errors.Count > 0)
            return ApiResults.Invalid(errors);
        Page<CheckInView> page = await queries.ListAsync(http.Caller(), only, maLk, new PageRequest(rows, after), ct);
        return TypedResults.Ok(new PageBody<CheckInView>(page.Items, page.Next, page.Previous));
    }
}

/// <summary>A reason.</summary>
/// <param name="Reason">Why, 1–500 characters.</param>
public sealed record ReasonBody(string? Reason);

/// <summary>What became of a check-in that was handed in.</summary>
/// <param name="Id">Our id; null when it wasn't stored.</param>
/// <param name="MaLk"><c>MA_LK</c>.</param>
/// <param name="Kind"><c>FirstCost</c> or <c>AdmissionFirstCost</c>.</param>
/// <param name="State"><c>Ready</c> or <c>Queued</c>: on its way; <c>Blocked</c>, <c>Unmapped</c>: mend and hand in again; <c>Exempt</c>, <c>Overtaken</c>, <c>Closed</c>: not sent. Null when it wasn't stored.</param>
/// <param name="Same">It was known, or sent already.</param>
/// <param name="Message">What keeps it, in Vietnamese; empty when nothing does.</param>
/// <param name="Findings">What the rules say.</param>
public sealed record CheckInTakenBody(Guid? Id, string MaLk, CheckInKind? Kind, CheckInState? State, bool Same, string Message, IReadOnlyList<CheckInFindingBody> Findings)
{
    internal static CheckInTakenBody Of(CheckInTaken t) => new(t.Id, t.MaLk, t.Kind, t.State, t.Same, t.Message, [.. t.Findings.Select(CheckInFindingBody.Of)]);
}

/// <summary>A check-in with its findings.</summary>
/// <param name="CheckIn">The check-in.</param>
/// <param name="Findings">What the rules say.</param>
public sealed record CheckInBody(CheckInView CheckIn, IReadOnlyList<CheckInFindingBody> Findings)
{
    internal static CheckInBody Of(CheckInDetail d) => new(d.CheckIn, [.. d.Findings.Select(CheckInFindingBody.Of)]);
}

/// <summary>A finding of a check-in.</summary>
/// <param name="Rule">Rule code.</param>
/// <param name="Severity"><c>block</c>, <c>warn</c> or <c>info</c>.</param>
/// <param name="Field">Field of XML0; empty when none is meant.</param>
/// <param name="Value">Text as received.</param>
/// <param name="Message">What is wrong, in Vietnamese.</param>
/// <param name="Fix">What to do, in Vietnamese.</param>
/// <param name="LegalBasis">Where it is written.</param>
public sealed record CheckInFindingBody(string Rule, string Severity, string Field, string Value, string Message, string Fix, string LegalBasis)
{
    internal static CheckInFindingBody Of(StoredFinding f) => new(f.Rule, f.Severity.ToString().ToLowerInvariant(), f.Field, f.Value, f.Message, f.Fix, f.LegalBasis);
}
