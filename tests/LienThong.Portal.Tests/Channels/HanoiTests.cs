using LienThong.Portal.Channels;

namespace LienThong.Portal.Tests.Channels;

public sealed class HanoiTests
{
    private static readonly ChannelSettings Settings = new(
        ChannelKinds.Hanoi, new Uri("https://truc.invalid"), "99001", "01", "x", "y", new Dictionary<string, string>(StringComparer.Ordinal));

    [Theory]
    [InlineData("""{"maKetQua":"200","batchId":"B","totalSuccess":1,"totalFailed":0,"fileResults":[{"maGiaoDich":"G1"}]}""", "Accepted")]
    [InlineData("""{"maKetQua":200,"totalSuccess":1,"totalFailed":0,"fileResults":[{"maGiaoDich":"G1","maKetQua":"200"}]}""", "Accepted")]
    [InlineData("""{"maKetQua":"200","fileResults":[{"maGiaoDich":"G1"}]}""", "Accepted")]
    [InlineData("""{"maKetQua":"200","totalSuccess":0,"totalFailed":1,"fileResults":[{"maGiaoDich":"G1","maLoi":"123"}]}""", "Rejected")]
    [InlineData("""{"maKetQua":"200","fileResults":[{"maGiaoDich":"","maKetQua":"123"}]}""", "Rejected")]
    [InlineData("""{"maKetQua":"400","totalSuccess":0,"totalFailed":1,"fileResults":[{"message":"sai"}]}""", "Rejected")]
    [InlineData("""{"maKetQua":"123","message":"sai"}""", "Rejected")]
    [InlineData("""{"maKetQua":"403"}""", "NotSent")]
    [InlineData("""{"maKetQua":"500"}""", "Unknown")]
    [InlineData("""{"maKetQua":"200"}""", "Unknown")]
    [InlineData("""{"maKetQua":"200","totalSuccess":1,"totalFailed":0,"fileResults":[{}]}""", "Unknown")]
    [InlineData("""{"maKetQua":"200","totalSuccess":1,"totalFailed":1,"fileResults":[{"maGiaoDich":"G1"}]}""", "Unknown")]
    [InlineData("""{"maKetQua":"200","totalSuccess":1,"totalFailed":0,"fileResults":[{"maGiaoDich":"G1","maKetQua":"123"}]}""", "Unknown")]
    [InlineData("""{"maKetQua":"200","totalSuccess":2,"totalFailed":0,"fileResults":[{"maGiaoDich":"G1"},{"maGiaoDich":"G2"}]}""", "Unknown")]
    [InlineData("""{"totalSuccess":1}""", "Unknown")]
    public void An_answer_counts_only_when_it_speaks_of_our_one_file_without_contradiction(string body, string outcome) =>
        Assert.Equal(outcome, new HanoiDialect(Settings, new PortalOptions()).Judge(Answers.Of(body)).GetType().Name);

    [Theory]
    [InlineData("""{"maKetQua":"200","trangThai":1}""", "Accepted")]
    [InlineData("""{"maKetQua":"200","data":{"trangThai":"success"}}""", "Accepted")]
    [InlineData("""{"trangThai":2,"moTa":"sai"}""", "Rejected")]
    [InlineData("""{"trangThai":"DANG_XU_LY"}""", "Unknown")]
    [InlineData("""{"maKetQua":"404"}""", "Unknown")]
    [InlineData("[]", "Unknown")]
    public void A_state_our_table_doesnt_know_stays_open(string body, string outcome)
    {
        SendOutcome state = new HanoiDialect(Settings, new PortalOptions()).JudgeState(Answers.Of(body), "G1");

        Assert.Equal(outcome, state.GetType().Name);
        Assert.True(state is not SendOutcome.Unknown unknown || unknown.TransactionCode == "G1");
    }

    [Fact]
    public void A_state_can_be_added_without_a_release()
    {
        var options = new PortalOptions { ResultCodes = PortalResultCodes.Default.With(new StringReader("h\nDA_NHAN,accepted,Đã nhận,Không cần làm gì,thử,hanoi")) };

        Assert.IsType<SendOutcome.Accepted>(new HanoiDialect(Settings, options).JudgeState(Answers.Of("""{"trangThai":"da_nhan"}"""), "G1"));
    }

    [Fact]
    public async Task A_document_can_be_asked_for_and_an_unknown_one_stays_open()
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        IDocumentChannel channel = bench.Channel(ChannelKinds.Hanoi);
        var accepted = Assert.IsType<SendOutcome.Accepted>(await channel.SendAsync(A.Record(), CancellationToken.None));
        bench.Simulator.DropTokens();

        SendOutcome? known = await channel.AskAsync(accepted.Receipt.TransactionCode, CancellationToken.None);
        SendOutcome? unknown = await channel.AskAsync("không/có?", CancellationToken.None);

        Assert.Equal(accepted.Receipt.TransactionCode, Assert.IsType<SendOutcome.Accepted>(known).Receipt.TransactionCode);
        Assert.Equal("không/có?", Assert.IsType<SendOutcome.Unknown>(unknown).TransactionCode);
        Assert.Equal(2, bench.Calls("hanoi.token"));
    }

    [Fact]
    public async Task The_login_has_its_own_host_and_code()
    {
        await using GatewayBench axis = await GatewayBench.StartAsync();
        await using GatewayBench auth = await GatewayBench.StartAsync();
        IDocumentChannel channel = axis.Channel(ChannelKinds.Hanoi, (ChannelOptions.LoginAddress, auth.Settings(ChannelKinds.Hanoi).Address.AbsoluteUri));

        // The token of another host's login isn't known here, so this ends at the second 401: what matters is who was asked.
        Assert.IsType<SendOutcome.NotSent>(await channel.SendAsync(A.Record(), CancellationToken.None));
        Assert.Equal((2, 0), (auth.Calls("hanoi.token"), axis.Calls("hanoi.token")));
        Assert.Equal((0, 2), (auth.Calls("hanoi.record"), axis.Calls("hanoi.record")));

        SendOutcome wrongUnit = await axis.Channel(ChannelKinds.Hanoi, (ChannelOptions.UnitCode, "99009")).SendAsync(A.Record(), CancellationToken.None);
        Assert.True(Assert.IsType<SendOutcome.NotSent>(wrongUnit).NeedsPerson);
    }

    [Fact]
    public async Task A_check_in_isnt_taken()
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();

        SendOutcome outcome = await bench.SendAsync(ChannelKinds.Hanoi, new PortalSubmission("99001", "L1", PortalService.CheckIn, "QD3176", A.CheckIn("L1")));

        Assert.True(Assert.IsType<SendOutcome.NotSent>(outcome).NeedsPerson);
    }
}
