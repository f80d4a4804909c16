using LienThong.Gateway.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace LienThong.Gateway.Jobs;

/// <summary>
/// Runs the recurring jobs while the server runs (decision 0005). With PostgreSQL the nodes share one schedule and a job runs on one of them
/// at a time; with SQLite the schedule is in memory. A database that is away at the start is tried again; later Quartz itself goes on when it is back.
/// </summary>
public sealed partial class JobScheduler : BackgroundService
{
    private readonly JobTable jobs;
    private readonly JobRunner runner;
    private readonly JobRunStore runs;
    private readonly Dialect dialect;
    private readonly JobOptions options;
    private readonly ILoggerFactory logs;
    private readonly ILogger logger;

    internal JobScheduler(JobTable jobs, JobRunner runner, JobRunStore runs, Dialect dialect, JobOptions options, ILoggerFactory logs) =>
        (this.jobs, this.runner, this.runs, this.dialect, this.options, this.logs, logger) = (jobs, runner, runs, dialect, options, logs, logs.CreateLogger<JobScheduler>());

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                NotSetUp(e, dialect.Name, options.Retry.TotalSeconds);
            }
            await Task.Delay(options.Retry, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        using CancellationTokenSource breakOff = new();
        // A container of its own, so that it ends with the scheduler, and a new one can be made after a failure.
        await using ServiceProvider services = new ServiceCollection().AddSingleton(logs).AddQuartz(quartz => Configure(quartz, breakOff.Token)).BuildServiceProvider();
        IScheduler scheduler = await services.GetRequiredService<ISchedulerFactory>().GetScheduler(stopping);
        try
        {
            await JobSchedule.MatchAsync(scheduler, jobs.All, stopping);
            await runs.KeepOnlyAsync([.. jobs.All.Select(j => j.Name)], stopping);
            await scheduler.Start(stopping);
            Started(scheduler.SchedulerInstanceId, jobs.All.Count);
            await Task.WhenAll(jobs.All.Select(j => WakeAsync(scheduler, j, stopping)));
        }
        finally
        {
            await StopAsync(scheduler, breakOff);
        }
    }

    private void Configure(IQuartzBuilder quartz, CancellationToken breakOff)
    {
        quartz.AddJobType(_ => new FiredJob(runner, breakOff));
        // One thread for each job: none waits until another is done.
        quartz.UseDefaultThreadPool(jobs.All.Count);
        JobStore.Use(quartz, dialect, options);
    }

    /// <summary>Runs a job before its time whenever somebody signals it, on whichever node is free.</summary>
    private async Task WakeAsync(IScheduler scheduler, RecurringJob job, CancellationToken stopping)
    {
        if (job.Signal is not { } signal)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stopping);
            return;
        }
        while (true)
        {
            await signal.WaitAsync(Timeout.InfiniteTimeSpan, stopping);
            try
            {
                await scheduler.TriggerJob(JobSchedule.KeyOf(job.Name), stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                // Nothing is lost: it runs at its time.
                NotWoken(e, job.Name, job.Every.TotalSeconds);
            }
        }
    }

    private async Task StopAsync(IScheduler scheduler, CancellationTokenSource breakOff)
    {
        Task ended = scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None).AsTask();
        await Task.WhenAny(ended, Task.Delay(options.StopPatience));
        if (!ended.IsCompleted)
        {
            await breakOff.CancelAsync();
            await Task.WhenAny(ended, Task.Delay(options.BreakOffPatience));
        }
        if (!ended.IsCompleted)
            StoppedWithout();
    }

    [LoggerMessage(EventId = 4711, Level = LogLevel.Information, Message = "Recurring jobs: node {Node} runs {Count} jobs together with whoever shares its database")]
    private partial void Started(string node, int count);

    [LoggerMessage(EventId = 4712, Level = LogLevel.Error, Message = "Recurring jobs can't be set up on {Database}; tried again in {Seconds} s")]
    private partial void NotSetUp(Exception error, string database, double seconds);

    [LoggerMessage(EventId = 4713, Level = LogLevel.Warning, Message = "Job {Job} couldn't be woken before its time; it runs within {Seconds} s")]
    private partial void NotWoken(Exception error, string job, double seconds);

    [LoggerMessage(EventId = 4714, Level = LogLevel.Warning, Message = "A job didn't break off in time; the server stops without it, and other nodes go on with it")]
    private partial void StoppedWithout();
}
