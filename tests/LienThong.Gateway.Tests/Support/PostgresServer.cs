using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace LienThong.Gateway.Tests.Support;

/// <summary>A PostgreSQL for the tests: the one named by LIENTHONG_TEST_POSTGRES, or a private cluster that ends with the test process.</summary>
internal static class PostgresServer
{
    private static readonly string[] Homes = ["/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin"];
    private static readonly Lazy<string> Started = new(Start, LazyThreadSafetyMode.ExecutionAndPublication);
    private static int schemas;

    /// <summary>A connection string to an empty schema of its own.</summary>
    public static string NewSchema()
    {
        string schema = $"t{Environment.ProcessId}_{Interlocked.Increment(ref schemas)}";
        using NpgsqlConnection connection = new(Started.Value);
        connection.Open();
        using NpgsqlCommand command = new($"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}", connection);
        command.ExecuteNonQuery();
        return new NpgsqlConnectionStringBuilder(Started.Value) { SearchPath = schema, MaxPoolSize = 20, Timeout = 60 }.ToString();
    }

    private static string Start()
    {
        if (Environment.GetEnvironmentVariable("LIENTHONG_TEST_POSTGRES") is { Length: > 0 } given)
            return given;
        string home = Homes.FirstOrDefault(Directory.Exists)
            ?? throw new InvalidOperationException("PostgreSQL isn't installed (Debian: postgresql). Install it or set LIENTHONG_TEST_POSTGRES.");
        string folder = Directory.CreateTempSubdirectory("lienthong-pg-").FullName;
        int port = FreePort();
        bool root = Environment.UserName == "root";
        if (root)
            Run("chown", ["postgres", folder]);
        string data = Path.Combine(folder, "data");
        Tool(root, home, "initdb", "-D", data, "-A", "trust", "-U", "test", "-E", "UTF8", "--locale=C", "--no-sync");
        Tool(root, home, "pg_ctl", "-D", data, "-w", "-l", Path.Combine(folder, "log"), "-o",
            $"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200", "start");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Tool(root, home, "pg_ctl", "-D", data, "-m", "immediate", "stop");
            Directory.Delete(folder, recursive: true);
        };
        return $"Host=127.0.0.1;Port={port};Username=test;Database=postgres";
    }

    private static void Tool(bool root, string home, string tool, params string[] arguments)
    {
        string path = Path.Combine(home, tool);
        if (root)
            Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else
            Run(path, arguments);
    }

    private static void Run(string file, string[] arguments)
    {
        // Output isn't redirected: the server inherits the handles and would keep them open.
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", file, .. arguments]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
