using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace LienThong.PortalSimulator.Tests;

/// <summary>Calls the simulator without the product's client, so that everything can be left out or wrong.</summary>
internal sealed class RawCaller : IAsyncDisposable
{
    public const string RecordPath = "/api/qd130/guiHoSoXmlQD3176";
    private readonly HttpClient http;

    private RawCaller(PortalSimulatorHost portal)
    {
        Portal = portal;
        http = new HttpClient { BaseAddress = portal.BaseAddress };
    }

    public PortalSimulatorHost Portal { get; }

    public string AccessToken { get; private set; } = "";

    public string IdToken { get; private set; } = "";

    public HttpClient Http => http;

    public static SimulatorOptions Options { get; } = new()
    {
        SignatureRequired = false,
        Accounts = [new("99001", "99001_BV", "mot"), new("99002", "99002_BV", "hai"), new("99003", "99003_BV", "ba") { Locked = true }],
    };

    public static async Task<RawCaller> StartAsync(SimulatorOptions? options = null, bool logIn = true)
    {
        var caller = new RawCaller(await PortalSimulatorHost.StartAsync(options ?? Options));
        if (logIn)
            await caller.LogInAsync("99001_BV", Digest.Of("mot"));
        return caller;
    }

    public async Task<JsonElement> LogInAsync(string user, string digest)
    {
        using HttpResponseMessage response = await http.PostAsync("/api/token/take", new FormUrlEncodedContent([new("username", user), new("password", digest)]));
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        if (answer.TryGetProperty("APIKey", out JsonElement key))
        {
            AccessToken = key.GetProperty("access_token").GetString()!;
            IdToken = key.GetProperty("id_token").GetString()!;
        }

        return answer;
    }

    public static Dictionary<string, string> Form(byte[] document) => new(StringComparer.Ordinal)
    {
        ["username"] = "99001_BV",
        ["loaiHoSo"] = "130",
        ["maTinh"] = "99",
        ["maCSKCB"] = "99001",
        ["fileHSBase64"] = Convert.ToBase64String(document),
    };

    public Task<JsonElement> SendAsync(Parts parts, string path = RecordPath) => SendAsync(parts.Build(), path);

    public Task<JsonElement> SendAsync(byte[] document, string path = RecordPath) => SendAsync(new FormUrlEncodedContent(Form(document)), path);

    public async Task<JsonElement> SendAsync(HttpContent content, string path = RecordPath, string? digest = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("accessToken", AccessToken);
        request.Headers.Add("tokenId", IdToken);
        request.Headers.Add("passwordHash", digest ?? Digest.Of("mot"));
        using HttpResponseMessage response = await http.SendAsync(request);
        Assert.Equal("1", Assert.Single(response.Headers.GetValues("X-LienThong-Simulator")));
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static StringContent Raw(string form) =>
        new(form, Encoding.ASCII, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Portal.DisposeAsync();
    }
}

/// <summary>Reads answers.</summary>
internal static class Answers
{
    public static string Code(this JsonElement answer) => answer.GetProperty("maKetQua").ToString();

    public static string Transaction(this JsonElement answer) => answer.GetProperty("maGiaoDich").GetString()!;
}
