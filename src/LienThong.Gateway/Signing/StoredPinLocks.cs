using LienThong.Gateway.Storage;
using LienThong.Signing;

namespace LienThong.Gateway.Signing;

/// <summary>Wrong PINs remembered in the database: for all nodes, and beyond a crash. A try whose end nobody noted counts as wrong.</summary>
internal sealed class StoredPinLocks(Database database, SigningKeyStore store) : IPinLocks
{
    /// <inheritdoc/>
    public async ValueTask<PinState> BeginAsync(string scope, CancellationToken ct)
    {
        await using (WriteSession session = await database.BeginAsync(ct))
        {
            if (await SigningKeyStore.MarkPinAsync(session, scope, nameof(PinState.Trying), ct))
            {
                await session.CommitAsync(ct);
                return PinState.Free;
            }
        }
        return (await store.PinsAsync(ct)).Find(p => p.Scope == scope) is { } known ? Enum.Parse<PinState>(known.State) : PinState.Trying;
    }

    /// <inheritdoc/>
    public async ValueTask EndAsync(string scope, bool wrong)
    {
        // Whoever waits for the key may be gone; how the try ended is noted all the same.
        await using WriteSession session = await database.BeginAsync(CancellationToken.None);
        if (wrong)
            await SigningKeyStore.SetPinAsync(session, scope, nameof(PinState.Locked), CancellationToken.None);
        else
            await SigningKeyStore.FreePinAsync(session, scope, CancellationToken.None);
        await session.CommitAsync(CancellationToken.None);
    }
}
