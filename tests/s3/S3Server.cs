using System.Diagnostics;
using System.Globalization;
using LienThong.Gateway.Archive.S3;

namespace LienThong.Tests;

/// <summary>An S3-compatible server in a process of its own. Its objects are files, so tests can damage them.</summary>
internal sealed class S3Server : IDisposable
{
    /// <summary>The only credentials it knows.</summary>
    public const string AccessKey = "S3RVER", SecretKey = "S3RVER";

    private static readonly Lazy<S3Server> Common = new(() =>
    {
        // It ends with its input, which ends with this process; the folder is left.
        S3Server server = new();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    });
    private static int buckets;
    private readonly string folder = Directory.CreateTempSubdirectory("lienthong-s3-").FullName;
    private readonly string scheme;
    private readonly string[] certificate;
    private Process process;

    /// <summary>Starts a server; with TLS when key and certificate (PEM files) are given.</summary>
    public S3Server(string? key = null, string? certificateFile = null)
    {
        scheme = key is null ? "http" : "https";
        certificate = key is null ? [] : [key, certificateFile!];
        process = Start();
    }

    /// <summary>One for all tests of the process that don't need their own.</summary>
    public static S3Server Shared => Common.Value;

    public Uri Address { get; private set; } = null!;

    /// <summary>A new empty bucket.</summary>
    public string NewBucket(string kind = "test")
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{kind}-{Environment.ProcessId}-{Interlocked.Increment(ref buckets)}");
        Directory.CreateDirectory(Path.Combine(folder, name));
        return name;
    }

    /// <summary>Options of a bucket, impatient enough for tests.</summary>
    public S3Options Options(string bucket, Uri? endpoint = null, string prefix = "lt/kho", S3Credentials? credentials = null, S3Encryption encryption = S3Encryption.None) => new()
    {
        Bucket = bucket,
        Prefix = prefix,
        Endpoint = endpoint ?? Address,
        Credentials = credentials ?? new S3Credentials(AccessKey, SecretKey),
        Encryption = encryption,
        KmsKey = encryption == S3Encryption.Kms ? "khoa-thu" : null,
        Retries = 2,
        RequestTimeout = TimeSpan.FromSeconds(15),
    };

    /// <summary>File of an object.</summary>
    public string FileOf(string bucket, string name, string prefix = "lt/kho") =>
        Path.Combine(folder, bucket, prefix, name[..2], name[2..4], name + "._S3rver_object");

    /// <summary>How many objects a bucket holds, whatever they are.</summary>
    public int Count(string bucket) => Directory.GetFiles(Path.Combine(folder, bucket), "*._S3rver_object", SearchOption.AllDirectories).Length;

    /// <summary>Parts of uploads that were begun and not ended.</summary>
    public int CountParts(string bucket) =>
        Path.Combine(folder, bucket, "._S3rver_uploads") is var uploads && Directory.Exists(uploads) ? Directory.GetDirectories(uploads).Length : 0;

    /// <summary>The server dies; its data stay.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>It comes back under another address.</summary>
    public void Restart() => process = Start();

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private Process Start()
    {
        string home = Repository.At("tests", "s3");
        if (!Directory.Exists(Path.Combine(home, "node_modules", "s3rver")))
            throw new InvalidOperationException("The S3 server of the tests isn't installed: run ./test, or «npm ci» in tests/s3.");
        Process started = Process.Start(new ProcessStartInfo("node", ["server.js", folder, .. certificate])
        {
            WorkingDirectory = home,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        string port = started.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The S3 server of the tests ended at once; is Node.js installed?");
        Address = new Uri($"{scheme}://127.0.0.1:{port}");
        return started;
    }
}
