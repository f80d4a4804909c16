using System.Globalization;
using System.Net.Http.Headers;

namespace LienThong.Portal;

/// <summary>How one HTTP exchange ended.</summary>
internal abstract record Exchange
{
    /// <summary>An answer came; perhaps cut.</summary>
    public sealed record Answered(PortalAnswer Answer, TimeSpan? RetryAfter) : Exchange;

    /// <summary>No answer. <paramref name="BytesLeft"/> tells whether the portal may have got the request.</summary>
    public sealed record Broken(string Cause, bool BytesLeft) : Exchange;
}

/// <summary>What the <c>api/qd130</c> services take beside the form; there is no <c>Authorization</c> header.</summary>
internal sealed record PortalHeaders(PortalToken Token, string PasswordDigest)
{
    public void WriteTo(HttpRequestHeaders headers)
    {
        headers.TryAddWithoutValidation("accessToken", Token.AccessToken);
        headers.TryAddWithoutValidation("tokenId", Token.IdToken);
        headers.TryAddWithoutValidation("passwordHash", PasswordDigest);
    }
}

/// <summary>Does one HTTP exchange with a time limit and a bounded answer; turns every failure of the world into a value.</summary>
internal sealed class PortalCall(HttpClient http, PortalOptions options, TimeProvider time)
{
    internal const string SimulatorHeader = "X-LienThong-Simulator";

    /// <summary>The time one exchange may take at most.</summary>
    public TimeSpan Longest => options.ConnectTimeout + options.CallTimeout;

    public Task<Exchange> RunAsync(Uri address, TrackedContent content, PortalHeaders? headers, CancellationToken ct) =>
        RunAsync(HttpMethod.Post, address, content, headers is null ? null : headers.WriteTo, ct);

    /// <summary>As above with any method; a call without a body is a question and never leaves anything behind.</summary>
    public async Task<Exchange> RunAsync(
        HttpMethod method, Uri address, TrackedContent? content, Action<HttpRequestHeaders>? headers, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        headers?.Invoke(request.Headers);
        long started = time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.CallTimeout);
        try
        {
            using HttpResponseMessage response =
                await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            (byte[] body, bool whole) = await ReadBodyAsync(response, limit.Token);
            return new Exchange.Answered(
                new PortalAnswer(
                    (int)response.StatusCode, body, whole, response.Content.Headers.ContentType?.ToString() ?? "",
                    response.Headers.Date, time.GetElapsedTime(started), response.Headers.Contains(SimulatorHeader)),
                RetryAfter(response));
        }
        catch (OperationCanceledException)
        {
            bool left = content?.Began ?? false;
            return new Exchange.Broken(Stopped(left, ct.IsCancellationRequested), left);
        }
        catch (HttpRequestException failure)
        {
            bool left = content?.Began ?? false;
            return new Exchange.Broken(left ? "Đứt kết nối với Cổng khi đang gửi hoặc chờ trả lời" : NotConnected(failure), left);
        }
    }

    /// <summary>Reads at most the allowed bytes. A connection that breaks here leaves what came so far, marked as cut.</summary>
    private async Task<(byte[] Body, bool Whole)> ReadBodyAsync(HttpResponseMessage response, CancellationToken ct)
    {
        using var kept = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        try
        {
            await using Stream stream = await response.Content.ReadAsStreamAsync(ct);
            while (true)
            {
                int read = await stream.ReadAsync(buffer, ct);
                if (read == 0)
                    return (kept.ToArray(), true);
                int room = Math.Min(read, options.MaxAnswerBytes - (int)kept.Length);
                kept.Write(buffer, 0, room);
                if (room < read)
                    return (kept.ToArray(), false);
            }
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or OperationCanceledException or InvalidDataException)
        {
            return (kept.ToArray(), false);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };

    private string Stopped(bool left, bool byCaller) => (left, byCaller) switch
    {
        (true, true) => "Bị dừng khi đang chờ Cổng trả lời",
        (false, true) => "Dừng theo yêu cầu trước khi gửi",
        (true, false) => string.Create(CultureInfo.InvariantCulture, $"Cổng không trả lời trong {options.CallTimeout.TotalSeconds:0.#} giây"),
        (false, false) => "Không kết nối được tới Cổng trong thời gian cho phép; kiểm tra đường truyền và địa chỉ IP đã đăng ký",
    };

    private static string NotConnected(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "Không tìm thấy máy chủ Cổng (DNS); kiểm tra địa chỉ Cổng và mạng",
        HttpRequestError.SecureConnectionError => "Không thiết lập được kết nối bảo mật (TLS) tới Cổng; kiểm tra chứng thư máy chủ và giờ hệ thống",
        HttpRequestError.ProxyTunnelError => "Máy chủ proxy không cho kết nối tới Cổng; kiểm tra cấu hình mạng",
        _ => "Không kết nối được tới Cổng; kiểm tra mạng và địa chỉ IP đã đăng ký",
    };
}
