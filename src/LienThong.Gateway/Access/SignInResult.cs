namespace LienThong.Gateway.Access;

/// <summary>What became of a sign-in.</summary>
public abstract record SignInResult
{
    private SignInResult()
    {
    }

    /// <summary>Everything right. <paramref name="Token"/> is given once and stored only as a hash.</summary>
    /// <param name="Caller">Who signed in.</param>
    /// <param name="Token">Session token for the cookie.</param>
    /// <param name="ExpiresAt">When the session ends by itself.</param>
    public sealed record SignedIn(Caller Caller, string Token, DateTimeOffset ExpiresAt) : SignInResult;

    /// <summary>Name and password are right; a code of the second factor is still needed.</summary>
    /// <param name="Token">Token to continue with, of no other use.</param>
    /// <param name="ExpiresAt">Until when.</param>
    public sealed record NeedsCode(string Token, DateTimeOffset ExpiresAt) : SignInResult;

    /// <summary>Wrong name, password or code: which of them isn't told.</summary>
    public sealed record Refused : SignInResult;

    /// <summary>Too many failed tries.</summary>
    /// <param name="Until">When the next try is taken.</param>
    public sealed record LockedOut(DateTimeOffset Until) : SignInResult;

    /// <summary>Right name and password of the directory, but in no group that may work here.</summary>
    public sealed record NoRole : SignInResult;

    /// <summary>The directory can't be asked; users with a password here get in all the same.</summary>
    public sealed record DirectoryDown : SignInResult;
}

/// <summary>What somebody signed in has to do before anything else.</summary>
public enum FirstStep
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>Choose a new password.</summary>
    ChangePassword,
    /// <summary>Set up a second factor, which a role demands.</summary>
    SetUpSecondFactor,
}

/// <summary>A session or bearer token that holds.</summary>
/// <param name="Caller">Whose it is, limited to what the token is limited to.</param>
/// <param name="TokenId">Id of the session or token, as in <see cref="TokenView"/>.</param>
/// <param name="FirstStep">What has to be done first.</param>
public sealed record OpenAccess(Caller Caller, string TokenId, FirstStep FirstStep);
