namespace LienThong.Signing;

/// <summary>Why a document can't be signed, a key can't be used, or a signature doesn't hold. Every value has a stable code for programs, see <see cref="SignatureFaults.Code"/>.</summary>
public enum SignatureFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>Not XML, a DTD, an encoding other than UTF-8 and UTF-16, or over the size or depth limit.</summary>
    Malformed,

    /// <summary>No signature in the document.</summary>
    Missing,

    /// <summary>The signature or the slot <c>CHUKYDONVI</c> isn't where the profile wants it.</summary>
    WrongPlace,

    /// <summary>Another root, algorithm, reference or transform than the profile allows.</summary>
    Profile,

    /// <summary>The content was changed after signing.</summary>
    Digest,

    /// <summary>The signature value doesn't belong to the certificate, or <c>SignedInfo</c> was changed.</summary>
    Value,

    /// <summary>The certificate can't be read, or isn't an RSA certificate.</summary>
    Certificate,

    /// <summary>RSA shorter than 2048 bits (or longer than 8192, which no licensed issuer uses).</summary>
    WeakKey,

    /// <summary>The serial isn't the configured or registered one.</summary>
    NotRegistered,

    /// <summary>The certificate ended before the moment asked for.</summary>
    Expired,

    /// <summary>The certificate begins after the moment asked for.</summary>
    NotYetValid,

    /// <summary>Neither the certificate nor its issuer is in the trust list.</summary>
    Untrusted,

    /// <summary>The certificate's key usage doesn't allow signatures.</summary>
    KeyUsage,

    /// <summary>Several signatures, slots, signed elements or equal ids, or content that no reference covers: an attempt to show other content than the signed one.</summary>
    Wrapped,

    /// <summary>The issuer revoked the certificate, or one above it, before the moment asked for.</summary>
    Revoked,

    /// <summary>The password of the key file, the PIN of the token or the account at the signing service is wrong. Lock the key until a person unlocks it.</summary>
    WrongPassword,

    /// <summary>The file holds a certificate without its private key, or they don't belong together.</summary>
    NoPrivateKey,

    /// <summary>The key can't be reached now (token unplugged, service down): transient, try again later.</summary>
    KeyUnavailable,

    /// <summary>The signing service gave back something else than our document, signed: other content, or no document at all. A person has to look at the service.</summary>
    BadAnswer,
}

/// <summary>The stable codes of <see cref="SignatureFault"/>.</summary>
public static class SignatureFaults
{
    /// <summary>The code as programs read it (<c>ok</c>, <c>missing</c>, <c>wrong-place</c>, …). A code never changes its meaning.</summary>
    public static string Code(this SignatureFault fault) => fault switch
    {
        SignatureFault.None => "ok",
        SignatureFault.Malformed => "malformed",
        SignatureFault.Missing => "missing",
        SignatureFault.WrongPlace => "wrong-place",
        SignatureFault.Profile => "profile",
        SignatureFault.Digest => "digest",
        SignatureFault.Value => "value",
        SignatureFault.Certificate => "certificate",
        SignatureFault.WeakKey => "weak-key",
        SignatureFault.NotRegistered => "not-registered",
        SignatureFault.Expired => "expired",
        SignatureFault.NotYetValid => "not-yet-valid",
        SignatureFault.Untrusted => "untrusted",
        SignatureFault.KeyUsage => "key-usage",
        SignatureFault.Wrapped => "wrapped",
        SignatureFault.Revoked => "revoked",
        SignatureFault.WrongPassword => "wrong-password",
        SignatureFault.NoPrivateKey => "no-private-key",
        SignatureFault.KeyUnavailable => "key-unavailable",
        SignatureFault.BadAnswer => "bad-answer",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No code for this fault."),
    };
}
