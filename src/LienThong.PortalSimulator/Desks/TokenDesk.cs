using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LienThong.PortalSimulator;

/// <summary>Gives out tokens and knows them again.</summary>
internal sealed class TokenDesk
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Session> sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (SimulatorAccount Account, string Digest)> accounts = new(StringComparer.Ordinal);
    private readonly SimulatorOptions options;
    private readonly SimulatorClock clock;
    private readonly Random random;

    public TokenDesk(SimulatorOptions options, SimulatorClock clock)
    {
        this.options = options;
        this.clock = clock;
        random = new Random(options.Seed);
        foreach (SimulatorAccount account in options.Accounts)
            accounts[account.UserName] = (account, Digest(account.Password));
    }

    private sealed record Session(string IdToken, SimulatorAccount Account, DateTimeOffset Until);

    /// <summary>The digest a client sends for a password.</summary>
    public static string Digest(string password) => Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(password)));

    /// <summary>The account behind a name; null when unknown.</summary>
    public SimulatorAccount? Find(string userName) => accounts.TryGetValue(userName, out var known) ? known.Account : null;

    /// <summary>Answers <c>/api/token/take</c>.</summary>
    public Reply Take(FormFields form)
    {
        if (options.AcceptAnyAccount)
            Admit(form["username"], form["password"]);
        if (!accounts.TryGetValue(form["username"], out var known) || !DigestFits(known.Digest, form["password"]))
            return Reply.Of("401", "Sai tên đăng nhập hoặc mật khẩu");
        if (known.Account.Locked)
            return Reply.Of("403", "Tài khoản bị khóa");
        DateTimeOffset until = clock.Now + options.TokenLifetime;
        (string access, string id) = Issue(known.Account, until);
        return Reply.Of("200", "", ("APIKey", new ApiKey(access, id, "bearer", known.Account.UserName, ExpiresIn(until))));
    }

    /// <summary>The account a call belongs to; null when token, id or digest don't fit.</summary>
    public SimulatorAccount? Check(string accessToken, string idToken, string digest)
    {
        Session? session;
        lock (gate)
            sessions.TryGetValue(accessToken, out session);
        return session is not null && session.IdToken == idToken && clock.Now < session.Until
            && DigestFits(accounts[session.Account.UserName].Digest, digest)
            ? session.Account
            : null;
    }

    /// <summary>Forgets all tokens, as after a restart of the portal.</summary>
    public void DropAll()
    {
        lock (gate)
            sessions.Clear();
    }

    private void Admit(string userName, string digest)
    {
        if (userName.Length > 0 && digest.Length == 32 && digest.All(char.IsAsciiHexDigit))
            accounts.TryAdd(userName, (new SimulatorAccount("", userName, ""), digest));
    }

    private (string Access, string Id) Issue(SimulatorAccount account, DateTimeOffset until)
    {
        lock (gate)
        {
            foreach ((string old, Session session) in sessions)
            {
                if (session.Until <= clock.Now)
                    sessions.Remove(old);
            }

            string access = NextToken();
            string id = NextToken();
            sessions[access] = new Session(id, account, until);
            return (access, id);
        }
    }

    private string NextToken()
    {
        Span<byte> bytes = stackalloc byte[24];
        random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private bool DigestFits(string expected, string given) => string.Equals(
        expected, given, options.AcceptLowerCaseDigest ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private object ExpiresIn(DateTimeOffset until) => options.ExpiresIn switch
    {
        ExpiresInShape.UtcText => until.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffff'Z'", CultureInfo.InvariantCulture),
        ExpiresInShape.TextWithoutZone => until.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffff", CultureInfo.InvariantCulture),
        ExpiresInShape.EpochSeconds => until.ToUnixTimeSeconds(),
        ExpiresInShape.SecondsFromNow => (long)options.TokenLifetime.TotalSeconds,
        _ => throw new InvalidOperationException($"No such shape: {options.ExpiresIn}."),
    };
}

/// <summary>Member <c>APIKey</c> of a login answer.</summary>
#pragma warning disable SA1300, IDE1006 // The portal's own member names.
internal sealed record ApiKey(string access_token, string id_token, string token_type, string username, object expires_in);
#pragma warning restore SA1300, IDE1006
