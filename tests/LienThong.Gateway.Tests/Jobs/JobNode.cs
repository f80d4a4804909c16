using System.Collections.Concurrent;
using LienThong.Gateway.Jobs;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Gateway.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LienThong.Gateway.Tests.Jobs;

/// <summary>A node that runs jobs of a test on the database of a world.</summary>
internal sealed class JobNode : IAsyncDisposable
{
    /// <summary>Longest wait for something that takes moments on an idle machine.</summary>
    public static readonly TimeSpan Generous = TimeSpan.FromSeconds(120);

    private readonly JobScheduler scheduler;

    private JobNode(World world, Dialect? dialect, JobOptions? options, RecurringJob[] jobs)
    {
        JobTable table = new(jobs);
        scheduler = new JobScheduler(
            table, new JobRunner(table, Runs(world), world.Database, NullLogger<JobRunner>.Instance), Runs(world), dialect ?? world.Database.Dialect, options ?? Quick,
            NullLoggerFactory.Instance);
    }

    /// <summary>Nodes that notice soon that another is gone, and that stop soon.</summary>
    public static JobOptions Quick { get; } = new()
    {
        CheckIn = TimeSpan.FromSeconds(1),
        DeadAfter = TimeSpan.FromSeconds(2),
        Retry = TimeSpan.FromMilliseconds(200),
        StopPatience = TimeSpan.FromSeconds(30),
        BreakOffPatience = TimeSpan.FromSeconds(30),
    };

    public static async Task<JobNode> StartAsync(World world, params RecurringJob[] jobs) => await StartAsync(world, null, null, jobs);

    public static async Task<JobNode> StartAsync(World world, Dialect? dialect, JobOptions? options, params RecurringJob[] jobs)
    {
        JobNode node = new(world, dialect, options, jobs);
        await node.scheduler.StartAsync(default);
        return node;
    }

    public Task StopAsync() => scheduler.StopAsync(default);

    public async ValueTask DisposeAsync()
    {
        await scheduler.StopAsync(default);
        scheduler.Dispose();
    }

    public static JobRunStore Runs(World world) => new(world.Database);

    public static JobBook Book(World world, params RecurringJob[] jobs) => new(new JobTable(jobs), Runs(world), world.Time);
}

/// <summary>A job that counts its runs.</summary>
internal sealed class Counted(string name, TimeSpan every, Func<int, CancellationToken, Task>? work = null, WorkSignal? signal = null)
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource> ends = [];
    private int runs;
    private int running;

    public int Runs => Volatile.Read(ref runs);

    /// <summary>Most runs at the same time.</summary>
    public int Most { get; private set; }

    /// <summary>Shortest pause between the end of a run and the start of the next.</summary>
    public TimeSpan ShortestPause { get; private set; } = TimeSpan.MaxValue;

    private long lastEnd;

    public RecurringJob Job => new(name, "Việc thử", every, RunAsync, signal);

    /// <summary>The end of a run, counted from 1, on whichever node.</summary>
    public Task EndOf(int run) => End(run).Task.WaitAsync(JobNode.Generous);

    private TaskCompletionSource End(int run) => ends.GetOrAdd(run, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task<long> RunAsync(CancellationToken ct)
    {
        if (lastEnd != 0 && TimeProvider.System.GetElapsedTime(lastEnd) is var pause && pause < ShortestPause)
            ShortestPause = pause;
        Most = Math.Max(Most, Interlocked.Increment(ref running));
        int run = Interlocked.Increment(ref runs);
        try
        {
            await (work?.Invoke(run, ct) ?? Task.CompletedTask);
        }
        finally
        {
            Interlocked.Decrement(ref running);
            lastEnd = TimeProvider.System.GetTimestamp();
            End(run).TrySetResult();
        }
        return 1;
    }
}
