using System.Threading.RateLimiting;
using LienThong.Gateway.Access;
using LienThong.Server.Access;
using LienThong.Server.Hosting;
using Microsoft.AspNetCore.Mvc;
using SignInResult = LienThong.Gateway.Access.SignInResult;

namespace LienThong.Server.Pages.Access;

/// <summary>Sign-in and sign-out of people.</summary>
internal static class SignInPages
{
    private const string CodePath = Refusals.SignInPath + "/ma";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Refusals.SignInPath, Show).AllowAnonymous();
        app.MapPost(Refusals.SignInPath, SignInAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn).DisableAntiforgery();
        app.MapGet(CodePath, ShowCodeAsync).AllowAnonymous();
        app.MapPost(CodePath, ContinueAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn).DisableAntiforgery();
        app.MapPost("/dang-xuat", SignOutAsync).RequireAuthorization(PermissionPolicies.SignedIn).WithMetadata(BeforeFirstStep.Mark);
    }

    private static IResult Show(HttpContext http, string? ve) =>
        http.FindCaller() is null ? Form(http, null, null, ve) : TypedResults.LocalRedirect(Local(ve));

    private static async Task<IResult> SignInAsync(
        HttpContext http, SignInDesk desk, RateLimits limits, [FromForm(Name = "ten")] string? name, [FromForm(Name = "mat-khau")] string? password, [FromForm] string? ve,
        CancellationToken ct)
    {
        // A longer password than anyone types would only keep the hash function busy.
        if (string.IsNullOrWhiteSpace(name) || string.IsNullOrEmpty(password) || name.Length > 100 || password.Length > 200)
            return Form(http, "Nhập tên đăng nhập và mật khẩu.", name, ve, StatusCodes.Status422UnprocessableEntity);
        using RateLimitLease lease = limits.TryName(name);
        if (!lease.IsAcquired)
        {
            await Refusals.TooManyAsync(http, lease);
            return TypedResults.Empty;
        }
        SignInResult result = await desk.SignInAsync(name, password, http.Origin(), ct);
        if (result is SignInResult.NeedsCode code)
        {
            SessionCookie.Write(http, code.Token, code.ExpiresAt);
            return TypedResults.LocalRedirect($"{CodePath}?ve={Uri.EscapeDataString(Local(ve))}");
        }
        return Opened(http, result, ve) ?? Form(http, Refusal(result), name, ve, StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> ShowCodeAsync(HttpContext http, SignInDesk desk, string? ve, CancellationToken ct) =>
        SessionCookie.Read(http.Request) is { } token && await desk.IsPendingAsync(token, ct) ? CodeForm(http, null, ve) : TypedResults.LocalRedirect(Refusals.SignInPath);

    private static async Task<IResult> ContinueAsync(HttpContext http, SignInDesk desk, [FromForm(Name = "ma")] string? code, [FromForm] string? ve, CancellationToken ct)
    {
        if (SessionCookie.Read(http.Request) is not { } token)
            return TypedResults.LocalRedirect(Refusals.SignInPath);
        if (string.IsNullOrWhiteSpace(code) || code.Length > 50)
            return CodeForm(http, "Nhập mã.", ve, StatusCodes.Status422UnprocessableEntity);
        if (await desk.ContinueAsync(token, code, http.Origin(), ct) is not { } result)
            return Form(http, "Đã quá thời gian nhập mã. Đăng nhập lại.", null, ve, StatusCodes.Status403Forbidden);
        return Opened(http, result, ve) ?? CodeForm(http, result is SignInResult.Refused ? "Mã không đúng hoặc đã dùng." : Refusal(result), ve, StatusCodes.Status403Forbidden);
    }

    private static IResult? Opened(HttpContext http, SignInResult result, string? back)
    {
        if (result is not SignInResult.SignedIn signedIn)
            return null;
        SessionCookie.Write(http, signedIn.Token, signedIn.ExpiresAt);
        return TypedResults.LocalRedirect(Local(back));
    }

    private static string Refusal(SignInResult result) => result switch
    {
        SignInResult.LockedOut locked => $"Sai quá nhiều lần. Thử lại sau {Vi.Time(locked.Until)}.",
        SignInResult.NoRole => "Mật khẩu đúng, nhưng tài khoản chưa được cấp vai trò trong LienThong. Nhờ người quản trị thêm vào nhóm.",
        SignInResult.DirectoryDown => "Không liên lạc được với danh bạ (LDAP) của đơn vị. Thử lại sau; tài khoản riêng của LienThong vẫn đăng nhập được.",
        _ => "Tên đăng nhập hoặc mật khẩu không đúng.",
    };

    private static async Task<IResult> SignOutAsync(HttpContext http, UserAccounts accounts, CancellationToken ct)
    {
        if (SessionCookie.Read(http.Request) is { } token)
            await accounts.SignOutAsync(token, ct);
        SessionCookie.Remove(http);
        return TypedResults.LocalRedirect(Refusals.SignInPath);
    }

    private static IResult Form(HttpContext http, string? message, string? name, string? back, int status = StatusCodes.Status200OK) =>
        PageResults.Page<SignInPage>(http, "Đăng nhập", status,
            (nameof(SignInPage.Message), message), (nameof(SignInPage.Name), name), (nameof(SignInPage.Back), Local(back)));

    private static IResult CodeForm(HttpContext http, string? message, string? back, int status = StatusCodes.Status200OK) =>
        PageResults.Page<CodePage>(http, "Xác thực hai bước", status, (nameof(CodePage.Message), message), (nameof(CodePage.Back), Local(back)));

    // Only paths of our own: a link with a foreign address must not lead away after sign-in.
    private static string Local(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal) && !path.Any(char.IsControl) ? path : "/";
}
