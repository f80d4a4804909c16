using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LienThong.PortalSimulator;

/// <summary>A running simulator. It is no evidence of anything: every answer carries <c>X-LienThong-Simulator: 1</c>.</summary>
public sealed class PortalSimulatorHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly PortalSimulation simulation;

    private PortalSimulatorHost(WebApplication app, PortalSimulation simulation, Uri baseAddress) =>
        (this.app, this.simulation, BaseAddress) = (app, simulation, baseAddress);

    /// <summary>Where it listens; with port 0 in the options, the port that was taken.</summary>
    public Uri BaseAddress { get; }

    /// <summary>What it has received.</summary>
    public SimulatorStore Store => simulation.Store;

    /// <summary>Faults it plays.</summary>
    public FaultBook Faults => simulation.Faults;

    /// <summary>Completes when the process is asked to stop (Ctrl+C) or the simulator is disposed.</summary>
    public Task Completion => app.WaitForShutdownAsync();

    /// <summary>Makes every token invalid, as after a restart of the portal.</summary>
    public void DropTokens() => simulation.DropTokens();

    /// <summary>Marks a month as requested for payment: its records can't be replaced any more.</summary>
    /// <param name="month"><c>yyyyMM</c> of <c>NGAY_RA</c>.</param>
    public void SettleMonth(string month) => simulation.SettledMonths[month] = true;

    /// <summary>Starts listening.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="ct">Stops the start.</param>
    /// <exception cref="IOException">The address is in use.</exception>
    public static async Task<PortalSimulatorHost> StartAsync(SimulatorOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            // Settings of the surrounding program are none of the simulator's business.
            Args = [],
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Base64 in percent-encoding is at most four times the document; a little more, so that 1001 is told and not a cut connection.
            kestrel.Limits.MaxRequestBodySize = (6L * options.MaxDocumentBytes) + (64 * 1024);
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var behaviour = new PortalSimulation(options);
        WebApplication web = builder.Build();
        behaviour.Map(web);
        try
        {
            await web.StartAsync(ct);
        }
        catch
        {
            behaviour.Dispose();
            await web.DisposeAsync();
            throw;
        }

        string address = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new PortalSimulatorHost(web, behaviour, new Uri(address));
    }

    /// <summary>Stops listening; calls that hang are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(soon.Token);
        await app.DisposeAsync();
        simulation.Dispose();
    }
}
