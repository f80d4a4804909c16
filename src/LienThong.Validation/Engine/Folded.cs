using System.Globalization;
using System.Text;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Vietnamese text without accents and case, words separated by single spaces. Allocates: for rare texts only.</summary>
internal static class Folded
{
    public static bool Contains(Value value, string words) => Of(value.Text).Contains(words, StringComparison.Ordinal);

    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (char letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark) continue;
            char plain = letter is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(letter);
            folded.Append(char.IsLetterOrDigit(plain) ? plain : ' ');
        }

        return string.Join(' ', folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
