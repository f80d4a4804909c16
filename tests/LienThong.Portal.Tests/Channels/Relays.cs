using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LienThong.Portal.Tests.Channels;

/// <summary>Accepts connections on a free loopback port and relays each somewhere.</summary>
internal abstract class Relay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private Task loop = Task.CompletedTask;

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await loop;
        stop.Dispose();
    }

    protected void Start()
    {
        listener.Start();
        loop = AcceptAsync();
    }

    protected abstract Task ServeAsync(NetworkStream stream, CancellationToken ct);

    protected static async Task PipeAsync(Stream near, int port, CancellationToken ct)
    {
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, port, ct);
        await using NetworkStream farStream = far.GetStream();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(near.CopyToAsync(farStream, both.Token), farStream.CopyToAsync(near, both.Token));
        await both.CancelAsync();
    }

    private async Task AcceptAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true)
                served.Add(OneAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task OneAsync(TcpClient client)
    {
        using TcpClient owned = client;
        try
        {
            await ServeAsync(client.GetStream(), stop.Token);
        }
        catch (Exception failure) when (failure is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            // One caller less.
        }
    }
}

/// <summary>HTTPS in front of a plain server: the certificate is for <c>localhost</c>, of an authority of its own.</summary>
internal sealed class TlsFront : Relay
{
    private readonly X509Certificate2 certificate;
    private readonly int backend;
    private readonly bool wantsClientCertificate;

    public TlsFront(int backend, bool wantsClientCertificate = false)
    {
        (this.backend, this.wantsClientCertificate) = (backend, wantsClientCertificate);
        (AuthorityPem, string pem, string key) = FtpServer.MakeCertificate("localhost");
        certificate = X509Certificate2.CreateFromPem(pem, key);
        Start();
    }

    public string AuthorityPem { get; }

    /// <summary>Subject of the last client certificate shown.</summary>
    public string Client { get; private set; } = "";

    protected override async Task ServeAsync(NetworkStream stream, CancellationToken ct)
    {
        await using var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ClientCertificateRequired = wantsClientCertificate,
                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                {
                    Client = shown?.Subject ?? "";
                    return !wantsClientCertificate || shown is not null;
                },
            },
            ct);
        await PipeAsync(tls, backend, ct);
    }
}

/// <summary>An outbound proxy that knows CONNECT and one account.</summary>
internal sealed class ConnectProxy : Relay
{
    private readonly string wanted;

    public ConnectProxy(string user, string password)
    {
        wanted = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        Start();
    }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public List<string> Tunnels { get; } = [];

    protected override async Task ServeAsync(NetworkStream stream, CancellationToken ct)
    {
        while (true)
        {
            string head = "";
            byte[] one = new byte[1];
            while (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                if (await stream.ReadAsync(one, ct) == 0)
                    return;
                head += (char)one[0];
            }

            if (!head.Contains("Proxy-Authorization: " + wanted, StringComparison.OrdinalIgnoreCase))
            {
                await stream.WriteAsync("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), ct);
                continue;
            }

            string target = head.Split(' ')[1];
            lock (Tunnels)
                Tunnels.Add(target);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), ct);
            await PipeAsync(stream, int.Parse(target.AsSpan(target.LastIndexOf(':') + 1), System.Globalization.CultureInfo.InvariantCulture), ct);
            return;
        }
    }
}
