using LienThong.Gateway.Access.Directories;
using LienThong.Gateway.Storage;
using Microsoft.AspNetCore.Identity;

namespace LienThong.Gateway.Access;

/// <summary>Signing in: name and password, checked here or by the hospital's directory, then a code when the user has a second factor.</summary>
public sealed class SignInDesk(
    Database database, UserStore store, AccessTokenStore tokens, AccessOptions options, SecondFactors factors, DirectoryUsers directory)
{
    private static readonly TimeSpan CodeTime = TimeSpan.FromMinutes(10);

    /// <summary>Checks name and password; opens a session, or asks for a code.</summary>
    public async Task<SignInResult> SignInAsync(string name, string password, SignInOrigin origin, CancellationToken ct)
    {
        // Nobody is called so, and PostgreSQL takes no NUL.
        UserRow? user = name.Any(char.IsControl) ? null : await store.FindAsync(UserDesk.Key(name), ct);
        if (user is null && directory.IsSet && !name.Any(char.IsControl))
        {
            // Nobody here yet by this name: the directory may know it, and by another spelling somebody who is here.
            (UserRow? known, SignInResult? refusal) = await directory.AdmitAsync(UserDesk.Key(name), null, password, ct);
            return known is null ? refusal! : IsLocked(known) ?? await AdmitAsync(known, origin, ct);
        }
        if (user is null || user.Disabled != 0)
        {
            PasswordPolicy.Verify("", password);
            return new SignInResult.Refused();
        }
        (UserRow? proven, SignInResult? refused) = await ProveCoreAsync(user, password, ct);
        return proven is null ? refused! : await AdmitAsync(proven, origin, ct);
    }

    /// <summary>Goes on with a sign-in that lacked its code.</summary>
    /// <param name="token">Token of <see cref="SignInResult.NeedsCode"/>.</param>
    /// <param name="code">Code of the app, or a recovery code.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>Null when the begun sign-in is unknown, too old or was ended: name and password are asked for again.</returns>
    public async Task<SignInResult?> ContinueAsync(string token, string code, SignInOrigin origin, CancellationToken ct)
    {
        if (await FindPendingAsync(token, ct) is not { } begun)
            return null;
        await using WriteSession session = await database.BeginAsync(ct);
        // Held until the code is judged: tries at the same time come one after the other.
        if (await UserStore.LockAsync(session, begun.UserId, ct) is not { } user)
            return null;
        if (IsLocked(user) is { } locked)
            return locked;
        if (!await factors.UseAsync(session, user, code, ct))
            return await RefuseAsync(session, user, "user.code-failed", ct);
        await AccessTokenStore.RevokeAsync(session, SecretTexts.HashOf(token), ct);
        return await OpenAsync(session, user, origin, ct);
    }

    /// <summary>Whether a sign-in with this token waits for its code.</summary>
    public async Task<bool> IsPendingAsync(string token, CancellationToken ct) => await FindPendingAsync(token, ct) is not null;

    /// <summary>Checks the password of somebody who is signed in already; null when it is right.</summary>
    internal async Task<SignInResult?> ProveAsync(UserRow user, string password, CancellationToken ct)
    {
        (UserRow? proven, SignInResult? refusal) = await ProveCoreAsync(user, password, ct);
        if (proven is not null && proven.FailedCount > 0)
        {
            await using WriteSession session = await database.BeginAsync(ct);
            await UserStore.SetFailuresAsync(session, user.UserId, 0, null, ct);
            await session.CommitAsync(ct);
        }
        return refusal;
    }

    private async Task<(UserRow? User, SignInResult? Refusal)> ProveCoreAsync(UserRow user, string password, CancellationToken ct)
    {
        if (IsLocked(user) is { } locked)
            return (null, locked);
        if (user.Source == UserRow.Directory)
        {
            (UserRow? known, SignInResult? refusal) = await directory.AdmitAsync(user.Name, user, password, ct);
            if (known is not null && known.UserId != user.UserId)
                return (null, new SignInResult.Refused());
            return known is not null || refusal is not SignInResult.Refused ? (known, refusal) : (null, await RefuseAsync(user, ct));
        }
        PasswordVerificationResult check = PasswordPolicy.Verify(user.PasswordHash, password);
        if (check == PasswordVerificationResult.Failed)
            return (null, await RefuseAsync(user, ct));
        if (check == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await using WriteSession session = await database.BeginAsync(ct);
            await UserStore.RehashAsync(session, user.UserId, PasswordPolicy.Hash(password), ct);
            await session.CommitAsync(ct);
        }
        return (user, null);
    }

    private async Task<SignInResult> AdmitAsync(UserRow user, SignInOrigin origin, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        if (user.TotpSince is null)
            return await OpenAsync(session, user, origin, ct);
        // Wrong codes go on being counted: signing in anew must not give new tries.
        (string token, TokenRow row) = NewToken(user, TokenRow.Pending, CodeTime, origin);
        await AccessTokenStore.InsertAsync(session, row, ct);
        await session.CommitAsync(ct);
        return new SignInResult.NeedsCode(token, ListRow.Utc(row.ExpiresAt));
    }

    private async Task<SignInResult> OpenAsync(WriteSession session, UserRow user, SignInOrigin origin, CancellationToken ct)
    {
        await UserStore.SetSignedInAsync(session, user.UserId, ct);
        (string token, TokenRow row) = NewToken(user, TokenRow.Session, TimeSpan.FromHours(options.Sessions.Hours), origin);
        await AccessTokenStore.InsertAsync(session, row, ct);
        IReadOnlyList<string> facilities = await store.FacilitiesAsync(user.UserId, ct);
        session.Audit(UserDesk.FacilityOf(facilities), user.Name, "user.signed-in", user.Name, origin.Address ?? "");
        await session.CommitAsync(ct);
        return new SignInResult.SignedIn(UserAccounts.CallerOf(user, await store.RolesAsync(user.UserId, ct), facilities), token, ListRow.Utc(row.ExpiresAt));
    }

    private (string Token, TokenRow Row) NewToken(UserRow user, string kind, TimeSpan life, SignInOrigin origin)
    {
        string token = SecretTexts.NewToken();
        return (token, new TokenRow
        {
            TokenHash = SecretTexts.HashOf(token),
            UserId = user.UserId,
            Kind = kind,
            CreatedAt = database.Now,
            ExpiresAt = database.Now + (long)life.TotalMilliseconds,
            LastSeenAt = database.Now,
            Address = origin.Address ?? "",
            Device = origin.Device,
        });
    }

    private async Task<UserRow?> FindPendingAsync(string token, CancellationToken ct) =>
        (await tokens.HolderAsync(SecretTexts.HashOf(token), TokenRow.Pending, 0, ct))?.User;

    private SignInResult? IsLocked(UserRow user) =>
        user.LockedUntil is { } until && until > database.Now ? new SignInResult.LockedOut(ListRow.Utc(until)) : null;

    private async Task<SignInResult> RefuseAsync(UserRow user, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        return await RefuseAsync(session, user, "user.sign-in-failed", ct);
    }

    private async Task<SignInResult> RefuseAsync(WriteSession session, UserRow user, string action, CancellationToken ct)
    {
        // Read again under a lock: tries at the same time must each count.
        int failures = ((await UserStore.LockAsync(session, user.UserId, ct))?.FailedCount ?? 0) + 1;
        DateTimeOffset until = database.Time.GetUtcNow() + TimeSpan.FromMinutes(options.Lockout.Minutes);
        bool locked = failures >= options.Lockout.Failures;
        await UserStore.SetFailuresAsync(session, user.UserId, locked ? 0 : failures, locked ? until.ToUnixTimeMilliseconds() : null, ct);
        session.Audit(UserDesk.FacilityOf(await store.FacilitiesAsync(user.UserId, ct)), user.Name, locked ? "user.locked-out" : action, user.Name);
        await session.CommitAsync(ct);
        return locked ? new SignInResult.LockedOut(until) : new SignInResult.Refused();
    }
}
