using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LienThong.EndToEnd.Faults;

/// <summary>A PostgreSQL of its own, which a test may restart; commits reach the disk.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly string[] Homes = ["/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin"];
    private readonly string folder = Directory.CreateTempSubdirectory("lienthong-pg-").FullName;
    private readonly bool root = Environment.UserName == "root";
    private readonly string home;
    private readonly int port;

    private PostgresCluster()
    {
        home = Homes.FirstOrDefault(Directory.Exists) ?? throw new InvalidOperationException("PostgreSQL isn't installed (Debian: postgresql).");
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public string ConnectionString => $"Host=127.0.0.1;Port={port};Username=test;Database=postgres;Maximum Pool Size=15;Timeout=5";

    private string Data => Path.Combine(folder, "data");

    public static async Task<PostgresCluster> StartAsync()
    {
        PostgresCluster cluster = new();
        if (cluster.root)
            await RunAsync("chown", "postgres", cluster.folder);
        await cluster.ToolAsync("initdb", "-D", cluster.Data, "-A", "trust", "-U", "test", "-E", "UTF8", "--locale=C", "--no-sync");
        await cluster.ControlAsync("start");
        return cluster;
    }

    /// <summary>As when the database machine crashes and comes back: connections break in the middle, the log is replayed.</summary>
    public async Task RestartAsync()
    {
        await ToolAsync("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        await Task.Delay(500);
        await ControlAsync("start");
    }

    public async ValueTask DisposeAsync()
    {
        await ToolAsync("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        Directory.Delete(folder, recursive: true);
    }

    private Task ControlAsync(string what) => ToolAsync(
        "pg_ctl", "-D", Data, "-w", "-l", Path.Combine(folder, "log"), "-o", $"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=100", what);

    private Task ToolAsync(string tool, params string[] arguments) => root
        ? RunAsync("runuser", ["-u", "postgres", "--", Path.Combine(home, tool), .. arguments])
        : RunAsync(Path.Combine(home, tool), arguments);

    // Output isn't redirected: the server inherits the handles and would keep them open.
    private static async Task RunAsync(string file, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", file, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
