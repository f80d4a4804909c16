using System.Globalization;

namespace LienThong.Portal.Channels;

/// <summary>The installation's network settings and time limits with a channel's own in their place.</summary>
internal static class ChannelNetwork
{
    private const int LongestSeconds = 3600;

    /// <summary>Options for one channel; the same instance when it sets nothing itself.</summary>
    public static PortalOptions For(ChannelSettings settings, PortalOptions installation)
    {
        string Own(string name, string usual) => settings.Option(name) is { Length: > 0 } own ? own : usual;
        NetworkSettings usual = installation.Network;
        bool ownProxy = Uri.TryCreate(settings.Option(ChannelOptions.Proxy), UriKind.Absolute, out Uri? proxy);
        bool ownAuthority = settings.Option(ChannelOptions.AuthorityPem).Length > 0;
        NetworkSettings network = usual with
        {
            Proxy = ownProxy ? proxy : usual.Proxy,
            ProxyUser = ownProxy ? settings.Option(ChannelOptions.ProxyUser) : usual.ProxyUser,
            ProxyPassword = ownProxy ? settings.Option(ChannelOptions.ProxyPassword) : usual.ProxyPassword,
            AuthorityHost = ownAuthority ? settings.Address.Host : usual.AuthorityHost,
            AuthorityPem = Own(ChannelOptions.AuthorityPem, usual.AuthorityPem),
            ClientCertificatePem = Own(ChannelOptions.ClientCertificatePem, usual.ClientCertificatePem),
        };
        TimeSpan connect = Seconds(settings, ChannelOptions.ConnectSeconds) ?? installation.ConnectTimeout;
        TimeSpan call = Seconds(settings, ChannelOptions.CallSeconds) ?? installation.CallTimeout;
        return network == usual && connect == installation.ConnectTimeout && call == installation.CallTimeout
            ? installation
            : installation with { Network = network, ConnectTimeout = connect, CallTimeout = call };
    }

    /// <summary>A Vietnamese sentence when an option of these can't be understood; null when all can.</summary>
    public static string? Problem(ChannelSettings settings, PortalOptions installation)
    {
        foreach (string name in new[] { ChannelOptions.ConnectSeconds, ChannelOptions.CallSeconds })
        {
            if (settings.Option(name) is { Length: > 0 } text && Seconds(settings, name) is null)
                return $"Thời gian chờ «{text}» ({name}) không hợp lệ; nhập số giây từ 1 đến {LongestSeconds}";
        }

        if (settings.Option(ChannelOptions.Proxy) is { Length: > 0 } proxy && !Uri.TryCreate(proxy, UriKind.Absolute, out _))
            return "Địa chỉ proxy không hợp lệ; cần dạng http://máy:cổng";
        return For(settings, installation).Network.Problem();
    }

    private static TimeSpan? Seconds(ChannelSettings settings, string name) =>
        int.TryParse(settings.Option(name), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is >= 1 and <= LongestSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
