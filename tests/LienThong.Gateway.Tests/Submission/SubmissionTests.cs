using System.Security.Cryptography;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;
using LienThong.Signing;

namespace LienThong.Gateway.Tests.Submission;

public abstract class SubmissionTests(Db db)
{
    private static readonly SendOutcome Lost = new SendOutcome.Unknown("hết thời gian chờ", null);
    private static readonly SendOutcome Down = new SendOutcome.NotSent("không kết nối được", null, NeedsPerson: false);

    [Fact]
    public async Task Ready_record_is_signed_sent_and_receipted_with_the_archived_bytes()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");

        DrainSummary summary = await w.DrainAsync();

        Assert.Equal((1, 1, 0L, 0L), (summary.Signed, summary.Sent, summary.Waiting, summary.Dead));
        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal(RecordState.Accepted, detail.Current.State);
        SubmissionView call = Assert.Single(detail.Submissions);
        byte[] sent = Assert.Single(w.Portal.Received).Document;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(sent)), call.RequestSha256);
        Assert.Equal(sent, await w.Queries.SignedBytesAsync(w.Officer, id, 1, default));
        Assert.StartsWith("HSKCB_LK1", call.MaGiaoDich, StringComparison.Ordinal);
        Assert.Equal(("200", 200, "20260710093000", World.Keys.Serial, true, "Pending"),
            (call.Code, call.HttpStatus, call.ThoiGianTiepNhan, call.CertificateSerial, call.Simulator, call.LaterState));
        Assert.Contains("maGiaoDich", System.Text.Encoding.UTF8.GetString((await w.Queries.AnswerAsync(w.Officer, call.Id, default))!), StringComparison.Ordinal);
        Assert.Equal(
            [RecordEvent.Ingested, RecordEvent.Validated, RecordEvent.SignedBy, RecordEvent.Queued, RecordEvent.PortalAccepted], detail.History.Select(h => h.On));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Blocked_record_is_neither_signed_nor_sent()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1", "BLOCK");

        await w.DrainAsync();

        Assert.Equal(RecordState.Invalid, await w.StateAsync(id));
        Assert.Empty(w.Portal.Received);
    }

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
    public async Task Account_fault_pauses_the_facility_until_a_person_resumes_it()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Many(6));
        w.Portal.Script.Enqueue(new SendOutcome.NotSent("sai mật khẩu", null, NeedsPerson: true));
        w.Portal.OnCall = async _ => await Task.Delay(5);
        await w.DrainAsync();
        int before = w.Portal.Received.Count;
        Assert.InRange(before, 0, 4);
        Assert.Equal("sai mật khẩu", (await w.Facilities.FindAsync(w.Officer, A.Facility, default))!.SendPausedCause);
        w.Time.Advance(TimeSpan.FromHours(3));
        Assert.Equal(0, (await w.DrainAsync()).Sent);

        await w.Facilities.ResumeAsync(w.Officer, A.Facility, default);
        await w.DrainAsync();

        Assert.Equal(6, (await w.Queries.CountAsync(w.Officer, default))[RecordState.Accepted]);
        Assert.Equal(6, w.Portal.Received.Count);
    }

    [Fact]
    public async Task Missing_key_leaves_records_ready_with_the_cause_and_never_sends_unsigned()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        await w.Facilities.SaveAsync(w.Officer, A.Facility, "Không khóa", null, 4, null, default);
        await w.Facilities.SetPortalAccountAsync(
            w.Officer, new PortalAccount(new Uri("http://127.0.0.1:9/"), A.Facility, "99", "u", PortalAccount.Digest("x")), default);
        Guid id = await w.IngestOneAsync("LK1");

        await w.DrainAsync();

        Assert.Equal(RecordState.Ready, await w.StateAsync(id));
        Assert.Empty(w.Portal.Received);
        Assert.NotNull((await w.Facilities.FindAsync(w.Officer, A.Facility, default))!.SignPausedCause);
        await w.Facilities.SetSigningKeyAsync(w.Officer, A.Facility, World.Keys.Pfx, World.Keys.Password, default);
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
    }

    [Fact]
    public async Task Unsigned_package_is_sent_only_before_the_day_signatures_are_demanded()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        await w.Facilities.SaveAsync(w.Officer, A.Facility, "Chưa bắt buộc", null, 4, new DateOnly(2026, 7, 11), default);
        await w.Facilities.SetPortalAccountAsync(
            w.Officer, new PortalAccount(new Uri("http://127.0.0.1:9/"), A.Facility, "99", "u", PortalAccount.Digest("x")), default);
        Guid early = await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(early));
        Assert.Contains((await w.DetailAsync(early)).History, h => h.On == RecordEvent.QueuedUnsigned);
        w.Portal.Script.Enqueue(Down);
        Guid late = await w.IngestOneAsync("LK2");
        await w.DrainAsync();
        w.Time.Advance(TimeSpan.FromDays(1));

        await w.DrainAsync();

        Assert.Equal(RecordState.Ready, await w.StateAsync(late));
        Assert.DoesNotContain(w.Portal.Received, r => r.MaLk == "LK2");
        Assert.Contains((await w.DetailAsync(late)).Findings, f => f.Rule == "PKG-SIGN-001");
        await w.Facilities.SetSigningKeyAsync(w.Officer, A.Facility, World.Keys.Pfx, World.Keys.Password, default);
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(late));
        Assert.DoesNotContain((await w.DetailAsync(late)).Findings, f => f.Rule == "PKG-SIGN-001");
    }

    [Fact]
    public async Task Package_signed_by_the_facility_is_sent_as_those_very_bytes()
    {
        await using World w = await World.CreateAsync(db);
        using IKeySource key = World.Keys.OpenKey();
        byte[] signed = ((SignResult.Signed)PackageSigner.Sign(A.Package(A.Patient("LK1")), key, new SignOptions { At = w.Time.GetUtcNow() })).Bytes;
        await w.IngestAsync(signed);

        await w.DrainAsync();

        Assert.Equal(signed, Assert.Single(w.Portal.Received).Document);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Package_signed_by_a_stranger_is_rebuilt_and_signed_by_us()
    {
        await using World w = await World.CreateAsync(db);
        DemoKeys stranger = DemoKeys.Create("88888", w.Time.GetUtcNow());
        using IKeySource key = stranger.OpenKey();
        byte[] signed = ((SignResult.Signed)PackageSigner.Sign(A.Package(A.Patient("LK1")), key, new SignOptions { At = w.Time.GetUtcNow() })).Bytes;
        Guid id = (await w.IngestAsync(signed)).Records[0].RecordId!.Value;

        await w.DrainAsync();

        Assert.NotEqual(signed, Assert.Single(w.Portal.Received).Document);
        Assert.Contains((await w.DetailAsync(id)).History, h => h.On == RecordEvent.SignedBy && h.Cause!.Contains("dựng lại", StringComparison.Ordinal));
    }

    [Fact]
    public async Task At_most_four_calls_at_once_and_never_two_for_one_record()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Many(40));
        w.Portal.OnCall = _ => Task.Delay(10);

        await w.DrainAsync();

        Assert.Equal(40, w.Portal.Received.Count);
        Assert.InRange(w.Portal.MostAtOnce, 2, 4);
        Assert.False(w.Portal.SameRecordTwiceAtOnce);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task New_version_waits_while_the_old_one_is_being_sent_and_then_replaces_it()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        TaskCompletionSource called = new(), answer = new();
        w.Portal.OnCall = async _ =>
        {
            called.TrySetResult();
            await answer.Task;
        };
        Task<DrainSummary> drain = w.DrainAsync();
        await called.Task;
        Assert.Equal("waits", (await w.IngestAsync(A.Package(A.Patient("LK1", "Sốt cao")))).Records[0].Verdict == Gateway.Intake.IntakeVerdict.Waiting ? "waits" : "no");
        Assert.Equal((1, RecordState.Sending), ((await w.DetailAsync(id)).Current.Version, await w.StateAsync(id)));
        w.Portal.OnCall = null;
        answer.SetResult();
        await drain;

        await w.DrainAsync();

        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal((2, RecordState.Accepted), (detail.Current.Version, detail.Current.State));
        Assert.Equal(2, w.Portal.Received.Count);
        await w.AssertInvariantsAsync();
    }

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
        TaskCompletionSource called = new(), answer = new();
        w.Portal.OnCall = async _ =>
        {
            called.TrySetResult();
            await answer.Task;
        };
        Task<DrainSummary> slow = w.DrainAsync();
        await called.Task;
        w.Time.Advance(TimeSpan.FromMinutes(6));
        SubmissionEngine other = new(
            w.Database, w.Get<FacilityStore>(), w.Facilities, w.Archive, w.Portal, new SubmissionOptions { Jitter = 0 }, w.Faults);
        await other.DrainAsync(TimeSpan.Zero, default);
        Assert.Equal(RecordState.OutcomeUnknown, await w.StateAsync(id));
        answer.SetResult();

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
            w.Database, w.Get<FacilityStore>(), w.Facilities, w.Archive, w.Portal, new SubmissionOptions { Jitter = 0, SignBatch = 10 }, w.Faults))];

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
            w.Database, w.Get<FacilityStore>(), w.Facilities, w.Archive, w.Portal, new SubmissionOptions { Jitter = 0, SignBatch = 7 }, w.Faults)
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
                    await w.Actions.ReleaseAsync(w.Officer, id, default);
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

    [Fact]
    public async Task Stopped_facility_sends_nothing_until_it_is_resumed()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        await w.Facilities.StopAsync(w.Officer, A.Facility, "bảo trì", default);
        await w.DrainAsync();
        Assert.Equal(RecordState.Ready, await w.StateAsync(id));

        await w.Facilities.ResumeAsync(w.Officer, A.Facility, default);
        await w.DrainAsync();

        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
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

public sealed class SubmissionOnSqliteTests() : SubmissionTests(Db.Sqlite);

public sealed class SubmissionOnPostgresTests() : SubmissionTests(Db.Postgres);
