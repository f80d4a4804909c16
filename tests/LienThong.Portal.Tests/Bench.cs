using LienThong.PortalSimulator;

namespace LienThong.Portal.Tests;

/// <summary>A simulator on loopback and a client that talks to it over real HTTP.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly HttpClient http;

    private Bench(PortalSimulatorHost portal, PortalOptions options, TimeProvider time)
    {
        Portal = portal;
        http = PortalHttp.CreateClient(options);
        Sessions = new PortalSessions(http, options, time, null);
        Channel = new BhxhPortalChannel(http, Sessions, time, options);
        Cards = new CardLookupClient(http, Sessions, time, options);
    }

    public PortalSimulatorHost Portal { get; }

    public PortalSessions Sessions { get; }

    public BhxhPortalChannel Channel { get; }

    public CardLookupClient Cards { get; }

    public PortalAccount Account => A.Account(Portal.BaseAddress);

    public static async Task<Bench> StartAsync(SimulatorOptions? simulator = null, PortalOptions? options = null, TimeProvider? time = null)
    {
        simulator ??= new SimulatorOptions();
        PortalSimulatorHost portal = await PortalSimulatorHost.StartAsync(simulator with
        {
            SignatureRequired = false,
            Time = time ?? TimeProvider.System,
            Accounts =
            [
                new SimulatorAccount("99001", "99001_BV", A.Password),
                new SimulatorAccount("99002", "99002_BV", A.Password),
                new SimulatorAccount("99003", "99003_BV", A.Password) { Locked = true },
            ],
        });
        return new Bench(portal, options ?? new PortalOptions { CallTimeout = TimeSpan.FromSeconds(20) }, time ?? TimeProvider.System);
    }

    public Task<SendOutcome> SendAsync(PortalSubmission? submission = null) =>
        Channel.SendAsync(Account, submission ?? A.Record(), CancellationToken.None);

    public int Logins => Portal.Store.Requests().Count(static r => r.Service == "token");

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Portal.DisposeAsync();
    }
}
