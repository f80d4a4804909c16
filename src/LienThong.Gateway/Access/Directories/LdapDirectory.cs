using System.DirectoryServices.Protocols;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LienThong.Gateway.Access.Directories;

/// <summary>An LDAP directory: the search account finds the entry, then a bind as that entry checks the password.</summary>
internal sealed class LdapDirectory(DirectoryOptions options) : IDirectory
{
    private const int InvalidCredentials = 49;

    // What a directory says of a right name it doesn't let in: locked (ppolicy), or a rule of its own.
    private static readonly int[] Refusals = [InvalidCredentials, (int)ResultCode.ConstraintViolation, (int)ResultCode.InappropriateAuthentication, (int)ResultCode.UnwillingToPerform];

    /// <inheritdoc/>
    public Task<DirectoryAnswer> CheckAsync(string name, string password, CancellationToken ct) => AskAsync(name, password, ct);

    /// <inheritdoc/>
    public Task<DirectoryAnswer> FindAsync(string name, CancellationToken ct) => AskAsync(name, null, ct);

    private async Task<DirectoryAnswer> AskAsync(string name, string? password, CancellationToken ct)
    {
        // A bind without a password is anonymous and succeeds for anybody.
        if (password is { Length: 0 })
            return new DirectoryAnswer.Refused();
        List<string> causes = [];
        foreach (string server in options.Servers)
        {
            try
            {
                (string host, int port) = await ReachAsync(server, ct);
                // The client library blocks.
                return await Task.Run(() => Ask(host, port, name, password), ct);
            }
            catch (Exception e) when (e is LdapException or DirectoryOperationException or SocketException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
            {
                causes.Add($"{server}: {e.Message}");
            }
        }
        return new DirectoryAnswer.Unavailable(string.Join("; ", causes));
    }

    // The library's own attempt to connect can't be limited in time everywhere.
    private async Task<(string Host, int Port)> ReachAsync(string server, CancellationToken ct)
    {
        Uri uri = new($"ldap://{server}");
        int port = server.EndsWith($":{uri.Port}", StringComparison.Ordinal) ? uri.Port : options.Security == DirectorySecurity.Ldaps ? 636 : 389;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        using TcpClient probe = new();
        await probe.ConnectAsync(uri.Host, port, limit.Token);
        return (uri.Host, port);
    }

    private DirectoryAnswer Ask(string host, int port, string name, string? password)
    {
        using LdapConnection search = Open(host, port);
        if (options.SearchAccount is null)
            search.Bind();
        else
            search.Bind(new NetworkCredential(options.SearchAccount, File.ReadAllText(options.PasswordFile!).TrimEnd('\r', '\n')));
        SearchResultEntry[] found = Search(search, options.SearchBase, options.UserFilter.Replace("{name}", Escape(name), StringComparison.Ordinal), options.NameAttribute, options.DisplayNameAttribute, options.GroupAttribute);
        // Two would mean that the filter doesn't say who it is.
        if (found.Length != 1 || Value(found[0], options.NameAttribute) is not { Length: > 0 and <= 100 } known)
            return new DirectoryAnswer.Refused();
        if (password is not null && !Opens(host, port, found[0].DistinguishedName, password))
            return new DirectoryAnswer.Refused();
        return Granted(known, Value(found[0], options.DisplayNameAttribute) ?? known, GroupsOf(search, found[0], known));
    }

    private bool Opens(string host, int port, string dn, string password)
    {
        using LdapConnection user = Open(host, port);
        try
        {
            user.Bind(new NetworkCredential(dn, password));
            return true;
        }
        catch (LdapException e) when (Array.IndexOf(Refusals, e.ErrorCode) >= 0)
        {
            return false;
        }
        catch (DirectoryOperationException e) when (e.Response is { } response && Array.IndexOf(Refusals, (int)response.ResultCode) >= 0)
        {
            return false;
        }
    }

    private LdapConnection Open(string host, int port)
    {
        LdapConnection connection = new(new LdapDirectoryIdentifier(host, port, fullyQualifiedDnsHostName: true, connectionless: false)) { AuthType = AuthType.Basic, Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds) };
        try
        {
            connection.SessionOptions.ProtocolVersion = 3;
            connection.SessionOptions.ReferralChasing = ReferralChasingOptions.None;
            if (options.Security != DirectorySecurity.None && options.CaFolder is { } folder)
                Trust(connection, folder);
            if (options.Security == DirectorySecurity.Ldaps)
                connection.SessionOptions.SecureSocketLayer = true;
            else if (options.Security == DirectorySecurity.StartTls)
                StartTls(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Elsewhere than on Windows the library can start TLS only on a connection that stands, and only a bind makes it one; an anonymous one tells nobody anything.
    private static void StartTls(LdapConnection connection)
    {
        if (!OperatingSystem.IsWindows())
        {
            connection.AuthType = AuthType.Anonymous;
            connection.Bind();
            connection.AuthType = AuthType.Basic;
        }
        connection.SessionOptions.StartTransportLayerSecurity(null);
    }

    // Windows asks us; elsewhere the LDAP library reads the folder itself.
    private static void Trust(LdapConnection connection, string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            connection.SessionOptions.TrustedCertificatesDirectory = folder;
            connection.SessionOptions.StartNewTlsSessionContext();
            return;
        }
        connection.SessionOptions.VerifyServerCertificate = (_, certificate) =>
        {
            using X509Chain chain = new();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            foreach (string file in Directory.EnumerateFiles(folder))
                chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(file);
            using X509Certificate2 server = new(certificate);
            return chain.Build(server) && server.MatchesHostname(((LdapDirectoryIdentifier)connection.Directory).Servers[0]);
        };
    }

    private static SearchResultEntry[] Search(LdapConnection connection, string at, string filter, params string[] attributes) =>
        [.. ((SearchResponse)connection.SendRequest(new SearchRequest(at, filter, SearchScope.Subtree, attributes))).Entries.Cast<SearchResultEntry>()];

    private IEnumerable<string> GroupsOf(LdapConnection search, SearchResultEntry user, string name)
    {
        if (options.GroupFilter is not { } filter)
            return user.Attributes[options.GroupAttribute] is { } values ? values.GetValues(typeof(string)).Cast<string>() : [];
        filter = filter.Replace("{dn}", Escape(user.DistinguishedName), StringComparison.Ordinal).Replace("{name}", Escape(name), StringComparison.Ordinal);
        return Search(search, options.GroupBase ?? options.SearchBase, filter, "1.1").Select(g => g.DistinguishedName);
    }

    private DirectoryAnswer Granted(string name, string displayName, IEnumerable<string> groups)
    {
        HashSet<string> own = groups.Select(Plain).ToHashSet(StringComparer.OrdinalIgnoreCase);
        DirectoryGroup[] counted = [.. options.Groups.Where(g => own.Contains(Plain(g.Dn)))];
        string[] roles = [.. counted.SelectMany(g => g.Roles).Distinct(StringComparer.Ordinal)];
        string[] facilities = [.. counted.SelectMany(g => g.Facilities).Distinct(StringComparer.Ordinal)];
        return roles.Length == 0 ? new DirectoryAnswer.NoRole()
            : new DirectoryAnswer.Known(
                name, displayName.Length <= 200 ? displayName : displayName[..200], roles,
                facilities.Contains("*", StringComparer.Ordinal) ? FacilityScope.Everything : FacilityScope.Only(facilities));
    }

    private static string? Value(SearchResultEntry entry, string attribute) =>
        entry.Attributes[attribute] is { Count: > 0 } values ? (values.GetValues(typeof(string))[0] as string)?.Trim().Normalize(NormalizationForm.FormC) : null;

    private static string Plain(string dn) => string.Join(',', dn.Split(',', StringSplitOptions.TrimEntries));

    /// <summary>Text as a value in a filter (RFC 4515): nothing in it means anything.</summary>
    internal static string Escape(string text)
    {
        StringBuilder escaped = new();
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'-' or (byte)'_' or (byte)'@' or (byte)' ' or (byte)',' or (byte)'=')
                escaped.Append((char)b);
            else
                escaped.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\{b:x2}");
        }
        return escaped.ToString();
    }
}
