namespace LienThong.Standard;

/// <summary>Knows by sight the two namespace declarations that nearly every file carries.</summary>
internal static class PlainAttributes
{
    /// <summary>True when the text after an element's name holds nothing but the xsi and xsd declarations, each at most once.</summary>
    public static bool Are(ReadOnlySpan<byte> text)
    {
        bool xsi = false;
        bool xsd = false;
        while (true)
        {
            int skipped = Blank.Skip(text);
            if (skipped == text.Length) return true;
            if (skipped == 0) return false;
            text = text[skipped..];
            if (!xsi && Take(ref text, "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""u8)) xsi = true;
            else if (!xsd && Take(ref text, "xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""u8)) xsd = true;
            else return false;
        }
    }

    private static bool Take(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> start)
    {
        if (!text.StartsWith(start)) return false;
        text = text[start.Length..];
        return true;
    }
}
