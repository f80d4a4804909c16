using System.Text;

namespace LienThong.Standard;

/// <summary>Makes UTF-8 of what comes in: takes a byte-order mark off, turns UTF-16 into UTF-8.</summary>
internal static class EncodingGate
{
    public static Stream Open(Stream stream, Action<Problem> report)
    {
        byte[] head = new byte[4];
        int count = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> start = head.AsSpan(0, count);
        if (start.StartsWith("\uFEFF"u8))
        {
            report(Problems.ByteOrderMark());
            return new HeadStream(head.AsMemory(3, count - 3), stream);
        }

        bool little = start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.SequenceEqual((ReadOnlySpan<byte>)[0x3C, 0, 0x3F, 0]);
        bool big = start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || start.SequenceEqual((ReadOnlySpan<byte>)[0, 0x3C, 0, 0x3F]);
        if (!little && !big) return new HeadStream(head.AsMemory(0, count), stream);
        report(Problems.Utf16());
        int mark = start[0] is 0xFF or 0xFE ? 2 : 0;
        // Lone surrogates become U+FFFD, as XML could not carry them either.
        return Encoding.CreateTranscodingStream(new HeadStream(head.AsMemory(mark, count - mark), stream), new UnicodeEncoding(big, byteOrderMark: false), new UTF8Encoding(false));
    }

    /// <summary>Gives the bytes already taken, then the rest of the stream.</summary>
    private sealed class HeadStream(ReadOnlyMemory<byte> head, Stream rest) : ReadOnlyStream
    {
        private ReadOnlyMemory<byte> head = head;

        public override int Read(Span<byte> buffer)
        {
            if (head.IsEmpty) return rest.Read(buffer);
            int taken = Math.Min(head.Length, buffer.Length);
            head.Span[..taken].CopyTo(buffer);
            head = head[taken..];
            return taken;
        }
    }
}
