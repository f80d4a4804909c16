using LienThong.Gateway.Storage;
using Microsoft.Extensions.Logging;

namespace LienThong.Gateway.Access.Directories;

/// <summary>Users of the directory as they are kept here: a name and what it may, never a password.</summary>
public sealed partial class DirectoryUsers(Database database, UserStore store, AccessTokenStore tokens, ILogger<DirectoryUsers> logger, IDirectory? directory = null)
{
    /// <summary>Whether there is a directory.</summary>
    public bool IsSet => directory is not null;

    /// <summary>Checks a password at the directory and keeps the user as the directory has it now.</summary>
    internal async Task<(UserRow? User, SignInResult? Refusal)> AdmitAsync(string name, UserRow? kept, string password, CancellationToken ct)
    {
        // A simple bind without a password succeeds for anybody (RFC 4513, 5.1.2).
        DirectoryAnswer answer = directory is null || password.Length == 0 ? new DirectoryAnswer.Refused() : await directory.CheckAsync(name, password, ct);
        switch (answer)
        {
            case DirectoryAnswer.Known known:
                return await KeepAsync(known, ct) is { Disabled: 0 } user ? (user, null) : (null, new SignInResult.Refused());
            case DirectoryAnswer.NoRole:
                if (kept is not null)
                    await LoseAsync(kept, ct);
                NoRole(name);
                return (null, new SignInResult.NoRole());
            case DirectoryAnswer.Unavailable down:
                Down(down.Cause);
                return (null, new SignInResult.DirectoryDown());
            default:
                return (null, new SignInResult.Refused());
        }
    }

    /// <summary>Looks up again whoever of the directory is signed in or has a token: who isn't found there any more is out. For the recurring job.</summary>
    /// <returns>How many had changed.</returns>
    public async Task<long> RefreshAsync(CancellationToken ct)
    {
        if (directory is null)
            return 0;
        long changed = 0;
        HashSet<string> active = (await tokens.ListAsync(TokenRow.Session, "", 0, ct)).Concat(await tokens.ListAsync(TokenRow.Bearer, "", 0, ct)).Select(t => t.UserId).ToHashSet(StringComparer.Ordinal);
        foreach (UserRow user in (await store.ListAsync(ct)).Where(u => u.Source == UserRow.Directory && active.Contains(u.UserId)))
        {
            switch (await directory.FindAsync(user.Name, ct))
            {
                case DirectoryAnswer.Known known:
                    changed += await UpdateAsync(user, known, ct) ? 1 : 0;
                    break;
                case DirectoryAnswer.Unavailable down:
                    Down(down.Cause);
                    return changed;
                default:
                    await LoseAsync(user, ct);
                    changed++;
                    break;
            }
        }
        return changed;
    }

    // A name that has a password here is never the directory's: somebody there could call himself admin.
    private async Task<UserRow?> KeepAsync(DirectoryAnswer.Known known, CancellationToken ct)
    {
        string name = UserDesk.Key(known.Name);
        if (await store.FindAsync(name, ct) is not { } user)
        {
            UserRow made = new()
            {
                UserId = Guid.CreateVersion7(database.Time.GetUtcNow()).ToString(),
                Name = name,
                DisplayName = known.DisplayName,
                AllFacilities = known.Scope.All ? 1 : 0,
                CreatedAt = database.Now,
                Source = UserRow.Directory,
            };
            await using WriteSession session = await database.BeginAsync(ct);
            if (await UserStore.InsertAsync(session, made, known.Roles, known.Scope.Facilities, ct))
                session.Audit(UserDesk.FacilityOf(known.Scope.Facilities), name, "user.taken-over", name, UserDesk.Grants(known.Roles, known.Scope));
            await session.CommitAsync(ct);
        }
        else if (user.Source == UserRow.Directory)
        {
            await UpdateAsync(user, known, ct);
        }
        return await store.FindAsync(name, ct) is { Source: UserRow.Directory } now ? now : null;
    }

    private async Task<bool> UpdateAsync(UserRow user, DirectoryAnswer.Known known, CancellationToken ct)
    {
        UserView now = UserView.Of(user, await store.RolesAsync(user.UserId, ct), await store.FacilitiesAsync(user.UserId, ct), database.Now);
        bool same = UserDesk.SameGrants(now, known.Roles, known.Scope);
        if (same && user.DisplayName == known.DisplayName)
            return false;
        await using WriteSession session = await database.BeginAsync(ct);
        await UserStore.SetDisplayNameAsync(session, user.UserId, known.DisplayName, ct);
        if (!same)
        {
            await UserStore.ReplaceGrantsAsync(session, user.UserId, known.Scope.All, known.Roles, known.Scope.Facilities, ct);
            await AccessTokenStore.RevokeSessionsAsync(session, user.UserId, null, ct);
            session.Audit(UserDesk.FacilityOf(known.Scope.Facilities), "directory", "user.granted", user.Name, UserDesk.Grants(known.Roles, known.Scope));
        }
        await session.CommitAsync(ct);
        return true;
    }

    // Roles go as well: what isn't there may nothing here, whatever token it still finds.
    private async Task LoseAsync(UserRow user, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await UserStore.ReplaceGrantsAsync(session, user.UserId, false, [], await store.FacilitiesAsync(user.UserId, ct), ct);
        await AccessTokenStore.RevokeAllAsync(session, user.UserId, ct);
        session.Audit("", "directory", "user.gone", user.Name);
        await session.CommitAsync(ct);
    }

    [LoggerMessage(EventId = 4801, Level = LogLevel.Warning, Message = "The directory can't be asked: {Cause}")]
    private partial void Down(string cause);

    [LoggerMessage(EventId = 4802, Level = LogLevel.Warning, Message = "User {Name} of the directory is in no group that has a role here")]
    private partial void NoRole(string name);
}
