using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Deliveries;

/// <summary>Records and deliveries to the national portal count together toward what a facility may call, and check-ins don't starve.</summary>
public abstract class SharedPaceTests(Db db)
{
    [Fact]
    public async Task Records_and_check_ins_of_all_nodes_together_keep_to_the_calls_at_once()
    {
        await using World w = await World.CreateAsync(db);
        Assert.True((await w.Facilities.SetPaceAsync(w.Officer, A.Facility, maxParallel: 3, maxPerMinute: null, default)).Ok);
        await w.IngestAsync(A.Many(30));
        await w.CheckInAsync([.. Enumerable.Range(0, 20).Select(i => A.CheckIn($"C{i}"))]);
        w.Portal.OnCall = _ => Task.Delay(5);

        await Task.WhenAll(Enumerable.Range(0, 2).SelectMany(_ => (Task[])
        [
            Task.Run(() => DeliveryNodeTests.AnotherSender(w).DrainAsync(TimeSpan.Zero, default)),
            Task.Run(() => DeliveryNodeTests.Another(w).DrainAsync(default)),
        ]));
        while ((await w.DrainAsync()).Sent + (await w.DeliverAsync()).Sent > 0) { }

        Assert.Equal(50, w.Portal.Received.Count);
        Assert.Equal(50, w.Portal.Received.Select(r => r.MaLk).Distinct().Count());
        Assert.InRange(w.Portal.MostAtOnce, 1, 3);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Records_and_check_ins_together_keep_to_the_calls_in_a_minute()
    {
        await using World w = await World.CreateAsync(db);
        Assert.True((await w.Facilities.SetPaceAsync(w.Officer, A.Facility, maxParallel: 4, maxPerMinute: 10, default)).Ok);
        await w.CheckInAsync([.. Enumerable.Range(0, 6).Select(i => A.CheckIn($"C{i}"))]);
        await w.IngestAsync(A.Many(25));

        await w.DeliverAsync();
        await w.DrainAsync();
        Assert.Equal((10, 6), Calls(w));
        await w.CheckInAsync(A.CheckIn("C9"));
        await w.DeliverAsync();
        Assert.Equal((10, 6), Calls(w));

        // One of the next minute's calls is the check-in's, although the records come first.
        w.Time.Advance(TimeSpan.FromSeconds(59));
        await w.DeliverAsync();
        w.Time.Advance(TimeSpan.FromSeconds(1));
        await w.DrainAsync();
        Assert.Equal((19, 6), Calls(w));
        await w.DeliverAsync();
        Assert.Equal((20, 7), Calls(w));
    }

    [Fact]
    public async Task A_check_in_that_finds_no_call_free_gets_the_next_one_before_all_waiting_records()
    {
        await using World w = await World.CreateAsync(db);
        Assert.True((await w.Facilities.SetPaceAsync(w.Officer, A.Facility, maxParallel: 1, maxPerMinute: null, default)).Ok);
        await w.IngestAsync(A.Many(12));
        int calls = 0;
        w.Portal.OnCall = async _ =>
        {
            if (Interlocked.Increment(ref calls) != 5)
                return;
            await w.CheckInAsync(A.CheckIn("C1"));
            Assert.Equal(0, (await w.DeliverAsync()).Sent);
        };

        await w.DrainAsync();
        Assert.Equal((5, 0), Calls(w));
        await w.DeliverAsync();
        Assert.Equal((6, 1), Calls(w));
        await w.DrainAsync();

        Assert.Equal((13, 1), Calls(w));
        Assert.Equal(1, w.Portal.MostAtOnce);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Records_go_on_when_nobody_comes_for_the_call_they_left()
    {
        await using World w = await World.CreateAsync(db);
        Assert.True((await w.Facilities.SetPaceAsync(w.Officer, A.Facility, maxParallel: 1, maxPerMinute: null, default)).Ok);
        await w.IngestAsync(A.Many(3));
        int calls = 0;
        w.Portal.OnCall = async _ =>
        {
            if (Interlocked.Increment(ref calls) != 1)
                return;
            await w.CheckInAsync(A.CheckIn("C1"));
            await w.DeliverAsync();
        };
        await w.DrainAsync();
        Assert.Equal((1, 0), Calls(w));

        w.Time.Advance(TimeSpan.FromSeconds(11));
        await w.DrainAsync();

        Assert.Equal((3, 0), Calls(w));
    }

    private static (int All, int CheckIns) Calls(World w) => (w.Portal.Received.Count, w.Portal.Received.Count(r => r.MaLk[0] == 'C'));
}

public sealed class SharedPaceOnSqliteTests() : SharedPaceTests(Db.Sqlite);

public sealed class SharedPaceOnPostgresTests() : SharedPaceTests(Db.Postgres);
