using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Deadlines;

/// <summary>What a facility, or the installation, decided about deadlines. Null where it decided nothing and the shipped value holds.</summary>
/// <param name="Facility">Facility code; empty for the installation.</param>
/// <param name="DraftFrom">First day of visits under the draft of 3 hours.</param>
/// <param name="WarnMinutes">Minutes after the end of a visit from which an unsent record is told; 5–10 080.</param>
/// <param name="CheckInMinutes">Target for check-ins in minutes; 1–1 440.</param>
/// <param name="Duties">Duties switched on or off against the shipped default, by id.</param>
public sealed record DeadlineChoice(string Facility, DateOnly? DraftFrom, int? WarnMinutes, int? CheckInMinutes, IReadOnlyDictionary<string, bool> Duties);

/// <summary>A day of the calendar as people see it.</summary>
/// <param name="Day">The day as it counts.</param>
/// <param name="Shipped">What the program says of it; null for a day a person added.</param>
/// <param name="ChangedBy">Who changed it; null for a shipped day.</param>
/// <param name="ChangedAt">When; null for a shipped day.</param>
public sealed record CalendarEntry(CalendarDay Day, CalendarDay? Shipped, string? ChangedBy, DateTimeOffset? ChangedAt);

/// <summary>The working-day calendar and the settings of deadlines: changed by persons, with a reason, audited; open records are calculated again.</summary>
public sealed class DeadlineSettings(Database database, FacilityStore facilities, DeadlineKeeper keeper)
{
    /// <summary>Name of the switch of the draft of 3 hours.</summary>
    internal const string DraftFrom = "draft3h-from";
    internal const string WarnMinutes = "send-warn-minutes";
    internal const string CheckInMinutes = "checkin-target-minutes";
    internal const string DutyPrefix = "duty:";
    private const int LongestNote = 300;

    /// <summary>The calendar as it counts now.</summary>
    public async Task<WorkCalendar> CalendarAsync(CancellationToken ct) => (await DeadlineStore.GroundAsync(database, ct)).Calendar;

    /// <summary>Special days of a year, in order.</summary>
    public async Task<IReadOnlyList<CalendarEntry>> DaysAsync(int year, CancellationToken ct)
    {
        Dictionary<DateOnly, CalendarEntry> days = WorkCalendar.Shipped.Special.Where(d => d.Day.Year == year)
            .ToDictionary(d => d.Day, d => new CalendarEntry(d, d, null, null));
        foreach (CalendarRow row in await DeadlineStore.DaysAsync(database, ct))
        {
            CalendarDay day = row.ToDay();
            if (day.Day.Year == year)
                days[day.Day] = new CalendarEntry(day, WorkCalendar.Shipped.Find(day.Day), row.ChangedBy, ListRow.Utc(row.ChangedAt));
        }
        return [.. days.Values.OrderBy(d => d.Day.Day)];
    }

    /// <summary>Adds or changes a day; the calendar is one for the whole installation.</summary>
    /// <param name="caller">Who does it: somebody to whom every facility belongs.</param>
    /// <param name="day">The day, with a note that says why (1–300 characters); 2018–2100.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<SettingResult> SetDayAsync(Caller caller, CalendarDay day, CancellationToken ct)
    {
        string note = day.Note.Trim();
        if (note.Length is 0 or > LongestNote)
            return new SettingResult(false, $"Ghi lý do (tối đa {LongestNote} ký tự).");
        if (day.Day.Year is < 2018 or > 2100)
            return new SettingResult(false, "Ngày phải trong khoảng 2018–2100.");
        if (await RefusesAsync(caller, "", ct) is { } refused)
            return refused;
        string key = Key(day.Day);
        await using WriteSession session = await database.BeginAsync(ct);
        await DeadlineStore.SetDayAsync(session, key, day.Works, note, caller.Name, ct);
        session.Audit("", caller.Name, "calendar.changed", key, $"{(day.Works ? "work" : "off")} {note}");
        return await CommitAsync(session, "", ct);
    }

    /// <summary>Takes a person's change of a day back.</summary>
    public async Task<SettingResult> ResetDayAsync(Caller caller, DateOnly day, CancellationToken ct)
    {
        if (await RefusesAsync(caller, "", ct) is { } refused)
            return refused;
        string key = Key(day);
        await using WriteSession session = await database.BeginAsync(ct);
        if (await DeadlineStore.ResetDayAsync(session, key, ct) == 0)
            return new SettingResult(false, "Ngày này chưa ai sửa.");
        session.Audit("", caller.Name, "calendar.reset", key);
        return await CommitAsync(session, "", ct);
    }

    /// <summary>What was decided: for the installation (<c>""</c>) and each facility of the caller that decided something.</summary>
    public async Task<IReadOnlyList<DeadlineChoice>> ChoicesAsync(Caller caller, CancellationToken ct) =>
        Choices((await DeadlineStore.SettingsAsync(database, ct)).Where(r => r.Facility.Length == 0 || caller.Scope.Holds(r.Facility)));

    /// <summary>Switches the draft of 3 hours on from a day of visits' ends, or off for null.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="facility">Facility code; empty for the installation.</param>
    /// <param name="from">First day; null to switch it off.</param>
    /// <param name="note">Why, 1–300 characters.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<SettingResult> SetDraftAsync(Caller caller, string facility, DateOnly? from, string note, CancellationToken ct) =>
        SetAsync(caller, facility, DraftFrom, from is { } day ? Key(day) : null, note, moves: true, ct);

    /// <summary>From how many minutes after the end of a visit an unsent record is told; null for the shipped value.</summary>
    public Task<SettingResult> SetWarnMinutesAsync(Caller caller, string facility, int? minutes, string note, CancellationToken ct) =>
        minutes is < 5 or > 10080
            ? Task.FromResult(new SettingResult(false, "Số phút phải từ 5 đến 10080."))
            : SetAsync(caller, facility, WarnMinutes, minutes?.ToString(CultureInfo.InvariantCulture), note, moves: false, ct);

    /// <summary>Target for check-ins in minutes; null for the shipped value.</summary>
    public Task<SettingResult> SetCheckInMinutesAsync(Caller caller, string facility, int? minutes, string note, CancellationToken ct) =>
        minutes is < 1 or > 1440
            ? Task.FromResult(new SettingResult(false, "Số phút phải từ 1 đến 1440."))
            : SetAsync(caller, facility, CheckInMinutes, minutes?.ToString(CultureInfo.InvariantCulture), note, moves: false, ct);

    /// <summary>Switches a duty of periods on or off; null for the shipped default.</summary>
    public Task<SettingResult> SetDutyAsync(Caller caller, string facility, string duty, bool? on, string note, CancellationToken ct) =>
        DutyRule.All.Any(r => r.Id == duty && r.Kind is DutyKind.Period)
            ? SetAsync(caller, facility, DutyPrefix + duty, on switch { true => "on", false => "off", null => null }, note, moves: false, ct)
            : Task.FromResult(new SettingResult(false, "Không có nhiệm vụ định kỳ này."));

    /// <summary>Minutes after the end of a visit from which an unsent record is told.</summary>
    public static int WarnMinutesOf(IReadOnlyList<DeadlineChoice> choices, string facility) =>
        Find(choices, facility, c => c.WarnMinutes) ?? DutyRule.Get("record-immediate").Amount;

    /// <summary>Target for check-ins in minutes.</summary>
    public static int CheckInMinutesOf(IReadOnlyList<DeadlineChoice> choices, string facility) =>
        Find(choices, facility, c => c.CheckInMinutes) ?? DutyRule.Get("check-in").Amount;

    /// <summary>Whether a facility has a duty of periods.</summary>
    public static bool Has(IReadOnlyList<DeadlineChoice> choices, string facility, DutyRule rule) =>
        Find(choices, facility, c => c.Duties.TryGetValue(rule.Id, out bool on) ? on : (bool?)null) ?? rule.On;

    internal static IReadOnlyList<DeadlineChoice> Choices(IEnumerable<SettingRow> rows) => [.. rows.GroupBy(r => r.Facility, StringComparer.Ordinal).Select(Choice)];

    private static T? Find<T>(IReadOnlyList<DeadlineChoice> choices, string facility, Func<DeadlineChoice, T?> read)
        where T : struct
    {
        T? all = null;
        foreach (DeadlineChoice choice in choices)
        {
            if (choice.Facility == facility && read(choice) is { } own)
                return own;
            if (choice.Facility.Length == 0)
                all = read(choice);
        }
        return all;
    }

    private async Task<SettingResult> SetAsync(Caller caller, string facility, string name, string? value, string note, bool moves, CancellationToken ct)
    {
        note = note.Trim();
        if (note.Length is 0 or > LongestNote)
            return new SettingResult(false, $"Ghi lý do (tối đa {LongestNote} ký tự).");
        if (await RefusesAsync(caller, facility, ct) is { } refused)
            return refused;
        await using WriteSession session = await database.BeginAsync(ct);
        await DeadlineStore.SetAsync(session, facility, name, value, note, caller.Name, ct);
        session.Audit(facility, caller.Name, "deadlines.setting-changed", name, $"{value ?? "(mặc định)"} {note}");
        return moves ? await CommitAsync(session, facility, ct) : await CommitAsync(session, null, ct);
    }

    private async Task<SettingResult> CommitAsync(WriteSession session, string? moved, CancellationToken ct)
    {
        if (moved is not null)
            await DeadlineStore.MoveGroundAsync(session, moved, ct);
        await session.CommitAsync(ct);
        keeper.Signal.Pulse();
        return SettingResult.Taken;
    }

    // What holds for everybody is changed by those to whom everybody belongs.
    private async Task<SettingResult?> RefusesAsync(Caller caller, string facility, CancellationToken ct)
    {
        List<FacilityRow> all = await facilities.ListAsync(Caller.System(), ct);
        if (facility.Length == 0)
            return all.TrueForAll(f => caller.Scope.Holds(f.Facility)) ? null : new SettingResult(false, "Chỉ người phụ trách mọi cơ sở mới sửa được mục dùng chung.");
        return caller.Scope.Holds(facility) && all.Exists(f => f.Facility == facility) ? null : new SettingResult(false, $"Cơ sở {facility} chưa được khai báo.");
    }

    private static DeadlineChoice Choice(IGrouping<string, SettingRow> rows)
    {
        string? Value(string name) => rows.FirstOrDefault(r => r.Name == name)?.Value;
        return new DeadlineChoice(
            rows.Key, DatedData.Day(Value(DraftFrom) ?? ""), Number(Value(WarnMinutes)), Number(Value(CheckInMinutes)),
            rows.Where(r => r.Name.StartsWith(DutyPrefix, StringComparison.Ordinal))
                .ToDictionary(r => r.Name[DutyPrefix.Length..], r => r.Value == "on", StringComparer.Ordinal));
    }

    private static int? Number(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static string Key(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
