using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;

namespace LienThong.Gateway.Tests.Submission;

/// <summary>What becomes of refusals, calls that did not leave, and answers that never came.</summary>
public abstract class RetryTests(Db db)
{
    private static readonly SendOutcome Lost = new SendOutcome.Unknown("hết thời gian chờ", null);
    private static readonly SendOutcome Down = new SendOutcome.NotSent("không kết nối được", null, NeedsPerson: false);

    [Fact]
    public async Task Refusal_is_kept_with_its_answer_and_never_retried()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        w.Portal.Script.Enqueue(FakePortal.Rejection());

        await w.DrainAsync();
        w.Time.Advance(TimeSpan.FromDays(2));
        await w.DrainAsync();

        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal((RecordState.Rejected, "123 Sai định dạng"), (detail.Current.State, detail.Current.StateCause));
        Assert.Equal("123", Assert.Single(detail.Submissions).Code);
        Assert.Null(detail.Work);
    }

    [Fact]
    public async Task Unsent_record_goes_back_to_signed_and_is_retried_by_the_schedule()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        w.Portal.Script.Enqueue(Down);
        w.Portal.Script.Enqueue(Down);

        await w.DrainAsync();
        Assert.Equal(RecordState.Signed, await w.StateAsync(id));
        Assert.Equal(w.Time.GetUtcNow() + TimeSpan.FromMinutes(1), (await w.DetailAsync(id)).Work!.DueAt);
        w.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, (await w.DrainAsync()).Sent);
        w.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await w.DrainAsync()).Sent);
        Assert.Equal(w.Time.GetUtcNow() + TimeSpan.FromMinutes(2), (await w.DetailAsync(id)).Work!.DueAt);
        w.Time.Advance(TimeSpan.FromMinutes(2));
        await w.DrainAsync();

        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal(RecordState.Accepted, detail.Current.State);
        Assert.Equal(["NotSent", "NotSent", "Accepted"], detail.Submissions.Select(s => s.Outcome));
        Assert.Equal(detail.Submissions[1].Id, detail.Submissions[2].Follows);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task What_was_set_aside_is_tried_again_at_once_except_unknown_outcomes()
    {
        await using World w = await World.CreateAsync(db, submission: new SubmissionOptions { Jitter = 0, BreakerFailures = 1000, GiveUpAfter = TimeSpan.Zero, MaxResends = 0 });
        await w.IngestAsync(A.Many(3));
        w.Portal.Script.Enqueue(Down);
        w.Portal.Script.Enqueue(Down);
        w.Portal.Script.Enqueue(Lost);
        await w.DrainAsync();
        Assert.Equal(3, (await w.Get<QueueQueries>().CountAsync(w.Officer, default)).Dead);

        Assert.Equal(new RetriedItems(2, 0, 1), await w.Actions.RetrySetAsideAsync(w.Officer, A.Facility, default));
        await w.DrainAsync();

        Assert.Equal(2, (await w.Queries.CountAsync(w.Officer, default))[RecordState.Accepted]);
        Assert.Equal(1, (await w.Queries.CountAsync(w.Officer, default))[RecordState.OutcomeUnknown]);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Portal_down_for_a_day_ends_as_dead_letter_with_its_cause_and_a_person_can_resend()
    {
        await using World w = await World.CreateAsync(db, submission: new SubmissionOptions { Jitter = 0, BreakerFailures = 1000 });
        Guid id = await w.IngestOneAsync("LK1");
        w.Portal.OnCall = _ =>
        {
            w.Portal.Script.Enqueue(Down);
            return Task.CompletedTask;
        };
        for (int i = 0; i < 40; i++)
        {
            await w.DrainAsync();
            w.Time.Advance(TimeSpan.FromHours(1));
        }
        RecordDetail dead = await w.DetailAsync(id);
        Assert.Equal((RecordState.Signed, "Dead", "không kết nối được"), (dead.Current.State, dead.Work!.Status, dead.Work.Cause));
        w.Portal.OnCall = null;

        Assert.IsType<ChangeResult.Done>(await w.Actions.ResendAsync(w.Officer, id, default));
        await w.DrainAsync();

        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
    }

    [Fact]
    public async Task Lost_answer_is_settled_by_one_resend_of_the_same_bytes_linked_to_the_first()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        w.Portal.Script.Enqueue(Lost);
        await w.DrainAsync();
        Assert.Equal(RecordState.OutcomeUnknown, await w.StateAsync(id));
        w.Time.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(0, (await w.DrainAsync()).Sent);
        w.Time.Advance(TimeSpan.FromMinutes(1));

        await w.DrainAsync();

        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal(RecordState.Accepted, detail.Current.State);
        Assert.Equal(["Unknown", "Accepted"], detail.Submissions.Select(s => s.Outcome));
        Assert.Equal(detail.Submissions[0].Id, detail.Submissions[1].Follows);
        Assert.Equal(w.Portal.Received.First().Document, w.Portal.Received.Last().Document);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Second_lost_answer_waits_for_a_person()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        w.Portal.Script.Enqueue(Lost);
        w.Portal.Script.Enqueue(Lost);
        await w.DrainAsync();
        w.Time.Advance(TimeSpan.FromHours(1));
        await w.DrainAsync();
        w.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(0, (await w.DrainAsync()).Sent);

        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal((RecordState.OutcomeUnknown, "Dead"), (detail.Current.State, detail.Work!.Status));
        await w.Actions.ResendAsync(w.Officer, id, default);
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
    }

    [Fact]
    public async Task Resend_that_did_not_leave_stays_unknown_and_is_tried_again()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        w.Portal.Script.Enqueue(Lost);
        w.Portal.Script.Enqueue(Down);
        await w.DrainAsync();
        w.Time.Advance(TimeSpan.FromHours(1));
        await w.DrainAsync();
        Assert.Equal(RecordState.OutcomeUnknown, await w.StateAsync(id));
        w.Time.Advance(TimeSpan.FromHours(1));

        await w.DrainAsync();

        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
    }

    [Fact]
    public async Task Failing_portal_is_left_alone_then_tried_with_one_call()
    {
        await using World w = await World.CreateAsync(db, submission: new SubmissionOptions { Jitter = 0, BreakerFailures = 3 });
        await w.IngestAsync(A.Many(20));
        int calls = 0;
        w.Portal.OnCall = _ =>
        {
            Interlocked.Increment(ref calls);
            w.Portal.Script.Enqueue(Down);
            return Task.CompletedTask;
        };

        await w.DrainAsync();

        Assert.InRange(calls, 3, 7);
        Assert.NotNull(w.Engine.PortalPausedUntil(new Uri("http://127.0.0.1:9/")));
        int before = calls;
        w.Time.Advance(TimeSpan.FromSeconds(31));
        await w.DrainAsync();
        Assert.Equal(before + 1, calls);
        w.Portal.OnCall = null;
        w.Portal.Script.Clear();
        w.Time.Advance(TimeSpan.FromHours(2));
        await w.DrainAsync();
        Assert.Equal(20, (await w.Queries.CountAsync(w.Officer, default))[RecordState.Accepted]);
    }
}

public sealed class RetryOnSqliteTests() : RetryTests(Db.Sqlite);

public sealed class RetryOnPostgresTests() : RetryTests(Db.Postgres);
