namespace LienThong.Signing.Canonical;

/// <summary>What one pass over a document found, by whichever route.</summary>
internal sealed record DocumentFacts
{
    /// <summary>Why the document can't be judged any further; <see cref="SignatureFault.None"/> when it can.</summary>
    internal SignatureFault Fault { get; init; }

    /// <summary>Vietnamese sentence to <see cref="Fault"/>.</summary>
    internal string Message { get; init; } = "";

    /// <summary>SHA-256 of the canonical document without the signature in the slot.</summary>
    internal byte[] Digest { get; init; } = [];

    /// <summary>The signature in the slot; null when the slot is empty.</summary>
    internal SignatureElement? Signature { get; init; }

    /// <summary>What <c>SignedInfo</c> inherits from the root.</summary>
    internal Inherited Root { get; init; } = Inherited.Nothing;

    internal static DocumentFacts Broken(SignatureFault fault, string message) => new() { Fault = fault, Message = message };
}
