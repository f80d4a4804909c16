using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LienThong.Portal.Channels;

/// <summary>
/// Makes the channels of all facilities: one instance for the process, because HTTP connections and sessions are shared
/// by all channels of the same destination and account.
/// </summary>
public sealed class ChannelFactory : IDisposable
{
    private readonly PortalOptions options;
    private readonly TimeProvider time;
    private readonly ILoggerFactory loggers;
    private readonly HttpClient http;
    private readonly PortalSessions sessions;
    private readonly BhxhPortalChannel portal;

    /// <summary>A factory with its own connections.</summary>
    /// <param name="options">Time limits, paths, result codes, network; a channel's own options come first.</param>
    /// <param name="time">The clock of tokens and file names.</param>
    /// <param name="loggers">Optional.</param>
    public ChannelFactory(PortalOptions options, TimeProvider time, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        this.time = time;
        this.loggers = loggers ?? NullLoggerFactory.Instance;
        http = PortalHttp.CreateClient(options);
        sessions = new PortalSessions(http, options, time, this.loggers.CreateLogger<PortalSessions>());
        portal = new BhxhPortalChannel(http, sessions, time, options, this.loggers.CreateLogger<BhxhPortalChannel>());
    }

    /// <summary>A channel by these settings. Cheap; settings that can't work give one whose sends all wait for a person.</summary>
    public IDocumentChannel Create(ChannelSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Problem(settings) is { } problem
            ? new MisconfiguredChannel(problem)
            : new NationalChannel(portal, NationalChannel.Account(settings));
    }

    /// <summary>A Vietnamese sentence when the settings can't work, for the page where they are typed; null when they can.</summary>
    public string? Problem(ChannelSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Kind == ChannelKinds.Bhxh
            ? NationalChannel.Account(settings).Problem(options)
            : $"Không có loại kênh «{settings.Kind}»; chọn một trong: {string.Join(", ", ChannelKinds.All)}";
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => http.Dispose();
}
