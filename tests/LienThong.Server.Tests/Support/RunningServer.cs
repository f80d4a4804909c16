using System.Net;
using System.Net.Http.Headers;
using LienThong.Gateway;
using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Server.Tests.Support;

/// <summary>The server on a real port, with its own data folder, two facilities and a user of each role.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    public const string Facility = "99001";
    public const string OtherFacility = "99002";
    public const string Password = "mat-khau-thu-nghiem";
    private readonly Dictionary<string, string> tokens = [];
    private WebApplication? app;

    public string DataFolder { get; } = Directory.CreateTempSubdirectory("lienthong-server-").FullName;

    /// <summary>Change before <see cref="InitializeAsync"/>.</summary>
    public Func<ServerOptions, ServerOptions> Options { get; set; } = options => options;

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public IServiceProvider Services => app!.Services;

    public string? FirstPassword { get; private set; }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        app = ServerHost.Create(Options(new ServerOptions
        {
            Gateway = new GatewayOptions { DataFolder = DataFolder },
            Urls = "http://127.0.0.1:0",
            AdminPassword = Password,
            SignInsPerMinute = 1000,
            SignInsPerName = 1000,
            RunsWorkers = false,
        }));
        FirstPassword = await ServerHost.PrepareAsync(app, default);
        await app.StartAsync();
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        foreach (string facility in (string[])[Facility, OtherFacility])
            await Get<FacilitySettings>().SaveAsync(Caller.System(), facility, "Bệnh viện thử " + facility, null, 4, null, default);
        foreach (string role in Roles.Table.Keys)
            await AddUserAsync(role, role, FacilityScope.Only(Facility));
        await AddUserAsync("other", Roles.ClinicAdmin, FacilityScope.Only(OtherFacility));
    }

    public async Task AddUserAsync(string name, string role, FacilityScope scope)
    {
        UserAccounts accounts = Get<UserAccounts>();
        Assert.NotNull(await accounts.CreateAsync(Caller.System(), name, name, Password, [role], scope, default));
        tokens[name] = (await accounts.IssueBearerAsync(Caller.System(), name, "test", TimeSpan.FromHours(1), default))!;
    }

    /// <summary>A client with the bearer token of a user; without one for null.</summary>
    public HttpClient Api(string? user)
    {
        HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        if (user is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens[user]);
        return client;
    }

    /// <summary>A client that keeps cookies like a browser, nobody signed in.</summary>
    public HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    /// <summary>A browser in which the user is signed in.</summary>
    public async Task<HttpClient> SignedInAsync(string user)
    {
        HttpClient browser = Browser();
        using HttpResponseMessage answer = await PostAsync(browser, "/dang-nhap", "/dang-nhap", ("ten", user), ("mat-khau", Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    /// <summary>Takes a package of one record in, as the system; its record id.</summary>
    public async Task<Guid> IngestAsync(byte[] package)
    {
        using MemoryStream stream = new(package);
        IntakeReport report = await Get<IntakeService>().IngestAsync(stream, "goi.xml", Caller.System(), null, default);
        return Assert.Single(report.Records).RecordId!.Value;
    }

    /// <summary>Reads a page until it says the text, which work in the background makes it say.</summary>
    public static async Task<string> EventuallyAsync(HttpClient browser, string path, string text)
    {
        for (int i = 0; i < 300; i++)
        {
            string html = await browser.GetStringAsync(path);
            if (html.Contains(text, StringComparison.Ordinal))
                return html;
            await Task.Delay(50);
        }
        Assert.Fail($"{path} never said «{text}».");
        return "";
    }

    /// <summary>Posts a form with the antiforgery token of a page.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string page, string action, params (string Name, string Value)[] fields)
    {
        string html = await browser.GetStringAsync(page);
        Dictionary<string, string> form = fields.ToDictionary(f => f.Name, f => f.Value);
        form["csrf"] = CsrfOf(html);
        return await browser.PostAsync(action, new FormUrlEncodedContent(form));
    }

    public static string CsrfOf(string html)
    {
        string token = Html.Find(html, "name=\"csrf\" value=\"(?<it>[^\"]+)\"");
        return token.Length > 0 ? token : throw new InvalidDataException("No csrf field in: " + html);
    }

    public async Task DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        try
        {
            Directory.Delete(DataFolder, recursive: true);
        }
        catch (IOException)
        {
            // A file that is still being closed: the system's temporary folder is cleaned by itself.
        }
    }
}
