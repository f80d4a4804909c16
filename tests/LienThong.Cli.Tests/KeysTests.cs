using System.Diagnostics;
using System.Text.Json;
using LienThong.Cli.Tests.Support;
using LienThong.Signing;

namespace LienThong.Cli.Tests;

/// <summary><c>keys</c>, and <c>sign</c> with stored keys and over folders.</summary>
public sealed class KeysTests : IDisposable
{
    private readonly Folder folder = new();
    private readonly DemoKeys keys = DemoKeys.Create("99001", DateTimeOffset.UtcNow);
    private readonly string data, pfx, password;

    public KeysTests()
    {
        data = folder.At("data");
        pfx = folder.Write("key.pfx", keys.Pfx);
        password = folder.Write("password.txt", keys.Password + "\n");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_key_is_added_listed_tried_registered_and_retired()
    {
        Outcome added = await Command.RunAsync("keys", "add", "--data", data, "--facility", "99001", "--pfx", pfx, "--password-file", password, "--output", "json");
        Assert.True(added.Exit == 0, added.ToString());
        JsonElement key = added.Json.GetProperty("keys")[0];
        string id = key.GetProperty("id").GetString()!;
        Assert.Equal(("unregistered", keys.Serial), (key.GetProperty("state").GetString(), key.GetProperty("serial").GetString()));

        Outcome tried = await Command.RunAsync("keys", "test", id, "--data", data);
        Assert.Equal(0, tried.Exit);
        Assert.Contains("chưa đăng ký trên Cổng", tried.Out, StringComparison.Ordinal);
        Assert.Equal(1, (await Command.RunAsync("sign", folder.Write("a.xml", Made.Good()), folder.At("a-ky.xml"), "--data", data, "--facility", "99001")).Exit);
        Assert.Equal(0, (await Command.RunAsync("keys", "register", id, "--registered", "2026-01-05", "--data", data)).Exit);
        Assert.Contains("đang dùng", (await Command.RunAsync("keys", "list", "--data", data)).Out, StringComparison.Ordinal);
        Outcome signed = await Command.RunAsync("sign", folder.At("a.xml"), folder.At("a-ky.xml"), "--data", data, "--facility", "99001");
        Assert.True(signed.Exit == 0, signed.ToString());
        Assert.Equal(0, (await Command.RunAsync("verify", folder.At("a-ky.xml"), "--trust", folder.Write("ca.pem", keys.AuthorityPem))).Exit);
        Assert.Equal(0, (await Command.RunAsync("keys", "retire", id, "--data", data)).Exit);
        Assert.Equal("retired", (await Command.RunAsync("keys", "list", "--data", data, "--output", "json")).Json.GetProperty("keys")[0].GetProperty("state").GetString());
        Assert.Equal(2, (await Command.RunAsync("keys", "test", id, "--data", data)).Exit);
    }

    [Fact]
    public async Task A_wrong_password_locks_until_a_person_says_to_go_on()
    {
        string wrong = folder.Write("sai.txt", "khong-dung\n");

        Outcome first = await Command.RunAsync("keys", "add", "--data", data, "--facility", "99001", "--pfx", pfx, "--password-file", wrong);
        Outcome second = await Command.RunAsync("keys", "add", "--data", data, "--facility", "99001", "--pfx", pfx, "--password-file", password);
        Outcome third = await Command.RunAsync("keys", "add", "--data", data, "--facility", "99001", "--pfx", pfx, "--password-file", password, "--unlock");

        Assert.Equal((1, 1, 0), (first.Exit, second.Exit, third.Exit));
        Assert.DoesNotContain("khong-dung", first.Out + first.Error + second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_signed_and_what_can_not_be_is_told()
    {
        string input = folder.At("vao");
        Directory.CreateDirectory(Path.Combine(input, "con"));
        for (int i = 0; i < 12; i++) await File.WriteAllBytesAsync(Path.Combine(input, i % 2 == 0 ? "" : "con", $"{i}.xml"), Made.Good());
        await File.WriteAllTextAsync(Path.Combine(input, "hong.xml"), "<GIAMDINHHS><a>");

        Outcome batch = await Command.RunAsync("sign", input, folder.At("ra"), "--pfx", pfx, "--password-file", password, "--output", "json");

        Assert.Equal(1, batch.Exit);
        Assert.Equal((12, 1), (batch.Json.GetProperty("signed").GetInt32(), batch.Json.GetProperty("refused").GetInt32()));
        Assert.Equal(12, Directory.GetFiles(folder.At("ra"), "*.xml", SearchOption.AllDirectories).Length);
        Assert.False(File.Exists(Path.Combine(folder.At("ra"), "hong.xml")));
        Outcome verified = await Command.RunAsync("verify", Path.Combine(folder.At("ra"), "con", "3.xml"), "--trust", folder.Write("ca.pem", keys.AuthorityPem));
        Assert.Equal(0, verified.Exit);
    }

    [SoftHsmFact]
    public async Task A_key_on_a_token_signs_what_xmlsec1_accepts()
    {
        string conf = folder.At("softhsm2.conf"), pin = folder.Write("pin.txt", "47Đ11 ;&\n"), certificate = folder.Write("cert.pem", keys.CertificatePem);
        Directory.CreateDirectory(folder.At("tokens"));
        await File.WriteAllTextAsync(conf, $"directories.tokendir = {folder.At("tokens")}\nobjectstore.backend = file\nlog.level = ERROR\n");
        using (IKeySource whole = keys.OpenKey())
        using (System.Security.Cryptography.X509Certificates.X509Certificate2 loaded = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadPkcs12(
            keys.Pfx, keys.Password, System.Security.Cryptography.X509Certificates.X509KeyStorageFlags.Exportable))
        using (System.Security.Cryptography.RSA rsa = System.Security.Cryptography.X509Certificates.RSACertificateExtensions.GetRSAPrivateKey(loaded)!)
            folder.Write("key.pem", rsa.ExportPkcs8PrivateKeyPem());
        await ToolAsync("softhsm2-util", conf, "--init-token", "--free", "--label", "BV 01", "--so-pin", "12345678", "--pin", "47Đ11 ;&");
        await ToolAsync("softhsm2-util", conf, "--import", folder.At("key.pem"), "--token", "BV 01", "--label", "ky-so", "--id", "01", "--pin", "47Đ11 ;&");
        (string, string)[] environment = [("SOFTHSM2_CONF", conf)];
        string input = folder.At("vao");
        Directory.CreateDirectory(input);
        for (int i = 0; i < 5; i++) await File.WriteAllBytesAsync(Path.Combine(input, $"{i}.xml"), Made.Good());

        Outcome added = await Command.RunAsync(environment, "keys", "add", "--data", data, "--facility", "99001", "--token", "BV 01", "--key-id", "01", "--certificate", certificate,
            "--password-file", pin, "--registered", "2026-01-05");
        Outcome batch = await Command.RunAsync(environment, "sign", input, folder.At("ra"), "--data", data, "--facility", "99001");

        Assert.True(added.Exit == 0, added.ToString());
        Assert.True(batch.Exit == 0, batch.ToString());
        Assert.Contains("Đã ký 5/5 tệp", batch.Out, StringComparison.Ordinal);
        await ToolAsync("xmlsec1", conf, "--verify", "--enabled-key-data", "x509", "--trusted-pem", folder.Write("ca.pem", keys.AuthorityPem), Path.Combine(folder.At("ra"), "3.xml"));
    }

    private static async Task ToolAsync(string tool, string conf, params string[] arguments)
    {
        ProcessStartInfo start = new(tool, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SOFTHSM2_CONF"] = conf;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + await error);
    }
}

/// <summary>A test that needs Debian's <c>softhsm2</c> and <c>xmlsec1</c>: skipped where they are missing, but failing there when <c>CI=true</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SoftHsmFactAttribute : FactAttribute
{
    public SoftHsmFactAttribute()
    {
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (Environment.GetEnvironmentVariable("CI") != "true" && !Array.TrueForAll(["softhsm2-util", "xmlsec1"], tool => Array.Exists(path, f => File.Exists(Path.Combine(f, tool)))))
            Skip = "softhsm2 or xmlsec1 is not installed (apt-get install softhsm2 xmlsec1)";
    }
}
