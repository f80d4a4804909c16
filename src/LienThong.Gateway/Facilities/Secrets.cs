using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace LienThong.Gateway.Facilities;

/// <summary>Encrypts what must not lie readable in the database: portal digests, keys, passwords.</summary>
public sealed class Secrets
{
    private readonly IDataProtector protector;

    /// <summary>Uses a key ring (<see cref="KeyRing"/>).</summary>
    public Secrets(IDataProtectionProvider provider) => protector = provider.CreateProtector("LienThong.Secrets.v1");

    /// <summary>Encrypts bytes.</summary>
    public byte[] Protect(byte[] secret) => protector.Protect(secret);

    /// <summary>Encrypts text.</summary>
    public byte[] Protect(string secret) => protector.Protect(Encoding.UTF8.GetBytes(secret));

    /// <summary>Decrypts bytes.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Other key ring, or changed.</exception>
    public byte[] Reveal(byte[] stored) => protector.Unprotect(stored);

    /// <summary>Decrypts text.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Other key ring, or changed.</exception>
    public string RevealText(byte[] stored) => Encoding.UTF8.GetString(protector.Unprotect(stored));
}
