namespace LienThong.Gateway.Storage;

/// <summary>How the last run of each recurring job went.</summary>
internal sealed class JobRunStore(Database database)
{
    /// <summary>Notes a run that has ended. A failure stays readable until the job has failed again; <c>failures</c> counts those in a row.</summary>
    public async Task NoteAsync(JobRunRow run, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync("""
            INSERT INTO job_run (job, node, started_at, ended_at, next_at, failures, failed_at, error)
            VALUES (@Job, @Node, @StartedAt, @EndedAt, @NextAt, CASE WHEN @Error IS NULL THEN 0 ELSE 1 END, @FailedAt, @Error)
            ON CONFLICT (job) DO UPDATE SET node = excluded.node, started_at = excluded.started_at, ended_at = excluded.ended_at, next_at = excluded.next_at,
              failures = CASE WHEN excluded.error IS NULL THEN 0 ELSE job_run.failures + 1 END,
              failed_at = COALESCE(excluded.failed_at, job_run.failed_at), error = COALESCE(excluded.error, job_run.error)
            """, run, ct);
        await session.CommitAsync(ct);
    }

    /// <summary>Forgets jobs this program doesn't have any more.</summary>
    public async Task KeepOnlyAsync(IReadOnlyList<string> names, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync("DELETE FROM job_run WHERE NOT {in:job:@names}", new { names = database.Dialect.List(names) }, ct);
        await session.CommitAsync(ct);
    }

    /// <summary>Last runs of all jobs that have run.</summary>
    public Task<List<JobRunRow>> ListAsync(CancellationToken ct) =>
        database.QueryUnscopedAsync<JobRunRow>("SELECT job, node, started_at, ended_at, next_at, failures, failed_at, error FROM job_run", null, ct);
}

/// <summary>The last run of a job.</summary>
internal sealed class JobRunRow
{
    public string Job { get; init; } = "";

    public string Node { get; init; } = "";

    public long StartedAt { get; init; }

    public long EndedAt { get; init; }

    /// <summary>When it runs again unless somebody wakes it.</summary>
    public long NextAt { get; init; }

    /// <summary>Failed runs in a row; not written from here.</summary>
    public int Failures { get; init; }

    public long? FailedAt { get; init; }

    public string? Error { get; init; }
}
