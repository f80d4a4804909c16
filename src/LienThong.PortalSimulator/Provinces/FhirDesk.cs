using System.Globalization;

namespace LienThong.PortalSimulator;

/// <summary>
/// A provincial FHIR gateway's receiving services: refresh tokens that rotate, one form field, answers that may be
/// <c>pending</c> (fault of that name) and are looked up in the log.
/// </summary>
internal sealed class FhirDesk(SimulatorOptions options, SimulatorClock clock, SimulatorStore store)
    : ProvinceDesk("fhir", clock, store, new ProvinceTokens(options, clock, options.TokenLifetime))
{
    private const int LongestWindowDays = 60, LargestPage = 100;
    private readonly Lock gate = new();
    private readonly List<LogEntry> log = [];

    public override ProvinceCall? Understand(string path, HttpRequest request, Memory<byte> body)
    {
        if (request.Method == "GET")
        {
            return path == "/api/logs"
                ? new ProvinceCall(
                    "fhir.state", Tokens.Check(request.Headers)?.UserName ?? "", "", "",
                    fault => fault is not null && fault.Kind.StartsWith(FaultKinds.CodePrefix, StringComparison.Ordinal)
                        ? Coded(fault.Kind[FaultKinds.CodePrefix.Length..], fault.Text ?? "")
                        : Logs(request, fault?.Kind == FaultKinds.Pending))
                : null;
        }

        FormFields? fields = FormFields.Read(body, request.ContentType);
        return path switch
        {
            "/api/auth/login" => Plain("token", fields?["username"] ?? "", () => Login(fields)),
            "/api/oauth/token" => Plain("token", "", () => Refresh(fields)),
            "/api/oauth/revoke" => Plain("token", "", () => Revoke(fields)),
            "/api/qd130/checkInKcbQd4750" => Submission("checkin", DocumentShape.CheckIn, request.Headers, fields),
            "/api/qd130/guiHoSoXmlQD4750" => Submission("record", DocumentShape.TreatmentRecord, request.Headers, fields),
            _ => null,
        };
    }

    protected override ProvinceReply Coded(string code, string text) =>
        int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out int status) && status is >= 400 and < 600
            ? Error(status, text)
            : new ProvinceReply(200, new { logId = "", metadata = new { status = "error", message = text, code } }, code);

    private ProvinceReply Login(FormFields? fields)
    {
        if (fields is null || !fields.WasJson)
            return Error(422, "Sai định dạng tham số");
        SimulatorAccount? account = Tokens.Account(fields["username"], password => fields["password"] == TokenDesk.Digest(password));
        return account is null ? Error(401, "Sai tên đăng nhập hoặc mật khẩu") : account.Locked ? Error(403, "Tài khoản bị khóa") : Session(account);
    }

    private ProvinceReply Refresh(FormFields? fields) =>
        fields is not null && fields["grant_type"] == "refresh_token" && Tokens.Redeem(fields["refresh_token"]) is { } account
            ? Session(account)
            : Error(401, "refresh_token không hợp lệ");

    private ProvinceReply Revoke(FormFields? fields)
    {
        if (fields is not null)
            Tokens.Redeem(fields["token"]);
        return new ProvinceReply(200, new { status = "success" }, "200");
    }

    private ProvinceReply Session(SimulatorAccount account)
    {
        ProvinceTokens.Issued issued = Tokens.Issue(account);
        return new ProvinceReply(
            200,
            new
            {
                access_token = issued.AccessToken,
                refresh_token = issued.RefreshToken,
                token_type = "Bearer",
                expires_in = issued.Until.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture),
            },
            "200");
    }

    private ProvinceCall Submission(string service, DocumentShape shape, IHeaderDictionary headers, FormFields? fields)
    {
        SimulatorAccount? account = Tokens.Check(headers);
        byte[]? bytes = fields is null ? null : Decode(fields["fileHSBase64"]);
        DocumentInspection? document = bytes is null ? null : DocumentInspection.Of(bytes, shape);
        string facility = account?.FacilityCode is { Length: > 0 } own ? own : document?.Facility ?? "";
        return About(service, account, facility, document, fault =>
        {
            if (account is null)
                return Error(401, "Token không hợp lệ");
            if (account.Locked)
                return Error(403, "Tài khoản không có quyền");
            if (document is null)
                return Error(422, "fileHSBase64 không giải mã được");
            if (Fault(document, facility) is { } wrong)
                return Logged(new LogEntry(NextId(), "error", wrong.Body[^1].Value?.ToString() ?? "", wrong.Code, Clock.Now), "");
            string transaction = Keep(fault, service, facility, document, bytes!);
            var entry = new LogEntry(NextId(), "success", "Tiếp nhận thành công", "200", Clock.Now);
            return fault is { StoresFirst: false }
                ? new ProvinceReply(200, new { }, "")
                : fault?.Kind == FaultKinds.Pending ? Logged(entry, transaction, "pending") : Logged(entry, transaction);
        });
    }

    /// <summary>Keeps the entry; the answer may be behind it.</summary>
    private ProvinceReply Logged(LogEntry entry, string transaction, string? shown = null)
    {
        lock (gate)
        {
            log.Add(entry);
            if (log.Count > options.KeepRequests)
                log.RemoveAt(0);
        }

        return new ProvinceReply(200, Shown(entry, shown), entry.Code, transaction.Length > 0 ? entry.Id : "");
    }

    private ProvinceReply Logs(HttpRequest request, bool pending)
    {
        if (Tokens.Check(request.Headers) is null)
            return Error(401, "Token không hợp lệ");
        if (!Day(request, "fromDate", out DateOnly from) || !Day(request, "toDate", out DateOnly to) || to < from || to.DayNumber - from.DayNumber >= LongestWindowDays)
            return Error(422, "fromDate, toDate phải có dạng yyyyMMdd và cách nhau không quá 60 ngày");
        int size = int.TryParse(request.Query["pageSize"], NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : 20;
        if (size is < 1 or > LargestPage)
            return Error(422, "pageSize từ 1 đến 100");
        int page = int.TryParse(request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? Math.Max(1, number) : 1;
        string id = request.Query["id"].ToString();
        LogEntry[] found;
        lock (gate)
        {
            found = [.. log.Where(e => (id.Length == 0 || e.Id == id) && VietnamDay(e) >= from && VietnamDay(e) <= to)];
        }

        return new ProvinceReply(
            200,
            new
            {
                page,
                pageSize = size,
                total = found.Length,
                items = found.Skip((page - 1) * size).Take(size).Select(e => Shown(e, pending ? "pending" : null)),
            },
            "200");
    }

    private static bool Day(HttpRequest request, string name, out DateOnly day) =>
        DateOnly.TryParseExact(request.Query[name].ToString(), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static DateOnly VietnamDay(LogEntry entry) => Standard.VietnamTime.VietnamDay(entry.At);

    private static object Shown(LogEntry entry, string? state) => new
    {
        logId = entry.Id,
        metadata = new { status = state ?? entry.State, message = state is null ? entry.Message : "Đang xử lý", code = entry.Code },
    };

    private static ProvinceReply Error(int status, string message) => new(
        status, new { status, error = status.ToString(CultureInfo.InvariantCulture), message }, status.ToString(CultureInfo.InvariantCulture));

    private string NextId()
    {
        lock (gate)
            return $"log-{Clock.Now.ToUnixTimeMilliseconds()}-{log.Count + 1}";
    }

    private sealed record LogEntry(string Id, string State, string Message, string Code, DateTimeOffset At);
}
