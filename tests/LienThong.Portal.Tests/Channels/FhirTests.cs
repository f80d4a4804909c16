using LienThong.Portal.Channels;
using LienThong.PortalSimulator;

namespace LienThong.Portal.Tests.Channels;

public sealed class FhirTests
{
    private static readonly ChannelSettings Settings = new(
        ChannelKinds.Fhir, new Uri("https://fhir.invalid"), "99001", "99", "x", "y", new Dictionary<string, string>(StringComparer.Ordinal));

    [Theory]
    [InlineData(200, """{"logId":"L","metadata":{"status":"success","message":"ok","code":"200"}}""", "Accepted")]
    [InlineData(200, """{"logId":"L","status":"success","message":"ok"}""", "Accepted")]
    [InlineData(200, """{"logId":"L","metadata":{"status":"error","message":"sai","code":"E7"}}""", "Rejected")]
    [InlineData(422, """{"status":422,"error":"x","message":"sai"}""", "Rejected")]
    [InlineData(422, """{"status":"error","error":"x","message":"sai"}""", "Rejected")]
    [InlineData(403, """{"status":403,"error":"x","message":"sai"}""", "NotSent")]
    [InlineData(403, "<html>", "NotSent")]
    [InlineData(200, """{"logId":"L","metadata":{"status":"pending"}}""", "Unknown")]
    [InlineData(200, """{"metadata":{"status":"success"}}""", "Unknown")]
    [InlineData(200, """{"logId":"L","metadata":{"status":"queued"}}""", "Unknown")]
    [InlineData(500, """{"status":"error","message":"x"}""", "Unknown")]
    [InlineData(500, """{"logId":"L","metadata":{"status":"success"}}""", "Unknown")]
    public void An_answer_is_read_in_both_shapes(int status, string body, string outcome) =>
        Assert.Equal(outcome, new FhirDialect(Settings, new PortalOptions()).Judge(Answers.Of(body, status)).GetType().Name);

    [Theory]
    [InlineData("""[{"logId":"L","status":"success"}]""", "Unknown")]
    [InlineData("""{"data":[{"logId":"K","status":"success"},{"logId":"l","status":"success"}]}""", "Accepted")]
    [InlineData("""{"items":[{"id":"L","metadata":{"status":"error","message":"sai"}}]}""", "Rejected")]
    [InlineData("""{"items":[{"id":"L","metadata":{"status":"403","message":"sai"}}]}""", "Rejected")]
    [InlineData("""{"items":[{"id":"L","metadata":{"status":"pending"}}]}""", "Unknown")]
    [InlineData("""{"items":[]}""", "Unknown")]
    public void An_entry_of_the_log_is_found_by_its_id(string body, string outcome)
    {
        SendOutcome state = new FhirDialect(Settings, new PortalOptions()).JudgeState(Answers.Of(body), "L");

        Assert.Equal(outcome, state.GetType().Name);
        Assert.True(state is not SendOutcome.Unknown unknown || unknown.TransactionCode == "L");
    }

    [Fact]
    public async Task A_pending_document_is_asked_for_until_the_log_has_it()
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        IDocumentChannel channel = bench.Channel(ChannelKinds.Fhir);
        bench.Simulator.Faults.Add(new FaultRule { Kind = FaultKinds.Pending, Service = "fhir.record" });
        bench.Simulator.Faults.Add(new FaultRule { Kind = FaultKinds.Pending, Service = "fhir.state", Count = 1 });

        SendOutcome.Unknown pending = Assert.IsType<SendOutcome.Unknown>(await channel.SendAsync(A.Record(), CancellationToken.None));
        SendOutcome? still = await channel.AskAsync(pending.TransactionCode, CancellationToken.None);
        SendOutcome? done = await channel.AskAsync(pending.TransactionCode, CancellationToken.None);

        Assert.NotEmpty(pending.TransactionCode);
        Assert.Equal(pending.TransactionCode, Assert.IsType<SendOutcome.Unknown>(still).TransactionCode);
        Assert.Equal(pending.TransactionCode, Assert.IsType<SendOutcome.Accepted>(done).Receipt.TransactionCode);
        Assert.Single(bench.Simulator.Store.Documents());
    }

    [Theory]
    [InlineData(FaultKinds.Http500)]
    [InlineData(FaultKinds.Reset)]
    [InlineData(FaultKinds.Garbled)]
    [InlineData("code-403")]
    public async Task A_question_that_fails_leaves_the_document_open(string fault)
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        bench.Simulator.Faults.Add(new FaultRule { Kind = fault, Service = "fhir.state" });

        SendOutcome? state = await bench.Channel(ChannelKinds.Fhir).AskAsync("log-1", CancellationToken.None);

        Assert.Equal("log-1", Assert.IsType<SendOutcome.Unknown>(state).TransactionCode);
    }

    [Fact]
    public async Task The_refresh_token_renews_and_rotates_and_a_used_one_falls_back_to_the_password()
    {
        var clock = TestClock.July1st();
        await using GatewayBench bench = await GatewayBench.StartAsync(time: clock);
        for (int i = 0; i < 3; i++)
        {
            Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync(ChannelKinds.Fhir, A.Record($"L{i}")));
            clock.Advance(TimeSpan.FromMinutes(9.5));
        }

        Assert.Equal(["/fhir/api/auth/login", "/fhir/api/oauth/token", "/fhir/api/oauth/token"], Logins(bench));
        bench.Simulator.DropTokens();
        Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync(ChannelKinds.Fhir, A.Record("L9")));
        Assert.Equal(["/fhir/api/oauth/token", "/fhir/api/auth/login"], Logins(bench)[^2..]);
    }

    [Fact]
    public async Task Nodes_log_in_once_and_renew_with_the_newest_refresh_token_whoever_got_it()
    {
        var clock = TestClock.July1st();
        await using GatewayBench bench = await GatewayBench.StartAsync(time: clock);
        SessionShareTests.Share share = new();
        using ChannelFactory one = new(new PortalOptions(), clock, share: share), two = new(new PortalOptions(), clock, share: share);
        ChannelFactory[] order = [one, two, two, one, one, two];
        for (int i = 0; i < order.Length; i++)
        {
            Assert.IsType<SendOutcome.Accepted>(await order[i].Create(bench.Settings(ChannelKinds.Fhir)).SendAsync(A.Record($"L{i}"), CancellationToken.None));
            if (i % 2 == 1)
                clock.Advance(TimeSpan.FromMinutes(9.5));
        }

        Assert.Equal(["/fhir/api/auth/login", "/fhir/api/oauth/token", "/fhir/api/oauth/token"], Logins(bench));
        bench.Simulator.DropTokens();
        foreach (ChannelFactory node in (ChannelFactory[])[one, two])
            Assert.IsType<SendOutcome.Accepted>(await node.Create(bench.Settings(ChannelKinds.Fhir)).SendAsync(A.Record("L9"), CancellationToken.None));
        Assert.Equal(5, Logins(bench).Length);
    }

    [Fact]
    public async Task A_wrong_password_of_a_gateway_is_tried_by_one_node_only()
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        SessionShareTests.Share share = new();
        using ChannelFactory one = new(new PortalOptions(), TimeProvider.System, share: share), two = new(new PortalOptions(), TimeProvider.System, share: share);

        foreach (ChannelFactory node in (ChannelFactory[])[one, two])
            Assert.True(Assert.IsType<SendOutcome.NotSent>(await node.Create(bench.Settings(ChannelKinds.Fhir, password: "sai")).SendAsync(A.Record(), CancellationToken.None)).NeedsPerson);

        Assert.Single(Logins(bench));
    }

    [Fact]
    public async Task A_check_in_goes_to_its_own_service()
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();

        SendOutcome outcome = await bench.SendAsync(ChannelKinds.Fhir, new PortalSubmission("99001", "L1", PortalService.CheckIn, "QD3176", A.CheckIn("L1")));

        Assert.IsType<SendOutcome.Accepted>(outcome);
        Assert.Equal("fhir.checkin", Assert.Single(bench.Simulator.Store.Documents()).Service);
    }

    private static string[] Logins(GatewayBench bench) =>
        [.. bench.Simulator.Store.Requests().Where(static r => r.Service == "fhir.token").Select(static r => r.Path)];
}
