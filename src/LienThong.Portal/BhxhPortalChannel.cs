using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LienThong.Portal;

/// <summary>The national Social Security portal: the <c>api/qd130</c> services and the forms of TT 12/2026. Thread-safe; one instance for the process.</summary>
/// <remarks>Source: CV 3190/BHXH-CNTT 2023, CV 1245/BHXH-CNTT 2024, connection guide for QĐ 3176.</remarks>
public sealed class BhxhPortalChannel : IPortalChannel
{
    private readonly PortalCall call;
    private readonly PortalSessions sessions;
    private readonly PortalOptions options;
    private readonly ILogger logger;

    /// <summary>A channel over a shared client and shared sessions.</summary>
    /// <param name="http">From <see cref="PortalHttp.CreateClient"/>.</param>
    /// <param name="sessions">Shared with the card lookup.</param>
    /// <param name="time">Measures durations.</param>
    /// <param name="options">Time limits, paths, result codes.</param>
    /// <param name="logger">Optional; gets facility, service, <c>MA_LK</c>, sizes, times and codes only.</param>
    public BhxhPortalChannel(
        HttpClient http, PortalSessions sessions, TimeProvider time, PortalOptions options, ILogger<BhxhPortalChannel>? logger = null)
    {
        this.sessions = sessions;
        this.options = options;
        this.logger = logger ?? NullLogger<BhxhPortalChannel>.Instance;
        call = new PortalCall(http, options, time);
    }

    /// <summary>Client, sessions and channel in one go, for programs without a container.</summary>
    public static BhxhPortalChannel Create(PortalOptions options, TimeProvider time, ILoggerFactory? loggers = null, ISessionShare? share = null)
    {
        ILoggerFactory factory = loggers ?? NullLoggerFactory.Instance;
        HttpClient http = PortalHttp.CreateClient(options);
        var ownSessions = new PortalSessions(http, options, time, factory.CreateLogger<PortalSessions>(), share);
        return new BhxhPortalChannel(http, ownSessions, time, options, factory.CreateLogger<BhxhPortalChannel>());
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(PortalAccount account, PortalSubmission submission, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(submission);
        if (FacilityCheck.Problem(account, submission) is { } mixture)
            return Unanswered(submission, new SendOutcome.NotSent(mixture, null, NeedsPerson: true), mixture);
        if (options.Endpoints.Find(submission.Service, submission.ReleaseId) is not { } endpoint)
        {
            string cause = $"Cổng không có dịch vụ nhận hồ sơ theo chuẩn {submission.ReleaseId}; chuyển hồ sơ sang chuẩn đang có hiệu lực";
            return Unanswered(submission, new SendOutcome.NotSent(cause, null, NeedsPerson: true), cause);
        }

        if (endpoint.PeriodField.Length > 0 && !IsMonth(submission.Period))
        {
            string cause = $"Kỳ quyết toán «{submission.Period}» không hợp lệ; cần dạng yyyyMM, ví dụ 202607";
            return Unanswered(submission, new SendOutcome.NotSent(cause, null, NeedsPerson: true), cause);
        }

        PortalToken? refused = null;
        bool tookStale = false;
        while (true)
        {
            SignIn signIn;
            try
            {
                signIn = await sessions.GetAsync(account, refused, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                const string stopped = "Dừng theo yêu cầu trước khi gửi";
                return Unanswered(submission, new SendOutcome.NotSent(stopped, null, NeedsPerson: false), stopped);
            }

            if (signIn is SignIn.Failed failed)
                return Unanswered(submission, new SendOutcome.NotSent(failed.Cause, failed.RetryAfter, failed.NeedsPerson), failed.Cause);
            (PortalToken token, bool fresh) = (SignIn.Ready)signIn;
            Exchange exchange = await PostAsync(account, submission, endpoint, token, ct);
            if (exchange is Exchange.Broken broken)
                return Broken(submission, broken);

            PortalAnswer answer = ((Exchange.Answered)exchange).Answer;
            PortalReply? reply = PortalReply.TryRead(answer);
            if (!AsksToSignIn(answer, reply, endpoint))
                return Log(submission, answer, reply, Judge(answer, reply, endpoint));
            // A token that others got may have gone stale like ours: only a login of our own that is refused as well says something about the account.
            if (refused is not null && (fresh || tookStale))
            {
                sessions.Drop(account, token);
                return Log(submission, answer, reply, Stop(options.ResultCodes.Get("401", endpoint.CodeFamily)));
            }

            Log(submission, answer, reply, new SendOutcome.NotSent("401", null, NeedsPerson: false));
            tookStale = refused is not null;
            refused = token;
        }
    }

    private Task<Exchange> PostAsync(
        PortalAccount account, PortalSubmission submission, PortalEndpoint endpoint, PortalToken token, CancellationToken ct)
    {
        (string Name, string Value)[] named =
        [
            (endpoint.TypeField, endpoint.RecordType), ("maTinh", account.ProvinceCode), (endpoint.FacilityField, account.FacilityCode),
            .. endpoint.PeriodField.Length > 0 ? [(endpoint.PeriodField, submission.Period)] : Array.Empty<(string, string)>(),
        ];
        DocumentContent content = endpoint.IsJson
            ? DocumentContent.Json(JsonMembers(account, endpoint, named), endpoint.DocumentField, submission.Document)
            : DocumentContent.Form([("username", account.UserName), .. named], endpoint.DocumentField, submission.Document);
        return call.RunAsync(
            account.At(endpoint.Path), content, new PortalHeaders(token, account.PasswordDigest), ct);
    }

    /// <summary>The JSON services want the digest in the body too, and the record type as a number.</summary>
    private static Dictionary<string, object> JsonMembers(PortalAccount account, PortalEndpoint endpoint, (string Name, string Value)[] named)
    {
        var members = new Dictionary<string, object>(StringComparer.Ordinal) { ["username"] = account.UserName, ["password"] = account.PasswordDigest };
        foreach ((string name, string value) in named)
        {
            members[name] = name == endpoint.TypeField && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : value;
        }

        return members;
    }

    private static bool IsMonth(string period) =>
        DateOnly.TryParseExact(period, "yyyyMM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>The body decides; an HTTP 401 without a readable body means the same.</summary>
    private bool AsksToSignIn(PortalAnswer answer, PortalReply? reply, PortalEndpoint endpoint) => reply is null
        ? answer.HttpStatus == 401
        : options.ResultCodes.Get(reply.Code, endpoint.CodeFamily).Handling == PortalHandling.SignInAgain;

    private SendOutcome Judge(PortalAnswer answer, PortalReply? reply, PortalEndpoint endpoint)
    {
        if (reply is null)
            return new SendOutcome.Unknown(PortalReply.WhyUnreadable(answer), answer);
        PortalResultCode meaning = options.ResultCodes.Get(reply.Code, endpoint.CodeFamily);
        return meaning.Handling switch
        {
            PortalHandling.Accepted => Accept(answer, reply),
            PortalHandling.Rejected => new SendOutcome.Rejected(reply.Code, RefusalText(reply), answer),
            PortalHandling.StopFacility => Stop(meaning),
            PortalHandling.Unknown => new SendOutcome.Unknown($"Cổng báo mã {reply.Code}: {meaning.Meaning}", answer),
            _ => throw new UnreachableException(meaning.ToString()),
        };
    }

    /// <summary>Without a transaction number there is nothing to prove reception with: not a well-formed answer.</summary>
    private static SendOutcome Accept(PortalAnswer answer, PortalReply reply)
    {
        string transaction = reply.Text("maGiaoDich").Trim();
        if (transaction.Length is 0 or > 100)
            return new SendOutcome.Unknown("Cổng báo thành công nhưng không kèm mã giao dịch hợp lệ", answer);
        return new SendOutcome.Accepted(new PortalReceipt(
            reply.Code, transaction, PortalReply.Moment(reply.Text("thoiGianTiepNhan")), reply.Text("thongDiep"),
            answer, answer.IsSimulator));
    }

    /// <summary>The text usually is in <c>thongDiep</c>, in the old family sometimes only in <c>maGiaoDich</c>.</summary>
    private static string RefusalText(PortalReply reply) =>
        reply.Text("thongDiep") is { Length: > 0 } message ? message : reply.Text("maGiaoDich");

    private static SendOutcome.NotSent Stop(PortalResultCode meaning) =>
        new($"Cổng báo mã {meaning.Code}: {meaning.Meaning}. {meaning.Remedy}", null, NeedsPerson: true);

    private SendOutcome Broken(PortalSubmission submission, Exchange.Broken broken) => Unanswered(
        submission,
        broken.BytesLeft ? new SendOutcome.Unknown(broken.Cause, null) : new SendOutcome.NotSent(broken.Cause, null, NeedsPerson: false),
        broken.Cause);

    private SendOutcome Unanswered(PortalSubmission submission, SendOutcome outcome, string cause)
    {
        PortalLog.Unanswered(
            logger, submission.Service, submission.MaLk, submission.FacilityCode, outcome.GetType().Name, submission.Document.Length, cause);
        return outcome;
    }

    private SendOutcome Log(PortalSubmission submission, PortalAnswer answer, PortalReply? reply, SendOutcome outcome)
    {
        PortalLog.Sent(
            logger, submission.Service, submission.MaLk, submission.FacilityCode, outcome.GetType().Name, submission.Document.Length,
            answer.Duration.TotalMilliseconds, answer.HttpStatus, reply?.Code ?? "",
            outcome is SendOutcome.Accepted accepted ? accepted.Receipt.TransactionCode : "");
        return outcome;
    }
}
