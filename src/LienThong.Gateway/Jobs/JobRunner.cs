using LienThong.Gateway.Storage;
using Microsoft.Extensions.Logging;

namespace LienThong.Gateway.Jobs;

/// <summary>Runs a job once and notes how it went. A job that fails is logged and comes again at its time.</summary>
internal sealed partial class JobRunner(JobTable jobs, JobRunStore runs, Database database, ILogger<JobRunner> logger)
{
    /// <summary>Runs the job of a name.</summary>
    /// <param name="name">Name of the job. One this program doesn't have (a newer node added it) is left to other nodes.</param>
    /// <param name="node">Who runs it.</param>
    /// <param name="ct">Asks the job to break off; the rest is done the next time.</param>
    public async Task RunAsync(string name, string node, CancellationToken ct)
    {
        if (jobs.Find(name) is not { } job)
        {
            Unknown(name);
            return;
        }
        long startedAt = database.Now;
        Exception? error = null;
        try
        {
            long done = await job.RunAsync(ct);
            if (done > 0)
                Did(name, done);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            BrokenOff(name);
            return;
        }
        catch (Exception e)
        {
            Failed(e, name, job.Every.TotalSeconds, database.Dialect.Name);
            error = e;
        }
        await NoteAsync(job, node, startedAt, error, ct);
    }

    private async Task NoteAsync(RecurringJob job, string node, long startedAt, Exception? error, CancellationToken ct)
    {
        long now = database.Now;
        try
        {
            await runs.NoteAsync(new JobRunRow
            {
                Job = job.Name,
                Node = node,
                StartedAt = startedAt,
                EndedAt = now,
                NextAt = now + (long)job.Every.TotalMilliseconds,
                FailedAt = error is null ? null : now,
                Error = error is null ? null : Short($"{error.GetType().Name}: {error.Message}"),
            }, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // The work itself is done or is done again; only the page shows an older run.
            NotNoted(e, job.Name);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private static string Short(string text) => text.Length <= 500 ? text : text[..500] + "…";

    [LoggerMessage(EventId = 4701, Level = LogLevel.Information, Message = "Job {Job}: {Count} done")]
    private partial void Did(string job, long count);

    [LoggerMessage(EventId = 4702, Level = LogLevel.Error, Message = "Job {Job} failed on {Database}; it is run again in {Seconds} s")]
    private partial void Failed(Exception error, string job, double seconds, string database);

    [LoggerMessage(EventId = 4703, Level = LogLevel.Information, Message = "Job {Job} was broken off because the server stops; the rest is done later")]
    private partial void BrokenOff(string job);

    [LoggerMessage(EventId = 4704, Level = LogLevel.Warning, Message = "The run of job {Job} couldn't be noted in the database")]
    private partial void NotNoted(Exception error, string job);

    [LoggerMessage(EventId = 4705, Level = LogLevel.Warning, Message = "Job {Job} isn't known to this version of the program; nodes of a newer version run it")]
    private partial void Unknown(string job);
}
