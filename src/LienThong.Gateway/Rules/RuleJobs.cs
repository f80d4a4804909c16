using System.Collections.Concurrent;
using LienThong.Gateway.Access;
using Microsoft.Extensions.Logging;

namespace LienThong.Gateway.Rules;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>Another one runs first.</summary>
    Waiting,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Broken off.</summary>
    Failed,
}

/// <summary>Longer work over many records, with its progress.</summary>
public sealed class RuleJob
{
    private int done;

    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it does, in Vietnamese.</summary>
    public required string Title { get; init; }

    /// <summary>Facility it works for.</summary>
    public required string Facility { get; init; }

    /// <summary>Who started it.</summary>
    public required string StartedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public JobState State { get; internal set; }

    /// <summary>Records to look at; 0 while they are being found.</summary>
    public int Total { get; private set; }

    /// <summary>Records looked at.</summary>
    public int Done => Volatile.Read(ref done);

    /// <summary>What it found so far; null before it began.</summary>
    public TrialResult? Result { get; private set; }

    /// <summary>Whether it is over.</summary>
    public bool IsOver => State is JobState.Done or JobState.Failed;

    internal void Begin(int total, TrialResult result) => (Total, Result) = (total, result);

    internal void Step() => Interlocked.Increment(ref done);
}

/// <summary>Runs such work one at a time in the background. Jobs live in memory: after a restart they are gone, what they stored stays.</summary>
public sealed partial class RuleJobs(TimeProvider time, ILogger<RuleJobs> logger) : IDisposable
{
    private const int Kept = 50;
    private readonly ConcurrentDictionary<Guid, RuleJob> jobs = new();
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly CancellationTokenSource stop = new();

    /// <summary>A job of the caller's facilities; null when unknown, forgotten or out of scope.</summary>
    public RuleJob? Find(Caller caller, Guid id) => jobs.TryGetValue(id, out RuleJob? job) && caller.Scope.Holds(job.Facility) ? job : null;

    internal RuleJob Start(Caller caller, string facility, string title, Func<RuleJob, CancellationToken, Task> work)
    {
        RuleJob job = new() { Id = Guid.CreateVersion7(time.GetUtcNow()), Title = title, Facility = facility, StartedBy = caller.Name, StartedAt = time.GetUtcNow() };
        foreach (RuleJob old in jobs.Values.Where(j => j.IsOver).OrderByDescending(j => j.Id).Skip(Kept - 1))
            jobs.TryRemove(old.Id, out _);
        jobs[job.Id] = job;
        _ = Task.Run(() => RunAsync(job, work), CancellationToken.None);
        return job;
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Cancel();

    private async Task RunAsync(RuleJob job, Func<RuleJob, CancellationToken, Task> work)
    {
        try
        {
            await one.WaitAsync(stop.Token);
            try
            {
                job.State = JobState.Running;
                await work(job, stop.Token);
                job.State = JobState.Done;
            }
            finally
            {
                one.Release();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            job.State = JobState.Failed;
        }
        catch (Exception e)
        {
            job.State = JobState.Failed;
            Failed(e, job.Id);
        }
    }

    [LoggerMessage(EventId = 4311, Level = LogLevel.Error, Message = "Job {Job} over stored records failed")]
    private partial void Failed(Exception error, Guid job);
}
