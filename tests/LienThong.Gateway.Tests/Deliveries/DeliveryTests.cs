using System.Security.Cryptography;
using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;

namespace LienThong.Gateway.Tests.Deliveries;

/// <summary>Retries, lost answers, crashes and many workers in the outbox of deliveries.</summary>
public abstract class DeliveryTests(Db db)
{
    private static readonly SendOutcome Down = new SendOutcome.NotSent("không kết nối được", null, NeedsPerson: false);
    private static readonly SendOutcome Lost = new SendOutcome.Unknown("hết giờ", null);

    [Fact]
    public async Task A_portal_that_is_down_is_tried_again_and_given_up_after_a_day()
    {
        await using World w = await World.CreateAsync(db);
        w.Portal.Script.Enqueue(Down);
        await w.CheckInAsync(A.CheckIn("LK1"));
        await w.DeliverAsync();
        CheckInView waiting = await w.TheCheckInAsync();
        Assert.Equal((CheckInGroup.Waiting, DeliveryState.Waiting, 1, "không kết nối được"), (waiting.Group, waiting.DeliveryState, waiting.Attempts, waiting.Cause));

        w.Time.Advance(TimeSpan.FromSeconds(61));
        await w.DeliverAsync();
        Assert.Equal(CheckInGroup.Sent, (await w.TheCheckInAsync()).Group);

        await w.CheckInAsync(A.CheckIn("LK2"));
        for (int i = 0; i < 40; i++)
        {
            w.Portal.Script.Enqueue(Down);
            await w.DeliverAsync();
            w.Time.Advance(TimeSpan.FromHours(1));
        }
        CheckInView dead = (await w.CheckInQueries.ListAsync(w.Officer, null, "LK2", new PageRequest(), default)).Items.Single();
        Assert.Equal((CheckInGroup.Blocked, DeliveryState.Dead), (dead.Group, dead.DeliveryState));
        w.Portal.Script.Clear();
        Assert.True((await w.Get<CheckInActions>().RetryAsync(w.Officer, dead.Id, default)).Done);
        await w.DeliverAsync();
        Assert.Equal(2, w.Portal.Received.Count);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_lost_answer_is_settled_by_one_resend_of_the_same_bytes_and_then_by_a_person()
    {
        await using World w = await World.CreateAsync(db);
        w.Portal.Script.Enqueue(Lost);
        w.Portal.Script.Enqueue(Lost);
        await w.CheckInAsync(A.CheckIn("LK1"));
        await w.DeliverAsync();
        Assert.Equal(DeliveryState.OutcomeUnknown, (await w.TheCheckInAsync()).DeliveryState);
        w.Time.Advance(TimeSpan.FromMinutes(29));
        await w.DeliverAsync();
        Assert.Single(w.Portal.Received);
        w.Time.Advance(TimeSpan.FromMinutes(2));
        await w.DeliverAsync();
        Assert.Equal(2, w.Portal.Received.Count);
        w.Time.Advance(TimeSpan.FromDays(2));
        await w.DeliverAsync();
        Assert.Equal(2, w.Portal.Received.Count);

        CheckInView unknown = await w.TheCheckInAsync();
        Assert.Equal("forbidden", (await w.Get<DeliveryActions>().RetryAsync(w.Officer with { Permissions = new HashSet<string>() }, unknown.DeliveryId!.Value, default)).Code);
        Assert.True((await w.Get<DeliveryActions>().RetryAsync(w.Officer, unknown.DeliveryId.Value, default)).Done);
        await w.DeliverAsync();

        Assert.Equal(CheckInGroup.Sent, (await w.TheCheckInAsync()).Group);
        Assert.Equal(3, w.Portal.Received.Count);
        Assert.Single(w.Portal.Received.Select(r => Convert.ToHexString(SHA256.HashData(r.Document))).Distinct());
        Assert.Equal(["Unknown", "Unknown", "Accepted"], (await w.Deliveries.FindAsync(w.Officer, unknown.DeliveryId.Value, default))!.Attempts.Select(a => a.Outcome));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Evidence_a_person_has_settles_an_unknown_outcome()
    {
        await using World w = await World.CreateAsync(db);
        w.Portal.Script.Enqueue(Lost);
        await w.CheckInAsync(A.CheckIn("LK1"));
        await w.DeliverAsync();
        long id = (await w.TheCheckInAsync()).DeliveryId!.Value;

        Assert.Equal("reason-required", (await w.Get<DeliveryActions>().ConfirmAsync(w.Officer, id, "", default)).Code);
        Assert.True((await w.Get<DeliveryActions>().ConfirmAsync(w.Officer, id, "Thấy trên Cổng lúc 9 giờ", default)).Done);

        Assert.Equal(DeliveryState.Accepted, (await w.Deliveries.FindAsync(w.Officer, id, default))!.Delivery.State);
        Assert.False((await w.TheCheckInAsync()).Open);
    }

    [Theory]
    [InlineData("checkin.archived")]
    [InlineData("checkin.before-commit")]
    [InlineData("checkin.signed")]
    [InlineData("checkin.before-queue-commit")]
    [InlineData("deliver.before-claim-commit")]
    public async Task Crash_before_anything_left_the_house_loses_and_repeats_nothing(string point)
    {
        await using World w = await World.CreateAsync(db);
        await CrashAsync(w, point, async () =>
        {
            await w.CheckInAsync(A.CheckIn("LK1"));
            await w.DeliverAsync();
        });

        // The HIS hands in again what it got no answer for.
        await w.CheckInAsync(A.CheckIn("LK1"));
        w.Time.Advance(TimeSpan.FromMinutes(6));
        await w.DeliverAsync();

        Assert.Equal(CheckInGroup.Sent, (await w.TheCheckInAsync()).Group);
        Assert.Single(w.Portal.Received);
        await w.AssertInvariantsAsync();
    }

    [Theory]
    [InlineData("deliver.claimed", 1)]
    [InlineData("deliver.answered", 2)]
    [InlineData("deliver.before-outcome-commit", 2)]
    public async Task Crash_during_a_call_becomes_unknown_and_is_settled_with_the_same_bytes(string point, int copies)
    {
        await using World w = await World.CreateAsync(db);
        await w.CheckInAsync(A.CheckIn("LK1"));
        await CrashAsync(w, point, () => w.DeliverAsync());
        w.Time.Advance(TimeSpan.FromMinutes(6));
        await w.DeliverAsync();
        Assert.Equal(DeliveryState.OutcomeUnknown, (await w.TheCheckInAsync()).DeliveryState);
        w.Time.Advance(TimeSpan.FromMinutes(31));

        await w.DeliverAsync();

        Assert.Equal(CheckInGroup.Sent, (await w.TheCheckInAsync()).Group);
        Assert.Equal(copies, w.Portal.Received.Count);
        Assert.Single(w.Portal.Received.Select(r => Convert.ToHexString(SHA256.HashData(r.Document))).Distinct());
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task An_answer_after_the_lease_ran_out_still_counts()
    {
        await using World w = await World.CreateAsync(db);
        await w.CheckInAsync(A.CheckIn("LK1"));
        HeldAnswer held = w.HoldAnswers();
        Task<DeliverySummary> slow = w.DeliverAsync();
        await held.Called;
        w.Time.Advance(TimeSpan.FromMinutes(6));
        await Another(w).DrainAsync(default);
        Assert.Equal(DeliveryState.OutcomeUnknown, (await w.TheCheckInAsync()).DeliveryState);
        held.Give();

        await slow;

        Assert.Equal(CheckInGroup.Sent, (await w.TheCheckInAsync()).Group);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Four_workers_send_each_check_in_exactly_once()
    {
        await using World w = await World.CreateAsync(db);
        await w.CheckInAsync([.. Enumerable.Range(0, 60).Select(i => A.CheckIn($"LK{i:D3}"))]);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Another(w).DrainAsync(default))));
        await w.DeliverAsync();

        Assert.Equal(60, w.Portal.Received.Count);
        Assert.Equal(60, w.Portal.Received.Select(r => r.MaLk).Distinct().Count());
        Assert.Equal(new CheckInCounts(0, 0, 0, 0), await w.CheckInQueries.CountAsync(w.Officer, default));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_wrong_account_pauses_the_facility_and_a_stopped_one_sends_nothing()
    {
        await using World w = await World.CreateAsync(db);
        w.Portal.Script.Enqueue(new SendOutcome.NotSent("sai mật khẩu", null, NeedsPerson: true));
        await w.CheckInAsync(A.CheckIn("LK1"));
        await w.DeliverAsync();
        Assert.Equal("sai mật khẩu", (await w.Facilities.FindAsync(w.Officer, A.Facility, default))!.SendPausedCause);
        w.Time.Advance(TimeSpan.FromHours(1));
        await w.DeliverAsync();
        Assert.Empty(w.Portal.Received);

        await w.Facilities.ResumeAsync(w.Officer, A.Facility, default);
        await w.DeliverAsync();

        Assert.Single(w.Portal.Received);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Held_waits_released_goes_and_closed_is_over()
    {
        await using World w = await World.CreateAsync(db);
        w.Portal.Script.Enqueue(Down);
        await w.CheckInAsync(A.CheckIn("LK1"));
        await w.DeliverAsync();
        DeliveryActions actions = w.Get<DeliveryActions>();
        long id = (await w.TheCheckInAsync()).DeliveryId!.Value;
        Assert.True((await actions.HoldAsync(w.Officer, id, "chờ hỏi", default)).Done);
        w.Time.Advance(TimeSpan.FromHours(1));
        await w.DeliverAsync();
        Assert.Empty(w.Portal.Received);
        Assert.Equal("wrong-state", (await actions.HoldAsync(w.Officer, id, "lần nữa", default)).Code);

        Assert.True((await actions.CloseAsync(w.Officer, id, "không cần", default)).Done);

        Assert.Equal(CheckInGroup.Closed, (await w.TheCheckInAsync()).Group);
        Assert.Equal("wrong-state", (await actions.ReleaseAsync(w.Officer, id, default)).Code);
        await w.AssertInvariantsAsync();
    }

    private static DeliveryEngine Another(World w) => new(
        w.Database, w.Get<DeliveryChannels>(), w.Get<CheckInSigning>(), w.Get<CheckInSweep>(), w.Archive, w.Get<CircuitBreaker>(), new DeliverySignal(),
        new SubmissionOptions { Jitter = 0 }, w.Faults);

    private static async Task CrashAsync(World w, string point, Func<Task> work)
    {
        w.Faults.On = p =>
        {
            if (p == point)
                throw new IOException("mất điện");
        };
        await Assert.ThrowsAnyAsync<IOException>(work);
        await w.RestartAsync();
    }
}

public sealed class DeliveryOnSqliteTests() : DeliveryTests(Db.Sqlite)
{
    [Fact]
    public async Task Claiming_reads_the_head_of_the_queue_and_sorts_nothing()
    {
        await using World w = await World.CreateAsync(Db.Sqlite);

        List<(long Id, long Parent, long Unused, string Detail)> plan = await w.Database.QueryUnscopedAsync<(long Id, long Parent, long Unused, string Detail)>($"""
            EXPLAIN QUERY PLAN SELECT {DeliveryRow.Columns} FROM delivery w
            WHERE w.facility = 'x' AND w.channel = 'x' AND w.priority = 0 AND w.due_at <= 1 ORDER BY w.due_at, w.delivery_id LIMIT 2
            """, null, default);

        Assert.Contains("delivery_due", Assert.Single(plan).Detail, StringComparison.Ordinal);
    }
}

public sealed class DeliveryOnPostgresTests() : DeliveryTests(Db.Postgres);
