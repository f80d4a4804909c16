using LienThong.Gateway.Archive;
using LienThong.Gateway.Archive.S3;
using LienThong.Gateway.Records;
using LienThong.Gateway.Submission;
using LienThong.Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Submission;

/// <summary>The archive is away for a while, or has lost something: work waits, nothing is lost, sent twice or given up.</summary>
public abstract class ArchiveOutageTests(Db db) : IDisposable
{
    private readonly S3Server server = S3Server.Shared;
    private readonly string bucket = S3Server.Shared.NewBucket();
    private readonly Line line = new(S3Server.Shared.Address);

    [Fact]
    public async Task Records_wait_for_the_archive_before_signing_and_go_on_by_themselves()
    {
        await using World w = await WorldAsync();
        await w.IngestAsync(A.Many(6));
        Break();

        DrainSummary away = await w.DrainAsync();
        // Longer than anything is tried otherwise.
        for (int i = 0; i < 5; i++)
        {
            w.Time.Advance(TimeSpan.FromHours(10));
            await w.DrainAsync();
        }

        Assert.Equal((0, 0, 6L, 0L), (away.Signed, away.Sent, away.Waiting, away.Dead));
        Assert.Equal(6, (await w.Queries.CountAsync(w.Officer, default))[RecordState.Ready]);
        line.IsBroken = false;
        w.Time.Advance(TimeSpan.FromSeconds(61));
        DrainSummary back = await w.DrainAsync();
        Assert.Equal((6, 0L, 0L), (back.Sent, back.Waiting, back.Dead));
        Assert.Equal(6, w.Portal.Received.Count);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Records_that_are_signed_wait_for_the_archive_before_sending_and_their_outcome_stays_known()
    {
        await using World w = await WorldAsync();
        // The first call waits in the portal; the archive goes away meanwhile.
        w.Portal.OnCall = _ =>
        {
            Break();
            return Task.CompletedTask;
        };
        await w.IngestAsync(A.Many(30));
        await w.DrainAsync();
        int before = w.Portal.Received.Count;

        for (int i = 0; i < 5; i++)
        {
            w.Time.Advance(TimeSpan.FromHours(10));
            await w.DrainAsync();
        }

        // What was with the portal is accepted, what wasn't waits signed; nothing became unknown or dead.
        Assert.InRange(before, 1, 29);
        IReadOnlyDictionary<RecordState, long> states = await w.Queries.CountAsync(w.Officer, default);
        Assert.Equal((before, 0L), (states[RecordState.Accepted], states[RecordState.OutcomeUnknown]));
        Assert.Null((await w.Facilities.FindAsync(w.Officer, A.Facility, default))!.SendPausedCause);
        w.Portal.OnCall = null;
        line.IsBroken = false;
        w.Time.Advance(TimeSpan.FromSeconds(61));
        DrainSummary back = await w.DrainAsync();
        Assert.Equal((0L, 0L), (back.Waiting, back.Dead));
        Assert.Equal(30, w.Portal.Received.Select(r => r.MaLk).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(30, w.Portal.Received.Count);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task An_archive_that_is_away_says_nothing_about_the_portal()
    {
        await using World w = await WorldAsync();
        await w.IngestAsync(A.Many(12));
        Break();
        for (int i = 0; i < 8; i++)
        {
            w.Time.Advance(TimeSpan.FromSeconds(16));
            await w.DrainAsync();
        }
        Assert.Null(w.Engine.PortalPausedUntil(new Uri("http://127.0.0.1:9/")));
    }

    [Fact]
    public async Task Intake_without_an_archive_stores_nothing_and_the_same_file_is_taken_later()
    {
        await using World w = await WorldAsync();
        Break();

        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => w.IngestAsync(A.Many(6)));
        Assert.Equal(0, (await w.Queries.CountAsync(w.Officer, default)).Values.Sum());
        line.IsBroken = false;

        Assert.Equal(6, (await w.IngestAsync(A.Many(6))).Records.Count);
        await w.DrainAsync();
        Assert.Equal(6, w.Portal.Received.Count);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Damaged_content_stops_its_own_record_only_and_is_taken_up_after_it_was_restored()
    {
        await using World w = await WorldAsync();
        Guid good = await w.IngestOneAsync("LK1"), bad = await w.IngestOneAsync("LK2");
        string name = (await w.Database.QueryUnscopedAsync<string>("SELECT content_ref FROM record_version WHERE ma_lk = 'LK2'", null, default)).Single();
        string file = server.FileOf(bucket, ArchiveRef.Parse(name).Pack ?? name);
        byte[] before = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, [.. before.Reverse()]);

        DrainSummary drained = await w.DrainAsync();

        Assert.Equal(RecordState.Accepted, await w.StateAsync(good));
        Assert.Equal((RecordState.Ready, 1L), (await w.StateAsync(bad), drained.Dead));
        Assert.Contains("Kho lưu trữ", (await w.DetailAsync(bad)).Work!.Cause, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(file, before);
        Assert.IsType<ChangeResult.Done>(await w.Actions.ResendAsync(w.Officer, bad, default));
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(bad));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_content_that_can_not_be_read_makes_nobody_else_wait()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using World w = await World.CreateAsync(db, submission: new SubmissionOptions { Jitter = 0, SignBatch = 10 });
        List<Guid> all = [];
        for (int i = 0; i < 12; i++)
            all.Add(await w.IngestOneAsync($"LK{i:D2}"));
        string name = (await w.Database.QueryUnscopedAsync<string>("SELECT content_ref FROM record_version WHERE ma_lk = 'LK00'", null, default)).Single();
        string file = Path.Combine(w.Folder, "archive", name[..2], name[2..4], name);
        // A folder where the file should be: there, and not to be read.
        File.Move(file, file + "-away");
        Directory.CreateDirectory(file);

        DrainSummary drained = await w.DrainAsync();

        Assert.Equal((11, 1L, 0L), (drained.Sent, drained.Waiting, drained.Dead));
        Assert.Equal(ArchivePause.Cause, (await w.DetailAsync(all[0])).Work!.Cause);
        Directory.Delete(file);
        File.Move(file + "-away", file);
        w.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal((1, 0L), (await w.DrainAsync()) is var back ? (back.Sent, back.Waiting) : default);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Audit_names_the_records_whose_contents_are_missing_or_changed()
    {
        await using World w = await WorldAsync();
        await w.IngestAsync(A.Package(A.Patient("LK1")), "mot.xml");
        await w.IngestAsync(A.Package(A.Patient("LK2")), "hai.xml");
        await w.DrainAsync();
        ArchiveAudit audit = w.Get<ArchiveAudit>();
        List<ArchiveDamage> none = [], found = [];
        ArchiveAuditResult sound = await audit.RunAsync(null, none.Add, null, default);
        string content = (await w.Database.QueryUnscopedAsync<string>("SELECT content_ref FROM record_version WHERE ma_lk = 'LK1'", null, default)).Single();
        string signed = (await w.Database.QueryUnscopedAsync<string>("SELECT signed_ref FROM record_version WHERE ma_lk = 'LK2'", null, default)).Single();
        ArchiveRef reference = ArchiveRef.Parse(signed);
        File.Delete(server.FileOf(bucket, ArchiveRef.Parse(content).Sha256));
        byte[] pack = await File.ReadAllBytesAsync(server.FileOf(bucket, reference.Pack!));
        pack[reference.Offset] ^= 1;
        await File.WriteAllBytesAsync(server.FileOf(bucket, reference.Pack!), pack);
        await w.Archive.PutAsync(new MemoryStream([1, 2]), long.MaxValue, default);
        string stranger = (await w.Archive.PutAsync(new MemoryStream([1, 2, 3]), long.MaxValue, default)).Reference.Sha256;
        await File.WriteAllBytesAsync(server.FileOf(bucket, stranger), [1, 2, 4]);

        ArchiveAuditResult result = await audit.RunAsync(null, found.Add, null, default);

        Assert.True(sound.Intact);
        Assert.Empty(none);
        Assert.Equal((2L, 3L), (result.Missing, result.Damaged));
        Assert.Equal(
            ["False  ", "False record_version.signed_ref LK2/1", "False submission.request_ref LK2/1", "True intake_file.content_ref mot.xml", "True record_version.content_ref LK1/1"],
            found.Select(f => $"{f.Missing} {(f.Use is { } u ? $"{u.Table}.{u.Column} {u.Subject}" : " ")}").Order(StringComparer.Ordinal));
    }

    public void Dispose() => line.Dispose();

    private void Break()
    {
        line.IsBroken = true;
        line.Drop();
    }

    private Task<World> WorldAsync() => World.CreateAsync(db, configure: services => services.AddSingleton<IArchive>(new S3Archive(server.Options(bucket, line.Address))));
}

public sealed class ArchiveOutageSqliteTests() : ArchiveOutageTests(Db.Sqlite);

public sealed class ArchiveOutagePostgresTests() : ArchiveOutageTests(Db.Postgres);
