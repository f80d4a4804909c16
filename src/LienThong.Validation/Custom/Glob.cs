using System.Text;
using LienThong.Standard;

namespace LienThong.Validation.Custom;

/// <summary>A pattern of <c>like</c>: <c>*</c> stands for any characters, <c>?</c> for one byte (one character of a code), the rest for itself.</summary>
internal sealed class Glob(string pattern)
{
    /// <summary>Most characters of a pattern.</summary>
    public const int MostCharacters = 100;

    private readonly byte[] pattern = Encoding.UTF8.GetBytes(pattern.Normalize(NormalizationForm.FormC));

    /// <summary>Whether the whole text matches; malformed when the steps run out. Goes back to the last star only, so that the work is at most text × pattern.</summary>
    public Read<bool> Matches(ReadOnlySpan<byte> text, Scope scope)
    {
        int at = 0, sign = 0, star = -1, resume = 0;
        while (at < text.Length)
        {
            if (!scope.Spend(1)) return Read<bool>.Malformed;
            if (sign < pattern.Length && pattern[sign] == '*')
            {
                star = sign++;
                resume = at;
            }
            else if (sign < pattern.Length && (pattern[sign] == '?' || pattern[sign] == text[at]))
            {
                sign++;
                at++;
            }
            else if (star >= 0)
            {
                sign = star + 1;
                at = ++resume;
            }
            else
            {
                return Read<bool>.Of(false);
            }
        }

        while (sign < pattern.Length && pattern[sign] == '*') sign++;
        return Read<bool>.Of(sign == pattern.Length);
    }
}
