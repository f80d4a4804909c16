using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing;

/// <summary>Whom a verifier trusts, at which moment, and how much it reads.</summary>
public sealed record VerificationPolicy
{
    /// <summary>Certificates trusted: a signer's own certificate, or an authority above it. Empty: only mathematics and profile are proven and the answer is <c>untrusted</c>.</summary>
    public IReadOnlyList<X509Certificate2> Trust { get; init; } = [];

    /// <summary>The moment for certificate dates (signing or receiving time), from the caller's <see cref="TimeProvider"/>.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Serials (hexadecimal) registered for the facility; null when they aren't known here.</summary>
    public IReadOnlyCollection<string>? RegisteredSerials { get; init; }

    /// <summary>Revocation lists at hand; empty: revocation isn't checked. Nothing is ever downloaded.</summary>
    public IReadOnlyList<RevocationList> RevocationLists { get; init; } = [];

    /// <summary>What the signature must look like; for files of unknown kind see <see cref="FormProfiles.Of"/>.</summary>
    public SignatureProfile Profile { get; init; } = SignatureProfile.EnvelopedPackage;

    /// <summary>Whether the report hands on the covered bytes (<see cref="VerificationReport.Signed"/>), which costs a copy of them.</summary>
    public bool KeepSigned { get; init; }

    /// <summary>Largest document in bytes. Default 256 MiB.</summary>
    public int MaxBytes { get; init; } = 256 * 1024 * 1024;
}
