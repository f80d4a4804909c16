using System.Globalization;
using System.Text;

namespace LienThong.Extracts;

/// <summary>Names as hospitals write them: with or without accents, blanks, underscores, in any case.</summary>
public static class FoldedName
{
    /// <summary>What two spellings of a name have in common: «Mã_thuốc», «MA THUOC» and «ma.thuoc» are <c>MATHUOC</c>.</summary>
    public static string Of(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (char c in name.Normalize(NormalizationForm.FormD))
        {
            if (c is 'đ' or 'Đ') folded.Append('D');
            else if (char.IsAsciiLetterOrDigit(c)) folded.Append(char.ToUpperInvariant(c));
            else if (c == '#' || (char.IsLetter(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)) folded.Append(c);
        }

        return folded.ToString();
    }

    /// <summary>The same for the name of a file, sheet or query: without folder and the ending of a table's file.</summary>
    public static string FileName(string name)
    {
        string last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        foreach (string ending in (ReadOnlySpan<string>)[".csv", ".txt", ".tsv"])
        {
            if (last.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) last = last[..^ending.Length];
        }

        return Of(last);
    }
}
