using System.Collections.Concurrent;
using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;
using LienThong.Signing;

namespace LienThong.Gateway.Signing;

/// <summary>The signing keys of facilities: which there are, which one signs now, and what people do with them. Open keys are kept until they change.</summary>
public sealed class SigningKeys(Database database, SigningKeyStore store, FacilityStore facilities, Secrets secrets, SignerFactory factory) : IDisposable
{
    private readonly ConcurrentDictionary<string, IDocumentSigner> open = new(StringComparer.Ordinal);

    // Of several workers that need a key one opens it and the others wait: its PIN is tried once.
    private readonly SemaphoreSlim opening = new(1, 1);

    /// <summary>Keys of the caller's facilities: by facility, the one that takes over last first.</summary>
    public async Task<IReadOnlyList<SigningKeyView>> ListAsync(Caller caller, CancellationToken ct)
    {
        DateTimeOffset now = database.Time.GetUtcNow();
        HashSet<string> locked = [.. (await store.PinsAsync(ct)).Select(p => p.Scope)];
        List<SigningKeyView> views = [];
        foreach (IGrouping<string, StoredKey> facility in (await store.ListAsync(caller, ct)).Select(r => new StoredKey(r)).GroupBy(k => k.Row.Facility, StringComparer.Ordinal))
        {
            bool taken = false;
            foreach (StoredKey key in facility)
            {
                SigningKeyState state = key.StateAt(now);
                if (state != SigningKeyState.Retired && locked.Contains(key.Place.PinScope(key.Open(secrets))))
                    state = SigningKeyState.Locked;
                if (state == SigningKeyState.InUse && taken)
                    state = SigningKeyState.Spare;
                taken |= state == SigningKeyState.InUse;
                views.Add(key.View(state));
            }
        }
        return views;
    }

    /// <summary>
    /// Adds a key: it is opened once and has to belong to its certificate. Signing runs again if it waited for a key. A key that is there already, at the
    /// same place with the same certificate, gets the secrets and the day of registration given now.
    /// </summary>
    public async Task<SigningKeyChange> AddAsync(Caller caller, SigningKeyDraft draft, CancellationToken ct)
    {
        if (await facilities.FindAsync(caller, draft.Facility, ct) is null)
            return new SigningKeyChange(false, $"Cơ sở {draft.Facility} chưa được khai báo.");
        if (draft.Name.Length > 100)
            return new SigningKeyChange(false, "Tên khóa dài quá 100 ký tự.");
        if (draft.Unlocks && draft.Place.Complaint() is null)
            await FreeAsync(draft.Place.PinScope(draft.Secrets), ct);
        SignerLoad load = await factory.OpenAsync(draft.Place, draft.Secrets, ct);
        if (!load.Ok)
            return new SigningKeyChange(false, load.Message);
        using IDocumentSigner signer = load.Signer;
        SigningKeyRow row = StoredKey.ToRow(draft with { Name = draft.Name.Length > 0 ? draft.Name : Kind(draft.Place) }, signer.Certificate, secrets, caller.Name, database.Time.GetUtcNow());
        SigningKeyRow? known = (await store.OfFacilityAsync(draft.Facility, ct)).Find(k => k.Place == row.Place && k.Certificate.AsSpan().SequenceEqual(row.Certificate));
        string id = known?.KeyId ?? row.KeyId;
        await using WriteSession session = await database.BeginAsync(ct);
        if (known is null)
            await SigningKeyStore.AddAsync(session, row, ct);
        else
            await SigningKeyStore.SetSecretsAsync(session, id, row, ct);
        await FacilityStore.SetSignPausedAsync(session, draft.Facility, null, ct);
        session.Audit(draft.Facility, caller.Name, known is null ? "signing-key.added" : "signing-key.set-again", id, $"{row.Serial} {Kind(draft.Place)}");
        await session.CommitAsync(ct);
        Close(id);
        return new SigningKeyChange(true, "", id);
    }

    /// <summary>Sets the day from which the portal knows the certificate, and from when on it signs.</summary>
    public Task<SigningKeyChange> SetDaysAsync(Caller caller, string id, DateOnly? registeredOn, DateTimeOffset? activeFrom, CancellationToken ct) => ChangeAsync(
        caller, id, "signing-key.days-set", $"{StoredKey.Stored(registeredOn) ?? "-"} {activeFrom:O}", (session, key) => SigningKeyStore.SetDaysAsync(
            session, id, StoredKey.Stored(registeredOn), activeFrom?.ToUnixTimeMilliseconds() ?? key.Row.ActiveFrom, ct), ct);

    /// <summary>Takes a key out of use for good: its secrets are deleted, its certificate stays.</summary>
    public async Task<SigningKeyChange> RetireAsync(Caller caller, string id, CancellationToken ct)
    {
        SigningKeyChange change = await ChangeAsync(caller, id, "signing-key.retired", "", (session, _) => SigningKeyStore.RetireAsync(session, id, ct), ct);
        if (change.Done)
            Close(id);
        return change;
    }

    /// <summary>Lets a PIN be tried again after a wrong one, once a person has looked at it; with another PIN when one is given.</summary>
    public async Task<SigningKeyChange> UnlockAsync(Caller caller, string id, string? password, CancellationToken ct)
    {
        SigningKeyChange change = await ChangeAsync(caller, id, "signing-key.unlocked", password is null ? "" : "new PIN", async (session, key) =>
        {
            if (password is not null)
                await SigningKeyStore.SetPasswordAsync(session, id, secrets.Protect(password), ct);
            await SigningKeyStore.FreePinAsync(session, key.Place.PinScope(key.Open(secrets)), ct);
            return 1;
        }, ct);
        if (change.Done)
            Close(id);
        return change;
    }

    /// <summary>Signs an empty package with the key and verifies it: shows that token, PIN, service and certificate work. Nothing is kept.</summary>
    public async Task<SigningKeyChange> TestAsync(Caller caller, string id, CancellationToken ct)
    {
        if (await FindAsync(caller, id, ct) is not { Row.RetiredAt: null } key)
            return Unknown();
        SignerLoad load = await OpenAsync(key, ct);
        if (!load.Ok)
            return new SigningKeyChange(false, load.Message, id);
        SignResult result = await SigningProbe.RunAsync(load.Signer, database.Time.GetUtcNow(), ct);
        return result is SignResult.Refused refused ? new SigningKeyChange(false, refused.Message, id) : new SigningKeyChange(true, key.Obstacle(database.Time.GetUtcNow()) ?? "", id);
    }

    /// <summary>The signer a facility signs with now; null when it has no key at all. Of several keys that may sign the newest does, or the one before it while the newest can't be opened. The signer belongs to this object: don't dispose it.</summary>
    public async Task<SignerLoad?> SignerOfAsync(string facility, CancellationToken ct)
    {
        DateTimeOffset now = database.Time.GetUtcNow();
        List<StoredKey> keys = [.. (await store.OfFacilityAsync(facility, ct)).Select(r => new StoredKey(r))];
        SignerLoad? first = null;
        foreach (StoredKey key in keys)
        {
            if (key.StateAt(now) != SigningKeyState.InUse)
                continue;
            SignerLoad load = await OpenAsync(key, ct);
            if (load.Ok)
                return load;
            first ??= load;
        }
        if (first is not null || keys.Count == 0)
            return first;
        StoredKey next = keys.Find(k => k.Passes(now)) ?? keys[0];
        return SignerLoad.Failed(next.Passes(now) ? SignatureFault.KeyUnavailable : SignatureFault.NotRegistered, next.Obstacle(now)!);
    }

    /// <summary>Keys in use, for the watch over their certificates.</summary>
    internal async Task<List<StoredKey>> InUseAsync(CancellationToken ct)
    {
        DateTimeOffset now = database.Time.GetUtcNow();
        return [.. (await store.ListAsync(Caller.System(), ct)).Select(r => new StoredKey(r)).Where(k => k.Row.RetiredAt is null).GroupBy(k => k.Row.Facility, StringComparer.Ordinal)
            .Select(f => f.FirstOrDefault(k => k.StateAt(now) == SigningKeyState.InUse) ?? f.First())];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (string id in open.Keys)
            Close(id);
        opening.Dispose();
    }

    private async Task<SignerLoad> OpenAsync(StoredKey key, CancellationToken ct)
    {
        if (open.TryGetValue(key.Row.KeyId, out IDocumentSigner? known))
            return SignerLoad.Loaded(known);
        await opening.WaitAsync(ct);
        try
        {
            return open.TryGetValue(key.Row.KeyId, out known) ? SignerLoad.Loaded(known) : await OpenFirstAsync(key, ct);
        }
        finally
        {
            opening.Release();
        }
    }

    private async Task<SignerLoad> OpenFirstAsync(StoredKey key, CancellationToken ct)
    {
        SignerLoad load = await factory.OpenAsync(key.Place, key.Open(secrets), ct);
        if (!load.Ok)
            return load;
        if (!load.Signer.Certificate.RawData.AsSpan().SequenceEqual(key.Row.Certificate))
        {
            string serial = load.Signer.Certificate.SerialNumber;
            load.Signer.Dispose();
            return SignerLoad.Failed(SignatureFault.NotRegistered, $"Thiết bị ký đang có chứng thư {serial}, không phải {key.Row.Serial}; cắm đúng thiết bị, hoặc thêm chứng thư mới ở trang Chứng thư số.");
        }
        open[key.Row.KeyId] = load.Signer;
        return load;
    }

    private async Task FreeAsync(string scope, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await SigningKeyStore.FreePinAsync(session, scope, ct);
        await session.CommitAsync(ct);
    }

    private void Close(string id)
    {
        if (open.TryRemove(id, out IDocumentSigner? signer))
            signer.Dispose();
    }

    private async Task<StoredKey?> FindAsync(Caller caller, string id, CancellationToken ct) => await store.FindAsync(caller, id, ct) is { } row ? new StoredKey(row) : null;

    private async Task<SigningKeyChange> ChangeAsync(
        Caller caller, string id, string action, string detail, Func<WriteSession, StoredKey, Task<int>> change, CancellationToken ct)
    {
        if (await FindAsync(caller, id, ct) is not { } key)
            return Unknown();
        await using WriteSession session = await database.BeginAsync(ct);
        if (await change(session, key) == 0)
            return Unknown();
        await FacilityStore.SetSignPausedAsync(session, key.Row.Facility, null, ct);
        session.Audit(key.Row.Facility, caller.Name, action, id, $"{key.Row.Serial} {detail}".TrimEnd());
        await session.CommitAsync(ct);
        return new SigningKeyChange(true, "", id);
    }

    private static string Kind(KeyPlace place) => place switch
    {
        KeyPlace.Pfx => "PFX",
        KeyPlace.Pem => "PEM",
        KeyPlace.Pkcs11 => "PKCS#11",
        KeyPlace.Windows => "Windows",
        _ => "Dịch vụ ký số",
    };

    private static SigningKeyChange Unknown() => new(false, "Không tìm thấy khóa, hoặc khóa đã ngừng dùng.");
}
