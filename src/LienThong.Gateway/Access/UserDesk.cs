using System.Text;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Access;

/// <summary>What people who manage users do: make them, say what they may, let them in again. Nobody reaches further than <see cref="Reach"/> says.</summary>
public sealed class UserDesk(Database database, UserStore store, AccessOptions options)
{
    private const int LongestName = 100;
    private const int LongestDisplayName = 200;

    /// <summary>The users the caller sees, by name.</summary>
    public async Task<IReadOnlyList<UserView>> ListAsync(Caller by, CancellationToken ct)
    {
        ILookup<string, string> roles = await store.AllRolesAsync(ct), facilities = await store.AllFacilitiesAsync(ct);
        return [.. (await store.ListAsync(ct)).Select(u => UserView.Of(u, [.. roles[u.UserId]], [.. facilities[u.UserId]], database.Now)).Where(u => Reach.Sees(by, u.AllFacilities, u.Facilities))];
    }

    /// <summary>A user; null when there is none or the caller doesn't see it.</summary>
    public async Task<UserView?> FindAsync(Caller by, string id, CancellationToken ct) => (await SeeAsync(by, id, ct)).View;

    /// <summary>A user by sign-in name; null as above.</summary>
    public async Task<UserView?> FindByNameAsync(Caller by, string name, CancellationToken ct) =>
        await store.FindAsync(Key(name), ct) is { } user ? (await SeeAsync(by, user.UserId, ct)).View : null;

    /// <summary>Whether the caller may change the user.</summary>
    public static bool MayChange(Caller by, UserView user) => Reach.Covers(by, user.Roles, user.AllFacilities, user.Facilities);

    /// <summary>Roles the caller may give.</summary>
    public static IReadOnlyList<string> RolesToGive(Caller by) => [.. Reach.RolesOf(by)];

    /// <summary>Creates a user; <see cref="AccessChange.Secret"/> is the password when none was given.</summary>
    public async Task<AccessChange> CreateAsync(Caller by, UserDraft draft, CancellationToken ct)
    {
        string name = Key(draft.Name);
        string password = draft.Password ?? SecretTexts.NewPassword();
        if (name.Length is 0 or > LongestName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '@'))
            return new AccessChange("bad-user", $"Tên đăng nhập «{Short(draft.Name)}» không hợp lệ: chỉ dùng chữ không dấu, số và . _ - @, tối đa {LongestName} ký tự.");
        if (DisplayNameFault(draft.DisplayName) is { } wrongName)
            return new AccessChange("bad-user", wrongName);
        if (GrantFault(draft.Roles, draft.Scope) is { } wrongGrant)
            return new AccessChange("bad-user", wrongGrant);
        if (!Reach.Covers(by, draft.Roles, draft.Scope.All, [.. draft.Scope.Facilities]))
            return AccessChange.BeyondReach();
        if (PasswordPolicy.Fault(options.Passwords, password, name, draft.DisplayName) is { } weak)
            return new AccessChange("bad-password", weak);
        UserRow user = new()
        {
            UserId = Guid.CreateVersion7(database.Time.GetUtcNow()).ToString(),
            Name = name,
            DisplayName = draft.DisplayName.Trim().Normalize(NormalizationForm.FormC),
            PasswordHash = PasswordPolicy.Hash(password),
            AllFacilities = draft.Scope.All ? 1 : 0,
            CreatedAt = database.Now,
            MustChange = draft.MustChange ? 1 : 0,
        };
        await using WriteSession session = await database.BeginAsync(ct);
        if (!await UserStore.InsertAsync(session, user, draft.Roles, draft.Scope.Facilities, ct))
            return new AccessChange("name-taken", $"Đã có tài khoản «{name}». Chọn tên khác.");
        session.Audit(FacilityOf(draft.Scope.Facilities), by.Name, "user.created", name, Grants(draft.Roles, draft.Scope));
        await session.CommitAsync(ct);
        return AccessChange.Of(UserView.Of(user, draft.Roles, [.. draft.Scope.Facilities], database.Now), draft.Password is null ? password : null);
    }

    /// <summary>Says what a user is called, may, and where. Its sessions end; bearer tokens shrink with it.</summary>
    public async Task<AccessChange> SetGrantsAsync(Caller by, string id, string displayName, IReadOnlyList<string> roles, FacilityScope scope, CancellationToken ct)
    {
        (UserRow? user, UserView? view, AccessChange? refusal) = await ReachOtherAsync(by, id, ct);
        if (user is null || view is null)
            return refusal!;
        if (user.Source == UserRow.Directory)
            return AccessChange.DirectoryUser();
        if ((DisplayNameFault(displayName) ?? GrantFault(roles, scope)) is { } wrong)
            return new AccessChange("bad-user", wrong);
        if (!Reach.Covers(by, roles, scope.All, [.. scope.Facilities]))
            return AccessChange.BeyondReach();
        await using WriteSession session = await database.BeginAsync(ct);
        await UserStore.SetDisplayNameAsync(session, user.UserId, displayName.Trim().Normalize(NormalizationForm.FormC), ct);
        if (!SameGrants(view, roles, scope))
        {
            await UserStore.ReplaceGrantsAsync(session, user.UserId, scope.All, roles, scope.Facilities, ct);
            await AccessTokenStore.RevokeSessionsAsync(session, user.UserId, null, ct);
            session.Audit(FacilityOf(scope.Facilities), by.Name, "user.granted", user.Name, Grants(roles, scope));
        }
        else if (displayName != user.DisplayName)
        {
            session.Audit(FacilityOf(scope.Facilities), by.Name, "user.renamed", user.Name);
        }
        await session.CommitAsync(ct);
        return AccessChange.Of(await FindAsync(by, id, ct));
    }

    /// <summary>Allows or forbids signing in; forbidding ends every session and token.</summary>
    public Task<AccessChange> SetDisabledAsync(Caller by, string id, bool disabled, CancellationToken ct) =>
        ChangeAsync(by, id, disabled ? "user.disabled" : "user.enabled", async (session, user) =>
        {
            await UserStore.SetDisabledAsync(session, user.UserId, disabled, ct);
            if (disabled)
                await AccessTokenStore.RevokeAllAsync(session, user.UserId, ct);
        }, ct);

    /// <summary>Lets a user in again that wrong tries keep out.</summary>
    public Task<AccessChange> UnlockAsync(Caller by, string id, CancellationToken ct) =>
        ChangeAsync(by, id, "user.unlocked", (session, user) => UserStore.SetFailuresAsync(session, user.UserId, 0, null, ct), ct);

    /// <summary>Takes the second factor away from a user who lost it; sessions end.</summary>
    public Task<AccessChange> ResetSecondFactorAsync(Caller by, string id, CancellationToken ct) =>
        ChangeAsync(by, id, "user.second-factor-reset", async (session, user) =>
        {
            await SecondFactorStore.RemoveAsync(session, user.UserId, ct);
            await AccessTokenStore.RevokeSessionsAsync(session, user.UserId, null, ct);
        }, ct);

    /// <summary>Sets a password that has to be changed at the next sign-in; every session ends, bearer tokens too.</summary>
    /// <param name="by">Who sets it.</param>
    /// <param name="id">Whose it is.</param>
    /// <param name="password">The password; null for a random one, told once in <see cref="AccessChange.Secret"/>.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<AccessChange> SetPasswordAsync(Caller by, string id, string? password, CancellationToken ct)
    {
        (UserRow? user, UserView? view, AccessChange? refusal) = await ReachOtherAsync(by, id, ct);
        if (user is null || view is null)
            return refusal!;
        if (user.Source == UserRow.Directory)
            return AccessChange.DirectoryUser();
        string chosen = password ?? SecretTexts.NewPassword();
        if (PasswordPolicy.Fault(options.Passwords, chosen, user.Name, user.DisplayName) is { } weak)
            return new AccessChange("bad-password", weak);
        await using WriteSession session = await database.BeginAsync(ct);
        await UserStore.SetPasswordAsync(session, user, PasswordPolicy.Hash(chosen), mustChange: true, options.Passwords.Remembered, ct);
        await AccessTokenStore.RevokeAllAsync(session, user.UserId, ct);
        session.Audit(FacilityOf(view.Facilities), by.Name, "user.password-set", user.Name);
        await session.CommitAsync(ct);
        return AccessChange.Of(await FindAsync(by, id, ct), password is null ? chosen : null);
    }

    /// <summary>The user, if the caller may change it; otherwise why not.</summary>
    internal async Task<(UserRow? Row, UserView? View, AccessChange? Refusal)> ReachAsync(Caller by, string id, CancellationToken ct)
    {
        (UserRow? row, UserView? view) = await SeeAsync(by, id, ct);
        return view is null ? (null, null, AccessChange.NoSuchUser()) : MayChange(by, view) ? (row, view, null) : (null, null, AccessChange.BeyondReach());
    }

    // One's own account is changed with one's password, on its own page.
    private async Task<(UserRow? Row, UserView? View, AccessChange? Refusal)> ReachOtherAsync(Caller by, string id, CancellationToken ct) =>
        await ReachAsync(by, id, ct) is var reached && reached.Row is { } row && row.UserId == by.UserId ? (null, null, AccessChange.OwnAccount()) : reached;

    internal static string Key(string name) => name.Trim().ToLowerInvariant();

    /// <summary>Facility under which something about a user is audited: its only one.</summary>
    internal static string FacilityOf(IReadOnlyCollection<string> facilities) => facilities.Count == 1 ? facilities.First() : "";

    internal static bool SameGrants(UserView now, IReadOnlyCollection<string> roles, FacilityScope scope) =>
        now.AllFacilities == scope.All && now.Roles.ToHashSet(StringComparer.Ordinal).SetEquals(roles) && now.Facilities.ToHashSet(StringComparer.Ordinal).SetEquals(scope.Facilities);

    internal static string Grants(IEnumerable<string> roles, FacilityScope scope) =>
        $"{string.Join(',', roles.Order(StringComparer.Ordinal))} @ {(scope.All ? "*" : string.Join(',', scope.Facilities.Order(StringComparer.Ordinal)))}";

    private async Task<AccessChange> ChangeAsync(Caller by, string id, string action, Func<WriteSession, UserRow, Task> change, CancellationToken ct)
    {
        (UserRow? user, UserView? view, AccessChange? refusal) = await ReachOtherAsync(by, id, ct);
        if (user is null || view is null)
            return refusal!;
        await using WriteSession session = await database.BeginAsync(ct);
        await change(session, user);
        session.Audit(FacilityOf(view.Facilities), by.Name, action, user.Name);
        await session.CommitAsync(ct);
        return AccessChange.Of(await FindAsync(by, id, ct));
    }

    private async Task<(UserRow? Row, UserView? View)> SeeAsync(Caller by, string id, CancellationToken ct)
    {
        if (await store.FindByIdAsync(id, ct) is not { } user)
            return (null, null);
        UserView view = UserView.Of(user, await store.RolesAsync(id, ct), await store.FacilitiesAsync(id, ct), database.Now);
        return Reach.Sees(by, view.AllFacilities, view.Facilities) ? (user, view) : (null, null);
    }

    private static string? DisplayNameFault(string name) =>
        string.IsNullOrWhiteSpace(name) || name.Length > LongestDisplayName || name.Any(char.IsControl) ? $"Ghi họ tên, tối đa {LongestDisplayName} ký tự." : null;

    private static string? GrantFault(IReadOnlyList<string> roles, FacilityScope scope) =>
        roles.FirstOrDefault(r => !Roles.Table.ContainsKey(r)) is { } unknown ? $"Không có vai trò «{Short(unknown)}». Các vai trò: {string.Join(", ", Roles.Table.Keys)}."
        : scope.Facilities.FirstOrDefault(f => f.Length is 0 or > 20 || !f.All(char.IsAsciiLetterOrDigit)) is { } facility ? $"«{Short(facility)}» không phải mã cơ sở."
        : null;

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
