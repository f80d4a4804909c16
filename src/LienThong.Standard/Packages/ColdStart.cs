using System.Buffers;
using System.Buffers.Text;

namespace LienThong.Standard;

/// <summary>
/// The framework's vectorised helpers are compiled when they are first called, which costs a process that judges one small file
/// more than they save. Until a good deal of text went through, plain loops do the same.
/// </summary>
internal static class ColdStart
{
    private const int Enough = 128 * 1024;

    // Shorter than what the framework decodes with vectors.
    private const int Piece = 20;

    private static int seen;

    /// <summary>True until enough text was decoded. Threads may differ on it for a moment; the results are the same.</summary>
    public static bool Lasts => seen < Enough;

    /// <summary>As <see cref="Base64.DecodeFromUtf8(ReadOnlySpan{byte}, Span{byte}, out int, out int, bool)"/>.</summary>
    public static OperationStatus DecodeBase64(ReadOnlySpan<byte> text, Span<byte> room, out int read, out int written)
    {
        read = written = 0;
        if (Lasts)
        {
            seen += text.Length;
            while (text.Length - read > Piece && read < Enough)
            {
                OperationStatus part = Base64.DecodeFromUtf8(text.Slice(read, Piece), room[written..], out int taken, out int given, isFinalBlock: false);
                read += taken;
                written += given;
                if (taken == 0 || part == OperationStatus.InvalidData) break;
            }
        }

        OperationStatus status = Base64.DecodeFromUtf8(text[read..], room[written..], out int restRead, out int restWritten);
        read += restRead;
        written += restWritten;
        return status;
    }
}
