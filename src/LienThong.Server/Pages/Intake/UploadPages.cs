using LienThong.Gateway.Access;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Intake.Tables;
using LienThong.Gateway.Intake.Visits;
using LienThong.Server.Access;
using LienThong.Server.Api.Intake;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Intake;

/// <summary>Handing packages and visits in by hand.</summary>
internal static class UploadPages
{
    private const int MostFiles = 100;

    public static void Map(IEndpointRouteBuilder app, long maxBytes)
    {
        app.MapGet("/tai-len", (HttpContext http) => PageResults.Page<UploadPage>(http, "Tải lên")).RequireAuthorization(Permissions.Ingest);
        app.MapPost("/tai-len", UploadAsync).RequireAuthorization(Permissions.Ingest).DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(maxBytes + UploadedFile.Slack));
        app.MapGet("/tai-len/{id:guid}", LedgerAsync).RequireAuthorization(Permissions.Ingest);
        app.MapGet("/tai-len/" + ExcelTemplate.FileName, VisitApi.Template).RequireAuthorization(Permissions.Ingest);
    }

    private static async Task<IResult> UploadAsync(HttpContext http, IntakeService packages, VisitIntake visits, TableIntake tables, CancellationToken ct)
    {
        IFormFileCollection files = (await http.Request.ReadFormAsync(ct)).Files;
        if (files.Count is 0 or > MostFiles)
        {
            string message = files.Count == 0 ? "Chọn ít nhất một tệp." : $"Mỗi lần tải lên tối đa {MostFiles} tệp.";
            return PageResults.Page<UploadPage>(http, "Tải lên", StatusCodes.Status422UnprocessableEntity, (nameof(UploadPage.Message), message));
        }
        List<IntakeReport> ledgers = [];
        foreach (IFormFile file in files)
        {
            await using Stream content = file.OpenReadStream();
            string name = UploadedFile.CleanName(file.FileName);
            byte[] head = await HeadAsync(content, ct);
            ledgers.Add(
                VisitIntake.LooksLikeJson(head) ? await visits.IngestJsonAsync(content, name, http.Caller(), ct)
                : TableIntake.LooksLikeBook(head) ? await tables.IngestBookAsync(name, file.OpenReadStream, http.Caller(), ct)
                : await packages.IngestAsync(content, name, http.Caller(), null, ct));
        }
        return PageResults.Page<UploadPage>(http, "Tải lên", (nameof(UploadPage.Ledgers), ledgers));
    }

    private static async Task<IResult> LedgerAsync(Guid id, Ledgers ledgers, HttpContext http, CancellationToken ct) =>
        await ledgers.FindAsync(http.Caller(), id, ct) is { } report
            ? PageResults.Page<LedgerPage>(http, report.FileName, (nameof(LedgerPage.Report), report))
            : PageResults.Failure(http, 404, "Không tìm thấy tệp", "Tệp không có, chưa nhận xong, hoặc không thuộc cơ sở của bạn.");

    // What a file is, its first bytes say; its name may say anything.
    private static async Task<byte[]> HeadAsync(Stream content, CancellationToken ct)
    {
        byte[] head = new byte[256];
        int read = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        content.Position = 0;
        return head[..read];
    }
}
