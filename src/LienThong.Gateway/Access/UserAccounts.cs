using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Access;

/// <summary>Who a session or bearer token belongs to, and what the product itself does with accounts.</summary>
public sealed class UserAccounts(Database database, UserStore store, AccessTokenStore tokens, UserDesk desk, AccessOptions options)
{
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    /// <summary>Creates <c>admin</c> with every right when there is no user yet.</summary>
    /// <param name="password">A password chosen by the operator; null for a random one, which has to be changed at the first sign-in.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>The password, to be shown once; null when users exist already.</returns>
    /// <exception cref="ArgumentException">The chosen password breaks the policy; the message is Vietnamese.</exception>
    public async Task<string?> CreateFirstAdminAsync(string? password, CancellationToken ct)
    {
        if (await store.AnyAsync(ct))
            return null;
        AccessChange made = await desk.CreateAsync(
            Caller.System(), new UserDraft("admin", "Quản trị", password, [Roles.SuperAdmin], FacilityScope.Everything, MustChange: password is null), ct);
        return made.Done ? password ?? made.Secret : made.Code == "name-taken" ? null : throw new ArgumentException(made.Message, nameof(password));
    }

    /// <summary>Creates a user for the product's own purposes, with a password that may stay.</summary>
    /// <returns>The new user; null when the name is taken.</returns>
    /// <exception cref="ArgumentException">Name, password, roles or reach are wrong; the message is Vietnamese.</exception>
    public async Task<UserView?> CreateAsync(
        Caller by, string name, string displayName, string password, IReadOnlyList<string> roles, FacilityScope scope, CancellationToken ct)
    {
        AccessChange made = await desk.CreateAsync(by, new UserDraft(name, displayName, password, roles, scope, MustChange: false), ct);
        return made.Done ? made.User : made.Code == "name-taken" ? null : throw new ArgumentException(made.Message, nameof(password));
    }

    /// <summary>Who holds this session token; null when it is unknown, idle for too long, expired, revoked or its user disabled.</summary>
    public Task<OpenAccess?> FindBySessionAsync(string token, CancellationToken ct) => FindAsync(token, TokenRow.Session, "", ct);

    /// <summary>Who holds this bearer token; null as for sessions.</summary>
    public Task<OpenAccess?> FindByBearerAsync(string token, string address, CancellationToken ct) => FindAsync(token, TokenRow.Bearer, address, ct);

    /// <summary>Ends the session of a token, a begun sign-in included.</summary>
    public async Task SignOutAsync(string token, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await AccessTokenStore.RevokeAsync(session, SecretTexts.HashOf(token), ct);
        await session.CommitAsync(ct);
    }

    /// <summary>Issues a bearer token without limits of its own; shown once, stored as a hash.</summary>
    /// <returns>The token; null when the user doesn't exist.</returns>
    public async Task<string?> IssueBearerAsync(Caller by, string name, string label, TimeSpan lifetime, CancellationToken ct) =>
        await store.FindAsync(UserDesk.Key(name), ct) is { } user
            ? await AccessTokens.InsertBearerAsync(database, by, user, new TokenDraft(label, lifetime), "", ct) : null;

    private async Task<OpenAccess?> FindAsync(string token, string kind, string address, CancellationToken ct)
    {
        string hash = SecretTexts.HashOf(token);
        if (await tokens.HolderAsync(hash, kind, AccessTokens.IdleSince(database, options), ct) is not { User: var user } holder)
            return null;
        if (database.Now - (user.LastSeenAt ?? 0) >= (long)SeenEvery.TotalMilliseconds)
            await tokens.SeenAsync(hash, address, ct);
        Caller caller = CallerOf(user, holder.Roles, holder.Facilities);
        return kind == TokenRow.Bearer
            ? new OpenAccess(Limited(caller, user), hash, FirstStep.None)
            : new OpenAccess(caller, hash, FirstStepOf(user, holder.Roles));
    }

    internal static Caller CallerOf(UserRow user, IReadOnlyList<string> roles, IReadOnlyList<string> facilities) => new(
        user.UserId, user.Name, Roles.PermissionsOf(roles), user.AllFacilities != 0 ? FacilityScope.Everything : FacilityScope.Only(facilities));

    // Never more than the user has now, whatever the token was issued for.
    private static Caller Limited(Caller caller, HolderRow row)
    {
        if (row.Permissions is { } permissions)
            caller = caller with { Permissions = permissions.Split(' ').Where(caller.May).ToHashSet(StringComparer.Ordinal) };
        return row.Facilities is { } facilities ? caller with { Scope = FacilityScope.Only(facilities.Split(' ').Where(caller.Scope.Holds)) } : caller;
    }

    private FirstStep FirstStepOf(UserRow user, IReadOnlyList<string> roles)
    {
        if (user.Source == UserRow.Local && (user.MustChange != 0 || IsOld(user)))
            return FirstStep.ChangePassword;
        return user.TotpSince is null && roles.Any(options.SecondFactor.RequiredFor.Contains) ? FirstStep.SetUpSecondFactor : FirstStep.None;
    }

    private bool IsOld(UserRow user) =>
        options.Passwords.MaxAgeDays is > 0 and var days && database.Now - (user.PasswordSetAt ?? user.CreatedAt) > (long)TimeSpan.FromDays(days).TotalMilliseconds;
}
