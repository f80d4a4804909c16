using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LienThong.Portal;

/// <summary>
/// Sessions at the portal: one token per host, facility, account and digest, one login at a time for each, renewed
/// before it expires; with an <see cref="ISessionShare"/> across processes. Thread-safe; one instance for the process.
/// </summary>
public sealed class PortalSessions
{
    private static readonly TimeSpan SharePoll = TimeSpan.FromMilliseconds(200);
    private readonly ConcurrentDictionary<PortalAccount, Slot> slots = new();
    private readonly string owner = $"{Environment.ProcessId}-{Guid.NewGuid():N}";
    private readonly ISessionShare? share;
    private readonly PortalCall call;
    private readonly PortalOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    /// <summary>Sessions over a shared client.</summary>
    /// <param name="http">From <see cref="PortalHttp.CreateClient"/>.</param>
    /// <param name="options">Time limits, paths, result codes.</param>
    /// <param name="time">The clock that decides when to renew.</param>
    /// <param name="logger">Optional; gets facility, codes and times only.</param>
    /// <param name="share">Sessions of other processes; null when this is the only one.</param>
    public PortalSessions(HttpClient http, PortalOptions options, TimeProvider time, ILogger<PortalSessions>? logger = null, ISessionShare? share = null)
    {
        this.options = options;
        this.share = share;
        this.time = time;
        this.logger = logger ?? NullLogger<PortalSessions>.Instance;
        call = new PortalCall(http, options, time);
    }

    /// <summary>Drops the token and a remembered refusal of this account, for example after a person corrected the password or had it unlocked.</summary>
    public void Forget(PortalAccount account) => slots.TryRemove(account, out _);

    /// <summary>A usable token, logging in when needed.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="refused">The token the portal just answered 401 to; it is dropped. Null at the first try.</param>
    /// <param name="ct">Stops waiting; a login other callers wait for goes on.</param>
    internal Task<SignIn> GetAsync(PortalAccount account, PortalToken? refused, CancellationToken ct)
    {
        if (account.Problem(options) is { } problem)
            return Task.FromResult<SignIn>(new SignIn.Failed(problem, null, NeedsPerson: true));
        Slot slot = slots.GetOrAdd(account, static _ => new Slot());
        lock (slot.Gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (refused is not null && ReferenceEquals(slot.Token, refused))
                slot.Token = null;
            if (slot.Token is { } token && now < token.RenewAt)
                return Task.FromResult<SignIn>(new SignIn.Ready(token));
            if (slot.Refusal is { } refusal && now < slot.RefusedUntil)
                return Task.FromResult<SignIn>(refusal);
            slot.Login ??= Task.Run(() => LogInAsync(account, slot, refused), CancellationToken.None);
            return slot.Login.WaitAsync(ct);
        }
    }

    /// <summary>Takes a token out of use after a repeated 401.</summary>
    internal void Drop(PortalAccount account, PortalToken token)
    {
        if (!slots.TryGetValue(account, out Slot? slot))
            return;
        lock (slot.Gate)
        {
            if (ReferenceEquals(slot.Token, token))
                slot.Token = null;
        }
    }

    private async Task<SignIn> LogInAsync(PortalAccount account, Slot slot, PortalToken? refused)
    {
        SignIn result = new SignIn.Failed("Lỗi nội bộ khi đăng nhập Cổng", null, NeedsPerson: false);
        try
        {
            result = share is null ? await TakeTokenAsync(account) : await TakeSharedAsync(share, account, refused);
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

    /// <summary>Takes over what another process got from the portal, or logs in while the others wait.</summary>
    private async Task<SignIn> TakeSharedAsync(ISessionShare others, PortalAccount account, PortalToken? refused)
    {
        while (true)
        {
            if (Usable(await others.ReadAsync(account, CancellationToken.None), refused) is { } known)
                return known;
            if (await others.TryClaimAsync(account, owner, options.ConnectTimeout + (options.CallTimeout * 2), CancellationToken.None))
                break;
            await Task.Delay(SharePoll, CancellationToken.None);
        }
        SharedSession? kept = null;
        try
        {
            // Between reading and claiming another process may have got one.
            if (Usable(await others.ReadAsync(account, CancellationToken.None), refused) is { } known)
                return known;
            SignIn result = await TakeTokenAsync(account);
            kept = result switch
            {
                SignIn.Ready { Token: var token } => new SharedSession(token.AccessToken, token.IdToken, null, token.RenewAt),
                SignIn.Failed { NeedsPerson: true } failed => new SharedSession("", "", failed.Cause, time.GetUtcNow() + options.RefusedLoginHold),
                _ => null,
            };
            return result;
        }
        finally
        {
            await others.LeaveAsync(account, owner, kept, CancellationToken.None);
        }
    }

    private SignIn? Usable(SharedSession? session, PortalToken? refused)
    {
        if (session is null || session.Until <= time.GetUtcNow())
            return null;
        if (session.Refusal is { } cause)
            return new SignIn.Failed(cause, null, NeedsPerson: true);
        return session.AccessToken == refused?.AccessToken ? null : new SignIn.Ready(new PortalToken(session.AccessToken, session.IdToken, session.Until));
    }

    private async Task<SignIn> TakeTokenAsync(PortalAccount account)
    {
        string form = $"username={Uri.EscapeDataString(account.UserName)}&password={Uri.EscapeDataString(account.PasswordDigest)}";
        var content = new SmallContent(new MediaTypeHeaderValue("application/x-www-form-urlencoded"), Encoding.ASCII.GetBytes(form));
        var address = account.At(options.Endpoints.TokenPath);
        switch (await call.RunAsync(address, content, null, CancellationToken.None))
        {
            case Exchange.Answered(var answer, var retryAfter):
                return Judge(account, answer, retryAfter);
            case Exchange.Broken broken:
                PortalLog.LoginBroken(logger, account.FacilityCode, broken.Cause);
                return new SignIn.Failed(broken.Cause, null, NeedsPerson: false);
            default:
                throw new UnreachableException();
        }
    }

    private SignIn Judge(PortalAccount account, PortalAnswer answer, TimeSpan? retryAfter)
    {
        DateTimeOffset now = time.GetUtcNow();
        WarnAboutClock(account, answer, now);
        PortalReply? reply = PortalReply.TryRead(answer);
        string code = reply?.Code ?? (answer.HttpStatus == 401 ? "401" : "");
        PortalLog.LoginAnswered(logger, account.FacilityCode, answer.HttpStatus, code, answer.Duration.TotalMilliseconds);
        if (code.Length == 0)
            return new SignIn.Failed($"Cổng không trả lời đăng nhập đúng mẫu (HTTP {answer.HttpStatus})", retryAfter, NeedsPerson: false);

        PortalResultCode meaning = options.ResultCodes.Get(code);
        switch (meaning.Handling)
        {
            case PortalHandling.Accepted:
                return PortalToken.TryRead(reply!, answer, now, options) is { } token
                    ? new SignIn.Ready(token, Fresh: true)
                    : new SignIn.Failed("Cổng báo đăng nhập thành công nhưng không kèm phiên làm việc", retryAfter, NeedsPerson: false);
            case PortalHandling.Unknown:
                return new SignIn.Failed($"Đăng nhập Cổng chưa được: {meaning.Meaning}", retryAfter, NeedsPerson: false);
            default:
                return new SignIn.Failed(
                    $"Cổng từ chối đăng nhập (mã {code}): {meaning.Meaning}. {meaning.Remedy}", null, NeedsPerson: true);
        }
    }

    private void WarnAboutClock(PortalAccount account, PortalAnswer answer, DateTimeOffset now)
    {
        if (answer.ServerDate is { } server && (server - now).Duration() > options.ClockWarning)
            PortalLog.ClockDiffers(logger, account.FacilityCode, (now - server).TotalSeconds);
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

/// <summary>Result of asking for a session.</summary>
internal abstract record SignIn
{
    /// <summary>A usable token.</summary>
    /// <param name="Token">The token.</param>
    /// <param name="Fresh">Whether this very call logged in for it; otherwise it may have gone stale meanwhile.</param>
    public sealed record Ready(PortalToken Token, bool Fresh = false) : SignIn;

    public sealed record Failed(string Cause, TimeSpan? RetryAfter, bool NeedsPerson) : SignIn;
}
