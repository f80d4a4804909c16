using System.Buffers;
using System.Text;

namespace LienThong.Signing.Canonical;

/// <summary>The fast route: recognises documents that already are their own canonical form, as our writer makes them, so that signing is hashing byte ranges.</summary>
/// <remarks>Everything that isn't plainly canonical answers null and takes <see cref="DocumentWalk"/>; this scan may be narrower than C14N, never wider. Well-formedness is proven here, but for the inside of the slot, which the caller parses.</remarks>
internal ref struct PlainScan
{
    private const int MaxSlotBytes = 256 * 1024;
    private static readonly SearchValues<byte> TextSpecials = SearchValues.Create([.. Controls(), (byte)'<', (byte)'>', (byte)'&']);
    private static readonly SearchValues<byte> ValueSpecials = SearchValues.Create([.. Controls(), (byte)'\t', (byte)'\n', (byte)'<', (byte)'&', (byte)'"']);
    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."u8);

    private readonly ReadOnlySpan<byte> text;
    private readonly SignatureProfile profile;
    private readonly SignatureSlot slot;
    private readonly List<Declaration> namespaces = [];
    private readonly Span<Range> open;
    private int at;
    private int depth;
    private int slotStart = -1;
    private int slotEnd = -1;
    private PlainPart? part;

    private PlainScan(ReadOnlySpan<byte> text, SignatureProfile profile, Span<Range> open)
    {
        this.text = text;
        this.profile = profile;
        slot = profile.Slot;
        this.open = open;
    }

    /// <summary>The places in <paramref name="source"/>, or null when it takes the general route.</summary>
    internal static PlainShape? Of(SourceText source, SignatureProfile profile)
    {
        if (source.IsTranscoded || profile.SlotCarriesId) return null;
        Span<Range> elements = stackalloc Range[DocumentWalk.MaxDepth];
        PlainShape? shape = new PlainScan(source.Utf8.Span, profile, elements).Run();
        return source.IsAscii || OnlyXmlCharacters(source.Utf8.Span) ? shape : null;
    }

    private PlainShape? Run()
    {
        if (!Declaration()) return null;
        SkipSpace();
        int rootStart = at;
        if (!Root()) return null;
        int rootClose = -1;
        while (depth > 0)
        {
            int from = at;
            if (!Text() || (IsUnsigned && text[from..at].ContainsAnyExcept(" \t\n"u8))) return null;
            rootClose = at;
            if (!Tag()) return null;
        }

        int rootEnd = at;
        SkipSpace();
        return at == text.Length && NothingBehindSlot(rootClose) && (part is null) == (profile.SignedElement is null)
            ? new PlainShape(rootStart, rootEnd, slotStart, slotEnd, part, namespaces)
            : null;
    }

    // Directly under the root of a form nothing is covered by a reference.
    private readonly bool IsUnsigned => depth == 1 && profile.SignedElement is not null;

    private readonly bool NothingBehindSlot(int rootClose) =>
        slotEnd < 0 || !text[(slotEnd + slot.Element.Length + 3)..rootClose].ContainsAnyExcept(" \t\n"u8);

    private bool Declaration()
    {
        if (!text.StartsWith("<?xml"u8)) return true;
        ReadOnlySpan<byte> head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"u8;
        if (text.Length < head.Length || !Ascii.EqualsIgnoreCase(text[..head.Length], head)) return false;
        at = head.Length;
        return text.StartsWith("<?xml version=\"1.0\" encoding=\""u8);
    }

    private bool Root()
    {
        if (!Take((byte)'<') || !Name(out Range name) || !slot.Knows(Encoding.ASCII.GetString(text[name]))) return false;
        while (Take((byte)' '))
        {
            if (!Namespace()) return false;
        }

        open[depth++] = name;
        return Take((byte)'>');
    }

    // xmlns:prefix="absolute name", in ascending order; a default namespace would put the root into it.
    private bool Namespace()
    {
        if (!text[at..].StartsWith("xmlns:"u8)) return false;
        at += "xmlns:".Length;
        if (!Name(out Range name) || !text[at..].StartsWith("=\""u8)) return false;
        at += 2;
        int length = text[at..].IndexOfAny(ValueSpecials);
        if (length <= 0 || text[at + length] != '"') return false;
        Declaration found = new(Encoding.ASCII.GetString(text[name]), Encoding.UTF8.GetString(text.Slice(at, length)));
        at += length + 1;
        if (found.Prefix.StartsWith("xml", StringComparison.OrdinalIgnoreCase)) return false;
        if (found.Uri.StartsWith("http://www.w3.org/XML/", StringComparison.Ordinal) || found.Uri.StartsWith("http://www.w3.org/2000/xmlns", StringComparison.Ordinal)) return false;
        if (!found.Uri.Contains(':', StringComparison.Ordinal)) return false;
        if (namespaces.Count > 0 && string.CompareOrdinal(namespaces[^1].Prefix, found.Prefix) >= 0) return false;
        namespaces.Add(found);
        return true;
    }

    private bool Text()
    {
        while (true)
        {
            int run = text[at..].IndexOfAny(TextSpecials);
            if (run < 0) return false;
            at += run;
            if (text[at] == '<') return true;
            if (text[at] != '&' || !Reference()) return false;
        }
    }

    private bool Reference()
    {
        ReadOnlySpan<byte> rest = text[at..];
        int length = rest.StartsWith("&amp;"u8) || rest.StartsWith("&#xD;"u8) ? 5
            : rest.StartsWith("&lt;"u8) || rest.StartsWith("&gt;"u8) ? 4 : 0;
        at += length;
        return length > 0;
    }

    private bool Tag()
    {
        at++;
        if (Take((byte)'/'))
        {
            ReadOnlySpan<byte> expected = text[open[--depth]];
            if (!text[at..].StartsWith(expected)) return false;
            at += expected.Length;
            if (!Take((byte)'>')) return false;
            if (IsUnsigned) part = part! with { End = at };
            return true;
        }

        if (!Name(out Range name) || (IsPart(text[name]) && !PartId(name)) || !Take((byte)'>')) return false;
        if (depth == 1 && slotStart >= 0) return false; // something behind the slot
        if (IsSlot(text[name])) return depth == 1 && Slot();
        if (IsUnsigned && !IsPart(text[name])) return false;
        if (depth == open.Length) return false;
        open[depth++] = name;
        return true;
    }

    // Exactly one element of that name, under the root, with an Id and nothing else.
    private bool PartId(Range name)
    {
        if (depth != 1 || part is not null || !text[at..].StartsWith(" Id=\""u8)) return false;
        at += " Id=\"".Length;
        if (!Name(out Range id)) return false;
        part = new PlainPart(name.Start.Value - 1, name.End.Value, 0, Encoding.ASCII.GetString(text[id]));
        return Take((byte)'"');
    }

    private bool Slot()
    {
        slotStart = at;
        int length = SlotLength();
        if (length is < 0 or > MaxSlotBytes) return false;
        slotEnd = at + length;
        at = slotEnd + 2 + slot.Element.Length;
        return Take((byte)'>');
    }

    // The first end tag of the slot. Were it inside a comment or CDATA, the caller's parse of the content would fail.
    private readonly int SlotLength()
    {
        ReadOnlySpan<byte> rest = text[at..];
        int from = 0;
        while (true)
        {
            int next = rest[from..].IndexOf("</"u8);
            if (next < 0) return -1;
            from += next;
            if (IsSlotPrefix(rest[(from + 2)..])) return from;
            from += 2;
        }
    }

    private readonly bool IsSlotPrefix(ReadOnlySpan<byte> rest) =>
        rest.Length > slot.Element.Length && rest[slot.Element.Length] == '>' && IsSlot(rest[..slot.Element.Length]);

    private readonly bool IsSlot(ReadOnlySpan<byte> name) => Ascii.Equals(name, slot.Element);

    private readonly bool IsPart(ReadOnlySpan<byte> name) => profile.SignedElement is { } signed && Ascii.Equals(name, signed);

    private bool Name(out Range name)
    {
        int length = text[at..].IndexOfAnyExcept(NameBytes);
        name = at..(at + Math.Max(length, 0));
        if (length <= 0 || (!char.IsAsciiLetter((char)text[at]) && text[at] != '_')) return false;
        at += length;
        return true;
    }

    private bool Take(byte wanted)
    {
        if (at >= text.Length || text[at] != wanted) return false;
        at++;
        return true;
    }

    private void SkipSpace()
    {
        int length = text[at..].IndexOfAnyExcept(" \t\r\n"u8);
        at = length < 0 ? text.Length : at + length;
    }

    // U+FFFE and U+FFFF are valid UTF-8 and no XML characters.
    private static bool OnlyXmlCharacters(ReadOnlySpan<byte> text) =>
        text.IndexOf("\uFFFE"u8) < 0 && text.IndexOf("\uFFFF"u8) < 0;

    private static byte[] Controls()
    {
        List<byte> controls = [];
        for (byte b = 0; b < 0x20; b++)
        {
            if (b is not ((byte)'\t' or (byte)'\n')) controls.Add(b);
        }

        return [.. controls];
    }
}
