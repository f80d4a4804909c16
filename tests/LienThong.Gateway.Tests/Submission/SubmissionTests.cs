using System.Security.Cryptography;
using LienThong.Gateway.Records;
using LienThong.Gateway.Submission;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;
using LienThong.Signing;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Submission;

/// <summary>From ready to receipt, and what keeps a record from being signed or sent.</summary>
public abstract class SubmissionTests(Db db)
{
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
    public async Task A_key_that_can_not_be_reached_is_waited_for_and_a_locked_one_needs_a_person()
    {
        StandingLocks locks = new();
        await using World w = await World.CreateAsync(db, configure: services => services.AddSingleton<IPinLocks>(locks));
        locks.State = PinState.Trying;
        Guid id = await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        Assert.Equal(RecordState.Ready, await w.StateAsync(id));
        Assert.Null((await w.Facilities.FindAsync(w.Officer, A.Facility, default))!.SignPausedCause);

        locks.State = PinState.Locked;
        await w.DrainAsync();
        Assert.Equal(RecordState.Ready, await w.StateAsync(id));
        Assert.Contains("PIN", (await w.Facilities.FindAsync(w.Officer, A.Facility, default))!.SignPausedCause, StringComparison.Ordinal);

        locks.State = PinState.Free;
        await w.Facilities.ResumeAsync(w.Officer, A.Facility, default);
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
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
        await w.SetKeyAsync(A.Facility);
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
        await w.SetKeyAsync(A.Facility);
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
}

public sealed class SubmissionOnSqliteTests() : SubmissionTests(Db.Sqlite);

public sealed class SubmissionOnPostgresTests() : SubmissionTests(Db.Postgres);
