using System.Text;

namespace LienThong.PortalSimulator;

/// <summary>Writes an answer to the connection, whole or spoilt by a fault.</summary>
internal static class AnswerWriter
{
    private const int HugeBytes = 8 * 1024 * 1024;

    public static async Task WriteAsync(HttpContext http, byte[] json, FaultRule? fault)
    {
        HttpResponse response = http.Response;
        switch (fault?.Kind)
        {
            case FaultKinds.TimeoutBefore or FaultKinds.TimeoutAfter:
                await HangAsync(http, fault.DelayMs ?? 120_000);
                break;
            case FaultKinds.Reset:
                await ResetAsync(http, fault.StoresFirst ? json : []);
                break;
            case FaultKinds.Http500:
                await HtmlAsync(response, 500, "Server Error in '/' Application.");
                break;
            case FaultKinds.Http502:
                await HtmlAsync(response, 502, "Bad Gateway");
                break;
            case FaultKinds.AddressBlocked:
                await HtmlAsync(response, 403, "Forbidden");
                break;
            case FaultKinds.Maintenance:
                response.Headers.RetryAfter = "600";
                await HtmlAsync(response, 503, "Hệ thống đang bảo trì");
                break;
            case FaultKinds.EmptyBody:
                response.ContentLength = 0;
                break;
            case FaultKinds.Garbled:
                await JsonAsync(response, json.AsMemory(0, json.Length / 2));
                break;
            case FaultKinds.HugeBody:
                await HugeAsync(response);
                break;
            case FaultKinds.SlowDrip:
                await DripAsync(http, json, fault.DelayMs ?? 250);
                break;
            case FaultKinds.WrongCharset:
                response.ContentType = "application/json; charset=windows-1258";
                await response.Body.WriteAsync(Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(json)));
                break;
            default:
                await JsonAsync(response, json);
                break;
        }
    }

    private static async Task JsonAsync(HttpResponse response, ReadOnlyMemory<byte> json)
    {
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.Length;
        await response.Body.WriteAsync(json);
    }

    private static Task HtmlAsync(HttpResponse response, int status, string title)
    {
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync($"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>");
    }

    private static async Task HangAsync(HttpContext http, int delayMs)
    {
        try
        {
            await Task.Delay(delayMs, http.RequestAborted);
            http.Abort();
        }
        catch (OperationCanceledException)
        {
            // The caller gave up first, which is the point of the exercise.
        }
    }

    private static async Task ResetAsync(HttpContext http, byte[] json)
    {
        if (json.Length > 0)
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = json.Length;
            await http.Response.Body.WriteAsync(json.AsMemory(0, json.Length / 2));
            await http.Response.Body.FlushAsync();
        }

        http.Abort();
    }

    private static async Task HugeAsync(HttpResponse response)
    {
        response.ContentType = "application/json; charset=utf-8";
        byte[] piece = new byte[64 * 1024];
        piece.AsSpan().Fill((byte)'x');
        for (int sent = 0; sent < HugeBytes; sent += piece.Length)
            await response.Body.WriteAsync(piece, response.HttpContext.RequestAborted);
    }

    private static async Task DripAsync(HttpContext http, byte[] json, int delayMs)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = json.Length;
        for (int i = 0; i < json.Length; i++)
        {
            await http.Response.Body.WriteAsync(json.AsMemory(i, 1), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(delayMs, http.RequestAborted);
        }
    }
}
