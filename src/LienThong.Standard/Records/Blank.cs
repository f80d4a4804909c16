namespace LienThong.Standard;

/// <summary>White space as the rules mean it: tab, line feed, carriage return, space and no-break space (U+00A0).</summary>
internal static class Blank
{
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || (text[0] > ' ' && text[0] < 0x80 && text[^1] > ' ' && text[^1] < 0x80)) return text;
        int start = 0;
        while (start < text.Length && Width(text, start) is var width and > 0) start += width;
        int end = text.Length;
        while (end > start)
        {
            if (IsBlank(text[end - 1])) end--;
            else if (end - 2 >= start && text[end - 2] == 0xC2 && text[end - 1] == 0xA0) end -= 2;
            else break;
        }

        return text[start..end];
    }

    /// <summary>Offset of the first byte that is no XML white space; the length when there is none.</summary>
    public static int Skip(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length && IsBlank(text[at])) at++;
        return at;
    }

    public static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    private static int Width(ReadOnlySpan<byte> text, int at)
    {
        if (IsBlank(text[at])) return 1;
        return text[at] == 0xC2 && at + 1 < text.Length && text[at + 1] == 0xA0 ? 2 : 0;
    }
}

/// <summary>Small helpers over UTF-8 text.</summary>
internal static class Utf8Text
{
    public static int CountScalars(ReadOnlySpan<byte> text)
    {
        // Every byte but a continuation byte (10xxxxxx) starts a character.
        int count = 0;
        foreach (byte b in text)
        {
            if ((b & 0xC0) != 0x80) count++;
        }

        return count;
    }
}
