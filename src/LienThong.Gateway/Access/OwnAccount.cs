using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Access;

/// <summary>What a second factor is set up with; shown once.</summary>
/// <param name="Secret">Base32, for typing.</param>
/// <param name="Address"><c>otpauth:</c> address, for a QR code.</param>
public sealed record SecondFactorOffer(string Secret, string Address);

/// <summary>What somebody changes about their own account. Every change asks for the password again, so that a session left open, or a token, isn't enough.</summary>
public sealed class OwnAccount(Database database, UserStore store, SignInDesk signIn, SecondFactors factors, AccessOptions options)
{
    /// <summary>The account; null when it is gone.</summary>
    public async Task<UserView?> FindAsync(Caller caller, CancellationToken ct) =>
        await store.FindByIdAsync(caller.UserId, ct) is { } user
            ? UserView.Of(user, await store.RolesAsync(user.UserId, ct), await store.FacilitiesAsync(user.UserId, ct), database.Now) : null;

    /// <summary>Recovery codes left.</summary>
    public Task<int> RecoveryCodesLeftAsync(Caller caller, CancellationToken ct) => SecondFactorStore.CodesLeftAsync(database, caller.UserId, ct);

    /// <summary>Changes the password. Other sessions end; bearer tokens stay.</summary>
    /// <param name="caller">Whose it is.</param>
    /// <param name="current">Present password.</param>
    /// <param name="chosen">New one.</param>
    /// <param name="sessionId">Session that asks and goes on; empty to end all.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<AccessChange> ChangePasswordAsync(Caller caller, string current, string chosen, string sessionId, CancellationToken ct)
    {
        (UserRow? user, AccessChange? refusal) = await ProveAsync(caller, current, ct);
        if (user is null)
            return refusal!;
        if (user.Source == UserRow.Directory)
            return AccessChange.DirectoryUser();
        if (PasswordPolicy.Fault(options.Passwords, chosen, user.Name, user.DisplayName) is { } weak)
            return new AccessChange("bad-password", weak);
        IEnumerable<string> before = (await store.PasswordHistoryAsync(user.UserId, Math.Max(0, options.Passwords.Remembered - 1), ct)).Prepend(user.PasswordHash);
        // The present one never again, whatever the setting: it would be no change.
        if (PasswordPolicy.IsOneOf(chosen, before))
            return new AccessChange("bad-password", "Mật khẩu này đã dùng gần đây. Chọn mật khẩu khác.");
        await using WriteSession session = await database.BeginAsync(ct);
        await UserStore.SetPasswordAsync(session, user, PasswordPolicy.Hash(chosen), mustChange: false, options.Passwords.Remembered, ct);
        await AccessTokenStore.RevokeSessionsAsync(session, user.UserId, sessionId, ct);
        session.Audit("", user.Name, "user.password-changed", user.Name);
        await session.CommitAsync(ct);
        return AccessChange.Of(await FindAsync(caller, ct));
    }

    /// <summary>Offers a secret for an authenticator app; it counts when <see cref="ConfirmSecondFactorAsync"/> got a code of it.</summary>
    public async Task<(SecondFactorOffer? Offer, AccessChange Change)> OfferSecondFactorAsync(Caller caller, string password, CancellationToken ct)
    {
        (UserRow? user, AccessChange? refusal) = await ProveAsync(caller, password, ct);
        if (user is null)
            return (null, refusal!);
        return user.TotpSince is not null
            ? (null, new AccessChange("second-factor-set", "Đã có xác thực hai bước. Tắt trước rồi thiết lập lại."))
            : (await factors.OfferAsync(user, ct), AccessChange.Of());
    }

    /// <summary>Confirms the offered secret by a code; <see cref="AccessChange.Secret"/> holds the recovery codes, a line each, told once.</summary>
    public async Task<AccessChange> ConfirmSecondFactorAsync(Caller caller, string code, CancellationToken ct) =>
        await store.FindByIdAsync(caller.UserId, ct) is { } user ? await factors.ConfirmAsync(user, code, ct) : AccessChange.NoSuchUser();

    /// <summary>New recovery codes instead of the old ones.</summary>
    public async Task<AccessChange> RenewCodesAsync(Caller caller, string password, CancellationToken ct)
    {
        (UserRow? user, AccessChange? refusal) = await ProveAsync(caller, password, ct);
        return user is null ? refusal! : user.TotpSince is null ? SecondFactors.NotSet() : await factors.RenewCodesAsync(user, ct);
    }

    /// <summary>Turns the second factor off, unless a role demands it.</summary>
    public async Task<AccessChange> RemoveSecondFactorAsync(Caller caller, string password, CancellationToken ct)
    {
        (UserRow? user, AccessChange? refusal) = await ProveAsync(caller, password, ct);
        if (user is null)
            return refusal!;
        return (await store.RolesAsync(user.UserId, ct)).Any(options.SecondFactor.RequiredFor.Contains)
            ? new AccessChange("second-factor-required", "Vai trò của bạn bắt buộc xác thực hai bước. Đổi điện thoại: nhờ người quản trị đặt lại.")
            : await factors.RemoveAsync(user, ct);
    }

    // Counts as a try at signing in, so that nobody guesses here either.
    private async Task<(UserRow? User, AccessChange? Refusal)> ProveAsync(Caller caller, string password, CancellationToken ct)
    {
        if (await store.FindByIdAsync(caller.UserId, ct) is not { } user)
            return (null, AccessChange.NoSuchUser());
        SignInResult? refused = await signIn.ProveAsync(user, password, ct);
        return refused switch
        {
            null => (user, null),
            SignInResult.LockedOut locked => (null, new AccessChange("locked-out", $"Sai quá nhiều lần. Thử lại sau {(locked.Until - database.Time.GetUtcNow()).TotalMinutes:0} phút.")),
            SignInResult.DirectoryDown => (null, new AccessChange("directory-down", "Không liên lạc được với danh bạ (LDAP) của đơn vị. Thử lại sau.")),
            _ => (null, new AccessChange("wrong-password", "Mật khẩu hiện tại không đúng.")),
        };
    }
}
