using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LienThong.Signing.Tests.Keys;

/// <summary>A test that needs Debian's <c>softhsm2</c>: skipped where it is missing, but failing there when <c>CI=true</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SoftHsmFactAttribute : FactAttribute
{
    public SoftHsmFactAttribute()
    {
        if (!SoftHsm.Present && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "softhsm2 is not installed (apt-get install softhsm2)";
    }
}

/// <summary>Tokens in software, in a folder of this run: one with a key and its certificate, one with the same key and no certificate.</summary>
public sealed class SoftHsm : IDisposable
{
    internal const string Pin = "47Đ11 ;&";
    internal const string Label = "Token BV 01";
    internal const string BareLabel = "trần";
    internal const string KeyLabel = "khóa ký số";
    internal const string KeyId = "a1B2";

    internal static readonly bool Present = OperatingSystem.IsLinux()
        && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "softhsm2-util")));

    private readonly string folder = Directory.CreateTempSubdirectory("lienthong-hsm-").FullName;

    public SoftHsm()
    {
        if (!Present) return;
        Directory.CreateDirectory(Path.Combine(folder, "tokens"));
        File.WriteAllText(Path.Combine(folder, "softhsm2.conf"), $"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n");
        // .NET keeps a copy of the environment; the module reads the process's own.
        _ = SetEnvironment("SOFTHSM2_CONF\0"u8.ToArray(), Encoding.UTF8.GetBytes(Path.Combine(folder, "softhsm2.conf") + '\0'), 1);
        Spy = new ModuleSpy();
        using X509Certificate2 whole = X509CertificateLoader.LoadPkcs12(Authority.Shared.Pfx("p"), "p", X509KeyStorageFlags.Exportable);
        using RSA key = whole.GetRSAPrivateKey()!;
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        Certificate = whole.ExportCertificatePem();
        foreach (string label in new[] { Label, BareLabel })
        {
            Util("--init-token", "--free", "--label", label, "--so-pin", "12345678", "--pin", Pin);
            Util("--import", Path.Combine(folder, "key.pem"), "--token", label, "--label", KeyLabel, "--id", KeyId, "--pin", Pin);
        }

        using X509Certificate2 bare = X509CertificateLoader.LoadCertificate(whole.RawData);
        TokenWriter.AddCertificate(Label, Pin, bare, "chứng thư", Convert.FromHexString(KeyId));
    }

    internal string Certificate { get; } = "";

    internal ModuleSpy Spy { get; } = null!;

    internal static KeyPlace.Pkcs11 Place => new(Token: Label, Object: KeyLabel);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Util(params string[] arguments)
    {
        ProcessStartInfo start = new("softhsm2-util", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SOFTHSM2_CONF"] = Path.Combine(folder, "softhsm2.conf");
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException(output + errors.GetAwaiter().GetResult());
    }

    [DllImport("libc", EntryPoint = "setenv", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetEnvironment(byte[] name, byte[] value, int overwrite);
}

/// <summary>Tests that share the tokens, one after the other: login state and spies belong to the process.</summary>
[CollectionDefinition("softhsm")]
public sealed class SoftHsmCollection : ICollectionFixture<SoftHsm>;
