using LienThong.Portal.Channels;
using LienThong.PortalSimulator;

namespace LienThong.Portal.Tests.Channels;

public sealed class DienBienTests
{
    private static readonly ChannelSettings Settings = new(
        ChannelKinds.DienBien, new Uri("https://cong.invalid"), "99001", "11", "x", "y", new Dictionary<string, string>(StringComparer.Ordinal));

    [Theory]
    [InlineData(200, """{"maGiaoDich":"G1","trangThai":1,"maLoi":null}""", "Accepted")]
    [InlineData(200, """{"maGiaoDich":"G1","trangThai":"1"}""", "Accepted")]
    [InlineData(201, """{"maGiaoDich":"G1","trangThai":2,"maLoi":"Lỗi hồ sơ"}""", "Rejected")]
    [InlineData(200, """{"maGiaoDich":"G1","trangThai":2}""", "Rejected")]
    [InlineData(400, """{"message":"thiếu tệp"}""", "Rejected")]
    [InlineData(403, """{"message":"cấm"}""", "NotSent")]
    [InlineData(403, "<html>", "NotSent")]
    [InlineData(201, """{"maGiaoDich":"G1","trangThai":1}""", "Unknown")]
    [InlineData(500, """{"maGiaoDich":"G1","trangThai":1}""", "Unknown")]
    [InlineData(500, """{"message":"x"}""", "Unknown")]
    [InlineData(429, """{"message":"x"}""", "Unknown")]
    [InlineData(200, """{"trangThai":1}""", "Unknown")]
    [InlineData(200, """{"trangThai":3,"maGiaoDich":"G1"}""", "Unknown")]
    [InlineData(200, """{"maGiaoDich":"G1"}""", "Unknown")]
    public void Status_and_state_must_agree(int status, string body, string outcome) =>
        Assert.Equal(outcome, new DienBienDialect(Settings, new PortalOptions()).Judge(Answers.Of(body, status)).GetType().Name);

    [Theory]
    [InlineData(false, "md5", true)]
    [InlineData(false, "clear", false)]
    [InlineData(true, "clear", true)]
    [InlineData(true, "md5", false)]
    public async Task The_password_travels_as_digest_or_clear_by_a_switch(bool portalWantsClear, string sent, bool works)
    {
        await using GatewayBench bench = await GatewayBench.StartAsync(new SimulatorOptions { DienBienClearPassword = portalWantsClear });

        SendOutcome outcome = await bench.Channel(ChannelKinds.DienBien, (ChannelOptions.PasswordSent, sent)).SendAsync(A.Record(), CancellationToken.None);

        Assert.Equal(works ? typeof(SendOutcome.Accepted) : typeof(SendOutcome.NotSent), outcome.GetType());
    }

    [Fact]
    public async Task A_stored_digest_is_enough_where_the_digest_is_sent_and_not_where_the_password_is()
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        ChannelSettings digest = bench.Settings(
            ChannelKinds.DienBien, password: PortalAccount.Digest(A.Password), options: (ChannelOptions.PasswordForm, "digest"));

        Assert.IsType<SendOutcome.Accepted>(await bench.Factory.Create(digest).SendAsync(A.Record(), CancellationToken.None));
        Assert.NotNull(bench.Factory.Problem(digest with
        {
            Options = new Dictionary<string, string>(digest.Options, StringComparer.Ordinal) { [ChannelOptions.PasswordSent] = "clear" },
        }));
        Assert.NotNull(bench.Factory.Problem(bench.Settings(ChannelKinds.DienBien, options: (ChannelOptions.PasswordSent, "sha1"))));
    }

    [Fact]
    public async Task It_cant_be_asked()
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();

        Assert.Null(await bench.Channel(ChannelKinds.DienBien).AskAsync("G1", CancellationToken.None));
        Assert.Empty(bench.Simulator.Store.Requests());
    }
}
