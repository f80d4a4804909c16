using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Rejudging;

/// <summary>Judging stored records again: states, scope, crash, pause.</summary>
public abstract class RejudgeTests(Db db)
{
    [Fact]
    public async Task Records_follow_the_new_rules_both_ways_and_only_as_the_table_allows()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Many(300));
        w.Judge.BlocksEverything = true;

        RejudgeProgress blocked = await RunAsync(w, new RejudgeSelection { Reason = "thử" });

        Assert.Equal((RejudgeState.Done, 300, 300, 300, 0), (blocked.State, blocked.Total, blocked.Done, blocked.NowInvalid, blocked.NowReady));
        Assert.Equal(300, (await w.Queries.CountAsync(w.Officer, default))[RecordState.Invalid]);
        w.Judge.BlocksEverything = false;

        RejudgeProgress ready = await RunAsync(w, new RejudgeSelection());

        Assert.Equal((300, 300), (ready.Changed, ready.NowReady));
        await w.DrainAsync();
        Assert.Equal(300, (await w.Queries.CountAsync(w.Officer, default))[RecordState.Accepted]);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Sent_records_get_the_findings_only_when_asked_and_keep_their_state()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        w.Judge.BlocksEverything = true;

        Assert.Equal(0, (await RunAsync(w, new RejudgeSelection())).Total);
        RejudgeProgress all = await RunAsync(w, new RejudgeSelection { IncludeSent = true });

        Assert.Equal((1, 1, 0), (all.Done, all.Changed, all.NowInvalid));
        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal(RecordState.Accepted, detail.Current.State);
        Assert.Single(detail.Findings, f => f.Rule == "TEST-001");
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Selection_by_date_rule_and_record_takes_only_those()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Package(A.Patient("LK1", ngayRa: "202607031500"), A.Patient("LK2", "WARN", ngayRa: "202607040000"), A.Patient("LK3", ngayRa: "202607042359")));
        Guid third = (await w.IngestAsync(A.Package(A.Patient("LK4", ngayRa: "202607050000")))).Records[0].RecordId!.Value;

        RejudgeProgress byDay = await RunAsync(w, new RejudgeSelection { From = new DateOnly(2026, 7, 4), To = new DateOnly(2026, 7, 4) });
        w.Judge.BlocksEverything = true;
        RejudgeProgress byRule = await RunAsync(w, new RejudgeSelection { Rule = "TEST-002" });
        RejudgeProgress byId = await RunAsync(w, new RejudgeSelection { Records = [third, Guid.NewGuid()] });

        Assert.Equal((2, 0), (byDay.Done, byDay.Changed));
        Assert.Equal((4, 1), (byRule.Done, byRule.NowInvalid));
        Assert.Equal((1, 1), (byId.Done, byId.NowInvalid));
    }

    [Fact]
    public async Task Crash_in_the_middle_goes_on_at_the_page_it_reached()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Many(700));
        w.Judge.BlocksEverything = true;
        RejudgeProgress run = await w.Get<Rejudge>().StartAsync(w.Officer, new RejudgeSelection(), default);
        int pages = 0;
        w.Faults.On = point =>
        {
            if (point == "rejudge.before-commit" && ++pages == 2)
                throw new InvalidOperationException("crash");
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => w.Get<RejudgeRunner>().RunAsync(run.Id, default));
        Assert.Equal(250, (await w.Get<Rejudge>().FindAsync(w.Officer, run.Id, default))!.Done);

        await w.RestartAsync();
        w.Time.Advance(TimeSpan.FromMinutes(2));
        RejudgeProgress done = await w.Get<Rejudge>().RunAsync(w.Officer, run.Id, null, default);

        Assert.Equal((RejudgeState.Done, 700, 700), (done.State, done.Done, done.NowInvalid));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Pause_stops_between_pages_and_resume_finishes()
    {
        await using World w = await World.CreateAsync(db);
        await w.IngestAsync(A.Many(600));
        w.Judge.BlocksEverything = true;
        Rejudge rejudge = w.Get<Rejudge>();
        RejudgeProgress run = await rejudge.StartAsync(w.Officer, new RejudgeSelection(), default);
        w.Faults.On = point =>
        {
            if (point == "rejudge.after-commit")
                rejudge.PauseAsync(w.Officer, run.Id, default).GetAwaiter().GetResult();
        };

        RejudgeProgress paused = await rejudge.RunAsync(w.Officer, run.Id, null, default);
        Assert.Equal((RejudgeState.Paused, 250), (paused.State, paused.Done));
        w.Faults.On = null;
        await rejudge.ResumeAsync(w.Officer, run.Id, default);
        RejudgeProgress done = await rejudge.RunAsync(w.Officer, run.Id, null, default);

        Assert.Equal((RejudgeState.Done, 600), (done.State, done.NowInvalid));
    }

    [Fact]
    public async Task Other_facilities_are_neither_judged_nor_seen()
    {
        await using World w = await World.CreateAsync(db);
        await w.AddFacilityAsync("99002");
        await w.IngestAsync(A.Many(3));
        await w.IngestAsync(A.PackageOf("99002", A.Patient("LK9").Set(LienThong.Standard.Xml1.MA_CSKCB, "99002")));
        Caller other = w.Officer with { Scope = FacilityScope.Only("99002") };

        RejudgeProgress own = await w.Get<Rejudge>().StartAsync(other, new RejudgeSelection(), default);

        Assert.Equal(["99002"], own.Facilities);
        Assert.Equal(1, own.Total);
        RejudgeProgress theirs = await w.Get<Rejudge>().StartAsync(w.Officer, new RejudgeSelection { Facility = A.Facility }, default);
        Assert.Null(await w.Get<Rejudge>().FindAsync(other, theirs.Id, default));
        Assert.Null(await w.Get<Rejudge>().PauseAsync(other, theirs.Id, default));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() =>
            w.Get<Rejudge>().StartAsync(other with { Permissions = new HashSet<string>() }, new RejudgeSelection(), default));
    }

    private static async Task<RejudgeProgress> RunAsync(World w, RejudgeSelection selection)
    {
        RejudgeProgress run = await w.Get<Rejudge>().StartAsync(w.Officer, selection, default);
        return run.IsOver ? run : await w.Get<Rejudge>().RunAsync(w.Officer, run.Id, null, default);
    }
}

public sealed class RejudgeOnSqliteTests() : RejudgeTests(Db.Sqlite);

public sealed class RejudgeOnPostgresTests() : RejudgeTests(Db.Postgres);
