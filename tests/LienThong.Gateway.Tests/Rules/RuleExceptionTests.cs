using LienThong.Gateway.Access;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rules;
using LienThong.Gateway.Tests.Support;
using LienThong.Samples;
using LienThong.Standard;
using LienThong.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Rules;

public abstract class RuleExceptionTests(Db db)
{
    private const string WarnRule = "TEST-002";
    private const string BlockRule = "TEST-001";
    private const string MoneyRule = "X1-T_BHTT-002";

    [Fact]
    public async Task Silence_hides_what_is_stored_and_its_end_brings_it_back()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1", "WARN");
        RuleExceptions exceptions = w.Get<RuleExceptions>();
        Guid silence = await ProposeAsync(w, Draft(WarnRule, ExceptionAction.Silence));

        Assert.Equal(1, await SettleAsync(w));
        RecordDetail hidden = await w.DetailAsync(id);
        Assert.Empty(hidden.Findings);
        Assert.Equal((silence.ToString("N"), Severity.Warn), Assert.Single(hidden.Suppressed) is var f ? (f.Exception, f.Severity) : default);
        ExceptionView active = (await exceptions.FindAsync(w.Officer, silence, default))!;
        Assert.Equal((ExceptionState.Active, true, 1L, 1L), (active.State, active.Applied, active.Records, active.Findings));
        Assert.Equal("LK1", Assert.Single(await exceptions.AccountAsync(w.Officer, silence, null, 50, default)).MaLk);
        await w.AssertInvariantsAsync();

        Assert.IsType<RuleResult.Done>(await exceptions.EndAsync(w.Officer, silence, "đã sửa HIS", default));
        Assert.Equal(1, await SettleAsync(w));
        Assert.Single((await w.DetailAsync(id)).Findings);
        ExceptionView ended = (await exceptions.FindAsync(w.Officer, silence, default))!;
        Assert.Equal((ExceptionState.Ended, 1L, 1L, 0L), (ended.State, ended.ReturnedRecords, ended.ReturnedFindings, ended.Findings));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Exception_runs_out_by_itself_and_says_what_came_back()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Package(A.Patient("LK1", "WARN"), A.Patient("LK2", "WARN")));
        Guid id = await ProposeAsync(w, Draft(WarnRule, ExceptionAction.Silence));
        await SettleAsync(w);

        w.Time.Advance(TimeSpan.FromDays(40));
        Assert.Equal(1, await SettleAsync(w));

        ExceptionView view = (await w.Get<RuleExceptions>().FindAsync(w.Officer, id, default))!;
        Assert.Equal((ExceptionState.Expired, 2L, 2L), (view.State, view.ReturnedRecords, view.ReturnedFindings));
        Assert.Equal(0, await SettleAsync(w));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Blocked_record_goes_on_its_way_when_the_block_is_lowered()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1", "BLOCK");
        Guid other = await w.IngestOneAsync("LK2", "BLOCK khác");
        await ProposeAsync(w, Draft(BlockRule, ExceptionAction.Warn) with { Match = new ExceptionMatch { Table = "XML1", Field = "LY_DO_VV", Value = "BLOCK" } });

        await SettleAsync(w);

        Assert.Equal(RecordState.Ready, await w.StateAsync(id));
        Assert.Equal(RecordState.Invalid, await w.StateAsync(other));
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Raise_stops_a_record_that_was_ready()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1", "WARN");
        await ProposeAsync(w, Draft("TEST-*", ExceptionAction.Raise));

        await SettleAsync(w);

        Assert.Equal(RecordState.Invalid, await w.StateAsync(id));
        await w.DrainAsync();
        Assert.Empty(w.Portal.Received);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Protected_rule_waits_for_a_second_person()
    {
        await using World w = await World.CreateAsync(db);
        RuleExceptions exceptions = w.Get<RuleExceptions>();
        Caller second = Caller.System("second");
        Guid id = await ProposeAsync(w, Draft(MoneyRule, ExceptionAction.Warn));

        Assert.Equal(ExceptionState.Proposed, (await exceptions.FindAsync(w.Officer, id, default))!.State);
        Assert.Equal("same-person", Assert.IsType<RuleResult.Refused>(await exceptions.DecideAsync(w.Officer, id, true, "", default)).Code);
        Assert.Equal("reason-required", Assert.IsType<RuleResult.Refused>(await exceptions.DecideAsync(second, id, false, " ", default)).Code);
        Assert.IsType<RuleResult.Done>(await exceptions.DecideAsync(second, id, true, "", default));

        ExceptionView view = (await exceptions.FindAsync(w.Officer, id, default))!;
        Assert.Equal((ExceptionState.Active, "second", true), (view.State, view.DecidedBy, view.Exception.Approved));
        Assert.Equal("wrong-state", Assert.IsType<RuleResult.Refused>(await exceptions.DecideAsync(second, id, true, "", default)).Code);
    }

    [Theory]
    [InlineData(MoneyRule, ExceptionAction.Silence, "hạ xuống mức cảnh báo")]
    [InlineData("PKG-SIGN-001", ExceptionAction.Warn, "chữ ký số")]
    [InlineData("KHONG-CO", ExceptionAction.Silence, "Không có quy tắc")]
    [InlineData("X*", ExceptionAction.Silence, "quá rộng")]
    public async Task Request_that_goes_too_far_is_refused(string rule, ExceptionAction action, string message)
    {
        await using World w = await World.CreateAsync(db);

        RuleResult result = await w.Get<RuleExceptions>().ProposeAsync(w.Officer, Draft(rule, action), default);

        Assert.Contains(message, Assert.IsType<RuleResult.Refused>(result).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_is_at_most_twelve_months_and_not_over()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestOneAsync("LK1", "WARN");
        ExceptionDraft draft = Draft(WarnRule, ExceptionAction.Silence);

        foreach (DateOnly to in (DateOnly[])[new(2027, 7, 11), new(2026, 7, 9)])
            Assert.IsType<RuleResult.Refused>(await w.Get<RuleExceptions>().ProposeAsync(w.Officer, draft with { To = to }, default));
        Assert.IsType<RuleResult.Done>(await w.Get<RuleExceptions>().ProposeAsync(w.Officer, draft with { To = new(2027, 7, 10) }, default));
    }

    [Fact]
    public async Task Nobody_reaches_into_another_facility()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestOneAsync("LK1", "WARN");
        Caller stranger = w.Officer with { Scope = FacilityScope.Only("99002") };
        Guid id = await ProposeAsync(w, Draft(WarnRule, ExceptionAction.Silence));
        await SettleAsync(w);
        RuleExceptions exceptions = w.Get<RuleExceptions>();

        Assert.IsType<RuleResult.Refused>(await exceptions.ProposeAsync(stranger, Draft(WarnRule, ExceptionAction.Silence), default));
        Assert.IsType<RuleResult.Refused>(await exceptions.ProposeAsync(stranger, Draft(WarnRule, ExceptionAction.Silence) with { Facility = "*" }, default));
        Assert.IsType<RuleResult.NotFound>(await exceptions.EndAsync(stranger, id, "x", default));
        Assert.Null(await exceptions.FindAsync(stranger, id, default));
        Assert.Empty(await exceptions.AccountAsync(stranger, id, null, 50, default));
        Assert.Equal(0, (await exceptions.PreviewAsync(stranger, Draft(WarnRule, ExceptionAction.Silence), default)).Looked);
        Assert.IsType<RuleResult.Forbidden>(await exceptions.EndAsync(w.Officer with { Permissions = Roles.Table[Roles.Auditor] }, id, "x", default));
    }

    [Fact]
    public async Task Preview_counts_and_changes_nothing()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Package(A.Patient("LK1", "WARN một"), A.Patient("LK2", "WARN hai"), A.Patient("LK3")));

        ExceptionPreview preview = await w.Get<RuleExceptions>().PreviewAsync(
            w.Officer, Draft(WarnRule, ExceptionAction.Silence) with { Match = new ExceptionMatch { Value = "*một" } }, default);

        Assert.Equal((2, 1, 1, false), (preview.Looked, preview.Records, preview.Findings, preview.IsCut));
        Assert.Equal("LK1", Assert.Single(preview.Examples).MaLk);
        Assert.Empty(await w.Get<RuleExceptions>().ListAsync(w.Officer, null, default));
    }

    [Fact]
    public async Task Record_that_arrives_later_is_judged_under_the_exception()
    {
        await using World w = await World.CreateAsync(db, configure: services =>
            services.AddSingleton<IRecordJudge>(p => new RuleJudge(Validator.Create(), exceptions: p.GetRequiredService<ExceptionBook>())));
        Guid id = await ProposeAsync(w, Draft("X1-*", ExceptionAction.Warn));
        await w.Get<RuleExceptions>().DecideAsync(Caller.System("second"), id, true, "", default);
        SampleFactory factory = new(new SampleOptions { FacilityCode = A.Facility, To = new DateOnly(2026, 7, 9) });

        IntakeReport report = await w.IngestAsync(A.Package(factory.Create(SampleKind.Outpatient, 1).Set(Xml1.T_BHTT, "1")));

        RecordDetail detail = await w.DetailAsync(report.Records[0].RecordId!.Value);
        StoredFinding[] lowered = [.. detail.Findings.Where(f => f.Exception.Length > 0)];
        Assert.NotEmpty(lowered);
        Assert.All(lowered, f => Assert.Equal((Severity.Warn, Severity.Block, id.ToString("N")), (f.Severity, f.Given, f.Exception)));
        await w.AssertInvariantsAsync();
    }

    private static ExceptionDraft Draft(string rule, ExceptionAction action) =>
        new() { Facility = A.Facility, Rule = rule, Action = action, Reason = "thử", To = new DateOnly(2026, 8, 10) };

    private static async Task<Guid> ProposeAsync(World w, ExceptionDraft draft) =>
        Assert.IsType<RuleResult.Done>(await w.Get<RuleExceptions>().ProposeAsync(w.Officer, draft, default)).Id;

    private static Task<int> SettleAsync(World w) => w.Get<ExceptionKeeper>().SettleAsync(default);
}

public sealed class RuleExceptionOnSqliteTests() : RuleExceptionTests(Db.Sqlite);

public sealed class RuleExceptionOnPostgresTests() : RuleExceptionTests(Db.Postgres);
