using LienThong.Gateway.Access;
using LienThong.Gateway.Intake;
using LienThong.Server.Access;
using LienThong.Server.Api.Intake;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Intake;

/// <summary>Handing packages in by hand.</summary>
internal static class UploadPages
{
    private const int MostFiles = 100;

    public static void Map(IEndpointRouteBuilder app, long maxBytes)
    {
        app.MapGet("/tai-len", (HttpContext http) => PageResults.Page<UploadPage>(http, "Tải lên")).RequireAuthorization(Permissions.Ingest);
        app.MapPost("/tai-len", UploadAsync).RequireAuthorization(Permissions.Ingest).DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(maxBytes + UploadedFile.Slack));
    }

    private static async Task<IResult> UploadAsync(HttpContext http, IntakeService intake, CancellationToken ct)
    {
        IFormFileCollection files = (await http.Request.ReadFormAsync(ct)).Files;
        if (files.Count is 0 or > MostFiles)
        {
            string message = files.Count == 0 ? "Chọn ít nhất một tệp XML." : $"Mỗi lần tải lên tối đa {MostFiles} tệp.";
            return PageResults.Page<UploadPage>(http, "Tải lên", StatusCodes.Status422UnprocessableEntity, (nameof(UploadPage.Message), message));
        }
        List<IntakeReport> ledgers = [];
        foreach (IFormFile file in files)
        {
            await using Stream content = file.OpenReadStream();
            ledgers.Add(await intake.IngestAsync(content, UploadedFile.CleanName(file.FileName), http.Caller(), null, ct));
        }
        return PageResults.Page<UploadPage>(http, "Tải lên", (nameof(UploadPage.Ledgers), ledgers));
    }
}
