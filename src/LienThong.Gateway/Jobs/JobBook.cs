using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Jobs;

/// <summary>A recurring job and how it went last, on whichever node.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Title">What it does, Vietnamese.</param>
/// <param name="Every">Pause between two runs.</param>
/// <param name="Last">Its last run; null before the first.</param>
/// <param name="IsLate">It should have run again more than five minutes ago: no node runs the jobs, or one hangs in it.</param>
public sealed record JobState(string Name, string Title, TimeSpan Every, JobRun? Last, bool IsLate)
{
    /// <summary>Its last run failed, or it is late.</summary>
    public bool IsTroubled => IsLate || Last is { Failures: > 0 };
}

/// <summary>The last run of a job.</summary>
/// <param name="Node">Scheduler that ran it.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="NextAt">When it runs again, unless something wakes it earlier.</param>
/// <param name="Failures">Failed runs in a row; 0 when the last one went well.</param>
/// <param name="FailedAt">Last failure ever noted; null for none.</param>
/// <param name="Error">What it said, as in the log.</param>
public sealed record JobRun(string Node, DateTimeOffset StartedAt, DateTimeOffset EndedAt, DateTimeOffset NextAt, int Failures, DateTimeOffset? FailedAt, string? Error);

/// <summary>Tells how the recurring jobs go. Reads the database only, so any node and any program may ask.</summary>
public sealed class JobBook
{
    /// <summary>How late a job may be before it is told: a node that died is replaced well before.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    private readonly JobTable jobs;
    private readonly JobRunStore runs;
    private readonly TimeProvider time;

    internal JobBook(JobTable jobs, JobRunStore runs, TimeProvider time) => (this.jobs, this.runs, this.time) = (jobs, runs, time);

    /// <summary>All jobs, in the order of the table.</summary>
    public async Task<IReadOnlyList<JobState>> ListAsync(CancellationToken ct)
    {
        DateTimeOffset now = time.GetUtcNow();
        Dictionary<string, JobRunRow> last = (await runs.ListAsync(ct)).ToDictionary(r => r.Job, StringComparer.Ordinal);
        return [.. jobs.All.Select(j =>
        {
            JobRun? run = last.TryGetValue(j.Name, out JobRunRow? row) ? Of(row) : null;
            return new JobState(j.Name, j.Title, j.Every, run, run is not null && now - run.NextAt > Late);
        })];
    }

    /// <summary>Names of jobs whose last run failed or that are late.</summary>
    public async Task<IReadOnlyList<string>> TroubledAsync(CancellationToken ct) => [.. (await ListAsync(ct)).Where(j => j.IsTroubled).Select(j => j.Name)];

    private static JobRun Of(JobRunRow row) => new(
        row.Node, ListRow.Utc(row.StartedAt), ListRow.Utc(row.EndedAt), ListRow.Utc(row.NextAt), row.Failures,
        row.FailedAt is { } at ? ListRow.Utc(at) : null, row.Error);
}
