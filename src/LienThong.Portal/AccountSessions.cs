using System.Collections.Concurrent;
using System.Data.Common;

namespace LienThong.Portal;

/// <summary>How an account's session is got.</summary>
/// <param name="Account">Whose: host, facility, account and digest, so that one facility's token is never used for another.</param>
/// <param name="Longest">The time getting it may take at most.</param>
/// <param name="TakeAsync">Gets it: given the session that ran out, when one is known that wasn't refused, else null.</param>
internal sealed record AccountLogin(PortalAccount Account, TimeSpan Longest, Func<PortalToken?, Task<SignIn>> TakeAsync);

/// <summary>
/// One token per account, one login at a time for each, renewed before it expires; with an <see cref="ISessionShare"/> across processes. Thread-safe.
/// </summary>
internal sealed class AccountSessions(PortalOptions options, TimeProvider time, ISessionShare? share)
{
    private static readonly TimeSpan SharePoll = TimeSpan.FromMilliseconds(200);
    private readonly ConcurrentDictionary<PortalAccount, Slot> slots = new();
    private readonly string owner = $"{Environment.ProcessId}-{Guid.NewGuid():N}";

    /// <summary>Drops the token and a remembered refusal of this account.</summary>
    public void Forget(PortalAccount account) => slots.TryRemove(account, out _);

    /// <summary>A usable token, logging in when needed.</summary>
    /// <param name="login">Whose and how.</param>
    /// <param name="refused">The token that was just answered 401 to; it is dropped. Null at the first try.</param>
    /// <param name="ct">Stops waiting; a login other callers wait for goes on.</param>
    public Task<SignIn> GetAsync(AccountLogin login, PortalToken? refused, CancellationToken ct)
    {
        Slot slot = slots.GetOrAdd(login.Account, static _ => new Slot());
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
            slot.Login ??= Task.Run(() => LogInAsync(login, slot, old, refused), CancellationToken.None);
            return slot.Login.WaitAsync(ct);
        }
    }

    /// <summary>Takes a token out of use after a repeated 401.</summary>
    public void Drop(PortalAccount account, PortalToken token)
    {
        if (!slots.TryGetValue(account, out Slot? slot))
            return;
        lock (slot.Gate)
        {
            if (ReferenceEquals(slot.Token, token))
                slot.Token = null;
        }
    }

    private async Task<SignIn> LogInAsync(AccountLogin login, Slot slot, PortalToken? old, PortalToken? refused)
    {
        SignIn result = new SignIn.Failed("Lỗi nội bộ khi đăng nhập Cổng", null, NeedsPerson: false);
        try
        {
            result = share is null ? await login.TakeAsync(old) : await TakeSharedAsync(share, login, refused);
            return result;
        }
        catch (DbException)
        {
            // Nothing was sent; the outbox tries again when the database is back.
            result = new SignIn.Failed("Cơ sở dữ liệu chưa trả lời nên chưa đăng nhập Cổng", null, NeedsPerson: false);
            return result;
        }
        finally
        {
            lock (slot.Gate)
            {
                slot.Login = null;
                slot.Token = (result as SignIn.Ready)?.Token;
                // A shared refusal is asked for again, because a person may have lifted it anywhere.
                slot.Refusal = share is null && result is SignIn.Failed { NeedsPerson: true } failed ? failed : null;
                slot.RefusedUntil = time.GetUtcNow() + options.RefusedLoginHold;
            }
        }
    }

    /// <summary>Takes over what another process got, or logs in while the others wait.</summary>
    private async Task<SignIn> TakeSharedAsync(ISessionShare others, AccountLogin login, PortalToken? refused)
    {
        while (true)
        {
            if (Usable(await others.ReadAsync(login.Account, CancellationToken.None), refused) is { } known)
                return known;
            if (await others.TryClaimAsync(login.Account, owner, login.Longest, CancellationToken.None))
                break;
            await Task.Delay(SharePoll, CancellationToken.None);
        }
        SharedSession? kept = null;
        try
        {
            // Between reading and claiming another process may have got one.
            SharedSession? last = await others.ReadAsync(login.Account, CancellationToken.None);
            if (Usable(last, refused) is { } known)
                return known;
            SignIn result = await login.TakeAsync(last is { Refusal: null } && last.AccessToken != refused?.AccessToken ? TokenOf(last) : null);
            kept = result switch
            {
                SignIn.Ready { Token: var token } => new SharedSession(token.AccessToken, token.IdToken, null, token.RenewAt) { RefreshToken = token.RefreshToken },
                SignIn.Failed { NeedsPerson: true } failed => new SharedSession("", "", failed.Cause, time.GetUtcNow() + options.RefusedLoginHold),
                _ => null,
            };
            return result;
        }
        finally
        {
            await others.LeaveAsync(login.Account, owner, kept, CancellationToken.None);
        }
    }

    private SignIn? Usable(SharedSession? session, PortalToken? refused)
    {
        if (session is null || session.Until <= time.GetUtcNow())
            return null;
        if (session.Refusal is { } cause)
            return new SignIn.Failed(cause, null, NeedsPerson: true);
        return session.AccessToken == refused?.AccessToken ? null : new SignIn.Ready(TokenOf(session));
    }

    private static PortalToken TokenOf(SharedSession session) => new(session.AccessToken, session.IdToken, session.Until) { RefreshToken = session.RefreshToken };

    private sealed class Slot
    {
        public readonly Lock Gate = new();
        public PortalToken? Token;
        public SignIn.Failed? Refusal;
        public DateTimeOffset RefusedUntil;
        public Task<SignIn>? Login;
    }
}

/// <summary>Result of asking for a session.</summary>
internal abstract record SignIn
{
    /// <summary>A usable token.</summary>
    /// <param name="Token">The token.</param>
    /// <param name="Fresh">Whether this very call logged in for it; otherwise it may have gone stale meanwhile.</param>
    public sealed record Ready(PortalToken Token, bool Fresh = false) : SignIn;

    public sealed record Failed(string Cause, TimeSpan? RetryAfter, bool NeedsPerson) : SignIn;
}
