using System.Diagnostics.CodeAnalysis;

namespace LienThong.Signing;

/// <summary>A signer ready to sign, or why there is none.</summary>
public sealed record SignerLoad
{
    private SignerLoad(IDocumentSigner? signer, SignatureFault fault, string message) => (Signer, Fault, Message) = (signer, fault, message);

    /// <summary>The signer; null when <see cref="Ok"/> is false. The caller disposes it.</summary>
    public IDocumentSigner? Signer { get; }

    /// <summary>Why there is no signer: <see cref="SignatureFault.KeyUnavailable"/> may pass by itself, anything else needs a person.</summary>
    public SignatureFault Fault { get; }

    /// <summary>What to tell the person, in Vietnamese; empty when the signer is there.</summary>
    public string Message { get; }

    /// <summary>Whether the signer is there.</summary>
    [MemberNotNullWhen(true, nameof(Signer))]
    public bool Ok => Signer is not null;

    /// <summary>A signer ready to sign.</summary>
    public static SignerLoad Loaded(IDocumentSigner signer) => new(signer, SignatureFault.None, "");

    /// <summary>No signer, with the reason and a Vietnamese sentence.</summary>
    public static SignerLoad Failed(SignatureFault fault, string message) => new(null, fault, message);
}
