using LienThong.Gateway.Access;

namespace LienThong.Gateway.Storage;

/// <summary>Further destinations of facilities with their encrypted accounts.</summary>
public sealed class ChannelStore(Database database)
{
    /// <summary>Destinations of the caller's facilities, by facility and name.</summary>
    internal Task<List<ChannelRow>> ListAsync(Caller caller, CancellationToken ct) => database.QueryAsync<ChannelRow>(
        caller, $"SELECT {ChannelRow.Columns} FROM channel WHERE {"{scope}"} AND removed_at IS NULL ORDER BY facility, name, channel_id", null, ct);

    /// <summary>One; null when unknown, removed or out of scope.</summary>
    internal async Task<ChannelRow?> FindAsync(Caller caller, string id, CancellationToken ct) => (await database.QueryAsync<ChannelRow>(
        caller, $"SELECT {ChannelRow.Columns} FROM channel WHERE channel_id = @id AND {"{scope}"} AND removed_at IS NULL", new { id }, ct)).SingleOrDefault();

    /// <summary>Names of all destinations there ever were, by id.</summary>
    internal async Task<Dictionary<string, string>> NamesAsync(Caller caller, CancellationToken ct) =>
        (await database.QueryAsync<(string Id, string Name)>(caller, "SELECT channel_id, name FROM channel WHERE {scope}", null, ct))
        .ToDictionary(c => c.Id, c => c.Name, StringComparer.Ordinal);

    /// <summary>Adds a destination or writes its settings anew.</summary>
    internal static Task SaveAsync(WriteSession session, ChannelRow row, CancellationToken ct) =>
        session.ExecuteAsync("""
            INSERT INTO channel (channel_id, facility, name, kind, address, user_name, secret, options, enabled, send_after, uninsured, send_window, max_parallel,
              created_at, updated_at)
            VALUES (@ChannelId, @Facility, @Name, @Kind, @Address, @UserName, @Secret, @Options, @Enabled, @SendAfter, @Uninsured, @SendWindow, @MaxParallel,
              @UpdatedAt, @UpdatedAt)
            ON CONFLICT (channel_id) DO UPDATE SET name = excluded.name, address = excluded.address, user_name = excluded.user_name, secret = excluded.secret,
              options = excluded.options, send_after = excluded.send_after, uninsured = excluded.uninsured, send_window = excluded.send_window,
              max_parallel = excluded.max_parallel, paused_cause = NULL, updated_at = excluded.updated_at
            """, row, ct);

    /// <summary>Switches a destination on or off; on also lets it run again.</summary>
    internal static Task SetEnabledAsync(WriteSession session, string id, bool enabled, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE channel SET enabled = @flag, paused_cause = NULL, updated_at = @now WHERE channel_id = @id", new { id, flag = enabled ? 1 : 0, now = session.Database.Now }, ct);

    /// <summary>Stops a destination until a person has looked at it.</summary>
    internal static Task SetPausedAsync(WriteSession session, string id, string cause, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE channel SET paused_cause = @cause WHERE channel_id = @id", new { id, cause }, ct);

    /// <summary>Takes a destination away with its secrets; what waits for it is closed, its receipts stay.</summary>
    /// <returns>Deliveries closed.</returns>
    internal static async Task<int> RemoveAsync(WriteSession session, string id, string cause, CancellationToken ct)
    {
        await session.ExecuteAsync("UPDATE channel SET removed_at = @now, enabled = 0, secret = NULL WHERE channel_id = @id", new { id, now = session.Database.Now }, ct);
        return await session.ExecuteAsync("""
            UPDATE delivery SET state = 'Closed', state_at = @now, due_at = NULL, cause = @cause
            WHERE channel = @id AND state IN ('Waiting', 'Held', 'Dead', 'Rejected', 'OutcomeUnknown')
            """, new { id, cause, now = session.Database.Now }, ct);
    }
}

internal sealed class ChannelRow
{
    public const string Columns =
        "channel_id, facility, name, kind, address, user_name, secret, options, enabled, send_after, uninsured, send_window, max_parallel, paused_cause, updated_at";

    public string ChannelId { get; init; } = "";
    public string Facility { get; init; } = "";
    public string Name { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Address { get; init; } = "";
    public string UserName { get; init; } = "";
    public byte[]? Secret { get; init; }
    public byte[] Options { get; init; } = [];
    public int Enabled { get; init; }
    public string SendAfter { get; init; } = "";
    public int Uninsured { get; init; }
    public string SendWindow { get; init; } = "";
    public int MaxParallel { get; init; }
    public string? PausedCause { get; init; }
    public long UpdatedAt { get; init; }
}
