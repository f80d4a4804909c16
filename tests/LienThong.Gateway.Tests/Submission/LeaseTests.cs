using System.Security.Cryptography;
using LienThong.Gateway.Records;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Submission;

/// <summary>Crashes, leases that run out, and many workers at once.</summary>
public abstract class LeaseTests(Db db)
{
    [Theory]
    [InlineData("sign.claimed")]
    [InlineData("sign.archived")]
    [InlineData("sign.before-commit")]
    [InlineData("send.before-claim-commit")]
    public async Task Crash_before_anything_left_the_house_repeats_nothing(string point)
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Many(5));
        await CrashAsync(w, point);

        w.Time.Advance(TimeSpan.FromMinutes(6));
        await w.DrainAsync();

        Assert.Equal(5, (await w.Queries.CountAsync(w.Officer, default))[RecordState.Accepted]);
        Assert.Equal(5, w.Portal.Received.Count);
        await w.AssertInvariantsAsync();
    }

    [Theory]
    [InlineData("send.claimed", 1)]
    [InlineData("send.answered", 2)]
    [InlineData("send.before-outcome-commit", 2)]
    public async Task Crash_during_a_call_becomes_unknown_and_is_settled_with_the_same_bytes(string point, int copies)
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        await CrashAsync(w, point);
        w.Time.Advance(TimeSpan.FromMinutes(6));
        await w.DrainAsync();
        RecordDetail unknown = await w.DetailAsync(id);
        Assert.Equal(RecordState.OutcomeUnknown, unknown.Current.State);
        Assert.Contains(unknown.History, h => h.On == RecordEvent.LeaseExpired);
        w.Time.Advance(TimeSpan.FromMinutes(31));

        await w.DrainAsync();

        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
        Assert.Equal(copies, w.Portal.Received.Count);
        Assert.Single(w.Portal.Received.Select(r => Convert.ToHexString(SHA256.HashData(r.Document))).Distinct());
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Answer_after_the_lease_ran_out_still_counts()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        HeldAnswer held = w.HoldAnswers();
        Task<DrainSummary> slow = w.DrainAsync();
        await held.Called;
        w.Time.Advance(TimeSpan.FromMinutes(6));
        SubmissionEngine other = new(
            w.Database, w.Get<FacilityStore>(), w.Facilities, w.Get<SigningKeys>(), w.Archive, w.Portal, new SubmissionOptions { Jitter = 0 }, w.Faults);
        await other.DrainAsync(TimeSpan.Zero, default);
        Assert.Equal(RecordState.OutcomeUnknown, await w.StateAsync(id));
        held.Give();

        await slow;

        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal(RecordState.Accepted, detail.Current.State);
        Assert.Contains(detail.History, h => h.On == RecordEvent.Reconciled);
        Assert.Null(detail.Work);
    }

    [Fact]
    public async Task Eight_workers_send_each_record_exactly_once()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Many(200));
        SubmissionEngine[] engines = [.. Enumerable.Range(0, 8).Select(_ => new SubmissionEngine(
            w.Database, w.Get<FacilityStore>(), w.Facilities, w.Get<SigningKeys>(), w.Archive, w.Portal, new SubmissionOptions { Jitter = 0, SignBatch = 10 }, w.Faults))];

        await Task.WhenAll(engines.Select(e => Task.Run(() => e.DrainAsync(TimeSpan.Zero, default))));
        await w.DrainAsync();

        Assert.Equal(200, w.Portal.Received.Count);
        Assert.Equal(200, w.Portal.Received.Select(r => r.MaLk).Distinct().Count());
        Assert.False(w.Portal.SameRecordTwiceAtOnce);
        Assert.Equal(200, (await w.Queries.CountAsync(w.Officer, default))[RecordState.Accepted]);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Senders_officers_and_the_HIS_at_once_break_no_invariant()
    {
        await using World w = await World.CreateAsync(db);
        Guid[] ids = [.. (await w.IngestAsync(A.Many(40))).Records.Select(r => r.RecordId!.Value)];
        int answer = 0;
        w.Portal.OnCall = _ =>
        {
            if (Interlocked.Increment(ref answer) % 7 == 0)
                w.Portal.Script.Enqueue(FakePortal.Rejection());
            return Task.Delay(1);
        };
        Task Engine() => Task.Run(() => new SubmissionEngine(
            w.Database, w.Get<FacilityStore>(), w.Facilities, w.Get<SigningKeys>(), w.Archive, w.Portal, new SubmissionOptions { Jitter = 0, SignBatch = 7 }, w.Faults)
            .DrainAsync(TimeSpan.Zero, default));

        await Task.WhenAll(
            Engine(), Engine(), Engine(),
            Task.Run(async () =>
            {
                for (int i = 0; i < 4; i++)
                    await w.IngestAsync(A.Package([.. Enumerable.Range(0, 40).Select(j => A.Patient($"LK{j:D5}", $"lần {i}"))]));
            }),
            Task.Run(async () =>
            {
                foreach (Guid id in ids)
                {
                    await w.Actions.HoldAsync(w.Officer, id, "thử", null, default);
                    await w.Actions.ReleaseAsync(w.Officer, id, null, default);
                }
            }),
            Task.Run(async () =>
            {
                foreach (Guid id in ids.Reverse())
                    await w.Corrections.CorrectAsync(w.Officer, id, [new CellChange("XML3", 1, "TEN_DICH_VU", "Sửa")], "thử", default);
            }));
        await w.DrainAsync();

        Assert.False(w.Portal.SameRecordTwiceAtOnce);
        Assert.Equal(40, (await w.Queries.CountAsync(w.Officer, default)).Values.Sum());
        IReadOnlyDictionary<RecordState, long> counts = await w.Queries.CountAsync(w.Officer, default);
        Assert.Equal(0, counts[RecordState.Sending] + counts[RecordState.Signed] + counts[RecordState.Received] + counts[RecordState.OutcomeUnknown]);
        await w.AssertInvariantsAsync();
    }

    private static async Task CrashAsync(World w, string point)
    {
        w.Faults.On = p =>
        {
            if (p == point)
                throw new IOException("mất điện");
        };
        await Assert.ThrowsAnyAsync<IOException>(w.DrainAsync);
        await w.RestartAsync();
    }
}

public sealed class LeaseOnSqliteTests() : LeaseTests(Db.Sqlite);

public sealed class LeaseOnPostgresTests() : LeaseTests(Db.Postgres);
