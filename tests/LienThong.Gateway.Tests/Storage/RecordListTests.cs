using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Tests.Support;
using LienThong.Standard;

namespace LienThong.Gateway.Tests.Storage;

public abstract class RecordListTests(Db db)
{
    [Theory]
    [InlineData(RecordOrder.Discharge)]
    [InlineData(RecordOrder.Arrival)]
    public async Task Pages_forwards_and_backwards_show_every_record_once_and_in_one_order(RecordOrder order)
    {
        await using World w = await World.CreateAsync(db);
        for (int i = 0; i < 5; i++)
        {
            await w.IngestAsync(A.Package([.. Enumerable.Range(0, 9).Select(j => A.Patient($"LK{i}{j}", ngayRa: $"2026070{1 + (j % 3)}1500"))]));
            w.Time.Advance(TimeSpan.FromSeconds(1));
        }
        RecordFilter filter = new() { Order = order };
        List<Page<RecordListItem>> forwards = [];
        string? after = null;
        do
        {
            Page<RecordListItem> page = await w.Queries.ListAsync(w.Officer, filter, new PageRequest(10, After: after), default);
            forwards.Add(page);
            // A newcomer must not shift the pages that follow.
            await w.IngestAsync(A.Package(A.Patient($"MOI{forwards.Count}", ngayRa: "202607091500")));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal([10, 10, 10, 10, 5], forwards.Select(p => p.Items.Count));
        Assert.Equal(45, forwards.SelectMany(p => p.Items).Select(i => i.Id).Distinct().Count());
        Assert.Null(forwards[0].Previous);
        Page<RecordListItem> back = await w.Queries.ListAsync(w.Officer, filter, new PageRequest(10, Before: forwards[3].Previous), default);
        Assert.Equal(forwards[2].Items.Select(i => i.Id), back.Items.Select(i => i.Id));
        Assert.Equal(forwards[2].Next, back.Next);
    }

    [Fact]
    public async Task Filters_find_by_state_date_MA_LK_and_name_without_accents()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Package(
            A.Patient("LK_1", name: "Nguyễn Thị Đào", ngayRa: "202607011000"), A.Patient("LKx2", "BLOCK", "Lê Văn Ưu", "202607052359"),
            A.Patient("XX3", name: "100% Thử", ngayRa: "202607060000")));

        async Task<string> FindAsync(RecordFilter f) =>
            string.Join(' ', (await w.Queries.ListAsync(w.Officer, f, new PageRequest(), default)).Items.Select(i => i.MaLk));

        Assert.Equal("LKx2", await FindAsync(new RecordFilter { States = [RecordState.Invalid, RecordState.Held] }));
        Assert.Equal("LKx2 LK_1", await FindAsync(new RecordFilter { DischargedFrom = new(2026, 7, 1), DischargedTo = new(2026, 7, 5) }));
        Assert.Equal("LK_1", await FindAsync(new RecordFilter { MaLk = "LK_" }));
        Assert.Equal("LK_1", await FindAsync(new RecordFilter { Name = "thi dao" }));
        Assert.Equal("LKx2", await FindAsync(new RecordFilter { Name = "ƯU" }));
        Assert.Equal("XX3", await FindAsync(new RecordFilter { Name = "100%" }));
        Assert.Equal("LKx2", await FindAsync(new RecordFilter { Blocked = true }));
        Assert.Equal("", await FindAsync(new RecordFilter { ReceivedBefore = w.Time.GetUtcNow() }));
        Assert.Equal("", await FindAsync(new RecordFilter { Facilities = ["99002"] }));
    }

    [Fact]
    public async Task Nobody_sees_records_outside_the_facilities_granted()
    {
        await using World w = await World.CreateAsync(db);
        await w.AddFacilityAsync("99002");
        await w.IngestAsync(A.Package(A.Patient("LK1")));
        await w.IngestAsync(A.PackageOf("99002", A.Patient("LK1").Set(Xml1.MA_CSKCB, "99002")));
        await w.DrainAsync();
        Caller other = w.Officer with { Scope = FacilityScope.Only("99002") };
        Caller nobody = w.Officer with { Scope = FacilityScope.Only() };

        Assert.Equal("99002", Assert.Single((await w.Queries.ListAsync(other, new RecordFilter(), new PageRequest(), default)).Items).Facility);
        Assert.Equal("99002", Assert.Single((await w.Queries.SubmissionsAsync(other, null, new PageRequest(), default)).Items).Facility);
        Assert.Equal("99002", Assert.Single(await w.Queries.StatusAsync(other, null, 100, default)).Facility);
        Assert.Equal(1, (await w.Queries.CountAsync(other, default)).Values.Sum());
        Assert.Empty((await w.Queries.ListAsync(nobody, new RecordFilter(), new PageRequest(), default)).Items);
        Assert.Empty(await w.Facilities.ListAsync(nobody, default));
        Assert.Equal(2, (await w.Queries.ListAsync(w.Officer, new RecordFilter(), new PageRequest(), default)).Items.Count);
    }

    [Fact]
    public async Task Query_without_scope_is_a_bug_that_throws()
    {
        await using World w = await World.CreateAsync(db);

        await Assert.ThrowsAsync<ArgumentException>(() => w.Database.QueryAsync<string>(w.Officer, "SELECT ma_lk FROM record", null, default));
    }

    [Fact]
    public async Task Status_names_the_transaction_and_the_last_error()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Package(A.Patient("LK1"), A.Patient("LK2", "BLOCK")));
        await w.DrainAsync();
        Guid third = await w.IngestOneAsync("LK3");
        w.Portal.Script.Enqueue(FakePortal.Rejection());
        await w.DrainAsync();

        IReadOnlyList<RecordStatus> status = await w.Queries.StatusAsync(w.Officer, null, 10, default);

        Assert.Equal(["LK1", "LK2", "LK3"], status.Select(s => s.MaLk));
        Assert.StartsWith("HSKCB", status[0].MaGiaoDich, StringComparison.Ordinal);
        Assert.Null(status[0].LastError);
        Assert.Equal((third, 1, "123 Sai định dạng"), (status[2].Id, status[2].Attempts, status[2].LastError));
        Assert.Equal(["LK2", "LK3"], (await w.Queries.StatusAsync(w.Officer, status[0], 10, default)).Select(s => s.MaLk));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Status_pages_lose_no_line_when_facilities_share_an_MA_LK(int take)
    {
        await using World w = await World.CreateAsync(db);
        await w.AddFacilityAsync("99002");
        // LK0 is alone, so that pages of two end between the facilities too.
        await w.IngestAsync(A.Package(A.Patient("LK0"), A.Patient("LK1"), A.Patient("LK2")));
        await w.IngestAsync(A.PackageOf("99002", A.Patient("LK1").Set(Xml1.MA_CSKCB, "99002"), A.Patient("LK2").Set(Xml1.MA_CSKCB, "99002")));

        List<RecordStatus> lines = [];
        IReadOnlyList<RecordStatus> page;
        do
        {
            page = await w.Queries.StatusAsync(w.Officer, lines.LastOrDefault(), take, default);
            Assert.True(page.Count <= take);
            lines.AddRange(page);
        }
        while (page.Count > 0 && lines.Count < 20);

        Assert.Equal(["LK0", "LK1", "LK1", "LK2", "LK2"], lines.Select(l => l.MaLk));
        Assert.Equal(5, lines.Select(l => (l.Facility, l.MaLk)).Distinct().Count());
        Assert.Equal((await w.Queries.StatusAsync(w.Officer, null, 100, default)).Select(l => l.Id), lines.Select(l => l.Id));
    }

    [Fact]
    public async Task Submissions_page_newest_first()
    {
        await using World w = await World.CreateAsync(db);
        for (int i = 0; i < 5; i++)
        {
            await w.IngestOneAsync($"LK{i}");
            await w.DrainAsync();
            w.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Page<SubmissionView> first = await w.Queries.SubmissionsAsync(w.Officer, "Accepted", new PageRequest(3), default);
        Page<SubmissionView> second = await w.Queries.SubmissionsAsync(w.Officer, null, new PageRequest(3, After: first.Next), default);

        Assert.Equal(["LK4", "LK3", "LK2", "LK1", "LK0"], first.Items.Concat(second.Items).Select(s => s.MaLk));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Money_keeps_its_thousandths()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Package(
            A.Patient("LK1").Set(Xml1.T_TONGCHI_BV, "0.001"), A.Patient("LK2").Set(Xml1.T_TONGCHI_BV, "999999999999.999"), A.Patient("LK3").Set(Xml1.T_TONGCHI_BV, "hỏng")));

        var items = (await w.Queries.ListAsync(w.Officer, new RecordFilter(), new PageRequest(), default)).Items;

        Assert.Equal([0.001m, 999999999999.999m, null], items.OrderBy(i => i.MaLk).Select(i => i.TotalCost));
    }
}

public sealed class RecordListOnSqliteTests() : RecordListTests(Db.Sqlite);

public sealed class RecordListOnPostgresTests() : RecordListTests(Db.Postgres);
