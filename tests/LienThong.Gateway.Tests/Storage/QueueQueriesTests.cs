using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Storage;

public abstract class QueueQueriesTests(Db db)
{
    [Fact]
    public async Task What_waits_is_listed_by_deadline_and_counted()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Package(
            A.Patient("SAU", ngayRa: "202607081500"), A.Patient("TRUOC", ngayRa: "202607011500"), A.Patient("CHAN", "BLOCK", ngayRa: "202607021500")));
        QueueQueries queue = w.Get<QueueQueries>();

        IReadOnlyList<QueueItem> items = await queue.ListAsync(w.Officer, 10, default);

        Assert.Equal(["TRUOC", "SAU"], items.Select(i => i.MaLk));
        Assert.All(items, i => Assert.Equal((RecordState.Ready, "Sign", "Ready"), (i.State, i.Work.Stage, i.Work.Status)));
        Assert.Equal(new QueueCounts(2, 0, 0), await queue.CountAsync(w.Officer, default));
        Assert.Single(await queue.ListAsync(w.Officer, 1, default));
    }

    [Fact]
    public async Task Nearest_deadlines_are_those_of_records_not_at_the_portal_yet()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Package(A.Patient("GUI", ngayRa: "202607011500")));
        await w.DrainAsync();
        await w.IngestAsync(A.Package(A.Patient("SAU", "BLOCK", ngayRa: "202607081500"), A.Patient("TRUOC", "BLOCK", ngayRa: "202607021500")));

        IReadOnlyList<RecordListItem> due = await w.Get<QueueQueries>().NearestDeadlinesAsync(w.Officer, 10, default);

        Assert.Equal(["TRUOC", "SAU"], due.Select(r => r.MaLk));
    }

    [Fact]
    public async Task Another_facility_sees_nothing_of_it()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Package(A.Patient("LK1")));
        Caller other = w.Officer with { Scope = FacilityScope.Only("99009") };
        QueueQueries queue = w.Get<QueueQueries>();

        Assert.Empty(await queue.ListAsync(other, 10, default));
        Assert.Empty(await queue.NearestDeadlinesAsync(other, 10, default));
        Assert.Equal(new QueueCounts(0, 0, 0), await queue.CountAsync(other, default));
    }
}

public sealed class QueueQueriesOnSqliteTests() : QueueQueriesTests(Db.Sqlite);

public sealed class QueueQueriesOnPostgresTests() : QueueQueriesTests(Db.Postgres);
