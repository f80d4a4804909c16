using System.Text;

namespace LienThong.Signing.Canonical;

/// <summary>A document as UTF-8 without byte order mark, and the way back to the bytes as received. UTF-8 is used in place; UTF-16 is transcoded.</summary>
internal sealed class SourceText
{
    private const int DeclarationLimit = 256;
    private const int ReadBuffer = 16 * 1024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding LittleEndian = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding BigEndian = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    private readonly ReadOnlyMemory<byte> mark;
    private readonly UnicodeEncoding? wide;

    private static ReadOnlySpan<byte> LittleMark => [0xFF, 0xFE];

    private static ReadOnlySpan<byte> BigMark => [0xFE, 0xFF];

    private SourceText(ReadOnlyMemory<byte> mark, ReadOnlyMemory<byte> utf8, UnicodeEncoding? wide) =>
        (this.mark, Utf8, this.wide, IsAscii) = (mark, utf8, wide, Ascii.IsValid(utf8.Span));

    /// <summary>The text, without byte order mark; always valid UTF-8.</summary>
    internal ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Whether all of the text is ASCII, as packages with base64 content are: several tests needn't be made then.</summary>
    internal bool IsAscii { get; }

    /// <summary>Null when the bytes are neither UTF-8 nor UTF-16 with its mark, or the declaration says otherwise.</summary>
    internal static SourceText? Open(ReadOnlyMemory<byte> document)
    {
        ReadOnlySpan<byte> bytes = document.Span;
        if (bytes.StartsWith(LittleMark)) return OpenWide(document, LittleEndian);
        if (bytes.StartsWith(BigMark)) return OpenWide(document, BigEndian);
        int start = bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
        SourceText text = new(document[..start], document[start..], null);
        return (text.IsAscii || System.Text.Unicode.Utf8.IsValid(text.Utf8.Span)) && text.Declares("utf-8") ? text : null;
    }

    /// <summary>UTF-8 text in pieces, for a parser. Decoded here, so that no parser guesses another encoding than the byte search used.</summary>
    internal static TextReader Read(params ReadOnlyMemory<byte>[] utf8) => utf8 is [{ Length: <= ReadBuffer } part]
        ? new StringReader(Strict.GetString(part.Span))
        : new StreamReader(new PieceStream(utf8), Strict, detectEncodingFromByteOrderMarks: false, ReadBuffer);

    /// <summary>Whether the bytes received were UTF-16.</summary>
    internal bool IsTranscoded => wide is not null;

    /// <summary>Parts of UTF-8 text one behind the other in the encoding the document came in, mark included. UTF-8 isn't copied.</summary>
    internal ReadOnlyMemory<byte>[] Assemble(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> inserted, ReadOnlyMemory<byte> after) =>
        wide is null ? [mark, before, inserted, after] : [mark, Widen(before.Span), Widen(inserted.Span), Widen(after.Span)];

    private static SourceText? OpenWide(ReadOnlyMemory<byte> document, UnicodeEncoding encoding)
    {
        try
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(encoding.GetString(document.Span[2..]));
            SourceText text = new(document[..2], utf8, encoding);
            return text.Declares("utf-16") ? text : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private byte[] Widen(ReadOnlySpan<byte> utf8) => wide!.GetBytes(Encoding.UTF8.GetString(utf8));

    // An absent encoding is fine; a name the parser would follow to other text than ours isn't.
    private bool Declares(string name)
    {
        ReadOnlySpan<byte> head = Utf8.Span[..Math.Min(Utf8.Length, DeclarationLimit)];
        if (head.StartsWith("\uFEFF"u8)) return false; // a second mark: parsers disagree about it
        if (!head.StartsWith("<?xml"u8) || head.StartsWith("<?xml-"u8)) return true;
        int end = head.IndexOf("?>"u8);
        if (end < 0) return false;
        string declaration = Encoding.UTF8.GetString(head[..end]);
        int at = declaration.IndexOf("encoding", StringComparison.Ordinal);
        if (at < 0) return true;
        string value = declaration[(at + "encoding".Length)..].TrimStart(' ', '\t', '\r', '\n', '=');
        int close = value.Length > 0 ? value.IndexOf(value[0], 1) : -1;
        return close > 0 && string.Equals(value[1..close], name, StringComparison.OrdinalIgnoreCase);
    }
}
