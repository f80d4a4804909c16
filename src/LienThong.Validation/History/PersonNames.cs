using System.Globalization;
using System.Text;

namespace LienThong.Validation;

/// <summary>Names of people as they are compared.</summary>
public static class PersonNames
{
    /// <summary>NFC, capitals, single blanks: equal exactly when the names are written the same.</summary>
    public static string Plain(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Join(' ', name.Normalize(NormalizationForm.FormC).ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>As <see cref="Plain"/>, without accents: only a hint that two names may be one.</summary>
    public static string Bare(string name)
    {
        string parts = Plain(name).Normalize(NormalizationForm.FormD);
        var bare = new StringBuilder(parts.Length);
        foreach (char c in parts)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) bare.Append(c == 'Đ' ? 'D' : c);
        }

        return bare.ToString();
    }
}
