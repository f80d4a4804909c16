using LienThong.Gateway.Access;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Records;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Deadlines;

public abstract class DutyTests(Db db)
{
    [Fact]
    public async Task Duties_of_the_month_and_quarter_open_once_and_not_for_the_past()
    {
        await using World w = await World.CreateAsync(db);
        DutyKeeper keeper = w.Get<DutyKeeper>();
        await keeper.RunAsync(default);
        await keeper.RunAsync(default);

        IReadOnlyList<Duty> open = await w.Get<DutyDesk>().OpenAsync(w.Officer, default);

        Assert.Equal(["form-01bh 2026-06", "form-02bh 2026-Q2", "health-book-matrix 2026-H1", "report-4040 2026-06"], Named(open, "form", "health", "report"));
        Duty monthly = open.Single(d => d.Rule == "form-01bh");
        Assert.Equal(new DateTimeOffset(2026, 7, 16, 0, 0, 0, TimeSpan.FromHours(7)), monthly.DueAt);
        Assert.Equal("Gửi mẫu 01/BH của tháng (tháng 06/2026)", monthly.Title);
        // A date by which something changes, from 45 days before; those of the past don't come.
        Assert.Equal(["milestone list-1804"], Named(open, "milestone"));
        Assert.Empty(await w.Get<DutyDesk>().OpenAsync(w.Officer with { Scope = FacilityScope.Only("99009") }, default));
    }

    [Fact]
    public async Task A_duty_is_settled_with_a_note_and_can_be_opened_again()
    {
        await using World w = await World.CreateAsync(db);
        await w.Get<DutyKeeper>().RunAsync(default);
        DutyDesk desk = w.Get<DutyDesk>();
        Guid id = (await desk.OpenAsync(w.Officer, default)).Single(d => d.Rule == "form-01bh").Id;

        Assert.False((await desk.MoveAsync(w.Officer, id, DutyState.Done, " ", default)).Done);
        Assert.False((await desk.MoveAsync(w.Officer with { Scope = FacilityScope.Only("99009") }, id, DutyState.Done, "x", default)).Done);
        Assert.True((await desk.MoveAsync(w.Officer, id, DutyState.Done, "Đã nộp bản ký", default)).Done);
        Assert.False((await desk.MoveAsync(w.Officer, id, DutyState.Done, "lần nữa", default)).Done);
        await w.Get<DutyKeeper>().RunAsync(default);

        Duty settled = Assert.Single(await desk.SettledAsync(w.Officer, 10, default));
        Assert.Equal((DutyState.Done, "Đã nộp bản ký", "officer"), (settled.State, settled.Note, settled.DoneBy));
        Assert.DoesNotContain(await desk.OpenAsync(w.Officer, default), d => d.Rule == "form-01bh");
        Assert.True((await desk.MoveAsync(w.Officer, id, DutyState.Open, "Phải nộp lại", default)).Done);
        Assert.Contains(await desk.OpenAsync(w.Officer, default), d => d.Id == id);
        Assert.Equal(["duty.reopened", "duty.done", "duty.opened"], (await w.Get<LienThong.Gateway.Audit.AuditLog>().ListAsync(w.Officer, null, id.ToString(), 10, default)).Select(e => e.Action));
    }

    [Fact]
    public async Task A_duty_switched_off_does_not_open_and_one_switched_on_does_in_its_province_only()
    {
        await using World w = await World.CreateAsync(db);
        DeadlineSettings settings = w.Get<DeadlineSettings>();
        await w.AddFacilityAsync("79001");
        Assert.True((await settings.SetDutyAsync(w.Officer, A.Facility, "report-4040", false, "Không thuộc đối tượng", default)).Ok);
        Assert.True((await settings.SetDutyAsync(w.Officer, "", "health-book-daily", true, "Sở yêu cầu", default)).Ok);
        Assert.False((await settings.SetDutyAsync(w.Officer, "", "payment", true, "x", default)).Ok);
        // 06:30 in Vietnam: before the hour it is due by.
        w.Time.Advance(new DateTimeOffset(2026, 7, 11, 6, 30, 0, TimeSpan.FromHours(7)) - w.Time.GetUtcNow());

        await w.Get<DutyKeeper>().RunAsync(default);

        IReadOnlyList<Duty> open = await w.Get<DutyDesk>().OpenAsync(w.Officer, default);
        Assert.Equal(["79001"], open.Where(d => d.Rule == "report-4040").Select(d => d.Facility));
        Assert.Equal(["79001"], open.Where(d => d.Rule == "health-book-daily").Select(d => d.Facility));
    }

    [Fact]
    public async Task Refused_records_open_a_duty_of_two_working_days_that_ends_when_none_is_left()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        await w.IngestOneAsync("LK2");
        w.Portal.Script.Enqueue(FakePortal.Rejection());
        w.Portal.Script.Enqueue(FakePortal.Rejection());
        await w.DrainAsync();
        DutyKeeper keeper = w.Get<DutyKeeper>();
        DutyDesk desk = w.Get<DutyDesk>();

        await keeper.RunAsync(default);
        Duty fix = Assert.Single(await desk.OpenAsync(w.Officer, default), d => d.Rule == "portal-error-fix");
        Assert.Equal((2L, "2026-07-10", new DateTimeOffset(2026, 7, 15, 0, 0, 0, TimeSpan.FromHours(7))), (fix.Records!.Value, fix.Subject, fix.DueAt));

        await w.IngestOneAsync("LK1", "Đau bụng");
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
        await keeper.RunAsync(default);
        Assert.Equal(1, Assert.Single(await desk.OpenAsync(w.Officer, default), d => d.Rule == "portal-error-fix").Records);

        await w.IngestOneAsync("LK2", "Đau bụng");
        await w.DrainAsync();
        await keeper.RunAsync(default);
        Assert.DoesNotContain(await desk.OpenAsync(w.Officer, default), d => d.Rule == "portal-error-fix");
        Assert.Equal("system", Assert.Single(await desk.SettledAsync(w.Officer, 10, default)).DoneBy);
    }

    [Fact]
    public async Task Faults_told_after_reception_open_a_duty_that_ends_when_the_records_are_replaced()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        await using (WriteSession session = await w.Database.BeginAsync(default))
        {
            await session.ExecuteAsync("UPDATE submission SET later_state = 'Faulty'", null, default);
            await DutyDesk.NoteFaultsAsync(session, A.Facility, w.Time.GetUtcNow(), default);
            await session.CommitAsync(default);
        }
        DutyKeeper keeper = w.Get<DutyKeeper>();
        await keeper.RunAsync(default);
        Assert.Single(await w.Get<DutyDesk>().OpenAsync(w.Officer, default), d => d.Rule == "portal-error-fix" && d.Title.Contains("cổng báo lỗi", StringComparison.Ordinal));

        await w.IngestOneAsync("LK1", "Đau bụng");
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
        await keeper.RunAsync(default);

        Assert.DoesNotContain(await w.Get<DutyDesk>().OpenAsync(w.Officer, default), d => d.Rule == "portal-error-fix");
    }

    [Fact]
    public async Task Month_is_looked_ahead_to_from_the_twenty_fifth_and_done_when_every_record_is_taken()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestOneAsync("LK1", "BLOCK");
        DutyKeeper keeper = w.Get<DutyKeeper>();
        w.Time.Advance(TimeSpan.FromDays(16));
        await keeper.RunAsync(default);
        Duty month = Assert.Single(await w.Get<DutyDesk>().OpenAsync(w.Officer, default), d => d.Rule == "month-open");
        Assert.Equal(("2026-07", new DateTimeOffset(2026, 8, 5, 0, 0, 0, TimeSpan.FromHours(7))), (month.Subject, month.DueAt));

        w.Time.Advance(TimeSpan.FromDays(8));
        await keeper.RunAsync(default);
        Assert.Single(await w.Get<DutyDesk>().OpenAsync(w.Officer, default), d => d.Rule == "month-open");
        await w.IngestOneAsync("LK1", "Đau bụng");
        await w.DrainAsync();
        await keeper.RunAsync(default);

        Assert.DoesNotContain(await w.Get<DutyDesk>().OpenAsync(w.Officer, default), d => d.Rule == "month-open");
    }

    [Fact]
    public async Task Receptions_without_result_are_told_from_day_45()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        DutyKeeper keeper = w.Get<DutyKeeper>();
        w.Time.Advance(TimeSpan.FromDays(44));
        await keeper.RunAsync(default);
        Assert.DoesNotContain(await w.Get<DutyDesk>().OpenAsync(w.Officer, default), d => d.Rule == "result-window");
        w.Time.Advance(TimeSpan.FromDays(2));
        await keeper.RunAsync(default);

        Duty result = Assert.Single(await w.Get<DutyDesk>().OpenAsync(w.Officer, default), d => d.Rule == "result-window");

        Assert.Equal((1L, new DateTimeOffset(2026, 9, 9, 0, 0, 0, TimeSpan.FromHours(7))), (result.Records!.Value, result.DueAt));
    }

    [Fact]
    public async Task An_expiring_certificate_is_a_duty_until_its_successor_is_there()
    {
        await using World w = await World.CreateAsync(db);
        DateTimeOffset end = (await w.Get<SigningKeys>().ListAsync(w.Officer, default)).Single().NotAfter;
        DutyKeeper keeper = w.Get<DutyKeeper>();
        w.Time.Advance(end - w.Time.GetUtcNow() - TimeSpan.FromDays(20));
        await keeper.RunAsync(default);

        Duty duty = Assert.Single(await w.Get<DutyDesk>().OpenAsync(w.Officer, default), d => d.Rule == "certificate");

        Assert.Equal(end, duty.DueAt);
        w.Time.Advance(TimeSpan.FromDays(21));
        await keeper.RunAsync(default);
        Assert.True(Assert.Single(await w.Get<DutyDesk>().OpenAsync(w.Officer, default), d => d.Rule == "certificate").IsOverdue(w.Time.GetUtcNow()));
    }

    [Fact]
    public async Task A_person_opens_a_duty_after_a_letter_and_the_line_says_when_it_is_due()
    {
        await using World w = await World.CreateAsync(db);
        DutyDesk desk = w.Get<DutyDesk>();
        DateTimeOffset came = new(2026, 7, 9, 9, 0, 0, TimeSpan.FromHours(7));

        Assert.True((await desk.AddAsync(w.Officer, A.Facility, "audit-response", "CV 123/BHXH", came, 12, "", default)).Done);
        Assert.False((await desk.AddAsync(w.Officer, A.Facility, "audit-response", "CV 123/BHXH", came, 12, "", default)).Done);
        Assert.False((await desk.AddAsync(w.Officer, A.Facility, "form-01bh", "x", came, null, "", default)).Done);
        Assert.False((await desk.AddAsync(w.Officer, A.Facility, "audit-response", "mai", came.AddDays(5), null, "", default)).Done);
        Assert.False((await desk.AddAsync(w.Officer with { Scope = FacilityScope.Only("99009") }, A.Facility, "audit-response", "y", came, null, "", default)).Done);

        Duty duty = Assert.Single(await desk.OpenAsync(w.Officer, default));
        Assert.Equal((12L, new DateTimeOffset(2026, 7, 15, 0, 0, 0, TimeSpan.FromHours(7))), (duty.Records!.Value, duty.DueAt));
    }

    private static IEnumerable<string> Named(IReadOnlyList<Duty> duties, params string[] rules) =>
        duties.Where(d => rules.Any(r => d.Rule.StartsWith(r, StringComparison.Ordinal))).Select(d => $"{d.Rule} {d.Subject}").Order(StringComparer.Ordinal);
}

public sealed class DutyOnSqliteTests() : DutyTests(Db.Sqlite);

public sealed class DutyOnPostgresTests() : DutyTests(Db.Postgres);
