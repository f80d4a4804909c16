using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Access;

/// <summary>A bearer token to be issued.</summary>
/// <param name="Label">What it is for, 1–100 characters.</param>
/// <param name="Lifetime">How long it holds, a day at least.</param>
/// <param name="Permissions">What it is limited to; null for all its user may.</param>
/// <param name="Facilities">Facilities it is limited to; null for all of its user.</param>
public sealed record TokenDraft(string Label, TimeSpan Lifetime, IReadOnlyList<string>? Permissions = null, IReadOnlyList<string>? Facilities = null);

/// <summary>Sessions and bearer tokens: what holds, issuing, revoking.</summary>
public sealed class AccessTokens(Database database, AccessTokenStore store, UserDesk desk, AccessOptions options)
{
    private const int LongestLabel = 100;
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    /// <summary>Sessions of somebody, newest first.</summary>
    public async Task<IReadOnlyList<TokenView>> OwnSessionsAsync(Caller caller, CancellationToken ct) => await ListAsync(TokenRow.Session, caller.UserId, ct);

    /// <summary>Bearer tokens of somebody, newest first.</summary>
    public async Task<IReadOnlyList<TokenView>> OwnBearersAsync(Caller caller, CancellationToken ct) => await ListAsync(TokenRow.Bearer, caller.UserId, ct);

    /// <summary>Sessions of a user; null when the caller doesn't see it.</summary>
    public async Task<IReadOnlyList<TokenView>?> SessionsOfAsync(Caller by, string userId, CancellationToken ct) =>
        await desk.FindAsync(by, userId, ct) is null ? null : await ListAsync(TokenRow.Session, userId, ct);

    /// <summary>Bearer tokens of a user; null when the caller doesn't see it.</summary>
    public async Task<IReadOnlyList<TokenView>?> BearersOfAsync(Caller by, string userId, CancellationToken ct) =>
        await desk.FindAsync(by, userId, ct) is null ? null : await ListAsync(TokenRow.Bearer, userId, ct);

    /// <summary>Sessions of every user the caller sees, newest first.</summary>
    public async Task<IReadOnlyList<TokenView>> AllSessionsAsync(Caller by, CancellationToken ct)
    {
        HashSet<string> seen = (await desk.ListAsync(by, ct)).Select(u => u.Id).ToHashSet(StringComparer.Ordinal);
        return [.. (await ListAsync(TokenRow.Session, "", ct)).Where(s => seen.Contains(s.UserId))];
    }

    /// <summary>Issues a bearer token for a user; <see cref="AccessChange.Secret"/> is the token, told once.</summary>
    public async Task<AccessChange> IssueAsync(Caller by, string userId, TokenDraft draft, CancellationToken ct)
    {
        (UserRow? user, UserView? view, AccessChange? refusal) = await desk.ReachAsync(by, userId, ct);
        if (user is null || view is null)
            return refusal!;
        IReadOnlySet<string> may = Roles.PermissionsOf(view.Roles);
        string[] permissions = [.. (draft.Permissions ?? [.. may]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (Fault(draft, options) is { } fault)
            return new AccessChange("bad-token", fault);
        if (permissions.FirstOrDefault(p => !may.Contains(p)) is { } excess)
            return new AccessChange("bad-token", $"Người dùng không có quyền «{excess}», nên mã không nhận được quyền này.");
        if (draft.Facilities?.FirstOrDefault(f => !view.AllFacilities && !view.Facilities.Contains(f, StringComparer.Ordinal)) is { } foreign)
            return new AccessChange("bad-token", $"Người dùng không thuộc cơ sở «{foreign}».");
        return AccessChange.Of(view, await InsertBearerAsync(database, by, user, draft, UserDesk.FacilityOf(view.Facilities), ct));
    }

    /// <summary>Ends a session or token of a user.</summary>
    public async Task<AccessChange> RevokeAsync(Caller by, string userId, string tokenId, CancellationToken ct)
    {
        (UserRow? user, UserView? view, AccessChange? refusal) = await desk.ReachAsync(by, userId, ct);
        return user is null || view is null ? refusal! : await EndAsync(by, user.UserId, user.Name, UserDesk.FacilityOf(view.Facilities), tokenId, ct);
    }

    /// <summary>Ends a session or token of one's own.</summary>
    public Task<AccessChange> RevokeOwnAsync(Caller caller, string tokenId, CancellationToken ct) => EndAsync(caller, caller.UserId, caller.Name, "", tokenId, ct);

    /// <summary>Ends every session of a user; bearer tokens stay.</summary>
    public async Task<AccessChange> RevokeSessionsAsync(Caller by, string userId, CancellationToken ct)
    {
        (UserRow? user, UserView? view, AccessChange? refusal) = await desk.ReachAsync(by, userId, ct);
        return user is null || view is null ? refusal! : await EndSessionsAsync(by, user.UserId, user.Name, UserDesk.FacilityOf(view.Facilities), null, ct);
    }

    /// <summary>Ends every session of one's own but the one that asks.</summary>
    public Task<AccessChange> RevokeOthersAsync(Caller caller, string currentId, CancellationToken ct) =>
        EndSessionsAsync(caller, caller.UserId, caller.Name, "", currentId, ct);

    /// <summary>Forgets what ended 30 days ago or earlier. For the recurring job.</summary>
    public async Task<long> SweepAsync(CancellationToken ct) => await store.SweepAsync(database.Now - (long)Remembered.TotalMilliseconds, ct);

    internal static long IdleSince(Database database, AccessOptions options) => database.Now - (long)TimeSpan.FromMinutes(options.Sessions.IdleMinutes).TotalMilliseconds;

    internal static async Task<string> InsertBearerAsync(Database database, Caller by, UserRow user, TokenDraft draft, string facility, CancellationToken ct)
    {
        string token = "lt_" + SecretTexts.NewToken();
        await using WriteSession session = await database.BeginAsync(ct);
        await AccessTokenStore.InsertAsync(session, new TokenRow
        {
            TokenHash = SecretTexts.HashOf(token),
            UserId = user.UserId,
            Kind = TokenRow.Bearer,
            Label = draft.Label,
            CreatedAt = database.Now,
            ExpiresAt = database.Now + (long)draft.Lifetime.TotalMilliseconds,
            IssuedBy = by.Name,
            Permissions = draft.Permissions is { } p ? string.Join(' ', p) : null,
            Facilities = draft.Facilities is { } f ? string.Join(' ', f) : null,
        }, ct);
        session.Audit(facility, by.Name, "token.issued", user.Name, draft.Label);
        await session.CommitAsync(ct);
        return token;
    }

    private static string? Fault(TokenDraft draft, AccessOptions options) =>
        string.IsNullOrWhiteSpace(draft.Label) || draft.Label.Length > LongestLabel || draft.Label.Any(char.IsControl) ? $"Ghi mã dùng cho việc gì, tối đa {LongestLabel} ký tự."
        : draft.Lifetime < TimeSpan.FromDays(1) || draft.Lifetime > TimeSpan.FromDays(options.Bearer.MaxDays) ? $"Thời hạn phải từ 1 đến {options.Bearer.MaxDays} ngày."
        : draft.Permissions is { Count: 0 } ? "Chọn ít nhất một quyền."
        : draft.Facilities is { Count: 0 } ? "Chọn ít nhất một cơ sở."
        : null;

    private async Task<IReadOnlyList<TokenView>> ListAsync(string kind, string userId, CancellationToken ct) =>
        (await store.ListAsync(kind, userId, IdleSince(database, options), ct)).ConvertAll(t => new TokenView(
            t.TokenHash, t.UserId, t.UserName, t.Label, ListRow.Utc(t.CreatedAt), t.LastSeenAt is { } at ? ListRow.Utc(at) : null, ListRow.Utc(t.ExpiresAt), t.Address, t.Device,
            t.IssuedBy, t.Permissions?.Split(' '), t.Facilities?.Split(' ')));

    private async Task<AccessChange> EndAsync(Caller by, string userId, string userName, string facility, string tokenId, CancellationToken ct)
    {
        if (!(await ListAsync(TokenRow.Session, userId, ct)).Concat(await ListAsync(TokenRow.Bearer, userId, ct)).Any(t => t.Id == tokenId))
            return AccessChange.NoSuchSession();
        await using WriteSession session = await database.BeginAsync(ct);
        await AccessTokenStore.RevokeAsync(session, tokenId, ct);
        session.Audit(facility, by.Name, "token.revoked", userName, tokenId[..12]);
        await session.CommitAsync(ct);
        return AccessChange.Of();
    }

    private async Task<AccessChange> EndSessionsAsync(Caller by, string userId, string userName, string facility, string? except, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        int ended = await AccessTokenStore.RevokeSessionsAsync(session, userId, except, ct);
        session.Audit(facility, by.Name, "session.revoked-all", userName, ended.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await session.CommitAsync(ct);
        return AccessChange.Of();
    }
}
