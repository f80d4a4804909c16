namespace LienThong.Gateway.Intake.Pull;

/// <summary>A stream without the lines that follow its first one: some programs underline their headers.</summary>
internal sealed class SkippingStream(Stream inner, int lines) : Stream
{
    private int ended;

    /// <summary>Whether everything was read.</summary>
    public bool IsAtEnd { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            int read = inner.Read(buffer);
            IsAtEnd = read == 0;
            if (read == 0) return 0;
            if (lines == 0) return read;
            int kept = Keep(buffer[..read]);
            if (kept > 0) return kept;
        }
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
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Keep(Span<byte> bytes)
    {
        int kept = 0;
        foreach (byte b in bytes)
        {
            if (ended == 0 || ended > lines) bytes[kept++] = b;
            if (b == (byte)'\n' && ended <= lines) ended++;
        }

        return kept;
    }
}
