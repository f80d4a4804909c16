using Quartz;

namespace LienThong.Gateway.Jobs;

/// <summary>What Quartz calls when the time of a job has come: the key says which one. Never two runs of one key at once, on however many nodes.</summary>
[DisallowConcurrentExecution]
internal sealed class FiredJob(JobRunner runner, CancellationToken breakOff) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(breakOff, cancellationToken);
        await runner.RunAsync(context.JobDetail.Key.Name, context.Scheduler.SchedulerInstanceId, either.Token);
    }
}
