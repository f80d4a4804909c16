using LienThong.Gateway.Access;
using LienThong.Gateway.Doctor;
using LienThong.Gateway.Facilities;
using LienThong.Server.Access;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Facilities;

/// <summary>Checks of accounts at the portal, and the list of its result codes.</summary>
internal static class DoctorPages
{
    /// <summary>Part that htmx asks for again while a check runs.</summary>
    public const string Target = "ket-qua";

    /// <summary>Address of the page.</summary>
    public const string Path = "/kiem-tra-tai-khoan";

    private const int Kept = 10;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, ListAsync).RequireAuthorization(Permissions.Operate);
        app.MapPost(Path + "/{code}", StartAsync).RequireAuthorization(Permissions.Operate).DisableAntiforgery();
        app.MapGet(Path + "/{code}", ShowAsync).RequireAuthorization(Permissions.Operate);
        app.MapGet("/ma-ket-qua", (ResultCodeBook book, HttpContext http) => PageResults.Page<ResultCodePage>(http, "Mã kết quả của Cổng", (nameof(ResultCodePage.Book), book)))
            .RequireAuthorization(Permissions.ReadSubmissions);
    }

    /// <summary>A status' name.</summary>
    public static string NameOf(DoctorStatus status) => status switch
    {
        DoctorStatus.Ok => "Đạt",
        DoctorStatus.Warning => "Cần xem",
        DoctorStatus.Failed => "Không đạt",
        _ => "Chưa thử",
    };

    /// <summary>Its colour.</summary>
    public static string ColourOf(DoctorStatus status) => status switch
    {
        DoctorStatus.Ok => "green",
        DoctorStatus.Warning => "orange",
        DoctorStatus.Failed => "red",
        _ => "secondary",
    };

    private static async Task<IResult> ListAsync(FacilitySettings facilities, AccountDoctor doctor, HttpContext http, CancellationToken ct)
    {
        Caller caller = http.Caller();
        List<(FacilityView Facility, DoctorReport? Last)> rows = [];
        foreach (FacilityView facility in await facilities.ListAsync(caller, ct))
            rows.Add((facility, await doctor.ListAsync(caller, facility.Facility, 1, ct) is [var last, ..] ? last : null));
        return PageResults.Page<DoctorListPage>(http, "Kiểm tra tài khoản Cổng", (nameof(DoctorListPage.Rows), rows));
    }

    private static async Task<IResult> StartAsync(
        string code, AccountDoctor doctor, FacilitySettings facilities, ILoggerFactory loggers, IHostApplicationLifetime life, HttpContext http, CancellationToken ct,
        [FromForm(Name = "dao-tao")] string? training = null)
    {
        Uri? address = null;
        if (!string.IsNullOrWhiteSpace(training) && !Uri.TryCreate(training.Trim(), UriKind.Absolute, out address))
            return await PageAsync(code, doctor, facilities, http, "Địa chỉ Cổng đào tạo phải ở dạng https://…", ct);
        // It goes on when the browser goes away; the page asks for what has ended so far.
        switch (await doctor.StartAsync(http.Caller(), code, address, null, life.ApplicationStopping))
        {
            case DoctorStart.Running running:
                _ = running.Report.ContinueWith(
                    failed => loggers.CreateLogger(typeof(DoctorPages)).LogError(failed.Exception, "The check {Id} of an account ended early", running.Id),
                    CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
                return TypedResults.LocalRedirect($"{Path}/{Uri.EscapeDataString(code)}");
            case DoctorStart.Refused refused:
                return await PageAsync(code, doctor, facilities, http, refused.Message, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static Task<IResult> ShowAsync(string code, AccountDoctor doctor, FacilitySettings facilities, HttpContext http, CancellationToken ct) =>
        PageAsync(code, doctor, facilities, http, null, ct);

    private static async Task<IResult> PageAsync(string code, AccountDoctor doctor, FacilitySettings facilities, HttpContext http, string? refused, CancellationToken ct)
    {
        Caller caller = http.Caller();
        if (await facilities.FindAsync(caller, code, ct) is not { } facility)
            return PageResults.Failure(http, 404, "Không tìm thấy cơ sở", "Cơ sở không có, hoặc không thuộc quyền của bạn.");
        IReadOnlyList<DoctorReport> reports = await doctor.ListAsync(caller, code, Kept, ct);
        if (PageResults.WantsPart(http, Target) && reports.Count > 0)
            return PageResults.Part<DoctorPart>(http, (nameof(DoctorPart.Report), reports[0]));
        return PageResults.Page<DoctorPage>(http, "Kiểm tra tài khoản Cổng", refused is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
            (nameof(DoctorPage.Facility), facility), (nameof(DoctorPage.Reports), reports), (nameof(DoctorPage.Refused), refused));
    }
}
