using System.Buffers;
using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LienThong.Portal;

/// <summary>
/// A request body with one document in it, written to the socket in pieces: base64 and percent-encoding of <c>+ / =</c>
/// happen on the way, so a 12 MB document costs a few pooled kilobytes instead of three strings. A UTF-8 BOM in front of
/// the document is left out: the portals refuse it.
/// </summary>
internal sealed class DocumentContent : TrackedContent
{
    private const int PieceBytes = 12 * 1024; // a multiple of 3: no padding before the end
    private static readonly MediaTypeHeaderValue FormType = new("application/x-www-form-urlencoded");
    private static readonly MediaTypeHeaderValue JsonType = new("application/json", "utf-8");
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly byte[] before;
    private readonly ReadOnlyMemory<byte> document;
    private readonly byte[] after;
    private readonly Spelling spelling;

    private DocumentContent(MediaTypeHeaderValue type, byte[] before, ReadOnlyMemory<byte> document, byte[] after, Spelling spelling)
        : base(type, before.Length + EncodedLength(document.Span, spelling) + after.Length) =>
        (this.before, this.document, this.after, this.spelling) = (before, document, after, spelling);

    private enum Spelling
    {
        Raw,
        Base64,
        FormBase64,
    }

    /// <summary>A form of plain fields, last the document in base64.</summary>
    /// <param name="fields">Names and values, not yet encoded.</param>
    /// <param name="documentField">Name of the last field.</param>
    /// <param name="document">The document.</param>
    public static DocumentContent Form(
        IEnumerable<(string Name, string Value)> fields, string documentField, ReadOnlyMemory<byte> document)
    {
        var text = new StringBuilder();
        foreach ((string name, string value) in fields)
            text.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value)).Append('&');
        text.Append(Uri.EscapeDataString(documentField)).Append('=');
        return new DocumentContent(FormType, Encoding.ASCII.GetBytes(text.ToString()), WithoutBom(document), [], Spelling.FormBase64);
    }

    /// <summary>A JSON object of plain members, last the document in base64.</summary>
    /// <param name="members">Names and values: text or numbers.</param>
    /// <param name="documentMember">Name of the last member.</param>
    /// <param name="document">The document.</param>
    /// <param name="asList">The last member is a list with the document as its only item.</param>
    public static DocumentContent Json(
        IReadOnlyDictionary<string, object> members, string documentMember, ReadOnlyMemory<byte> document, bool asList = false)
    {
        string open = JsonSerializer.Serialize(members, AsWritten)[..^1];
        string head = $"{open}{(members.Count > 0 ? "," : "")}{JsonSerializer.Serialize(documentMember, AsWritten)}:{(asList ? "[" : "")}\"";
        return new DocumentContent(
            JsonType, Encoding.UTF8.GetBytes(head), WithoutBom(document), Encoding.ASCII.GetBytes(asList ? "\"]}" : "\"}"), Spelling.Base64);
    }

    /// <summary>A multipart form with the document as its only file.</summary>
    /// <param name="field">Name of the field.</param>
    /// <param name="fileName">File name in it, plain ASCII.</param>
    /// <param name="document">The document.</param>
    public static DocumentContent Multipart(string field, string fileName, ReadOnlyMemory<byte> document)
    {
        string boundary = "lienthong-" + Guid.NewGuid().ToString("N");
        string head = $"--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{fileName}\"\r\nContent-Type: application/xml\r\n\r\n";
        return new DocumentContent(
            MultipartType(boundary), Encoding.ASCII.GetBytes(head), WithoutBom(document),
            Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n"), Spelling.Raw);
    }

    /// <summary>The content type of a multipart form.</summary>
    internal static MediaTypeHeaderValue MultipartType(string boundary) =>
        new("multipart/form-data") { Parameters = { new NameValueHeaderValue("boundary", boundary) } };

    private static ReadOnlyMemory<byte> WithoutBom(ReadOnlyMemory<byte> document) =>
        document.Span.StartsWith("\uFEFF"u8) ? document[3..] : document;

    protected override async Task WriteAsync(Stream stream, CancellationToken ct)
    {
        byte[] base64 = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(PieceBytes));
        byte[] encoded = ArrayPool<byte>.Shared.Rent(base64.Length * 3);
        try
        {
            await stream.WriteAsync(before, ct);
            for (int at = 0; at < document.Length; at += PieceBytes)
            {
                ReadOnlyMemory<byte> piece = document.Slice(at, Math.Min(PieceBytes, document.Length - at));
                await stream.WriteAsync(spelling == Spelling.Raw ? piece : encoded.AsMemory(0, Encode(piece.Span, base64, encoded)), ct);
            }

            await stream.WriteAsync(after, ct);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(base64);
            ArrayPool<byte>.Shared.Return(encoded);
        }
    }

    private int Encode(ReadOnlySpan<byte> piece, Span<byte> base64, Span<byte> encoded)
    {
        Base64.EncodeToUtf8(piece, spelling == Spelling.Base64 ? encoded : base64, out _, out int length);
        if (spelling == Spelling.Base64)
            return length;
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

    private static long EncodedLength(ReadOnlySpan<byte> document, Spelling spelling)
    {
        if (spelling == Spelling.Raw)
            return document.Length;
        if (spelling == Spelling.Base64)
            return (document.Length + 2L) / 3 * 4;
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
