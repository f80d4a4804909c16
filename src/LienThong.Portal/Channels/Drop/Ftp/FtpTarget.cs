namespace LienThong.Portal.Channels;

/// <summary>An FTP server, an account and a folder.</summary>
/// <param name="Host">Name or address; with TLS the name the certificate must have.</param>
/// <param name="Port">Control port, usually 21.</param>
/// <param name="Tls">Explicit TLS on control and data connections.</param>
/// <param name="UserName">Account.</param>
/// <param name="Password">Its password.</param>
/// <param name="Folder">Where to go after login; empty: stay where the login leads.</param>
/// <param name="Options">Time limits, private authority, client certificate.</param>
internal sealed record FtpTarget(string Host, int Port, bool Tls, string UserName, string Password, string Folder, PortalOptions Options)
{
    /// <summary>Never the password.</summary>
    public override string ToString() => $"{UserName} @ {Host}:{Port}";
}
