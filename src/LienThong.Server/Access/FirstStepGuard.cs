using LienThong.Gateway.Access;
using LienThong.Server.Hosting;

namespace LienThong.Server.Access;

/// <summary>Marks endpoints that work before somebody changed a password they were given, or set up a second factor they need.</summary>
internal sealed class BeforeFirstStep
{
    public static BeforeFirstStep Mark { get; } = new();
}

/// <summary>Whoever still has a first step to take gets to their own account and nowhere else.</summary>
internal static class FirstStepGuard
{
    public const string AccountPath = "/tai-khoan";

    public static IApplicationBuilder UseFirstStep(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.User.Identity is not CallerIdentity { Access.FirstStep: not FirstStep.None and var step } || http.GetEndpoint()?.Metadata.GetMetadata<BeforeFirstStep>() is not null)
            return next(http);
        if (Refusals.IsApi(http))
        {
            return step == FirstStep.ChangePassword
                ? Refusals.SendAsync(http, StatusCodes.Status403Forbidden, "password-change-required", "Phải đổi mật khẩu", "Đổi mật khẩu ở /api/v1/me/password hoặc trang «Tài khoản của tôi», rồi gọi lại.")
                : Refusals.SendAsync(http, StatusCodes.Status403Forbidden, "second-factor-required", "Phải thiết lập xác thực hai bước", "Thiết lập ở trang «Tài khoản của tôi», rồi gọi lại.");
        }
        if (Refusals.IsPartial(http))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            http.Response.Headers["HX-Redirect"] = AccountPath;
            return Task.CompletedTask;
        }
        http.Response.Redirect(AccountPath);
        return Task.CompletedTask;
    });
}
