using System.Security.Claims;
using LienThong.Gateway.Access;

namespace LienThong.Server.Access;

/// <summary>A signed-in person or system, as ASP.NET sees it; carries the <see cref="Gateway.Access.Caller"/> use cases ask for.</summary>
internal sealed class CallerIdentity : ClaimsIdentity
{
    public CallerIdentity(OpenAccess access, string scheme)
        : base([new Claim(ClaimTypes.NameIdentifier, access.Caller.UserId), new Claim(ClaimTypes.Name, access.Caller.Name)], scheme) => Access = access;

    /// <summary>The session or bearer token that was shown.</summary>
    public OpenAccess Access { get; }

    public Caller Caller => Access.Caller;

    /// <summary>A copy that keeps the caller: ASP.NET clones identities when it merges schemes.</summary>
    public override ClaimsIdentity Clone() => new CallerIdentity(Access, AuthenticationType!);
}

/// <summary>Finds the caller of a request.</summary>
internal static class CallerOfRequest
{
    /// <summary>Who asks; null when nobody is signed in.</summary>
    public static Caller? FindCaller(this HttpContext http) => (http.User.Identity as CallerIdentity)?.Caller;

    /// <summary>Id of the session or bearer token of a request; empty when nobody is signed in.</summary>
    public static string TokenId(this HttpContext http) => (http.User.Identity as CallerIdentity)?.Access.TokenId ?? "";

    /// <summary>Where a sign-in comes from.</summary>
    public static SignInOrigin Origin(this HttpContext http) => new(http.Connection.RemoteIpAddress?.ToString() ?? "", http.Request.Headers.UserAgent.ToString());

    /// <summary>Who asks, behind an endpoint that demands sign-in.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint lacks its permission.</exception>
    public static Caller Caller(this HttpContext http) =>
        http.FindCaller() ?? throw new InvalidOperationException($"{http.Request.Path} asks for a caller without demanding sign-in.");
}
