using System.Text.Json;
using LienThong.Extracts;
using LienThong.Gateway.Access;
using LienThong.Gateway.Checking;
using LienThong.Server.Access;
using LienThong.Server.Api.Intake;
using LienThong.Server.Api.Records;
using LienThong.Server.Hosting;
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
        fields are named as in the decision, values are texts or numbers, and what isn't known yet may be left out; or a visit of the extract model
        (/schemas/visit-1.schema.json), from which the record is built first. At most 8 MiB.
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
        if (type.Contains("json", StringComparison.OrdinalIgnoreCase) && IsVisit(body))
        {
            return await CheckVisitAsync(http, check, body, ct);
        }
        else if (type.Contains("json", StringComparison.OrdinalIgnoreCase))
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
        return done.Visits.Count == 0 ? Nothing(done) : Answer(http, done, []);
    }

    private static IResult Answer(HttpContext http, CheckedPackage done, IReadOnlyList<ExtractProblem> problems) =>
        done.Visits.FirstOrDefault(v => v.Release is null) is { } foreign
            ? ApiResults.Problem(422, "unknown-facility", "Không kiểm tra được", $"Cơ sở «{(foreign.Facility.Length > 20 ? foreign.Facility[..20] : foreign.Facility)}» chưa được khai báo hoặc không thuộc quyền của bạn.")
            : TypedResults.Ok(CheckBody.Of(http.Caller(), done) with { VisitProblems = [.. problems.Select(VisitProblemBody.Of)] });

    /// <summary>Whether the body is a visit of the extract model rather than tables of the standard.</summary>
    private static bool IsVisit(MemoryStream body)
    {
        Utf8JsonReader reader = new(body.GetBuffer().AsSpan(0, (int)body.Length));
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && (reader.ValueTextEquals("visit"u8) || reader.ValueTextEquals("patient"u8)))
                    return true;
            }
        }
        catch (JsonException)
        {
            // Whoever reads it next says what is wrong.
        }
        return false;
    }

    private static async Task<IResult> CheckVisitAsync(HttpContext http, VisitCheck check, MemoryStream body, CancellationToken ct)
    {
        List<VisitReading> readings = [.. VisitJsonReader.Read(body, ExtractLimits.Default).Take(2)];
        if (readings.Count != 1)
            return ApiResults.Problem(422, "one-visit", "Chỉ kiểm tra một lượt khám mỗi lần", "Gửi đúng một lượt khám.");
        VisitReading reading = readings[0];
        if (!reading.IsUsable)
            return Unusable(reading.Problems);
        BuiltVisit built = VisitBuilder.Build(reading.Visit!, BuildOptions.Default with { AllowsOpen = true });
        IReadOnlyList<ExtractProblem> problems = [.. reading.Problems, .. built.Problems];
        if (built.Record is null)
            return Unusable(problems);
        using Record record = built.Record;
        return Answer(http, await check.CheckAsync(http.Caller(), record, reading.Visit!.Facility, ct), problems);
    }

    private static IResult Unusable(IReadOnlyList<ExtractProblem> problems)
    {
        ProblemDetails details = Refusals.Details(422, "visit-refused", "Không lập được hồ sơ từ lượt khám", "Xem «problems», sửa rồi gửi lại.");
        details.Extensions["problems"] = problems.Select(VisitProblemBody.Of).ToList();
        return TypedResults.Problem(details);
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

    /// <summary>What was noted when the record was built from a visit; none of it blocks.</summary>
    public IReadOnlyList<VisitProblemBody> VisitProblems { get; init; } = [];
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
