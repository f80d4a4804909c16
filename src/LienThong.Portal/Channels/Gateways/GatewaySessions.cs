using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace LienThong.Portal.Channels;

/// <summary>
/// Sessions at provincial gateways, as <see cref="AccountSessions"/> keeps them, renewed with the refresh token where there is one. Thread-safe; one
/// instance for the process.
/// </summary>
internal sealed class GatewaySessions(PortalOptions options, TimeProvider time, ILogger logger, ISessionShare? share)
{
    private readonly AccountSessions sessions = new(options, time, share);

    /// <summary>A usable token, logging in or renewing when needed.</summary>
    /// <param name="dialect">Whose and how.</param>
    /// <param name="call">The connections to use.</param>
    /// <param name="refused">The token the gateway just answered 401 to; it is dropped. Null at the first try.</param>
    /// <param name="ct">Stops waiting; a login other callers wait for goes on.</param>
    public Task<SignIn> GetAsync(GatewayDialect dialect, PortalCall call, PortalToken? refused, CancellationToken ct) =>
        sessions.GetAsync(new AccountLogin(dialect.Account, call.Longest * 2, old => LogInAsync(dialect, call, old)), refused, ct);

    /// <summary>Takes a token out of use after a repeated 401.</summary>
    public void Drop(GatewayDialect dialect, PortalToken token) => sessions.Drop(dialect.Account, token);

    // A refresh token works once: whatever comes of it, the old one is gone, and a refusal means logging in anew.
    private async Task<SignIn> LogInAsync(GatewayDialect dialect, PortalCall call, PortalToken? old) =>
        old is not null && dialect.Renewal(old) is { } renewal && await TakeAsync(dialect, call, renewal) is SignIn.Ready renewed
            ? renewed
            : await TakeAsync(dialect, call, dialect.Login());

    private async Task<SignIn> TakeAsync(GatewayDialect dialect, PortalCall call, (Uri Address, TrackedContent Content) request)
    {
        string facility = dialect.Account.FacilityCode;
        switch (await call.RunAsync(request.Address, request.Content, null, CancellationToken.None))
        {
            case Exchange.Answered(var answer, var retryAfter):
                SignIn read = dialect.ReadLogin(answer, retryAfter, time.GetUtcNow());
                PortalLog.LoginAnswered(logger, facility, answer.HttpStatus, read is SignIn.Ready ? "ok" : "refused", answer.Duration.TotalMilliseconds);
                return read;
            case Exchange.Broken broken:
                PortalLog.LoginBroken(logger, facility, broken.Cause);
                return new SignIn.Failed(broken.Cause, null, NeedsPerson: false);
            default:
                throw new UnreachableException();
        }
    }
}
