using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing;

/// <summary>A certificate with the power to sign by its key, wherever the key lives. Safe to use from several threads at once.</summary>
public interface IKeySource : IDisposable
{
    /// <summary>The end certificate. Belongs to the source: don't dispose it.</summary>
    X509Certificate2 Certificate { get; }

    /// <summary>RSA PKCS#1 v1.5 with SHA-256 over <paramref name="data"/>.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The key can't be reached now (token unplugged); the signer turns it into <see cref="SignatureFault.KeyUnavailable"/>.</exception>
    byte[] SignData(ReadOnlySpan<byte> data);
}
