using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;
using LienThong.Validation.Custom;

namespace LienThong.Gateway.CustomRules;

/// <summary>A facility's rule file: its newest version.</summary>
/// <param name="Facility">Facility code.</param>
/// <param name="Name">Name within the facility: lower case letters, digits, hyphens.</param>
/// <param name="Version">Newest version, from 1.</param>
/// <param name="Active">Records are judged by it.</param>
/// <param name="Rules">How many rules it has.</param>
/// <param name="Reason">Why the version was made.</param>
/// <param name="ChangedBy">Who changed or switched it last.</param>
/// <param name="ChangedAt">When.</param>
/// <param name="Content">The YAML text.</param>
public sealed record CustomRuleView(
    string Facility, string Name, int Version, bool Active, int Rules, string Reason, string ChangedBy, DateTimeOffset ChangedAt, string Content);

/// <summary>A version of a rule file.</summary>
/// <param name="Version">Number, from 1.</param>
/// <param name="Rules">How many rules it has.</param>
/// <param name="Reason">Why it was made.</param>
/// <param name="Actor">Who made it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Content">The YAML text.</param>
public sealed record CustomRuleVersionView(int Version, int Rules, string Reason, string Actor, DateTimeOffset CreatedAt, string Content);

/// <summary>What came of a change.</summary>
/// <param name="Done">It was made.</param>
/// <param name="Message">What to tell the person when it wasn't, in Vietnamese.</param>
/// <param name="Errors">Mistakes in the file, with their places.</param>
/// <param name="Version">The version that was made; 0 when none was.</param>
public sealed record CustomRuleChange(bool Done, string Message, IReadOnlyList<CustomRuleError> Errors, int Version)
{
    internal static CustomRuleChange Refused(string message) => new(false, message, [], 0);
}

/// <summary>Rule files that a facility writes: checked, kept in versions, switched on and off.</summary>
public sealed class CustomRuleDesk(Database database, CustomRuleStore store, LoadedCustomRules loaded)
{
    private const int LongestReason = 500;

    /// <summary>The caller's files, by facility and name.</summary>
    public async Task<IReadOnlyList<CustomRuleView>> ListAsync(Caller caller, CancellationToken ct) => (await store.ListAsync(caller, ct)).ConvertAll(View);

    /// <summary>One file; null when there is none in the caller's facilities.</summary>
    public async Task<CustomRuleView?> FindAsync(Caller caller, string facility, string name, CancellationToken ct) =>
        (await store.ListAsync(caller, ct)).Find(r => r.Facility == facility && r.Name == name) is { } row ? View(row) : null;

    /// <summary>All versions of a file, newest first.</summary>
    public async Task<IReadOnlyList<CustomRuleVersionView>> VersionsAsync(Caller caller, string facility, string name, CancellationToken ct) =>
        (await store.VersionsAsync(caller, facility, name, ct)).ConvertAll(r => new CustomRuleVersionView(
            r.Version, r.RuleCount, r.Reason, r.Actor, DateTimeOffset.FromUnixTimeMilliseconds(r.CreatedAt), r.Content));

    /// <summary>Stores a new version of a file without mistakes. A new file is switched off until somebody switches it on.</summary>
    public async Task<CustomRuleChange> SaveAsync(Caller caller, string facility, string name, string content, string reason, CancellationToken ct)
    {
        if (Refusal(caller, facility, name, reason) is { } refused)
            return refused;
        CustomRuleLoad load = CustomRuleFile.Load(content, name);
        if (load.File is not { } file)
            return new CustomRuleChange(false, "Tệp quy tắc có lỗi, chưa lưu.", load.Errors, 0);
        await using WriteSession session = await database.BeginAsync(ct);
        if ((await session.QueryUnscopedAsync<string>("SELECT facility FROM facility WHERE facility = @facility", new { facility }, ct)).Count == 0)
            return CustomRuleChange.Refused($"Cơ sở {facility} chưa được khai báo.");
        int version = await CustomRuleStore.AddAsync(session, facility, name, content, file.Rules.Length, reason.Trim(), caller.Name, ct);
        session.Audit(facility, caller.Name, "custom-rules.saved", $"{name} v{version}", reason.Trim());
        await session.CommitAsync(ct);
        loaded.Expire();
        return new CustomRuleChange(true, "", [], version);
    }

    /// <summary>Judges the facility's records by a file from now on, or no longer.</summary>
    public async Task<CustomRuleChange> SwitchAsync(Caller caller, string facility, string name, bool active, string reason, CancellationToken ct)
    {
        if (Refusal(caller, facility, name, reason) is { } refused)
            return refused;
        await using WriteSession session = await database.BeginAsync(ct);
        if (await CustomRuleStore.SwitchAsync(session, facility, name, active, caller.Name, ct) == 0)
            return CustomRuleChange.Refused(active ? "Không có tệp này, hoặc tệp đã bật." : "Không có tệp này, hoặc tệp đã tắt.");
        session.Audit(facility, caller.Name, active ? "custom-rules.switched-on" : "custom-rules.switched-off", name, reason.Trim());
        await session.CommitAsync(ct);
        loaded.Expire();
        return new CustomRuleChange(true, "", [], 0);
    }

    private static CustomRuleChange? Refusal(Caller caller, string facility, string name, string reason)
    {
        if (!caller.May(Permissions.ManageRules) || !caller.Scope.Holds(facility))
            return CustomRuleChange.Refused($"Bạn không được sửa quy tắc của cơ sở {facility}.");
        if (name.Length is 0 or > 40 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            return CustomRuleChange.Refused("Tên tệp gồm chữ thường không dấu, số và gạch nối, tối đa 40 ký tự.");
        return reason.Trim().Length is 0 or > LongestReason ? CustomRuleChange.Refused($"Ghi lý do, tối đa {LongestReason} ký tự.") : null;
    }

    private static CustomRuleView View(CustomRuleRow r) => new(
        r.Facility, r.Name, r.Version, r.Active != 0, r.RuleCount, r.Reason, r.ChangedBy, DateTimeOffset.FromUnixTimeMilliseconds(r.ChangedAt), r.Content);
}
