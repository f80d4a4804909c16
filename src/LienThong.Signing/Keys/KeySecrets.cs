using System.Security.Cryptography;

namespace LienThong.Signing;

/// <summary>The secrets that go with a <see cref="KeyPlace"/>. Store them encrypted, never log them, never give them back.</summary>
public sealed record KeySecrets
{
    /// <summary>PFX or PEM file with the private key; null for keys that aren't files.</summary>
    public byte[]? File { get; init; }

    /// <summary>Password of the file, PIN of the token, or <c>Password</c> of the HSM account; null when there is none.</summary>
    public string? Password { get; init; }

    /// <summary><c>SecretKey</c> of the HSM account.</summary>
    public string? SecretKey { get; init; }

    /// <summary><c>IdentityNumber</c> of the HSM account's owner: personal data, therefore here.</summary>
    public string? IdentityNumber { get; init; }

    /// <summary>Shared secret of a signing service, sent in <c>X-Service-Token</c>.</summary>
    public string? ServiceToken { get; init; }

    /// <summary>Token of the hospital system in front of the HSM, sent in <c>TokenCode</c>.</summary>
    public string? TokenCode { get; init; }

    /// <summary>Says nothing: secrets must not reach a log.</summary>
    public override string ToString() => nameof(KeySecrets);

    internal string FileScope() => "file:" + Convert.ToHexString(SHA256.HashData(File ?? [])[..16]);
}
