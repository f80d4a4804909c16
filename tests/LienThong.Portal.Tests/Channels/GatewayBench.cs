using LienThong.Portal.Channels;
using LienThong.PortalSimulator;

namespace LienThong.Portal.Tests.Channels;

/// <summary>A simulator of all gateways on loopback and a factory of channels that talk to it over real HTTP.</summary>
internal sealed class GatewayBench : IAsyncDisposable
{
    private GatewayBench(PortalSimulatorHost simulator, ChannelFactory factory) => (Simulator, Factory) = (simulator, factory);

    public PortalSimulatorHost Simulator { get; }

    public ChannelFactory Factory { get; }

    public static async Task<GatewayBench> StartAsync(SimulatorOptions? simulator = null, PortalOptions? options = null, TimeProvider? time = null)
    {
        PortalSimulatorHost host = await PortalSimulatorHost.StartAsync((simulator ?? new SimulatorOptions()) with
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
        return new GatewayBench(host, new ChannelFactory(options ?? new PortalOptions { CallTimeout = TimeSpan.FromSeconds(20) }, time ?? TimeProvider.System));
    }

    public ChannelSettings Settings(string kind, string facility = "99001", string password = A.Password, params (string Name, string Value)[] options) => new(
        kind, kind == ChannelKinds.Bhxh ? Simulator.BaseAddress : new Uri(Simulator.BaseAddress, kind), facility, facility[..2], facility + "_BV", password,
        options.ToDictionary(static o => o.Name, static o => o.Value, StringComparer.Ordinal));

    public IDocumentChannel Channel(string kind, params (string Name, string Value)[] options) => Factory.Create(Settings(kind, options: options));

    public Task<SendOutcome> SendAsync(string kind, PortalSubmission? submission = null) =>
        Channel(kind).SendAsync(submission ?? A.Record(), CancellationToken.None);

    public int Calls(string service) => Simulator.Store.Requests().Count(r => r.Service == service);

    public async ValueTask DisposeAsync()
    {
        Factory.Dispose();
        await Simulator.DisposeAsync();
    }
}
