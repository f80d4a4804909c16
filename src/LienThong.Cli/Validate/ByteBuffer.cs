using System.Buffers;

namespace LienThong.Cli.Validate;

/// <summary>
/// Bytes gathered for the output. What <see cref="ArrayBufferWriter{T}"/> does, without its code having to be compiled at every
/// start.
/// </summary>
/// <param name="capacity">Bytes it takes without growing.</param>
internal sealed class ByteBuffer(int capacity) : IBufferWriter<byte>
{
    private byte[] bytes = new byte[capacity];

    /// <summary>Bytes gathered since the last <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    /// <summary>What was gathered.</summary>
    public ReadOnlySpan<byte> Written => new(bytes, 0, Count);

    /// <summary>Starts anew; the room is kept.</summary>
    public void Clear() => Count = 0;

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> more)
    {
        more.CopyTo(GetSpan(more.Length));
        Count += more.Length;
    }

    /// <inheritdoc/>
    public void Advance(int count) => Count += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return new Memory<byte>(bytes, Count, bytes.Length - Count);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return new Span<byte>(bytes, Count, bytes.Length - Count);
    }

    private void Reserve(int size)
    {
        int needed = checked(Count + Math.Max(size, 1));
        if (needed > bytes.Length) Array.Resize(ref bytes, Math.Max(needed, bytes.Length * 2));
    }
}
