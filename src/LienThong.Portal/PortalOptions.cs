namespace LienThong.Portal;

/// <summary>Settings of the portal client; every one has a working default.</summary>
public sealed record PortalOptions
{
    /// <summary>Longest wait for a TCP/TLS connection. Default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest HTTP exchange from first byte to last, login and send each. Default 60 s.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Proxy, private authorities and client certificate of this installation. Default: none of them.</summary>
    public NetworkSettings Network { get; init; } = NetworkSettings.None;

    /// <summary>A token is renewed this long before it expires. Default 45 s; a shorter-lived token is renewed at half its life.</summary>
    public TimeSpan RenewBefore { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long a token without a readable <c>expires_in</c> is used at most. Default 5 minutes.</summary>
    public TimeSpan UnreadableTokenLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a refused login is not tried again with the same digest: repeated tries can lock the account. Default 15 minutes.</summary>
    public TimeSpan RefusedLoginHold { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Clock difference to the portal that is logged as a warning. Default 60 s.</summary>
    public TimeSpan ClockWarning { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of an answer that are read and kept; the rest is cut. Default 1 MiB.</summary>
    public int MaxAnswerBytes { get; init; } = 1024 * 1024;

    /// <summary>Allow <c>http://</c> to other machines. Default false: patients' data goes over TLS, except to this machine itself.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>Paths and record types per service and release.</summary>
    public PortalEndpoints Endpoints { get; init; } = PortalEndpoints.Default;

    /// <summary>Meaning and handling of result codes of submissions.</summary>
    public PortalResultCodes ResultCodes { get; init; } = PortalResultCodes.Default;

    /// <summary>Meaning of result codes of the card lookup.</summary>
    public CardLookupCodes CardCodes { get; init; } = CardLookupCodes.Default;
}
