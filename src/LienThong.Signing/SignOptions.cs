namespace LienThong.Signing;

/// <summary>What a signing needs besides document and key.</summary>
public sealed record SignOptions
{
    /// <summary>The moment of signing, from the caller's <see cref="TimeProvider"/>: the certificate must be valid then, and forms carry it as <c>SigningTime</c> (Vietnam time).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How to sign. Default: <see cref="SignatureProfile.EnvelopedPackage"/>.</summary>
    public SignatureProfile Profile { get; init; } = SignatureProfile.EnvelopedPackage;

    /// <summary>Value of <c>Signature/@Id</c>; null for <c>id</c> and a fresh GUID. Must be an XML name without colon. Leave it null for forms: theirs is <c>CHUKYDONVI-</c> and the signed element's <c>Id</c>.</summary>
    public string? SignatureId { get; init; }

    /// <summary>Serial (hexadecimal) the facility has configured; another certificate is refused. Null: not checked.</summary>
    public string? ExpectedSerial { get; init; }

    /// <summary>Largest document in bytes. Default 256 MiB.</summary>
    public int MaxBytes { get; init; } = 256 * 1024 * 1024;
}
