namespace LienThong.Gateway.Storage;

/// <summary>What people who run the machines ask of the database. Holds nothing of any facility, so it isn't scoped.</summary>
public sealed class SystemQueries(Database database)
{
    // Schedulers give a sign every few seconds; the others clear one away that stays silent.
    private static readonly TimeSpan DeadAfter = TimeSpan.FromMinutes(1);

    /// <summary>Kind, version and schema of the database.</summary>
    public async Task<DatabaseState> DatabaseAsync(CancellationToken ct)
    {
        string version = (await database.QueryUnscopedAsync<string>(database.Dialect.VersionQuery, null, ct))[0];
        (long number, string name, long at) = (await database.QueryUnscopedAsync<(long Number, string Name, long At)>(
            "SELECT number, name, applied_at FROM schema_migration ORDER BY number DESC LIMIT 1", null, ct))[0];
        return new DatabaseState(database.Dialect.Name, version, (int)number, name, ListRow.Utc(at));
    }

    /// <summary>Servers that share this database and run its jobs, by name. Empty on SQLite, which one server has to itself.</summary>
    public async Task<IReadOnlyList<NodeState>> NodesAsync(CancellationToken ct)
    {
        if (database.Dialect.SingleWriter)
            return [];
        // Moments of the scheduler's tables are ticks since the year 1.
        List<(string Name, long Ticks)> rows = await database.QueryUnscopedAsync<(string Name, long Ticks)>(
            "SELECT instance_name, last_checkin_time FROM qrtz_scheduler_state ORDER BY instance_name", null, ct);
        DateTimeOffset now = database.Time.GetUtcNow();
        return rows.ConvertAll(r =>
        {
            DateTimeOffset seen = new(r.Ticks, TimeSpan.Zero);
            return new NodeState(r.Name, seen, now - seen < DeadAfter);
        });
    }
}

/// <summary>The database and how far its schema is.</summary>
/// <param name="Kind"><c>SQLite</c> or <c>PostgreSQL</c>.</param>
/// <param name="Version">Version of the engine, as it says itself.</param>
/// <param name="Migration">Number of the newest migration.</param>
/// <param name="MigrationName">Its name.</param>
/// <param name="MigratedAt">When it was applied.</param>
public sealed record DatabaseState(string Kind, string Version, int Migration, string MigrationName, DateTimeOffset MigratedAt);

/// <summary>A server that runs the recurring jobs of a shared database.</summary>
/// <param name="Name">Name of its scheduler.</param>
/// <param name="SeenAt">Last sign of life.</param>
/// <param name="IsAlive">Whether that is fresh.</param>
public sealed record NodeState(string Name, DateTimeOffset SeenAt, bool IsAlive);
