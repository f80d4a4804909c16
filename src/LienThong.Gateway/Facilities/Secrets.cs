using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace LienThong.Gateway.Facilities;

/// <summary>Encrypts what must not lie readable in the database: portal digests, keys, passwords.</summary>
public sealed class Secrets
{
    private readonly IDataProtector protector;

    /// <summary>Uses the key ring of the data folder.</summary>
    public Secrets(IDataProtectionProvider provider) => protector = provider.CreateProtector("LienThong.Secrets.v1");

    /// <summary>Key ring inside a data folder, readable by its owner only.</summary>
    public static IDataProtectionProvider KeyRing(string dataFolder)
    {
        DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(dataFolder, "keys"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return DataProtectionProvider.Create(folder, builder => builder.SetApplicationName("LienThong"));
    }

    /// <summary>Encrypts bytes.</summary>
    public byte[] Protect(byte[] secret) => protector.Protect(secret);

    /// <summary>Encrypts text.</summary>
    public byte[] Protect(string secret) => protector.Protect(Encoding.UTF8.GetBytes(secret));

    /// <summary>Decrypts bytes.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Other key ring, or changed.</exception>
    public byte[] Reveal(byte[] stored) => protector.Unprotect(stored);

    /// <summary>Decrypts text.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Other key ring, or changed.</exception>
    public string RevealText(byte[] stored) => Encoding.UTF8.GetString(protector.Unprotect(stored));
}
