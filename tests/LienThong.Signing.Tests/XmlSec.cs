using System.Diagnostics;
using System.Globalization;

namespace LienThong.Signing.Tests;

/// <summary>A test that needs Debian's <c>xmlsec1</c>: skipped where it is missing, but failing there when <c>CI=true</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class XmlSecFactAttribute : FactAttribute
{
    public XmlSecFactAttribute()
    {
        if (!XmlSec.Present && Environment.GetEnvironmentVariable("CI") != "true") Skip = "xmlsec1 is not installed (apt-get install xmlsec1)";
    }
}

/// <summary>Runs <c>xmlsec1</c> in a folder of its own.</summary>
internal sealed class XmlSec : IDisposable
{
    internal static readonly bool Present = Array.Exists(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), static folder => File.Exists(Path.Combine(folder, "xmlsec1")));

    // How xmlsec1 learns which attributes are ids in forms; without them it finds nothing a reference names.
    private static readonly string Ids = string.Concat(FormProfiles.All.Select(static p => p.SignedElement).Append("http://www.w3.org/2000/09/xmldsig#:Object")
        .Select(static name => $" --id-attr:Id {name}"));

    private readonly string folder = Directory.CreateTempSubdirectory("lienthong-signing-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    internal bool Verifies(byte[] document, out string output)
    {
        output = Run($"--verify{Ids} --enabled-key-data x509 --trusted-pem {Write("ca.pem", System.Text.Encoding.ASCII.GetBytes(Authority.Shared.Pem))} "
            + $"--verification-time \"{Moment}\" {Write("in.xml", document)}", out int exit);
        return exit == 0;
    }

    internal byte[] Sign(byte[] template, byte[] pfx, string password)
    {
        string signed = Path.Combine(folder, "out.xml");
        string output = Run($"--sign{Ids} --pkcs12 {Write("key.p12", pfx)} --pwd {password} --output {signed} {Write("template.xml", template)}", out int exit);
        Assert.True(exit == 0, output);
        return File.ReadAllBytes(signed);
    }

    // xmlsec1 takes local time.
    private static string Moment => Authority.Now.LocalDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string Run(string arguments, out int exit)
    {
        using Process process = Process.Start(new ProcessStartInfo("xmlsec1", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        exit = process.ExitCode;
        return output + errors.GetAwaiter().GetResult();
    }
}
