using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Gateway.Tests.Support;
using Npgsql;

namespace LienThong.Gateway.Tests.Jobs;

/// <summary>Several nodes with one schedule in PostgreSQL.</summary>
public sealed class SharedScheduleTests
{
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);

    [Fact]
    public async Task A_job_runs_once_whatever_the_number_of_nodes()
    {
        await using World w = await World.CreateAsync(Db.Postgres, facility: false);
        TimeSpan pause = TimeSpan.FromMilliseconds(300);
        Counted shared = new("shared", pause);
        JobNode[] nodes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => JobNode.StartAsync(w, shared.Job)));
        await shared.EndOf(8);
        foreach (JobNode node in nodes)
            await node.DisposeAsync();

        Assert.Equal(1, shared.Most);
        // Had two nodes run it at one time, there would be two runs in one pause. The store counts whole milliseconds.
        Assert.True(shared.ShortestPause > pause - TimeSpan.FromMilliseconds(10), $"{shared.ShortestPause}");
        Assert.Equal((1, 1), (await CountAsync(w, "qrtz_job_details"), await CountAsync(w, "qrtz_triggers")));
        Assert.Equal(0, await CountAsync(w, "qrtz_fired_triggers"));
    }

    [Fact]
    public async Task A_signal_on_one_of_several_nodes_means_one_run()
    {
        await using World w = await World.CreateAsync(Db.Postgres, facility: false);
        using WorkSignal here = new(), there = new();
        Counted shared = new("shared", Never);
        await using (await JobNode.StartAsync(w, shared.Job with { Signal = here }))
        await using (await JobNode.StartAsync(w, shared.Job with { Signal = there }))
        {
            await shared.EndOf(1);
            for (int run = 2; run <= 7; run++)
            {
                (run % 2 == 0 ? here : there).Pulse();
                await shared.EndOf(run);
            }
        }

        Assert.Equal((7, 1), (shared.Runs, shared.Most));
    }

    [Fact]
    public async Task When_a_node_dies_in_the_middle_of_a_job_another_goes_on_with_it()
    {
        await using World w = await World.CreateAsync(Db.Postgres, facility: false);
        PostgresDialect own = new(w.Postgres!);
        TaskCompletionSource inside = new(TaskCreationOptions.RunContinuationsAsynchronously), mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Counted dying = new("shared", TimeSpan.FromMilliseconds(200), async (_, _) =>
        {
            inside.TrySetResult();
            await mayEnd.Task;
        });
        Counted living = new("shared", TimeSpan.FromMilliseconds(200));
        await using JobNode lost = await JobNode.StartAsync(w, own, JobNode.Quick with { StopPatience = TimeSpan.Zero, BreakOffPatience = TimeSpan.Zero }, dying.Job);
        await inside.Task.WaitAsync(JobNode.Generous);
        await using JobNode other = await JobNode.StartAsync(w, living.Job);

        // Nothing reaches the database any more, no farewell either.
        own.ReleasePool();

        await living.EndOf(3);
        mayEnd.SetResult();
        await lost.StopAsync().WaitAsync(JobNode.Generous);
        Assert.Equal(1, dying.Runs);
    }

    [Fact]
    public async Task The_schedule_follows_the_program()
    {
        await using World w = await World.CreateAsync(Db.Postgres, facility: false);
        Counted kept = new("kept", Never), dropped = new("dropped", Never), slower = new("changed", TimeSpan.FromDays(2)), quicker = new("changed", TimeSpan.FromMilliseconds(50));
        await using (await JobNode.StartAsync(w, kept.Job, dropped.Job, slower.Job))
            await Task.WhenAll(kept.EndOf(1), dropped.EndOf(1), slower.EndOf(1));

        await using (await JobNode.StartAsync(w, kept.Job, quicker.Job))
            await quicker.EndOf(3);

        // What stays as it is isn't run again because a node starts.
        Assert.Equal(1, kept.Runs);
        Assert.Equal(["changed", "kept"], await ReadAsync(w, "SELECT job_name FROM qrtz_job_details ORDER BY job_name"));
        Assert.Equal(["changed 50", "kept 86400000"], await ReadAsync(w, "SELECT trigger_name || ' ' || repeat_interval FROM qrtz_simple_triggers ORDER BY trigger_name"));
        Assert.Equal(["changed", "kept"], await ReadAsync(w, "SELECT job FROM job_run ORDER BY job"));
    }

    [Fact]
    public async Task What_no_node_was_there_for_is_made_up_for_once()
    {
        await using World w = await World.CreateAsync(Db.Postgres, facility: false);
        Counted missed = new("missed", Never);
        await using (await JobNode.StartAsync(w, missed.Job))
            await missed.EndOf(1);
        // As if the nodes had been away for a year.
        long then = DateTimeOffset.UtcNow.AddDays(-365).UtcTicks;
        await using (WriteSession session = await w.Database.BeginAsync(default))
        {
            Assert.Equal(1, await session.ExecuteAsync("UPDATE qrtz_triggers SET next_fire_time = @then, start_time = @then", new { then }, default));
            await session.CommitAsync(default);
        }

        using WorkSignal signal = new();
        await using (await JobNode.StartAsync(w, missed.Job with { Signal = signal }))
        {
            await missed.EndOf(2);
            signal.Pulse();
            await missed.EndOf(3);
        }

        Assert.Equal(3, missed.Runs);
    }

    [Fact]
    public async Task A_database_that_is_not_there_yet_is_waited_for()
    {
        await using World w = await World.CreateAsync(Db.Postgres, facility: false, migrations: [.. Migration.All.Where(m => m.Name != "jobs")]);
        Counted job = new("job", Never);
        await using JobNode node = await JobNode.StartAsync(w, job.Job);

        await Migrator.ApplyAsync(w.Database);

        await job.EndOf(1);
    }

    [Fact]
    public async Task Jobs_go_on_when_the_database_is_back()
    {
        await using World w = await World.CreateAsync(Db.Postgres, facility: false);
        NpgsqlConnectionStringBuilder builder = new(w.Postgres!);
        using Line line = new(new Uri($"tcp://127.0.0.1:{builder.Port}"));
        PostgresDialect bad = new(new NpgsqlConnectionStringBuilder(builder.ToString()) { Port = line.Address.Port, Timeout = 5 }.ToString());
        Counted job = new("job", TimeSpan.FromMilliseconds(100));
        await using JobNode node = await JobNode.StartAsync(w, bad, null, job.Job);
        await job.EndOf(2);

        line.IsBroken = true;
        line.Drop();
        int before = job.Runs, refused = line.Connections;
        using (CancellationTokenSource limit = new(JobNode.Generous))
        {
            while (line.Connections < refused + 3)
                await Task.Delay(20, limit.Token);
        }
        Assert.True(job.Runs <= before + 1);
        line.IsBroken = false;

        await job.EndOf(before + 4);
        await node.StopAsync();
        bad.ReleasePool();
    }

    [Fact]
    public async Task With_sqlite_the_database_holds_no_schedule()
    {
        await using World w = await World.CreateAsync(Db.Sqlite, facility: false);

        Assert.Equal(["job_run"], await ReadAsync(w, "SELECT name FROM sqlite_master WHERE type = 'table' AND (name LIKE 'qrtz%' OR name LIKE 'job%')"));
    }

    private static async Task<long> CountAsync(World w, string table) => Assert.Single(await w.Database.QueryUnscopedAsync<long>($"SELECT COUNT(*) FROM {table}", null, default));

    private static Task<List<string>> ReadAsync(World w, string sql) => w.Database.QueryUnscopedAsync<string>(sql, null, default);
}
