namespace LienThong.Portal.Channels;

/// <summary>Plain data: what a facility set for one destination. docs/channels.md says what each kind needs.</summary>
/// <param name="Kind">One of <see cref="ChannelKinds"/>.</param>
/// <param name="Address">Host and, where the destination has one, a path in front of its services; for drops the folder (<c>file:///…</c>, <c>ftp://host/folder</c>).</param>
/// <param name="FacilityCode"><c>maCSKCB</c>, 5 characters. Only this facility's documents are sent with these settings.</param>
/// <param name="ProvinceCode"><c>maTinh</c> as the national portal wants it, 2 digits.</param>
/// <param name="UserName">Account name; empty for a folder.</param>
/// <param name="Password">Clear password, or with option <see cref="ChannelOptions.PasswordForm"/> = <c>digest</c> its MD5; empty for a folder.</param>
/// <param name="Options">Further settings by the names in <see cref="ChannelOptions"/>; a missing one has its default.</param>
public sealed record ChannelSettings(
    string Kind, Uri Address, string FacilityCode, string ProvinceCode, string UserName, string Password,
    IReadOnlyDictionary<string, string> Options)
{
    /// <summary>Kind, account and facility; never the password or the options, which hold others.</summary>
    public override string ToString() => $"{Kind} {UserName} ({FacilityCode})";

    /// <summary>An option, trimmed; empty when absent.</summary>
    internal string Option(string name) => Options.TryGetValue(name, out string? value) ? value.Trim() : "";

    /// <summary>Whether a switch is on.</summary>
    internal bool IsOn(string name) => string.Equals(Option(name), "true", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Kinds of destinations.</summary>
public static class ChannelKinds
{
    /// <summary>The national Social Security portal.</summary>
    public const string Bhxh = "bhxh";

    /// <summary>Hanoi's health data axis.</summary>
    public const string Hanoi = "hanoi";

    /// <summary>Điện Biên's health data portal.</summary>
    public const string DienBien = "dienbien";

    /// <summary>A provincial FHIR gateway.</summary>
    public const string Fhir = "fhir";

    /// <summary>A local or mounted folder that somebody else empties.</summary>
    public const string Folder = "folder";

    /// <summary>A folder on an FTP server, without encryption.</summary>
    public const string Ftp = "ftp";

    /// <summary>A folder on an FTP server with explicit TLS.</summary>
    public const string Ftps = "ftps";

    /// <summary>All kinds, in the order a list shows them.</summary>
    public static IReadOnlyList<string> All { get; } = [Bhxh, Hanoi, DienBien, Fhir, Folder, Ftp, Ftps];
}

/// <summary>Names of <see cref="ChannelSettings.Options"/>.</summary>
public static class ChannelOptions
{
    /// <summary><c>clear</c> (default) or <c>digest</c>: <see cref="ChannelSettings.Password"/> is the upper-case hexadecimal MD5 already.</summary>
    public const string PasswordForm = "passwordForm";

    /// <summary>Điện Biên: <c>md5</c> (default) or <c>clear</c>, how the password travels.</summary>
    public const string PasswordSent = "passwordSent";

    /// <summary>Hanoi: host of the login service. Default: the same host as everything else.</summary>
    public const string LoginAddress = "loginAddress";

    /// <summary>Hanoi: <c>code</c> at login. Default: the facility code.</summary>
    public const string UnitCode = "unitCode";

    /// <summary>Hanoi: <c>maTinh</c> in letters. Default <c>HN</c>.</summary>
    public const string ProvinceLetters = "provinceLetters";

    /// <summary>Drops: <c>true</c> writes a <c>.sha256</c> beside each file.</summary>
    public const string Checksum = "sha256";

    /// <summary>Drops: folder with the receiver's acknowledgements, absolute or below the drop's folder. Default: none, a drop then stays open.</summary>
    public const string AnswerFolder = "ackFolder";

    /// <summary>Drops: file name that means "received", with <c>{name}</c>, <c>{file}</c>, <c>{maLk}</c>, <c>*</c> and <c>?</c>. Default <c>{name}*</c>.</summary>
    public const string AnswerPattern = "ackPattern";

    /// <summary>Drops: file name that means "refused"; comes before <see cref="AnswerPattern"/>. Default: none.</summary>
    public const string RefusalPattern = "ackRefusedPattern";

    /// <summary>FTP without TLS: <c>true</c> lets password and patients' data cross the network readable.</summary>
    public const string AllowClearText = "allowClearText";

    /// <summary>Outbound proxy, <c>http://host:port</c>; not for drops.</summary>
    public const string Proxy = "proxy";

    /// <summary>Account at the proxy.</summary>
    public const string ProxyUser = "proxyUser";

    /// <summary>Its password.</summary>
    public const string ProxyPassword = "proxyPassword";

    /// <summary>PEM text of authorities trusted for this destination's host besides the public ones.</summary>
    public const string AuthorityPem = "caBundle";

    /// <summary>PEM text of a client certificate and its key.</summary>
    public const string ClientCertificatePem = "clientCertificate";

    /// <summary>Seconds a connection may take. Default: the installation's, 5.</summary>
    public const string ConnectSeconds = "connectSeconds";

    /// <summary>Seconds a whole call may take. Default: the installation's, 60.</summary>
    public const string CallSeconds = "callSeconds";

    /// <summary>Options whose values are secrets: stored encrypted, never shown.</summary>
    public static IReadOnlyList<string> Secrets { get; } = [ProxyPassword, ClientCertificatePem];
}
