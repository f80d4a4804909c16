using System.Collections.Concurrent;
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
    private readonly IPortalChannel? national;
    private readonly ISessionShare? share;
    private readonly string? folders;
    private readonly ConcurrentDictionary<(NetworkSettings Network, TimeSpan Connect, TimeSpan Call), Lazy<Line>> lines = new();
    private readonly GatewaySessions sessions;

    /// <summary>A factory with its own connections.</summary>
    /// <param name="options">Time limits, paths, result codes, network; a channel's own options come first.</param>
    /// <param name="time">The clock of tokens and file names.</param>
    /// <param name="loggers">Optional.</param>
    /// <param name="national">The process's channel to the national portal, so that an account has one session; null: an own one.</param>
    /// <param name="share">Sessions of other processes; null when this is the only one.</param>
    /// <param name="folders">The folder that channels of kind <c>folder</c> may use, with what is in it; null for any folder.</param>
    public ChannelFactory(
        PortalOptions options, TimeProvider time, ILoggerFactory? loggers = null, IPortalChannel? national = null, ISessionShare? share = null,
        string? folders = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        this.time = time;
        this.loggers = loggers ?? NullLoggerFactory.Instance;
        this.national = national;
        this.share = share;
        this.folders = folders;
        sessions = new GatewaySessions(options, time, this.loggers.CreateLogger<ChannelFactory>(), share);
    }

    /// <summary>A channel by these settings. Cheap; settings that can't work give one whose sends all wait for a person.</summary>
    public IDocumentChannel Create(ChannelSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (Problem(settings) is { } problem)
            return new MisconfiguredChannel(problem);
        PortalOptions own = ChannelNetwork.For(settings, options);
        ILogger logger = loggers.CreateLogger<ChannelFactory>();
        if (settings.Kind == ChannelKinds.Bhxh)
        {
            return new NationalChannel(
                national is not null && ReferenceEquals(own, options) ? national : LineFor(own).Portal, NationalChannel.Account(settings));
        }

        if (Dialect(settings) is { } dialect)
            return new GatewayChannel(dialect, new PortalCall(LineFor(own).Http, own, time), sessions, settings.FacilityCode, time, logger);
        IDropPlace place = settings.Kind == ChannelKinds.Folder ? new FolderPlace(settings, folders) : new FtpPlace(settings, own);
        return new DropChannel(place, settings, own, time, logger);
    }

    /// <summary>A Vietnamese sentence when the settings can't work, for the page where they are typed; null when they can.</summary>
    public string? Problem(ChannelSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!settings.Address.IsAbsoluteUri)
            return "Địa chỉ của kênh không hợp lệ; cần địa chỉ đầy đủ";
        return ChannelNetwork.Problem(settings, options) ?? settings.Kind switch
        {
            ChannelKinds.Bhxh => NationalChannel.Account(settings).Problem(options),
            ChannelKinds.Folder => FolderPlace.Problem(settings, folders) ?? DropChannel.Problem(settings),
            ChannelKinds.Ftp or ChannelKinds.Ftps => FtpPlace.Problem(settings) ?? DropChannel.Problem(settings),
            _ => Dialect(settings) is { } dialect
                ? dialect.Problem()
                : $"Không có loại kênh «{settings.Kind}»; chọn một trong: {string.Join(", ", ChannelKinds.All)}",
        };
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        foreach (Lazy<Line> line in lines.Values)
        {
            if (line.IsValueCreated)
                line.Value.Http.Dispose();
        }
    }

    private GatewayDialect? Dialect(ChannelSettings settings) => settings.Kind switch
    {
        ChannelKinds.Hanoi => new HanoiDialect(settings, options),
        ChannelKinds.DienBien => new DienBienDialect(settings, options),
        ChannelKinds.Fhir => new FhirDialect(settings, options),
        _ => null,
    };

    /// <summary>Connections of one way out of the house.</summary>
    private Line LineFor(PortalOptions own) =>
        lines.GetOrAdd((own.Network, own.ConnectTimeout, own.CallTimeout), _ => new Lazy<Line>(() => new Line(own, time, loggers, share))).Value;

    private sealed class Line
    {
        public Line(PortalOptions options, TimeProvider time, ILoggerFactory loggers, ISessionShare? share)
        {
            Http = PortalHttp.CreateClient(options);
            var sessions = new PortalSessions(Http, options, time, loggers.CreateLogger<PortalSessions>(), share);
            Portal = new BhxhPortalChannel(Http, sessions, time, options, loggers.CreateLogger<BhxhPortalChannel>());
        }

        public HttpClient Http { get; }

        public BhxhPortalChannel Portal { get; }
    }
}
