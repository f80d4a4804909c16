using System.Text;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Comparing what a record calls a thing with what a list calls it.</summary>
internal static class Names
{
    /// <summary>
    /// True when some row has this text in the column: letters in any case, NFC, blanks collapsed; with <paramref name="brackets"/> false,
    /// text in square brackets doesn't count. A row without text agrees with none.
    /// </summary>
    public static bool AnySame(CodeRows rows, int column, Value value, bool brackets = true)
    {
        ReadOnlySpan<byte> text = value.Trimmed;
        foreach (CodeRow row in rows)
        {
            if (row[column].SequenceEqual(text)) return true;
        }

        string folded = Fold(text, brackets);
        foreach (CodeRow row in rows)
        {
            if (!row[column].IsEmpty && Fold(row[column], brackets) == folded) return true;
        }

        return false;
    }

    /// <summary>True when no row has a text in the column: then there is nothing to compare with.</summary>
    public static bool AllEmpty(CodeRows rows, int column)
    {
        foreach (CodeRow row in rows)
        {
            if (!row[column].IsEmpty) return false;
        }

        return true;
    }

    /// <summary>True for the same strength: without blanks, decimal point or comma, letters in any case.</summary>
    public static bool SameStrength(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.SequenceEqual(b)) return true;
        int i = 0;
        int j = 0;
        while (true)
        {
            int first = Next(a, ref i);
            int second = Next(b, ref j);
            if (first != second) return false;
            if (first < 0) return true;
        }
    }

    private static int Next(ReadOnlySpan<byte> text, ref int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
            if (at == text.Length) return -1;
        }

        if (at >= text.Length) return -1;
        byte b = text[at++];
        return b switch
        {
            (byte)',' => '.',
            >= (byte)'A' and <= (byte)'Z' => b + 32,
            _ => b,
        };
    }

    private static string Fold(ReadOnlySpan<byte> utf8, bool brackets)
    {
        string text = Encoding.UTF8.GetString(utf8).Normalize();
        var folded = new StringBuilder(text.Length);
        int depth = 0;
        foreach (char letter in text)
        {
            if (!brackets && letter == '[') depth++;
            if (depth == 0)
            {
                if (!char.IsWhiteSpace(letter)) folded.Append(char.ToLowerInvariant(letter));
                else if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
            }

            if (letter == ']' && depth > 0) depth--;
        }

        return folded.ToString().TrimEnd();
    }
}
