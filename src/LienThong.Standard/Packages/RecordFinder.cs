namespace LienThong.Standard;

/// <summary>How the end of a <c>HOSO</c> was found.</summary>
internal enum RecordEnd
{
    /// <summary>At its end tag.</summary>
    Closed,

    /// <summary>At the next <c>HOSO</c> or the end of the list: its own end tag is missing.</summary>
    NotClosed,

    /// <summary>At the end of the file.</summary>
    FileEnds,

    /// <summary>Not within the limit.</summary>
    TooLarge,
}

/// <summary>Finds where a <c>HOSO</c> ends without parsing what is in it, so that a broken one doesn't cost its neighbours.</summary>
internal static class RecordFinder
{
    /// <summary>The window starts at <c>&lt;HOSO</c>.</summary>
    /// <param name="window">Brings bytes in until the end is found.</param>
    /// <param name="limit">Largest size of a record in bytes.</param>
    /// <param name="length">Bytes that belong to the record.</param>
    public static RecordEnd Find(ByteWindow window, int limit, out int length)
    {
        int at = 5;
        while (true)
        {
            ReadOnlySpan<byte> span = window.Span;
            int next = at < span.Length ? span[at..].IndexOf((byte)'<') : -1;
            if (next < 0)
            {
                at = span.Length;
                length = at;
                if (at > limit) return RecordEnd.TooLarge;
                if (!window.More()) return RecordEnd.FileEnds;
                continue;
            }

            at += next;
            length = at;
            if (at > limit) return RecordEnd.TooLarge;
            if (!window.Has(at + 16)) span = window.Span;
            span = window.Span[at..];
            if (IsTag(span, "</HOSO"u8))
            {
                int close = TagEnd(window, at);
                length = close < 0 ? window.Span.Length : close;
                return close < 0 ? RecordEnd.FileEnds : RecordEnd.Closed;
            }

            if (IsTag(span, "<HOSO"u8) || IsTag(span, "</DANHSACHHOSO"u8)) return RecordEnd.NotClosed;
            at = Past(window, at, span);
            if (at < 0)
            {
                length = window.Span.Length;
                return length > limit ? RecordEnd.TooLarge : RecordEnd.FileEnds;
            }
        }
    }

    /// <summary>Passes over a record that is too large, without keeping it; the window then starts behind it.</summary>
    public static void PassOver(ByteWindow window)
    {
        while (true)
        {
            int next = window.Span.IndexOf((byte)'<');
            if (next >= 0)
            {
                window.Skip(next);
                window.Has(16);
                if (IsTag(window.Span, "</DANHSACHHOSO"u8)) return;
                bool end = IsTag(window.Span, "</HOSO"u8);
                if (end && TagEnd(window, 0) is var close and > 0)
                {
                    window.Skip(close);
                    return;
                }

                window.Skip(1);
                continue;
            }

            window.Skip(window.Span.Length);
            if (!window.More()) return;
        }
    }

    // A comment or CDATA section may hold what looks like a tag; both are passed over whole.
    private static int Past(ByteWindow window, int at, ReadOnlySpan<byte> span)
    {
        if (span.StartsWith("<![CDATA["u8)) return Behind(window, at, "]]>"u8);
        return span.StartsWith("<!--"u8) ? Behind(window, at, "-->"u8) : at + 1;
    }

    private static int Behind(ByteWindow window, int at, ReadOnlySpan<byte> terminator)
    {
        while (true)
        {
            int end = window.Span[at..].IndexOf(terminator);
            if (end >= 0) return at + end + terminator.Length;
            at = Math.Max(at, window.Span.Length - terminator.Length);
            if (!window.More()) return -1;
        }
    }

    private static int TagEnd(ByteWindow window, int at)
    {
        while (true)
        {
            int end = window.Span[at..].IndexOf((byte)'>');
            if (end >= 0) return at + end + 1;
            at = window.Span.Length;
            if (at > 1024 * 1024 * 1024 || !window.More()) return -1;
        }
    }

    private static bool IsTag(ReadOnlySpan<byte> span, ReadOnlySpan<byte> start) =>
        span.StartsWith(start) && span.Length > start.Length && (span[start.Length] is (byte)'>' or (byte)'/' || Blank.IsBlank(span[start.Length]));
}
