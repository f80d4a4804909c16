using LienThong.Gateway.Access;
using LienThong.Gateway.Intake.Pull;

namespace LienThong.Gateway.Storage;

/// <summary>How far sources were read, who reads them, and what of them couldn't be taken.</summary>
internal sealed class PullStore(Database database)
{
    private static readonly string[] RefusedNames = ["facility", "source", "key", "problem", "at"];
    private static readonly string[] KeyNames = ["facility", "source", "key"];

    /// <summary>Makes a source known, unless its facility isn't.</summary>
    public async Task EnsureAsync(string facility, string source, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync("""
            INSERT INTO pull_source (facility, source, paused, wanted, plan_hash, next_at, failures, stored, same)
            SELECT facility, @source, 0, 0, '', 0, 0, 0, 0 FROM facility WHERE facility = @facility ON CONFLICT DO NOTHING
            """, new { facility, source }, ct);
        await session.CommitAsync(ct);
    }

    /// <summary>Sources of the caller's facilities.</summary>
    public Task<List<PullRow>> ListAsync(Caller caller, CancellationToken ct) =>
        database.QueryAsync<PullRow>(caller, $"SELECT {PullRow.Columns} FROM pull_source s WHERE {"{scope}"} ORDER BY facility, source", null, ct);

    /// <summary>A source; null when unknown or not the caller's.</summary>
    public async Task<PullRow?> FindAsync(Caller caller, string facility, string source, CancellationToken ct) => (await database.QueryAsync<PullRow>(
        caller, $"SELECT {PullRow.Columns} FROM pull_source s WHERE {"{scope}"} AND facility = @facility AND source = @source", new { facility, source }, ct)).FirstOrDefault();

    /// <summary>Takes a source that nobody reads; null when it is being read, paused or not due.</summary>
    /// <param name="plan">The source.</param>
    /// <param name="owner">Who reads it from now on.</param>
    /// <param name="lease">For how long, unless renewed.</param>
    /// <param name="now">Whether it is read although it isn't due or is paused.</param>
    /// <param name="ct">Stops.</param>
    public async Task<PullRow?> ClaimAsync(PullPlan plan, string owner, TimeSpan lease, bool now, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        int taken = await session.ExecuteAsync("""
            UPDATE pull_source SET lease_owner = @owner, leased_until = @until, started_at = @now
            WHERE facility = @Facility AND source = @Name AND (leased_until IS NULL OR leased_until <= @now)
              AND (@any = 1 OR (paused = 0 AND (next_at <= @now OR wanted = 1)))
            """, new { owner, plan.Facility, plan.Name, now = database.Now, until = database.Now + (long)lease.TotalMilliseconds, any = now ? 1 : 0 }, ct);
        if (taken == 0) return null;
        PullRow row = (await session.QueryUnscopedAsync<PullRow>(
            $"SELECT {PullRow.Columns} FROM pull_source s WHERE facility = @Facility AND source = @Name", new { plan.Facility, plan.Name }, ct))[0];
        await session.CommitAsync(ct);
        return row;
    }

    /// <summary>Keeps a lease.</summary>
    /// <returns>Whether it still was ours and the source isn't paused.</returns>
    public async Task<bool> RenewAsync(PullPlan plan, string owner, TimeSpan lease, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        int kept = await session.ExecuteAsync(
            "UPDATE pull_source SET leased_until = @until WHERE facility = @Facility AND source = @Name AND lease_owner = @owner AND leased_until > @now",
            new { owner, plan.Facility, plan.Name, now = database.Now, until = database.Now + (long)lease.TotalMilliseconds }, ct);
        await session.CommitAsync(ct);
        return kept == 1;
    }

    /// <summary>Notes that a batch was taken: from here on the next pass goes on behind it.</summary>
    /// <returns>Whether the lease still was ours; otherwise nothing is noted.</returns>
    public async Task<bool> AdvanceAsync(PullPlan plan, string owner, PullAdvance advance, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        int kept = await session.ExecuteAsync("""
            UPDATE pull_source SET watermark = COALESCE(@Watermark, watermark), watermark_key = COALESCE(@Key, watermark_key), stored = stored + @Stored, same = same + @Same
            WHERE facility = @Facility AND source = @Name AND lease_owner = @owner
            """, new { advance.Watermark, advance.Key, advance.Stored, advance.Same, plan.Facility, plan.Name, owner }, ct);
        if (kept == 0) return false;
        await session.ExecuteManyAsync(
            "DELETE FROM pull_refused WHERE facility = @facility AND source = @source AND visit_key = @key", KeyNames,
            [.. advance.Keys.Union(advance.Refused.Select(r => r.Key), StringComparer.Ordinal).Select(k => new object?[] { plan.Facility, plan.Name, k })], ct);
        await session.ExecuteManyAsync(
            "INSERT INTO pull_refused (facility, source, visit_key, problem, refused_at) VALUES (@facility, @source, @key, @problem, @at)", RefusedNames,
            [.. advance.Refused.Select(r => new object?[] { plan.Facility, plan.Name, r.Key, r.Problem, database.Now })], ct);
        await session.CommitAsync(ct);
        return true;
    }

    /// <summary>Ends a pass and says when the next is due.</summary>
    public async Task EndAsync(PullPlan plan, string owner, string? error, TimeSpan next, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync("""
            UPDATE pull_source SET lease_owner = NULL, leased_until = NULL, finished_at = @now, next_at = @next, wanted = 0, plan_hash = @Hash,
              failures = CASE WHEN @error IS NULL THEN 0 ELSE failures + 1 END, last_error = @error,
              last_error_at = CASE WHEN @error IS NULL THEN last_error_at ELSE @now END
            WHERE facility = @Facility AND source = @Name AND lease_owner = @owner
            """, new { owner, error, plan.Hash, plan.Facility, plan.Name, now = database.Now, next = database.Now + (long)next.TotalMilliseconds }, ct);
        await session.CommitAsync(ct);
    }

    /// <summary>Lets a pass begin somewhere else.</summary>
    public async Task ResetAsync(PullPlan plan, string owner, string actor, string watermark, string key, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync(
            "UPDATE pull_source SET watermark = @watermark, watermark_key = @key WHERE facility = @Facility AND source = @Name AND lease_owner = @owner",
            new { watermark, key, plan.Facility, plan.Name, owner }, ct);
        session.Audit(plan.Facility, actor, "pull.from", plan.Name, watermark);
        await session.CommitAsync(ct);
    }

    /// <summary>Pauses a source, lets it go on, or asks for a pass now.</summary>
    /// <returns>Whether the caller has such a source.</returns>
    public async Task<bool> SetAsync(Caller caller, string facility, string source, bool? paused, bool wanted, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        List<string> found = await session.QueryAsync<string>(
            caller, $"SELECT source FROM pull_source WHERE {"{scope}"} AND facility = @facility AND source = @source {"{lock}"}", new { facility, source }, ct);
        if (found.Count == 0) return false;
        await session.ExecuteAsync(
            "UPDATE pull_source SET paused = COALESCE(@paused, paused), wanted = @wanted WHERE facility = @facility AND source = @source",
            new { paused = paused is { } p ? (p ? 1 : 0) : (int?)null, wanted = wanted ? 1 : 0, facility, source }, ct);
        session.Audit(facility, caller.Name, wanted ? "pull.now" : paused == true ? "pull.pause" : "pull.resume", source);
        await session.CommitAsync(ct);
        return true;
    }

    /// <summary>Keys of visits that couldn't be taken.</summary>
    public Task<List<string>> RefusedKeysAsync(PullPlan plan, CancellationToken ct) => database.QueryUnscopedAsync<string>(
        "SELECT visit_key FROM pull_refused WHERE facility = @Facility AND source = @Name ORDER BY visit_key", new { plan.Facility, plan.Name }, ct);

    /// <summary>Visits that couldn't be taken, newest first.</summary>
    public Task<List<PullRefusedRow>> RefusedAsync(Caller caller, string facility, string source, int take, CancellationToken ct) => database.QueryAsync<PullRefusedRow>(caller, $"""
        SELECT visit_key, problem, refused_at FROM pull_refused WHERE {"{scope}"} AND facility = @facility AND source = @source
        ORDER BY refused_at DESC, visit_key LIMIT @take
        """, new { facility, source, take }, ct);

    /// <summary>Sources whose last pass failed and that aren't paused.</summary>
    public async Task<long> FailingAsync(CancellationToken ct) =>
        (await database.QueryUnscopedAsync<long>("SELECT COUNT(*) FROM pull_source WHERE failures > 0 AND paused = 0", null, ct))[0];
}

/// <summary>What a batch changed.</summary>
/// <param name="Watermark">Where the next pass goes on; null when it stays.</param>
/// <param name="Key">Key of the last visit there.</param>
/// <param name="Keys">Keys of the batch.</param>
/// <param name="Refused">Those of them that couldn't be taken.</param>
/// <param name="Stored">New visits and new versions.</param>
/// <param name="Same">Visits that were here already.</param>
internal sealed record PullAdvance(string? Watermark, string? Key, IReadOnlyCollection<string> Keys, IReadOnlyCollection<PullRefusal> Refused, long Stored, long Same);

internal sealed class PullRefusedRow
{
    public string VisitKey { get; init; } = "";
    public string Problem { get; init; } = "";
    public long RefusedAt { get; init; }
}

internal sealed class PullRow
{
    public const string Columns = """
        facility, source, paused, wanted, watermark, watermark_key, plan_hash, next_at, failures, last_error, last_error_at, started_at, finished_at, stored, same,
        leased_until, (SELECT COUNT(*) FROM pull_refused r WHERE r.facility = s.facility AND r.source = s.source) AS refused
        """;

    public string Facility { get; init; } = "";
    public string Source { get; init; } = "";
    public int Paused { get; init; }
    public int Wanted { get; init; }
    public string? Watermark { get; init; }
    public string? WatermarkKey { get; init; }
    public string PlanHash { get; init; } = "";
    public long NextAt { get; init; }
    public int Failures { get; init; }
    public string? LastError { get; init; }
    public long? LastErrorAt { get; init; }
    public long? StartedAt { get; init; }
    public long? FinishedAt { get; init; }
    public long Stored { get; init; }
    public long Same { get; init; }
    public long? LeasedUntil { get; init; }
    public long Refused { get; init; }
}
