using System.Text;
using LienThong.Portal.Channels;
using LienThong.PortalSimulator;

namespace LienThong.Portal.Tests.Channels;

/// <summary>What the provincial gateways have in common.</summary>
public sealed class GatewayTests
{
    private static readonly PortalOptions Hasty = new() { CallTimeout = TimeSpan.FromSeconds(3), MaxAnswerBytes = 64 * 1024 };

    public static TheoryData<string> Kinds => [ChannelKinds.Hanoi, ChannelKinds.DienBien, ChannelKinds.Fhir];

    public static TheoryData<string, string> Faults
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string kind in new[] { ChannelKinds.Hanoi, ChannelKinds.DienBien, ChannelKinds.Fhir })
            {
                foreach (string fault in FaultsOfEach)
                    all.Add(kind, fault);
            }

            return all;
        }
    }

    private static string[] FaultsOfEach =>
    [
        FaultKinds.TimeoutBefore, FaultKinds.TimeoutAfter, FaultKinds.Reset, FaultKinds.Http500, FaultKinds.Http502, FaultKinds.Maintenance,
        FaultKinds.EmptyBody, FaultKinds.Garbled, FaultKinds.HugeBody, FaultKinds.SlowDrip, "code-500",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_record_is_accepted_byte_for_byte(string kind)
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        PortalSubmission record = A.Record(padding: 50_000);

        SendOutcome.Accepted outcome = Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync(kind, record));

        ReceivedDocument received = Assert.Single(bench.Simulator.Store.Documents());
        Assert.Equal(kind + ".record", received.Service);
        Assert.Equal(record.Document.ToArray(), received.Bytes);
        Assert.NotEmpty(outcome.Receipt.TransactionCode);
        Assert.True(outcome.Receipt.IsSimulator);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_faulty_record_is_rejected_with_its_text(string kind)
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        string broken = Encoding.UTF8.GetString(A.Package("L1")).Replace("<SOLUONGHOSO>1<", "<SOLUONGHOSO>2<", StringComparison.Ordinal);

        SendOutcome.Rejected outcome = Assert.IsType<SendOutcome.Rejected>(
            await bench.SendAsync(kind, A.Record("L1") with { Document = Encoding.UTF8.GetBytes(broken) }));

        Assert.Contains("SOLUONGHOSO", outcome.Text, StringComparison.Ordinal);
        Assert.NotEmpty(outcome.Code);
        Assert.Empty(bench.Simulator.Store.Documents());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task The_outcome_is_unknown_after(string kind, string fault)
    {
        await using GatewayBench bench = await GatewayBench.StartAsync(options: Hasty);
        bench.Simulator.Faults.Add(new FaultRule { Kind = fault });

        Assert.IsType<SendOutcome.Unknown>(await bench.SendAsync(kind));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Nothing_is_sent_when_nobody_listens(string kind)
    {
        await using GatewayBench bench = await GatewayBench.StartAsync(options: Hasty);
        ChannelSettings settings = bench.Settings(kind);
        await bench.Simulator.DisposeAsync();

        SendOutcome.NotSent outcome = Assert.IsType<SendOutcome.NotSent>(await bench.Factory.Create(settings).SendAsync(A.Record(), CancellationToken.None));

        Assert.False(outcome.NeedsPerson);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_gateway_gone_after_login_got_nothing(string kind)
    {
        await using GatewayBench bench = await GatewayBench.StartAsync(options: Hasty);
        ChannelSettings settings = bench.Settings(kind);
        Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync(kind));
        await bench.Simulator.DisposeAsync();

        Assert.IsType<SendOutcome.NotSent>(await bench.Factory.Create(settings).SendAsync(A.Record("L2"), CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_caller_who_stops_before_the_login_ends_has_sent_nothing(string kind)
    {
        await using GatewayBench bench = await GatewayBench.StartAsync(new SimulatorOptions { Latency = TimeSpan.FromSeconds(2) });
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        Assert.IsType<SendOutcome.NotSent>(await bench.Channel(kind).SendAsync(A.Record(), stop.Token));
        Assert.Equal(0, bench.Calls(kind + ".record"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_401_is_answered_by_one_login_and_one_repeat(string kind)
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        bench.Simulator.Faults.Add(new FaultRule { Kind = "code-401", Count = 1 });

        Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync(kind));

        Assert.Equal(2, bench.Calls(kind + ".token"));
        Assert.Equal(2, bench.Calls(kind + ".record"));
        Assert.Single(bench.Simulator.Store.Documents());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_second_401_waits_for_a_person(string kind)
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        bench.Simulator.Faults.Add(new FaultRule { Kind = "code-401" });

        Assert.True(Assert.IsType<SendOutcome.NotSent>(await bench.SendAsync(kind)).NeedsPerson);
        Assert.Equal(2, bench.Calls(kind + ".record"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_wrong_password_is_tried_once(string kind)
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        ChannelSettings wrong = bench.Settings(kind, password: "sai");

        for (int i = 0; i < 3; i++)
            Assert.True(Assert.IsType<SendOutcome.NotSent>(await bench.Factory.Create(wrong).SendAsync(A.Record(), CancellationToken.None)).NeedsPerson);

        Assert.Equal(1, bench.Calls(kind + ".token"));
        Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync(kind));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Channels_of_one_account_share_one_login(string kind)
    {
        await using GatewayBench bench = await GatewayBench.StartAsync(new SimulatorOptions { Latency = TimeSpan.FromMilliseconds(30) });

        SendOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => bench.SendAsync(kind, A.Record($"L{i}"))));

        Assert.All(outcomes, static o => Assert.IsType<SendOutcome.Accepted>(o));
        Assert.Equal(1, bench.Calls(kind + ".token"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_facility_logs_in_for_itself(string kind)
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        await bench.SendAsync(kind);

        SendOutcome outcome = await bench.Factory.Create(bench.Settings(kind, "99002")).SendAsync(A.Record("L2", "99002"), CancellationToken.None);

        Assert.IsType<SendOutcome.Accepted>(outcome);
        Assert.Equal(["99001_BV", "99002_BV"], bench.Simulator.Store.Requests().Where(r => r.Service == kind + ".record").Select(static r => r.UserName));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Another_facilitys_record_never_leaves(string kind)
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();

        Assert.True(Assert.IsType<SendOutcome.NotSent>(await bench.SendAsync(kind, A.Record(facility: "99002"))).NeedsPerson);
        Assert.True(Assert.IsType<SendOutcome.NotSent>(
            await bench.SendAsync(kind, A.Record() with { Document = A.Package("L1", "99002") })).NeedsPerson);
        Assert.Empty(bench.Simulator.Store.Requests());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_a_gateway_has_no_service_for_waits_for_a_person(string kind)
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();
        var assessment = new PortalSubmission("99001", "BB-1", PortalService.MedicalAssessment, "QD3176", A.Assessment("BB-1"));

        Assert.True(Assert.IsType<SendOutcome.NotSent>(await bench.SendAsync(kind, assessment)).NeedsPerson);
        Assert.Empty(bench.Simulator.Store.Requests());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_locked_account_waits_for_a_person(string kind)
    {
        await using GatewayBench bench = await GatewayBench.StartAsync();

        SendOutcome outcome = await bench.Factory.Create(bench.Settings(kind, "99003")).SendAsync(A.Record(facility: "99003"), CancellationToken.None);

        Assert.True(Assert.IsType<SendOutcome.NotSent>(outcome).NeedsPerson);
    }

    [Theory]
    [InlineData(ChannelKinds.Hanoi, 555)]
    [InlineData(ChannelKinds.Fhir, 555)]
    [InlineData(ChannelKinds.DienBien, 15 * 60)]
    public async Task A_token_is_renewed_before_it_expires_and_at_Dien_Bien_after_15_minutes(string kind, int seconds)
    {
        var clock = TestClock.July1st();
        await using GatewayBench bench = await GatewayBench.StartAsync(time: clock);

        await bench.SendAsync(kind, A.Record("L1"));
        clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        await bench.SendAsync(kind, A.Record("L2"));
        Assert.Equal(1, bench.Calls(kind + ".token"));
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync(kind, A.Record("L3")));
        Assert.Equal(2, bench.Calls(kind + ".token"));
    }
}
