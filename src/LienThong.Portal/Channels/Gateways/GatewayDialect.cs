using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LienThong.Portal.Channels;

/// <summary>
/// What one provincial gateway does differently: how it logs in, takes a document and answers. Everything else (sessions,
/// repeats, what a broken call means) is <see cref="GatewayChannel"/>'s. Dialects hold no state.
/// </summary>
/// <param name="name">Prefix of its lines in <c>endpoints.csv</c> and family of its lines in <c>result_codes.csv</c>.</param>
/// <param name="settings">Host, facility, account, options.</param>
/// <param name="options">Paths and codes.</param>
internal abstract class GatewayDialect(string name, ChannelSettings settings, PortalOptions options)
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    protected ChannelSettings Settings => settings;

    protected PortalOptions Options => options;

    /// <summary>Whose token is used; its digest only tells passwords apart and isn't sent.</summary>
    public PortalAccount Account => new(LoginHost, settings.FacilityCode, settings.ProvinceCode, settings.UserName, PortalAccount.Digest(settings.Password));

    /// <summary>Host of the login service.</summary>
    protected virtual Uri LoginHost => settings.Address;

    /// <summary>A Vietnamese sentence when the settings can't work; null when they can.</summary>
    public virtual string? Problem() =>
        PortalAccount.AddressProblem(settings.Address, options) ?? PortalAccount.AddressProblem(LoginHost, options)
        ?? (settings.UserName.Length == 0 || settings.Password.Length == 0 ? "Chưa nhập tài khoản hoặc mật khẩu của kênh" : null);

    /// <summary>Where and how to log in.</summary>
    public abstract (Uri Address, TrackedContent Content) Login();

    /// <summary>The session in a login's answer.</summary>
    public abstract SignIn ReadLogin(PortalAnswer answer, TimeSpan? retryAfter, DateTimeOffset now);

    /// <summary>Renews a session without the password; null where that isn't possible.</summary>
    public virtual (Uri Address, TrackedContent Content)? Renewal(PortalToken token) => null;

    /// <summary>Where and how a document goes; null when the gateway doesn't take its kind.</summary>
    public abstract (Uri Address, TrackedContent Content)? Submission(PortalSubmission submission);

    /// <summary>Whether the answer says that the session isn't valid (any more).</summary>
    public abstract bool AsksToSignIn(PortalAnswer answer);

    /// <summary>What a submission's answer means.</summary>
    public abstract SendOutcome Judge(PortalAnswer answer);

    /// <summary>Where to ask for the state of a document; null where that isn't possible.</summary>
    public virtual Uri? Question(string transactionCode, DateTimeOffset now) => null;

    /// <summary>What the answer to <see cref="Question"/> means.</summary>
    public virtual SendOutcome JudgeState(PortalAnswer answer, string transactionCode) => throw new NotSupportedException();

    /// <summary>A line of <c>endpoints.csv</c> of this gateway.</summary>
    protected PortalEndpoint? Endpoint(string service, string release = "*") => options.Endpoints.Find($"{name}.{service}", release);

    /// <summary>A path of this gateway that always exists.</summary>
    protected Uri At(Uri host, string service) => PortalAccount.At(host, Endpoint(service)!.Path);

    /// <summary>What a code or state of this gateway means: its own lines first, then, for codes, the common ones.</summary>
    protected PortalResultCode Meaning(string code) => options.ResultCodes.Get(code, name);

    /// <summary>What a word for a state means; null when no line knows it.</summary>
    protected PortalResultCode? State(string word) => options.ResultCodes.Find(word.ToUpperInvariant(), name);

    protected static SmallContent Json(object body) =>
        new(new MediaTypeHeaderValue("application/json", "utf-8"), JsonSerializer.SerializeToUtf8Bytes(body, AsWritten));

    /// <summary>A multipart form of plain fields.</summary>
    protected static SmallContent Multipart(params (string Name, string Value)[] fields)
    {
        string boundary = "lienthong-" + Guid.NewGuid().ToString("N");
        var body = new StringBuilder();
        foreach ((string field, string value) in fields)
            body.Append($"--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        body.Append($"--{boundary}--\r\n");
        return new SmallContent(DocumentContent.MultipartType(boundary), Encoding.UTF8.GetBytes(body.ToString()));
    }

    /// <summary>The password as the gateway wants it when it wants the digest.</summary>
    protected string Digest() => settings.Option(ChannelOptions.PasswordForm) == "digest" ? settings.Password : PortalAccount.Digest(settings.Password);

    /// <summary>A usable session of these tokens; null when the access token can't travel in a header.</summary>
    protected PortalToken? Token(string access, string refresh, JsonElement? expiry, PortalAnswer answer, DateTimeOffset now) =>
        PortalToken.IsHeaderSafe(access)
            ? new PortalToken(access, "", PortalToken.RenewalTime(expiry, answer, now, options)) { RefreshToken = refresh }
            : null;

    protected static SignIn.Failed NoSession(PortalAnswer answer, TimeSpan? retryAfter) => new(
        $"Cổng không trả lời đăng nhập đúng mẫu (HTTP {answer.HttpStatus})", retryAfter, NeedsPerson: false);

    protected static SignIn.Failed LoginRefused(string message) => new(
        $"Cổng từ chối đăng nhập{(message.Length > 0 ? ": " + message : "")}. Kiểm tra tài khoản và mật khẩu của kênh", null, NeedsPerson: true);

    protected static SendOutcome.NotSent Stop(string code, PortalResultCode meaning) =>
        new($"Cổng báo mã {code}: {meaning.Meaning}. {meaning.Remedy}", null, NeedsPerson: true);

    /// <summary>A receipt; without a usable transaction code there is nothing to prove reception with.</summary>
    protected static SendOutcome Accept(string code, string transactionCode, string message, PortalAnswer answer) =>
        transactionCode.Length is > 0 and <= 100
            ? new SendOutcome.Accepted(new PortalReceipt(code, transactionCode, null, message, answer, answer.IsSimulator))
            : new SendOutcome.Unknown("Cổng báo thành công nhưng không kèm mã giao dịch hợp lệ", answer);
}
