using System.Text.Json;

namespace LienThong.Portal.Channels;

/// <summary>
/// Điện Biên's health data portal: multipart forms; <c>trangThai</c> 1 is a good record, 2 a faulty one, which comes with
/// HTTP 201. It takes whole records only, though the path says check-in, and can't be asked afterwards.
/// </summary>
internal sealed class DienBienDialect(ChannelSettings settings, PortalOptions options) : GatewayDialect("dienbien", settings, options)
{
    /// <summary>The known client uses a token no longer, whatever the portal says of its end.</summary>
    private static readonly TimeSpan LongestUse = TimeSpan.FromMinutes(15);

    public override string? Problem() => (Settings.Option(ChannelOptions.PasswordSent), Settings.Option(ChannelOptions.PasswordForm)) switch
    {
        ("clear", "digest") => "Cổng cần mật khẩu gốc nhưng chỉ lưu mã băm; nhập lại mật khẩu",
        ("" or "md5" or "clear", _) => base.Problem(),
        (var other, _) => $"Cách gửi mật khẩu «{other}» không có; chọn md5 hoặc clear",
    };

    public override (Uri Address, TrackedContent Content) Login() => (At(Settings.Address, "token"), Multipart(
        ("username", Settings.UserName),
        ("password", Settings.Option(ChannelOptions.PasswordSent) == "clear" ? Settings.Password : Digest())));

    public override SignIn ReadLogin(PortalAnswer answer, TimeSpan? retryAfter, DateTimeOffset now)
    {
        if (answer.HttpStatus is 400 or 401 or 403)
            return LoginRefused(PortalReply.TryReadJson(answer) is { } refusal ? PortalReply.Text(refusal, "message") : "");
        if (answer.HttpStatus is not (200 or 201) || PortalReply.TryReadJson(answer) is not { } whole
            || Token(PortalReply.Text(whole, "access_token"), "", PortalReply.Member(whole, "expiresTime"), answer, now) is not { } token)
        {
            return NoSession(answer, retryAfter);
        }

        DateTimeOffset latest = now + LongestUse;
        return new SignIn.Ready(token.RenewAt > latest ? token with { RenewAt = latest } : token);
    }

    public override (Uri Address, TrackedContent Content)? Submission(PortalSubmission submission) =>
        Endpoint(PortalEndpoints.Name(submission.Service), submission.ReleaseId) is { } endpoint
            ? (PortalAccount.At(Settings.Address, endpoint.Path), DocumentContent.Multipart(endpoint.DocumentField, "hoso.xml", submission.Document))
            : null;

    public override bool AsksToSignIn(PortalAnswer answer) => answer.HttpStatus == 401;

    public override SendOutcome Judge(PortalAnswer answer)
    {
        if (PortalReply.TryReadJson(answer) is not { } whole)
            return answer.HttpStatus == 403 ? Stop("403", Meaning("403")) : new SendOutcome.Unknown(PortalReply.WhyUnreadable(answer), answer);
        string state = PortalReply.Text(whole, "trangThai").Trim();
        return (State(state)?.Handling, answer.HttpStatus) switch
        {
            (PortalHandling.Accepted, 200) => Accept("200", PortalReply.Text(whole, "maGiaoDich").Trim(), PortalReply.Text(whole, "message"), answer),
            (PortalHandling.Rejected, 200 or 201) => new SendOutcome.Rejected(state, Fault(whole), answer),
            (null, 403) => Stop("403", Meaning("403")),
            (null, >= 400 and < 500 and not (408 or 425 or 429)) when state.Length == 0 =>
                new SendOutcome.Rejected(answer.HttpStatus.ToString(System.Globalization.CultureInfo.InvariantCulture), Fault(whole), answer),
            _ => new SendOutcome.Unknown(
                state.Length > 0 ? $"Cổng trả trạng thái «{state}» không khớp HTTP {answer.HttpStatus}" : PortalReply.WhyUnreadable(answer), answer),
        };
    }

    /// <summary><c>maLoi</c> holds the sentence itself.</summary>
    private static string Fault(JsonElement whole) =>
        PortalReply.Text(whole, "maLoi") is { Length: > 0 } fault ? fault : PortalReply.Text(whole, "message");
}
