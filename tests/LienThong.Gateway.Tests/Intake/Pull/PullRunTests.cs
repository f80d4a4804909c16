using LienThong.Extracts;
using LienThong.Gateway.Intake.Pull;
using LienThong.Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Intake.Pull;

/// <summary>Passes over a SQLite hospital, with the watermark in either database of ours.</summary>
public abstract class PullRunTests(Db db)
{
    [Fact]
    public async Task Everything_is_taken_once_in_order_and_the_next_pass_takes_only_what_is_new()
    {
        Shelf shelf = new();
        await using World w = await WorldAsync(shelf);
        string his = Hospital.Sqlite(w.Folder, 33);
        PullPlanLoad load = Load(Hospital.SqliteYaml(his));

        PullOutcome first = await RunAsync(w, load);
        Hospital.AddVisits(his, 34, 36);
        PullOutcome second = await RunAsync(w, load);

        Assert.Equal((33, 33, 0, null), (first.Visits, first.Stored, first.RefusedCount, first.Error));
        Assert.Equal((3, 3), (second.Visits, second.Stored));
        Assert.Equal(Enumerable.Range(1, 36).Select(i => $"LK{i:D3}"), shelf.Keys);
        Visit visit = shelf.Of("LK007");
        Assert.Equal(("Trần Thử 7", "202607030800", "1500.5"), (visit[VisitFields.Patient.HO_TEN], visit[VisitFields.Visit.NGAY_VAO], visit[VisitFields.Drugs.DON_GIA]));
        Assert.Equal("thuoc", visit[SectionId.Drugs][0].Place.File);
    }

    [Theory]
    [InlineData("pull.read", 0)]
    [InlineData("pull.stored", 10)]
    [InlineData("pull.noted", 0)]
    public async Task A_crash_anywhere_loses_nothing_and_reads_at_most_a_batch_again(string moment, int again)
    {
        Shelf shelf = new();
        await using World w = await WorldAsync(shelf);
        PullPlanLoad load = Load(Hospital.SqliteYaml(Hospital.Sqlite(w.Folder, 33)));
        int passed = 0;
        w.Faults.On = point =>
        {
            if (point == moment && ++passed == 2) throw new InvalidOperationException("crash");
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => w.Get<PullRunner>().RunAsync(load, new PullRunRequest("t"), null, default));

        await w.RestartAsync();
        Assert.Null(await w.Get<PullRunner>().RunAsync(load, new PullRunRequest("t"), null, default));
        w.Time.Advance(TimeSpan.FromHours(1));
        PullOutcome rest = await RunAsync(w, load);

        Assert.Null(rest.Error);
        Assert.Equal(33, shelf.Keys.Distinct().Count());
        Assert.Equal(33 + again, shelf.Keys.Count);
        Assert.Equal(again, rest.Same);
    }

    [Fact]
    public async Task Visits_committed_late_are_found_within_the_overlap()
    {
        Shelf shelf = new();
        await using World w = await WorldAsync(shelf);
        string his = Hospital.Sqlite(w.Folder, 33);
        PullPlanLoad load = Load(Hospital.SqliteYaml(his, overlap: "1"));
        await RunAsync(w, load);
        Hospital.AddVisits(his, 101, 101);
        Hospital.RunSqlite(his, "UPDATE luot_kham SET moc = 13 WHERE MA_LK = 'LK101'");

        PullOutcome second = await RunAsync(w, load);

        Assert.Equal("LK101", shelf.Keys[^1]);
        Assert.Equal((1, second.Visits - 1), (second.Stored, second.Same));
        Assert.True(second.Visits < 33);
    }

    [Fact]
    public async Task Good_visits_go_through_and_bad_ones_are_kept_until_the_file_or_the_data_is_mended()
    {
        Shelf shelf = new();
        await using World w = await WorldAsync(shelf);
        string his = Hospital.Sqlite(w.Folder, 12);
        Hospital.RunSqlite(his, "UPDATE luot_kham SET NGAY_VAO = 'hôm qua' WHERE MA_LK = 'LK003'; UPDATE luot_kham SET MA_CSKCB = '99002' WHERE MA_LK = 'LK004'");
        PullPlanLoad load = Load(Hospital.SqliteYaml(his));

        PullOutcome first = await RunAsync(w, load);
        PullOutcome idle = await RunAsync(w, load);
        IReadOnlyList<PullRefusal> refused = await w.Get<PullDesk>().RefusedAsync(w.Officer, A.Facility, "nguon", default);
        Hospital.RunSqlite(his, "UPDATE luot_kham SET NGAY_VAO = '2026-07-03 08:00'");
        PullOutcome mended = (await w.Get<PullRunner>().RunAsync(load, new PullRunRequest("t", Now: true), null, default))!;

        Assert.Equal((10, 2), (first.Stored, first.RefusedCount));
        Assert.Equal(0, idle.Visits);
        Assert.Equal(["LK003", "LK004"], refused.Select(r => r.Key));
        Assert.Contains("NGAY_VAO", refused[0].Problem, StringComparison.Ordinal);
        Assert.Contains("99002", refused[1].Problem, StringComparison.Ordinal);
        Assert.Equal((1, 1), (mended.Stored, mended.RefusedCount));
        Assert.Equal("LK003", shelf.Keys[^1]);
    }

    [Fact]
    public async Task A_source_that_is_down_is_tried_again_later_each_time()
    {
        Shelf shelf = new();
        await using World w = await WorldAsync(shelf);
        string his = Path.Combine(w.Folder, "chua-co.db");
        PullPlanLoad load = Load(Hospital.SqliteYaml(his));

        PullOutcome down = await RunAsync(w, load);
        Assert.Contains("Không có tệp SQLite", down.Error, StringComparison.Ordinal);
        Assert.Null(await w.Get<PullRunner>().RunAsync(load, new PullRunRequest("t"), null, default));
        PullSourceView view = Assert.Single(await w.Get<PullDesk>().ListAsync(w.Officer, default));
        Assert.Equal((1, down.Error), (view.Failures, view.LastError));
        File.Move(Hospital.Sqlite(w.Folder, 5), his);
        PullOutcome up = await RunAsync(w, load);

        Assert.Equal((5, null), (up.Stored, up.Error));
        Assert.Equal(0, Assert.Single(await w.Get<PullDesk>().ListAsync(w.Officer, default)).Failures);
        Assert.True(PullRunner.Backoff(load.Plan!, 1) < PullRunner.Backoff(load.Plan!, 2));
        Assert.Equal(TimeSpan.FromMinutes(30), PullRunner.Backoff(load.Plan!, 50));
    }

    [Fact]
    public async Task Only_one_reads_a_source_at_a_time_and_a_pause_holds()
    {
        Shelf shelf = new();
        await using World w = await WorldAsync(shelf);
        PullPlanLoad load = Load(Hospital.SqliteYaml(Hospital.Sqlite(w.Folder, 5)));
        PullOutcome? second = new();
        shelf.Meanwhile = async () => second = await w.Get<PullRunner>().RunAsync(load, new PullRunRequest("t", Now: true), null, default);

        await RunAsync(w, load);
        shelf.Meanwhile = null;
        Assert.Null(second);
        Assert.True(await w.Get<PullDesk>().PauseAsync(w.Officer, A.Facility, "nguon", default));
        w.Time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await w.Get<PullRunner>().RunAsync(load, new PullRunRequest("t"), null, default));
        Assert.True(await w.Get<PullDesk>().ResumeAsync(w.Officer, A.Facility, "nguon", default));
        Assert.NotNull(await w.Get<PullRunner>().RunAsync(load, new PullRunRequest("t"), null, default));
        Assert.False(await w.Get<PullDesk>().PauseAsync(w.Officer with { Scope = Gateway.Access.FacilityScope.Only("99002") }, A.Facility, "nguon", default));
    }

    [Fact]
    public async Task A_pass_can_begin_again_at_any_watermark()
    {
        Shelf shelf = new();
        await using World w = await WorldAsync(shelf);
        PullPlanLoad load = Load(Hospital.SqliteYaml(Hospital.Sqlite(w.Folder, 33)));
        await RunAsync(w, load);

        await w.RestartAsync();
        PullOutcome again = (await w.Get<PullRunner>().RunAsync(load, new PullRunRequest("t", Now: true, From: "13"), null, default))!;

        Assert.Equal((13, 0, 13), (again.Visits, again.Stored, again.Same));
        PullOutcome wrong = (await w.Get<PullRunner>().RunAsync(load, new PullRunRequest("t", Now: true, From: "hôm qua"), null, default))!;
        Assert.Contains("không đúng kiểu", wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ORDER BY moc, MA_LK", "ORDER BY moc DESC", "không xếp theo mốc")]
    [InlineData("moc > @watermark OR (moc = @watermark AND MA_LK > @key)", "moc >= @watermark AND @key = @key", "không tiến được")]
    [InlineData("key: MA_LK", "key: MA", "không có cột «MA»")]
    [InlineData("FROM thuoc WHERE", "FROM khong_co WHERE", "«thuoc» không chạy được")]
    [InlineData("pause: 0s", "max-rows: 5", "hơn 5 dòng")]
    public async Task A_query_that_misleads_ends_the_pass_with_a_remedy(string from, string to, string told)
    {
        await using World w = await WorldAsync(new Shelf());
        PullPlanLoad load = Load(Hospital.SqliteYaml(Hospital.Sqlite(w.Folder, 33), batch: 33).Replace(from, to, StringComparison.Ordinal));

        PullOutcome outcome = await RunAsync(w, load);
        if (outcome.Error is null) outcome = await RunAsync(w, load);

        Assert.Contains(told, outcome.Error, StringComparison.Ordinal);
    }

    private Task<World> WorldAsync(Shelf shelf) => World.CreateAsync(db, configure: services => services.AddSingleton<IPullIntake>(shelf));

    private static PullPlanLoad Load(string yaml)
    {
        PullPlanLoad load = PullPlanLoad.Read(yaml);
        Assert.Empty(load.Errors);
        return load;
    }

    private static async Task<PullOutcome> RunAsync(World w, PullPlanLoad load)
    {
        w.Time.Advance(TimeSpan.FromHours(1));
        return (await w.Get<PullRunner>().RunAsync(load, new PullRunRequest("t"), null, default))!;
    }

    /// <summary>Keeps visits as the gateway would: by key, the same content once.</summary>
    private sealed class Shelf : IPullIntake
    {
        private readonly Dictionary<string, string> kept = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Visit> visits = new(StringComparer.Ordinal);

        public List<string> Keys { get; } = [];

        public Func<Task>? Meanwhile { get; set; }

        public Visit Of(string key) => visits[key];

        public async Task<PullTaken> TakeAsync(PullPlan plan, IReadOnlyList<VisitReading> readings, CancellationToken ct)
        {
            if (Meanwhile is not null) await Meanwhile();
            (int stored, int same) = (0, 0);
            List<PullRefusal> refused = [];
            foreach (VisitReading reading in readings)
            {
                if (!reading.IsUsable)
                {
                    refused.Add(new PullRefusal(reading.Visit!.Key, PullRunner.Told(reading.Problems[0])));
                    continue;
                }

                string key = reading.Visit!.Key;
                using MemoryStream json = new();
                VisitJsonWriter.Write(json, reading.Visit);
                string content = Convert.ToBase64String(json.ToArray());
                Keys.Add(key);
                if (kept.TryGetValue(key, out string? before) && before == content) same++;
                else stored++;
                (kept[key], visits[key]) = (content, reading.Visit);
            }

            return new PullTaken(stored, same, refused);
        }
    }
}

public sealed class PullRunOnSqliteTests() : PullRunTests(Db.Sqlite);

public sealed class PullRunOnPostgresTests() : PullRunTests(Db.Postgres);
