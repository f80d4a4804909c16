using LienThong.Gateway.Access;

namespace LienThong.Gateway.Storage;

/// <summary>Mappings of facilities with all their versions.</summary>
internal sealed class MappingStore(Database database)
{
    private const string Columns = "facility, name, version, content, reason, actor, created_at";

    /// <summary>Newest versions of the caller's facilities.</summary>
    public Task<List<MappingRow>> ListAsync(Caller caller, CancellationToken ct) =>
        database.QueryAsync<MappingRow>(caller, $"""
            SELECT {Columns} FROM mapping_file WHERE {"{scope}"} AND version =
              (SELECT MAX(m.version) FROM mapping_file m WHERE m.facility = mapping_file.facility AND m.name = mapping_file.name) ORDER BY facility, name
            """, null, ct);

    /// <summary>All versions of a mapping, newest first.</summary>
    public Task<List<MappingRow>> VersionsAsync(Caller caller, string facility, string name, CancellationToken ct) =>
        database.QueryAsync<MappingRow>(
            caller, $"SELECT {Columns} FROM mapping_file WHERE facility = @facility AND name = @name AND {"{scope}"} ORDER BY version DESC", new { facility, name }, ct);

    /// <summary>Adds a version.</summary>
    /// <returns>Its number.</returns>
    public static async Task<int> AddAsync(WriteSession session, string facility, string name, string content, string reason, string actor, CancellationToken ct)
    {
        // The facility's row is held, so that two who save at once get two numbers.
        await session.QueryUnscopedAsync<string>("SELECT facility FROM facility WHERE facility = @facility {lock}", new { facility }, ct);
        int version = 1 + (int)(await session.QueryUnscopedAsync<long>(
            "SELECT COALESCE(MAX(version), 0) FROM mapping_file WHERE facility = @facility AND name = @name", new { facility, name }, ct))[0];
        await session.ExecuteAsync("""
            INSERT INTO mapping_file (facility, name, version, content, reason, actor, created_at)
            VALUES (@facility, @name, @version, @content, @reason, @actor, @now)
            """, new { facility, name, version, content, reason, actor, now = session.Database.Now }, ct);
        return version;
    }
}

internal sealed class MappingRow
{
    public string Facility { get; init; } = "";
    public string Name { get; init; } = "";
    public int Version { get; init; }
    public string Content { get; init; } = "";
    public string Reason { get; init; } = "";
    public string Actor { get; init; } = "";
    public long CreatedAt { get; init; }
}
