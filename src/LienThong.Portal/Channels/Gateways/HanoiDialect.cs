using System.Globalization;
using System.Text.Json;

namespace LienThong.Portal.Channels;

/// <summary>
/// Hanoi's health data axis: JSON, the clear password, a <c>maKetQua</c> that is a boolean at login, and answers that give
/// every file its own outcome. We send one file per call, so the answer must speak of one.
/// </summary>
internal sealed class HanoiDialect(ChannelSettings settings, PortalOptions options) : GatewayDialect("hanoi", settings, options)
{
    protected override Uri LoginHost =>
        Uri.TryCreate(Settings.Option(ChannelOptions.LoginAddress), UriKind.Absolute, out Uri? own) ? own : Settings.Address;

    public override string? Problem() =>
        Settings.Option(ChannelOptions.LoginAddress) is { Length: > 0 } login && !Uri.TryCreate(login, UriKind.Absolute, out _)
            ? $"Địa chỉ đăng nhập «{login}» không hợp lệ; cần dạng https://…"
            : Settings.Option(ChannelOptions.PasswordForm) == "digest"
                ? "Trục dữ liệu y tế Hà Nội cần mật khẩu gốc, không dùng được mã băm; nhập lại mật khẩu"
                : base.Problem();

    public override (Uri Address, TrackedContent Content) Login() => (At(LoginHost, "token"), Json(new
    {
        username = Settings.UserName,
        password = Settings.Password,
        code = Settings.Option(ChannelOptions.UnitCode) is { Length: > 0 } code ? code : Settings.FacilityCode,
    }));

    public override SignIn ReadLogin(PortalAnswer answer, TimeSpan? retryAfter, DateTimeOffset now)
    {
        if (PortalReply.TryRead(answer) is not { } reply)
            return answer.HttpStatus is 401 or 403 ? LoginRefused("") : NoSession(answer, retryAfter);
        if (!IsYes(reply.Code))
        {
            return answer.HttpStatus >= 500 || Meaning(reply.Code).Handling == PortalHandling.Unknown
                ? NoSession(answer, retryAfter)
                : LoginRefused(reply.Text("message"));
        }

        return PortalReply.Member(reply.Root, "apiKey") is { } key
            && Token(PortalReply.Text(key, "accessToken"), "", PortalReply.Member(key, "expiresIn"), answer, now) is { } token
            ? new SignIn.Ready(token)
            : NoSession(answer, retryAfter);
    }

    public override (Uri Address, TrackedContent Content)? Submission(PortalSubmission submission)
    {
        if (Endpoint(PortalEndpoints.Name(submission.Service), submission.ReleaseId) is not { } endpoint)
            return null;
        var members = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [endpoint.TypeField] = endpoint.RecordType,
            ["maTinh"] = Settings.Option(ChannelOptions.ProvinceLetters) is { Length: > 0 } letters ? letters : "HN",
            [endpoint.FacilityField] = Settings.FacilityCode,
        };
        return (PortalAccount.At(Settings.Address, endpoint.Path), DocumentContent.Json(members, "files", submission.Document, asList: true));
    }

    public override bool AsksToSignIn(PortalAnswer answer) =>
        PortalReply.TryRead(answer) is { } reply ? reply.Code == "401" || (answer.HttpStatus == 401 && !IsYes(reply.Code)) : answer.HttpStatus == 401;

    public override SendOutcome Judge(PortalAnswer answer)
    {
        if (PortalReply.TryRead(answer) is not { } reply)
            return new SendOutcome.Unknown(PortalReply.WhyUnreadable(answer), answer);
        JsonElement[] files = PortalReply.Member(reply.Root, "fileResults") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
        if (files.Length > 1)
            return new SendOutcome.Unknown($"Cổng trả kết quả cho {files.Length} tệp trong khi chỉ gửi 1 tệp", answer);
        (int good, int bad) = (Count(reply, "totalSuccess"), Count(reply, "totalFailed"));
        return files.Length == 1 ? JudgeFile(reply, files[0], good, bad, answer) : JudgeWhole(reply, good, answer);
    }

    public override Uri Question(string transactionCode, DateTimeOffset now) =>
        PortalAccount.At(Settings.Address, Endpoint("state")!.Path + Uri.EscapeDataString(transactionCode));

    /// <summary>The shape of this answer isn't published: only a state our table knows decides, everything else stays open.</summary>
    public override SendOutcome JudgeState(PortalAnswer answer, string transactionCode)
    {
        SendOutcome.Unknown open = new(PortalReply.WhyUnreadable(answer), answer) { TransactionCode = transactionCode };
        if (PortalReply.TryReadJson(answer) is not { } whole)
            return open;
        JsonElement found = PortalReply.Member(whole, "data") is { ValueKind: JsonValueKind.Object } inner ? inner : whole;
        string word = PortalReply.Text(found, "trangThai").Trim();
        string text = PortalReply.Text(found, "moTa") is { Length: > 0 } described ? described : PortalReply.Text(found, "message");
        return State(word)?.Handling switch
        {
            PortalHandling.Accepted => Accept(word, transactionCode, text, answer),
            PortalHandling.Rejected => new SendOutcome.Rejected(word, text, answer),
            _ => open with { Cause = word.Length > 0 ? $"Cổng báo trạng thái «{word}»; chờ kết quả" : "Cổng chưa cho biết trạng thái; chờ kết quả" },
        };
    }

    private SendOutcome JudgeFile(PortalReply reply, JsonElement file, int good, int bad, PortalAnswer answer)
    {
        string code = PortalReply.Text(file, "maKetQua").Trim();
        bool? says = code.Length > 0 ? code == "200" || IsYes(code) : null;
        bool? counted = (good, bad) switch { (1, 0) => true, (0, 1) => false, _ => null };
        if (counted is null && (good >= 0 || bad >= 0))
            return new SendOutcome.Unknown($"Cổng báo {good} tệp đạt, {bad} tệp lỗi trong khi chỉ gửi 1 tệp", answer);
        if (says is not null && counted is not null && says != counted)
            return new SendOutcome.Unknown("Cổng trả kết quả mâu thuẫn giữa tổng số và từng tệp", answer);
        if (says ?? counted ?? reply.Code == "200")
            return Accept(reply.Code, PortalReply.Text(file, "maGiaoDich").Trim(), Message(file, reply), answer);
        string error = PortalReply.Text(file, "maLoi") is { Length: > 0 } own ? own : code.Length > 0 ? code : reply.Code;
        return new SendOutcome.Rejected(error, Message(file, reply), answer);
    }

    /// <summary>An answer that names no file can only refuse.</summary>
    private SendOutcome JudgeWhole(PortalReply reply, int good, PortalAnswer answer)
    {
        if (reply.Code == "200" || IsYes(reply.Code) || good > 0)
            return new SendOutcome.Unknown("Cổng báo thành công nhưng không kèm kết quả của tệp", answer);
        PortalResultCode meaning = Meaning(reply.Code);
        return meaning.Handling switch
        {
            PortalHandling.StopFacility or PortalHandling.SignInAgain => Stop(reply.Code, meaning),
            PortalHandling.Unknown => new SendOutcome.Unknown($"Cổng báo mã {reply.Code}: {meaning.Meaning}", answer),
            _ when answer.HttpStatus >= 500 => new SendOutcome.Unknown(PortalReply.WhyUnreadable(answer), answer),
            _ => new SendOutcome.Rejected(reply.Code, reply.Text("message") is { Length: > 0 } text ? text : reply.Text("thongDiep"), answer),
        };
    }

    private static string Message(JsonElement file, PortalReply reply)
    {
        foreach (string name in new[] { "thongDiep", "message", "moTaLoi" })
        {
            if (PortalReply.Text(file, name) is { Length: > 0 } text)
                return text;
        }

        return reply.Text("message");
    }

    /// <summary>-1 when absent or no count.</summary>
    private static int Count(PortalReply reply, string name) =>
        int.TryParse(reply.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : -1;

    private static bool IsYes(string code) => string.Equals(code, "true", StringComparison.OrdinalIgnoreCase) || code == "200";
}
