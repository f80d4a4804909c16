namespace LienThong.Validation.Custom;

/// <summary>Where a character of a YAML text stands in its document, whatever the style it is written in (plain, quoted, <c>|</c>, <c>&gt;</c>).</summary>
internal static class YamlPlaces
{
    /// <summary>Line and column, from 1, of the character at an offset of the text's value.</summary>
    public static (int Line, int Column) Of(string document, YamlText text, int offset)
    {
        int at = Content(document, text.Start);
        // The n-th visible character of the value is the n-th of the document: styles differ in blanks and line ends only.
        int wanted = 0;
        for (int i = 0; i < offset && i < text.Value.Length; i++)
        {
            if (!char.IsWhiteSpace(text.Value[i])) wanted++;
        }

        // Behind the last visible character: right after it, not at what follows in the document.
        bool end = offset >= text.Value.TrimEnd().Length;
        if (end) wanted = Math.Max(0, wanted - 1);
        bool doubled = at > 0 && document[at - 1] == '\'';
        for (; at < document.Length; at++)
        {
            if (char.IsWhiteSpace(document[at])) continue;
            if (wanted-- == 0) break;
            if (doubled && document[at] == '\'' && at + 1 < document.Length && document[at + 1] == '\'') at++;
        }

        return Place(document, Math.Min(end && wanted < 0 ? at + 1 : at, document.Length));
    }

    private static int Content(string document, int start)
    {
        if (start >= document.Length) return document.Length;
        if (document[start] is '"' or '\'') return start + 1;
        if (document[start] is not ('|' or '>')) return start;
        int end = document.IndexOf('\n', start);
        return end < 0 ? document.Length : end + 1;
    }

    private static (int Line, int Column) Place(string document, int index)
    {
        int line = 1, begin = 0;
        for (int i = 0; i < index; i++)
        {
            if (document[i] != '\n') continue;
            line++;
            begin = i + 1;
        }

        return (line, index - begin + 1);
    }
}
