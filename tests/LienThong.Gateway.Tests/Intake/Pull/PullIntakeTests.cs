using LienThong.Gateway.Intake.Pull;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Intake.Pull;

/// <summary>From a hospital's database to stored records.</summary>
public sealed class PullIntakeTests
{
    [Theory]
    [InlineData(Db.Sqlite)]
    [InlineData(Db.Postgres)]
    public async Task The_sample_hospital_s_visits_become_records_once(Db db)
    {
        await using World w = await World.CreateAsync(db);
        w.Time.Advance(TimeSpan.FromDays(60));
        string his = Hospital.Postgres();
        PullPlanLoad load = Hospital.SamplePlan(his);

        PullOutcome first = (await w.Get<PullDesk>().RunAsync(load, new PullRunRequest("t"), null, default))!;
        await w.RestartAsync();
        PullOutcome again = (await w.Get<PullDesk>().RunAsync(load, new PullRunRequest("t", Now: true, From: "2026-07-01"), null, default))!;
        Hospital.Run(his, "UPDATE luot_kham SET ly_do = 'Sốt', cap_nhat = '2026-08-01' WHERE ma_lk = 'HIS000005'");
        PullOutcome changed = (await w.Get<PullDesk>().RunAsync(load, new PullRunRequest("t", Now: true), null, default))!;

        Assert.Null(first.Error);
        Assert.Equal((300, 300, 0, 0), (first.Visits, first.Stored, first.Same, first.RefusedCount));
        Assert.Equal((300, 0, 300), (again.Visits, again.Stored, again.Same));
        Assert.Equal((1, 0), (changed.Stored, changed.RefusedCount));
        Assert.Equal(300, (await w.Queries.CountAsync(w.Officer, default)).Values.Sum());
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_source_of_a_facility_that_isn_t_known_is_told()
    {
        await using World w = await World.CreateAsync(Db.Sqlite, facility: false);

        PullOutcome outcome = (await w.Get<PullDesk>().RunAsync(Hospital.SamplePlan(Hospital.Postgres()), new PullRunRequest("t"), null, default))!;

        Assert.Contains("chưa được khai báo", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_sources_are_listed_with_their_mistakes()
    {
        await using World w = await World.CreateAsync(Db.Sqlite);
        PullDesk desk = w.Get<PullDesk>();
        Directory.CreateDirectory(desk.Folder);
        await File.WriteAllTextAsync(Path.Combine(desk.Folder, "a.yaml"), Hospital.SqliteYaml("/khong/co.db"));
        await File.WriteAllTextAsync(Path.Combine(desk.Folder, "b.yaml"), Hospital.SqliteYaml("/khong/co.db"));
        await File.WriteAllTextAsync(Path.Combine(desk.Folder, "c.yaml"), "pull: 1");

        IReadOnlyList<PullSourceView> views = await desk.ListAsync(w.Officer, default);

        Assert.Equal(["nguon", "b", "c"], views.Select(v => v.Name));
        Assert.Contains("a.yaml", Assert.Single(views[1].Mistakes), StringComparison.Ordinal);
        Assert.NotEmpty(views[2].Mistakes);
        Assert.Equal(2, await desk.FailingAsync(default));
        Assert.Single(await desk.ListAsync(w.Officer with { Scope = Gateway.Access.FacilityScope.Only(A.Facility) }, default));
        Assert.True(await desk.PauseAsync(w.Officer, A.Facility, "nguon", default));
    }
}
