using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LienThong.Gateway.Access;

/// <summary>Codes of authenticator apps: RFC 6238 with HMAC-SHA1, steps of 30 seconds, six digits. Pure.</summary>
public static class Totp
{
    /// <summary>Length of a code in digits.</summary>
    public const int Digits = 6;

    private const int StepSeconds = 30;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A new secret of 160 bits.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(20);

    /// <summary>The step a moment lies in.</summary>
    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "What RFC 6238 says and every authenticator app knows; as a keyed hash SHA-1 isn't broken.")]
    public static string CodeAt(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, mac);
        int number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code was typed, of the present one and its two neighbours (clocks differ); null when it is none, or not after the last one used.</summary>
    public static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset at, long lastUsed)
    {
        byte[] typed = Encoding.UTF8.GetBytes(code);
        long now = StepAt(at);
        long? found = null;
        for (long step = now - 1; step <= now + 1; step++)
        {
            // All three are computed and compared in constant time.
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeAt(secret, step)), typed) && step > lastUsed)
                found = step;
        }
        return found;
    }

    /// <summary>The secret as people type it into an app: Base32 without padding.</summary>
    public static string Base32(ReadOnlySpan<byte> secret)
    {
        StringBuilder text = new();
        int bits = 0, held = 0;
        foreach (byte b in secret)
        {
            held = (held << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5)
                text.Append(Alphabet[(held >> (bits - 5)) & 31]);
            held &= (1 << bits) - 1;
        }
        if (bits > 0)
            text.Append(Alphabet[(held << (5 - bits)) & 31]);
        return text.ToString();
    }

    /// <summary>The address an app reads from the QR code.</summary>
    public static string Address(ReadOnlySpan<byte> secret, string user) =>
        $"otpauth://totp/LienThong:{Uri.EscapeDataString(user)}?secret={Base32(secret)}&issuer=LienThong&algorithm=SHA1&digits={Digits}&period={StepSeconds}";
}
