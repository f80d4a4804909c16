using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Gateway.Tests.Access.Directories;

/// <summary>A directory of its own: Debian's OpenLDAP server with people and groups, plain and TLS, that ends with the test.</summary>
internal sealed class SlapdServer : IDisposable
{
    public const string Suffix = "dc=benhvien,dc=example";
    public const string Root = "cn=goc," + Suffix;
    public const string Searcher = "cn=tim,ou=dich-vu," + Suffix;
    public const string Secret = "mat-khau-thu-muc";
    private const string Program = "/usr/sbin/slapd";
    private Process? process;

    private readonly bool demandsTls;

    private SlapdServer(string folder, bool demandsTls) => (Folder, this.demandsTls) = (folder, demandsTls);

    /// <summary>Where everything of it lies.</summary>
    public string Folder { get; }

    /// <summary>Port of the plain protocol, which also takes StartTLS.</summary>
    public int Port { get; private set; }

    /// <summary>Port of LDAPS.</summary>
    public int TlsPort { get; private set; }

    /// <summary>Folder with the authority that signed its certificate.</summary>
    public string CaFolder => Path.Combine(Folder, "ca");

    /// <summary>File with the password of <see cref="Searcher"/>.</summary>
    public string PasswordFile => Path.Combine(Folder, "tim.txt");

    /// <summary>Starts one.</summary>
    /// <param name="demandsTls">Whether it refuses passwords on a connection without TLS.</param>
    public static async Task<SlapdServer> StartAsync(bool demandsTls = false)
    {
        if (!File.Exists(Program))
            throw new InvalidOperationException("OpenLDAP's server isn't installed (Debian: slapd).");
        SlapdServer server = new(Directory.CreateTempSubdirectory("lienthong-slapd-").FullName, demandsTls);
        try
        {
            server.Prepare();
            await server.RunAsync();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Ends the server and keeps its data.</summary>
    public void Stop()
    {
        if (process is null)
            return;
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        process = null;
    }

    public void Dispose()
    {
        Stop();
        Directory.Delete(Folder, recursive: true);
    }

    private void Prepare()
    {
        Directory.CreateDirectory(CaFolder);
        Directory.CreateDirectory(Path.Combine(Folder, "data"));
        File.WriteAllText(PasswordFile, Secret + "\n");
        Certify();
        File.WriteAllText(Path.Combine(Folder, "slapd.conf"), $"""
            include /etc/ldap/schema/core.schema
            include /etc/ldap/schema/cosine.schema
            include /etc/ldap/schema/inetorgperson.schema
            pidfile {Folder}/slapd.pid
            modulepath /usr/lib/ldap
            moduleload back_mdb
            TLSCertificateFile {Folder}/server.pem
            TLSCertificateKeyFile {Folder}/server.key
            {(demandsTls ? "security simple_bind=64" : "")}
            database mdb
            suffix "{Suffix}"
            rootdn "{Root}"
            rootpw {Secret}
            directory {Folder}/data
            access to attrs=userPassword by anonymous auth by * none
            access to * by dn.exact="{Searcher}" read by * none
            """);
        File.WriteAllText(Path.Combine(Folder, "people.ldif"), People());
        Run("/usr/sbin/slapadd", "-f", Path.Combine(Folder, "slapd.conf"), "-l", Path.Combine(Folder, "people.ldif"));
    }

    private async Task RunAsync()
    {
        (Port, TlsPort) = (FreePort(), FreePort());
        process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", Program, "-f", Path.Combine(Folder, "slapd.conf"), "-h", $"ldap://127.0.0.1:{Port} ldaps://127.0.0.1:{TlsPort}", "-d", "0"]));
        for (int i = 0; i < 200; i++)
        {
            try
            {
                using TcpClient probe = new();
                await probe.ConnectAsync(IPAddress.Loopback, TlsPort);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }
        throw new InvalidOperationException("slapd didn't start.");
    }

    private void Certify()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using RSA caKey = RSA.Create(2048), key = RSA.Create(2048);
        CertificateRequest ca = new("CN=Test authority", caKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        ca.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 authority = ca.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 server = request.Create(authority, now.AddDays(-1), now.AddDays(20), [1, 2, 3, 4]);
        File.WriteAllText(Path.Combine(CaFolder, "ca.pem"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(Folder, "server.pem"), server.ExportCertificatePem());
        File.WriteAllText(Path.Combine(Folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private static string People() => $"""
        dn: {Suffix}
        objectClass: dcObject
        objectClass: organization
        dc: benhvien
        o: Benh vien thu

        dn: ou=dich-vu,{Suffix}
        objectClass: organizationalUnit
        ou: dich-vu

        dn: ou=nguoi,{Suffix}
        objectClass: organizationalUnit
        ou: nguoi

        dn: ou=nhom,{Suffix}
        objectClass: organizationalUnit
        ou: nhom

        dn: {Searcher}
        objectClass: organizationalRole
        objectClass: simpleSecurityObject
        cn: tim
        userPassword: {Secret}

        dn: uid=lan,ou=nguoi,{Suffix}
        objectClass: inetOrgPerson
        uid: Lan
        cn:: {Convert.ToBase64String("Nguyễn Thị Lan"u8)}
        sn: Lan
        userPassword: mat-khau-cua-lan
        businessCategory: CN=giam-dinh, ou=nhom, {Suffix.ToUpperInvariant()}

        dn: uid=nam,ou=nguoi,{Suffix}
        objectClass: inetOrgPerson
        uid: nam
        cn: Nam (noi tru)
        sn: Nam
        userPassword: mat-khau-cua-nam

        dn: uid=admin,ou=nguoi,{Suffix}
        objectClass: inetOrgPerson
        uid: admin
        cn: Ke gia danh
        sn: X
        userPassword: mat-khau-gia

        dn: cn=giam-dinh,ou=nhom,{Suffix}
        objectClass: groupOfNames
        cn: giam-dinh
        member: uid=lan,ou=nguoi,{Suffix}
        member: uid=admin,ou=nguoi,{Suffix}

        dn: cn=xem,ou=nhom,{Suffix}
        objectClass: groupOfNames
        cn: xem
        member: uid=lan,ou=nguoi,{Suffix}

        """;

    private static void Run(string program, params string[] arguments)
    {
        using Process run = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        string told = run.StandardError.ReadToEnd();
        run.WaitForExit();
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {run.ExitCode}: {told}");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
