using LienThong.Gateway.Records;
using LienThong.Gateway.Submission;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Submission;

/// <summary>How many calls at once, and one record after the other.</summary>
public abstract class OrderTests(Db db)
{
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
        HeldAnswer held = w.HoldAnswers();
        Task<DrainSummary> drain = w.DrainAsync();
        await held.Called;
        Assert.Equal("waits", (await w.IngestAsync(A.Package(A.Patient("LK1", "Sốt cao")))).Records[0].Verdict == Gateway.Intake.IntakeVerdict.Waiting ? "waits" : "no");
        Assert.Equal((1, RecordState.Sending), ((await w.DetailAsync(id)).Current.Version, await w.StateAsync(id)));
        held.Give();
        await drain;

        await w.DrainAsync();

        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal((2, RecordState.Accepted), (detail.Current.Version, detail.Current.State));
        Assert.Equal(2, w.Portal.Received.Count);
        await w.AssertInvariantsAsync();
    }
}

public sealed class OrderOnSqliteTests() : OrderTests(Db.Sqlite);

public sealed class OrderOnPostgresTests() : OrderTests(Db.Postgres);
