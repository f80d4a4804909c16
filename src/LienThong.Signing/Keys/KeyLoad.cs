using System.Diagnostics.CodeAnalysis;

namespace LienThong.Signing;

/// <summary>A loaded key, or why it can't be used.</summary>
public sealed record KeyLoad
{
    private KeyLoad(IKeySource? key, SignatureFault fault, string message) => (Key, Fault, Message) = (key, fault, message);

    /// <summary>The key; null when <see cref="Ok"/> is false. The caller disposes it.</summary>
    public IKeySource? Key { get; }

    /// <summary>Why there is no key; <see cref="SignatureFault.None"/> when there is one.</summary>
    public SignatureFault Fault { get; }

    /// <summary>What to tell the person, in Vietnamese; empty when the key is there.</summary>
    public string Message { get; }

    /// <summary>Whether the key is there.</summary>
    [MemberNotNullWhen(true, nameof(Key))]
    public bool Ok => Key is not null;

    /// <summary>A key ready to sign.</summary>
    public static KeyLoad Loaded(IKeySource key) => new(key, SignatureFault.None, "");

    /// <summary>No key, with the reason and a Vietnamese sentence.</summary>
    public static KeyLoad Failed(SignatureFault fault, string message) => new(null, fault, message);
}
