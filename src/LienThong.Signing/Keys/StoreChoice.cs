using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing;

/// <summary>Which certificate of a store is meant: pure, so that it can be tested anywhere.</summary>
internal static class StoreChoice
{
    private const int Sha1Digits = 40;
    private const int Sha256Digits = 64;

    /// <summary>What is wrong with the settings, in Vietnamese; null when they name a certificate.</summary>
    internal static string? Complaint(KeyPlace.Windows place)
    {
        string serial = CertificateRules.Hexadecimal(place.Serial ?? "");
        string thumbprint = CertificateRules.Hexadecimal(place.Thumbprint ?? "");
        if (serial.Length == 0 && thumbprint.Length == 0) return "Chưa khai báo chứng thư; hãy nhập số sê-ri hoặc dấu vân tay (thumbprint) của chứng thư.";
        if (!serial.All(char.IsAsciiHexDigit)) return $"Số sê-ri «{place.Serial}» không phải số hệ 16; hãy chép lại từ chứng thư.";
        return thumbprint.Length is 0 or Sha1Digits or Sha256Digits && thumbprint.All(char.IsAsciiHexDigit) ? null
            : $"Dấu vân tay «{place.Thumbprint}» phải là 40 (SHA-1) hoặc 64 (SHA-256) chữ số hệ 16; hãy chép lại từ chứng thư.";
    }

    /// <summary>The certificate meant: serial and thumbprint both fit where both are given. Of several, such with a key go before such without, valid ones before others, later ends before earlier.</summary>
    /// <returns>The certificate, or a Vietnamese sentence when none fits or two are equally good.</returns>
    internal static (X509Certificate2? Certificate, string Message) Pick(IEnumerable<X509Certificate2> store, KeyPlace.Windows place, DateTimeOffset now)
    {
        List<X509Certificate2> fitting = [.. store.Where(c => Fits(c, place))
            .OrderByDescending(static c => c.HasPrivateKey)
            .ThenByDescending(c => ValidAt(c, now))
            .ThenByDescending(static c => c.NotAfter)
            .ThenBy(static c => Thumbprint(c), StringComparer.Ordinal)];
        if (fitting.Count == 0) return (null, $"Không thấy chứng thư {Name(place)} trong kho của tài khoản chạy dịch vụ và của máy; hãy cắm thiết bị ký hoặc cài chứng thư vào kho.");
        if (fitting.Count > 1 && Thumbprint(fitting[0]) != Thumbprint(fitting[1]) && Rank(fitting[0], now) == Rank(fitting[1], now))
            return (null, $"Có nhiều chứng thư {Name(place)} dùng được trong kho; hãy khai báo dấu vân tay (thumbprint): {string.Join(", ", fitting.Take(3).Select(Thumbprint).Distinct(StringComparer.Ordinal))}.");
        return (fitting[0], "");
    }

    private static bool Fits(X509Certificate2 certificate, KeyPlace.Windows place)
    {
        string thumbprint = CertificateRules.Hexadecimal(place.Thumbprint ?? "");
        if (thumbprint.Length > 0)
        {
            string own = certificate.GetCertHashString(thumbprint.Length == Sha256Digits ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
            if (!string.Equals(own, thumbprint, StringComparison.Ordinal)) return false;
        }

        return string.IsNullOrEmpty(place.Serial) || CertificateRules.SameSerial(place.Serial, certificate.SerialNumber);
    }

    // Two of one serial can only be told apart by a person when neither has a key the other lacks and both are valid.
    private static (bool, bool) Rank(X509Certificate2 certificate, DateTimeOffset now) => (certificate.HasPrivateKey, ValidAt(certificate, now));

    private static bool ValidAt(X509Certificate2 certificate, DateTimeOffset now) =>
        CertificateRules.Dates(CertificateRules.NotBefore(certificate), CertificateRules.NotAfter(certificate), now) == SignatureFault.None;

    private static string Thumbprint(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA1);

    private static string Name(KeyPlace.Windows place) => string.IsNullOrEmpty(place.Serial)
        ? string.Create(CultureInfo.InvariantCulture, $"có dấu vân tay {CertificateRules.Hexadecimal(place.Thumbprint ?? "")}")
        : string.Create(CultureInfo.InvariantCulture, $"số sê-ri {CertificateRules.Hexadecimal(place.Serial)}");
}
