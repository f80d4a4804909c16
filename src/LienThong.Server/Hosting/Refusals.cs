using System.Globalization;
using System.Threading.RateLimiting;
using LienThong.Gateway.Archive;
using LienThong.Server.Pages;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Hosting;

/// <summary>Every answer that isn't what was asked for: problem details for programs, a page for people.</summary>
internal static class Refusals
{
    public const string SignInPath = "/dang-nhap";
    private static readonly string[] ProgramPaths = ["/api", "/openapi", "/schemas", "/health"];

    public static IApplicationBuilder UseFailures(this IApplicationBuilder app) => app
        .UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = FailedAsync, SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException })
        .UseStatusCodePages(context => StatusAsync(context.HttpContext));

    /// <summary>
    /// Answers addresses that lead nowhere before authorization sees them: unknown ones, and the stand-ins routing makes for a wrong method
    /// or content type. Otherwise the closed fallback policy would answer 401 or 403 for them.
    /// </summary>
    public static IApplicationBuilder UseUnknownAddresses(this IApplicationBuilder app) => app.Use((http, next) => http.GetEndpoint() switch
    {
        null => SendAsync(http, StatusCodes.Status404NotFound, "not-found", "Không tìm thấy", "Địa chỉ này không có. Kiểm tra lại đường dẫn."),
        RouteEndpoint => next(http),
        { RequestDelegate: { } standIn } => standIn(http),
        _ => next(http),
    });

    /// <summary>401 for programs; people are taken to the sign-in page and back.</summary>
    public static Task NotSignedInAsync(HttpContext http)
    {
        if (IsApi(http))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return SendAsync(http, StatusCodes.Status401Unauthorized, "sign-in-required", "Chưa đăng nhập", "Gửi kèm «Authorization: Bearer …» với mã truy cập còn hạn.");
        }
        string back = HttpMethods.IsGet(http.Request.Method) ? http.Request.Path + http.Request.QueryString : "/";
        string target = back == "/" ? SignInPath : $"{SignInPath}?ve={Uri.EscapeDataString(back)}";
        if (IsPartial(http))
        {
            // htmx would put the sign-in page into a part of this one.
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers["HX-Redirect"] = target;
            return Task.CompletedTask;
        }
        http.Response.Redirect(target);
        return Task.CompletedTask;
    }

    public static Task ForbiddenAsync(HttpContext http) =>
        SendAsync(http, StatusCodes.Status403Forbidden, "forbidden", "Không có quyền", "Tài khoản của bạn không được dùng chức năng này. Liên hệ người quản trị.");

    public static Task BadFormAsync(HttpContext http) =>
        SendAsync(http, StatusCodes.Status400BadRequest, "bad-form", "Biểu mẫu đã hết hạn", "Tải lại trang rồi thử lại.");

    /// <summary>429 with <c>Retry-After</c> in seconds.</summary>
    public static Task TooManyAsync(HttpContext http, RateLimitLease lease)
    {
        TimeSpan wait = lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan told) ? told : TimeSpan.FromMinutes(1);
        http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return SendAsync(http, StatusCodes.Status429TooManyRequests, "too-many", "Thử quá nhiều lần", "Chờ một phút rồi thử lại.");
    }

    /// <summary>Writes a refusal in the form the caller understands.</summary>
    public static Task SendAsync(HttpContext http, int status, string code, string title, string detail)
    {
        http.Response.StatusCode = status;
        return IsApi(http)
            ? TypedResults.Problem(Details(status, code, title, detail)).ExecuteAsync(http)
            : PageResults.Failure(http, status, title, detail).ExecuteAsync(http);
    }

    /// <summary>Problem details (RFC 9457) with a stable <c>code</c>.</summary>
    public static ProblemDetails Details(int status, string code, string title, string? detail) => new()
    {
        Status = status,
        Title = title,
        Detail = detail,
        Type = $"urn:lienthong:problem:{code}",
        Extensions = { ["code"] = code },
    };

    internal static bool IsApi(HttpContext http) =>
        ProgramPaths.Any(p => http.Request.Path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase));

    internal static bool IsPartial(HttpContext http) => http.Request.Headers.ContainsKey("HX-Request");

    private static Task FailedAsync(HttpContext http)
    {
        if (http.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException bad)
        {
            http.Response.StatusCode = bad.StatusCode;
            return StatusAsync(http);
        }
        if (http.Features.Get<IExceptionHandlerFeature>()?.Error is ArchiveUnavailableException)
        {
            http.Response.Headers.RetryAfter = "30";
            return SendAsync(http, StatusCodes.Status503ServiceUnavailable, "archive-unavailable", "Kho lưu trữ tạm thời không dùng được",
                "Yêu cầu chưa được thực hiện. Thử lại sau ít phút; nếu vẫn lỗi, báo người quản trị xem kho lưu trữ.");
        }
        return SendAsync(http, StatusCodes.Status500InternalServerError, "internal", "Lỗi hệ thống",
            $"Chưa thực hiện được yêu cầu. Thử lại; nếu vẫn lỗi, báo người quản trị mã {http.TraceIdentifier}.");
    }

    private static Task StatusAsync(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status400BadRequest => SendAsync(http, 400, "bad-request", "Yêu cầu không hợp lệ", "Kiểm tra lại tham số và nội dung gửi lên."),
        StatusCodes.Status404NotFound => SendAsync(http, 404, "not-found", "Không tìm thấy", "Địa chỉ không có, hoặc dữ liệu không thuộc quyền của bạn."),
        StatusCodes.Status405MethodNotAllowed => SendAsync(http, 405, "method-not-allowed", "Không hỗ trợ", "Địa chỉ này không nhận phương thức vừa dùng."),
        StatusCodes.Status413PayloadTooLarge => SendAsync(http, 413, "too-large", "Nội dung quá lớn", "Chia nhỏ tệp rồi gửi lại."),
        StatusCodes.Status415UnsupportedMediaType => SendAsync(http, 415, "unsupported-media-type", "Kiểu nội dung không hỗ trợ", "Xem kiểu nội dung trong tài liệu /openapi/v1.json."),
        int status => SendAsync(http, status, "status-" + status, "Không thực hiện được", "Thử lại sau."),
    };
}
