using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace LienThong.Signing.Canonical;

/// <summary>Writes the pieces of canonical XML (C14N 1.0 §2.3) as UTF-8, into a hash or into memory.</summary>
internal sealed class CanonicalWriter : IDisposable
{
    private const int BufferSize = 32 * 1024;
    private const int PieceChars = 4096;
    private static readonly SearchValues<char> TextSpecials = SearchValues.Create("&<>\r");
    private static readonly SearchValues<char> AttributeSpecials = SearchValues.Create("&<\"\t\n\r");

    private readonly IncrementalHash? hash;
    private readonly ArrayBufferWriter<byte>? memory;
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int used;

    internal CanonicalWriter(IncrementalHash hash) => this.hash = hash;

    internal CanonicalWriter(ArrayBufferWriter<byte> memory) => this.memory = memory;

    /// <summary>Into both, when <paramref name="memory"/> is given.</summary>
    internal CanonicalWriter(IncrementalHash hash, ArrayBufferWriter<byte>? memory) => (this.hash, this.memory) = (hash, memory);

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    internal void Flush()
    {
        Put(buffer.AsSpan(0, used));
        used = 0;
    }

    internal void Raw(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > buffer.Length - used) Flush();
        if (bytes.Length > buffer.Length)
        {
            Put(bytes);
            return;
        }

        bytes.CopyTo(buffer.AsSpan(used));
        used += bytes.Length;
    }

    internal void Declaration(Declaration declaration)
    {
        Raw(declaration.Prefix.Length == 0 ? " xmlns"u8 : " xmlns:"u8);
        Name(declaration.Prefix);
        Value(declaration.Uri);
    }

    internal void Attribute(Attribute attribute)
    {
        Raw(" "u8);
        Name(attribute.Prefix, attribute.LocalName);
        Value(attribute.Value);
    }

    internal void Name(string prefix, string localName)
    {
        if (prefix.Length > 0)
        {
            Name(prefix);
            Raw(":"u8);
        }

        Name(localName);
    }

    internal void Name(ReadOnlySpan<char> name)
    {
        while (!name.IsEmpty)
        {
            int length = Math.Min(name.Length, PieceChars);
            if (length < name.Length && char.IsHighSurrogate(name[length - 1])) length--;
            if (buffer.Length - used < length * 3) Flush();
            used += Encoding.UTF8.GetBytes(name[..length], buffer.AsSpan(used));
            name = name[length..];
        }
    }

    /// <summary>Character data; must not end between the halves of a surrogate pair.</summary>
    internal void Text(ReadOnlySpan<char> text) => Escaped(text, TextSpecials);

    private void Put(ReadOnlySpan<byte> bytes)
    {
        hash?.AppendData(bytes);
        memory?.Write(bytes);
    }

    private void Value(string value)
    {
        Raw("=\""u8);
        Escaped(value, AttributeSpecials);
        Raw("\""u8);
    }

    private void Escaped(ReadOnlySpan<char> text, SearchValues<char> specials)
    {
        while (true)
        {
            int at = text.IndexOfAny(specials);
            Name(at < 0 ? text : text[..at]);
            if (at < 0) return;
            Raw(Reference(text[at]));
            text = text[(at + 1)..];
        }
    }

    private static ReadOnlySpan<byte> Reference(char special) => special switch
    {
        '&' => "&amp;"u8,
        '<' => "&lt;"u8,
        '>' => "&gt;"u8,
        '"' => "&quot;"u8,
        '\t' => "&#x9;"u8,
        '\n' => "&#xA;"u8,
        _ => "&#xD;"u8,
    };
}
