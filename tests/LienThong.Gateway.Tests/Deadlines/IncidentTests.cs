using LienThong.Gateway.Access;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;

namespace LienThong.Gateway.Tests.Deadlines;

public abstract class IncidentTests(Db db)
{
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    [Fact]
    public async Task A_closed_outage_of_the_portal_lengthens_deadlines_by_itself_and_shows_both()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1", "BLOCK");

        IncidentChange opened = await w.Get<IncidentDesk>().OpenAsync(
            w.Officer, new IncidentDraft(A.Facility, IncidentKind.PortalUnannounced, At(8, 8), At(8, 13, 30), "Cổng không trả lời", "Trực BHYT", "BHXH tỉnh, điện thoại", At(8, 9)), default);
        await w.Get<DeadlineKeeper>().SettleAsync(default);

        Assert.True(opened.Done, opened.Message);
        RecordListItem record = (await w.DetailAsync(id)).Current;
        Assert.Equal((At(15, 0), At(15, 5, 30)), (record.OriginalDeadline, record.Deadline));

        Assert.True((await w.Get<IncidentDesk>().WithdrawAsync(w.Officer, opened.Id!.Value, "Nhầm", default)).Done);
        await w.Get<DeadlineKeeper>().SettleAsync(default);
        Assert.Equal(At(15, 0), (await w.DetailAsync(id)).Current.Deadline);
    }

    [Fact]
    public async Task An_open_outage_counts_until_tonight_and_is_moved_on_until_it_is_closed()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1", "BLOCK");
        IncidentDesk desk = w.Get<IncidentDesk>();
        Guid incident = (await desk.OpenAsync(w.Officer, new IncidentDraft(A.Facility, IncidentKind.PortalUnannounced, At(10, 8), null, "Cổng không trả lời"), default)).Id!.Value;
        await w.Get<DeadlineKeeper>().SettleAsync(default);
        Assert.Equal(At(15, 16), (await w.DetailAsync(id)).Current.Deadline);

        w.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(1, await desk.ProlongAsync(default));
        Assert.Equal(0, await desk.ProlongAsync(default));
        await w.Get<DeadlineKeeper>().SettleAsync(default);
        Assert.Equal(At(16, 16), (await w.DetailAsync(id)).Current.Deadline);

        Assert.False((await desk.CloseAsync(w.Officer, incident, At(10, 7), default)).Done);
        Assert.False((await desk.CloseAsync(w.Officer, incident, At(12, 0), default)).Done);
        Assert.True((await desk.CloseAsync(w.Officer, incident, At(10, 10), default)).Done);
        Assert.False((await desk.CloseAsync(w.Officer, incident, At(10, 10), default)).Done);
        await w.Get<DeadlineKeeper>().SettleAsync(default);
        Assert.Equal(At(15, 2), (await w.DetailAsync(id)).Current.Deadline);
    }

    [Theory]
    [InlineData(IncidentKind.Power, 14, 22, 15, 3, 16, 0)]
    [InlineData(IncidentKind.Power, 13, 8, 13, 20, 15, 0)]
    [InlineData(IncidentKind.Ours, 14, 22, 15, 3, 15, 0)]
    [InlineData(IncidentKind.SigningDevice, 14, 22, 15, 3, 15, 0)]
    public async Task Force_majeure_moves_a_deadline_inside_it_to_the_evening_of_repair_and_own_faults_move_nothing(
        IncidentKind kind, int fromDay, int fromHour, int toDay, int toHour, int day, int hour)
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1", "BLOCK");
        w.Time.Advance(TimeSpan.FromDays(7));

        Assert.True((await w.Get<IncidentDesk>().OpenAsync(w.Officer, new IncidentDraft(A.Facility, kind, At(fromDay, fromHour), At(toDay, toHour), "Sự cố"), default)).Done);
        await w.Get<DeadlineKeeper>().SettleAsync(default);

        Assert.Equal(At(day, hour), (await w.DetailAsync(id)).Current.Deadline);
    }

    [Fact]
    public async Task A_reception_that_was_late_is_in_time_once_the_incident_is_known()
    {
        await using World w = await World.CreateAsync(db);
        w.Time.Advance(At(15, 1) - w.Time.GetUtcNow());
        await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        async Task<(long, long)> LateAsync()
        {
            Timeliness day = Assert.Single(await w.Get<DeadlineQueries>().TimelinessAsync(w.Officer, [A.Facility], new(2026, 7, 15), new(2026, 7, 15), false, default));
            return (day.Late, day.ByIncident);
        }
        Assert.Equal((1L, 0L), await LateAsync());

        Guid incident = (await w.Get<IncidentDesk>().OpenAsync(
            w.Officer, new IncidentDraft(A.Facility, IncidentKind.PortalUnannounced, At(14, 20), At(15, 0, 50), "Cổng ngừng"), default)).Id!.Value;
        await w.Get<DeadlineKeeper>().SettleAsync(default);
        Assert.Equal((0L, 1L), await LateAsync());

        await w.Get<IncidentDesk>().WithdrawAsync(w.Officer, incident, "Nhầm", default);
        await w.Get<DeadlineKeeper>().SettleAsync(default);
        Assert.Equal((1L, 0L), await LateAsync());
    }

    [Fact]
    public async Task Calls_without_answer_for_minutes_are_proposed_once_and_the_recovery_is_noted()
    {
        await using World w = await World.CreateAsync(db);
        IncidentWatch watch = w.Get<IncidentWatch>();
        Guid id = await w.IngestOneAsync("LK1");
        for (int i = 0; i < 4; i++)
        {
            w.Portal.Script.Enqueue(new SendOutcome.NotSent("Không kết nối được", null, NeedsPerson: false));
            await w.DrainAsync();
            Assert.Equal(0, i < 3 ? await watch.LookAsync(default) : 0);
            w.Time.Advance(TimeSpan.FromMinutes(new[] { 1, 2, 5, 10 }[i]));
        }
        DateTimeOffset deadline = (await w.DetailAsync(id)).Current.Deadline!.Value;

        Assert.Equal(1, await watch.LookAsync(default));
        Assert.Equal(0, await watch.LookAsync(default));

        Incident proposed = Assert.Single(await w.Get<IncidentDesk>().ListAsync(w.Officer, true, 10, default));
        Assert.Equal((IncidentState.Proposed, IncidentKind.Network, true), (proposed.State, proposed.Kind, proposed.FromProduct));
        Assert.Equal(new DateTimeOffset(2026, 7, 10, 2, 0, 0, TimeSpan.Zero), proposed.StartedAt);
        await w.Get<DeadlineKeeper>().SettleAsync(default);
        Assert.Equal(deadline, (await w.DetailAsync(id)).Current.Deadline);

        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
        Assert.Equal(1, await watch.LookAsync(default));
        Incident seen = (await w.Get<IncidentDesk>().FindAsync(w.Officer, proposed.Id, default))!;
        Assert.NotNull(seen.RecoveredAt);
        IncidentChange confirmed = await w.Get<IncidentDesk>().SaveAsync(
            w.Officer, proposed.Id, new IncidentDraft(A.Facility, IncidentKind.PortalUnannounced, seen.StartedAt, seen.RecoveredAt, seen.Description), default);
        Assert.True(confirmed.Done, confirmed.Message);
        Assert.Equal((IncidentState.Closed, "officer"), Parts((await w.Get<IncidentDesk>().FindAsync(w.Officer, proposed.Id, default))!));

        static (IncidentState, string) Parts(Incident i) => (i.State, i.OpenedBy);
    }

    [Fact]
    public async Task A_proposal_that_was_withdrawn_does_not_come_back()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestOneAsync("LK1");
        for (int i = 0; i < 5; i++)
        {
            w.Portal.Script.Enqueue(new SendOutcome.NotSent("Không kết nối được", null, NeedsPerson: false));
            await w.DrainAsync();
            w.Time.Advance(TimeSpan.FromMinutes(new[] { 1, 2, 5, 10, 1 }[i]));
        }
        Assert.Equal(1, await w.Get<IncidentWatch>().LookAsync(default));
        Guid id = Assert.Single(await w.Get<IncidentDesk>().ListAsync(w.Officer, true, 10, default)).Id;
        Assert.True((await w.Get<IncidentDesk>().WithdrawAsync(w.Officer, id, "Dây mạng lỏng", default)).Done);

        Assert.Equal(0, await w.Get<IncidentWatch>().LookAsync(default));
        Assert.Empty(await w.Get<IncidentDesk>().ListAsync(w.Officer, true, 10, default));
    }

    [Fact]
    public async Task Send_now_makes_what_waits_for_its_next_try_due()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        w.Portal.Script.Enqueue(new SendOutcome.NotSent("Không kết nối được", null, NeedsPerson: false));
        await w.DrainAsync();
        Guid incident = (await w.Get<IncidentDesk>().OpenAsync(w.Officer, new IncidentDraft(A.Facility, IncidentKind.Network, At(10, 8), At(10, 9), "Đứt cáp"), default)).Id!.Value;

        Assert.Equal(1, await w.Get<IncidentDesk>().SendNowAsync(w.Officer, incident, default));
        Assert.Null(await w.Get<IncidentDesk>().SendNowAsync(w.Officer with { Scope = FacilityScope.Only("99009") }, incident, default));
        await w.DrainAsync();

        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
    }

    [Fact]
    public async Task Proof_lists_records_kept_from_being_sent_with_first_attempt_and_reception()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Package(A.Patient("TRUOC", ngayRa: "202607091500")));
        await w.DrainAsync();
        w.Time.Advance(TimeSpan.FromHours(1));
        await w.IngestAsync(A.Package(A.Patient("TRONG", ngayRa: "202607091600"), A.Patient("CON", "BLOCK", ngayRa: "202607091700"), A.Patient("SAU", "BLOCK", ngayRa: "202607101800")));
        w.Portal.Script.Enqueue(new SendOutcome.NotSent("Không kết nối được", null, NeedsPerson: false));
        await w.DrainAsync();
        w.Time.Advance(TimeSpan.FromHours(2));
        await w.DrainAsync();
        IncidentDesk desk = w.Get<IncidentDesk>();
        Guid id = (await desk.OpenAsync(w.Officer, new IncidentDraft(A.Facility, IncidentKind.PortalUnannounced, At(10, 9, 30), At(10, 11), "Cổng ngừng"), default)).Id!.Value;
        IncidentProof proof = w.Get<IncidentProof>();
        Incident incident = (await proof.FindAsync(w.Officer, id, default))!;

        List<ProofRecord> records = [];
        await foreach (ProofRecord record in proof.RecordsAsync(w.Officer, incident, default))
            records.Add(record);
        using MemoryStream csv = new();
        System.IO.Pipelines.PipeWriter writer = System.IO.Pipelines.PipeWriter.Create(csv);
        await proof.WriteCsvAsync(w.Officer, incident, writer, default);
        await writer.CompleteAsync();

        Assert.Equal(["TRONG", "CON"], records.Select(r => r.MaLk));
        Assert.Equal((At(10, 10), At(10, 12)), (records[0].FirstAttempt, records[0].ReceivedAt));
        Assert.StartsWith("HSKCB_TRONG_", records[0].TransactionCode, StringComparison.Ordinal);
        Assert.Equal((null, null, null), (records[1].FirstAttempt, records[1].ReceivedAt, records[1].TransactionCode));
        string[] lines = System.Text.Encoding.UTF8.GetString(csv.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("TRONG,,202607091600,Đã tiếp nhận,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_is_kept_in_the_archive_and_only_shown_to_its_facility()
    {
        await using World w = await World.CreateAsync(db);
        IncidentDesk desk = w.Get<IncidentDesk>();
        Guid id = (await desk.OpenAsync(w.Officer, new IncidentDraft(A.Facility, IncidentKind.Power, At(9, 8), At(9, 9), "Mất điện"), default)).Id!.Value;

        Assert.True((await desk.AttachAsync(w.Officer, id, "thong-bao.pdf", new MemoryStream([1, 2, 3]), default)).Done);
        Assert.False((await desk.AttachAsync(w.Officer, id, "rong.pdf", new MemoryStream(), default)).Done);
        Assert.False((await desk.AttachAsync(w.Officer, id, "to.pdf", new MemoryStream(new byte[IncidentDesk.MostFileBytes + 1]), default)).Done);

        IncidentFile file = Assert.Single((await desk.FindAsync(w.Officer, id, default))!.Files);
        Assert.Equal([1, 2, 3], (await desk.FileAsync(w.Officer, id, file.Id, default))!.Value.Content);
        Caller other = w.Officer with { Scope = FacilityScope.Only("99009") };
        Assert.Null(await desk.FindAsync(other, id, default));
        Assert.Null(await desk.FileAsync(other, id, file.Id, default));
        Assert.False((await desk.AttachAsync(other, id, "x", new MemoryStream([1]), default)).Done);
        Assert.False((await desk.CloseAsync(other, id, At(9, 9), default)).Done);
        Assert.False((await desk.OpenAsync(other, new IncidentDraft(A.Facility, IncidentKind.Power, At(9, 8), null, "Mất điện"), default)).Done);
    }

    [Fact]
    public async Task Incidents_that_cannot_be_are_refused()
    {
        await using World w = await World.CreateAsync(db);
        IncidentDesk desk = w.Get<IncidentDesk>();
        async Task<bool> OpenAsync(IncidentKind kind, DateTimeOffset from, DateTimeOffset? to, string text = "Sự cố") =>
            (await desk.OpenAsync(w.Officer, new IncidentDraft(A.Facility, kind, from, to, text), default)).Done;

        Assert.False(await OpenAsync(IncidentKind.Power, At(10, 10), null));
        Assert.False(await OpenAsync(IncidentKind.Power, At(9, 10), At(9, 9)));
        Assert.False(await OpenAsync(IncidentKind.Power, At(9, 10), At(11, 9)));
        Assert.False(await OpenAsync(IncidentKind.Power, At(9, 10), At(9, 11), ""));
        Assert.False(await OpenAsync(IncidentKind.Power, At(9, 10).AddDays(-70), At(9, 11)));
        // Maintenance may be told ahead.
        Assert.True(await OpenAsync(IncidentKind.PortalAnnounced, At(12, 20), At(13, 2)));
    }

    private static DateTimeOffset At(int day, int hour, int minute = 0) => new(2026, 7, day, hour, minute, 0, Vietnam);
}

public sealed class IncidentOnSqliteTests() : IncidentTests(Db.Sqlite);

public sealed class IncidentOnPostgresTests() : IncidentTests(Db.Postgres);
