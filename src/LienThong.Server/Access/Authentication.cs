using System.Text.Encodings.Web;
using LienThong.Gateway.Access;
using LienThong.Server.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace LienThong.Server.Access;

/// <summary>Names of the ways to prove who one is.</summary>
internal static class Schemes
{
    /// <summary>Chooses by the request: a bearer token when there is one, otherwise the session cookie.</summary>
    public const string Any = "LienThong";
    /// <summary>Session cookie of a person.</summary>
    public const string Session = "Session";
    /// <summary>Bearer token of a system.</summary>
    public const string Bearer = "Bearer";

    public static AuthenticationBuilder AddSchemes(this IServiceCollection services) => services
        .AddAuthentication(Any)
        .AddPolicyScheme(Any, null, options => options.ForwardDefaultSelector = http =>
            http.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? Bearer : Session)
        .AddScheme<AuthenticationSchemeOptions, SessionHandler>(Session, null)
        .AddScheme<AuthenticationSchemeOptions, BearerHandler>(Bearer, null);
}

/// <summary>Reads the session cookie and asks the gateway whose it is, so that a revoked session ends at once.</summary>
internal sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, UserAccounts accounts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SessionCookie.Read(Request) is not { } token)
            return AuthenticateResult.NoResult();
        return await accounts.FindBySessionAsync(token, Context.RequestAborted) is { } access
            ? AuthenticateResult.Success(new AuthenticationTicket(new(new CallerIdentity(access, Schemes.Session)), Scheme.Name))
            : AuthenticateResult.Fail("Session ended.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Refusals.NotSignedInAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusals.ForbiddenAsync(Context);
}

/// <summary>Reads <c>Authorization: Bearer …</c>.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, UserAccounts accounts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string token = Request.Headers.Authorization.ToString()["Bearer ".Length..].Trim();
        return token.Length is > 0 and <= 200 && await accounts.FindByBearerAsync(token, Context.Origin().Address, Context.RequestAborted) is { } access
            ? AuthenticateResult.Success(new AuthenticationTicket(new(new CallerIdentity(access, Schemes.Bearer)), Scheme.Name))
            : AuthenticateResult.Fail("Unknown, expired or revoked token.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Refusals.NotSignedInAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusals.ForbiddenAsync(Context);
}
