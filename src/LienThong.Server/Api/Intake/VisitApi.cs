using LienThong.Extracts;
using LienThong.Gateway.Access;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Intake.Tables;
using LienThong.Gateway.Reports.Findings;
using LienThong.Server.Access;
using LienThong.Server.Hosting;
using LienThong.Standard;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Api.Intake;

/// <summary>Handing visits of the extract model in.</summary>
internal static class VisitApi
{
    private const string About = """
        The body follows /schemas/visit-1.schema.json. The record is built by the release in force on NGAY_RA, judged and stored as those of packages are.
        With the header Idempotency-Key the same request can be repeated: it gets the same answer for at least 24 hours; the key with another body is
        answered with 409.
        """;

    public static void Map(RouteGroupBuilder api, WebApplication app, long maxBytes)
    {
        Single(api.MapPost("/visits", PostAsync));
        Single(app.MapPost("/api/visits", PostAsync)).ExcludeFromDescription();
        Batch(api.MapPost("/visits/batch", PostBatchAsync), maxBytes);
        Batch(app.MapPost("/api/visits/batch", PostBatchAsync), maxBytes).ExcludeFromDescription();
        app.MapGet("/schemas/visit-1.schema.json", Schema).AllowAnonymous().WithTags("Visits").Produces<string>(contentType: "application/schema+json")
            .WithSummary("JSON Schema of a visit");
        api.MapGet("/visits/template.xlsx", Template).RequireAuthorization(Permissions.Ingest).WithTags("Visits").Produces<string>(contentType: ExcelFindings.ContentType).Fails()
            .WithSummary("Excel template that small clinics fill in");
        api.MapGet("/files/{id:guid}", LedgerAsync).RequireAuthorization(Permissions.Ingest).WithTags("Packages").Produces<LedgerBody>().Fails(404)
            .WithSummary("The ledger of a file or batch that was taken in");
    }

    private static RouteHandlerBuilder Single(RouteHandlerBuilder endpoint) => endpoint
        .RequireAuthorization(Permissions.Ingest).WithTags("Visits").WithMetadata(new RequestSizeLimitAttribute(ExtractLimits.Default.MaxVisitBytes))
        .Accepts<Stream>("application/json").Produces<VisitResultBody>().Produces<VisitResultBody>(201).Fails(400, 409, 413, 415, 422)
        .WithSummary("Takes one visit in").WithDescription(About.ReplaceLineEndings(" "));

    private static RouteHandlerBuilder Batch(RouteHandlerBuilder endpoint, long maxBytes) => endpoint
        .RequireAuthorization(Permissions.Ingest).WithTags("Visits").WithMetadata(new RequestSizeLimitAttribute(maxBytes))
        .Accepts<Stream>("application/json", "application/x-ndjson").Produces<VisitBatchBody>(207).Fails(400, 409, 413, 415, 422)
        .WithSummary("Takes many visits in: an array, or one after the other (NDJSON)")
        .WithDescription(About.ReplaceLineEndings(" ") + " Every visit is answered for itself, in order; what can't be read of one doesn't cost the others.");

    /// <summary>The Excel template, with the code lists of today.</summary>
    public static IResult Template(TimeProvider time)
    {
        using var book = new MemoryStream();
        ExcelTemplate.Write(book, time.GetUtcNow().VietnamDay());
        return TypedResults.File(book.ToArray(), ExcelFindings.ContentType, ExcelTemplate.FileName);
    }

    private static Task<IResult> PostAsync(HttpContext http, VisitRequests requests, CancellationToken ct) => requests.HandleAsync(http, isSingle: true, Answer, ct);

    private static Task<IResult> PostBatchAsync(HttpContext http, VisitRequests requests, CancellationToken ct) => requests.HandleAsync(http, isSingle: false, AnswerBatch, ct);

    private static (int Status, object Body) Answer(IntakeReport report)
    {
        if (report.Records is not [IntakeRecord only])
            return Refusal(422, "no-visit", "Không có lượt khám nào", "Gửi một lượt khám theo lược đồ /schemas/visit-1.schema.json.", report);
        VisitResultBody body = VisitResultBody.Of(only);
        return only.Verdict == IntakeVerdict.Refused
            ? Refusal(422, "visit-refused", "Không nhận được lượt khám", only.Message.Length > 0 ? only.Message : "Xem «problems».", report)
            : (body.Status, body);
    }

    private static (int Status, object Body) AnswerBatch(IntakeReport report) =>
        report.Problems.Any(p => p.Code == "INTAKE-SIZE") ? Refusal(413, "too-large", "Nội dung quá lớn", "Chia nhỏ rồi gửi lại.", report)
        : report.Built == 0 && report.Records.All(r => r.MaLk.Length == 0) ? Refusal(422, "no-visit", "Không có lượt khám nào đọc được", "Xem «items», sửa nội dung rồi gửi lại.", report)
        : (StatusCodes.Status207MultiStatus, VisitBatchBody.Of(report));

    private static (int Status, object Body) Refusal(int status, string code, string title, string detail, IntakeReport report)
    {
        ProblemDetails details = Refusals.Details(status, code, title, detail);
        IReadOnlyList<VisitResultBody> items = [.. report.Records.Select(VisitResultBody.Of)];
        details.Extensions["problems"] = items.Count == 1 ? items[0].Problems : [];
        details.Extensions["items"] = items;
        return (status, details);
    }

    private static IResult Schema() => TypedResults.Bytes(VisitSchemaText.Value, "application/schema+json; charset=utf-8");

    private static async Task<IResult> LedgerAsync(Guid id, Ledgers ledgers, HttpContext http, CancellationToken ct) =>
        await ledgers.FindAsync(http.Caller(), id, ct) is { } report
            ? TypedResults.Ok(LedgerBody.Of(report))
            : ApiResults.Problem(404, "no-such-file", "Không tìm thấy tệp", "Tệp không có, chưa nhận xong, hoặc không thuộc cơ sở của bạn.");

    private static class VisitSchemaText
    {
        public static readonly byte[] Value = VisitSchema.Write();
    }
}
