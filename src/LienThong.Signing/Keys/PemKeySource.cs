using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing;

/// <summary>Keys from PEM text: a certificate and its private key (PKCS#1, PKCS#8 or encrypted PKCS#8).</summary>
public static class PemKeySource
{
    private const string EncryptedLabel = "ENCRYPTED PRIVATE KEY";

    /// <summary>Loads the first certificate of <paramref name="certificatePem"/> with the key of <paramref name="keyPem"/>. Never throws for what the texts can cause.</summary>
    /// <param name="certificatePem">PEM text with the end certificate first.</param>
    /// <param name="keyPem">PEM text with the private key; may be the same text.</param>
    /// <param name="password">Password of an encrypted key; null for a plain one.</param>
    public static KeyLoad Load(string certificatePem, string keyPem, string? password = null)
    {
        bool encrypted = keyPem.Contains(EncryptedLabel, StringComparison.Ordinal);
        if (encrypted && string.IsNullOrEmpty(password))
            return KeyLoad.Failed(SignatureFault.WrongPassword, "Khóa PEM có mật khẩu; hãy nhập mật khẩu.");
        try
        {
            return RsaKeySource.From(encrypted
                ? X509Certificate2.CreateFromEncryptedPem(certificatePem, keyPem, password)
                : X509Certificate2.CreateFromPem(certificatePem, keyPem));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return Explain(certificatePem, keyPem, encrypted);
        }
    }

    // The framework throws one exception type for three situations that need different remedies.
    private static KeyLoad Explain(string certificatePem, string keyPem, bool encrypted)
    {
        if (!certificatePem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal))
            return KeyLoad.Failed(SignatureFault.Certificate, "Tệp PEM không có chứng thư.");
        if (!keyPem.Contains("PRIVATE KEY", StringComparison.Ordinal))
            return KeyLoad.Failed(SignatureFault.NoPrivateKey, "Tệp PEM không có khóa bí mật.");
        if (!encrypted && BothRsa(certificatePem, keyPem))
            return KeyLoad.Failed(SignatureFault.NoPrivateKey, "Khóa bí mật không thuộc chứng thư này; hãy chọn đúng cặp tệp.");
        return encrypted
            ? KeyLoad.Failed(SignatureFault.WrongPassword, "Mật khẩu của khóa PEM không đúng; hãy kiểm tra rồi nhập lại.")
            : KeyLoad.Failed(SignatureFault.Certificate, "Không đọc được tệp khóa PEM (cần chứng thư RSA và khóa của nó).");
    }

    private static bool BothRsa(string certificatePem, string keyPem)
    {
        try
        {
            using RSA key = RSA.Create();
            key.ImportFromPem(keyPem);
            using X509Certificate2 certificate = X509Certificate2.CreateFromPem(certificatePem);
            return CertificateRules.Rsa(certificate) == SignatureFault.None;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
