using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace LienThong.EndToEnd.Faults;

/// <summary>The real server as a process of its own, which can be killed.</summary>
internal sealed class Node : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "lienthong.dll");
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private Node(Process process, Uri address)
    {
        (this.process, Address) = (process, address);
        (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    public Uri Address { get; }

    /// <summary>Starts a node and waits until it answers.</summary>
    public static async Task<Node> StartAsync(string folder, string? postgres, IReadOnlyDictionary<string, string>? environment = null, params string[] wrapper)
    {
        Uri address = new($"http://127.0.0.1:{FreePort()}/");
        string[] command = [.. wrapper, "dotnet", Program, "serve", "--data", folder, "--urls", address.ToString().TrimEnd('/'), "--settle", "2", "--retry", "1,2", "--call-timeout", "2"];
        ProcessStartInfo start = new(command[0], [.. command[1..], .. postgres is null ? Array.Empty<string>() : ["--postgres", postgres]])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LIENTHONG_ADMIN_PASSWORD"] = "mat-khau-thu-nghiem";
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        Node node = new(Process.Start(start)!, address);
        using HttpClient http = new() { BaseAddress = address };
        while (true)
        {
            if (node.process.HasExited)
                throw new InvalidOperationException($"The node ended with {node.process.ExitCode}.\n{await node.output}\n{await node.errors}");
            try
            {
                using HttpResponseMessage answer = await http.GetAsync("health");
                return node;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Hands a package in; false when the node died meanwhile, so that nobody knows.</summary>
    public async Task<bool> HandInAsync(byte[] package, string token)
    {
        using HttpClient http = new() { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using ByteArrayContent content = new(package);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        try
        {
            using HttpResponseMessage answer = await http.PostAsync("api/v1/packages", content);
            return answer.IsSuccessStatusCode ? true
                : (int)answer.StatusCode >= 500 ? false : throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>As the power going off: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
