using System.Buffers;
using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text;

namespace LienThong.Portal;

/// <summary>
/// The form of a submission, written to the socket in pieces: base64 and percent-encoding of <c>+ / =</c> happen on the
/// way, so a 12 MB document costs a few pooled kilobytes instead of three strings.
/// </summary>
internal sealed class PortalFormContent : TrackedContent
{
    private const int PieceBytes = 12 * 1024; // a multiple of 3: no padding before the end
    private static readonly MediaTypeHeaderValue FormType = new("application/x-www-form-urlencoded");
    private readonly byte[] prefix;
    private readonly ReadOnlyMemory<byte> document;

    private PortalFormContent(byte[] prefix, ReadOnlyMemory<byte> document)
        : base(FormType, prefix.Length + EncodedLength(document.Span)) =>
        (this.prefix, this.document) = (prefix, document);

    /// <summary>A form of plain fields, last the document in base64.</summary>
    /// <param name="fields">Names and values, not yet encoded.</param>
    /// <param name="documentField">Name of the last field.</param>
    /// <param name="document">A UTF-8 BOM in front is left out: the portal refuses it.</param>
    public static PortalFormContent Of(
        IEnumerable<(string Name, string Value)> fields, string documentField, ReadOnlyMemory<byte> document)
    {
        var text = new StringBuilder();
        foreach ((string name, string value) in fields)
            text.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value)).Append('&');
        text.Append(Uri.EscapeDataString(documentField)).Append('=');
        bool bom = document.Span.StartsWith("\uFEFF"u8);
        return new PortalFormContent(Encoding.ASCII.GetBytes(text.ToString()), bom ? document[3..] : document);
    }

    protected override async Task WriteAsync(Stream stream, CancellationToken ct)
    {
        byte[] base64 = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(PieceBytes));
        byte[] encoded = ArrayPool<byte>.Shared.Rent(base64.Length * 3);
        try
        {
            await stream.WriteAsync(prefix, ct);
            for (int at = 0; at < document.Length; at += PieceBytes)
            {
                int written = Encode(document.Span.Slice(at, Math.Min(PieceBytes, document.Length - at)), base64, encoded);
                await stream.WriteAsync(encoded.AsMemory(0, written), ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(base64);
            ArrayPool<byte>.Shared.Return(encoded);
        }
    }

    private static int Encode(ReadOnlySpan<byte> piece, Span<byte> base64, Span<byte> encoded)
    {
        Base64.EncodeToUtf8(piece, base64, out _, out int length);
        ReadOnlySpan<byte> rest = base64[..length];
        int written = 0;
        while (true)
        {
            int next = rest.IndexOfAny((byte)'+', (byte)'/', (byte)'=');
            ReadOnlySpan<byte> plain = next < 0 ? rest : rest[..next];
            plain.CopyTo(encoded[written..]);
            written += plain.Length;
            if (next < 0)
                return written;
            Escape(rest[next]).CopyTo(encoded[written..]);
            written += 3;
            rest = rest[(next + 1)..];
        }
    }

    private static ReadOnlySpan<byte> Escape(byte special) => special switch
    {
        (byte)'+' => "%2B"u8,
        (byte)'/' => "%2F"u8,
        _ => "%3D"u8,
    };

    private static long EncodedLength(ReadOnlySpan<byte> document)
    {
        byte[] base64 = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(PieceBytes));
        long total = 0;
        for (int at = 0; at < document.Length; at += PieceBytes)
        {
            Base64.EncodeToUtf8(document.Slice(at, Math.Min(PieceBytes, document.Length - at)), base64, out _, out int written);
            ReadOnlySpan<byte> piece = base64.AsSpan(0, written);
            total += written + (2L * (piece.Count((byte)'+') + piece.Count((byte)'/') + piece.Count((byte)'=')));
        }

        ArrayPool<byte>.Shared.Return(base64);
        return total;
    }
}
