using System.Text.Json;
using LienThong.Gateway.Access;
using LienThong.Gateway.Checking;
using LienThong.Server.Access;
using LienThong.Server.Api.Intake;
using LienThong.Server.Api.Records;
using LienThong.Standard;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Api.Checking;

/// <summary>Judging a visit that isn't finished yet.</summary>
internal static class CheckApi
{
    private const int MaxBytes = 8 * 1024 * 1024;

    private const string About = """
        Stateless: nothing is stored. What only makes sense when the visit has ended (totals, NGAY_RA, results, papers, settlement) isn't judged; the
        facility's code lists and its stored records are looked at. The body is a package (XML, any shape that can be handed in, at most 20 records), or JSON
        with the tables of one visit: `{"MACSKCB":"99001","tables":{"XML1":[{"MA_LK":"…","MA_BN":"…"}],"XML3":[{"STT":"1","MA_DICH_VU":"…"}]}}`;
        fields are named as in the decision, values are texts or numbers, and what isn't known yet may be left out. At most 8 MiB.
        """;

    public static void Map(RouteGroupBuilder api, WebApplication app)
    {
        Describe(api.MapPost("/check", HandleAsync));
        Describe(app.MapPost("/api/check", HandleAsync)).ExcludeFromDescription();
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint) => endpoint
        .RequireAuthorization(Permissions.Ingest).WithTags("Check").WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
        .Accepts<Stream>("application/xml", "text/xml", "application/json").Produces<CheckBody>().Fails(400, 413, 415, 422)
        .WithSummary("Judges a visit that isn't finished yet").WithDescription(About.ReplaceLineEndings(" "));

    private static async Task<IResult> HandleAsync(HttpContext http, VisitCheck check, CancellationToken ct)
    {
        string type = http.Request.ContentType ?? "";
        if (!type.Contains("json", StringComparison.OrdinalIgnoreCase) && !type.Contains("xml", StringComparison.OrdinalIgnoreCase))
            return ApiResults.Problem(415, "unsupported-media-type", "Kiểu nội dung không hỗ trợ", "Gửi với Content-Type application/xml hoặc application/json.");
        // The readers work on bytes at hand: one visit is small, and nothing waits while it is judged.
        using MemoryStream body = new();
        await http.Request.Body.CopyToAsync(body, ct);
        body.Position = 0;
        CheckedPackage done;
        if (type.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            if (TablesJson.Read(body, out RecordBuilder builder, out string facility) is { } wrong)
                return ApiResults.Problem(422, "bad-tables", "Không đọc được các bảng", wrong);
            using Record record = builder.Build();
            done = await check.CheckAsync(http.Caller(), record, facility, ct);
        }
        else
        {
            done = await check.CheckAsync(http.Caller(), body, ct);
        }
        if (done.Visits.Count == 0)
            return Nothing(done);
        return done.Visits.FirstOrDefault(v => v.Release is null) is { } foreign
            ? ApiResults.Problem(422, "unknown-facility", "Không kiểm tra được", $"Cơ sở «{(foreign.Facility.Length > 20 ? foreign.Facility[..20] : foreign.Facility)}» chưa được khai báo hoặc không thuộc quyền của bạn.")
            : TypedResults.Ok(CheckBody.Of(http.Caller(), done));
    }

    private static IResult Nothing(CheckedPackage done) => ApiResults.Problem(
        422, "no-record", "Không có hồ sơ nào đọc được", done.Problems.Count > 0 ? $"{done.Problems[0].Message} {done.Problems[0].Fix}" : "Gửi một gói GIAMDINHHS có ít nhất một hồ sơ.");
}

/// <summary>What was said of the visits.</summary>
/// <param name="Visits">In the order of the request.</param>
/// <param name="Problems">What is wrong with the package itself.</param>
public sealed record CheckBody(IReadOnlyList<CheckedVisitBody> Visits, IReadOnlyList<ProblemBody> Problems)
{
    internal static CheckBody Of(Caller caller, CheckedPackage done) => new(
        [.. done.Visits.Select(v => CheckedVisitBody.Of(caller, v))], [.. done.Problems.Select(ProblemBody.Of)]);
}

/// <summary>What was said of a visit.</summary>
/// <param name="MaLk"><c>MA_LK</c>; empty when it has none.</param>
/// <param name="Release">Release of the standard it was judged by.</param>
/// <param name="Blocked">Whether something would block sending.</param>
/// <param name="Findings">Findings, as the command line prints them.</param>
/// <param name="NotChecked">How often a rule could not be judged.</param>
public sealed record CheckedVisitBody(string MaLk, string Release, bool Blocked, IReadOnlyList<FindingBody> Findings, int NotChecked)
{
    internal static CheckedVisitBody Of(Caller caller, CheckedVisit v) => new(
        v.MaLk, v.Release!.Id, v.Findings.Any(f => f.Severity == Severity.Block), [.. v.Findings.Select(f => FindingBody.Of(Sensitive.Shown(caller, f)))], v.NotChecked);
}

/// <summary>Reads the tables of one visit from JSON.</summary>
internal static class TablesJson
{
    /// <summary>Reads them.</summary>
    /// <returns>What is wrong, in Vietnamese; null when nothing is.</returns>
    public static string? Read(Stream body, out RecordBuilder record, out string facility)
    {
        record = new RecordBuilder();
        facility = "";
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("tables", out JsonElement tables) || tables.ValueKind != JsonValueKind.Object)
                return "Nội dung phải là một đối tượng JSON có «tables».";
            if (document.RootElement.TryGetProperty("MACSKCB", out JsonElement code) && code.ValueKind == JsonValueKind.String)
                facility = code.GetString()!.Trim();
            foreach (JsonProperty table in tables.EnumerateObject())
            {
                if (ReadTable(table, record) is { } wrong)
                    return wrong;
            }
            return record.Rows(TableId.Xml1).Count == 0 ? "Thiếu XML1: mỗi lượt khám cần một dòng XML1." : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "Nội dung không phải JSON hợp lệ.";
        }
    }

    private static string? ReadTable(JsonProperty table, RecordBuilder record)
    {
        if (!TableNames.TryParse(table.Name, out TableId id))
            return $"Không có bảng «{Short(table.Name)}» trong chuẩn.";
        if (table.Value.ValueKind != JsonValueKind.Array)
            return $"{table.Name} phải là một mảng các dòng.";
        int position = 0;
        foreach (JsonElement row in table.Value.EnumerateArray())
        {
            position++;
            if (row.ValueKind != JsonValueKind.Object)
                return $"{table.Name}[{position}] phải là một đối tượng «trường: giá trị».";
            RowBuilder built = record.AddRow(id);
            foreach (JsonProperty cell in row.EnumerateObject())
            {
                if (!FieldId.TryParse(id, cell.Name, out FieldId field))
                    return $"{table.Name}[{position}]: không có trường «{Short(cell.Name)}» trong chuẩn.";
                if (cell.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.True or JsonValueKind.False)
                    return $"{table.Name}[{position}].{cell.Name} phải là chuỗi hoặc số.";
                built.Set(field, cell.Value.ValueKind switch
                {
                    JsonValueKind.String => cell.Value.GetString(),
                    JsonValueKind.Number => cell.Value.GetRawText(),
                    _ => "",
                });
            }
        }
        return null;
    }

    private static string Short(string name) => name.Length > 40 ? name[..40] : name;
}
