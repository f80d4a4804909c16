namespace LienThong.Extracts;

/// <summary>A stream whose first bytes have been looked at: gives them again, then the rest.</summary>
internal sealed class HeadStream : Stream
{
    private readonly Stream rest;
    private readonly byte[] head;
    private readonly int length;
    private long given;

    /// <summary>Looks at the first bytes of a stream, which it owns from now on.</summary>
    public HeadStream(Stream stream, int most)
    {
        rest = stream;
        head = new byte[most];
        length = stream.ReadAtLeast(head, most, throwOnEndOfStream: false);
    }

    /// <summary>The first bytes.</summary>
    public ReadOnlySpan<byte> Head => head.AsSpan(0, length);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    /// <summary>Bytes given so far.</summary>
    public override long Position { get => given; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        int read = given < length ? Math.Min(buffer.Length, length - (int)given) : rest.Read(buffer);
        if (given < length) head.AsSpan((int)given, read).CopyTo(buffer);
        given += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) rest.Dispose();
        base.Dispose(disposing);
    }
}
