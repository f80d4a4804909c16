using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LienThong.PortalSimulator;

namespace LienThong.Portal.Tests;

public sealed class NothingLeftTests
{
    private static readonly PortalOptions Options = new() { CallTimeout = TimeSpan.FromSeconds(5), ConnectTimeout = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task A_refused_connection_is_not_sent()
    {
        Uri nobody = new($"http://127.0.0.1:{FreePort()}");

        SendOutcome.NotSent outcome = await NotSentAsync(nobody);

        Assert.Contains("Không kết nối được", outcome.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_without_address_is_not_sent()
    {
        SendOutcome.NotSent outcome = await NotSentAsync(new Uri("https://khong-co-may-nay.invalid"));

        Assert.False(outcome.NeedsPerson);
    }

    [Theory]
    [InlineData("http://cong.invalid", 32)]
    [InlineData("ftp://127.0.0.1", 32)]
    [InlineData("/api", 32)]
    [InlineData("http://127.0.0.1:1", 31)]
    public async Task A_wrongly_configured_account_is_not_sent_and_needs_a_person(string address, int digestLength)
    {
        PortalAccount account = A.Account(new Uri(address, UriKind.RelativeOrAbsolute)) with { PasswordDigest = new string('A', digestLength) };
        BhxhPortalChannel channel = BhxhPortalChannel.Create(Options, TimeProvider.System);

        SendOutcome outcome = await channel.SendAsync(account, A.Record(), CancellationToken.None);

        Assert.True(Assert.IsType<SendOutcome.NotSent>(outcome).NeedsPerson);
    }

    [Fact]
    public async Task A_failed_TLS_handshake_is_not_sent()
    {
        await using Bench plain = await Bench.StartAsync();

        SendOutcome.NotSent outcome = await NotSentAsync(new Uri($"https://127.0.0.1:{plain.Portal.BaseAddress.Port}"));

        Assert.Contains("TLS", outcome.Cause, StringComparison.Ordinal);
        Assert.Empty(plain.Portal.Store.Requests());
    }

    [Fact]
    public async Task A_server_certificate_nobody_vouches_for_is_not_accepted()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 selfSigned = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<int> received = ServeOneAsync(listener, selfSigned);

        SendOutcome.NotSent outcome = await NotSentAsync(new Uri($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}"));

        Assert.Contains("TLS", outcome.Cause, StringComparison.Ordinal);
        Assert.Equal(0, await received);
    }

    /// <summary>With a token in hand the connection fails at the submission itself, not at the login.</summary>
    [Fact]
    public async Task A_portal_gone_after_login_is_not_sent()
    {
        var clock = TestClock.July1st();
        await using Bench bench = await Bench.StartAsync(time: clock, options: Options);
        Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync());
        PortalAccount account = bench.Account;
        await bench.Portal.DisposeAsync();

        SendOutcome outcome = await bench.Channel.SendAsync(account, A.Record("L2"), CancellationToken.None);

        Assert.IsType<SendOutcome.NotSent>(outcome);
    }

    [Theory]
    [InlineData(FaultKinds.Http500)]
    [InlineData(FaultKinds.EmptyBody)]
    [InlineData(FaultKinds.Garbled)]
    [InlineData(FaultKinds.Reset)]
    [InlineData(FaultKinds.TimeoutBefore)]
    [InlineData("code-500")]
    public async Task A_failed_login_is_not_sent_and_tried_again_later(string kind)
    {
        await using Bench bench = await Bench.StartAsync(options: new PortalOptions { CallTimeout = TimeSpan.FromSeconds(3) });
        bench.Portal.Faults.Add(new FaultRule { Kind = kind, Service = "token", Count = 1 });

        SendOutcome.NotSent first = Assert.IsType<SendOutcome.NotSent>(await bench.SendAsync());
        SendOutcome second = await bench.SendAsync();

        Assert.False(first.NeedsPerson);
        Assert.IsType<SendOutcome.Accepted>(second);
    }

    [Fact]
    public async Task Maintenance_at_login_hands_on_the_wait_the_portal_asks_for()
    {
        await using Bench bench = await Bench.StartAsync();
        bench.Portal.Faults.Add(new FaultRule { Kind = FaultKinds.Maintenance, Service = "token" });

        SendOutcome.NotSent outcome = Assert.IsType<SendOutcome.NotSent>(await bench.SendAsync());

        Assert.Equal(TimeSpan.FromMinutes(10), outcome.RetryAfter);
    }

    private static async Task<SendOutcome.NotSent> NotSentAsync(Uri address)
    {
        BhxhPortalChannel channel = BhxhPortalChannel.Create(Options, TimeProvider.System);
        return Assert.IsType<SendOutcome.NotSent>(await channel.SendAsync(A.Account(address), A.Record(), CancellationToken.None));
    }

    /// <summary>Application bytes that one caller sends after the handshake.</summary>
    private static async Task<int> ServeOneAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
            return await tls.ReadAsync(new byte[100]);
        }
        catch (Exception failure) when (failure is IOException or AuthenticationException)
        {
            return 0;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
