using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Access;

/// <summary>Second factors: codes of an authenticator app, and recovery codes for whoever lost it.</summary>
public sealed class SecondFactors(Database database, Secrets secrets)
{
    private const int Codes = 10;

    internal static AccessChange NotSet() => new("no-second-factor", "Chưa thiết lập xác thực hai bước.");

    internal async Task<SecondFactorOffer> OfferAsync(UserRow user, CancellationToken ct)
    {
        byte[] secret = Totp.NewSecret();
        await using WriteSession session = await database.BeginAsync(ct);
        await SecondFactorStore.OfferAsync(session, user.UserId, secrets.Protect(secret), ct);
        await session.CommitAsync(ct);
        return new SecondFactorOffer(Totp.Base32(secret), Totp.Address(secret, user.Name));
    }

    internal async Task<AccessChange> ConfirmAsync(UserRow user, string code, CancellationToken ct)
    {
        if (user.TotpSecret is null || user.TotpSince is not null)
            return new AccessChange("nothing-offered", "Chưa có mã QR nào chờ xác nhận. Thiết lập lại từ đầu.");
        if (Totp.Match(secrets.Reveal(user.TotpSecret), Plain(code), database.Time.GetUtcNow(), 0) is not { } step)
            return new AccessChange("wrong-code", "Mã không đúng. Kiểm tra giờ của điện thoại rồi nhập mã mới nhất.");
        await using WriteSession session = await database.BeginAsync(ct);
        await SecondFactorStore.ConfirmAsync(session, user.UserId, step, ct);
        string[] codes = await NewCodesAsync(session, user, ct);
        session.Audit("", user.Name, "user.second-factor-set", user.Name);
        await session.CommitAsync(ct);
        return AccessChange.Of(secret: string.Join('\n', codes));
    }

    internal async Task<AccessChange> RenewCodesAsync(UserRow user, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        string[] codes = await NewCodesAsync(session, user, ct);
        session.Audit("", user.Name, "user.recovery-codes-renewed", user.Name);
        await session.CommitAsync(ct);
        return AccessChange.Of(secret: string.Join('\n', codes));
    }

    internal async Task<AccessChange> RemoveAsync(UserRow user, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await SecondFactorStore.RemoveAsync(session, user.UserId, ct);
        session.Audit("", user.Name, "user.second-factor-removed", user.Name);
        await session.CommitAsync(ct);
        return AccessChange.Of();
    }

    /// <summary>Takes a code of the app or a recovery code, each once.</summary>
    internal async Task<bool> UseAsync(WriteSession session, UserRow user, string code, CancellationToken ct)
    {
        string typed = Plain(code);
        if (typed.Length == Totp.Digits)
        {
            return user.TotpSecret is { } secret && Totp.Match(secrets.Reveal(secret), typed, database.Time.GetUtcNow(), user.TotpStep) is { } step
                && await SecondFactorStore.UseAsync(session, user.UserId, step, ct);
        }
        if (!await SecondFactorStore.UseCodeAsync(session, user.UserId, SecretTexts.HashOfCode(user.UserId, typed), ct))
            return false;
        session.Audit("", user.Name, "user.recovery-code-used", user.Name);
        return true;
    }

    private static string Plain(string code) => string.Concat(code.Where(c => !char.IsWhiteSpace(c)));

    private static async Task<string[]> NewCodesAsync(WriteSession session, UserRow user, CancellationToken ct)
    {
        string[] codes = [.. Enumerable.Range(0, Codes).Select(_ => SecretTexts.NewRecoveryCode())];
        await SecondFactorStore.ReplaceCodesAsync(session, user.UserId, codes.Select(c => SecretTexts.HashOfCode(user.UserId, c)), ct);
        return codes;
    }
}
