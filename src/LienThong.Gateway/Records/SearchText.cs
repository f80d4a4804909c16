using System.Text;

namespace LienThong.Gateway.Records;

/// <summary>Text for searching names: lower case, without Vietnamese accents, single blanks.</summary>
public static class SearchText
{
    private const string Accented =
        "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";
    private const string Plain =
        "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd";

    /// <summary>Folds composed and decomposed letters alike: <c>Nguyễn Thị Đào</c> becomes <c>nguyen thi dao</c>.</summary>
    public static string Fold(string text)
    {
        StringBuilder folded = new(text.Length);
        bool gap = false;
        foreach (char c in text)
        {
            // Combining marks of decomposed letters (grave, acute, circumflex, breve, horn, hook, tilde, dot below).
            if (c is >= '\u0300' and <= '\u036f')
                continue;
            if (char.IsWhiteSpace(c))
            {
                gap = folded.Length > 0;
                continue;
            }
            if (gap)
                folded.Append(' ');
            gap = false;
            char lower = char.ToLowerInvariant(c);
            int at = lower < 0x80 ? -1 : Accented.IndexOf(lower);
            folded.Append(at < 0 ? lower : Plain[at]);
        }
        return folded.ToString();
    }
}
