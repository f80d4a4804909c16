using LienThong.Standard;

namespace LienThong.Signing.Canonical;

/// <summary>Pieces of memory read one behind the other: a document of several megabytes isn't copied only to change a few bytes of it.</summary>
internal sealed class PieceStream(params ReadOnlyMemory<byte>[] pieces) : ReadOnlyStream
{
    private int piece;
    private int at;

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
}
