using System.Text;
using LienThong.Extracts;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Intake.Visits;
using LienThong.Gateway.Records;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Intake.Visits;

public abstract class VisitIntakeTests(Db db)
{
    [Fact]
    public async Task Ledger_tells_found_built_and_stored_and_every_visits_problems_and_is_kept()
    {
        await using World w = await World.CreateAsync(db);

        IntakeReport report = await w.IngestVisitsAsync(
            $"[{A.Visit("LK1")},{A.Visit("LK2", reason: "BLOCK")},{A.Visit("LK3", "\"NGAY_MIEN_CCT\":\"hôm qua\",")},{A.Visit("LK4", ngayRa: "")}]");

        Assert.Equal(IntakeOutcome.Partial, report.Outcome);
        Assert.Equal((4, 2, 2, 1, 1), (report.Found, report.Built, report.Stored, report.Refused, report.Blocked));
        Assert.Equal([IntakeVerdict.New, IntakeVerdict.New, IntakeVerdict.Refused, IntakeVerdict.CheckIn], report.Records.Select(r => r.Verdict));
        ExtractProblem wrong = Assert.Single(report.Records[2].Problems);
        Assert.Equal((ExtractCodes.Value, "NGAY_MIEN_CCT", "hôm qua", "LK3"), (wrong.Code, wrong.Column, wrong.Value, wrong.Visit));
        Assert.Equal(14, wrong.Line);
        Assert.Contains("Check-in «Chi phí đầu tiên»: Chờ ký", report.Records[3].Message, StringComparison.Ordinal);
        IntakeReport kept = (await w.Get<Ledgers>().FindAsync(w.Officer, report.FileId!.Value, default))!;
        Assert.Equal((4, 2, 2, 1, 1), (kept.Found, kept.Built, kept.Stored, kept.Refused, kept.Blocked));
        Assert.Equal(wrong, Assert.Single(kept.Records[2].Problems));
        Assert.Null(await w.Get<Ledgers>().FindAsync(Other(), report.FileId.Value, default));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task The_same_visit_again_makes_no_version_whatever_its_places()
    {
        await using World w = await World.CreateAsync(db);
        IntakeRecord first = (await w.IngestVisitsAsync(A.Visit("LK1"))).Records.Single();

        IntakeRecord again = (await w.IngestVisitsAsync($"\n\n[{A.Visit("LK1", "\"revision\":3,")}]")).Records.Single();

        Assert.Equal((IntakeVerdict.Same, first.RecordId, 1), (again.Verdict, again.RecordId, again.Version));
        IntakeRecord older = (await w.IngestVisitsAsync(A.Visit("LK1", "\"revision\":2,", "Sốt"))).Records.Single();
        Assert.Equal(IntakeVerdict.Refused, older.Verdict);
        Assert.Contains("lần sửa 3", older.Message, StringComparison.Ordinal);
        Assert.Single((await w.DetailAsync(first.RecordId!.Value)).Versions);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_visit_changed_before_signing_is_a_new_version()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = (await w.IngestVisitsAsync(A.Visit("LK1", reason: "BLOCK"))).Records.Single().RecordId!.Value;

        IntakeRecord changed = (await w.IngestVisitsAsync(A.Visit("LK1", reason: "Sốt"))).Records.Single();

        Assert.Equal((IntakeVerdict.NewVersion, RecordState.Ready), (changed.Verdict, changed.State));
        Assert.Equal("HIS gửi lại hồ sơ đã thay đổi", (await w.DetailAsync(id)).Versions[0].Reason);
    }

    [Fact]
    public async Task A_visit_changed_after_sending_waits_until_somebody_says_why()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = (await w.IngestVisitsAsync(A.Visit("LK1"))).Records.Single().RecordId!.Value;
        await w.DrainAsync();

        IntakeRecord silent = (await w.IngestVisitsAsync(A.Visit("LK1", reason: "Sốt"))).Records.Single();

        Assert.Equal((IntakeVerdict.Waiting, RecordState.Held), (silent.Verdict, silent.State));
        Assert.Contains("lý do", silent.Message, StringComparison.Ordinal);
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
        ChangeResult.Refused refused = Assert.IsType<ChangeResult.Refused>(await w.Actions.ReleaseAsync(w.Officer, id, " ", default));
        Assert.Equal("reason-required", refused.Code);
        await w.AssertInvariantsAsync();

        Assert.IsType<ChangeResult.Done>(await w.Actions.ReleaseAsync(w.Officer, id, "Sai lý do vào viện", default));

        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal((2, RecordState.Ready, "Sai lý do vào viện"), (detail.Current.Version, detail.Current.State, detail.Versions[0].Reason));
        await w.DrainAsync();
        Assert.Equal(2, w.Portal.Received.Count);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_visit_that_waits_for_its_reason_goes_on_when_the_HIS_sends_it()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = (await w.IngestVisitsAsync(A.Visit("LK1"))).Records.Single().RecordId!.Value;
        await w.DrainAsync();
        await w.IngestVisitsAsync(A.Visit("LK1", reason: "Sốt"));

        IntakeRecord explained = (await w.IngestVisitsAsync(A.Visit("LK1", "\"reason\":\"wrong code\",", "Sốt"))).Records.Single();

        Assert.Equal((IntakeVerdict.NewVersion, 3), (explained.Verdict, explained.Version));
        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal("wrong code", detail.Versions[0].Reason);
        Assert.Equal([RecordState.Ready, RecordState.Superseded, RecordState.Superseded], detail.Versions.Select(v => v.State));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Payment_that_comes_later_is_its_own_reason_but_only_when_nothing_else_changes()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = (await w.IngestVisitsAsync(A.Visit("LK1", ngayTtoan: ""))).Records.Single().RecordId!.Value;
        await w.IngestVisitsAsync(A.Visit("LK2", ngayTtoan: ""));
        await w.DrainAsync();

        IntakeReport paid = await w.IngestVisitsAsync($"[{A.Visit("LK1", ngayTtoan: "202607050900")},{A.Visit("LK2", ngayTtoan: "202607050900", reason: "Sốt")}]");

        Assert.Equal([IntakeVerdict.NewVersion, IntakeVerdict.Waiting], paid.Records.Select(r => r.Verdict));
        Assert.Equal("Bổ sung ngày thanh toán", (await w.DetailAsync(id)).Versions[0].Reason);
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
    }

    [Fact]
    public async Task A_correction_missing_in_a_new_visit_waits_for_a_person()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = (await w.IngestVisitsAsync(A.Visit("LK1"))).Records.Single().RecordId!.Value;
        await w.Corrections.CorrectAsync(w.Officer, id, [new CellChange("XML1", 1, "LY_DO_VV", "đúng")], "sửa", default);

        IntakeRecord conflict = (await w.IngestVisitsAsync(A.Visit("LK1", "\"reason\":\"wrong code\",", "Sốt"))).Records.Single();

        Assert.Equal(IntakeVerdict.Waiting, conflict.Verdict);
        Assert.Contains("XML1[1].LY_DO_VV", conflict.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99002", "202607031500", "MA_CSKCB")]
    [InlineData(A.Facility, "202607101800", "NGAY_RA")]
    public async Task Another_facilitys_visit_and_one_that_ends_in_the_future_are_refused(string facility, string ngayRa, string column)
    {
        await using World w = await World.CreateAsync(db);
        await w.AddFacilityAsync("99002");
        Caller own = w.Officer with { Scope = FacilityScope.Only(A.Facility) };

        IntakeReport report = await w.IngestVisitsAsync(A.Visit("LK1", facility: facility, ngayRa: ngayRa), own);

        Assert.Equal(IntakeOutcome.Refused, report.Outcome);
        ExtractProblem problem = report.Records.Single().Problems[0];
        Assert.Equal(column, problem.Column);
        Assert.NotEqual("", problem.Fix);
        Assert.NotNull(await w.Get<Ledgers>().FindAsync(own, report.FileId!.Value, default));
    }

    [Fact]
    public async Task One_unreadable_visit_costs_no_other()
    {
        await using World w = await World.CreateAsync(db);

        IntakeReport report = await w.IngestVisitsAsync($"{A.Visit("LK1")}\n{{\"visit\": nonsense}}\n{A.Visit("LK2")}");

        Assert.Equal([IntakeVerdict.New, IntakeVerdict.Refused, IntakeVerdict.New], report.Records.Select(r => r.Verdict));
    }

    [Fact]
    public async Task A_value_is_traced_to_file_line_and_column_of_the_extract()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = (await w.IngestVisitsAsync(A.Visit("LK1"))).Records.Single().RecordId!.Value;

        TracedRecord traced = (await w.Get<RecordTraces>().FindAsync(w.Officer, id, null, default))!;

        TracedCell price = traced.Cells.Single(c => c is { Table: "XML3", Row: 1, Field: "DON_GIA_BV" });
        TracedSource source = Assert.Single(price.Sources);
        Assert.Equal((OriginKind.Copied, "exams", 1, "DON_GIA_BV", 7L), (price.Kind, source.Section, source.Row, source.Column, source.Line));
        TracedCell paid = traced.Cells.Single(c => c is { Table: "XML3", Row: 1, Field: "T_BHTT" });
        Assert.Equal(OriginKind.Computed, paid.Kind);
        Assert.Contains(paid.Sources, s => s.Field == "DON_GIA_BV");
        Assert.NotEqual("", paid.How);
        Assert.All(traced.Cells, c => Assert.Equal(TraceDifference.None, c.Difference));
        Assert.Null(await w.Get<RecordTraces>().FindAsync(Other(), id, null, default));
    }

    [Fact]
    public async Task Trace_says_what_an_officer_corrected_and_a_package_has_none()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = (await w.IngestVisitsAsync(A.Visit("LK1"))).Records.Single().RecordId!.Value;
        await w.Corrections.CorrectAsync(w.Officer, id, [new CellChange("XML1", 1, "LY_DO_VV", "Đau nửa đầu")], "sửa", default);

        TracedRecord traced = (await w.Get<RecordTraces>().FindAsync(w.Officer, id, new TraceFilter("XML1", 1, "LY_DO_VV"), default))!;

        TracedCell cell = Assert.Single(traced.Cells);
        Assert.Equal(("Đau nửa đầu", "Đau đầu", TraceDifference.Corrected), (cell.Value, cell.RebuiltValue, cell.Difference));
        Assert.Equal((2, 1), (traced.Version, traced.SourceVersion));
        Assert.Null(await w.Get<RecordTraces>().FindAsync(w.Officer, await w.IngestOneAsync("LK9"), null, default));
    }

    [Theory]
    [InlineData("intake.stored-file")]
    [InlineData("intake.archived")]
    [InlineData("intake.before-commit")]
    [InlineData("intake.after-commit")]
    public async Task A_crash_loses_nothing_and_the_repetition_tells_what_was_stored_before(string point)
    {
        await using World w = await World.CreateAsync(db);
        byte[] json = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 120).Select(i => A.Visit($"LK{i:D3}"))));
        Stored original = await w.Archive.PutAsync(new MemoryStream(json), long.MaxValue, default);
        Guid file = Guid.NewGuid();
        int passes = 0;
        w.Faults.On = p =>
        {
            if (p == point && (++passes == 2 || point == "intake.stored-file"))
                throw new IOException("mất điện");
        };
        await Assert.ThrowsAsync<IOException>(() => w.Visits.IngestJsonAsync(original, "luot.json", w.Officer, file, default));
        await w.RestartAsync();

        IntakeReport again = await w.Visits.IngestJsonAsync(original, "luot.json", w.Officer, file, default);

        Assert.Equal((IntakeOutcome.Complete, 120, 120, 0), (again.Outcome, again.Built, again.Stored, again.Duplicates));
        Assert.All(again.Records, r => Assert.Equal((IntakeVerdict.New, 1), (r.Verdict, r.Version)));
        Assert.Equal(120, (await w.Queries.CountAsync(w.Officer, default)).Values.Sum());
        await w.AssertInvariantsAsync();
    }

    private static Caller Other() => Caller.System("other") with { Scope = FacilityScope.Only("99002") };
}

public sealed class VisitIntakeOnSqliteTests() : VisitIntakeTests(Db.Sqlite);

public sealed class VisitIntakeOnPostgresTests() : VisitIntakeTests(Db.Postgres);
