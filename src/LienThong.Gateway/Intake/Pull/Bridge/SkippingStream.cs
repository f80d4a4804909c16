using LienThong.Standard;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>A stream without the lines that follow its first one: some programs underline their headers.</summary>
internal sealed class SkippingStream(Stream inner, int lines) : ReadOnlyStream
{
    private int ended;

    /// <summary>Whether everything was read.</summary>
    public bool IsAtEnd { get; private set; }

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
