namespace LienThong.Standard;

/// <summary>Which text XML 1.0 can carry.</summary>
public static class XmlText
{
    /// <summary>True when every character may stand in an XML 1.0 document: no control characters but tab and line ends, no lone surrogates.</summary>
    public static bool IsAllowed(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c < ' ' ? c is not ('\t' or '\n' or '\r') : c is '\uFFFE' or '\uFFFF') return false;
            if (!char.IsSurrogate(c)) continue;
            if (!char.IsHighSurrogate(c) || i + 1 >= text.Length || !char.IsLowSurrogate(text[i + 1])) return false;
            i++;
        }

        return true;
    }
}
