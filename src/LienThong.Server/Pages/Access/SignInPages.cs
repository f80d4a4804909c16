using LienThong.Gateway.Access;
using LienThong.Server.Access;
using LienThong.Server.Hosting;
using Microsoft.AspNetCore.Mvc;
using SignInResult = LienThong.Gateway.Access.SignInResult;

namespace LienThong.Server.Pages.Access;

/// <summary>Sign-in and sign-out of people.</summary>
internal static class SignInPages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Refusals.SignInPath, Show).AllowAnonymous();
        app.MapPost(Refusals.SignInPath, SignInAsync).AllowAnonymous().RequireRateLimiting(ServerHost.SignInLimit).DisableAntiforgery();
        app.MapPost("/dang-xuat", SignOutAsync).RequireAuthorization(PermissionPolicies.SignedIn);
    }

    private static IResult Show(HttpContext http, string? ve) =>
        http.FindCaller() is null ? Form(http, null, null, ve) : TypedResults.LocalRedirect(Local(ve));

    private static async Task<IResult> SignInAsync(
        HttpContext http, UserAccounts accounts, [FromForm(Name = "ten")] string? name, [FromForm(Name = "mat-khau")] string? password, [FromForm] string? ve,
        CancellationToken ct)
    {
        // A longer password than anyone types would only keep the hash function busy.
        if (string.IsNullOrWhiteSpace(name) || string.IsNullOrEmpty(password) || name.Length > 100 || password.Length > 200)
            return Form(http, "Nhập tên đăng nhập và mật khẩu.", name, ve, StatusCodes.Status422UnprocessableEntity);
        switch (await accounts.SignInAsync(name, password, ct))
        {
            case SignInResult.SignedIn signedIn:
                SessionCookie.Write(http, signedIn.Token, signedIn.ExpiresAt);
                return TypedResults.LocalRedirect(Local(ve));
            case SignInResult.LockedOut locked:
                return Form(http, $"Sai quá nhiều lần. Thử lại sau {Vi.Time(locked.Until)}.", name, ve, StatusCodes.Status403Forbidden);
            default:
                return Form(http, "Tên đăng nhập hoặc mật khẩu không đúng.", name, ve, StatusCodes.Status403Forbidden);
        }
    }

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

    // Only paths of our own: a link with a foreign address must not lead away after sign-in.
    private static string Local(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal) && !path.Any(char.IsControl) ? path : "/";
}
