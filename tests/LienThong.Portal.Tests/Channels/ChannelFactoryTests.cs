using LienThong.Portal.Channels;

namespace LienThong.Portal.Tests.Channels;

public sealed class ChannelFactoryTests
{
    [Fact]
    public async Task The_national_portal_is_a_channel_that_cant_be_asked()
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        IDocumentChannel channel = bench.Channel(ChannelKinds.Bhxh);

        Assert.IsType<SendOutcome.Accepted>(await channel.SendAsync(A.Record(), CancellationToken.None));
        Assert.IsType<SendOutcome.Accepted>(await channel.SendAsync(
            new PortalSubmission("99001", "L1", PortalService.CheckIn, "QD3176", A.CheckIn("L1")), CancellationToken.None));
        Assert.IsType<SendOutcome.Accepted>(await channel.SendAsync(
            new PortalSubmission("99001", "BB-1", PortalService.MedicalAssessment, "QD3176", A.Assessment("BB-1")), CancellationToken.None));
        Assert.Null(await channel.AskAsync("HSKCB1", CancellationToken.None));
        Assert.Equal(1, bench.Calls("token"));
    }

    [Fact]
    public async Task A_stored_digest_is_as_good_as_the_password()
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        ChannelSettings digest = bench.Settings(
            ChannelKinds.Bhxh, password: PortalAccount.Digest(A.Password), options: (ChannelOptions.PasswordForm, "digest"));

        Assert.IsType<SendOutcome.Accepted>(await bench.Factory.Create(digest).SendAsync(A.Record(), CancellationToken.None));
        Assert.NotNull(bench.Factory.Problem(digest with { Password = "khong phai ma bam" }));
    }

    [Fact]
    public async Task Channels_to_the_national_portal_share_the_sessions_of_the_process()
    {
        await using Bench bench = await Bench.StartAsync();
        await bench.SendAsync();
        using var factory = new ChannelFactory(new PortalOptions(), TimeProvider.System, national: bench.Channel);
        ChannelSettings settings = new(
            ChannelKinds.Bhxh, bench.Portal.BaseAddress, "99001", "99", "99001_BV", A.Password, new Dictionary<string, string>(StringComparer.Ordinal));

        Assert.IsType<SendOutcome.Accepted>(await factory.Create(settings).SendAsync(A.Record("L2"), CancellationToken.None));
        Assert.Equal(1, bench.Logins);
    }

    [Theory]
    [InlineData("fax", "https://a.invalid")]
    [InlineData(ChannelKinds.Hanoi, "http://a.invalid")]
    [InlineData(ChannelKinds.Fhir, "ftp://a.invalid")]
    [InlineData(ChannelKinds.Bhxh, "http://a.invalid")]
    [InlineData(ChannelKinds.Hanoi, "/api")]
    [InlineData(ChannelKinds.Ftp, "ftp://a.invalid/x")]
    [InlineData(ChannelKinds.Ftps, "https://a.invalid/x")]
    [InlineData(ChannelKinds.Ftps, "ftp://u:p@a.invalid/x")]
    [InlineData(ChannelKinds.Folder, "https://a.invalid/x")]
    public async Task Settings_that_cant_work_are_named_and_wait_for_a_person(string kind, string address)
    {
        using var factory = new ChannelFactory(new PortalOptions(), TimeProvider.System);
        ChannelSettings settings = new(
            kind, new Uri(address, UriKind.RelativeOrAbsolute), "99001", "99", "x", "y", new Dictionary<string, string>(StringComparer.Ordinal));

        Assert.NotEmpty(factory.Problem(settings)!);
        Assert.True(Assert.IsType<SendOutcome.NotSent>(await factory.Create(settings).SendAsync(A.Record(), CancellationToken.None)).NeedsPerson);
        Assert.IsType<SendOutcome.Unknown>(await factory.Create(settings).AskAsync("G1", CancellationToken.None));
    }

    [Fact]
    public void Every_known_destination_works_as_it_is_suggested()
    {
        using var factory = new ChannelFactory(new PortalOptions(), TimeProvider.System);

        Assert.NotEmpty(KnownDestination.All);
        Assert.All(KnownDestination.All, known => Assert.Null(factory.Problem(
            new ChannelSettings(known.Kind, known.Address, "99001", "99", "x", "y", known.Options))));
    }
}
