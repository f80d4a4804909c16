using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LienThong.Standard;

namespace LienThong.Signing;

/// <summary>What a certificate must be for signing and for verifying: RSA of 2048 bits or more, within its dates, allowed to sign.</summary>
internal static class CertificateRules
{
    internal const int MinBits = 2048;
    internal const int MaxBits = 8192;

    /// <summary><see cref="SignatureFault.Certificate"/> when the key isn't RSA, <see cref="SignatureFault.WeakKey"/> when its size is out of bounds.</summary>
    internal static SignatureFault Rsa(X509Certificate2 certificate)
    {
        using RSA? key = certificate.GetRSAPublicKey();
        return Rsa(key);
    }

    internal static SignatureFault Rsa(RSA? key)
    {
        if (key is null) return SignatureFault.Certificate;
        return key.KeySize is < MinBits or > MaxBits ? SignatureFault.WeakKey : SignatureFault.None;
    }

    internal static SignatureFault Dates(DateTimeOffset notBefore, DateTimeOffset notAfter, DateTimeOffset at)
    {
        if (at < notBefore) return SignatureFault.NotYetValid;
        return at > notAfter ? SignatureFault.Expired : SignatureFault.None;
    }

    internal static DateTimeOffset NotBefore(X509Certificate2 certificate) => new(certificate.NotBefore.ToUniversalTime());

    internal static DateTimeOffset NotAfter(X509Certificate2 certificate) => new(certificate.NotAfter.ToUniversalTime());

    /// <summary>A certificate without the extension may do everything (RFC 5280 §4.2.1.3).</summary>
    internal static SignatureFault Usage(X509Certificate2 certificate)
    {
        const X509KeyUsageFlags Signing = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation;
        foreach (X509Extension extension in certificate.Extensions)
        {
            if (extension is X509KeyUsageExtension usage && (usage.KeyUsages & Signing) == X509KeyUsageFlags.None) return SignatureFault.KeyUsage;
        }

        return SignatureFault.None;
    }

    /// <summary>Serials are compared as hexadecimal numbers: case, blanks, colons and leading zeros don't matter.</summary>
    internal static bool SameSerial(string left, string right) =>
        string.Equals(left, right, StringComparison.Ordinal) || string.Equals(Normalise(left), Normalise(right), StringComparison.Ordinal);

    internal static string Message(SignatureFault fault, X509Certificate2 certificate) => fault switch
    {
        SignatureFault.Certificate => "Chứng thư không dùng khóa RSA; hãy dùng chứng thư RSA từ 2048 bit.",
        SignatureFault.WeakKey => "Khóa RSA của chứng thư không nằm trong khoảng 2048–8192 bit; hãy dùng chứng thư khác.",
        SignatureFault.Expired => $"Chứng thư đã hết hạn ngày {Day(certificate.NotAfter)}; hãy gia hạn và đăng ký chứng thư mới.",
        SignatureFault.NotYetValid => $"Chứng thư chỉ có hiệu lực từ ngày {Day(certificate.NotBefore)}.",
        SignatureFault.KeyUsage => "Chứng thư không được cấp để ký số (thiếu digitalSignature); hãy dùng chứng thư ký.",
        SignatureFault.NotRegistered => $"Số sê-ri {certificate.SerialNumber} không phải chứng thư đã đăng ký; hãy đăng ký trên cổng hoặc chọn đúng chứng thư.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Not a fault of a certificate."),
    };

    private static string Day(DateTime local) =>
        new DateTimeOffset(local.ToUniversalTime()).InVietnam().ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>A serial or thumbprint as people copy it: blanks, colons, hyphens and invisible characters (Windows puts one in front) taken out, upper case. Not checked to be hexadecimal.</summary>
    internal static string Hexadecimal(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    private static string Normalise(string serial) => Hexadecimal(serial).TrimStart('0');
}
