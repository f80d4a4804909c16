using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Rules;
using LienThong.Gateway.Tests.Support;
using LienThong.Validation;

namespace LienThong.Gateway.Tests.Rules;

public abstract class RootCauseTests(Db db)
{
    [Fact]
    public async Task Findings_of_one_cause_are_one_card_and_a_mended_record_leaves_it()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Package(A.Patient("LK1", "WARN"), A.Patient("LK2", "WARN BLOCK"), A.Patient("LK3", "WARN"), A.Patient("LK4")));
        RootCauses causes = w.Get<RootCauses>();

        CauseCard card = Assert.Single(await causes.ListAsync(w.Officer, new CauseFilter(), 50, default));
        Assert.Equal(("TEST-002", "LY_DO_VV", 3L, 3L, 0L), (card.Rule, card.Field, card.Records, card.Findings, card.Blocks));
        Assert.Equal(["LK1", "LK2", "LK3"], (await causes.RecordsAsync(w.Officer, card.Id, null, 50, default)).Select(r => r.MaLk).Order(StringComparer.Ordinal));
        Assert.Equal(3, Assert.Single(await causes.DepartmentsAsync(w.Officer, card.Id, default)).Records);

        await w.IngestAsync(A.Package(A.Patient("LK3", "đã sửa")));

        Assert.Equal(2, (await causes.FindAsync(w.Officer, card.Id, default))!.Records);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Cause_of_one_record_shows_only_under_its_rule()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestOneAsync("LK1", "WARN");

        Assert.Empty(await w.Get<RootCauses>().ListAsync(w.Officer, new CauseFilter(), 50, default));
        Assert.Single(await w.Get<RootCauses>().ListAsync(w.Officer, new CauseFilter { Rule = "TEST-002" }, 50, default));
    }

    [Fact]
    public async Task Version_that_waits_counts_only_once_it_takes_over()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        w.Portal.OnCall = async _ => await w.IngestAsync(A.Package(A.Patient("LK1", "WARN")));

        await w.DrainAsync();

        w.Portal.OnCall = null;
        Assert.Equal(2, (await w.DetailAsync(id)).Current.Version);
        Assert.Equal(1, Assert.Single(await w.Get<RootCauses>().ListAsync(w.Officer, new CauseFilter { Rule = "TEST-002" }, 50, default)).Records);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Judging_again_clears_a_cause_that_was_mended()
    {
        await using World w = await World.CreateAsync(db);
        w.Judge.BlocksEverything = true;
        await w.IngestAsync(A.Package(A.Patient("LK1"), A.Patient("LK2")));
        RootCauses causes = w.Get<RootCauses>();
        CauseCard card = Assert.Single(await causes.ListAsync(w.Officer, new CauseFilter(), 50, default));
        w.Judge.BlocksEverything = false;

        RejudgeProgress run = (await causes.RejudgeAsync(w.Officer, card.Id, default))!;
        RejudgeProgress done = await w.Get<Rejudge>().RunAsync(w.Officer, run.Id, null, default);

        Assert.Equal((RejudgeState.Done, 2L, 2L), (done.State, done.Done, done.NowReady));
        Assert.Equal(0, (await causes.FindAsync(w.Officer, card.Id, default))!.Records);
        Assert.Equal(2, (await w.Queries.CountAsync(w.Officer, default))[RecordState.Ready]);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Nobody_sees_causes_or_jobs_of_another_facility()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Package(A.Patient("LK1", "WARN"), A.Patient("LK2", "WARN")));
        RootCauses causes = w.Get<RootCauses>();
        CauseCard card = Assert.Single(await causes.ListAsync(w.Officer, new CauseFilter(), 50, default));
        Caller stranger = w.Officer with { Scope = FacilityScope.Only("99002") };

        Assert.Empty(await causes.ListAsync(stranger, new CauseFilter(), 50, default));
        Assert.Null(await causes.FindAsync(stranger, card.Id, default));
        Assert.Empty(await causes.RecordsAsync(stranger, card.Id, null, 50, default));
        Assert.Empty(await causes.DepartmentsAsync(stranger, card.Id, default));
        Assert.Null(await causes.RejudgeAsync(stranger, card.Id, default));
        Guid job = Assert.IsType<RuleResult.Done>(w.Get<RuleTrials>().Start(w.Officer, new TrialRequest(A.Facility, "TEST-002", 5, null))).Id;
        Assert.Null(w.Get<RuleJobs>().Find(stranger, job));
    }

    [Fact]
    public async Task Hits_and_precision_are_counted_and_five_marks_propose_a_review()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Package([.. Enumerable.Range(0, 7).Select(i => A.Patient($"LK{i}", "WARN"))]));
        FindingMarks marks = w.Get<FindingMarks>();
        for (int i = 0; i < 6; i++)
        {
            RecordListItem item = (await w.Queries.ListAsync(w.Officer, new RecordFilter { MaLk = $"LK{i}" }, new PageRequest(), default)).Items.Single();
            RecordDetail detail = await w.DetailAsync(item.Id);
            string fingerprint = FindingMarks.FingerprintOf(A.Facility, $"LK{i}", detail.Findings.Single());
            await marks.MarkAsync(w.Officer, detail, fingerprint, i == 0 ? MarkVerdict.Confirmed : MarkVerdict.NotAnError, "thử", default);
        }

        RuleFigures figures = (await w.Get<RuleStatistics>().AllAsync(w.Officer, default))["TEST-002"];

        Assert.Equal((7L, 7L, 0L, 1L, 5L, 1L), (figures.Records, figures.Findings, figures.Suppressed, figures.Confirmed, figures.NotAnError, figures.Unjudged));
        Assert.True(figures.ProposesReview);
        Assert.Equal(83, (int)figures.FalseAlarms!.Value);
        w.Time.Advance(TimeSpan.FromDays(40));
        Assert.False((await w.Get<RuleStatistics>().AllAsync(w.Officer, default))["TEST-002"].ProposesReview);
    }

    [Fact]
    public async Task Trial_counts_what_a_draft_would_change_and_changes_nothing()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Package(A.Patient("LK1", "WARN"), A.Patient("LK2", "WARN"), A.Patient("LK3")));
        ExceptionDraft raise = new() { Facility = A.Facility, Rule = "TEST-002", Action = ExceptionAction.Raise, Reason = "thử", To = new DateOnly(2026, 8, 1) };
        RuleTrials trials = w.Get<RuleTrials>();

        TrialResult result = await TrialAsync(w, new TrialRequest(A.Facility, "TEST-002", 30, raise));

        Assert.Equal((2, 2, 0), (result.Before.Records, result.Before.Findings, result.Before.Blocks));
        Assert.Equal((2, 2, 2, 2), (result.After.Records, result.After.Findings, result.After.Blocks, result.NewlyBlocked));
        Assert.Equal(2, result.Examples.Count);
        Assert.Equal(2, Assert.Single(result.Departments).Value.Findings);
        Assert.Equal(3, (await w.Queries.CountAsync(w.Officer, default))[RecordState.Ready]);
        Assert.IsType<RuleResult.Refused>(trials.Start(w.Officer, new TrialRequest(A.Facility, "TEST-002", 0, null)));
        Assert.IsType<RuleResult.Refused>(trials.Start(w.Officer with { Scope = FacilityScope.Only("99002") }, new TrialRequest(A.Facility, "TEST-002", 5, null)));
    }

    [Fact]
    public async Task Trial_of_a_rule_that_is_off_shows_what_would_come_back()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Package(A.Patient("LK1", "WARN"), A.Patient("LK2", "WARN")));
        await w.Get<RuleExceptions>().ProposeAsync(
            w.Officer, new ExceptionDraft { Facility = A.Facility, Rule = "TEST-002", Action = ExceptionAction.Silence, Reason = "thử", To = new DateOnly(2026, 8, 1) }, default);
        await w.Get<ExceptionKeeper>().SettleAsync(default);
        Assert.True((await w.Get<RuleStatistics>().AllAsync(w.Officer, default))["TEST-002"].IsOff);

        TrialResult result = await TrialAsync(w, new TrialRequest(A.Facility, "TEST-002", 30, null));

        Assert.Equal((0, 2), (result.Before.Records, result.After.Records));
        w.Time.Advance(TimeSpan.FromDays(10));
        Assert.Equal(0, (await TrialAsync(w, new TrialRequest(A.Facility, "TEST-002", 5, null))).After.Records);
    }

    private static async Task<TrialResult> TrialAsync(World w, TrialRequest request)
    {
        Guid id = Assert.IsType<RuleResult.Done>(w.Get<RuleTrials>().Start(w.Officer, request)).Id;
        RuleJob job = await DoneAsync(w.Get<RuleJobs>().Find(w.Officer, id)!);
        Assert.Equal(JobState.Done, job.State);
        return job.Result!;
    }

    private static async Task<RuleJob> DoneAsync(RuleJob job)
    {
        for (int i = 0; i < 1000 && !job.IsOver; i++)
            await Task.Delay(10);
        Assert.True(job.IsOver, "the job did not end within 10 s");
        return job;
    }
}

public sealed class RootCauseOnSqliteTests() : RootCauseTests(Db.Sqlite);

public sealed class RootCauseOnPostgresTests() : RootCauseTests(Db.Postgres);
