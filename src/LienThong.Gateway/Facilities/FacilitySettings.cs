using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Storage;
using LienThong.Portal;

namespace LienThong.Gateway.Facilities;

/// <summary>A facility as shown to people: no secret in it.</summary>
/// <param name="Facility">Facility code (<c>MA_CSKCB</c>).</param>
/// <param name="Name">Its name.</param>
/// <param name="Province">Province code (<c>maTinh</c>).</param>
/// <param name="PortalUrl">Portal it sends to; null until set.</param>
/// <param name="PortalUser">Account name; null until set.</param>
/// <param name="SignatureRequiredFrom">Own date from which signatures are demanded; null for the legal one.</param>
/// <param name="MaxParallel">Calls at the same time.</param>
/// <param name="MaxPerMinute">Calls that start in a minute; null for no limit.</param>
/// <param name="StoppedCause">Why a person stopped signing and sending; null when they run.</param>
/// <param name="SendPausedCause">Why sending waits for a person (account, configuration); null when it runs.</param>
/// <param name="SignPausedCause">Why signing waits for a person (key, certificate); null when it runs.</param>
public sealed record FacilityView(
    string Facility, string Name, string Province, string? PortalUrl, string? PortalUser, DateOnly? SignatureRequiredFrom, int MaxParallel, int? MaxPerMinute, string? StoppedCause, string? SendPausedCause, string? SignPausedCause);

/// <summary>Whether a setting was taken.</summary>
/// <param name="Ok">Taken.</param>
/// <param name="Message">What to tell the person when it wasn't, in Vietnamese.</param>
public sealed record SettingResult(bool Ok, string Message)
{
    internal static SettingResult Taken { get; } = new(true, "");
}

/// <summary>Facilities: accounts, stops, pace.</summary>
public sealed class FacilitySettings(Database database, FacilityStore store, Secrets secrets, PortalOptions portal)
{
    /// <summary>Day from which all cost data must be signed, by the moment of sending.</summary>
    /// <remarks>Source: NĐ 188/2025/NĐ-CP, Điều 69 khoản 9.</remarks>
    public static DateOnly SignatureRequiredByLaw { get; } = DutyRule.Get("signature-required").ValidFrom;

    /// <summary>The caller's facilities, by code.</summary>
    public async Task<IReadOnlyList<FacilityView>> ListAsync(Caller caller, CancellationToken ct) =>
        (await store.ListAsync(caller, ct)).ConvertAll(View);

    /// <summary>One facility; null when unknown or out of scope.</summary>
    public async Task<FacilityView?> FindAsync(Caller caller, string facility, CancellationToken ct) =>
        await store.FindAsync(caller, facility, ct) is { } row ? View(row) : null;

    /// <summary>Says of a facility code why its records may not be stored for the caller, in Vietnamese; null when they may.</summary>
    internal async Task<Func<string, string?>> AcceptsAsync(Caller caller, CancellationToken ct)
    {
        HashSet<string> registered = [.. (await ListAsync(caller, ct)).Select(f => f.Facility)];
        return facility => registered.Contains(facility) ? null
            : $"Cơ sở «{(facility.Length > 20 ? facility[..20] : facility)}» chưa được khai báo hoặc không thuộc quyền của bạn.";
    }

    /// <summary>Adds a facility or changes its plain settings.</summary>
    /// <exception cref="ArgumentException">Code not of 5 letters or digits, <paramref name="maxParallel"/> not 1–16.</exception>
    public async Task SaveAsync(Caller caller, string facility, string name, string? province, int maxParallel, DateOnly? signatureRequiredFrom, CancellationToken ct)
    {
        if (facility.Length != 5 || !facility.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException("A facility code has 5 letters or digits.", nameof(facility));
        ArgumentOutOfRangeException.ThrowIfLessThan(maxParallel, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxParallel, 16);
        await using WriteSession session = await database.BeginAsync(ct);
        string? from = signatureRequiredFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await FacilityStore.SaveAsync(session, facility, name, province ?? facility[..2], maxParallel, from, ct);
        session.Audit(facility, caller.Name, "facility.saved", facility);
        await session.CommitAsync(ct);
    }

    /// <summary>Adds the facility with default settings when it isn't known yet.</summary>
    public async Task EnsureAsync(Caller caller, string facility, string name, CancellationToken ct)
    {
        if (await store.FindAsync(caller, facility, ct) is null)
            await SaveAsync(caller, facility, name, null, 4, null, ct);
    }

    /// <summary>Sets the portal account and lets sending run again if it waited for that.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="account">Account with the password's digest, which is stored encrypted.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<SettingResult> SetPortalAccountAsync(Caller caller, PortalAccount account, CancellationToken ct)
    {
        if (!caller.Scope.Holds(account.FacilityCode))
            return Unknown(account.FacilityCode);
        await using WriteSession session = await database.BeginAsync(ct);
        int rows = await FacilityStore.SetPortalAsync(
            session, account.FacilityCode, account.BaseAddress.ToString(), account.UserName, secrets.Protect(account.PasswordDigest), ct);
        if (rows == 0)
            return Unknown(account.FacilityCode);
        await PortalSessionStore.ForgetAsync(session, account.FacilityCode, ct);
        session.Audit(account.FacilityCode, caller.Name, "facility.portal-account-set", account.FacilityCode, account.UserName);
        await session.CommitAsync(ct);
        return SettingResult.Taken;
    }

    /// <summary>Sets the portal account from what a person typed.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="facility">Facility code.</param>
    /// <param name="portalUrl">Portal host.</param>
    /// <param name="userName">Account name.</param>
    /// <param name="password">Clear password, of which only the digest is kept; null or empty keeps the stored one.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<SettingResult> SetPortalAccountAsync(Caller caller, string facility, string? portalUrl, string? userName, string? password, CancellationToken ct)
    {
        if (await store.FindAsync(caller, facility, ct) is not { } row)
            return Unknown(facility);
        if (!Uri.TryCreate(portalUrl?.Trim(), UriKind.Absolute, out Uri? address) || address.UserInfo.Length > 0)
            return new SettingResult(false, "Địa chỉ Cổng không hợp lệ; cần dạng https://…");
        if (string.IsNullOrWhiteSpace(userName) || userName.Trim().Length > 100)
            return new SettingResult(false, $"Thiếu tên tài khoản Cổng; thường là {facility}_BV.");
        string? digest = string.IsNullOrEmpty(password) ? row.PortalDigest is { } stored ? secrets.RevealText(stored) : null : PortalAccount.Digest(password);
        if (digest is null)
            return new SettingResult(false, "Thiếu mật khẩu Cổng.");
        PortalAccount account = new(address, facility, row.Province, userName.Trim(), digest);
        return account.Problem(portal) is { } problem ? new SettingResult(false, problem + ".") : await SetPortalAccountAsync(caller, account, ct);
    }

    /// <summary>Sets how fast the records of a facility go to the portal, over all nodes together.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="facility">Facility code.</param>
    /// <param name="maxParallel">Calls at the same time, 1–16.</param>
    /// <param name="maxPerMinute">Calls that start in a minute, 1–6000; null for no limit.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<SettingResult> SetPaceAsync(Caller caller, string facility, int maxParallel, int? maxPerMinute, CancellationToken ct) =>
        maxParallel is < 1 or > 16 ? Task.FromResult(new SettingResult(false, "Số lượt gửi cùng lúc phải từ 1 đến 16."))
        : maxPerMinute is < 1 or > 6000 ? Task.FromResult(new SettingResult(false, "Số lượt gửi mỗi phút phải từ 1 đến 6000, hoặc để trống khi không giới hạn."))
        : ChangeAsync(caller, facility, "facility.pace-set", $"{maxParallel}, {maxPerMinute?.ToString(CultureInfo.InvariantCulture) ?? "-"}/min",
            session => FacilityStore.SetPaceAsync(session, facility, maxParallel, maxPerMinute, ct), ct);

    /// <summary>Stops signing and sending of a facility, with a reason.</summary>
    public Task<SettingResult> StopAsync(Caller caller, string facility, string reason, CancellationToken ct) =>
        reason.Trim().Length is 0 or > 500 ? Task.FromResult(new SettingResult(false, "Ghi lý do dừng, tối đa 500 ký tự."))
        : ChangeAsync(caller, facility, "facility.stopped", reason, session => FacilityStore.SetStoppedAsync(session, facility, reason, ct), ct);

    /// <summary>Lets a facility sign and send again, whatever stopped it.</summary>
    public Task<SettingResult> ResumeAsync(Caller caller, string facility, CancellationToken ct) =>
        ChangeAsync(caller, facility, "facility.resumed", "", async session =>
        {
            await FacilityStore.SetSendPausedAsync(session, facility, null, ct);
            await FacilityStore.SetSignPausedAsync(session, facility, null, ct);
            await PortalSessionStore.ForgetAsync(session, facility, ct);
            return await FacilityStore.SetStoppedAsync(session, facility, null, ct);
        }, ct);

    /// <summary>Whether what the facility sends on a day must be signed: from its own date on, otherwise from the legal one.</summary>
    internal static bool SignatureDemanded(FacilityRow facility, DateOnly day) =>
        day >= (facility.SignatureRequiredFrom is { } own ? DateOnly.ParseExact(own, "yyyy-MM-dd", CultureInfo.InvariantCulture) : SignatureRequiredByLaw);

    internal PortalAccount? AccountOf(FacilityRow row) =>
        row is { PortalUrl: { } url, PortalUser: { } user, PortalDigest: { } digest }
            ? new PortalAccount(new Uri(url), row.Facility, row.Province, user, secrets.RevealText(digest))
            : null;

    private async Task<SettingResult> ChangeAsync(
        Caller caller, string facility, string action, string detail, Func<WriteSession, Task<int>> change, CancellationToken ct)
    {
        if (!caller.Scope.Holds(facility))
            return Unknown(facility);
        await using WriteSession session = await database.BeginAsync(ct);
        if (await change(session) == 0)
            return Unknown(facility);
        session.Audit(facility, caller.Name, action, facility, detail);
        await session.CommitAsync(ct);
        return SettingResult.Taken;
    }

    private static SettingResult Unknown(string facility) => new(false, $"Cơ sở {facility} chưa được khai báo.");

    private static FacilityView View(FacilityRow r) => new(
        r.Facility, r.Name, r.Province, r.PortalUrl, r.PortalUser,
        r.SignatureRequiredFrom is { } from ? DateOnly.ParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
        r.MaxParallel, r.MaxPerMinute, r.StoppedCause, r.SendPausedCause, r.SignPausedCause);
}
