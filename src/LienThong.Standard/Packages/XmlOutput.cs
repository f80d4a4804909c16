using System.Buffers;
using System.Text;

namespace LienThong.Standard;

/// <summary>
/// Writes XML as bytes in canonical form (C14N 1.0): start and end tags always, only the escapes that canonical XML uses,
/// no white space that isn't asked for.
/// </summary>
internal readonly struct XmlOutput(IBufferWriter<byte> output)
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("&<>\r"u8);

    public void Raw(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    public void Open(string element) => Tag("<"u8, element, ">"u8);

    public void Close(string element) => Tag("</"u8, element, ">"u8);

    public void Element(string name, ReadOnlySpan<byte> text)
    {
        Open(name);
        Text(text);
        Close(name);
    }

    /// <summary>An element that, when it holds no text, may be written short; only where canonical form doesn't matter.</summary>
    public void ShortElement(string name, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) Tag("<"u8, name, "/>"u8);
        else Element(name, text);
    }

    public void Text(ReadOnlySpan<byte> text)
    {
        int at;
        while ((at = text.IndexOfAny(Special)) >= 0)
        {
            output.Write(text[..at]);
            output.Write(text[at] switch
            {
                (byte)'&' => "&amp;"u8,
                (byte)'<' => "&lt;"u8,
                (byte)'>' => "&gt;"u8,
                _ => "&#xD;"u8,
            });
            text = text[(at + 1)..];
        }

        output.Write(text);
    }

    public void Base64(ReadOnlySpan<byte> bytes)
    {
        const int Chunk = 3 * 16 * 1024;
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> part = bytes.Length > Chunk ? bytes[..Chunk] : bytes;
            _ = System.Buffers.Text.Base64.EncodeToUtf8(part, output.GetSpan(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(part.Length)), out _, out int written);
            output.Advance(written);
            bytes = bytes[part.Length..];
        }
    }

    private void Tag(ReadOnlySpan<byte> start, string name, ReadOnlySpan<byte> end)
    {
        Span<byte> span = output.GetSpan(start.Length + name.Length + end.Length);
        start.CopyTo(span);
        int written = Encoding.ASCII.GetBytes(name, span[start.Length..]);
        end.CopyTo(span[(start.Length + written)..]);
        output.Advance(start.Length + written + end.Length);
    }
}
