using System.Buffers;

namespace LienThong.Standard;

/// <summary>
/// A window that slides over a stream: holds what hasn't been consumed, grows when one piece needs more room, and knows
/// line and byte of every offset in it. Memory depends on the largest piece, never on the file.
/// </summary>
internal sealed class ByteWindow(Stream stream) : IDisposable
{
    private const int FirstSize = 64 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int start;
    private int end;
    private bool ended;
    private long line = 1;
    private long column = 1;

    /// <summary>What is at hand, from the first unconsumed byte on.</summary>
    public ReadOnlySpan<byte> Span => buffer.AsSpan(start, end - start);

    public byte[] Buffer => buffer;

    public int Start => start;

    /// <summary>Brings in more bytes; false at the end of the stream. Offsets into <see cref="Span"/> stay valid.</summary>
    public bool More()
    {
        if (ended) return false;
        if (end == buffer.Length) MakeRoom();
        int read = stream.Read(buffer, end, buffer.Length - end);
        ended = read == 0;
        end += read;
        return !ended;
    }

    /// <summary>True when at least this many bytes are at hand, after bringing in more where needed.</summary>
    public bool Has(int count)
    {
        while (end - start < count)
        {
            if (!More()) return false;
        }

        return true;
    }

    /// <summary>Consumes bytes.</summary>
    public void Skip(int count)
    {
        (line, column) = PlaceOf(count);
        start += count;
    }

    /// <summary>Line and byte in the line, both from 1, of an offset into <see cref="Span"/>.</summary>
    public (long Line, long Column) PlaceOf(int offset)
    {
        ReadOnlySpan<byte> before = Span[..offset];
        int last = before.LastIndexOf((byte)'\n');
        return last < 0 ? (line, column + offset) : (line + before[..(last + 1)].Count((byte)'\n'), offset - last);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        start = end = 0;
        ended = true;
    }

    private void MakeRoom()
    {
        int held = end - start;
        if (start >= buffer.Length / 2)
        {
            buffer.AsSpan(start, held).CopyTo(buffer);
        }
        else
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(start, held).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        start = 0;
        end = held;
    }
}
