namespace LienThong.Server.Access;

/// <summary>The cookie that holds a session token: out of reach of scripts, not sent along from other sites.</summary>
internal static class SessionCookie
{
    private const string Name = "lienthong";

    public static string? Read(HttpRequest request) =>
        request.Cookies.TryGetValue(Name, out string? token) && token is { Length: > 0 and <= 200 } ? token : null;

    public static void Write(HttpContext http, string token, DateTimeOffset expires) => http.Response.Cookies.Append(Name, token, Options(http, expires));

    public static void Remove(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http, null));

    private static CookieOptions Options(HttpContext http, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = "/",
        Expires = expires,
        IsEssential = true,
    };
}
