using LienThong.PortalSimulator;

namespace LienThong.Portal.Tests;

public sealed class SessionTests
{
    [Theory]
    [InlineData(ExpiresInShape.UtcText)]
    [InlineData(ExpiresInShape.TextWithoutZone)]
    [InlineData(ExpiresInShape.EpochSeconds)]
    [InlineData(ExpiresInShape.SecondsFromNow)]
    public async Task A_token_is_used_until_45_s_before_it_expires_and_then_renewed(ExpiresInShape shape)
    {
        var clock = TestClock.July1st();
        await using Bench bench = await Bench.StartAsync(new SimulatorOptions { ExpiresIn = shape }, time: clock);

        await bench.SendAsync(A.Record("L1"));
        clock.Advance(TimeSpan.FromSeconds(554));
        await bench.SendAsync(A.Record("L2"));
        Assert.Equal(1, bench.Logins);

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync(A.Record("L3")));
        Assert.Equal(2, bench.Logins);
    }

    [Fact]
    public async Task Fifty_sends_at_once_log_in_once()
    {
        await using Bench bench = await Bench.StartAsync(new SimulatorOptions { Latency = TimeSpan.FromMilliseconds(50) });

        SendOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => bench.SendAsync(A.Record($"L{i}"))));

        Assert.All(outcomes, static o => Assert.IsType<SendOutcome.Accepted>(o));
        Assert.Equal(1, bench.Logins);
    }

    [Fact]
    public async Task Fifty_sends_with_a_stale_token_log_in_once_more()
    {
        await using Bench bench = await Bench.StartAsync(new SimulatorOptions { Latency = TimeSpan.FromMilliseconds(20) });
        await bench.SendAsync();
        bench.Portal.DropTokens();

        SendOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => bench.SendAsync(A.Record($"L{i}"))));

        Assert.All(outcomes, static o => Assert.IsType<SendOutcome.Accepted>(o));
        Assert.Equal(2, bench.Logins);
    }

    [Fact]
    public async Task A_401_is_answered_by_one_login_and_one_repeat()
    {
        await using Bench bench = await Bench.StartAsync();
        bench.Portal.Faults.Add(new FaultRule { Kind = "code-401", Count = 1 });

        SendOutcome outcome = await bench.SendAsync();

        Assert.IsType<SendOutcome.Accepted>(outcome);
        Assert.Equal(2, bench.Logins);
        Assert.Equal(2, bench.Portal.Store.Requests().Count(static r => r.Service == "record"));
        Assert.Single(bench.Portal.Store.Documents());
    }

    [Fact]
    public async Task A_second_401_stops_the_facility()
    {
        await using Bench bench = await Bench.StartAsync();
        bench.Portal.Faults.Add(new FaultRule { Kind = "code-401" });

        SendOutcome.NotSent outcome = Assert.IsType<SendOutcome.NotSent>(await bench.SendAsync());

        Assert.True(outcome.NeedsPerson);
        Assert.Equal(2, bench.Portal.Store.Requests().Count(static r => r.Service == "record"));
    }

    [Fact]
    public async Task A_wrong_password_is_tried_once_however_many_sends_wait()
    {
        var clock = TestClock.July1st();
        await using Bench bench = await Bench.StartAsync(time: clock);
        PortalAccount wrong = bench.Account with { PasswordDigest = PortalAccount.Digest("sai") };

        for (int i = 0; i < 5; i++)
        {
            SendOutcome outcome = await bench.Channel.SendAsync(wrong, A.Record(), CancellationToken.None);
            Assert.True(Assert.IsType<SendOutcome.NotSent>(outcome).NeedsPerson);
        }

        Assert.Equal(1, bench.Logins);
        bench.Sessions.Forget(wrong);
        await bench.Channel.SendAsync(wrong, A.Record(), CancellationToken.None);
        Assert.Equal(2, bench.Logins);
        clock.Advance(TimeSpan.FromMinutes(16));
        await bench.Channel.SendAsync(wrong, A.Record(), CancellationToken.None);
        Assert.Equal(3, bench.Logins);
    }

    [Fact]
    public async Task The_right_password_works_at_once_after_a_wrong_one()
    {
        await using Bench bench = await Bench.StartAsync();
        PortalAccount wrong = bench.Account with { PasswordDigest = PortalAccount.Digest("sai") };
        await bench.Channel.SendAsync(wrong, A.Record(), CancellationToken.None);

        Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync());
    }

    [Fact]
    public async Task A_locked_account_needs_a_person()
    {
        await using Bench bench = await Bench.StartAsync();

        SendOutcome outcome = await bench.Channel.SendAsync(
            A.Account(bench.Portal.BaseAddress, "99003"), A.Record(facility: "99003"), CancellationToken.None);

        Assert.True(Assert.IsType<SendOutcome.NotSent>(outcome).NeedsPerson);
    }

    [Fact]
    public async Task Each_facility_has_a_token_of_its_own()
    {
        await using Bench bench = await Bench.StartAsync();

        SendOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
        {
            string facility = i % 2 == 0 ? "99001" : "99002";
            return bench.Channel.SendAsync(
                A.Account(bench.Portal.BaseAddress, facility), A.Record($"L{i}", facility), CancellationToken.None);
        }));

        Assert.All(outcomes, static o => Assert.IsType<SendOutcome.Accepted>(o));
        Assert.Equal(["99001_BV", "99002_BV"], bench.Portal.Store.Requests().Where(static r => r.Service == "token").Select(static r => r.UserName).Order());
    }

    [Theory]
    [InlineData(7200)]
    [InlineData(-7200)]
    public async Task A_clock_hours_off_doesnt_make_tokens_expire_at_once(int seconds)
    {
        await using Bench bench = await Bench.StartAsync();
        bench.Portal.Faults.Add(new FaultRule { Kind = FaultKinds.ClockSkew, Seconds = seconds });

        for (int i = 0; i < 5; i++)
            Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync(A.Record($"L{i}")));

        Assert.Equal(1, bench.Logins);
    }

    [Fact]
    public async Task A_token_that_lives_seconds_is_still_used_for_half_its_life()
    {
        var clock = TestClock.July1st();
        await using Bench bench = await Bench.StartAsync(new SimulatorOptions { TokenLifetime = TimeSpan.FromSeconds(20) }, time: clock);

        await bench.SendAsync(A.Record("L1"));
        clock.Advance(TimeSpan.FromSeconds(9));
        await bench.SendAsync(A.Record("L2"));
        Assert.Equal(1, bench.Logins);
        clock.Advance(TimeSpan.FromSeconds(2));
        await bench.SendAsync(A.Record("L3"));

        Assert.Equal(2, bench.Logins);
    }
}
