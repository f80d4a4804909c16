using LienThong.Portal.Channels;
using LienThong.PortalSimulator;

namespace LienThong.Portal.Tests.Channels;

/// <summary>Private authorities, proxies, client certificates and time limits, against real HTTPS and a real proxy.</summary>
public sealed class NetworkTests
{
    [Theory]
    [InlineData(ChannelKinds.Bhxh)]
    [InlineData(ChannelKinds.Hanoi)]
    [InlineData(ChannelKinds.Fhir)]
    public async Task A_private_authority_is_trusted_when_it_is_named(string kind)
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        await using var front = new TlsFront(bench.Simulator.BaseAddress.Port);

        SendOutcome without = await SendAsync(bench, Https(bench, kind, front));
        SendOutcome with = await SendAsync(bench, Https(bench, kind, front, (ChannelOptions.AuthorityPem, front.AuthorityPem)));

        Assert.Contains("TLS", Assert.IsType<SendOutcome.NotSent>(without).Cause, StringComparison.Ordinal);
        Assert.IsType<SendOutcome.Accepted>(with);
        Assert.Single(bench.Simulator.Store.Documents());
    }

    [Fact]
    public async Task A_private_authority_vouches_for_its_own_host_only()
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        await using var front = new TlsFront(bench.Simulator.BaseAddress.Port);
        using var factory = new ChannelFactory(
            new PortalOptions { Network = new NetworkSettings { AuthorityHosts = "may-khac.invalid", AuthorityPem = front.AuthorityPem } }, TimeProvider.System);

        SendOutcome outcome = await factory.Create(Https(bench, ChannelKinds.Hanoi, front)).SendAsync(A.Record(), CancellationToken.None);

        Assert.Contains("TLS", Assert.IsType<SendOutcome.NotSent>(outcome).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_another_authority_nor_another_name_will_do()
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        await using var front = new TlsFront(bench.Simulator.BaseAddress.Port);
        ChannelSettings right = Https(bench, ChannelKinds.Hanoi, front, (ChannelOptions.AuthorityPem, front.AuthorityPem));

        SendOutcome other = await SendAsync(bench, Https(bench, ChannelKinds.Hanoi, front, (ChannelOptions.AuthorityPem, FtpServer.MakeCertificate("localhost").AuthorityPem)));
        SendOutcome name = await SendAsync(bench, right with { Address = new Uri($"https://127.0.0.1:{front.Port}/hanoi") });

        Assert.IsType<SendOutcome.NotSent>(other);
        Assert.IsType<SendOutcome.NotSent>(name);
        Assert.Empty(bench.Simulator.Store.Requests());
    }

    [Fact]
    public async Task A_proxy_with_an_account_carries_the_calls_of_the_channels_that_name_it()
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        await using var front = new TlsFront(bench.Simulator.BaseAddress.Port);
        await using var proxy = new ConnectProxy("bv", "mật khẩu:1");
        (string, string)[] through = [(ChannelOptions.AuthorityPem, front.AuthorityPem), (ChannelOptions.Proxy, proxy.Address.AbsoluteUri)];

        SendOutcome withAccount = await SendAsync(bench, Https(
            bench, ChannelKinds.Hanoi, front, [.. through, (ChannelOptions.ProxyUser, "bv"), (ChannelOptions.ProxyPassword, "mật khẩu:1")]));
        SendOutcome without = await SendAsync(bench, Https(bench, ChannelKinds.Fhir, front, through));
        SendOutcome direct = await SendAsync(bench, Https(bench, ChannelKinds.Fhir, front, (ChannelOptions.AuthorityPem, front.AuthorityPem)));

        Assert.IsType<SendOutcome.Accepted>(withAccount);
        Assert.Contains("proxy", Assert.IsType<SendOutcome.NotSent>(without).Cause, StringComparison.Ordinal);
        Assert.IsType<SendOutcome.Accepted>(direct);
        Assert.All(proxy.Tunnels, tunnel => Assert.Equal($"localhost:{front.Port}", tunnel));
        Assert.NotEmpty(proxy.Tunnels);
    }

    [Fact]
    public async Task A_proxy_that_is_gone_leaves_everything_unsent()
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        ChannelSettings settings = bench.Settings(ChannelKinds.Hanoi, options: (ChannelOptions.Proxy, $"http://127.0.0.1:{FtpServer.FreePort()}"));

        Assert.IsType<SendOutcome.NotSent>(await SendAsync(bench, settings));
        Assert.Empty(bench.Simulator.Store.Requests());
    }

    [Fact]
    public async Task A_client_certificate_is_shown_where_it_is_asked_for()
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        await using var front = new TlsFront(bench.Simulator.BaseAddress.Port, wantsClientCertificate: true);
        (_, string certificate, string key) = FtpServer.MakeCertificate("benh-vien");
        (string, string) authority = (ChannelOptions.AuthorityPem, front.AuthorityPem);

        Assert.IsType<SendOutcome.NotSent>(await SendAsync(bench, Https(bench, ChannelKinds.Hanoi, front, authority)));
        SendOutcome shown = await SendAsync(bench, Https(
            bench, ChannelKinds.Hanoi, front, authority, (ChannelOptions.ClientCertificatePem, certificate + "\n" + key)));

        Assert.IsType<SendOutcome.Accepted>(shown);
        Assert.Equal("CN=benh-vien", front.Client);
    }

    [Fact]
    public async Task A_channel_can_wait_less_than_the_installation()
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        bench.Simulator.Faults.Add(new FaultRule { Kind = FaultKinds.TimeoutAfter });

        SendOutcome outcome = await SendAsync(bench, bench.Settings(ChannelKinds.Hanoi, options: (ChannelOptions.CallSeconds, "2")));

        Assert.Contains("2 giây", Assert.IsType<SendOutcome.Unknown>(outcome).Cause, StringComparison.Ordinal);
        Assert.Single(bench.Simulator.Store.Documents());
    }

    [Fact]
    public void A_channels_settings_come_before_the_installations()
    {
        var installation = new PortalOptions
        {
            Network = new NetworkSettings { Proxy = new Uri("http://chung:3128"), ProxyUser = "u", ProxyPassword = "p" },
        };
        ChannelSettings Settings(params (string Name, string Value)[] options) => new(
            ChannelKinds.Hanoi, new Uri("https://a.invalid"), "99001", "99", "x", "y", options.ToDictionary(static o => o.Name, static o => o.Value, StringComparer.Ordinal));

        Assert.Same(installation, ChannelNetwork.For(Settings(), installation));
        Assert.Equal(
            "a.invalid;b.invalid",
            ChannelNetwork.For(Settings((ChannelOptions.AuthorityPem, "x"), (ChannelOptions.LoginAddress, "https://b.invalid/x")), installation).Network.AuthorityHosts);
        PortalOptions own = ChannelNetwork.For(Settings((ChannelOptions.Proxy, "http://rieng:8080"), (ChannelOptions.ConnectSeconds, "9")), installation);
        Assert.Equal((new Uri("http://rieng:8080"), "", "", 9.0), (own.Network.Proxy, own.Network.ProxyUser, own.Network.ProxyPassword, own.ConnectTimeout.TotalSeconds));
    }

    [Theory]
    [InlineData(ChannelOptions.ConnectSeconds, "0")]
    [InlineData(ChannelOptions.CallSeconds, "lâu")]
    [InlineData(ChannelOptions.CallSeconds, "99999")]
    [InlineData(ChannelOptions.Proxy, "proxy")]
    [InlineData(ChannelOptions.Proxy, "socks5://a:1")]
    [InlineData(ChannelOptions.AuthorityPem, "khong phai PEM")]
    [InlineData(ChannelOptions.AuthorityPem, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    [InlineData(ChannelOptions.ClientCertificatePem, "khong phai PEM")]
    [InlineData(ChannelOptions.LoginAddress, "khong phai dia chi")]
    [InlineData(ChannelOptions.LoginAddress, "http://cong.invalid")]
    public async Task A_setting_that_cant_work_is_named_and_nothing_is_tried(string option, string value)
    {
        using var factory = new ChannelFactory(new PortalOptions(), TimeProvider.System);
        ChannelSettings settings = new(
            ChannelKinds.Hanoi, new Uri("https://cong.invalid"), "99001", "99", "x", "y",
            new Dictionary<string, string>(StringComparer.Ordinal) { [option] = value });

        string? problem = factory.Problem(settings);
        SendOutcome outcome = await factory.Create(settings).SendAsync(A.Record(), CancellationToken.None);

        Assert.NotEmpty(problem!);
        Assert.Equal(problem, Assert.IsType<SendOutcome.NotSent>(outcome).Cause);
        Assert.True(((SendOutcome.NotSent)outcome).NeedsPerson);
    }

    [Fact]
    public void Settings_never_show_their_secrets()
    {
        ChannelSettings settings = new(
            ChannelKinds.Hanoi, new Uri("https://a.invalid"), "99001", "99", "x", "bi-mat-1",
            new Dictionary<string, string>(StringComparer.Ordinal) { [ChannelOptions.ProxyPassword] = "bi-mat-2" });
        var network = new NetworkSettings { Proxy = new Uri("http://p:1"), ProxyUser = "u", ProxyPassword = "bi-mat-3", ClientCertificatePem = "bi-mat-4" };

        Assert.DoesNotContain("bi-mat", $"{settings} {network} {new PortalOptions { Network = network }} {new HanoiDialect(settings, new PortalOptions()).Account}", StringComparison.Ordinal);
    }

    private static Task<SendOutcome> SendAsync(GatewayBench bench, ChannelSettings settings) =>
        bench.Factory.Create(settings).SendAsync(A.Record(), CancellationToken.None);

    private static ChannelSettings Https(GatewayBench bench, string kind, TlsFront front, params (string Name, string Value)[] options) =>
        bench.Settings(kind, options: options) with { Address = new Uri($"https://localhost:{front.Port}/{(kind == ChannelKinds.Bhxh ? "" : kind)}") };
}
