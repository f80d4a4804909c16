using System.Security.Claims;
using LienThong.Gateway.Access;

namespace LienThong.Server.Access;

/// <summary>A signed-in person or system, as ASP.NET sees it; carries the <see cref="Gateway.Access.Caller"/> use cases ask for.</summary>
internal sealed class CallerIdentity : ClaimsIdentity
{
    public CallerIdentity(Caller caller, string scheme)
        : base([new Claim(ClaimTypes.NameIdentifier, caller.UserId), new Claim(ClaimTypes.Name, caller.Name)], scheme) => Caller = caller;

    public Caller Caller { get; }

    /// <summary>A copy that keeps the caller: ASP.NET clones identities when it merges schemes.</summary>
    public override ClaimsIdentity Clone() => new CallerIdentity(Caller, AuthenticationType!);
}

/// <summary>Finds the caller of a request.</summary>
internal static class CallerOfRequest
{
    /// <summary>Who asks; null when nobody is signed in.</summary>
    public static Caller? FindCaller(this HttpContext http) => (http.User.Identity as CallerIdentity)?.Caller;

    /// <summary>Who asks, behind an endpoint that demands sign-in.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint lacks its permission.</exception>
    public static Caller Caller(this HttpContext http) =>
        http.FindCaller() ?? throw new InvalidOperationException($"{http.Request.Path} asks for a caller without demanding sign-in.");
}
