using LienThong.Gateway.Jobs;
using LienThong.Gateway.Submission;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Jobs;

/// <summary>What holds for recurring jobs on both databases.</summary>
public abstract class JobSchedulerTests(Db db)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);

    [Fact]
    public async Task Each_job_runs_at_the_start_and_again_after_its_pause()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        Counted often = new("often", Soon), seldom = new("seldom", Never);
        await using (await JobNode.StartAsync(w, often.Job, seldom.Job))
            await Task.WhenAll(often.EndOf(4), seldom.EndOf(1));

        Assert.Equal(1, seldom.Runs);
        JobState shown = Assert.Single(await JobNode.Book(w, seldom.Job).ListAsync(default));
        Assert.Equal(0, shown.Last!.Failures);
        Assert.Null(shown.Last.Error);
        Assert.Equal(Never, shown.Last.NextAt - shown.Last.EndedAt);
    }

    [Fact]
    public async Task A_job_that_fails_runs_again_and_its_failure_stays_readable()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        TaskCompletionSource mayRecover = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Counted failing = new("failing", Soon, async (run, _) =>
        {
            if (run <= 2)
                throw new InvalidOperationException("không được");
            await mayRecover.Task;
        });
        await using JobNode node = await JobNode.StartAsync(w, failing.Job);
        await failing.EndOf(2);
        JobRun seen = await NotedAsync(w, failing, r => r.Failures == 2);
        Assert.Equal("InvalidOperationException: không được", seen.Error);
        Assert.Equal(["failing"], await JobNode.Book(w, failing.Job).TroubledAsync(default));

        mayRecover.SetResult();

        JobRun well = await NotedAsync(w, failing, r => r.Failures == 0);
        Assert.Equal((seen.FailedAt, seen.Error), (well.FailedAt, well.Error));
        Assert.Empty(await JobNode.Book(w, failing.Job).TroubledAsync(default));
    }

    [Fact]
    public async Task A_signal_runs_a_job_before_its_time()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        using WorkSignal signal = new();
        Counted woken = new("woken", Never, signal: signal);
        await using JobNode node = await JobNode.StartAsync(w, woken.Job);
        await woken.EndOf(1);

        for (int run = 2; run <= 4; run++)
        {
            signal.Pulse();
            await woken.EndOf(run);
        }
    }

    [Fact]
    public async Task A_signal_during_a_run_means_another_run_after_it()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        using WorkSignal signal = new();
        TaskCompletionSource inside = new(TaskCreationOptions.RunContinuationsAsynchronously), mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Counted woken = new("woken", Never, async (run, _) =>
        {
            if (run > 1)
                return;
            inside.SetResult();
            await mayEnd.Task;
        }, signal);
        await using JobNode node = await JobNode.StartAsync(w, woken.Job);
        await inside.Task.WaitAsync(JobNode.Generous);
        signal.Pulse();
        mayEnd.SetResult();

        await woken.EndOf(2);

        Assert.Equal(1, woken.Most);
    }

    [Fact]
    public async Task Stopping_lets_a_running_job_end()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        TaskCompletionSource inside = new(TaskCreationOptions.RunContinuationsAsynchronously), mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool asked = false;
        Counted slow = new("slow", Never, async (_, ct) =>
        {
            inside.SetResult();
            await mayEnd.Task;
            asked = ct.IsCancellationRequested;
        });
        await using JobNode node = await JobNode.StartAsync(w, slow.Job);
        await inside.Task.WaitAsync(JobNode.Generous);
        Task stop = node.StopAsync();
        Assert.False(stop.IsCompleted);
        mayEnd.SetResult();

        await stop.WaitAsync(JobNode.Generous);

        Assert.False(asked);
        Assert.NotNull(Assert.Single(await JobNode.Book(w, slow.Job).ListAsync(default)).Last);
    }

    [Fact]
    public async Task A_job_that_takes_too_long_is_broken_off_when_the_server_stops()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        TaskCompletionSource inside = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Counted endless = new("endless", Never, async (_, ct) =>
        {
            inside.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        });
        await using JobNode node = await JobNode.StartAsync(w, null, JobNode.Quick with { StopPatience = TimeSpan.FromMilliseconds(50) }, endless.Job);
        await inside.Task.WaitAsync(JobNode.Generous);

        await node.StopAsync().WaitAsync(JobNode.Generous);

        await endless.EndOf(1);
        Assert.Null(Assert.Single(await JobNode.Book(w, endless.Job).ListAsync(default)).Last);
    }

    [Fact]
    public async Task The_jobs_of_the_product_all_run()
    {
        await using World w = await World.CreateAsync(db);
        JobScheduler scheduler = w.Get<JobScheduler>();
        await scheduler.StartAsync(default);
        JobBook book = w.Get<JobBook>();
        IReadOnlyList<JobState> all = await book.ListAsync(default);
        using (CancellationTokenSource limit = new(JobNode.Generous))
        {
            while (all.Any(j => j.Last is null))
            {
                await Task.Delay(20, limit.Token);
                all = await book.ListAsync(default);
            }
        }
        await scheduler.StopAsync(default);

        Assert.Equal(["deadlines", "duties", "exceptions", "certificates", "cards", "access"], all.Select(j => j.Name));
        Assert.All(all, j => Assert.Null(j.Last!.Error));
    }

    private static async Task<JobRun> NotedAsync(World w, Counted job, Func<JobRun, bool> wanted)
    {
        using CancellationTokenSource limit = new(JobNode.Generous);
        while (true)
        {
            if (Assert.Single(await JobNode.Book(w, job.Job).ListAsync(default)).Last is { } run && wanted(run))
                return run;
            await Task.Delay(20, limit.Token);
        }
    }
}

public sealed class JobSchedulerOnSqliteTests() : JobSchedulerTests(Db.Sqlite);

public sealed class JobSchedulerOnPostgresTests() : JobSchedulerTests(Db.Postgres);
