using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing;

/// <summary>Keys from PKCS#12 files (<c>.pfx</c>, <c>.p12</c>): tests and small clinics. The password lives apart from the file.</summary>
public static class PfxKeySource
{
    private const int MaxBytes = 1024 * 1024;
    private const int WrongPasswordHResult = unchecked((int)0x80070056);

    /// <summary>Loads the certificate that has a private key. Never throws for what the file or the password can cause.</summary>
    /// <param name="pfx">The file's bytes, at most 1 MiB.</param>
    /// <param name="password">The password; empty when the file has none.</param>
    public static KeyLoad Load(byte[] pfx, string password)
    {
        ArgumentNullException.ThrowIfNull(pfx);
        if (pfx.Length > MaxBytes) return Unreadable();
        try
        {
            // Ephemeral: the key never touches the disk or a user's key store. Not on macOS, which has no such thing.
            X509KeyStorageFlags flags = OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;
            return RsaKeySource.From(X509CertificateLoader.LoadPkcs12(pfx, password, flags));
        }
        catch (CryptographicException e) when (e.HResult == WrongPasswordHResult)
        {
            return KeyLoad.Failed(SignatureFault.WrongPassword, "Mật khẩu của tệp khóa không đúng; hãy kiểm tra rồi nhập lại.");
        }
        catch (CryptographicException)
        {
            return Unreadable();
        }
    }

    private static KeyLoad Unreadable() =>
        KeyLoad.Failed(SignatureFault.Certificate, "Không đọc được tệp khóa PFX; hãy xuất lại chứng thư kèm khóa.");
}
