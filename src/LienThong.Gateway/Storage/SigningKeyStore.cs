using LienThong.Gateway.Access;

namespace LienThong.Gateway.Storage;

/// <summary>Signing keys of facilities with their encrypted secrets, and the PINs that nobody may try.</summary>
public sealed class SigningKeyStore(Database database)
{
    private const string Columns = """
        key_id, facility, name, place, key_file, key_password, key_others, certificate, serial, not_after, registered_on, active_from, retired_at,
        warned_days, created_at, created_by
        """;

    internal Task<List<SigningKeyRow>> ListAsync(Caller caller, CancellationToken ct) => database.QueryAsync<SigningKeyRow>(
        caller, $"SELECT {Columns} FROM signing_key WHERE {"{scope}"} ORDER BY facility, active_from DESC, created_at DESC, key_id", null, ct);

    internal async Task<SigningKeyRow?> FindAsync(Caller caller, string id, CancellationToken ct) => (await database.QueryAsync<SigningKeyRow>(
        caller, $"SELECT {Columns} FROM signing_key WHERE key_id = @id AND {"{scope}"}", new { id }, ct)).SingleOrDefault();

    /// <summary>The keys of a facility that aren't retired, the one that takes over last first.</summary>
    internal Task<List<SigningKeyRow>> OfFacilityAsync(string facility, CancellationToken ct) => database.QueryUnscopedAsync<SigningKeyRow>(
        $"SELECT {Columns} FROM signing_key WHERE facility = @facility AND retired_at IS NULL ORDER BY active_from DESC, created_at DESC, key_id", new { facility }, ct);

    internal static Task AddAsync(WriteSession session, SigningKeyRow row, CancellationToken ct) => session.ExecuteAsync("""
        INSERT INTO signing_key (key_id, facility, name, place, key_file, key_password, key_others, certificate, serial, not_after, registered_on, active_from, created_at, created_by)
        VALUES (@KeyId, @Facility, @Name, @Place, @KeyFile, @KeyPassword, @KeyOthers, @Certificate, @Serial, @NotAfter, @RegisteredOn, @ActiveFrom, @CreatedAt, @CreatedBy)
        """, row, ct);

    /// <summary>Stores the secrets of a key anew.</summary>
    internal static Task<int> SetSecretsAsync(WriteSession session, string id, SigningKeyRow row, CancellationToken ct) => session.ExecuteAsync("""
        UPDATE signing_key SET key_file = @KeyFile, key_password = @KeyPassword, key_others = @KeyOthers, registered_on = COALESCE(@RegisteredOn, registered_on)
        WHERE key_id = @id
        """, new { id, row.KeyFile, row.KeyPassword, row.KeyOthers, row.RegisteredOn }, ct);

    internal static Task<int> SetDaysAsync(WriteSession session, string id, string? registeredOn, long activeFrom, CancellationToken ct) => session.ExecuteAsync(
        "UPDATE signing_key SET registered_on = @registeredOn, active_from = @activeFrom WHERE key_id = @id AND retired_at IS NULL", new { id, registeredOn, activeFrom }, ct);

    internal static Task<int> SetPasswordAsync(WriteSession session, string id, byte[] password, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE signing_key SET key_password = @password WHERE key_id = @id", new { id, password }, ct);

    /// <summary>A retired key keeps its certificate, which old signatures are proven by, and loses its secrets.</summary>
    internal static Task<int> RetireAsync(WriteSession session, string id, CancellationToken ct) => session.ExecuteAsync("""
        UPDATE signing_key SET retired_at = @now, key_file = NULL, key_password = NULL, key_others = NULL WHERE key_id = @id AND retired_at IS NULL
        """, new { id, now = session.Database.Now }, ct);

    internal static Task<int> SetWarnedAsync(WriteSession session, string id, int days, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE signing_key SET warned_days = @days WHERE key_id = @id AND (warned_days IS NULL OR warned_days > @days)", new { id, days }, ct);

    /// <summary>Marks a PIN as being tried, unless there is a mark.</summary>
    /// <returns>Whether the mark is ours.</returns>
    internal static async Task<bool> MarkPinAsync(WriteSession session, string scope, string state, CancellationToken ct) => await session.ExecuteAsync(
        "INSERT INTO pin_lock (scope, state, since) VALUES (@scope, @state, @now) ON CONFLICT DO NOTHING", new { scope, state, now = session.Database.Now }, ct) == 1;

    internal static Task<int> SetPinAsync(WriteSession session, string scope, string state, CancellationToken ct) => session.ExecuteAsync("""
        INSERT INTO pin_lock (scope, state, since) VALUES (@scope, @state, @now)
        ON CONFLICT (scope) DO UPDATE SET state = excluded.state, since = excluded.since
        """, new { scope, state, now = session.Database.Now }, ct);

    internal static Task<int> FreePinAsync(WriteSession session, string scope, CancellationToken ct) =>
        session.ExecuteAsync("DELETE FROM pin_lock WHERE scope = @scope", new { scope }, ct);

    internal Task<List<PinLockRow>> PinsAsync(CancellationToken ct) => database.QueryUnscopedAsync<PinLockRow>("SELECT scope, state, since FROM pin_lock", null, ct);
}

internal sealed class SigningKeyRow
{
    public string KeyId { get; init; } = "";
    public string Facility { get; init; } = "";
    public string Name { get; init; } = "";
    public string Place { get; init; } = "";
    public byte[]? KeyFile { get; init; }
    public byte[]? KeyPassword { get; init; }
    public byte[]? KeyOthers { get; init; }
    public byte[] Certificate { get; init; } = [];
    public string Serial { get; init; } = "";
    public long NotAfter { get; init; }
    public string? RegisteredOn { get; init; }
    public long ActiveFrom { get; init; }
    public long? RetiredAt { get; init; }
    public int? WarnedDays { get; init; }
    public long CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
}

internal sealed class PinLockRow
{
    public string Scope { get; init; } = "";
    public string State { get; init; } = "";
    public long Since { get; init; }
}
