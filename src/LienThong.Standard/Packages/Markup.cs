namespace LienThong.Standard;

/// <summary>Kinds of pieces in an envelope.</summary>
internal enum MarkupKind
{
    End,
    Start,
    Close,
    Text,
    CData,
    Comment,
    Instruction,
    DocType,
    Malformed,
    TooLong,
}

/// <summary>A piece of an envelope; offsets are into the window's span.</summary>
/// <param name="Kind">Which piece.</param>
/// <param name="NameAt">Where the local name starts.</param>
/// <param name="NameLength">Length of the local name.</param>
/// <param name="Length">Length of the whole piece.</param>
/// <param name="Empty">A start tag that closes itself.</param>
/// <param name="Plain">False when only a strict parser can tell whether the piece is well-formed.</param>
internal readonly record struct Markup(MarkupKind Kind, int NameAt, int NameLength, int Length, bool Empty, bool Plain);

/// <summary>Cuts the envelope into pieces, bringing bytes in as needed.</summary>
internal static class MarkupScanner
{
    public static Markup Next(ByteWindow window, int limit)
    {
        if (!window.Has(1)) return new Markup(MarkupKind.End, 0, 0, 0, false, true);
        if (window.Span[0] != '<') return Text(window, limit);
        if (!window.Has(2)) return new Markup(MarkupKind.Malformed, 0, 0, 1, false, false);
        switch (window.Span[1])
        {
            case (byte)'?':
                return Until(window, MarkupKind.Instruction, 2, "?>"u8, limit);
            case (byte)'!':
                _ = window.Has(9);
                if (window.Span.StartsWith("<!--"u8)) return Until(window, MarkupKind.Comment, 4, "-->"u8, limit);
                if (window.Span.StartsWith("<![CDATA["u8)) return Until(window, MarkupKind.CData, 9, "]]>"u8, limit);
                bool docType = window.Span.StartsWith("<!DOCTYPE"u8) || window.Span.StartsWith("<!ENTITY"u8);
                return new Markup(docType ? MarkupKind.DocType : MarkupKind.Malformed, 0, 0, 2, false, false);
            default:
                return Tag(window, limit);
        }
    }

    private static Markup Text(ByteWindow window, int limit)
    {
        int from = 0;
        while (true)
        {
            int at = window.Span[from..].IndexOf((byte)'<');
            int length = at < 0 ? window.Span.Length : from + at;
            if (length > limit) return new Markup(MarkupKind.TooLong, 0, 0, length, false, false);
            if (at >= 0 || !window.More())
            {
                bool plain = IsPlainText(window.Span[..length]);
                return new Markup(MarkupKind.Text, 0, 0, length, false, plain);
            }

            from = length;
        }
    }

    private static bool IsPlainText(ReadOnlySpan<byte> text)
    {
        foreach (byte b in text)
        {
            if (b is < 0x20 and not (9 or 10 or 13) or >= 0x7F or (byte)'&' or (byte)']') return false;
        }

        return true;
    }

    private static Markup Until(ByteWindow window, MarkupKind kind, int from, ReadOnlySpan<byte> terminator, int limit)
    {
        while (true)
        {
            ReadOnlySpan<byte> span = window.Span;
            int at = from <= span.Length ? span[from..].IndexOf(terminator) : -1;
            if (at >= 0) return new Markup(kind, 0, 0, from + at + terminator.Length, false, false);
            if (span.Length > limit) return new Markup(MarkupKind.TooLong, 0, 0, span.Length, false, false);
            from = Math.Max(from, span.Length - terminator.Length);
            if (!window.More()) return new Markup(MarkupKind.Malformed, 0, 0, 1, false, false);
        }
    }

    private static Markup Tag(ByteWindow window, int limit)
    {
        int at = 1;
        byte quote = 0;
        while (true)
        {
            ReadOnlySpan<byte> span = window.Span;
            for (; at < span.Length; at++)
            {
                byte b = span[at];
                if (quote != 0)
                {
                    if (b == quote) quote = 0;
                }
                else if (b is (byte)'"' or (byte)'\'')
                {
                    quote = b;
                }
                else if (b == '>')
                {
                    return Describe(span[..(at + 1)]);
                }
                else if (b == '<')
                {
                    return new Markup(MarkupKind.Malformed, 0, 0, at, false, false);
                }
            }

            if (at > limit) return new Markup(MarkupKind.TooLong, 0, 0, at, false, false);
            if (!window.More()) return new Markup(MarkupKind.Malformed, 0, 0, 1, false, false);
        }
    }

    private static Markup Describe(ReadOnlySpan<byte> tag)
    {
        bool close = tag[1] == '/';
        bool empty = !close && tag[^2] == '/';
        int from = close ? 2 : 1;
        ReadOnlySpan<byte> inside = tag[from..^(empty ? 2 : 1)];
        int length = 0;
        while (length < inside.Length && !Blank.IsBlank(inside[length])) length++;
        bool plain = IsPlainName(inside[..length]) && Blank.Skip(inside[length..]) == inside.Length - length;
        int colon = inside[..length].IndexOf((byte)':') + 1;
        return new Markup(close ? MarkupKind.Close : MarkupKind.Start, from + colon, length - colon, tag.Length, empty, plain);
    }

    private static bool IsPlainName(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || !(char.IsAsciiLetter((char)name[0]) || name[0] == '_')) return false;
        foreach (byte b in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'_' or (byte)'-' or (byte)'.')) return false;
        }

        return true;
    }
}
