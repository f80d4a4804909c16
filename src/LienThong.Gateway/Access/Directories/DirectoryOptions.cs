namespace LienThong.Gateway.Access.Directories;

/// <summary>How the connection to a directory is protected.</summary>
public enum DirectorySecurity
{
    /// <summary>TLS from the first byte, usually port 636.</summary>
    Ldaps,
    /// <summary>TLS begun by command on the plain port 389, before anything else is sent.</summary>
    StartTls,
    /// <summary>None: passwords cross the network readable. Only for a directory on the same machine.</summary>
    None,
}

/// <summary>A group of the directory and what its members may here.</summary>
/// <param name="Dn">Distinguished name of the group; case and spaces around commas don't matter.</param>
/// <param name="Roles">Roles, as in <see cref="Access.Roles"/>.</param>
/// <param name="Facilities">Facility codes; <c>*</c> for all.</param>
public sealed record DirectoryGroup(string Dn, IReadOnlyList<string> Roles, IReadOnlyList<string> Facilities);

/// <summary>The hospital's LDAP directory or Active Directory.</summary>
public sealed record DirectoryOptions
{
    /// <summary>Servers as <c>host</c> or <c>host:port</c>, asked in this order until one answers.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>Protection of the connection. Default <see cref="DirectorySecurity.Ldaps"/>.</summary>
    public DirectorySecurity Security { get; init; }

    /// <summary>Folder with PEM files of the private authorities that signed the servers' certificates; null for those the machine trusts.</summary>
    public string? CaFolder { get; init; }

    /// <summary>Distinguished name (in Active Directory also <c>name@domain</c>) of the account that looks users up; null for an anonymous search.</summary>
    public string? SearchAccount { get; init; }

    /// <summary>File with the password of <see cref="SearchAccount"/>; read at each connection, so that it can be changed without a restart.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Where users are searched, with everything below.</summary>
    public required string SearchBase { get; init; }

    /// <summary>Finds a user; <c>{name}</c> stands for the escaped sign-in name. It must leave out disabled users.</summary>
    public required string UserFilter { get; init; }

    /// <summary>Attribute that is the sign-in name here: <c>sAMAccountName</c>, <c>uid</c>. Default <c>uid</c>.</summary>
    public string NameAttribute { get; init; } = "uid";

    /// <summary>Attribute shown as name. Default <c>cn</c>.</summary>
    public string DisplayNameAttribute { get; init; } = "cn";

    /// <summary>Attribute of a user that lists its groups. Default <c>memberOf</c>; used when <see cref="GroupFilter"/> is null.</summary>
    public string GroupAttribute { get; init; } = "memberOf";

    /// <summary>Where groups are searched. Default <see cref="SearchBase"/>.</summary>
    public string? GroupBase { get; init; }

    /// <summary>Finds the groups of a user; <c>{dn}</c> and <c>{name}</c> stand for the escaped name of its entry and its sign-in name. Null to read <see cref="GroupAttribute"/>.</summary>
    public string? GroupFilter { get; init; }

    /// <summary>What members of groups may. Whoever is in none of them doesn't get in.</summary>
    public required IReadOnlyList<DirectoryGroup> Groups { get; init; }

    /// <summary>Seconds a server may take for an answer, 1–60. Default 5.</summary>
    public int TimeoutSeconds { get; init; } = 5;

    internal string? Fault() =>
        Servers.Count == 0 ? "mục «directory.servers»: ghi ít nhất một máy chủ."
        : Servers.FirstOrDefault(s => !Uri.TryCreate($"ldap://{s}", UriKind.Absolute, out Uri? uri) || uri.PathAndQuery.Length > 1 || uri.Host.Length == 0) is { } server
            ? $"mục «directory.servers»: «{server}» không phải máy hoặc máy:cổng."
        : !UserFilter.Contains("{name}", StringComparison.Ordinal) ? "mục «directory.userFilter»: thiếu {name}."
        : SearchAccount is not null && PasswordFile is null ? "mục «directory.passwordFile»: thiếu tệp mật khẩu của searchAccount."
        : CaFolder is not null && !System.IO.Directory.Exists(CaFolder) ? $"mục «directory.caFolder»: không có thư mục «{CaFolder}»."
        : TimeoutSeconds is < 1 or > 60 ? "mục «directory.timeoutSeconds»: phải từ 1 đến 60."
        : Groups.Count == 0 ? "mục «directory.groups»: ghi ít nhất một nhóm."
        : Groups.SelectMany(g => g.Roles).FirstOrDefault(r => !Roles.Table.ContainsKey(r)) is { } role ? $"mục «directory.groups»: không có vai trò «{role}»."
        : null;
}
