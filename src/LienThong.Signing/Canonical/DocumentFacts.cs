namespace LienThong.Signing.Canonical;

/// <summary>What one pass over a document found, by whichever route.</summary>
internal sealed record DocumentFacts
{
    /// <summary>Why the document can't be judged any further; <see cref="SignatureFault.None"/> when it can.</summary>
    internal SignatureFault Fault { get; init; }

    /// <summary>Vietnamese sentence to <see cref="Fault"/>.</summary>
    internal string Message { get; init; } = "";

    /// <summary>SHA-256 of the canonical document without the signature in the slot; of a two-reference form, of the canonical signed element.</summary>
    internal byte[] Digest { get; init; } = [];

    /// <summary>The signature in the slot; null when the slot is empty.</summary>
    internal SignatureElement? Signature { get; init; }

    /// <summary>What <c>SignedInfo</c> inherits from the root.</summary>
    internal Inherited Root { get; init; } = Inherited.Nothing;

    /// <summary>Value of the signed element's <c>Id</c>; null when the whole document is signed.</summary>
    internal string? PartId { get; init; }

    /// <summary>Value of the slot's own <c>Id</c>, if it has one.</summary>
    internal string? SlotId { get; init; }

    /// <summary>The very bytes that <see cref="Digest"/> was made of, when asked for.</summary>
    internal byte[]? Signed { get; init; }

    internal static DocumentFacts Broken(SignatureFault fault, string message) => new() { Fault = fault, Message = message };
}
