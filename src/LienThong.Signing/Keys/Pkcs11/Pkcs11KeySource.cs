using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing;

/// <summary>Keys on USB tokens and HSMs (Linux), through whatever PKCS#11 modules p11-kit knows. The key never leaves the token.</summary>
public static class Pkcs11KeySource
{
    /// <summary>Opens the key. A wrong PIN costs exactly one try; a PIN that can't be one costs none. Never throws for what settings, token or PIN can cause.</summary>
    /// <param name="place">Which token, key and certificate; its <see cref="KeyPlace.Complaint"/> must be null.</param>
    /// <param name="pin">The user PIN. While another key of this process is open on the same token, the token doesn't ask for it, so it isn't proven.</param>
    /// <returns>
    /// The key, or <see cref="SignatureFault.KeyUnavailable"/> (p11-kit not installed, token not plugged in or not answering), <see cref="SignatureFault.WrongPassword"/> (PIN wrong,
    /// blocked or with one try left), <see cref="SignatureFault.NoPrivateKey"/> (no such key on the token, certificate of another key), <see cref="SignatureFault.Certificate"/>.
    /// </returns>
    public static KeyLoad Load(KeyPlace.Pkcs11 place, string pin)
    {
        if (!OperatingSystem.IsLinux())
            return KeyLoad.Failed(SignatureFault.KeyUnavailable, "Thiết bị ký qua PKCS#11 chỉ dùng được trên Linux; trên Windows hãy khai báo chứng thư trong kho Windows.");
        if (pin.Length == 0 || pin.Contains('\0', StringComparison.Ordinal))
            return KeyLoad.Failed(SignatureFault.WrongPassword, "Chưa nhập mã PIN của thiết bị ký; hãy nhập mã PIN.");
        Cryptoki? cryptoki = Cryptoki.Take();
        if (cryptoki is null)
            return KeyLoad.Failed(SignatureFault.KeyUnavailable, "Máy chưa có p11-kit để dùng thiết bị ký; hãy cài gói libp11-kit0 và phần mềm (mô-đun PKCS#11) của thiết bị ký.");
        KeyLoad load = Load(cryptoki, place, pin);
        if (!load.Ok) cryptoki.Dispose();
        return load;
    }

    /// <summary>The bytes of a hexadecimal id (blanks and colons allowed); null when it is none.</summary>
    internal static byte[]? IdOf(string hexadecimal)
    {
        string digits = hexadecimal.Replace(" ", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal);
        if (digits.Length % 2 != 0) digits = "0" + digits;
        return digits.Length is > 0 and <= 128 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }

    private static KeyLoad Load(Cryptoki cryptoki, KeyPlace.Pkcs11 place, string pin)
    {
        (Token? token, KeyLoad? failure) = Find(cryptoki, place);
        if (token is null) return failure!;
        TokenSession? session = TokenSession.Open(cryptoki, token, out nuint code);
        if (session is null) return TokenFaults.Explain(code, token);
        code = token.NeedsPin ? session.Login(pin) : Cryptoki.Ok;
        if (code is not (Cryptoki.Ok or Cryptoki.AlreadyLoggedIn)) return TokenFaults.Explain(code, token);
        try
        {
            return Open(cryptoki, session, token, place);
        }
        catch (CryptographicException)
        {
            return KeyLoad.Failed(SignatureFault.KeyUnavailable, $"Thiết bị ký «{token.Label}» vừa bị rút hoặc không trả lời; hãy cắm lại, hệ thống sẽ tự thử lại.");
        }
    }

    private static (Token? Token, KeyLoad? Failure) Find(Cryptoki cryptoki, KeyPlace.Pkcs11 place)
    {
        List<Token> tokens = Token.Present(cryptoki);
        List<Token> fitting = tokens.FindAll(t => Fits(place.Token, t.Label) && Fits(place.TokenSerial, t.Serial));
        string name = string.IsNullOrEmpty(place.Token) ? $"số sê-ri {place.TokenSerial}" : $"«{place.Token}»";
        if (fitting.Count == 0)
        {
            string seen = string.Join(", ", tokens.Where(static t => t.NeedsPin).Take(5).Select(static t => $"«{t.Label}» (số sê-ri {t.Serial})"));
            return (null, KeyLoad.Failed(SignatureFault.KeyUnavailable, $"Chưa thấy thiết bị ký {name}; hãy cắm thiết bị, hệ thống sẽ tự ký tiếp. Đang thấy: {(seen.Length == 0 ? "không có thiết bị nào" : seen)}."));
        }

        if (fitting.Count > 1)
            return (null, KeyLoad.Failed(SignatureFault.NoPrivateKey, $"Có {fitting.Count} thiết bị ký cùng tên {name}; hãy khai báo thêm số sê-ri của thiết bị."));
        return TokenFaults.Unsafe(fitting[0]) is { } untried ? (null, untried) : (fitting[0], null);
    }

    private static bool Fits(string? wanted, string found) => string.IsNullOrEmpty(wanted) || string.Equals(wanted.TrimEnd(), found, StringComparison.Ordinal);

    private static KeyLoad Open(Cryptoki cryptoki, TokenSession session, Token token, KeyPlace.Pkcs11 place)
    {
        string? label = string.IsNullOrEmpty(place.Object) ? null : place.Object;
        List<nuint> keys = session.Keys(label, string.IsNullOrEmpty(place.ObjectId) ? null : IdOf(place.ObjectId));
        string name = string.Join(", ", new[] { label is null ? "" : $"«{label}»", string.IsNullOrEmpty(place.ObjectId) ? "" : $"ID {place.ObjectId}" }.Where(static t => t.Length > 0));
        if (keys.Count == 0) return KeyLoad.Failed(SignatureFault.NoPrivateKey, $"Thiết bị ký «{token.Label}» không có khóa {name}; hãy kiểm tra nhãn hoặc ID của khóa.");
        if (keys.Count > 1) return KeyLoad.Failed(SignatureFault.NoPrivateKey, $"Thiết bị ký «{token.Label}» có {keys.Count} khóa {name}; hãy khai báo cả nhãn và ID của khóa.");
        if (session.AsksAlways(keys[0])) return KeyLoad.Failed(SignatureFault.NoPrivateKey, $"Khóa {name} trên thiết bị ký «{token.Label}» đòi PIN cho từng chữ ký nên không ký tự động được; hãy dùng chứng thư khác.");
        byte[]? file = place.Certificate ?? session.Certificate(keys[0]);
        if (file is null) return KeyLoad.Failed(SignatureFault.Certificate, $"Không thấy chứng thư của khóa {name} trên thiết bị ký «{token.Label}»; hãy khai báo tệp chứng thư (PEM hoặc DER).");
        X509Certificate2? certificate = CertificateFile.Parse(file);
        if (certificate is null) return KeyLoad.Failed(SignatureFault.Certificate, "Không đọc được chứng thư của thiết bị ký; hãy khai báo tệp chứng thư (PEM hoặc DER).");
        return KeyProof.Of(new TokenKey(certificate, cryptoki, session, keys[0]), _ => KeyLoad.Failed(SignatureFault.KeyUnavailable,
            $"Khóa {name} trên thiết bị ký «{token.Label}» không ký được (cần khóa RSA); nếu vừa rút thiết bị thì hãy cắm lại, hệ thống sẽ tự thử lại."));
    }
}
