using System.Text;

namespace LienThong.Standard;

/// <summary>Decodes the five named entities, numeric references and line ends of XML text.</summary>
internal static class Escapes
{
    /// <summary>Decodes into <paramref name="output"/> (never longer than the text); -1 when the text isn't well-formed.</summary>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> output)
    {
        int written = 0;
        for (int at = 0; at < text.Length;)
        {
            byte b = text[at];
            if (b == '\r')
            {
                // XML reads every line end as a line feed.
                output[written++] = (byte)'\n';
                at += at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
            }
            else if (b != '&')
            {
                output[written++] = b;
                at++;
            }
            else
            {
                int end = text[at..].IndexOf((byte)';');
                if (end < 2 || !Character(text.Slice(at + 1, end - 1), out Rune rune)) return -1;
                written += rune.EncodeToUtf8(output[written..]);
                at += end + 1;
            }
        }

        return written;
    }

    private static bool Character(ReadOnlySpan<byte> name, out Rune rune)
    {
        char named = name switch
        {
            _ when name.SequenceEqual("amp"u8) => '&',
            _ when name.SequenceEqual("lt"u8) => '<',
            _ when name.SequenceEqual("gt"u8) => '>',
            _ when name.SequenceEqual("quot"u8) => '"',
            _ when name.SequenceEqual("apos"u8) => '\'',
            _ => '\0',
        };
        if (named != 0)
        {
            rune = new Rune(named);
            return true;
        }

        rune = default;
        if (name.Length < 2 || name[0] != '#') return false;
        bool hex = name[1] == 'x';
        ReadOnlySpan<byte> digits = name[(hex ? 2 : 1)..];
        if (digits.IsEmpty || digits.Length > 8) return false;
        int code = 0;
        foreach (byte b in digits)
        {
            int digit = char.IsAsciiDigit((char)b) ? b - '0' : hex && char.IsAsciiHexDigit((char)b) ? (b | 0x20) - 'a' + 10 : -1;
            if (digit < 0) return false;
            code = (code * (hex ? 16 : 10)) + digit;
            if (code > 0x10FFFF) return false;
        }

        bool allowed = code is 9 or 10 or 13 or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or >= 0x10000;
        if (allowed) rune = new Rune(code);
        return allowed;
    }
}
