namespace LienThong.Signing;

/// <summary>Answer of one check.</summary>
public enum CheckState
{
    /// <summary>Done and right.</summary>
    Passed,

    /// <summary>Done and wrong.</summary>
    Failed,

    /// <summary>Not done: an earlier check failed, or the policy doesn't ask for it.</summary>
    NotChecked,

    /// <summary>Asked for, but what was given doesn't suffice to answer; the message says why. Doesn't make a signature invalid.</summary>
    Warned,
}

/// <summary>One step of a verification.</summary>
/// <param name="Name">Stable name: <c>well-formed</c>, <c>place</c>, <c>profile</c>, <c>digest</c>, <c>value</c>, <c>registered</c>, <c>dates</c>, <c>trust</c>, <c>key-usage</c>, <c>revocation</c>.</param>
/// <param name="State">What came out.</param>
/// <param name="Fault">Why it failed; <see cref="SignatureFault.None"/> otherwise.</param>
/// <param name="Message">One Vietnamese sentence when it failed or warned, otherwise empty.</param>
public sealed record Check(string Name, CheckState State, SignatureFault Fault, string Message);

/// <summary>What a verification found. "Right signature, unregistered certificate" and "content changed" are different jobs for a person, so each step is kept.</summary>
public sealed record VerificationReport
{
    /// <summary>True when every check asked for has passed.</summary>
    public required bool Valid { get; init; }

    /// <summary>Code of the first failure (<see cref="SignatureFaults.Code"/>), or <c>ok</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>One Vietnamese sentence: what is wrong and what to do.</summary>
    public required string Message { get; init; }

    /// <summary>Subject of the embedded certificate; null when none could be read.</summary>
    public string? Signer { get; init; }

    /// <summary>Serial of the embedded certificate, hexadecimal.</summary>
    public string? Serial { get; init; }

    /// <summary>SHA-256 thumbprint of the embedded certificate, hexadecimal.</summary>
    public string? Thumbprint { get; init; }

    /// <summary>End of the certificate's validity.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>The signature algorithm's URI as the file names it.</summary>
    public string? Algorithm { get; init; }

    /// <summary>Value of <c>Signature/@Id</c>.</summary>
    public string? SignatureId { get; init; }

    /// <summary>The moment a form names as <c>SigningTime</c>: what the signer claims, proven by nobody. Null for enveloped signatures.</summary>
    public DateTimeOffset? SigningTime { get; init; }

    /// <summary>The canonical bytes the signature covers, UTF-8: the document without its signature, or a form's signed element as a document of its own. Read values from these and nowhere else. Only when <see cref="VerificationPolicy.KeepSigned"/> is set and every check asked for has passed.</summary>
    public ReadOnlyMemory<byte>? Signed { get; init; }

    /// <summary>One entry per check, in the order they are made.</summary>
    public required IReadOnlyList<Check> Checks { get; init; }
}
