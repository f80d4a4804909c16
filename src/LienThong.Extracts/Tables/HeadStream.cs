using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>A stream whose first bytes have been looked at: gives them again, then the rest.</summary>
internal sealed class HeadStream : ReadOnlyStream
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

    /// <summary>Bytes given so far.</summary>
    public override long Position { get => given; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        int read = given < length ? Math.Min(buffer.Length, length - (int)given) : rest.Read(buffer);
        if (given < length) head.AsSpan((int)given, read).CopyTo(buffer);
        given += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) rest.Dispose();
        base.Dispose(disposing);
    }
}
