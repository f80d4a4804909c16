using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LienThong.Portal.Tests.Channels;

/// <summary>An FTP server that behaves until told not to: it can cut, hang or talk nonsense at any command.</summary>
internal sealed class ScriptedFtp : IAsyncDisposable
{
    public const string Cut = "\0cut";
    public const string Hang = "\0hang";
    public const string CutData = "\0cut-data";
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string?> script;
    private readonly CancellationTokenSource stop = new();
    private readonly List<string> commands = [];
    private readonly Task loop;

    /// <summary>Starts listening.</summary>
    /// <param name="script">Verb (or <c>GREETING</c>) → what to say instead of the usual; null: the usual.</param>
    public ScriptedFtp(Func<string, string?> script)
    {
        this.script = script;
        listener.Start();
        loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What was asked, without passwords.</summary>
    public string[] Commands
    {
        get
        {
            lock (commands)
                return [.. commands];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await loop;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var sessions = new List<Task>();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                sessions.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token)));
            }
            catch (Exception failure) when (failure is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                break;
            }
        }

        await Task.WhenAll(sessions);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient owned = client;
        try
        {
            await using NetworkStream stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            TcpListener? data = null;
            if (!await SayAsync(stream, "GREETING", "220 ready\r\n"))
                return;
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                string verb = line.Split(' ')[0];
                lock (commands)
                    commands.Add(verb == "PASS" ? verb : line);
                if (verb == "EPSV")
                {
                    data?.Stop();
                    data = new TcpListener(IPAddress.Loopback, 0);
                    data.Start();
                    if (!await SayAsync(stream, verb, $"229 ok (|||{((IPEndPoint)data.LocalEndpoint).Port}|)\r\n"))
                        return;
                }
                else if (verb is "STOR" or "NLST" or "RETR" && script(verb) is null or CutData)
                {
                    await stream.WriteAsync("150 go\r\n"u8.ToArray(), stop.Token);
                    if (!await TransferAsync(data!, verb, script(verb) == CutData))
                        return;
                    if (!await SayAsync(stream, verb + "-END", "226 done\r\n"))
                        return;
                }
                else if (!await SayAsync(stream, verb, Usual(verb)))
                {
                    return;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or SocketException)
        {
            // The caller went away, or the test is over.
        }
    }

    private static string Usual(string verb) => verb switch
    {
        "USER" => "331 password\r\n",
        "PASS" => "230 in\r\n",
        "SIZE" => "550 no\r\n",
        "RNFR" => "350 to\r\n",
        "RNTO" or "DELE" or "CWD" => "250 ok\r\n",
        _ => "200 ok\r\n",
    };

    private async Task<bool> TransferAsync(TcpListener data, string verb, bool cut)
    {
        using TcpClient connection = await data.AcceptTcpClientAsync(stop.Token);
        if (cut)
        {
            await connection.GetStream().ReadExactlyAsync(new byte[10], stop.Token);
            connection.LingerState = new LingerOption(true, 0);
            return false;
        }

        if (verb == "STOR")
            await connection.GetStream().CopyToAsync(Stream.Null, stop.Token);
        return true;
    }

    private async Task<bool> SayAsync(NetworkStream stream, string at, string usual)
    {
        string words = script(at) ?? usual;
        if (words == Hang)
            await Task.Delay(Timeout.Infinite, stop.Token);
        if (words == Cut)
            return false;
        await stream.WriteAsync(Encoding.Latin1.GetBytes(words), stop.Token);
        return true;
    }
}
