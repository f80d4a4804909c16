using System.Security.Cryptography;
using System.Text;

namespace LienThong.Gateway.Access;

/// <summary>Random texts that open doors, and the hashes under which they are stored.</summary>
internal static class SecretTexts
{
    // Without letters and digits that are mistaken for each other: people type them from paper and terminals.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>A session token: 256 bits.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>A password of 79 bits.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetString(Letters, 16);

    /// <summary>A recovery code of 79 bits, in groups.</summary>
    public static string NewRecoveryCode() => string.Join('-', NewPassword().Chunk(4).Select(c => new string(c)));

    /// <summary>Hash of a token.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Hash of a recovery code of a user, however it is typed.</summary>
    public static string HashOfCode(string userId, string code) => HashOf(userId + " " + string.Concat(code.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)));
}
