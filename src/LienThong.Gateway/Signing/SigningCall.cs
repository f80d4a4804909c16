using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using LienThong.Portal;
using LienThong.Signing;

namespace LienThong.Gateway.Signing;

/// <summary>One call to a signing service: bounded in time and size, and every failure of the world a value. Nothing of it is ever logged: it carries patients and passwords.</summary>
internal sealed partial class SigningCall : IDisposable
{
    private const int Slack = 1024 * 1024; // signature, certificate, messages
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpClient http;
    private readonly KeyPlace.Remote place;
    private readonly KeySecrets secrets;

    public SigningCall(KeyPlace.Remote place, KeySecrets secrets)
    {
        (this.place, this.secrets) = (place, secrets);
        SocketsHttpHandler handler = new()
        {
            ConnectTimeout = ConnectTimeout,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !ThisMachine.Serves(place.Address),
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
            MaxResponseDrainSize = 0,
        };
        http = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Whether a secret can travel in a header: printable ASCII.</summary>
    public static bool Sendable(string? value) => value is null || value.All(c => c is >= ' ' and < '\x7F');

    /// <summary>Sends the document and judges the answer.</summary>
    public async Task<SignResult> RunAsync(HandedOut handed, CancellationToken ct)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(place.TimeoutSeconds));
        try
        {
            using HttpRequestMessage request = Request(handed.Document);
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (Refusal(response.StatusCode) is { } refused)
                return refused;
            byte[]? body = await BodyAsync(response, (handed.Document.Length * 4L / 3) + Slack, limit.Token);
            return body is null
                ? new SignResult.Refused(SignatureFault.BadAnswer, "Dịch vụ ký số trả lời quá lớn; hãy báo nơi cung cấp dịch vụ. Hồ sơ chưa được ký.")
                : Judge(handed, body);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Unavailable($"không trả lời trong {place.TimeoutSeconds} giây");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Unavailable((e as HttpRequestException)?.HttpRequestError == HttpRequestError.SecureConnectionError
                ? "có chứng thư TLS không tin cậy được"
                : "không kết nối được");
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(byte[] document)
    {
        ByteArrayContent content = new(SigningMessage.Write(place, secrets, document));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        HttpRequestMessage request = new(HttpMethod.Post, place.Address) { Content = content };
        Add(request, "X-Service-Token", secrets.ServiceToken);
        Add(request, "ApplicationCode", place.ApplicationCode);
        Add(request, "TokenCode", secrets.TokenCode);
        return request;
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            request.Headers.TryAddWithoutValidation(name, value);
    }

    private static SignResult.Refused? Refusal(HttpStatusCode status) => status switch
    {
        HttpStatusCode.OK => null,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new SignResult.Refused(SignatureFault.WrongPassword,
            $"Dịch vụ ký số không nhận mã truy cập (HTTP {(int)status}); hãy nhập lại mã truy cập rồi mở khóa."),
        _ => Unavailable($"trả lời HTTP {(int)status}"),
    };

    private static async Task<byte[]?> BodyAsync(HttpResponseMessage response, long most, CancellationToken ct)
    {
        if (response.Content.Headers.ContentLength > most)
            return null;
        using MemoryStream kept = new();
        byte[] buffer = new byte[32 * 1024];
        await using Stream stream = await response.Content.ReadAsStreamAsync(ct);
        for (int read; (read = await stream.ReadAsync(buffer, ct)) > 0;)
        {
            if (kept.Length + read > most)
                return null;
            kept.Write(buffer, 0, read);
        }
        return kept.ToArray();
    }

    private SignResult Judge(HandedOut handed, byte[] body)
    {
        if (SigningMessage.Read(body) is not { } answer)
            return Unavailable("trả lời không đọc được");
        if (!answer.Success)
            return Failure(answer.Messages);
        return answer.Document is { } document
            ? handed.Accept(document)
            : new SignResult.Refused(SignatureFault.BadAnswer, "Dịch vụ ký số báo đã ký nhưng không trả hồ sơ về; hãy báo nơi cung cấp dịch vụ. Hồ sơ chưa được ký.");
    }

    // The services have no codes, only sentences; whatever speaks of PIN or password is taken for a wrong one rather than tried again.
    private SignResult.Refused Failure(string messages)
    {
        string shown = Hidden(messages);
        return SpeaksOfPassword().IsMatch(messages.Normalize(NormalizationForm.FormC))
            ? new SignResult.Refused(SignatureFault.WrongPassword, $"Dịch vụ ký số báo sai PIN (mật khẩu): «{shown}». Hệ thống không thử thêm; hãy nhập lại đúng rồi mở khóa.")
            : Unavailable(shown.Length == 0 ? "từ chối ký mà không nói lý do" : $"từ chối ký: «{shown}»");
    }

    [GeneratedRegex(@"\bpin(code)?\b|mật khẩu|mat khau|password", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SpeaksOfPassword();

    private string Hidden(string text)
    {
        foreach (string? secret in new[] { secrets.Password, secrets.SecretKey, secrets.IdentityNumber, secrets.ServiceToken, secrets.TokenCode })
        {
            if (!string.IsNullOrEmpty(secret))
                text = text.Replace(secret, "***", StringComparison.Ordinal);
        }
        return text;
    }

    private static SignResult.Refused Unavailable(string what) =>
        new(SignatureFault.KeyUnavailable, $"Dịch vụ ký số {what}; hệ thống sẽ tự thử lại. Nếu kéo dài, hãy kiểm tra dịch vụ.");
}
