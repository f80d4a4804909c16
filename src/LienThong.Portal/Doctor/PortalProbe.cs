using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LienThong.Portal;

/// <summary>
/// Tries a connection to the portal stage by stage, to tell a person where it ends. It keeps no token and repeats nothing; the caller sees to it
/// that a refused password isn't tried again.
/// </summary>
public sealed class PortalProbe : IDisposable
{
    private readonly HttpClient http;
    private readonly PortalCall call;
    private readonly PortalOptions options;
    private readonly TimeProvider time;

    /// <summary>A probe with the settings of the portal client.</summary>
    public PortalProbe(PortalOptions options, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        http = PortalHttp.CreateClient(options);
        call = new PortalCall(http, options, time);
    }

    /// <summary>Why the account can't be used as configured, in Vietnamese; null when it can.</summary>
    public string? Complaint(PortalAccount account) => account.Problem(options);

    /// <summary>The proxy that stands between; null when the way is direct.</summary>
    public static Uri? ProxyOf(Uri address)
    {
        Uri? proxy = HttpClient.DefaultProxy.GetProxy(address);
        return proxy is null || proxy == address ? null : proxy;
    }

    /// <summary>Looks the host's name up.</summary>
    public async Task<ProbeStage> ResolveAsync(Uri address, CancellationToken ct)
    {
        using CancellationTokenSource limit = Limit(ct);
        try
        {
            IPAddress[] found = await Dns.GetHostAddressesAsync(address.IdnHost, limit.Token);
            return new ProbeStage(found.Length > 0, string.Join(", ", found.Take(4).Select(a => a.ToString())));
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return new ProbeStage(false, $"Không tìm thấy máy chủ {address.IdnHost}.");
        }
    }

    /// <summary>Opens a connection and closes it again.</summary>
    public async Task<ProbeStage> ConnectAsync(Uri address, CancellationToken ct)
    {
        using CancellationTokenSource limit = Limit(ct);
        using TcpClient client = new();
        long started = time.GetTimestamp();
        try
        {
            await client.ConnectAsync(address.IdnHost, address.Port, limit.Token);
            return new ProbeStage(true, string.Create(CultureInfo.InvariantCulture, $"Cổng {address.Port} mở, {time.GetElapsedTime(started).TotalMilliseconds:0} ms."));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new ProbeStage(false, string.Create(CultureInfo.InvariantCulture, $"Không ai trả lời ở cổng {address.Port} trong {options.ConnectTimeout.TotalSeconds:0.#} giây."));
        }
        catch (SocketException failure)
        {
            return new ProbeStage(false, $"Không kết nối được tới cổng {address.Port}: {(failure.SocketErrorCode == SocketError.ConnectionRefused ? "bị từ chối" : failure.SocketErrorCode)}.");
        }
    }

    /// <summary>Shakes hands by TLS and looks at the server's certificate; nothing else is sent.</summary>
    public async Task<TlsProbe> SecureAsync(Uri address, CancellationToken ct)
    {
        using CancellationTokenSource limit = Limit(ct);
        using TcpClient client = new();
        (string subject, string issuer, DateTimeOffset? end, SslPolicyErrors errors) = ("", "", null, SslPolicyErrors.None);
        try
        {
            await client.ConnectAsync(address.IdnHost, address.Port, limit.Token);
            await using SslStream tls = new(client.GetStream());
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = address.IdnHost,
                    RemoteCertificateValidationCallback = (_, certificate, _, found) =>
                    {
                        errors = found;
                        if (certificate is not null)
                            (subject, issuer, end) = (certificate.Subject, certificate.Issuer, End(certificate));
                        return found == SslPolicyErrors.None;
                    },
                },
                limit.Token);
            return new TlsProbe(true, "", tls.SslProtocol.ToString(), subject, issuer, end);
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException or SocketException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return new TlsProbe(false, errors == SslPolicyErrors.None ? "Không bắt tay được bằng TLS." : Words(errors, end), "", subject, issuer, end);
        }
    }

    /// <summary>Asks for the host's front page, which any web server answers somehow, with the client that will send.</summary>
    public async Task<HelloProbe> GreetAsync(Uri address, CancellationToken ct)
    {
        using CancellationTokenSource limit = Limit(ct, options.CallTimeout);
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return new HelloProbe((int)answer.StatusCode, "", answer.Headers.Date, answer.Headers.Contains(PortalCall.SimulatorHeader));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new HelloProbe(null, string.Create(CultureInfo.InvariantCulture, $"Máy chủ không trả lời trong {options.CallTimeout.TotalSeconds:0.#} giây."), null, false);
        }
        catch (HttpRequestException failure)
        {
            return new HelloProbe(null, failure.HttpRequestError == HttpRequestError.SecureConnectionError ? "Kết nối bảo mật (TLS) không được tin cậy." : "Máy chủ ngắt kết nối mà không trả lời.", null, false);
        }
    }

    /// <summary>Logs in once.</summary>
    public async Task<LoginProbe> LogInAsync(PortalAccount account, CancellationToken ct)
    {
        string form = $"username={Uri.EscapeDataString(account.UserName)}&password={Uri.EscapeDataString(account.PasswordDigest)}";
        SmallContent content = new(new MediaTypeHeaderValue("application/x-www-form-urlencoded"), Encoding.ASCII.GetBytes(form));
        switch (await call.RunAsync(account.At(options.Endpoints.TokenPath), content, null, ct))
        {
            case Exchange.Broken broken:
                return new LoginProbe(LoginVerdict.Unreachable, "", broken.Cause, null, "", null, null);
            case Exchange.Answered(var answer, _):
                return Judge(answer);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Calls the record service without a document: it can't store anything, and says whether it lets the account in.</summary>
    /// <param name="account">The account.</param>
    /// <param name="login">An accepted login of it.</param>
    /// <param name="releaseId">Release whose service is asked.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="ArgumentException">The login wasn't accepted, or there is no service for the release.</exception>
    public async Task<PermissionProbe> AskPermissionAsync(PortalAccount account, LoginProbe login, string releaseId, CancellationToken ct)
    {
        if (login.Token is not { } token)
            throw new ArgumentException("The login wasn't accepted.", nameof(login));
        PortalEndpoint endpoint = options.Endpoints.Find(PortalService.Record, releaseId) ?? throw new ArgumentException($"No record service for {releaseId}.", nameof(releaseId));
        DocumentContent form = DocumentContent.Form(
            [("username", account.UserName), ("loaiHoSo", endpoint.RecordType), ("maTinh", account.ProvinceCode), ("maCSKCB", account.FacilityCode)],
            "fileHSBase64", ReadOnlyMemory<byte>.Empty);
        switch (await call.RunAsync(account.At(endpoint.Path), form, new PortalHeaders(token, account.PasswordDigest), ct))
        {
            case Exchange.Broken broken:
                return new PermissionProbe("", broken.Cause, null);
            case Exchange.Answered(var answer, _):
                PortalReply? reply = PortalReply.TryRead(answer);
                return new PermissionProbe(reply?.Code ?? "", reply?.Text("thongDiep") ?? "", answer.HttpStatus);
            default:
                throw new UnreachableException();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private LoginProbe Judge(PortalAnswer answer)
    {
        PortalReply? reply = PortalReply.TryRead(answer);
        string code = reply?.Code ?? (answer.HttpStatus == 401 ? "401" : "");
        if (code.Length == 0)
            return new LoginProbe(LoginVerdict.Unclear, "", $"HTTP {answer.HttpStatus}, không phải câu trả lời của dịch vụ đăng nhập.", answer.HttpStatus, "", null, answer.ServerDate);
        DateTimeOffset now = time.GetUtcNow();
        switch (options.ResultCodes.Get(code).Handling)
        {
            case PortalHandling.Accepted when PortalToken.TryRead(reply!, answer, now, options) is { } token:
                System.Text.Json.JsonElement? key = PortalReply.Member(reply!.Root, "APIKey");
                string user = key is { } known ? PortalReply.Text(known, "username") : "";
                TimeSpan? life = key is { } given ? PortalToken.Lifetime(PortalReply.Member(given, "expires_in"), answer.ServerDate ?? now) : null;
                return new LoginProbe(LoginVerdict.Accepted, code, "", answer.HttpStatus, user, life, answer.ServerDate) { Token = token };
            case PortalHandling.Accepted:
                return new LoginProbe(LoginVerdict.Unclear, code, "Cổng báo thành công nhưng không kèm phiên làm việc.", answer.HttpStatus, "", null, answer.ServerDate);
            case PortalHandling.Unknown:
                return new LoginProbe(LoginVerdict.Unclear, code, reply?.Text("thongDiep") ?? "", answer.HttpStatus, "", null, answer.ServerDate);
            default:
                return new LoginProbe(LoginVerdict.Refused, code, reply?.Text("thongDiep") ?? "", answer.HttpStatus, "", null, answer.ServerDate);
        }
    }

    private CancellationTokenSource Limit(CancellationToken ct, TimeSpan? after = null)
    {
        CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(after ?? options.ConnectTimeout);
        return limit;
    }

    private string Words(SslPolicyErrors errors, DateTimeOffset? end) =>
        end < time.GetUtcNow() ? "Chứng thư máy chủ đã hết hạn (hoặc giờ máy này sai)."
        : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? "Chứng thư máy chủ cấp cho tên miền khác."
        : "Chứng thư máy chủ do nơi không được tin cậy cấp.";

    private static DateTimeOffset End(X509Certificate certificate) => new(new X509Certificate2(certificate).NotAfter.ToUniversalTime());
}
