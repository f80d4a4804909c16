using System.Text;
using LienThong.Gateway.Access;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Receipts;
using LienThong.Gateway.Records;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;

namespace LienThong.Gateway.Tests.Receipts;

/// <summary>Lists of the portal held against what was sent: matching, settling, later states, both kinds of missing, the three work lists.</summary>
public abstract class ReconciliationTests(Db db)
{
    private static readonly SendOutcome Lost = new SendOutcome.Unknown("hết giờ chờ", null);

    [Fact]
    public async Task Evidence_of_reception_settles_an_unknown_outcome_and_closes_its_work()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await UnknownAsync(w, "LK1");

        Reconciliation run = await ImportAsync(w, "Mã liên kết,Mã giao dịch,Thời gian tiếp nhận\nLK1,HSKCB_1,20260710090001\n");

        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal((RecordState.Accepted, RecordEvent.Reconciled), (detail.Current.State, detail.History[^1].On));
        SubmissionView call = Assert.Single(detail.Submissions);
        Assert.Equal(("Accepted", "HSKCB_1", "20260710090001", "Pending"), (call.Outcome, call.MaGiaoDich, call.ThoiGianTiepNhan, call.LaterState));
        Assert.Null(detail.Work);
        Assert.Equal((1L, 1L, 0L), (run.Counts.Listed, run.Counts.SettledAccepted, run.Counts.NotOurs));
        Assert.Contains("danh-sach.csv", detail.History[^1].Cause, StringComparison.Ordinal);
        w.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, (await w.DrainAsync()).Sent);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Evidence_of_a_fault_settles_an_unknown_outcome_as_rejected_with_code_and_text()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await UnknownAsync(w, "LK1");

        Reconciliation run = await ImportAsync(w, "MA_LK,MALOI,MOTALOI\nLK1,E1,Sai ngày ra\nLK1,E2,Sai thẻ\n");

        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal((RecordState.Rejected, RecordEvent.ReconciledFaulty), (detail.Current.State, detail.History[^1].On));
        SubmissionView call = Assert.Single(detail.Submissions);
        Assert.Equal(("Faulty", "E1; E2", "Sai ngày ra; Sai thẻ"), (call.LaterState, call.LaterCode, call.LaterMessage));
        Assert.Equal(1, run.Counts.SettledRejected);
        Assert.Equal(CaseGroup.Faulty, Assert.Single(await CasesAsync(w, CaseGroup.Faulty)).Group);
        Assert.IsType<ChangeResult.Done>(await w.Actions.ResendAsync(w.Officer, id, default));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task What_is_found_later_stays_on_the_receipt_and_leaves_the_state_alone()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await SentAsync(w, "LK1");

        await ImportAsync(w, "MA_LK,MALOI,MOTALOI\nLK1,E1,Sai ngày ra\n");

        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal(RecordState.Accepted, detail.Current.State);
        Assert.Equal(("Accepted", "Faulty", "E1"), (detail.Submissions[0].Outcome, detail.Submissions[0].LaterState, detail.Submissions[0].LaterCode));
    }

    [Fact]
    public async Task A_fault_told_later_starts_the_duty_to_mend_it_from_the_day_of_the_list()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await SentAsync(w, "LK1");
        Assert.Equal("", (await ReadAsync(w, "MA_LK,MALOI,MOTALOI\nLK1,E1,Sai ngày ra\n")).Refusal);
        Assert.Empty(await FixesAsync(w));
        await ImportAsync(w, "MA_LK,MALOI,MOTALOI\nLK1,E1,Sai ngày ra\n");

        Duty fix = Assert.Single(await FixesAsync(w));
        Assert.Equal(("ket-qua:2026-07-10", w.Time.GetUtcNow(), new DateTimeOffset(2026, 7, 15, 0, 0, 0, TimeSpan.FromHours(7))), (fix.Subject, fix.BeganAt, fix.DueAt));
        w.Time.Advance(TimeSpan.FromDays(3));
        await ImportAsync(w, "MA_LK,MALOI,MOTALOI\nLK1,E1,Sai ngày ra\n");
        Assert.Equal(fix.Id, Assert.Single(await FixesAsync(w)).Id);

        await ReplaceAsync(w, "LK1", id);
        await w.Get<DutyKeeper>().RunAsync(default);
        Assert.Empty(await FixesAsync(w));
    }

    [Fact]
    public async Task New_faults_of_a_day_whose_duty_was_done_open_it_again_and_a_dropped_one_stays_dropped()
    {
        await using World w = await World.CreateAsync(db);
        foreach (string maLk in (string[])["LK1", "LK2", "LK3"])
            await SentAsync(w, maLk);
        DutyDesk desk = w.Get<DutyDesk>();
        await ImportAsync(w, "MA_LK,MALOI,MOTALOI\nLK1,E1,Sai ngày ra\n");
        Duty fix = Assert.Single(await FixesAsync(w));
        Assert.True((await desk.MoveAsync(w.Officer, fix.Id, DutyState.Done, "Đã gửi lại.", default)).Done);
        await ImportAsync(w, "MA_LK,MALOI,MOTALOI\nLK2,E1,Sai ngày ra\n");
        Assert.Equal(fix.Id, Assert.Single(await FixesAsync(w)).Id);
        Assert.True((await desk.MoveAsync(w.Officer, fix.Id, DutyState.Dropped, "Báo nhầm.", default)).Done);
        await ImportAsync(w, "MA_LK,MALOI,MOTALOI\nLK3,E1,Sai ngày ra\n");
        Assert.Empty(await FixesAsync(w));
    }

    [Fact]
    public async Task Faults_of_records_that_were_replaced_or_are_settled_as_rejected_start_no_duty_of_later_faults()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await SentAsync(w, "LK1");
        string first = (await w.DetailAsync(id)).Submissions[0].MaGiaoDich!;
        await ReplaceAsync(w, "LK1", id);
        await UnknownAsync(w, "LK2");

        await ImportAsync(w, $"MA_LK,Mã giao dịch,MALOI,MOTALOI\nLK1,{first},E1,Sai ngày ra\nLK2,,E1,Sai ngày ra\n");

        Assert.Empty(await FixesAsync(w));
        await w.Get<DutyKeeper>().RunAsync(default);
        Assert.Equal(("2026-07-10", 1L), Assert.Single(await FixesAsync(w)) is var fix ? (fix.Subject, fix.Records!.Value) : default);
    }

    [Fact]
    public async Task A_fault_is_resolved_only_by_a_later_accepted_list_and_older_evidence_never_overrules_newer()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await SentAsync(w, "LK1");
        await ImportAsync(w, "MA_LK,MALOI,MOTALOI\nLK1,E1,Sai ngày ra\n");
        await ImportAsync(w, "Mã liên kết,Ngày ra\nLK1,03/07/2026\n", asOf: w.Time.GetUtcNow() - TimeSpan.FromMinutes(1));
        Assert.Equal("Faulty", (await w.DetailAsync(id)).Submissions[0].LaterState);
        Assert.Empty(await CasesAsync(w, CaseGroup.Resolved));

        w.Time.Advance(TimeSpan.FromDays(1));
        Reconciliation run = await ImportAsync(w, "Mã liên kết,Ngày ra\nLK1,03/07/2026 15:00\n");

        Assert.Equal("Confirmed", (await w.DetailAsync(id)).Submissions[0].LaterState);
        Assert.Equal((1L, 1L), (run.Counts.Resolved, run.Counts.Confirmed));
        Assert.Equal(id, Assert.Single(await CasesAsync(w, CaseGroup.Resolved)).RecordId);
        Assert.Empty(await CasesAsync(w, CaseGroup.Faulty));
    }

    [Fact]
    public async Task Both_sides_are_compared_and_amounts_and_discharge_too()
    {
        await using World w = await World.CreateAsync(db);
        Guid same = await SentAsync(w, "LK1"), other = await SentAsync(w, "LK2"), missing = await SentAsync(w, "LK3");
        Guid outside = (await w.IngestAsync(A.Package(A.Patient("LK4", ngayRa: "202607081000")))).Records[0].RecordId!.Value;
        await w.DrainAsync();

        Reconciliation run = await ImportAsync(w, "Mã liên kết,Ngày ra,Tổng chi,BHYT thanh toán\nLK1,03/07/2026 15:00,150000,120000\nLK2,03/07/2026,99000,120.000\nLK9,02/07/2026,1,1\n");

        Assert.Equal((3L, 2L, 1L, 1L, 1L), (run.Counts.Listed, run.Counts.Matched, run.Counts.NotOurs, run.Counts.NotTheirs, run.Counts.Different));
        Assert.Equal((new DateOnly(2026, 7, 2), new DateOnly(2026, 7, 3)), (run.From, run.To));
        IReadOnlyList<ReconciliationDifference> all = (await w.Get<Reconciliations>().DifferencesAsync(w.Officer, run.Id, null, new PageRequest(50), default)).Items;
        Assert.Equal(("T_TONGCHI_BV", "150000.125", "99000", other), Assert.Single(all, d => d.Kind == DifferenceKind.Different) is var d ? (d.Field, d.Ours, d.Theirs, d.RecordId!.Value) : default);
        Assert.Equal(missing, Assert.Single(all, d => d.Kind == DifferenceKind.NotTheirs).RecordId);
        Assert.Equal("LK9", Assert.Single(all, d => d.Kind == DifferenceKind.NotOurs).MaLk);
        Assert.Equal(missing, Assert.Single(await CasesAsync(w, CaseGroup.Fail)).RecordId);
        Assert.DoesNotContain(all, d => d.RecordId == same || d.RecordId == outside);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task List_of_faults_alone_says_nothing_of_what_it_lacks()
    {
        await using World w = await World.CreateAsync(db);
        await SentAsync(w, "LK1");
        await SentAsync(w, "LK2");

        Reconciliation run = await ImportAsync(w, "MA_LK,MALOI,MOTALOI,Ngày ra\nLK1,E1,Sai,03/07/2026\n");

        Assert.Equal((0L, null), (run.Counts.NotTheirs, run.From));
    }

    [Fact]
    public async Task Reception_list_without_MA_LK_is_matched_by_transaction()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await SentAsync(w, "LK1");
        Guid missing = await SentAsync(w, "LK2");
        string transaction = (await w.DetailAsync(id)).Submissions[0].MaGiaoDich!;

        Reconciliation run = await ImportAsync(w, $"Mã giao dịch,Thời gian tiếp nhận,Trạng thái,Số hồ sơ,Số hồ sơ lỗi\n{transaction},10/07/2026 09:30:00,Đã xử lý,1,0\nHSKCB_X,10/07/2026 09:31:00,Đã xử lý,1,0\n");

        Assert.Equal(("Confirmed", PortalListKind.Reception), ((await w.DetailAsync(id)).Submissions[0].LaterState, run.Kind));
        Assert.Equal((2L, 1L, 1L), (run.Counts.Listed, run.Counts.Matched, run.Counts.NotOurs));
        Assert.Equal(missing, Assert.Single(await CasesAsync(w, CaseGroup.Fail)).RecordId);
    }

    [Fact]
    public async Task Result_of_a_version_that_was_replaced_goes_to_its_own_receipt_and_is_said()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await SentAsync(w, "LK1");
        string first = (await w.DetailAsync(id)).Submissions[0].MaGiaoDich!;
        w.Time.Advance(TimeSpan.FromHours(2));
        await ReplaceAsync(w, "LK1", id);

        Reconciliation run = await ImportAsync(w, $"MA_LK,Mã giao dịch,MALOI,MOTALOI\nLK1,{first},E1,Sai\n");

        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal((RecordState.Accepted, 2), (detail.Current.State, detail.Current.Version));
        Assert.Equal(["Faulty", "Pending"], detail.Submissions.Select(s => s.LaterState));
        Assert.Equal(1, run.Counts.OlderVersion);
        Assert.Contains("theo mã giao dịch", Assert.Single((await DifferencesAsync(w, run)), d => d.Kind == DifferenceKind.OlderVersion).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_in_a_list_never_settles_a_version_that_an_earlier_one_may_be_meant_by()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await SentAsync(w, "LK1");
        w.Time.Advance(TimeSpan.FromHours(2));
        w.Portal.Script.Enqueue(Lost);
        await ReplaceAsync(w, "LK1", id);
        Assert.Equal(RecordState.OutcomeUnknown, await w.StateAsync(id));

        await ImportAsync(w, "Mã liên kết,Ngày ra\nLK1,03/07/2026\n");
        Assert.Equal(RecordState.OutcomeUnknown, await w.StateAsync(id));

        await ImportAsync(w, "Mã liên kết,Mã giao dịch,Thời gian tiếp nhận\nLK1,HSKCB_2,10/07/2026 11:00:02\n");
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_version_that_is_being_sent_is_left_alone()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        HeldAnswer held = w.HoldAnswers();
        Task<Gateway.Submission.DrainSummary> sending = w.DrainAsync();
        await held.Called;

        Reconciliation run = await ImportAsync(w, "MA_LK,MALOI,MOTALOI\nLK1,E1,Sai\n");

        Assert.Equal(1, run.Counts.Skipped);
        Assert.Equal(RecordState.Sending, await w.StateAsync(id));
        held.Give();
        await sending;
        Assert.Equal((RecordState.Accepted, "Pending"), (await w.StateAsync(id), (await w.DetailAsync(id)).Submissions[0].LaterState));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task The_same_list_twice_changes_nothing()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await SentAsync(w, "LK1");
        const string Faults = "MA_LK,MALOI,MOTALOI\nLK1,E1,Sai\n";
        await ImportAsync(w, Faults);
        w.Time.Advance(TimeSpan.FromDays(1));
        await ImportAsync(w, "Mã liên kết,Ngày ra\nLK1,03/07/2026\n");
        w.Time.Advance(TimeSpan.FromDays(1));

        Reconciliation again = await ImportAsync(w, Faults);

        Assert.NotNull(again.Repeats);
        Assert.Equal((0L, 1L), (again.Counts.Faulty, again.Counts.Unchanged));
        Assert.Equal("Confirmed", (await w.DetailAsync(id)).Submissions[0].LaterState);
        Assert.Single(await CasesAsync(w, CaseGroup.Resolved));
    }

    [Theory]
    [InlineData("reconcile.before-commit", 1)]
    [InlineData("reconcile.after-commit", 1)]
    [InlineData("reconcile.before-commit", 3)]
    [InlineData("reconcile.after-commit", 4)]
    public async Task A_crash_repeats_a_page_and_loses_none(string point, int time)
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Many(60));
        for (int i = 0; i < 4; i++)
            w.Portal.Script.Enqueue(Lost);
        await w.DrainAsync();
        string list = "Mã liên kết,Ngày ra\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"LK{i:D5},03/07/2026\n"));
        Reconciliation read = (await ReadAsync(w, list)).Run!;
        Assert.Equal("", (await w.Get<Reconciliations>().ApplyAsync(w.Officer, read.Id, false, default)).Refusal);
        w.Get<ReconciliationRunner>().PageRows = 20;
        int passed = 0;
        w.Faults.On = p => { if (p == point && ++passed == time) throw new InvalidOperationException("crash"); };
        await Assert.ThrowsAsync<InvalidOperationException>(() => w.Get<Reconciliations>().RunAsync(w.Officer, read.Id, default));
        await w.RestartAsync();

        Reconciliation run = await w.Get<Reconciliations>().RunAsync(w.Officer, read.Id, default);

        Assert.Equal((ReconciliationState.Done, 50L, 50L, 10L), (run.State, run.Counts.Listed, run.Counts.Matched, run.Counts.NotTheirs));
        Assert.Equal(read.Expected.SettledAccepted, run.Counts.SettledAccepted);
        Assert.Equal(run.Counts.NotTheirs + run.Counts.SettledAccepted, (await w.Get<Reconciliations>().CountDifferencesAsync(w.Officer, run.Id, default)).Values.Sum());
        Assert.Empty(await w.Database.QueryUnscopedAsync<string>("SELECT row_key FROM reconciliation_row", null, default));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Nothing_changes_before_it_is_applied_and_forgotten_lists_are_removed()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await UnknownAsync(w, "LK1");

        ReconciliationResult read = await ReadAsync(w, "Mã liên kết,Ngày ra\nLK1,03/07/2026\n");

        Assert.Equal((1L, ReconciliationState.Previewed), (read.Run!.Expected.SettledAccepted, read.Run.State));
        Assert.Equal(RecordState.OutcomeUnknown, await w.StateAsync(id));
        w.Time.Advance(TimeSpan.FromDays(2));
        await w.Get<ReconciliationRunner>().RunAsync(null, default);
        Assert.Null(await w.Get<Reconciliations>().FindAsync(w.Officer, read.Run.Id, default));
        Assert.Empty(await w.Database.QueryUnscopedAsync<string>("SELECT row_key FROM reconciliation_row", null, default));
        Assert.Equal("Không tìm thấy lần đối soát này.", (await w.Get<Reconciliations>().ApplyAsync(w.Officer, read.Run.Id, true, default)).Refusal);
    }

    [Fact]
    public async Task List_of_another_facility_is_applied_only_when_confirmed_and_others_see_nothing_of_it()
    {
        await using World w = await World.CreateAsync(db);
        await w.AddFacilityAsync("99002");
        string list = "Mã liên kết,Ngày ra\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"X{i},03/07/2026\n"));
        ReconciliationResult read = await ReadAsync(w, list);

        ReconciliationResult unconfirmed = await w.Get<Reconciliations>().ApplyAsync(w.Officer, read.Run!.Id, false, default);

        Assert.True(read.Run.NeedsConfirmation);
        Assert.Contains("0 trên 20", unconfirmed.Refusal, StringComparison.Ordinal);
        Caller other = new("o", "o", Permissions.All, FacilityScope.Only("99002"));
        Assert.Null(await w.Get<Reconciliations>().FindAsync(other, read.Run.Id, default));
        Assert.NotEqual("", (await w.Get<Reconciliations>().ApplyAsync(other, read.Run.Id, true, default)).Refusal);
        Assert.NotEqual("", (await w.Get<Reconciliations>().ReadAsync(other, Text(list), new ReconciliationRequest { FileName = "x", Facility = A.Facility }, null, default)).Refusal);
        Assert.Equal("", (await w.Get<Reconciliations>().ApplyAsync(w.Officer, read.Run.Id, true, default)).Refusal);
        Assert.Equal(20, (await w.Get<Reconciliations>().RunAsync(w.Officer, read.Run.Id, default)).Counts.NotOurs);
    }

    [Fact]
    public async Task What_no_list_confirmed_is_reminded_of_from_day_45_and_closed_from_day_60()
    {
        await using World w = await World.CreateAsync(db);
        Guid confirmed = await SentAsync(w, "LK1"), pending = await SentAsync(w, "LK2"), unknown = await UnknownAsync(w, "LK3");
        await ImportAsync(w, "Mã liên kết,Ngày ra\nLK1,03/07/2026\n");
        UnconfirmedReceipts unconfirmed = w.Get<UnconfirmedReceipts>();
        w.Time.Advance(TimeSpan.FromDays(45) - TimeSpan.FromMinutes(1));
        Assert.Equal(new UnconfirmedCounts(0, 0), await unconfirmed.CountAsync(w.Officer, default));

        w.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(new UnconfirmedCounts(2, 0), await unconfirmed.CountAsync(w.Officer, default));
        Page<UnconfirmedRecord> first = await unconfirmed.ListAsync(w.Officer, new PageRequest(1), default);
        Page<UnconfirmedRecord> second = await unconfirmed.ListAsync(w.Officer, new PageRequest(1, first.Next), default);
        Assert.Equal(new[] { pending, unknown }.Order(), first.Items.Concat(second.Items).Select(u => u.RecordId).Order());
        Assert.DoesNotContain(first.Items.Concat(second.Items), u => u.RecordId == confirmed);
        Assert.Null(second.Next);
        Assert.Equal(60, (first.Items[0].WindowEnds - first.Items[0].SentAt).TotalDays);

        w.Time.Advance(TimeSpan.FromDays(15));
        Assert.Equal(new UnconfirmedCounts(0, 2), await unconfirmed.CountAsync(w.Officer, default));
    }

    private static async Task<Guid> SentAsync(World w, string maLk)
    {
        Guid id = await w.IngestOneAsync(maLk);
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
        return id;
    }

    private static async Task<Guid> UnknownAsync(World w, string maLk)
    {
        w.Portal.Script.Enqueue(Lost);
        Guid id = await w.IngestOneAsync(maLk);
        await w.DrainAsync();
        Assert.Equal(RecordState.OutcomeUnknown, await w.StateAsync(id));
        return id;
    }

    private static async Task ReplaceAsync(World w, string maLk, Guid id)
    {
        Assert.IsType<ChangeResult.Done>(await w.Corrections.CorrectAsync(w.Officer, id, [new CellChange("XML1", 1, "LY_DO_VV", "Đau lưng " + maLk)], "wrong-code", default));
        await w.DrainAsync();
        Assert.Equal(2, (await w.DetailAsync(id)).Current.Version);
    }

    private static MemoryStream Text(string list) => new(Encoding.UTF8.GetBytes(list));

    private static Task<ReconciliationResult> ReadAsync(World w, string list, DateTimeOffset? asOf = null) => w.Get<Reconciliations>().ReadAsync(
        w.Officer, Text(list), new ReconciliationRequest { FileName = "danh-sach.csv", Facility = A.Facility, AsOf = asOf }, null, default);

    private static async Task<Reconciliation> ImportAsync(World w, string list, DateTimeOffset? asOf = null)
    {
        ReconciliationResult read = await ReadAsync(w, list, asOf);
        Assert.Equal("", read.Refusal);
        Assert.Equal("", (await w.Get<Reconciliations>().ApplyAsync(w.Officer, read.Run!.Id, true, default)).Refusal);
        return await w.Get<Reconciliations>().RunAsync(w.Officer, read.Run.Id, default);
    }

    private static async Task<List<Duty>> FixesAsync(World w) => [.. (await w.Get<DutyDesk>().OpenAsync(w.Officer, default)).Where(d => d.Rule == "portal-error-fix")];

    private static async Task<IReadOnlyList<ReconciliationCase>> CasesAsync(World w, CaseGroup group) =>
        (await w.Get<Reconciliations>().CasesAsync(w.Officer, group, new PageRequest(50), default)).Items;

    private static async Task<IReadOnlyList<ReconciliationDifference>> DifferencesAsync(World w, Reconciliation run) =>
        (await w.Get<Reconciliations>().DifferencesAsync(w.Officer, run.Id, null, new PageRequest(50), default)).Items;
}

public sealed class ReconciliationOnSqliteTests() : ReconciliationTests(Db.Sqlite);

public sealed class ReconciliationOnPostgresTests() : ReconciliationTests(Db.Postgres);
