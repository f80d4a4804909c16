using System.Text;

namespace LienThong.Signing;

/// <summary>The one place where a key is opened from its settings, for all kinds this machine can reach itself.</summary>
public static class KeyOpening
{
    /// <summary>Opens the key. May try a PIN: go through <see cref="PinGuard"/>, as <see cref="LocalSigner.OpenAsync"/> does. Never throws for what settings and secrets can cause.</summary>
    /// <param name="place">Where the key is.</param>
    /// <param name="secrets">What opens it.</param>
    /// <param name="now">Of several certificates in a store, such as are valid now are taken.</param>
    /// <exception cref="ArgumentException">A <see cref="KeyPlace.Remote"/>: there is no key to open, a service signs.</exception>
    public static KeyLoad Open(KeyPlace place, KeySecrets secrets, DateTimeOffset now)
    {
        if (place.Complaint() is { } complaint) return KeyLoad.Failed(SignatureFault.NoPrivateKey, complaint);
        return place switch
        {
            KeyPlace.Pfx => secrets.File is { } pfx ? PfxKeySource.Load(pfx, secrets.Password ?? "") : NoFile(),
            KeyPlace.Pem => secrets.File is { } pem ? Pem(Encoding.UTF8.GetString(pem), secrets.Password) : NoFile(),
            KeyPlace.Pkcs11 token => Pkcs11KeySource.Load(token, secrets.Password ?? ""),
            KeyPlace.Windows store => OsStoreKeySource.Load(store, secrets.Password, now),
            _ => throw new ArgumentException($"No key of this machine: {place.GetType().Name}.", nameof(place)),
        };
    }

    private static KeyLoad Pem(string text, string? password) => PemKeySource.Load(text, text, password);

    private static KeyLoad NoFile() => KeyLoad.Failed(SignatureFault.NoPrivateKey, "Chưa có tệp khóa; hãy chọn tệp khóa của cơ sở.");
}
