using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing;

/// <summary>Signs whole documents for one facility, wherever the key is: in this process, on a token, or behind a service. Safe to use from several threads at once.</summary>
public interface IDocumentSigner : IDisposable
{
    /// <summary>The certificate signatures are made with. Belongs to the signer: don't dispose it.</summary>
    X509Certificate2 Certificate { get; }

    /// <summary>Signs <paramref name="document"/> into its slot; every byte outside the slot is kept.</summary>
    /// <param name="document">The file as it is, see <see cref="PackageSigner.Sign"/>.</param>
    /// <param name="options">Moment, profile and bounds. <see cref="SignOptions.SignatureId"/> is the service's choice when a service signs.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>
    /// <see cref="SignResult.Signed"/>, or <see cref="SignResult.Refused"/>: with <see cref="SignatureFault.KeyUnavailable"/> the same call may succeed later by itself
    /// (token plugged in again, service back), with anything else a person has to act. Nothing document, key or service can cause is thrown.
    /// </returns>
    ValueTask<SignResult> SignAsync(ReadOnlyMemory<byte> document, SignOptions options, CancellationToken ct);
}
