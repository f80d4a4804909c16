namespace LienThong.Signing;

/// <summary>How a kind of document is signed, as data. Algorithms are the same for all profiles: inclusive C14N 1.0 without comments, RSA PKCS#1 v1.5 with SHA-256, SHA-256 digests.</summary>
/// <param name="Name">Stable name, written to receipts.</param>
/// <param name="Slot">Where the signature goes.</param>
/// <param name="ExplicitC14N">Whether the reference names the C14N transform after the enveloped one. The digest is the same; verification takes both.</param>
public sealed record SignatureProfile(string Name, SignatureSlot Slot, bool ExplicitC14N)
{
    /// <summary>One enveloped reference with <c>URI=""</c> over the whole document: what record package and check-in carry (letter 4040/BYT-BH, connection guide for QĐ 3176).</summary>
    public static readonly SignatureProfile EnvelopedPackage = new("EnvelopedPackage", SignatureSlot.ChuKyDonVi, ExplicitC14N: false);
}
