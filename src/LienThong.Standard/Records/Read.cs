namespace LienThong.Standard;

/// <summary>How a typed read of a value ended.</summary>
public enum ReadState : byte
{
    /// <summary>The field is missing or blank.</summary>
    Absent,

    /// <summary>There is text, but not of the type asked for; the field's format rule reports it.</summary>
    Malformed,

    /// <summary>There is a value.</summary>
    Present,
}

/// <summary>A typed read of a value: absent, malformed, or the value itself.</summary>
/// <typeparam name="T">The type asked for.</typeparam>
/// <param name="State">How the read ended.</param>
/// <param name="Value">The value when <see cref="IsPresent"/>; otherwise the default.</param>
public readonly record struct Read<T>(ReadState State, T Value)
    where T : struct
{
    /// <summary>The field is missing or blank.</summary>
    public static Read<T> Absent => default;

    /// <summary>There is text that isn't of the type.</summary>
    public static Read<T> Malformed => new(ReadState.Malformed, default);

    /// <summary>There is a value.</summary>
    public bool IsPresent => State == ReadState.Present;

    /// <summary>The field is missing or blank.</summary>
    public bool IsAbsent => State == ReadState.Absent;

    /// <summary>There is text that isn't of the type.</summary>
    public bool IsMalformed => State == ReadState.Malformed;

    /// <summary>A present value.</summary>
    public static Read<T> Of(T value) => new(ReadState.Present, value);

    /// <summary>The value, or <paramref name="otherwise"/> when absent or malformed.</summary>
    public T Or(T otherwise) => IsPresent ? Value : otherwise;
}
