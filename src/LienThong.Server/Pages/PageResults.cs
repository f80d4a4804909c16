using LienThong.Gateway.Access;
using LienThong.Server.Access;
using LienThong.Server.Hosting;
using LienThong.Server.Pages.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LienThong.Server.Pages;

/// <summary>What every component of a page may need to know of the request.</summary>
/// <param name="Caller">Who looks; null before sign-in.</param>
/// <param name="Path">Path of the page, to mark it in the menu.</param>
/// <param name="Csrf">Token that forms must carry.</param>
/// <param name="Now">Moment of the request.</param>
public sealed record Frame(Caller? Caller, string Path, string Csrf, DateTimeOffset Now)
{
    /// <summary>Whether the one who looks has the permission.</summary>
    public bool May(string permission) => Caller?.May(permission) == true;
}

/// <summary>Renders components as whole pages or, for htmx, as parts of one.</summary>
internal static class PageResults
{
    /// <summary>A whole page.</summary>
    public static RazorComponentResult Page<T>(HttpContext http, string title, int status, params (string Name, object? Value)[] parameters)
        where T : IComponent => Render<T>(http, title, bare: false, status, parameters);

    /// <summary>A whole page, answered with 200.</summary>
    public static RazorComponentResult Page<T>(HttpContext http, string title, params (string Name, object? Value)[] parameters)
        where T : IComponent => Render<T>(http, title, bare: false, StatusCodes.Status200OK, parameters);

    /// <summary>A part that htmx puts into the page that is there.</summary>
    public static RazorComponentResult Part<T>(HttpContext http, params (string Name, object? Value)[] parameters)
        where T : IComponent => Render<T>(http, "", bare: true, StatusCodes.Status200OK, parameters);

    /// <summary>A page that says what went wrong and what to do.</summary>
    public static RazorComponentResult Failure(HttpContext http, int status, string title, string detail) =>
        Render<FailurePage>(http, title, Refusals.IsPartial(http), status, [(nameof(FailurePage.Title), title), (nameof(FailurePage.Detail), detail)]);

    /// <summary>Whether htmx asked for this part of the page.</summary>
    public static bool WantsPart(HttpContext http, string target) =>
        Refusals.IsPartial(http) && http.Request.Headers["HX-Target"] == target && !http.Request.Headers.ContainsKey("HX-History-Restore-Request");

    private static RazorComponentResult Render<T>(HttpContext http, string title, bool bare, int status, (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        Dictionary<string, object?> own = new(StringComparer.Ordinal);
        foreach ((string name, object? value) in parameters)
            own[name] = value;
        // The same address answers with a page or a part of it: caches and the back button must not mix them up.
        http.Response.Headers.Vary = "HX-Request, HX-Target";
        string csrf = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http).RequestToken ?? "";
        Frame frame = new(http.FindCaller(), http.Request.Path, csrf, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        Dictionary<string, object?> shell = new(StringComparer.Ordinal)
        {
            [nameof(Shell.Frame)] = frame,
            [nameof(Shell.Title)] = title,
            [nameof(Shell.Bare)] = bare,
            [nameof(Shell.Body)] = typeof(T),
            [nameof(Shell.Parameters)] = own,
        };
        return new RazorComponentResult(typeof(Shell), shell) { StatusCode = status, PreventStreamingRendering = true };
    }
}
