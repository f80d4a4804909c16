namespace LienThong.Signing.Canonical;

/// <summary>Pieces of memory read one behind the other: a document of several megabytes isn't copied only to change a few bytes of it.</summary>
internal sealed class PieceStream(params ReadOnlyMemory<byte>[] pieces) : Stream
{
    private int piece;
    private int at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int total = 0;
        while (piece < pieces.Length && total < buffer.Length)
        {
            ReadOnlySpan<byte> rest = pieces[piece].Span[at..];
            int length = Math.Min(rest.Length, buffer.Length - total);
            rest[..length].CopyTo(buffer[total..]);
            (total, at) = (total + length, at + length);
            if (length == rest.Length) (piece, at) = (piece + 1, 0);
        }

        return total;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
