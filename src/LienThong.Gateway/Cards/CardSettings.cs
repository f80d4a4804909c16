using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Cards;

/// <summary>How a facility wants cards looked up.</summary>
/// <param name="Facility">Facility code.</param>
/// <param name="ReportsMissing">Whether a record without a lookup gets a note; never more than a note.</param>
/// <param name="SkipsForces">Whether the nightly batch leaves cards of army, police and cipher service (QN, CY, CA) out.</param>
/// <param name="Nightly">Whether watched visits are looked up every night.</param>
/// <param name="NightlyAt">When, Vietnam time.</param>
/// <param name="NightlyPerMinute">How many a minute, 1–120.</param>
public sealed record CardSetting(string Facility, bool ReportsMissing, bool SkipsForces, bool Nightly, TimeOnly NightlyAt, int NightlyPerMinute)
{
    /// <summary>What holds until somebody sets something: everything off.</summary>
    public static CardSetting Default(string facility) => new(facility, false, false, false, new TimeOnly(21, 0), 20);
}

/// <summary>Who looks up, and how a facility wants it done.</summary>
public sealed class CardSettings
{
    private readonly Database database;
    private readonly CardSettingStore store;
    private readonly FacilitySettings facilities;
    private readonly CardSeal seal;

    internal CardSettings(Database database, CardSettingStore store, FacilitySettings facilities, CardSeal seal) =>
        (this.database, this.store, this.facilities, this.seal) = (database, store, facilities, seal);

    /// <summary>Settings of the caller's facilities, by code; those that set nothing have the default.</summary>
    public async Task<IReadOnlyList<CardSetting>> ListAsync(Caller caller, CancellationToken ct)
    {
        Dictionary<string, CardSettingRow> rows = (await store.ListAsync(caller, ct)).ToDictionary(r => r.Facility, StringComparer.Ordinal);
        return [.. (await facilities.ListAsync(caller, ct)).Select(f => rows.TryGetValue(f.Facility, out CardSettingRow? row) ? View(row) : CardSetting.Default(f.Facility))];
    }

    /// <summary>Sets how a facility wants cards looked up.</summary>
    /// <param name="caller">Needs <see cref="Permissions.ManageFacilities"/>.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>Whether it was taken; the nightly batch needs a member of staff set for the facility.</returns>
    public async Task<SettingResult> SaveAsync(Caller caller, CardSetting setting, CancellationToken ct)
    {
        Demand(caller, Permissions.ManageFacilities);
        if (await facilities.FindAsync(caller, setting.Facility, ct) is null)
            return Unknown(setting.Facility);
        if (setting.NightlyPerMinute is < 1 or > 120)
            return new SettingResult(false, "Tốc độ tra hằng đêm phải từ 1 đến 120 thẻ mỗi phút.");
        if (setting.Nightly && await StaffAsync(setting.Facility, "", ct) is null)
            return new SettingResult(false, "Chưa khai người tra cứu của cơ sở: nhập họ tên và số CCCD đã đăng ký với BHXH trước khi bật tra hằng đêm.");
        await using WriteSession session = await database.BeginAsync(ct);
        await CardSettingStore.SaveAsync(session, new CardSettingRow
        {
            Facility = setting.Facility,
            ReportsMissing = setting.ReportsMissing ? 1 : 0,
            SkipsForces = setting.SkipsForces ? 1 : 0,
            Nightly = setting.Nightly ? 1 : 0,
            NightlyMinute = (setting.NightlyAt.Hour * 60) + setting.NightlyAt.Minute,
            NightlyPerMinute = setting.NightlyPerMinute,
        }, caller.Name, ct);
        session.Audit(setting.Facility, caller.Name, "card.settings", setting.Facility, setting.Nightly ? $"nightly {setting.NightlyAt:HH:mm}" : "");
        await session.CommitAsync(ct);
        return SettingResult.Taken;
    }

    /// <summary>Sets who looks up in a facility.</summary>
    /// <param name="caller">Needs <see cref="Permissions.LookUpCards"/> for itself, <see cref="Permissions.ManageFacilities"/> for the facility.</param>
    /// <param name="facility">The facility.</param>
    /// <param name="staff">Who, as registered with BHXH; null to take the setting back.</param>
    /// <param name="forFacility">For everyone of the facility who has none of its own, and for the nightly batch; else for the caller.</param>
    /// <param name="ct">Stops.</param>
    public async Task<SettingResult> SetStaffAsync(Caller caller, string facility, CardStaff? staff, bool forFacility, CancellationToken ct)
    {
        Demand(caller, forFacility ? Permissions.ManageFacilities : Permissions.LookUpCards);
        if (await facilities.FindAsync(caller, facility, ct) is null)
            return Unknown(facility);
        List<CardInputError> errors = [];
        CardStaff? checkedStaff = staff is null ? null : CardInput.Staff(staff.Name, staff.CitizenId, errors);
        if (errors.Count > 0)
            return new SettingResult(false, string.Join(' ', errors.Select(e => e.Message)));
        await using WriteSession session = await database.BeginAsync(ct);
        await CardSettingStore.SetStaffAsync(session, facility, forFacility ? "" : caller.UserId, checkedStaff is null ? null : seal.Close(checkedStaff), caller.Name, ct);
        session.Audit(facility, caller.Name, checkedStaff is null ? "card.staff-removed" : "card.staff-set", forFacility ? facility : caller.Name);
        await session.CommitAsync(ct);
        return SettingResult.Taken;
    }

    /// <summary>Who looks up when this caller asks: the one set for the caller, else for the facility; null when neither is set.</summary>
    public async Task<CardStaff?> StaffOfAsync(Caller caller, string facility, CancellationToken ct) =>
        !caller.Scope.Holds(facility) ? null : await StaffAsync(facility, caller.UserId, ct) ?? await StaffAsync(facility, "", ct);

    /// <summary>Who is set for the facility; null when nobody is, or it isn't the caller's.</summary>
    public async Task<CardStaff?> StaffForFacilityAsync(Caller caller, string facility, CancellationToken ct) => caller.Scope.Holds(facility) ? await StaffAsync(facility, "", ct) : null;

    /// <summary>Who is set for the facility or, with a user, for that user alone; null when nobody is.</summary>
    internal async Task<CardStaff?> StaffAsync(string facility, string userId, CancellationToken ct) =>
        await store.StaffAsync(facility, userId, ct) is { } sealedStaff ? seal.Open<CardStaff>(sealedStaff) : null;

    internal static CardSetting View(CardSettingRow row) => new(
        row.Facility, row.ReportsMissing != 0, row.SkipsForces != 0, row.Nightly != 0, new TimeOnly(row.NightlyMinute / 60, row.NightlyMinute % 60), row.NightlyPerMinute);

    internal static void Demand(Caller caller, string permission)
    {
        if (!caller.May(permission))
            throw new UnauthorizedAccessException($"This takes {permission}.");
    }

    private static SettingResult Unknown(string facility) => new(false, $"Cơ sở {facility} chưa được khai báo hoặc không thuộc quyền của bạn.");
}
