using System.Net;

namespace LienThong.Portal;

/// <summary>What a host is.</summary>
public enum PortalHostKind
{
    /// <summary>Not in the table.</summary>
    Unknown,

    /// <summary>For training: what is sent there isn't paid.</summary>
    Training,

    /// <summary>The real portal.</summary>
    Production,

    /// <summary>This machine itself, where only a simulator or a proxy can be.</summary>
    ThisMachine,
}

/// <summary>Known hosts of the portal (<c>Data/hosts.csv</c>).</summary>
public static class PortalHosts
{
    private static readonly Dictionary<string, PortalHostKind> Known = Read();

    /// <summary>What the host of an address is.</summary>
    public static PortalHostKind KindOf(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (Known.TryGetValue(address.IdnHost.TrimEnd('.'), out PortalHostKind kind))
            return kind;
        return string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip))
            ? PortalHostKind.ThisMachine
            : PortalHostKind.Unknown;
    }

    private static Dictionary<string, PortalHostKind> Read()
    {
        using TextReader reader = PortalCsv.OpenEmbedded("hosts.csv");
        return PortalCsv.Rows(reader, 3).ToDictionary(r => r[0], r => Enum.Parse<PortalHostKind>(r[1], ignoreCase: true), StringComparer.OrdinalIgnoreCase);
    }
}
