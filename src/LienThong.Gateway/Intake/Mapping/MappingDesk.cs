using LienThong.Extracts;
using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Intake.Mapping;

/// <summary>A version of a facility's mapping.</summary>
/// <param name="Facility">Facility code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">From 1.</param>
/// <param name="Content">The YAML text.</param>
/// <param name="Reason">Why it was made.</param>
/// <param name="Actor">Who made it.</param>
/// <param name="At">When.</param>
public sealed record MappingVersion(string Facility, string Name, int Version, string Content, string Reason, string Actor, DateTimeOffset At);

/// <summary>Whether a mapping was stored.</summary>
/// <param name="Done">Stored.</param>
/// <param name="Message">What to tell the person, in Vietnamese.</param>
/// <param name="Errors">Mistakes in the YAML with their places.</param>
/// <param name="Version">The version stored; 0 when none was.</param>
public sealed record MappingChange(bool Done, string Message, IReadOnlyList<MappingError> Errors, int Version);

/// <summary>Mappings of facilities: how the columns of their extracts are called. Versions are only ever added.</summary>
public sealed class MappingDesk
{
    /// <summary>Longest YAML text, in characters.</summary>
    public const int MostCharacters = 500_000;

    private const int LongestName = 40;
    private const int LongestReason = 500;
    private readonly Database database;
    private readonly MappingStore store;
    private readonly FacilitySettings facilities;

    internal MappingDesk(Database database, MappingStore store, FacilitySettings facilities) => (this.database, this.store, this.facilities) = (database, store, facilities);

    /// <summary>Newest versions of the caller's facilities.</summary>
    public async Task<IReadOnlyList<MappingVersion>> ListAsync(Caller caller, CancellationToken ct) => (await store.ListAsync(caller, ct)).ConvertAll(View);

    /// <summary>All versions of a mapping, newest first; empty when it is unknown or out of scope.</summary>
    public async Task<IReadOnlyList<MappingVersion>> VersionsAsync(Caller caller, string facility, string name, CancellationToken ct) =>
        (await store.VersionsAsync(caller, facility, name, ct)).ConvertAll(View);

    /// <summary>A version of a mapping, the newest when null; null when it is unknown or out of scope.</summary>
    public async Task<MappingVersion?> FindAsync(Caller caller, string facility, string name, int? version, CancellationToken ct) =>
        (await VersionsAsync(caller, facility, name, ct)).FirstOrDefault(v => version is null || v.Version == version);

    /// <summary>Stores a new version of a mapping.</summary>
    /// <param name="caller">Needs <see cref="Permissions.Operate"/>.</param>
    /// <param name="facility">Facility code.</param>
    /// <param name="name">Letters a–z, digits and hyphens, at most 40.</param>
    /// <param name="yaml">The mapping; one with mistakes isn't stored.</param>
    /// <param name="reason">Why; required.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<MappingChange> SaveAsync(Caller caller, string facility, string name, string yaml, string reason, CancellationToken ct)
    {
        if (!caller.May(Permissions.Operate))
            return Refused("Tài khoản của bạn không được làm việc này.");
        if (await facilities.FindAsync(caller, facility, ct) is null)
            return Refused("Cơ sở chưa được khai báo hoặc không thuộc quyền của bạn.");
        if (name.Length is 0 or > LongestName || !name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            return Refused($"Đặt tên bằng chữ thường không dấu, số và gạch nối, tối đa {LongestName} ký tự.");
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
            return Refused("Ghi lý do lưu.");
        if (yaml.Length > MostCharacters)
            return Refused("Tệp ánh xạ quá dài.");
        yaml = yaml.ReplaceLineEndings("\n");
        if (ExtractMapping.Load(yaml) is { Mapping: null, Errors: var errors })
            return new MappingChange(false, "Tệp ánh xạ có lỗi; sửa rồi lưu lại.", errors, 0);
        await using WriteSession session = await database.BeginAsync(ct);
        int version = await MappingStore.AddAsync(session, facility, name, yaml, reason.Trim(), caller.Name, ct);
        session.Audit(facility, caller.Name, "mapping.saved", $"{facility}/{name}/{version}", reason.Trim());
        await session.CommitAsync(ct);
        return new MappingChange(true, $"Đã lưu bản {version}.", [], version);
    }

    private static MappingChange Refused(string message) => new(false, message, [], 0);

    private static MappingVersion View(MappingRow r) => new(r.Facility, r.Name, r.Version, r.Content, r.Reason, r.Actor, ListRow.Utc(r.CreatedAt));
}
