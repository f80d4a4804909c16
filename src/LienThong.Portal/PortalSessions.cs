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
    private readonly AccountSessions sessions;
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
        this.time = time;
        this.logger = logger ?? NullLogger<PortalSessions>.Instance;
        call = new PortalCall(http, options, time);
        sessions = new AccountSessions(options, time, share);
    }

    /// <summary>Drops the token and a remembered refusal of this account, for example after a person corrected the password or had it unlocked.</summary>
    public void Forget(PortalAccount account) => sessions.Forget(account);

    /// <summary>A usable token, logging in when needed.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="refused">The token the portal just answered 401 to; it is dropped. Null at the first try.</param>
    /// <param name="ct">Stops waiting; a login other callers wait for goes on.</param>
    internal Task<SignIn> GetAsync(PortalAccount account, PortalToken? refused, CancellationToken ct) =>
        account.Problem(options) is { } problem
            ? Task.FromResult<SignIn>(new SignIn.Failed(problem, null, NeedsPerson: true))
            : sessions.GetAsync(new AccountLogin(account, options.ConnectTimeout + (options.CallTimeout * 2), _ => TakeTokenAsync(account)), refused, ct);

    /// <summary>Takes a token out of use after a repeated 401.</summary>
    internal void Drop(PortalAccount account, PortalToken token) => sessions.Drop(account, token);

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
}
