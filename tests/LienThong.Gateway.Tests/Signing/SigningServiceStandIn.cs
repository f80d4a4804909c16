using System.Text;
using System.Text.Json;
using LienThong.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LienThong.Gateway.Tests.Signing;

/// <summary>What the stand-in does with the next calls.</summary>
public enum ServiceMode
{
    Honest,
    ChangesContent,
    SignsOtherContent,
    OtherCertificate,
    Unsigned,
    Refuses,
    WrongPin,
    NoData,
    NoJson,
    NoBase64,
    Empty,
    Oversized,
    Endless,
    Hangs,
    Unauthorized,
    ServerError,
    Redirects,
    Drops,
}

/// <summary>A signing service as hospitals run it (<c>POST /api/EmrSign/SignXmlBhyt</c>), honest or not, on a port of this machine.</summary>
internal sealed class SigningServiceStandIn : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly DemoKeys keys;
    private readonly DemoKeys stranger;
    private readonly CancellationTokenSource stop = new();
    private int calls;
    private int atOnce;

    private SigningServiceStandIn(WebApplication app, DemoKeys keys, DateTimeOffset now) =>
        (this.app, this.keys, stranger) = (app, keys, DemoKeys.Create("99999", now));

    internal ServiceMode Mode { get; set; }

    internal int Calls => Volatile.Read(ref calls);

    /// <summary>Most calls that were being answered at the same time.</summary>
    internal int MostAtOnce { get; private set; }

    internal JsonElement LastBody { get; private set; }

    internal Dictionary<string, string> LastHeaders { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal Uri Address { get; private set; } = new("http://127.0.0.1/");

    internal static async Task<SigningServiceStandIn> StartAsync(DemoKeys keys, DateTimeOffset now)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        SigningServiceStandIn service = new(builder.Build(), keys, now);
        service.app.MapPost("/api/EmrSign/SignXmlBhyt", service.AnswerAsync);
        await service.app.StartAsync();
        string address = service.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        service.Address = new Uri(address + "/api/EmrSign/SignXmlBhyt");
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref calls);
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref atOnce));
        try
        {
            using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            lock (LastHeaders)
            {
                LastBody = body.RootElement.Clone();
                LastHeaders.Clear();
                foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in context.Request.Headers)
                    LastHeaders[name] = value.ToString();
            }
            await Task.Delay(5);
            await AnswerAsync(context, body.RootElement.GetProperty("ApiData"));
        }
        finally
        {
            Interlocked.Decrement(ref atOnce);
        }
    }

    private Task AnswerAsync(HttpContext context, JsonElement data)
    {
        string sent = Encoding.UTF8.GetString(data.GetProperty("XmlBase64").GetBytesFromBase64());
        Assert.Equal("CHUKYDONVI", data.GetProperty("TagStoreSignatureValue").GetString());
        switch (Mode)
        {
            case ServiceMode.Honest:
                return Signed(context, Sign(sent, keys));
            case ServiceMode.ChangesContent:
                return Signed(context, Sign(sent, keys).Replace("<HO_TEN>A", "<HO_TEN>B", StringComparison.Ordinal));
            case ServiceMode.SignsOtherContent:
                return Signed(context, Sign(sent.Replace("<HO_TEN>A", "<HO_TEN>B", StringComparison.Ordinal), keys));
            case ServiceMode.OtherCertificate:
                return Signed(context, Sign(sent, stranger));
            case ServiceMode.Unsigned:
                return Signed(context, sent);
            case ServiceMode.Refuses:
                return Json(context, new { Success = false, Data = (string?)null, Param = new { Messages = new[] { "HSM bận\r\n", "thử lại sau" } } });
            case ServiceMode.WrongPin:
                return Json(context, new { Success = false, Data = (string?)null, Param = new { Messages = new[] { "PIN không chính xác: 1234-bí-mật" } } });
            case ServiceMode.NoData:
                return Json(context, new { Success = true });
            case ServiceMode.NoJson:
                return context.Response.WriteAsync("<html>Đang bảo trì</html>");
            case ServiceMode.NoBase64:
                return Json(context, new { Success = true, Data = "không phải base64" });
            case ServiceMode.Empty:
                return Task.CompletedTask;
            case ServiceMode.Oversized:
                return Json(context, new { Success = true, Data = new string('A', 4_000_000) });
            case ServiceMode.Endless:
                return EndlessAsync(context);
            case ServiceMode.Hangs:
                return Task.Delay(Timeout.Infinite, CancellationTokenSource.CreateLinkedTokenSource(stop.Token, context.RequestAborted).Token)
                    .ContinueWith(static _ => { }, default, TaskContinuationOptions.None, TaskScheduler.Default);
            case ServiceMode.Redirects:
                context.Response.Redirect("/api/EmrSign/SignXmlBhyt");
                return Task.CompletedTask;
            case ServiceMode.Drops:
                context.Abort();
                return Task.CompletedTask;
            default:
                context.Response.StatusCode = Mode == ServiceMode.Unauthorized ? 401 : 500;
                return Task.CompletedTask;
        }
    }

    private static async Task EndlessAsync(HttpContext context)
    {
        byte[] chunk = Encoding.ASCII.GetBytes("{\"Success\":true,\"Data\":\"" + new string('A', 100_000));
        while (!context.RequestAborted.IsCancellationRequested)
            await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
    }

    private static string Sign(string document, DemoKeys keys)
    {
        using IKeySource key = keys.OpenKey();
        SignOptions options = new() { At = new DateTimeOffset(key.Certificate.NotBefore.ToUniversalTime()).AddDays(2) };
        return Encoding.UTF8.GetString(((SignResult.Signed)PackageSigner.Sign(Encoding.UTF8.GetBytes(document), key, options)).Bytes);
    }

    private static Task Signed(HttpContext context, string document) =>
        Json(context, new { Success = true, Data = Convert.ToBase64String(Encoding.UTF8.GetBytes(document)), Param = new { Messages = Array.Empty<string>() } });

    private static Task Json(HttpContext context, object answer)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(JsonSerializer.Serialize(answer));
    }
}
