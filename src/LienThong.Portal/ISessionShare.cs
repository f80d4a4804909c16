namespace LienThong.Portal;

/// <summary>Where processes that send for the same facilities (workers, nodes, command line) share their sessions, so that an account is logged in once.</summary>
public interface ISessionShare
{
    /// <summary>What the last login of an account came to; null when nobody logged in yet.</summary>
    Task<SharedSession?> ReadAsync(PortalAccount account, CancellationToken ct);

    /// <summary>Takes the right to log in, for a while.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="owner">Who asks.</param>
    /// <param name="hold">After this long without <see cref="LeaveAsync"/> somebody else may.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>False while somebody else has it.</returns>
    Task<bool> TryClaimAsync(PortalAccount account, string owner, TimeSpan hold, CancellationToken ct);

    /// <summary>Keeps what the login came to and gives the right back.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="owner">Who had the right.</param>
    /// <param name="session">Null when the login came to nothing that others can use.</param>
    /// <param name="ct">Stops the work.</param>
    Task LeaveAsync(PortalAccount account, string owner, SharedSession? session, CancellationToken ct);
}

/// <summary>A session, or the portal's refusal to give one.</summary>
/// <param name="AccessToken">Token for header <c>accessToken</c>, or the bearer token of a gateway; empty in a refusal.</param>
/// <param name="IdToken">Token for header <c>tokenId</c>; empty in a refusal and at gateways.</param>
/// <param name="Refusal">Why the portal refused, in Vietnamese; null for a session.</param>
/// <param name="Until">From then on the session isn't used any more, or the refused login may be tried again.</param>
public sealed record SharedSession(string AccessToken, string IdToken, string? Refusal, DateTimeOffset Until)
{
    /// <summary>Gets the next session without the password, where a gateway gives one; empty elsewhere.</summary>
    public string RefreshToken { get; init; } = "";

    /// <summary>Never the tokens.</summary>
    public override string ToString() => $"{(Refusal is null ? "session" : "refusal")} until {Until:O}";
}
