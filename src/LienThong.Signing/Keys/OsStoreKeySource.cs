using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LienThong.Signing;

/// <summary>Keys of the Windows certificate store: USB tokens whose driver puts their certificate there. Nothing ever asks on the screen, where nobody would answer.</summary>
public static class OsStoreKeySource
{
    /// <summary>Opens the key of a certificate in <c>My</c>, the current user's store first, then the machine's. Never throws for what store or token can cause.</summary>
    /// <param name="place">Which certificate; its <see cref="KeyPlace.Complaint"/> must be null.</param>
    /// <param name="pin">PIN of the token; null or empty when the key needs none.</param>
    /// <param name="now">Of several certificates, such as are valid now are taken.</param>
    public static KeyLoad Load(KeyPlace.Windows place, string? pin, DateTimeOffset now)
    {
        if (!OperatingSystem.IsWindows())
            return KeyLoad.Failed(SignatureFault.KeyUnavailable, "Kho chứng thư Windows chỉ có trên Windows; trên Linux hãy khai báo thiết bị ký qua PKCS#11.");
        string message = "";
        foreach (StoreLocation location in new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine })
        {
            (X509Certificate2? certificate, message) = Find(location, place, now);
            if (certificate is not null) return Open(certificate, pin);
        }

        return KeyLoad.Failed(SignatureFault.NoPrivateKey, message);
    }

    private static (X509Certificate2? Certificate, string Message) Find(StoreLocation location, KeyPlace.Windows place, DateTimeOffset now)
    {
        try
        {
            using X509Store store = new(StoreName.My, location);
            store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            X509Certificate2Collection all = store.Certificates;
            (X509Certificate2? found, string message) = StoreChoice.Pick(all, place, now);
            foreach (X509Certificate2 other in all)
            {
                if (!ReferenceEquals(other, found)) other.Dispose();
            }

            return (found, message);
        }
        catch (CryptographicException)
        {
            return (null, "Không mở được kho chứng thư Windows; hãy kiểm tra quyền của tài khoản chạy dịch vụ.");
        }
    }

    [SupportedOSPlatform("windows")]
    private static KeyLoad Open(X509Certificate2 certificate, string? pin)
    {
        RSA? found = null;
        try
        {
            found = certificate.GetRSAPrivateKey();
            if (found is RSACng cng) return KeyProof.Of(new RsaKeySource(certificate, Silent(cng, pin)), static e => SmartCardFaults.Explain(e.HResult));
            certificate.Dispose();
            return KeyLoad.Failed(SignatureFault.NoPrivateKey, found is null
                ? "Chứng thư trong kho không có khóa bí mật RSA; hãy cắm thiết bị ký hoặc cài lại chứng thư kèm khóa."
                : "Khóa dùng trình điều khiển CSP cũ, không giao PIN được; hãy cài phần mềm thiết bị ký bản hỗ trợ CNG (KSP).");
        }
        catch (CryptographicException e)
        {
            certificate.Dispose();
            return SmartCardFaults.Explain(e.HResult);
        }
        finally
        {
            found?.Dispose();
        }
    }

    // Opened again by name, because only opening takes the flag that forbids dialogs.
    [SupportedOSPlatform("windows")]
    private static RSACng Silent(RSACng found, string? pin)
    {
        CngKey shown = found.Key;
        if (shown.KeyName is null || shown.Provider is null) return new RSACng(shown); // an ephemeral key, which has no PIN
        CngKeyOpenOptions options = CngKeyOpenOptions.Silent | (shown.IsMachineKey ? CngKeyOpenOptions.MachineKey : CngKeyOpenOptions.None);
        using CngKey silent = CngKey.Open(shown.KeyName, shown.Provider, options);
        if (!string.IsNullOrEmpty(pin))
            silent.SetProperty(new CngProperty("SmartCardPin", Encoding.Unicode.GetBytes(pin + '\0'), CngPropertyOptions.None));
        return new RSACng(silent); // makes a handle of its own
    }
}
