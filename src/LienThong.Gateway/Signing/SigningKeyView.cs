using LienThong.Signing;

namespace LienThong.Gateway.Signing;

/// <summary>How a signing key stands at a moment.</summary>
public enum SigningKeyState
{
    /// <summary>Packages are signed with it.</summary>
    InUse,

    /// <summary>Could sign; a newer one does.</summary>
    Spare,

    /// <summary>Takes over later.</summary>
    Coming,

    /// <summary>The portal doesn't know it yet: nothing is signed with it.</summary>
    Unregistered,

    /// <summary>Its certificate isn't valid yet.</summary>
    NotYetValid,

    /// <summary>Its certificate has expired.</summary>
    Expired,

    /// <summary>A PIN or password was wrong: nobody tries again until a person unlocks it.</summary>
    Locked,

    /// <summary>A person took it out of use; its certificate is kept.</summary>
    Retired,
}

/// <summary>A signing key as shown to people: no secret in it.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">Facility that signs with it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Serial">Serial of the certificate, hexadecimal.</param>
/// <param name="Subject">Whom it is for.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Thumbprint">SHA-256 of the certificate.</param>
/// <param name="NotBefore">Start of its validity.</param>
/// <param name="NotAfter">End of its validity.</param>
/// <param name="RegisteredOn">Day from which the portal knows it; null while it isn't registered.</param>
/// <param name="ActiveFrom">From when on it signs, as soon as it may.</param>
/// <param name="RetiredAt">When it was taken out of use; null while it isn't.</param>
/// <param name="State">How it stands.</param>
/// <param name="AddedBy">Who added it.</param>
/// <param name="AddedAt">When.</param>
public sealed record SigningKeyView(
    string Id, string Facility, string Name, KeyPlace Place, string Serial, string Subject, string Issuer, string Thumbprint, DateTimeOffset NotBefore,
    DateTimeOffset NotAfter, DateOnly? RegisteredOn, DateTimeOffset ActiveFrom, DateTimeOffset? RetiredAt, SigningKeyState State, string AddedBy, DateTimeOffset AddedAt)
{
    /// <summary>Whole days until it expires; negative afterwards.</summary>
    public int DaysLeft(DateTimeOffset now) => (int)Math.Floor((NotAfter - now).TotalDays);
}

/// <summary>A key as a person describes it.</summary>
/// <param name="Facility">Facility that signs with it.</param>
/// <param name="Name">What people call it; empty for the name of its kind.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Secrets">What opens it.</param>
public sealed record SigningKeyDraft(string Facility, string Name, KeyPlace Place, KeySecrets Secrets)
{
    /// <summary>Day from which the portal knows the certificate; null while it isn't registered.</summary>
    public DateOnly? RegisteredOn { get; init; }

    /// <summary>From when on it signs; null for at once.</summary>
    public DateTimeOffset? ActiveFrom { get; init; }

    /// <summary>A person has looked at the PIN again: it may be tried although one was wrong before.</summary>
    public bool Unlocks { get; init; }
}

/// <summary>What became of a change to a key.</summary>
/// <param name="Done">Whether it was made.</param>
/// <param name="Message">Why not, in Vietnamese; empty when it was.</param>
/// <param name="Id">The key; null when there is none.</param>
public sealed record SigningKeyChange(bool Done, string Message, string? Id = null);
