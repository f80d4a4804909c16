using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LienThong.Gateway.Tests.Support;

/// <summary>A line to a server that can be bad: broken, silent, cut off in the middle.</summary>
internal sealed class Line : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentDictionary<TcpClient, byte> open = new();
    private readonly int target;
    private int cuts;
    private int cutAfter;

    public Line(Uri server)
    {
        target = server.Port;
        listener.Start();
        Address = new Uri($"{server.Scheme}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Nobody is reached.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Requests arrive nowhere and nothing is answered.</summary>
    public bool IsSilent { get; set; }

    public int Connections { get; private set; }

    /// <summary>Everything that was sent to the server, as Latin-1.</summary>
    public ConcurrentQueue<string> Sent { get; } = new();

    /// <summary>Cuts the next answers after a number of bytes.</summary>
    public void CutAnswers(int times, int afterBytes)
    {
        // A new connection, so that bytes are counted from its beginning.
        Drop();
        cutAfter = afterBytes;
        Volatile.Write(ref cuts, times);
    }

    /// <summary>Ends all connections.</summary>
    public void Drop()
    {
        foreach (TcpClient client in open.Keys)
            client.Close();
    }

    public void Dispose()
    {
        end.Cancel();
        listener.Stop();
        Drop();
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(end.Token);
                Connections++;
                _ = ServeAsync(client, end.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken ct)
    {
        open[client] = 0;
        try
        {
            if (IsBroken)
                return;
            if (IsSilent)
            {
                await Task.Delay(Timeout.Infinite, ct);
                return;
            }
            using TcpClient server = new();
            await server.ConnectAsync(IPAddress.Loopback, target, ct);
            bool cut = Interlocked.Decrement(ref cuts) >= 0;
            Task there = PumpAsync(client.GetStream(), server.GetStream(), long.MaxValue, Sent, ct);
            Task back = PumpAsync(server.GetStream(), client.GetStream(), cut ? cutAfter : long.MaxValue, null, ct);
            await Task.WhenAny(there, back);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // Broken lines are what this is for.
        }
        finally
        {
            open.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, long most, ConcurrentQueue<string>? heard, CancellationToken ct)
    {
        byte[] buffer = new byte[64 * 1024];
        while (most > 0)
        {
            int read = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, most)), ct);
            if (read == 0)
                return;
            heard?.Enqueue(Encoding.Latin1.GetString(buffer, 0, read));
            // Becoming silent or broken also concerns what is under way.
            while (IsSilent)
                await Task.Delay(20, ct);
            if (IsBroken)
                return;
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
            most -= read;
        }
    }
}
