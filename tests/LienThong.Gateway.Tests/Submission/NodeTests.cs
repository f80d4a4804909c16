using LienThong.Gateway.Records;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Submission;

/// <summary>Several processes on one database.</summary>
public abstract class NodeTests(Db db)
{
    [Fact]
    public async Task What_a_killed_node_held_is_taken_over_when_it_gives_no_sign_of_life()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        await KilledAtAsync(w, "send.claimed");
        w.Time.Advance(TimeSpan.FromSeconds(29));
        await Another(w).DrainAsync(TimeSpan.Zero, default);
        Assert.Equal(RecordState.Sending, await w.StateAsync(id));
        w.Time.Advance(TimeSpan.FromSeconds(2));

        await Another(w).DrainAsync(TimeSpan.Zero, default);

        Assert.Equal(RecordState.OutcomeUnknown, await w.StateAsync(id));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_node_that_waits_for_the_portal_keeps_what_it_holds()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        HeldAnswer held = w.HoldAnswers();
        Task<DrainSummary> slow = w.DrainAsync();
        await held.Called;
        for (int beat = 0; beat < 24; beat++)
        {
            await w.Time.TimerAsync();
            w.Time.Advance(TimeSpan.FromSeconds(5));
        }
        await w.Time.TimerAsync();

        await Another(w).DrainAsync(TimeSpan.Zero, default);

        Assert.Equal(RecordState.Sending, await w.StateAsync(id));
        held.Give();
        await slow;
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
        Assert.Single(w.Portal.Received);
    }

    [Fact]
    public async Task All_nodes_together_keep_to_the_calls_a_facility_may_have_at_once()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Many(60));
        (int now, int most) = (0, 0);
        w.Portal.OnCall = async _ =>
        {
            int running = Interlocked.Increment(ref now);
            int seen;
            while (running > (seen = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, running, seen) != seen) { }
            await Task.Delay(5);
            Interlocked.Decrement(ref now);
        };

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Another(w).DrainAsync(TimeSpan.Zero, default))));
        while ((await w.DrainAsync()).Sent > 0) { }

        Assert.Equal(60, w.Portal.Received.Select(r => r.MaLk).Distinct().Count());
        Assert.Equal(60, w.Portal.Received.Count);
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public async Task No_more_calls_start_in_a_minute_than_the_facility_allows()
    {
        await using World w = await World.CreateAsync(db);
        Assert.True((await w.Facilities.SetPaceAsync(w.Officer, A.Facility, maxParallel: 4, maxPerMinute: 10, default)).Ok);
        await w.IngestAsync(A.Many(25));

        await w.DrainAsync();
        Assert.Equal(10, w.Portal.Received.Count);
        w.Time.Advance(TimeSpan.FromSeconds(59));
        await w.DrainAsync();
        Assert.Equal(10, w.Portal.Received.Count);
        w.Time.Advance(TimeSpan.FromSeconds(1));
        await w.DrainAsync();
        Assert.Equal(20, w.Portal.Received.Count);
        Assert.True((await w.Facilities.SetPaceAsync(w.Officer, A.Facility, maxParallel: 4, maxPerMinute: null, default)).Ok);
        await w.DrainAsync();
        Assert.Equal(25, w.Portal.Received.Count);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(17, null)]
    [InlineData(4, 0)]
    public async Task A_pace_that_sends_nothing_or_floods_the_portal_is_refused(int parallel, int? perMinute)
    {
        await using World w = await World.CreateAsync(db);
        Assert.False((await w.Facilities.SetPaceAsync(w.Officer, A.Facility, parallel, perMinute, default)).Ok);
    }

    [Theory]
    [InlineData(120)]
    [InlineData(-120)]
    public async Task A_clock_that_jumps_in_the_middle_of_calls_loses_nothing_and_repeats_nothing(int minutes)
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Many(12));
        int calls = 0;
        w.Portal.OnCall = _ =>
        {
            if (Interlocked.Increment(ref calls) == 3)
                w.Time.Set(TimeSpan.FromMinutes(minutes));
            return Task.CompletedTask;
        };

        await w.DrainAsync();
        Assert.All(await w.Database.QueryUnscopedAsync<string>("SELECT status FROM work_item", null, default), status => Assert.Equal("Ready", status));
        // Set back, what was due waits until the clock is there again.
        w.Time.Advance(TimeSpan.FromMinutes(Math.Max(-minutes, 0)));
        await w.DrainAsync();

        Assert.Equal(12, (await w.Queries.CountAsync(w.Officer, default))[RecordState.Accepted]);
        Assert.Equal(12, w.Portal.Received.Count);
        await w.AssertInvariantsAsync();
    }

    private static SubmissionEngine Another(World w) => new(
        w.Database, w.Get<FacilityStore>(), w.Facilities, w.Get<SigningKeys>(), w.Archive, w.Portal, new SubmissionOptions { Jitter = 0, SignBatch = 10 }, w.Faults);

    private static async Task KilledAtAsync(World w, string point)
    {
        w.Faults.On = p =>
        {
            if (p == point)
                throw new IOException("killed");
        };
        await Assert.ThrowsAsync<IOException>(() => Another(w).DrainAsync(TimeSpan.Zero, default));
        w.Faults.On = null;
    }
}

public sealed class SqliteNodeTests() : NodeTests(Db.Sqlite);

public sealed class PostgresNodeTests() : NodeTests(Db.Postgres);
