using System.Security.Cryptography;
using System.Text;
using LienThong.Gateway.Storage;
using Microsoft.AspNetCore.Identity;

namespace LienThong.Gateway.Access;

/// <summary>A user as shown to people who manage users.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">Sign-in name, lower case.</param>
/// <param name="DisplayName">Name shown on pages.</param>
/// <param name="Roles">Roles, as in <see cref="Access.Roles"/>.</param>
/// <param name="AllFacilities">Sees every facility.</param>
/// <param name="Facilities">Facilities otherwise.</param>
/// <param name="Disabled">May not sign in.</param>
public sealed record UserView(
    string Id, string Name, string DisplayName, IReadOnlyList<string> Roles, bool AllFacilities, IReadOnlyList<string> Facilities, bool Disabled);

/// <summary>What became of a sign-in.</summary>
public abstract record SignInResult
{
    private SignInResult()
    {
    }

    /// <summary>Right name and password. <paramref name="Token"/> is given once and stored only as a hash.</summary>
    /// <param name="Caller">Who signed in.</param>
    /// <param name="Token">Session token for the cookie.</param>
    /// <param name="ExpiresAt">When the session ends by itself.</param>
    public sealed record SignedIn(Caller Caller, string Token, DateTimeOffset ExpiresAt) : SignInResult;

    /// <summary>Wrong name or password: which of them isn't told.</summary>
    public sealed record Refused : SignInResult;

    /// <summary>Too many failed tries.</summary>
    /// <param name="Until">When the next try is taken.</param>
    public sealed record LockedOut(DateTimeOffset Until) : SignInResult;
}

/// <summary>Users, sign-in, sessions and bearer tokens.</summary>
public sealed class UserAccounts(Database database, UserStore store)
{
    /// <summary>Failed tries after which a user has to wait.</summary>
    public const int MaxFailures = 5;

    /// <summary>Shortest password in characters.</summary>
    public const int MinPasswordLength = 10;

    private const string Session = "session";
    private const string Bearer = "bearer";
    private static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan SessionTime = TimeSpan.FromHours(12);
    private static readonly PasswordHasher<UserRow> Hasher = new();

    // Verified when the name is unknown, so that the answer takes as long as for a known one.
    private static readonly string NobodysHash = Hasher.HashPassword(new UserRow(), "no one");

    /// <summary>Creates <c>admin</c> with every right when there is no user yet.</summary>
    /// <param name="password">A password chosen by the operator; null for a random one.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>The password, to be shown once; null when users exist already.</returns>
    public async Task<string?> CreateFirstAdminAsync(string? password, CancellationToken ct)
    {
        if (await store.AnyAsync(ct))
            return null;
        string chosen = password ?? NewPassword();
        return await CreateAsync(Caller.System(), "admin", "Quản trị", chosen, [Roles.SuperAdmin], FacilityScope.Everything, ct) is not null ? chosen : null;
    }

    /// <summary>Creates a user.</summary>
    /// <returns>The new user; null when the name is taken.</returns>
    /// <exception cref="ArgumentException">Name empty, password under <see cref="MinPasswordLength"/> characters, unknown role.</exception>
    public async Task<UserView?> CreateAsync(
        Caller by, string name, string displayName, string password, IReadOnlyList<string> roles, FacilityScope scope, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (password.Length < MinPasswordLength)
            throw new ArgumentException($"A password has at least {MinPasswordLength} characters.", nameof(password));
        if (roles.FirstOrDefault(r => !Roles.Table.ContainsKey(r)) is { } unknown)
            throw new ArgumentException($"Unknown role {unknown}.", nameof(roles));
        UserRow user = new()
        {
            UserId = Guid.CreateVersion7(database.Time.GetUtcNow()).ToString(),
            Name = Key(name),
            DisplayName = displayName,
            PasswordHash = Hasher.HashPassword(new UserRow(), password),
            AllFacilities = scope.All ? 1 : 0,
            CreatedAt = database.Now,
        };
        await using WriteSession session = await database.BeginAsync(ct);
        if (!await UserStore.InsertAsync(session, user, roles, scope.Facilities, ct))
            return null;
        session.Audit("", by.Name, "user.created", user.Name, string.Join(',', roles));
        await session.CommitAsync(ct);
        return new UserView(user.UserId, user.Name, displayName, roles, scope.All, [.. scope.Facilities], false);
    }

    /// <summary>Checks name and password and opens a session.</summary>
    public async Task<SignInResult> SignInAsync(string name, string password, CancellationToken ct)
    {
        UserRow? user = await store.FindAsync(Key(name), ct);
        if (user is null || user.Disabled != 0)
        {
            Hasher.VerifyHashedPassword(new UserRow(), NobodysHash, password);
            return new SignInResult.Refused();
        }
        if (user.LockedUntil is { } until && until > database.Now)
            return new SignInResult.LockedOut(DateTimeOffset.FromUnixTimeMilliseconds(until));
        PasswordVerificationResult check = Hasher.VerifyHashedPassword(user, user.PasswordHash, password);
        await using WriteSession session = await database.BeginAsync(ct);
        if (check == PasswordVerificationResult.Failed)
            return await RefuseAsync(session, user, ct);
        await UserStore.SetFailuresAsync(session, user.UserId, 0, null, ct);
        if (check == PasswordVerificationResult.SuccessRehashNeeded)
            await UserStore.SetPasswordAsync(session, user.UserId, Hasher.HashPassword(user, password), ct);
        string token = NewToken();
        DateTimeOffset expires = database.Time.GetUtcNow() + SessionTime;
        await UserStore.InsertTokenAsync(session, HashOf(token), user.UserId, Session, "", expires.ToUnixTimeMilliseconds(), ct);
        session.Audit("", user.Name, "user.signed-in", user.Name);
        await session.CommitAsync(ct);
        return new SignInResult.SignedIn(await CallerOf(user, ct), token, expires);
    }

    /// <summary>Who holds this session token; null when it is unknown, expired, revoked or its user disabled.</summary>
    public Task<Caller?> FindBySessionAsync(string token, CancellationToken ct) => FindByTokenAsync(token, Session, ct);

    /// <summary>Who holds this bearer token; null as for sessions.</summary>
    public Task<Caller?> FindByBearerAsync(string token, CancellationToken ct) => FindByTokenAsync(token, Bearer, ct);

    /// <summary>Ends a session or revokes a bearer token.</summary>
    public async Task SignOutAsync(string token, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await UserStore.RevokeAsync(session, HashOf(token), ct);
        await session.CommitAsync(ct);
    }

    /// <summary>Issues a bearer token for a system; shown once, stored as a hash.</summary>
    /// <returns>The token; null when the user doesn't exist.</returns>
    public async Task<string?> IssueBearerAsync(Caller by, string name, string label, TimeSpan lifetime, CancellationToken ct)
    {
        if (await store.FindAsync(Key(name), ct) is not { } user)
            return null;
        string token = "lt_" + NewToken();
        await using WriteSession session = await database.BeginAsync(ct);
        long expires = (database.Time.GetUtcNow() + lifetime).ToUnixTimeMilliseconds();
        await UserStore.InsertTokenAsync(session, HashOf(token), user.UserId, Bearer, label, expires, ct);
        session.Audit("", by.Name, "token.issued", user.Name, label);
        await session.CommitAsync(ct);
        return token;
    }

    /// <summary>Sets a new password and ends every session and token of the user.</summary>
    /// <returns>False when the user doesn't exist.</returns>
    /// <exception cref="ArgumentException">Password under <see cref="MinPasswordLength"/> characters.</exception>
    public async Task<bool> SetPasswordAsync(Caller by, string name, string password, CancellationToken ct)
    {
        if (password.Length < MinPasswordLength)
            throw new ArgumentException($"A password has at least {MinPasswordLength} characters.", nameof(password));
        if (await store.FindAsync(Key(name), ct) is not { } user)
            return false;
        await using WriteSession session = await database.BeginAsync(ct);
        await UserStore.SetPasswordAsync(session, user.UserId, Hasher.HashPassword(user, password), ct);
        await UserStore.RevokeAllAsync(session, user.UserId, ct);
        session.Audit("", by.Name, "user.password-set", user.Name);
        await session.CommitAsync(ct);
        return true;
    }

    /// <summary>Allows or forbids signing in; forbidding ends every session and token.</summary>
    /// <returns>False when the user doesn't exist.</returns>
    public async Task<bool> SetDisabledAsync(Caller by, string name, bool disabled, CancellationToken ct)
    {
        if (await store.FindAsync(Key(name), ct) is not { } user)
            return false;
        await using WriteSession session = await database.BeginAsync(ct);
        await UserStore.SetDisabledAsync(session, user.UserId, disabled, ct);
        if (disabled)
            await UserStore.RevokeAllAsync(session, user.UserId, ct);
        session.Audit("", by.Name, disabled ? "user.disabled" : "user.enabled", user.Name);
        await session.CommitAsync(ct);
        return true;
    }

    /// <summary>All users, by name.</summary>
    public async Task<IReadOnlyList<UserView>> ListAsync(CancellationToken ct)
    {
        List<UserView> users = [];
        foreach (UserRow user in await store.ListAsync(ct))
        {
            users.Add(new UserView(user.UserId, user.Name, user.DisplayName, await store.RolesAsync(user.UserId, ct),
                user.AllFacilities != 0, await store.FacilitiesAsync(user.UserId, ct), user.Disabled != 0));
        }
        return users;
    }

    private async Task<Caller?> FindByTokenAsync(string token, string kind, CancellationToken ct) =>
        await store.FindByTokenAsync(HashOf(token), kind, ct) is { } user ? await CallerOf(user, ct) : null;

    private async Task<Caller> CallerOf(UserRow user, CancellationToken ct)
    {
        FacilityScope scope = user.AllFacilities != 0 ? FacilityScope.Everything : FacilityScope.Only(await store.FacilitiesAsync(user.UserId, ct));
        return new Caller(user.UserId, user.Name, Roles.PermissionsOf(await store.RolesAsync(user.UserId, ct)), scope);
    }

    private async Task<SignInResult> RefuseAsync(WriteSession session, UserRow user, CancellationToken ct)
    {
        int failures = user.FailedCount + 1;
        DateTimeOffset until = database.Time.GetUtcNow() + LockTime;
        bool locked = failures >= MaxFailures;
        await UserStore.SetFailuresAsync(session, user.UserId, locked ? 0 : failures, locked ? until.ToUnixTimeMilliseconds() : null, ct);
        session.Audit("", user.Name, locked ? "user.locked-out" : "user.sign-in-failed", user.Name);
        await session.CommitAsync(ct);
        return locked ? new SignInResult.LockedOut(until) : new SignInResult.Refused();
    }

    private static string Key(string name) => name.Trim().ToLowerInvariant();

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    // Without letters and digits that are mistaken for each other: people type it from a terminal.
    private static string NewPassword() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
