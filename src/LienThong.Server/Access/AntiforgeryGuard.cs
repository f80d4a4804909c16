using LienThong.Server.Hosting;
using Microsoft.AspNetCore.Antiforgery;

namespace LienThong.Server.Access;

/// <summary>Every change asked for with a cookie must carry a token of our own pages. Bearer tokens can't be sent by a foreign page.</summary>
internal static class AntiforgeryGuard
{
    public const string FormField = "csrf";
    public const string Header = "X-CSRF-TOKEN";

    public static IApplicationBuilder UseAntiforgeryGuard(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (Changes(http.Request.Method) && http.User.Identity?.AuthenticationType != Schemes.Bearer)
        {
            IAntiforgery antiforgery = http.RequestServices.GetRequiredService<IAntiforgery>();
            if (!await IsValidAsync(antiforgery, http))
            {
                await Refusals.BadFormAsync(http);
                return;
            }
        }
        await next(http);
    });

    private static bool Changes(string method) =>
        !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method));

    private static async Task<bool> IsValidAsync(IAntiforgery antiforgery, HttpContext http)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(http);
        }
        catch (InvalidDataException)
        {
            // A form over its limits: without its token it is as good as foreign.
            return false;
        }
    }
}
