using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LienThong.Portal.Tests;

/// <summary>A bare socket that logs anybody in and answers every other call with the bytes it was given, then closes.</summary>
internal sealed class CannedPortal : IAsyncDisposable
{
    private const string Token =
        """{"maKetQua":"200","APIKey":{"access_token":"abc","id_token":"def","token_type":"bearer","username":"x","expires_in":600}}""";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<int, byte[]> answer;
    private readonly Task loop;
    private int calls;

    public CannedPortal(Func<int, byte[]> answer)
    {
        this.answer = answer;
        listener.Start();
        loop = AcceptAsync();
    }

    public CannedPortal(string body, int status = 200, string headers = "")
        : this(_ => Http(status, Encoding.UTF8.GetBytes(body), headers))
    {
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public int Logins { get; private set; }

    public int Calls => calls;

    public string LastHead { get; private set; } = "";

    public static byte[] Http(int status, byte[] body, string headers = "") =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n"), .. body];

    public async Task<SendOutcome> SendAsync(PortalOptions? options = null)
    {
        BhxhPortalChannel channel = BhxhPortalChannel.Create(
            options ?? new PortalOptions { CallTimeout = TimeSpan.FromSeconds(10) }, TimeProvider.System);
        return await channel.SendAsync(A.Account(Address), A.Record(), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await loop;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                using Socket socket = await listener.AcceptSocketAsync();
                await ServeAsync(socket);
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException or IOException)
            {
                if (!listener.Server.IsBound)
                    return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        string head = await ReadRequestAsync(stream);
        if (head.StartsWith("POST /api/token/take", StringComparison.Ordinal))
        {
            Logins++;
            await stream.WriteAsync(Http(200, Encoding.UTF8.GetBytes(Token)));
        }
        else
        {
            LastHead = head;
            await stream.WriteAsync(answer(++calls));
        }

        socket.Shutdown(SocketShutdown.Both);
    }

    private static async Task<string> ReadRequestAsync(NetworkStream stream)
    {
        var received = new List<byte>();
        byte[] buffer = new byte[16 * 1024];
        int bodyAt = -1, bodyLength = 0;
        while (bodyAt < 0 || received.Count < bodyAt + bodyLength)
        {
            int read = await stream.ReadAsync(buffer);
            if (read == 0)
                throw new IOException("Closed early.");
            received.AddRange(buffer.AsSpan(0, read));
            if (bodyAt >= 0)
                continue;
            string text = Encoding.Latin1.GetString([.. received]);
            int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
                continue;
            bodyAt = end + 4;
            string line = text[..end].Split("\r\n").Single(static l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            bodyLength = int.Parse(line.AsSpan("Content-Length:".Length), System.Globalization.CultureInfo.InvariantCulture);
        }

        return Encoding.Latin1.GetString([.. received], 0, bodyAt);
    }
}
