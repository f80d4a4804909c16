using System.Security.Cryptography;
using System.Text.Json;
using LienThong.Gateway.Storage;
using LienThong.Portal;

namespace LienThong.Gateway.Facilities;

/// <summary>Portal sessions in the database, encrypted: one login per facility account for all workers and nodes, and for commands beside them.</summary>
internal sealed class SharedSessions(Database database, Secrets secrets) : ISessionShare
{
    /// <inheritdoc/>
    public async Task<SharedSession?> ReadAsync(PortalAccount account, CancellationToken ct) =>
        await PortalSessionStore.ReadAsync(database, Key(account), ct) is { } stored ? Open(stored, account) : null;

    /// <inheritdoc/>
    public async Task<bool> TryClaimAsync(PortalAccount account, string owner, TimeSpan hold, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        bool claimed = await PortalSessionStore.ClaimAsync(session, Key(account), account.FacilityCode, owner, hold, ct);
        await session.CommitAsync(ct);
        return claimed;
    }

    /// <inheritdoc/>
    public async Task LeaveAsync(PortalAccount account, string owner, SharedSession? kept, CancellationToken ct)
    {
        byte[]? stored = kept is null ? null : secrets.Protect(JsonSerializer.SerializeToUtf8Bytes(new Kept(account.PasswordDigest, kept)));
        await using WriteSession session = await database.BeginAsync(ct);
        await PortalSessionStore.LeaveAsync(session, Key(account), owner, stored, ct);
        await session.CommitAsync(ct);
    }

    // What another password got is nobody's any more. A key ring that was lost costs a login, nothing else.
    private SharedSession? Open(byte[] stored, PortalAccount account)
    {
        try
        {
            return JsonSerializer.Deserialize<Kept>(secrets.Reveal(stored)) is { } kept && kept.Digest == account.PasswordDigest ? kept.Session : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Key(PortalAccount account) => $"{account.BaseAddress} {account.FacilityCode} {account.UserName}";

    private sealed record Kept(string Digest, SharedSession Session);
}
