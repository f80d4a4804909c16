using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace LienThong.Portal.Channels;

/// <summary>
/// Sessions at provincial gateways: one token per address, facility, account and password, one login at a time for each,
/// renewed before it expires (with the refresh token where there is one). Thread-safe; one instance for the process.
/// </summary>
internal sealed class GatewaySessions(PortalOptions options, TimeProvider time, ILogger logger)
{
    private readonly ConcurrentDictionary<GatewayAccount, Slot> slots = new();

    /// <summary>A usable token, logging in or renewing when needed.</summary>
    /// <param name="dialect">Whose and how.</param>
    /// <param name="call">The connections to use.</param>
    /// <param name="refused">The token the gateway just answered 401 to; it is dropped. Null at the first try.</param>
    /// <param name="ct">Stops waiting; a login other callers wait for goes on.</param>
    public Task<SignIn> GetAsync(GatewayDialect dialect, PortalCall call, PortalToken? refused, CancellationToken ct)
    {
        Slot slot = slots.GetOrAdd(dialect.Account, static _ => new Slot());
        lock (slot.Gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (refused is not null && ReferenceEquals(slot.Token, refused))
                slot.Token = null;
            if (slot.Token is { } token && now < token.RenewAt)
                return Task.FromResult<SignIn>(new SignIn.Ready(token));
            if (slot.Refusal is { } refusal && now < slot.RefusedUntil)
                return Task.FromResult<SignIn>(refusal);
            PortalToken? old = slot.Token;
            slot.Login ??= Task.Run(() => LogInAsync(dialect, call, slot, old), CancellationToken.None);
            return slot.Login.WaitAsync(ct);
        }
    }

    /// <summary>Takes a token out of use after a repeated 401.</summary>
    public void Drop(GatewayAccount account, PortalToken token)
    {
        if (!slots.TryGetValue(account, out Slot? slot))
            return;
        lock (slot.Gate)
        {
            if (ReferenceEquals(slot.Token, token))
                slot.Token = null;
        }
    }

    private async Task<SignIn> LogInAsync(GatewayDialect dialect, PortalCall call, Slot slot, PortalToken? old)
    {
        SignIn result = new SignIn.Failed("Lỗi nội bộ khi đăng nhập Cổng", null, NeedsPerson: false);
        try
        {
            // A refresh token works once: whatever comes of it, the old one is gone, and a refusal means logging in anew.
            if (old is not null && dialect.Renewal(old) is { } renewal)
                result = await TakeAsync(dialect, call, renewal);
            if (result is not SignIn.Ready)
                result = await TakeAsync(dialect, call, dialect.Login());
            return result;
        }
        finally
        {
            lock (slot.Gate)
            {
                slot.Login = null;
                slot.Token = (result as SignIn.Ready)?.Token;
                slot.Refusal = result is SignIn.Failed { NeedsPerson: true } failed ? failed : null;
                slot.RefusedUntil = time.GetUtcNow() + options.RefusedLoginHold;
            }
        }
    }

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

    private sealed class Slot
    {
        public readonly Lock Gate = new();
        public PortalToken? Token;
        public SignIn.Failed? Refusal;
        public DateTimeOffset RefusedUntil;
        public Task<SignIn>? Login;
    }
}
