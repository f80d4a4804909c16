using System.Data.Common;
using LienThong.PortalSimulator;

namespace LienThong.Portal.Tests;

/// <summary>Processes that share their sessions.</summary>
public sealed class SessionShareTests
{
    [Fact]
    public async Task Three_nodes_log_in_once()
    {
        await using Bench bench = await Bench.StartAsync(new SimulatorOptions { Latency = TimeSpan.FromMilliseconds(30) });
        Share share = new();
        BhxhPortalChannel[] nodes = [.. Enumerable.Range(0, 3).Select(_ => Node(share))];

        SendOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => nodes[i % 3].SendAsync(bench.Account, A.Record($"L{i}"), default)));

        Assert.All(outcomes, static o => Assert.IsType<SendOutcome.Accepted>(o));
        Assert.Equal(1, bench.Logins);
    }

    [Fact]
    public async Task A_stale_token_is_renewed_by_one_of_them_for_all()
    {
        await using Bench bench = await Bench.StartAsync(new SimulatorOptions { Latency = TimeSpan.FromMilliseconds(10) });
        Share share = new();
        BhxhPortalChannel[] nodes = [Node(share), Node(share)];
        foreach (BhxhPortalChannel node in nodes) await node.SendAsync(bench.Account, A.Record("L0"), default);
        bench.Portal.DropTokens();

        SendOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => nodes[i % 2].SendAsync(bench.Account, A.Record($"L{i}"), default)));

        Assert.All(outcomes, static o => Assert.IsType<SendOutcome.Accepted>(o));
        Assert.Equal(2, bench.Logins);
    }

    [Fact]
    public async Task A_stale_token_of_somebody_else_is_no_refusal_of_the_account()
    {
        await using Bench bench = await Bench.StartAsync();
        Share share = new();
        (BhxhPortalChannel one, BhxhPortalChannel two) = (Node(share), Node(share));
        await one.SendAsync(bench.Account, A.Record("L1"), default);
        bench.Portal.DropTokens();
        await two.SendAsync(bench.Account, A.Record("L2"), default);
        bench.Portal.DropTokens();

        // Its own token is stale, and so is the one it finds.
        Assert.IsType<SendOutcome.Accepted>(await one.SendAsync(bench.Account, A.Record("L3"), default));
        Assert.Equal(3, bench.Logins);
    }

    [Fact]
    public async Task A_wrong_password_is_tried_by_one_of_them_only()
    {
        await using Bench bench = await Bench.StartAsync();
        Share share = new();
        PortalAccount wrong = bench.Account with { PasswordDigest = PortalAccount.Digest("sai") };

        foreach (BhxhPortalChannel node in (BhxhPortalChannel[])[Node(share), Node(share), Node(share)])
            Assert.True(Assert.IsType<SendOutcome.NotSent>(await node.SendAsync(wrong, A.Record(), default)).NeedsPerson);

        Assert.Equal(1, bench.Logins);
    }

    [Fact]
    public async Task Without_the_database_nothing_is_sent_and_nothing_is_lost()
    {
        await using Bench bench = await Bench.StartAsync();

        SendOutcome outcome = await Node(new Away()).SendAsync(bench.Account, A.Record(), default);

        Assert.False(Assert.IsType<SendOutcome.NotSent>(outcome).NeedsPerson);
        Assert.Empty(bench.Portal.Store.Documents());
    }

    private static BhxhPortalChannel Node(ISessionShare share) => BhxhPortalChannel.Create(new PortalOptions(), TimeProvider.System, null, share);

    /// <summary>One row, as a database would keep it.</summary>
    internal sealed class Share : ISessionShare
    {
        private readonly Lock gate = new();
        private SharedSession? session;
        private string? holder;

        public Task<SharedSession?> ReadAsync(PortalAccount account, CancellationToken ct)
        {
            lock (gate) return Task.FromResult(session);
        }

        public Task<bool> TryClaimAsync(PortalAccount account, string owner, TimeSpan hold, CancellationToken ct)
        {
            lock (gate)
            {
                bool free = holder is null;
                holder ??= owner;
                return Task.FromResult(free);
            }
        }

        public Task LeaveAsync(PortalAccount account, string owner, SharedSession? kept, CancellationToken ct)
        {
            lock (gate) (session, holder) = (kept ?? session, null);
            return Task.CompletedTask;
        }
    }

    private sealed class Away : ISessionShare
    {
        public Task<SharedSession?> ReadAsync(PortalAccount account, CancellationToken ct) => throw new Trouble();

        public Task<bool> TryClaimAsync(PortalAccount account, string owner, TimeSpan hold, CancellationToken ct) => throw new Trouble();

        public Task LeaveAsync(PortalAccount account, string owner, SharedSession? kept, CancellationToken ct) => throw new Trouble();

        private sealed class Trouble : DbException;
    }
}
