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
    /// <summary>Kind, facility, account and host; never the password or the options, which hold others.</summary>
    public override string ToString() => $"{Kind} {UserName} ({FacilityCode})";

    /// <summary>An option, trimmed; empty when absent.</summary>
    internal string Option(string name) => Options.TryGetValue(name, out string? value) ? value.Trim() : "";
}

/// <summary>Kinds of destinations.</summary>
public static class ChannelKinds
{
    /// <summary>The national Social Security portal.</summary>
    public const string Bhxh = "bhxh";


    /// <summary>All kinds, in the order a list shows them.</summary>
    public static IReadOnlyList<string> All { get; } = [Bhxh];
}

/// <summary>Names of <see cref="ChannelSettings.Options"/>.</summary>
public static class ChannelOptions
{
    /// <summary><c>clear</c> (default) or <c>digest</c>: <see cref="ChannelSettings.Password"/> is the upper-case hexadecimal MD5.</summary>
    public const string PasswordForm = "passwordForm";
}
