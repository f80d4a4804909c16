using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Portal.Tests.Channels;

/// <summary>A test that needs Debian's ProFTPD: skipped where it is missing, but failing there when <c>CI=true</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FtpFactAttribute : FactAttribute
{
    public FtpFactAttribute()
    {
        if (!FtpServer.Present && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "proftpd is not installed (apt-get install proftpd-core proftpd-mod-crypto)";
    }
}

/// <summary>A real FTP server (ProFTPD) on a free loopback port with a folder, two accounts and a certificate of its own authority.</summary>
public sealed class FtpServer : IDisposable
{
    internal const string User = "bv99001";
    internal const string Password = "mật-khẩu FTP 1";
    internal const string SmallUser = "bv99001-it-cho";
    private const string Binary = "/usr/sbin/proftpd";

    /// <summary>SHA-512 crypt of <see cref="Password"/>.</summary>
    private const string Crypt = "$6$lienthong$6oSQOT6JzD/lqqdD1Johfr3Rxf81SaPtvtgk1M1Mx1Hw5.vEDRfGVJbynDadI7O36iwnI6yqLc7DQfQdTQI84/";

    internal static readonly bool Present = File.Exists(Binary);

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("lienthong-ftp-");
    private readonly Process? process;

    public FtpServer()
    {
        (AuthorityPem, string certificate, string key) = MakeCertificate("localhost");
        if (!Present) return;
        Directory.CreateDirectory(Files);
        Directory.CreateDirectory(Path.Combine(Files, "khoa"));
        Directory.CreateDirectory(Path.Combine(Files, "trả lời"));
        File.WriteAllText(At("cert.pem"), certificate);
        File.WriteAllText(At("key.pem"), key);
        Ask("chmod", "600", At("key.pem"));
        // Root isn't let in over FTP; as anybody else the server can only be who started it.
        string uid = Ask("id", "-u"), gid = Ask("id", "-g");
        if (uid == "0")
        {
            (uid, gid) = ("65534", "65534");
            Ask("chown", "-R", "65534:65534", Files);
            Ask("chmod", "755", home.FullName);
        }

        File.WriteAllText(At("passwd"), string.Concat(new[] { User, SmallUser }.Select(name => $"{name}:{Crypt}:{uid}:{gid}::{Files}:/bin/false\n")));
        Ask("chmod", "600", At("passwd"));
        (Port, TlsPort) = (FreePort(), FreePort());
        File.WriteAllText(At("proftpd.conf"), Configuration());
        process = Process.Start(new ProcessStartInfo(Binary, ["-n", "-c", At("proftpd.conf")]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        Wait(Port);
        Wait(TlsPort);
    }

    internal string Files => Path.Combine(home.FullName, "files");

    /// <summary>Port without TLS.</summary>
    internal int Port { get; }

    /// <summary>Port that insists on TLS, and on the data connection resuming the session.</summary>
    internal int TlsPort { get; }

    internal string AuthorityPem { get; }

    /// <summary>An authority and a server certificate it signed.</summary>
    internal static (string AuthorityPem, string CertificatePem, string KeyPem) MakeCertificate(string host)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using var authorityKey = RSA.Create(2048);
        var authorityRequest = new CertificateRequest("CN=CA rieng", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 authority = authorityRequest.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(authority, now.AddDays(-1), now.AddDays(1), [1, 2, 3, 4]);
        return (authority.ExportCertificatePem(), certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        home.Delete(recursive: true);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string At(string name) => Path.Combine(home.FullName, name);

    private string Configuration() => $$"""
        ModulePath /usr/lib/proftpd
        LoadModule mod_tls.c
        ServerType standalone
        ServerName "thu nghiem"
        DefaultAddress 127.0.0.1
        UseIPv6 off
        UseReverseDNS off
        Port {{Port}}
        User {{(Environment.UserName == "root" ? "nobody" : Environment.UserName)}}
        Group {{(Environment.UserName == "root" ? "nogroup" : Ask("id", "-gn"))}}
        PidFile {{At("pid")}}
        ScoreboardFile {{At("score")}}
        SystemLog {{At("log")}}
        TransferLog none
        WtmpLog off
        DelayEngine off
        AuthOrder mod_auth_file.c
        AuthUserFile {{At("passwd")}}
        RequireValidShell off
        AllowOverwrite on
        MaxStoreFileSize 1 Kb user {{SmallUser}}
        <Directory {{Path.Combine(Files, "khoa")}}>
          <Limit RNTO>
            DenyAll
          </Limit>
        </Directory>
        <VirtualHost 127.0.0.1>
          Port {{TlsPort}}
          AuthOrder mod_auth_file.c
          AuthUserFile {{At("passwd")}}
          RequireValidShell off
          AllowOverwrite on
          TransferLog none
          WtmpLog off
          TLSEngine on
          TLSRequired on
          TLSRSACertificateFile {{At("cert.pem")}}
          TLSRSACertificateKeyFile {{At("key.pem")}}
          TLSLog {{At("tls.log")}}
          <Directory {{Path.Combine(Files, "khoa")}}>
              <Limit RNTO>
              DenyAll
            </Limit>
          </Directory>
        </VirtualHost>

        """;

    private void Wait(int port)
    {
        for (int i = 0; i < 600; i++)
        {
            try
            {
                using var probe = new TcpClient();
                probe.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                if (process!.HasExited)
                    break;
                Thread.Sleep(50);
            }
        }

        throw new InvalidOperationException("ProFTPD didn't start: " + (File.Exists(At("log")) ? File.ReadAllText(At("log")) : "no log"));
    }

    private static string Ask(string program, params string[] arguments)
    {
        using Process asked = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        string output = asked.StandardOutput.ReadToEnd();
        asked.WaitForExit();
        return asked.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{program} ended with {asked.ExitCode}.");
    }
}
