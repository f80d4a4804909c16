using LienThong.Signing;

namespace LienThong.Gateway.Signing;

/// <summary>The one place where a signer is made from its settings, whatever kind its key is.</summary>
/// <param name="locks">Where wrong PINs are remembered.</param>
/// <param name="time">The clock.</param>
public sealed class SignerFactory(IPinLocks locks, TimeProvider time)
{
    /// <summary>Opens a signer. A file, token or store is opened at once, and a wrong PIN costs one try and locks; a service is first called when it has to sign (<see cref="SigningProbe"/> shows whether it works).</summary>
    /// <param name="place">Where the key is.</param>
    /// <param name="secrets">What opens it.</param>
    /// <param name="ct">Stops waiting for leave to try.</param>
    /// <returns>The signer, which the caller disposes; or why there is none.</returns>
    public async Task<SignerLoad> OpenAsync(KeyPlace place, KeySecrets secrets, CancellationToken ct)
    {
        if (place.Complaint() is { } complaint)
            return SignerLoad.Failed(SignatureFault.NoPrivateKey, complaint);
        PinGuard guard = new(locks, place.PinScope(secrets));
        return place is KeyPlace.Remote remote
            ? RemoteSigner.Open(remote, secrets, guard, time)
            : await LocalSigner.OpenAsync(() => KeyOpening.Open(place, secrets, time.GetUtcNow()), guard, ct);
    }
}
