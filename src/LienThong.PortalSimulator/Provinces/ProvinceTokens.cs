namespace LienThong.PortalSimulator;

/// <summary>Bearer tokens of one provincial gateway.</summary>
internal sealed class ProvinceTokens(SimulatorOptions options, SimulatorClock clock, TimeSpan lifetime)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (SimulatorAccount Account, DateTimeOffset Until)> access = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SimulatorAccount> refresh = new(StringComparer.Ordinal);
    private readonly Random random = new(options.Seed);

    /// <summary>A session as given out.</summary>
    public sealed record Issued(string AccessToken, string RefreshToken, DateTimeOffset Until);

    /// <summary>The account of a name whose password is right; null otherwise.</summary>
    /// <param name="userName">As sent.</param>
    /// <param name="isRight">Compares the account's clear password with what was sent.</param>
    public SimulatorAccount? Account(string userName, Func<string, bool> isRight)
    {
        SimulatorAccount? known = options.Accounts.FirstOrDefault(a => a.UserName == userName);
        if (known is null)
            return options.AcceptAnyAccount && userName.Length > 0 ? new SimulatorAccount("", userName, "") : null;
        return isRight(known.Password) ? known : null;
    }

    public Issued Issue(SimulatorAccount account)
    {
        lock (gate)
        {
            foreach (string old in access.Where(pair => pair.Value.Until <= clock.Now).Select(static pair => pair.Key).ToArray())
                access.Remove(old);
            var issued = new Issued(Next(), Next(), clock.Now + lifetime);
            access[issued.AccessToken] = (account, issued.Until);
            refresh[issued.RefreshToken] = account;
            return issued;
        }
    }

    /// <summary>Takes a refresh token, which works once; null when it doesn't (any more).</summary>
    public SimulatorAccount? Redeem(string token)
    {
        lock (gate)
            return refresh.Remove(token, out SimulatorAccount? account) ? account : null;
    }

    /// <summary>The account behind <c>Authorization: Bearer …</c>; null when the token isn't valid.</summary>
    public SimulatorAccount? Check(IHeaderDictionary headers)
    {
        string given = headers.Authorization.ToString();
        if (!given.StartsWith("Bearer ", StringComparison.Ordinal))
            return null;
        lock (gate)
            return access.TryGetValue(given["Bearer ".Length..], out var session) && clock.Now < session.Until ? session.Account : null;
    }

    /// <summary>Forgets all tokens, refresh tokens included.</summary>
    public void DropAll()
    {
        lock (gate)
        {
            access.Clear();
            refresh.Clear();
        }
    }

    private string Next()
    {
        Span<byte> bytes = stackalloc byte[24];
        random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
