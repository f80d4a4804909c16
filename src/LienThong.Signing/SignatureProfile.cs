namespace LienThong.Signing;

/// <summary>How a kind of document is signed, as data. Algorithms are the same for all profiles: inclusive C14N 1.0 without comments, RSA PKCS#1 v1.5 with SHA-256, SHA-256 digests.</summary>
/// <param name="Name">Stable name, written to receipts.</param>
/// <param name="Slot">Where the signature goes.</param>
public sealed record SignatureProfile(string Name, SignatureSlot Slot)
{
    /// <summary>One enveloped reference with <c>URI=""</c> over the whole document: what record package and check-in carry (letter 4040/BYT-BH, connection guide for QĐ 3176).</summary>
    public static readonly SignatureProfile EnvelopedPackage = new("EnvelopedPackage", SignatureSlot.ChuKyDonVi);

    /// <summary>Whether the enveloped reference names the C14N transform after the enveloped one. The digest is the same; verification takes both.</summary>
    public bool ExplicitC14N { get; init; }

    /// <summary>Name of the root's child that is signed by its <c>Id</c>; null when the whole document is signed. Nothing but this element and the slot may then stand under the root, since everything else would be unsigned.</summary>
    public string? SignedElement { get; init; }

    /// <summary>Whether the slot itself carries <c>Id="CHUKYDONVI-…"</c>, as one source shows it for 01/BH. Only with <see cref="SignedElement"/>.</summary>
    public bool SlotCarriesId { get; init; }

    /// <summary>Two references and the signing time, as forms of TT 12/2026/TT-BTC are signed: one to the signature's own <c>Object</c>, one to the <c>Id</c> of the root's child.</summary>
    /// <param name="name">Name of the form, for example <c>09/BH</c>.</param>
    /// <param name="root">The document's root.</param>
    /// <param name="signedElement">The root's child that is signed.</param>
    public static SignatureProfile TwoReferenceForm(string name, string root, string signedElement) =>
        new(name, new SignatureSlot(SignatureSlot.ChuKyDonVi.Element, [root])) { SignedElement = signedElement };
}
