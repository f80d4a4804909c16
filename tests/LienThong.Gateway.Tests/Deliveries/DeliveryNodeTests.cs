using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Deliveries;

/// <summary>Several processes that deliver, some of which die.</summary>
public abstract class DeliveryNodeTests(Db db)
{
    [Fact]
    public async Task What_a_killed_node_was_delivering_is_taken_over_when_it_gives_no_sign_of_life()
    {
        await using World w = await World.CreateAsync(db);
        await KilledAsync(w);
        w.Time.Advance(TimeSpan.FromSeconds(29));
        await Another(w).DrainAsync(default);
        Assert.Equal(DeliveryState.Sending, (await w.TheCheckInAsync()).DeliveryState);
        w.Time.Advance(TimeSpan.FromSeconds(2));

        await Another(w).DrainAsync(default);

        Assert.Equal(DeliveryState.OutcomeUnknown, (await w.TheCheckInAsync()).DeliveryState);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task On_the_same_machine_a_restart_goes_on_at_once()
    {
        await using World w = await World.CreateAsync(db);
        await KilledAsync(w);
        await Another(w).DrainAsync(default);
        Assert.Equal(DeliveryState.Sending, (await w.TheCheckInAsync()).DeliveryState);
        // No process has this number: the largest Linux gives is 4194303.
        await using (WriteSession session = await w.Database.BeginAsync(default))
        {
            await session.ExecuteAsync("UPDATE node SET pid = 4194304", null, default);
            await session.CommitAsync(default);
        }

        await Another(w).DrainAsync(default);

        Assert.Equal(DeliveryState.OutcomeUnknown, (await w.TheCheckInAsync()).DeliveryState);
    }

    [Fact]
    public async Task A_node_that_waits_for_the_portal_keeps_what_it_delivers()
    {
        await using World w = await World.CreateAsync(db);
        await w.CheckInAsync(A.CheckIn("LK1"));
        HeldAnswer held = w.HoldAnswers();
        Task<DeliverySummary> slow = w.DeliverAsync();
        await held.Called;
        for (int beat = 0; beat < 24; beat++)
        {
            await w.Time.TimerAsync();
            w.Time.Advance(TimeSpan.FromSeconds(5));
        }
        await w.Time.TimerAsync();

        await Another(w).DrainAsync(default);

        Assert.Equal(DeliveryState.Sending, (await w.TheCheckInAsync()).DeliveryState);
        held.Give();
        await slow;
        Assert.Equal(CheckInGroup.Sent, (await w.TheCheckInAsync()).Group);
        Assert.Single(w.Portal.Received);
    }

    internal static DeliveryEngine Another(World w) => new(
        w.Database, w.Get<DeliveryChannels>(), w.Get<CheckInSigning>(), w.Get<CheckInSweep>(), w.Archive, w.Get<CircuitBreaker>(), w.Get<DeliverySignal>(),
        new SubmissionOptions { Jitter = 0 }, w.Faults);

    internal static SubmissionEngine AnotherSender(World w) => new(
        w.Database, w.Get<FacilityStore>(), w.Facilities, w.Get<SigningKeys>(), w.Archive, w.Portal, new SubmissionOptions { Jitter = 0, SignBatch = 10 }, w.Faults);

    private static async Task KilledAsync(World w)
    {
        await w.CheckInAsync(A.CheckIn("LK1"));
        w.Faults.On = p =>
        {
            if (p == "deliver.claimed")
                throw new IOException("killed");
        };
        await Assert.ThrowsAsync<IOException>(() => Another(w).DrainAsync(default));
        w.Faults.On = null;
    }
}

public sealed class DeliveryNodeOnSqliteTests() : DeliveryNodeTests(Db.Sqlite);

public sealed class DeliveryNodeOnPostgresTests() : DeliveryNodeTests(Db.Postgres);
