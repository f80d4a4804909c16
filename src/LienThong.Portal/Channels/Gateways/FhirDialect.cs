using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LienThong.Standard;

namespace LienThong.Portal.Channels;

/// <summary>
/// A provincial FHIR gateway's receiving services: form-encoded <c>fileHSBase64</c> with a bearer token whose refresh token
/// rotates; a <c>pending</c> document is asked for in the log later.
/// </summary>
internal sealed class FhirDialect(ChannelSettings settings, PortalOptions options) : GatewayDialect("fhir", settings, options)
{
    /// <summary>The log takes windows of at most 60 days.</summary>
    private const int LogDays = 59;
    private const int DeepestSearch = 8;

    public override (Uri Address, TrackedContent Content) Login() =>
        (At(Settings.Address, "token"), Json(new { username = Settings.UserName, password = Digest() }));

    public override (Uri Address, TrackedContent Content)? Renewal(PortalToken token) => token.RefreshToken.Length == 0 ? null : (
        At(Settings.Address, "refresh"),
        new SmallContent(
            new MediaTypeHeaderValue("application/x-www-form-urlencoded"),
            Encoding.ASCII.GetBytes($"grant_type=refresh_token&refresh_token={Uri.EscapeDataString(token.RefreshToken)}")));

    public override SignIn ReadLogin(PortalAnswer answer, TimeSpan? retryAfter, DateTimeOffset now)
    {
        JsonElement? whole = PortalReply.TryReadJson(answer);
        if (answer.HttpStatus is 400 or 401 or 403 or 422)
            return LoginRefused(whole is { } refusal ? PortalReply.Text(refusal, "message") : "");
        return answer.HttpStatus is 200 or 201 && whole is { } body
            && Token(PortalReply.Text(body, "access_token"), PortalReply.Text(body, "refresh_token"), PortalReply.Member(body, "expires_in"), answer, now) is { } token
            ? new SignIn.Ready(token)
            : NoSession(answer, retryAfter);
    }

    public override (Uri Address, TrackedContent Content)? Submission(PortalSubmission submission) =>
        Endpoint(PortalEndpoints.Name(submission.Service), submission.ReleaseId) is { } endpoint
            ? (PortalAccount.At(Settings.Address, endpoint.Path), DocumentContent.Form([], endpoint.DocumentField, submission.Document))
            : null;

    public override bool AsksToSignIn(PortalAnswer answer) => answer.HttpStatus == 401;

    public override SendOutcome Judge(PortalAnswer answer) => Read(answer, PortalReply.TryReadJson(answer), "");

    public override Uri Question(string transactionCode, DateTimeOffset now)
    {
        DateOnly today = now.VietnamDay();
        return PortalAccount.At(Settings.Address, string.Create(
            CultureInfo.InvariantCulture,
            $"{Endpoint("state")!.Path}?fromDate={today.AddDays(-LogDays):yyyyMMdd}&toDate={today:yyyyMMdd}&id={Uri.EscapeDataString(transactionCode)}&resourceType=&page=1&pageSize=20"));
    }

    /// <summary>The list's wrapping isn't described: the entry is found by its id, wherever it lies.</summary>
    public override SendOutcome JudgeState(PortalAnswer answer, string transactionCode)
    {
        if (answer.HttpStatus == 200 && PortalReply.TryReadJson(answer) is { } whole && Entry(whole, transactionCode, 0) is { } entry)
            return Read(answer, entry, transactionCode);
        string cause = answer.HttpStatus == 200 && answer.IsWhole ? "Cổng chưa có nhật ký của lần gửi này; hỏi lại sau" : PortalReply.WhyUnreadable(answer);
        return new SendOutcome.Unknown(cause, answer) { TransactionCode = transactionCode };
    }

    private SendOutcome Read(PortalAnswer answer, JsonElement? read, string asked)
    {
        if (read is not { } whole)
            return answer.HttpStatus == 403 ? Stop("403", Meaning("403")) : new SendOutcome.Unknown(PortalReply.WhyUnreadable(answer), answer);
        // An older description has status and message at the top; an error's status is a number.
        JsonElement about = PortalReply.Member(whole, "metadata") is { ValueKind: JsonValueKind.Object } metadata ? metadata : whole;
        string state = PortalReply.Text(about, "status").Trim();
        string message = PortalReply.Text(about, "message");
        string log = asked.Length > 0 ? asked : PortalReply.Text(whole, "logId").Trim();
        if (log.Length > 100)
            log = "";
        return State(state)?.Handling switch
        {
            PortalHandling.Accepted when answer.HttpStatus is 200 or 201 or 202 => Accept("200", log, message, answer),
            PortalHandling.Rejected when answer.HttpStatus < 500 => new SendOutcome.Rejected(Code(about, state), message, answer),
            PortalHandling.StopFacility when asked.Length == 0 => Stop(state, Meaning(state)),
            PortalHandling.StopFacility => new SendOutcome.Rejected(Code(about, state), message, answer),
            PortalHandling.Unknown => new SendOutcome.Unknown(message.Length > 0 ? $"Cổng chưa xử lý xong: {message}" : "Cổng chưa xử lý xong", answer)
            {
                TransactionCode = log,
            },
            _ => new SendOutcome.Unknown(PortalReply.WhyUnreadable(answer), answer) { TransactionCode = log },
        };
    }

    private static string Code(JsonElement about, string state) => PortalReply.Text(about, "code") is { Length: > 0 } code ? code : state;

    private static JsonElement? Entry(JsonElement within, string id, int depth)
    {
        if (depth > DeepestSearch)
            return null;
        if (within.ValueKind == JsonValueKind.Array)
            return within.EnumerateArray().Select(item => Entry(item, id, depth + 1)).FirstOrDefault(static found => found is not null);
        if (within.ValueKind != JsonValueKind.Object)
            return null;
        if (Same(within, "logId") || Same(within, "id"))
            return within;
        return within.EnumerateObject().Select(member => Entry(member.Value, id, depth + 1)).FirstOrDefault(static found => found is not null);

        bool Same(JsonElement item, string member) => string.Equals(PortalReply.Text(item, member), id, StringComparison.OrdinalIgnoreCase);
    }
}
