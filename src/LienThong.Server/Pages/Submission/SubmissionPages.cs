using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Records;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Server.Access;
using LienThong.Server.Api.Submission;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Submission;

/// <summary>Queue, calls to the portal and receipts; how each facility sends.</summary>
internal static class SubmissionPages
{
    private const string Path = "/gui-cong";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, (HttpContext http, SubmissionPageData data, CancellationToken ct, string? outcome = null, string? after = null, [FromQuery(Name = "da")] string? done = null) =>
            PageAsync(http, data, outcome, after, MessageOf(done), refused: false, ct)).RequireAuthorization(Permissions.ReadSubmissions);
        app.MapPost(Path + "/{facility}/dung", (string facility, HttpContext http, SubmissionPageData data, CancellationToken ct, [FromForm(Name = "ly-do")] string? reason = null) =>
            ChangedAsync(http, data, data.Facilities.StopAsync(http.Caller(), facility, reason ?? "", ct), "dung", ct)).RequireAuthorization(Permissions.Submit).DisableAntiforgery();
        app.MapPost(Path + "/{facility}/tiep-tuc", (string facility, HttpContext http, SubmissionPageData data, CancellationToken ct) =>
            ChangedAsync(http, data, data.Facilities.ResumeAsync(http.Caller(), facility, ct), "tiep", ct)).RequireAuthorization(Permissions.Submit).DisableAntiforgery();
        app.MapPost(Path + "/{facility}/thu-lai", RetryAsync).RequireAuthorization(Permissions.Submit).DisableAntiforgery();
        app.MapPost(Path + "/{facility}/toc-do", PaceAsync).RequireAuthorization(Permissions.ManageFacilities).DisableAntiforgery();
        app.MapPost(Path + "/{facility}/tai-khoan", (
            string facility, HttpContext http, SubmissionPageData data, CancellationToken ct, [FromForm(Name = "dia-chi")] string? address = null,
            [FromForm(Name = "ten")] string? user = null, [FromForm(Name = "mat-khau")] string? password = null) =>
            ChangedAsync(http, data, data.Facilities.SetPortalAccountAsync(http.Caller(), facility, address, user, password, ct), "tai-khoan", ct))
            .RequireAuthorization(Permissions.ManageFacilities).DisableAntiforgery();
    }

    private static string? MessageOf(string? done) => done switch
    {
        "dung" => "Đã dừng. Lượt đang gửi vẫn chạy đến hết.",
        "tiep" => "Đã cho gửi tiếp.",
        "toc-do" => "Đã lưu tốc độ gửi.",
        "tai-khoan" => "Đã lưu tài khoản Cổng; lượt gửi tới dùng tài khoản này.",
        _ => null,
    };

    private static async Task<IResult> PaceAsync(
        string facility, HttpContext http, SubmissionPageData data, CancellationToken ct, [FromForm(Name = "luot")] string? parallel = null, [FromForm(Name = "phut")] string? perMinute = null)
    {
        int? limit = string.IsNullOrWhiteSpace(perMinute) ? null : int.TryParse(perMinute, out int minute) ? minute : 0;
        return await ChangedAsync(http, data, data.Facilities.SetPaceAsync(http.Caller(), facility, int.TryParse(parallel, out int calls) ? calls : 0, limit, ct), "toc-do", ct);
    }

    private static async Task<IResult> RetryAsync(string facility, HttpContext http, SubmissionPageData data, RecordActions actions, CancellationToken ct)
    {
        RetriedItems result = await actions.RetrySetAsideAsync(http.Caller(), facility, ct);
        string message = $"Đã đưa lại {Vi.Count(result.Retried)} hồ sơ vào hàng đợi."
            + (result.Unknown > 0 ? $" {Vi.Count(result.Unknown)} hồ sơ không rõ kết quả: mở từng hồ sơ hoặc đối soát rồi quyết định gửi lại." : "");
        return await PageAsync(http, data, null, null, message, refused: false, ct);
    }

    private static async Task<IResult> ChangedAsync(HttpContext http, SubmissionPageData data, Task<SettingResult> change, string done, CancellationToken ct)
    {
        SettingResult result = await change;
        return result.Ok ? TypedResults.LocalRedirect($"{Path}?da={done}") : await PageAsync(http, data, null, null, result.Message, refused: true, ct);
    }

    private static async Task<IResult> PageAsync(HttpContext http, SubmissionPageData data, string? outcome, string? after, string? message, bool refused, CancellationToken ct)
    {
        Caller caller = http.Caller();
        string? only = SubmissionApi.Outcomes.Contains(outcome, StringComparer.Ordinal) ? outcome : null;
        return PageResults.Page<SubmissionPage>(http, "Gửi cổng", refused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            (nameof(SubmissionPage.Message), message),
            (nameof(SubmissionPage.Refused), refused),
            (nameof(SubmissionPage.Calls), await data.Records.SubmissionsAsync(caller, only, new PageRequest(50, after), ct)),
            (nameof(SubmissionPage.Outcome), only),
            (nameof(SubmissionPage.First), after is null),
            (nameof(SubmissionPage.Queue), await data.Queue.ListAsync(caller, 50, ct)),
            (nameof(SubmissionPage.Waiting), await data.Queue.CountAsync(caller, ct)),
            (nameof(SubmissionPage.States), await data.Records.CountAsync(caller, ct)),
            (nameof(SubmissionPage.Keys), await data.Keys.ListAsync(caller, ct)),
            (nameof(SubmissionPage.Facilities), await data.Facilities.ListAsync(caller, ct)));
    }
}

/// <summary>Where the page reads.</summary>
internal sealed record SubmissionPageData(RecordQueries Records, QueueQueries Queue, FacilitySettings Facilities, SigningKeys Keys);
