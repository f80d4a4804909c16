using LienThong.Gateway.Access;

namespace LienThong.Gateway.Storage;

/// <summary>Rule files of facilities with all their versions.</summary>
public sealed class CustomRuleStore(Database database)
{
    private const string Columns = "f.facility, f.name, f.version, f.active, f.changed_by, f.changed_at, v.rule_count, v.reason, v.content";
    private const string Joined = "custom_rule_file f JOIN custom_rule_version v ON v.facility = f.facility AND v.name = f.name AND v.version = f.version";

    /// <summary>Newest versions of the caller's facilities.</summary>
    internal Task<List<CustomRuleRow>> ListAsync(Caller caller, CancellationToken ct) =>
        database.QueryAsync<CustomRuleRow>(
            caller, $"SELECT * FROM (SELECT {Columns} FROM {Joined}) t WHERE {"{scope}"} ORDER BY facility, name", null, ct);

    /// <summary>All versions of a file, newest first.</summary>
    internal Task<List<CustomRuleVersionRow>> VersionsAsync(Caller caller, string facility, string name, CancellationToken ct) =>
        database.QueryAsync<CustomRuleVersionRow>(caller, $"""
            SELECT version, content, rule_count, reason, actor, created_at FROM custom_rule_version
            WHERE {"{scope}"} AND facility = @facility AND name = @name ORDER BY version DESC
            """, new { facility, name }, ct);

    /// <summary>Adds a version and makes it the newest; a new file starts switched off.</summary>
    /// <returns>Its number.</returns>
    internal static async Task<int> AddAsync(
        WriteSession session, string facility, string name, string content, int ruleCount, string reason, string actor, CancellationToken ct)
    {
        long now = session.Database.Now;
        await session.ExecuteAsync("""
            INSERT INTO custom_rule_file (facility, name, version, active, changed_by, changed_at) VALUES (@facility, @name, 1, 0, @actor, @now)
            ON CONFLICT (facility, name) DO UPDATE SET version = custom_rule_file.version + 1, changed_by = excluded.changed_by, changed_at = excluded.changed_at
            """, new { facility, name, actor, now }, ct);
        int version = (await session.QueryUnscopedAsync<int>(
            "SELECT version FROM custom_rule_file WHERE facility = @facility AND name = @name", new { facility, name }, ct)).Single();
        await session.ExecuteAsync("""
            INSERT INTO custom_rule_version (facility, name, version, content, rule_count, reason, actor, created_at)
            VALUES (@facility, @name, @version, @content, @ruleCount, @reason, @actor, @now)
            """, new { facility, name, version, content, ruleCount, reason, actor, now }, ct);
        return version;
    }

    /// <summary>Switches a file on or off.</summary>
    /// <returns>Rows touched: 0 when there is no such file or it already is so.</returns>
    internal static Task<int> SwitchAsync(WriteSession session, string facility, string name, bool active, string actor, CancellationToken ct) =>
        session.ExecuteAsync("""
            UPDATE custom_rule_file SET active = @flag, changed_by = @actor, changed_at = @now WHERE facility = @facility AND name = @name AND active <> @flag
            """, new { facility, name, flag = active ? 1 : 0, actor, now = session.Database.Now }, ct);
}

internal sealed class CustomRuleRow
{
    public string Facility { get; init; } = "";
    public string Name { get; init; } = "";
    public int Version { get; init; }
    public int Active { get; init; }
    public string ChangedBy { get; init; } = "";
    public long ChangedAt { get; init; }
    public int RuleCount { get; init; }
    public string Reason { get; init; } = "";
    public string Content { get; init; } = "";
}

internal sealed class CustomRuleVersionRow
{
    public int Version { get; init; }
    public string Content { get; init; } = "";
    public int RuleCount { get; init; }
    public string Reason { get; init; } = "";
    public string Actor { get; init; } = "";
    public long CreatedAt { get; init; }
}
