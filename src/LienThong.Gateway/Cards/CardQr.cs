using System.Text;

namespace LienThong.Gateway.Cards;

/// <summary>What a QR code tells of a person; texts as they stand there, empty when not told.</summary>
/// <param name="Number">Citizen number, or card number of 15 or 10 characters.</param>
/// <param name="Name">Name.</param>
/// <param name="Birth">Birth date.</param>
internal sealed record CardQrText(string Number, string Name, string Birth);

/// <summary>Reads the text of the QR codes on citizen cards and insurance cards.</summary>
/// <remarks>
/// Citizen card: <c>CCCD|CMND|Họ tên|ddMMyyyy|Giới tính|Địa chỉ|ngày cấp</c>, newer ones with more fields behind. Insurance card (paper and VssID):
/// <c>mã thẻ|họ tên|ngày sinh|giới tính|địa chỉ|nơi ĐKBĐ|từ ngày|…|$</c>, name and address as hexadecimal UTF-8. No official description of the second
/// one is published; its first three fields are as readers in use take them, and nothing behind them is used.
/// </remarks>
internal static class CardQr
{
    /// <summary>Longest text taken, in characters.</summary>
    public const int Longest = 2000;

    /// <summary>Whether a text is meant as a QR code rather than typed.</summary>
    public static bool IsQr(string text) => text.Contains('|', StringComparison.Ordinal);

    /// <summary>Reads a QR text; null when it is neither of the two.</summary>
    public static CardQrText? Read(string text)
    {
        if (text.Length > Longest)
            return null;
        string[] parts = [.. text.Trim('\uFEFF', '\r', '\n', '\t', ' ', '$').Split('|').Select(static p => p.Trim())];
        string number = string.Concat(parts[0].Where(static c => !char.IsWhiteSpace(c))).ToUpperInvariant();
        return number.Length switch
        {
            12 when IsDigits(number) => Citizen(number, parts),
            15 or 10 when parts.Length >= 3 => new CardQrText(number, Hex(parts[1]), parts[2]),
            _ => null,
        };
    }

    // Some readers leave out the empty field of the old identity number.
    private static CardQrText? Citizen(string number, string[] parts)
    {
        int name = parts.Length >= 2 && parts[1].Any(char.IsLetter) ? 1 : 2;
        return parts.Length > name + 1 ? new CardQrText(number, parts[name], parts[name + 1]) : null;
    }

    private static string Hex(string text)
    {
        if (text.Length < 4 || text.Length % 2 != 0 || !text.All(char.IsAsciiHexDigit))
            return text;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromHexString(text));
        }
        catch (DecoderFallbackException)
        {
            return text;
        }
    }

    private static bool IsDigits(string text) => text.All(char.IsAsciiDigit);
}
