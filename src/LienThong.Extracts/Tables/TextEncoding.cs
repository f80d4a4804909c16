using System.Text;
using System.Text.Unicode;
using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>Finds the encoding of a text file from its first bytes: UTF-8, UTF-16, or Windows-1258, in which old Vietnamese systems export.</summary>
internal static class TextEncoding
{
    // Letters that Vietnamese has beside those of ASCII, with every tone.
    private const string Letters = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";

    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding; null for UTF-8 and for whatever a byte-order mark says.</summary>
    /// <param name="head">The first bytes of the file.</param>
    /// <param name="file">Name of the file, for the message.</param>
    /// <exception cref="UnreadableExtractException">It isn't text, or in an encoding that can't be told for sure.</exception>
    public static Encoding? Find(ReadOnlySpan<byte> head, string file)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return null;
        if (head is [not 0, 0, not 0, 0, ..]) return Encoding.Unicode;
        if (head.Contains((byte)0)) throw Unreadable("Tệp không phải văn bản CSV.", "Xuất lại dạng CSV (UTF-8) hoặc Excel .xlsx.", file);
        if (Utf8.IsValid(Whole(head))) return null;
        Encoding old = Named("windows-1258", file);
        return IsVietnamese(old.GetString(head)) ? old
            : throw Unreadable("Không nhận ra bảng mã của tệp (không phải UTF-8, UTF-16, Windows-1258; có thể là TCVN3 hoặc VNI).", "Xuất lại dạng CSV UTF-8.", file);
    }

    /// <summary>An encoding by the name a mapping gives it.</summary>
    /// <exception cref="UnreadableExtractException">There is none of it.</exception>
    public static Encoding Named(string name, string file)
    {
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            throw Unreadable($"Không có bảng mã «{ExtractProblem.Shown(name)}».", "Ghi utf-8, utf-16 hoặc windows-1258.", file);
        }
    }

    // The head may end inside a character.
    private static ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> head)
    {
        int end = head.Length;
        while (end > 0 && head.Length - end < 4 && (head[end - 1] & 0xC0) == 0x80) end--;
        return end > 0 && head[end - 1] >= 0xC0 && head.Length - end < Follow(head[end - 1]) ? head[..(end - 1)] : head;
    }

    private static int Follow(byte lead) => lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;

    // TCVN3 and VNI give letters in this encoding that Vietnamese doesn't have, and never a letter with a tone behind it.
    private static bool IsVietnamese(string text)
    {
        string composed = text.Normalize();
        if (composed.Length == text.Length) return false;
        foreach (char c in composed)
        {
            if (c > 127 && char.IsLetter(c) && !Letters.Contains(char.ToLowerInvariant(c), StringComparison.Ordinal)) return false;
        }

        return true;
    }

    private static UnreadableExtractException Unreadable(string message, string fix, string file) =>
        new(new ExtractProblem(ExtractCodes.Unreadable, Severity.Block, message, fix, file));
}
