using LienThong.Gateway.Access;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Tests.Support;
using LienThong.Standard;

namespace LienThong.Gateway.Tests.Deadlines;

public abstract class DeadlineKeeperTests(Db db)
{
    [Fact]
    public async Task A_day_off_added_by_a_person_moves_records_not_yet_sent_and_no_others()
    {
        await using World w = await World.CreateAsync(db);
        Guid sent = await w.IngestOneAsync("GUI");
        await w.DrainAsync();
        Guid waits = await w.IngestOneAsync("CHO", "BLOCK");
        Guid queued = await w.IngestOneAsync("DOI");

        Assert.True((await w.Get<DeadlineSettings>().SetDayAsync(w.Officer, new CalendarDay(new DateOnly(2026, 7, 13), false, "Nghỉ bão"), default)).Ok);
        Guid after = await w.IngestOneAsync("SAU");
        await w.Get<DeadlineKeeper>().SettleAsync(default);

        Assert.Equal(Day(15), (await w.DetailAsync(sent)).Current.Deadline);
        Assert.Equal(Day(16), (await w.DetailAsync(waits)).Current.Deadline);
        Assert.Equal(Day(16), (await w.DetailAsync(queued)).Current.Deadline);
        Assert.Equal(Day(16), (await w.DetailAsync(after)).Current.Deadline);
        // The queue goes by the new deadline, too.
        Assert.Equal(Day(16).ToUnixTimeMilliseconds(), (await w.Database.QueryUnscopedAsync<long>("SELECT DISTINCT deadline_at FROM work_item", null, default)).Single());
        Assert.Equal(0, await w.Get<DeadlineKeeper>().SettleAsync(default));

        Assert.True((await w.Get<DeadlineSettings>().ResetDayAsync(w.Officer, new DateOnly(2026, 7, 13), default)).Ok);
        await w.Get<DeadlineKeeper>().SettleAsync(default);
        Assert.Equal(Day(15), (await w.DetailAsync(waits)).Current.Deadline);
        Assert.Contains((await w.Get<LienThong.Gateway.Audit.AuditLog>().ListAsync(w.Officer, null, "2026-07-13", 10, default)), e => e.Action == "calendar.changed" && e.Detail == "off Nghỉ bão");
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_crash_between_pages_loses_nothing_and_is_gone_on_from()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Many(1100));
        await w.Get<DeadlineSettings>().SetDayAsync(w.Officer, new CalendarDay(new DateOnly(2026, 7, 13), false, "Nghỉ bão"), default);
        int pages = 0;
        w.Faults.On = point =>
        {
            if (point == "deadlines.before-page-commit" && ++pages == 2)
                throw new InvalidOperationException("crash");
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => w.Get<DeadlineKeeper>().SettleAsync(default));
        Assert.Equal(500, await CountAsync(w, Day(16)));
        await w.RestartAsync();

        Assert.Equal(600, await w.Get<DeadlineKeeper>().SettleAsync(default));

        Assert.Equal(1100, await CountAsync(w, Day(16)));
    }

    [Fact]
    public async Task What_was_read_before_a_change_and_stored_after_it_is_calculated_again()
    {
        await using World w = await World.CreateAsync(db);
        bool changed = false;
        w.Faults.On = point =>
        {
            if (point != "intake.archived" || changed)
                return;
            changed = true;
            Assert.True(w.Get<DeadlineSettings>().SetDayAsync(w.Officer, new CalendarDay(new DateOnly(2026, 7, 13), false, "Nghỉ bão"), default).GetAwaiter().GetResult().Ok);
            w.Get<DeadlineKeeper>().SettleAsync(default).GetAwaiter().GetResult();
        };
        Guid id = await w.IngestOneAsync("LK1");
        Assert.Equal(Day(15), (await w.DetailAsync(id)).Current.Deadline);

        await w.Get<DeadlineKeeper>().SettleAsync(default);

        Assert.Equal(Day(16), (await w.DetailAsync(id)).Current.Deadline);
    }

    [Fact]
    public async Task Draft_of_three_hours_is_switched_by_facility_and_marks_the_record()
    {
        await using World w = await World.CreateAsync(db);
        DeadlineSettings settings = w.Get<DeadlineSettings>();
        Guid id = await w.IngestOneAsync("LK1", "BLOCK");
        Assert.Equal(DeadlineKind.CorrectionWindow, (await w.DetailAsync(id)).Current.DeadlineKind);
        Assert.False((await settings.SetDraftAsync(w.Officer, A.Facility, new DateOnly(2026, 7, 1), " ", default)).Ok);
        Assert.False((await settings.SetDraftAsync(w.Officer with { Scope = FacilityScope.Only("99009") }, A.Facility, new DateOnly(2026, 7, 1), "Thử", default)).Ok);
        Assert.False((await settings.SetDraftAsync(w.Officer with { Scope = FacilityScope.Only("99009") }, "", new DateOnly(2026, 7, 1), "Thử", default)).Ok);

        Assert.True((await settings.SetDraftAsync(w.Officer, A.Facility, new DateOnly(2026, 7, 1), "Chạy thử", default)).Ok);
        await w.Get<DeadlineKeeper>().SettleAsync(default);
        RecordListItem draft = (await w.DetailAsync(id)).Current;
        await settings.SetDraftAsync(w.Officer, A.Facility, null, "Thôi", default);
        await w.Get<DeadlineKeeper>().SettleAsync(default);

        Assert.Equal((DeadlineKind.Draft3h, new DateTimeOffset(2026, 7, 3, 18, 0, 0, TimeSpan.FromHours(7))), (draft.DeadlineKind, draft.Deadline));
        Assert.Equal(DeadlineKind.CorrectionWindow, (await w.DetailAsync(id)).Current.DeadlineKind);
    }

    [Fact]
    public async Task Time_from_end_to_reception_is_measured_once_per_record()
    {
        await using World w = await World.CreateAsync(db);
        RecordBuilder inWard = A.Patient("LK1", ngayRa: "202607100830").Set(Xml1.MA_KHOA, "K01;K19");
        await w.IngestAsync(A.Package(inWard, A.Patient("LK2", ngayRa: "202607100000"), A.Patient("LK3", ngayRa: "202606010800")));
        w.Time.Advance(TimeSpan.FromMinutes(10));
        await w.DrainAsync();

        DateOnly day = new(2026, 7, 10);
        Timeliness today = Assert.Single(await w.Get<DeadlineQueries>().TimelinessAsync(w.Officer, [A.Facility], day, day, byWard: false, default));
        IReadOnlyList<Timeliness> wards = await w.Get<DeadlineQueries>().TimelinessAsync(w.Officer, [A.Facility], day, day, byWard: true, default);

        // 40 minutes, nine hours (to the hour), 39 days.
        Assert.Equal(("2026-07-10", 3L, 540L, 39L * 1440, 1L, 0L, 1L), (today.Key, today.Records, today.P50, today.P95, today.Late, today.ByIncident, today.Within3Hours));
        Assert.Equal((1, 40), (wards.Single(t => t.Key == "K19").Records, wards.Single(t => t.Key == "K19").P50));
        Assert.Empty(await w.Get<DeadlineQueries>().TimelinessAsync(w.Officer with { Scope = FacilityScope.Only("99009") }, [A.Facility], day, day, false, default));
        // A second version accepted later doesn't change what the first took.
        w.Time.Advance(TimeSpan.FromDays(1));
        await w.IngestAsync(A.Package(A.Patient("LK1", "Đau bụng", ngayRa: "202607100830").Set(Xml1.MA_KHOA, "K01;K19")));
        await w.DrainAsync();
        Assert.Equal(1L, (await w.Database.QueryUnscopedAsync<long>("SELECT COUNT(*) FROM record_reception WHERE minutes = 40", null, default))[0]);
        Assert.Equal(3L, (await w.Database.QueryUnscopedAsync<long>("SELECT COUNT(*) FROM record_reception", null, default))[0]);
    }

    [Fact]
    public async Task Board_counts_by_day_ward_and_month_and_lists_the_same_records()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Package(
            A.Patient("QUA", "BLOCK", ngayRa: "202606101000").Set(Xml1.MA_KHOA, "K01"), A.Patient("HOM", "BLOCK", ngayRa: "202607010800").Set(Xml1.MA_KHOA, "K01"),
            A.Patient("TUAN", "BLOCK", ngayRa: "202607031500").Set(Xml1.MA_KHOA, "K02"), A.Patient("SAU", ngayRa: "202607100830").Set(Xml1.MA_KHOA, "K02"),
            A.Patient("XONG", "Ho", ngayRa: "202607031500")));
        DeadlineQueries queries = w.Get<DeadlineQueries>();
        Guid done = (await queries.ListAsync(w.Officer, new BoardFilter(), 100, default)).Single(r => r.MaLk == "XONG").Id;
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(done));
        await w.IngestAsync(A.Package(A.Patient("SAU2", "BLOCK", ngayRa: "202607100830").Set(Xml1.MA_KHOA, "K02")));

        DeadlineBoard board = await queries.CountAsync(w.Officer, null, [], default);

        Assert.Equal((1L, 1L, 1L, 1L), (board.Total.Overdue, board.Total.Today, board.Total.Week, board.Total.Later));
        Assert.Equal((1L, 3L, 3L, 4L), (board.Total.LastMonth, board.Total.ThisMonth, board.Total.Waiting, board.Total.ByHand));
        Assert.Equal(["K01", "K02"], board.Wards.Select(x => x.Ward));
        Assert.Null(board.Month);
        Assert.Equal(["QUA", "HOM", "TUAN", "SAU2"], (await queries.ListAsync(w.Officer, new BoardFilter(), 100, default)).Select(r => r.MaLk));
        Assert.Equal(["HOM"], (await queries.ListAsync(w.Officer, new BoardFilter(A.Facility, DueBucket.Today, "K01"), 100, default)).Select(r => r.MaLk));
        List<string> streamed = [];
        await foreach (DueRecord record in queries.StreamAsync(w.Officer, new BoardFilter(Due: DueBucket.Week), default))
            streamed.Add(record.MaLk);
        Assert.Equal(["TUAN"], streamed);
        Caller other = w.Officer with { Scope = FacilityScope.Only("99009") };
        Assert.Empty(await queries.ListAsync(other, new BoardFilter(), 100, default));
        Assert.Equal(0, (await queries.CountAsync(other, null, [], default)).Total.Open);
    }

    [Fact]
    public async Task Funnel_counts_what_is_left_before_the_fifth_and_from_the_twenty_fifth()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Package(A.Patient("T7", "BLOCK", ngayRa: "202607031500")));
        DeadlineQueries queries = w.Get<DeadlineQueries>();
        Assert.Null((await queries.CountAsync(w.Officer, null, [], default)).Month);
        w.Time.Advance(TimeSpan.FromDays(15));
        Assert.Equal((new DateOnly(2026, 7, 1), 1L, true), Parts((await queries.CountAsync(w.Officer, null, [], default)).Month!));
        w.Time.Advance(TimeSpan.FromDays(10));
        Assert.Equal((new DateOnly(2026, 7, 1), 1L, false), Parts((await queries.CountAsync(w.Officer, null, [], default)).Month!));
        w.Time.Advance(TimeSpan.FromDays(1));
        Assert.Null((await queries.CountAsync(w.Officer, null, [], default)).Month);

        static (DateOnly, long, bool) Parts(MonthFunnel f) => (f.Month, f.ToGo, f.LookAhead);
    }

    private static DateTimeOffset Day(int july) => new(2026, 7, july, 0, 0, 0, TimeSpan.FromHours(7));

    private static async Task<long> CountAsync(World w, DateTimeOffset deadline) => (await w.Database.QueryUnscopedAsync<long>(
        "SELECT COUNT(*) FROM record_version WHERE deadline_at = @at", new { at = deadline.ToUnixTimeMilliseconds() }, default))[0];
}

public sealed class DeadlineKeeperOnSqliteTests() : DeadlineKeeperTests(Db.Sqlite);

public sealed class DeadlineKeeperOnPostgresTests() : DeadlineKeeperTests(Db.Postgres);
