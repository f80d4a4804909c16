using LienThong.Gateway.Access;
using LienThong.Gateway.Intake;
using LienThong.Server.Access;
using LienThong.Server.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Api.Intake;

/// <summary>Handing packages in.</summary>
internal static class PackageApi
{
    public static void Map(RouteGroupBuilder api, long maxBytes) => api.MapPost("/packages", IngestAsync)
        .RequireAuthorization(Permissions.Ingest).WithTags("Packages").WithMetadata(new RequestSizeLimitAttribute(maxBytes + UploadedFile.Slack))
        .Accepts<Stream>("application/xml", "text/xml", "application/octet-stream", "multipart/form-data")
        .Produces<LedgerBody>().Fails(400, 413, 415, 422)
        .WithSummary("Takes a package in and returns its ledger")
        .WithDescription("The body is the package itself, or multipart/form-data with exactly one file. Good records are stored even when others are not readable.");

    private static async Task<IResult> IngestAsync(
        HttpContext http, IntakeService intake, ServerOptions options, CancellationToken ct, string? fileName = null)
    {
        await using UploadedFile upload = await UploadedFile.OpenAsync(http.Request, fileName, options, ct);
        if (upload.Failure is { } failure)
            return ApiResults.Problem(failure.Status, failure.Code, failure.Title, failure.Detail);
        IntakeReport report = await intake.IngestAsync(upload.Content, upload.Name, http.Caller(), null, ct, upload.Length);
        if (report.Outcome != IntakeOutcome.Refused)
            return TypedResults.Ok(LedgerBody.Of(report));
        bool large = report.Problems.Any(p => p.Code == "INTAKE-SIZE");
        ProblemDetails details = Refusals.Details(
            large ? 413 : 422, large ? "too-large" : "package-refused", "Không nhận được hồ sơ nào trong tệp", "Xem lý do trong «ledger», sửa tệp rồi gửi lại.");
        details.Extensions["ledger"] = LedgerBody.Of(report);
        return TypedResults.Problem(details);
    }
}
