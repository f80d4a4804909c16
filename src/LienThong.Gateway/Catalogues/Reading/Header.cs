using System.Globalization;
using System.Text;

namespace LienThong.Gateway.Catalogues;

/// <summary>Headers as hospitals write them: with or without accents, blanks, underscores, in any case.</summary>
internal static class Header
{
    /// <summary>What two spellings of one header have in common: «Mã_thuốc», «MA THUOC» and «ma.thuoc» are <c>MATHUOC</c>.</summary>
    public static string Fold(string header)
    {
        StringBuilder folded = new(header.Length);
        foreach (char c in header.Normalize(NormalizationForm.FormD))
        {
            if (c is 'đ' or 'Đ')
                folded.Append('D');
            else if (char.IsAsciiLetterOrDigit(c))
                folded.Append(char.ToUpperInvariant(c));
            else if (c == '#' || (char.IsLetter(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark))
                folded.Append(c);
        }
        return folded.ToString();
    }
}
