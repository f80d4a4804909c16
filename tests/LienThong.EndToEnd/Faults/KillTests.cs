using System.Collections.Concurrent;
using System.Globalization;
using LienThong.PortalSimulator;
using Xunit.Abstractions;

namespace LienThong.EndToEnd.Faults;

/// <summary>
/// Nodes killed at random moments while they take records in and send them, with a portal that delays, drops connections before and after it stored
/// the record, answers garbage and forgets tokens. At the end nothing is lost and every repeat is explained.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly int Kills = Number("LIENTHONG_KILLS", 12);
    private static readonly int Records = Number("LIENTHONG_RECORDS", 500);

    [Fact]
    public Task One_node_killed_at_random_loses_nothing() => RunAsync(postgres: null, nodes: 1);

    [Fact]
    public async Task Three_nodes_killed_at_random_with_the_database_restarted_in_between_lose_nothing()
    {
        await using PostgresCluster cluster = await PostgresCluster.StartAsync();
        await RunAsync(cluster, nodes: 3);
    }

    private async Task RunAsync(PostgresCluster? postgres, int nodes)
    {
        await using Hospital hospital = await Hospital.OpenAsync(postgres?.ConnectionString);
        Trouble(hospital.Portal);
        Random chance = new(7);
        Node[] running = await Task.WhenAll(Enumerable.Range(0, nodes).Select(_ => hospital.StartNodeAsync()));
        ConcurrentQueue<byte[]> waiting = new(Hospital.Packages(Records, 25));
        using CancellationTokenSource done = new();
        // Two hospital systems that hand in again whatever they got no answer for.
        Task[] feeders = [.. Enumerable.Range(0, 2).Select(i => Task.Run(() => FeedAsync(hospital, running, waiting, i, done.Token)))];
        for (int kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(chance.Next(100, 900));
            int victim = chance.Next(nodes);
            await running[victim].KillAsync();
            await running[victim].DisposeAsync();
            if (postgres is not null && kill % 20 == 10)
                await postgres.RestartAsync();
            if (kill % 7 == 3)
                hospital.Portal.DropTokens();
            running[victim] = await hospital.StartNodeAsync();
        }
        hospital.Portal.Faults.Clear();
        await Task.WhenAll(feeders);
        await QuietAsync(hospital);
        foreach (Node node in running)
            await node.DisposeAsync();
        await JudgeAsync(hospital);
    }

    private static void Trouble(PortalSimulatorHost portal)
    {
        foreach ((string kind, int every, bool? stored) in ((string, int, bool?)[])
            [
                (FaultKinds.TimeoutAfter, 61, null), (FaultKinds.TimeoutBefore, 97, null), (FaultKinds.Reset, 23, true), (FaultKinds.Reset, 29, false), (FaultKinds.Garbled, 31, null),
                (FaultKinds.Http500, 37, null), (FaultKinds.EmptyBody, 41, null), (FaultKinds.WrongCharset, 43, null), ("code-401", 47, null), (FaultKinds.Maintenance, 53, null),
            ])
        {
            portal.Faults.Add(new FaultRule { Kind = kind, Every = every, AfterReception = stored, Service = "record", DelayMs = 3000 });
        }
    }

    private static async Task FeedAsync(Hospital hospital, Node[] nodes, ConcurrentQueue<byte[]> waiting, int who, CancellationToken ct)
    {
        while (waiting.TryDequeue(out byte[]? package))
        {
            while (!await nodes[who % nodes.Length].HandInAsync(package, hospital.Token))
                await Task.Delay(100, ct);
        }
    }

    private static async Task QuietAsync(Hospital hospital)
    {
        for (int i = 0; i < 600; i++)
        {
            if ((await hospital.RowsAsync<long>("SELECT COUNT(*) FROM work_item WHERE status <> 'Dead'"))[0] == 0)
                return;
            // A portal that refuses a fresh login as well stops the facility until a person has looked at it.
            await hospital.ResumeAsync();
            await Task.Delay(500);
        }
        Assert.Fail("The queue didn't come to rest: " + string.Join("; ", await hospital.RowsAsync<string>(
            "SELECT stage || ' ' || status || ' ' || COUNT(*) || ' ' || COALESCE(MAX(cause), '') FROM work_item GROUP BY stage, status")));
    }

    private async Task JudgeAsync(Hospital hospital)
    {
        List<(string MaLk, string State, string? Sha, string? Cause)> now = await hospital.RowsAsync<(string, string, string?, string?)>(
            "SELECT ma_lk, state, signed_sha256, state_cause FROM record_version WHERE is_current = 1");
        Assert.Equal(Records, now.Count);
        Assert.Equal(Records, now.Select(r => r.MaLk).Distinct().Count());
        ILookup<string, (string MaLk, string? Outcome, string Sha)> calls = (await hospital.RowsAsync<(string MaLk, string? Outcome, string Sha)>(
            "SELECT ma_lk, outcome, request_sha256 FROM submission")).ToLookup(s => s.MaLk);
        (int accepted, int waiting, int repeats) = (0, 0, 0);
        foreach ((string maLk, string state, string? sha, string? cause) in now)
        {
            IReadOnlyList<ReceivedDocument> there = hospital.Portal.Store.Documents(Server.Tests.Support.RunningServer.Facility, maLk);
            Assert.All(calls[maLk], c => Assert.NotNull(c.Outcome));
            // Every copy at the portal is a call of ours, and every repeat follows a call whose outcome nobody knew.
            Assert.InRange(there.Count, state == "Accepted" ? 1 : 0, calls[maLk].Count());
            Assert.InRange(there.Count - 1, -1, calls[maLk].Count(c => c.Outcome == "Unknown"));
            Assert.True(there.Count(d => !d.Replaced) <= 1, maLk);
            Assert.All(there, d => Assert.Equal(sha, d.Sha256, ignoreCase: true));
            repeats += Math.Max(there.Count - 1, 0);
            if (state == "Accepted")
            {
                accepted++;
                Assert.Contains(calls[maLk], c => c.Outcome == "Accepted");
            }
            else
            {
                waiting++;
                Assert.True(state == "OutcomeUnknown" && cause is { Length: > 0 }, $"{maLk} {state} {cause}");
            }
        }
        await hospital.AssertProofIsWholeAsync();
        output.WriteLine($"{Kills} kills: {accepted} accepted, {waiting} waiting with their cause, {repeats} repeats at the portal, {calls.Sum(c => c.Count())} calls");
        Assert.InRange(waiting, 0, Records / 10);
    }

    private static int Number(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int number) ? number : otherwise;
}
