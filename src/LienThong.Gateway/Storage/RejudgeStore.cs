using LienThong.Gateway.Access;
using LienThong.Gateway.Rejudging;

namespace LienThong.Gateway.Storage;

/// <summary>Runs that judge stored records again, and the records they still have to look at.</summary>
internal sealed class RejudgeStore(Database database)
{
    private const string Open = "'Received', 'Invalid', 'Ready', 'Held', 'Signed'";
    private static readonly string[] RecordNames = ["run", "facility", "record"];

    /// <summary>Facilities with records of the selection, with how many.</summary>
    public Task<List<FacilityCount>> CountAsync(Caller caller, RejudgeSelection s, CancellationToken ct) => database.QueryAsync<FacilityCount>(caller, $"""
        SELECT facility, COUNT(*) AS count FROM record_version
        WHERE {"{scope}"} AND is_current = 1 AND (@only IS NULL OR facility = @only) AND ngay_ra >= @from AND ngay_ra <= @to
          AND (@sent = 1 OR state IN ({Open}))
        GROUP BY facility ORDER BY facility
        """, new { only = s.Facility, from = FromDay(s), to = ToDay(s), sent = s.IncludeSent ? 1 : 0 }, ct);

    /// <summary>Which of the named records the caller may see, by facility.</summary>
    public async Task<List<NamedRecord>> NamedAsync(Caller caller, RejudgeSelection s, CancellationToken ct)
    {
        List<NamedRecord> found = [];
        foreach (Guid[] ids in s.Records!.Distinct().Chunk(1000))
        {
            found.AddRange(await database.QueryAsync<NamedRecord>(caller, $"""
                SELECT facility, record_id FROM record_version
                WHERE {"{scope}"} AND is_current = 1 AND {"{in:record_id:@ids}"} AND (@only IS NULL OR facility = @only) AND (@sent = 1 OR state IN ({Open}))
                """, new { ids = database.Dialect.List(ids.Select(i => i.ToString())), only = s.Facility, sent = s.IncludeSent ? 1 : 0 }, ct));
        }
        return found;
    }

    public static async Task AddAsync(
        WriteSession session, Guid run, RejudgeSelection s, string actor, FacilityCount facility, IReadOnlyList<NamedRecord> named, CancellationToken ct)
    {
        await session.ExecuteAsync("""
            INSERT INTO rejudge_run (run_id, facility, state, from_day, to_day, rule, include_sent, listed, reason, actor, total, done, changed, now_ready,
              now_invalid, cursor_day, cursor_id, started_at, updated_at)
            VALUES (@run, @facility, 'Running', @from, @to, @rule, @sent, @listed, @reason, @actor, @total, 0, 0, 0, 0, @from, '', @now, @now)
            """, new
        {
            run = run.ToString(),
            facility = facility.Facility,
            from = FromDay(s),
            to = ToDay(s),
            rule = s.Rule ?? "",
            sent = s.IncludeSent ? 1 : 0,
            listed = s.Records is null ? 0 : 1,
            reason = s.Reason,
            actor,
            total = facility.Count,
            now = session.Database.Now,
        }, ct);
        await session.ExecuteManyAsync(
            "INSERT INTO rejudge_record (run_id, facility, record_id) VALUES (@run, @facility, @record)", RecordNames,
            [.. named.Select(n => new object?[] { run.ToString(), n.Facility, n.RecordId })], ct);
    }

    /// <summary>Runs of the caller's facilities, newest first; one row per facility.</summary>
    public Task<List<RejudgeRow>> ListAsync(Caller caller, Guid? run, int take, CancellationToken ct) => database.QueryAsync<RejudgeRow>(caller, $"""
        SELECT {RejudgeRow.Columns} FROM rejudge_run
        WHERE {"{scope}"} AND (@run IS NULL OR run_id = @run) ORDER BY started_at DESC, run_id DESC, facility LIMIT @take
        """, new { run = run?.ToString(), take }, ct);

    /// <summary>Takes a run's part that nobody works on; null when there is none.</summary>
    public async Task<RejudgeRow?> ClaimAsync(Guid? run, string owner, TimeSpan lease, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        long now = database.Now;
        List<RejudgeRow> free = await session.QueryUnscopedAsync<RejudgeRow>($"""
            SELECT {RejudgeRow.Columns} FROM rejudge_run
            WHERE state = 'Running' AND (leased_until IS NULL OR leased_until <= @now) AND (@run IS NULL OR run_id = @run)
            ORDER BY started_at, run_id, facility LIMIT 1 {"{lock}"}
            """, new { now, run = run?.ToString() }, ct);
        if (free.Count == 0)
            return null;
        await session.ExecuteAsync(
            "UPDATE rejudge_run SET lease_owner = @owner, leased_until = @until WHERE run_id = @RunId AND facility = @Facility",
            new { owner, until = now + (long)lease.TotalMilliseconds, free[0].RunId, free[0].Facility }, ct);
        await session.CommitAsync(ct);
        return free[0];
    }

    /// <summary>The next records of a run's part, in the order of its cursor.</summary>
    public Task<List<StoredVersion>> PageAsync(RejudgeRow run, string day, string id, int take, CancellationToken ct) => run.Listed != 0
        ? database.QueryUnscopedAsync<StoredVersion>($"""
            SELECT {StoredVersion.Columns} FROM record_version v
            JOIN (SELECT record_id FROM rejudge_record WHERE run_id = @RunId AND facility = @Facility AND record_id > @id ORDER BY record_id LIMIT @take) n
              ON n.record_id = v.record_id
            WHERE v.is_current = 1 ORDER BY v.record_id
            """, new { run.RunId, run.Facility, id, take }, ct)
        : database.QueryUnscopedAsync<StoredVersion>($"""
            SELECT {StoredVersion.Columns} FROM record_version v
            WHERE v.facility = @Facility AND v.is_current = 1 AND (v.ngay_ra, v.record_id) > (@day, @id) AND v.ngay_ra <= @ToDay
              AND (@IncludeSent = 1 OR v.state IN ({Open}))
            ORDER BY v.ngay_ra, v.record_id LIMIT @take
            """, new { run.Facility, day, id, run.ToDay, run.IncludeSent, take }, ct);

    /// <summary>Current versions of some records.</summary>
    public Task<List<StoredVersion>> CurrentAsync(IEnumerable<string> records, CancellationToken ct) => database.QueryUnscopedAsync<StoredVersion>(
        $"SELECT {StoredVersion.Columns} FROM record_version v WHERE {"{in:v.record_id:@ids}"} AND v.is_current = 1", new { ids = database.Dialect.List(records) }, ct);

    /// <summary>Some versions of one record.</summary>
    public async Task<List<StoredVersion>> VersionsAsync(Guid record, IReadOnlyCollection<int> versions, CancellationToken ct) =>
        (await database.QueryUnscopedAsync<StoredVersion>(
            $"SELECT {StoredVersion.Columns} FROM record_version v WHERE v.record_id = @id", new { id = record.ToString() }, ct)).FindAll(v => versions.Contains(v.Version));

    /// <summary>Moves the cursor and keeps the lease.</summary>
    /// <returns>Whether the run still goes on and is ours; otherwise nothing of this page may be committed.</returns>
    public static async Task<bool> AdvanceAsync(WriteSession session, RejudgeRow run, PageResult page, string owner, TimeSpan lease, CancellationToken ct) =>
        await session.ExecuteAsync("""
            UPDATE rejudge_run SET done = done + @Done, changed = changed + @Changed, now_ready = now_ready + @NowReady, now_invalid = now_invalid + @NowInvalid,
              cursor_day = @Day, cursor_id = @Id, updated_at = @now, leased_until = @until
            WHERE run_id = @RunId AND facility = @Facility AND state = 'Running' AND lease_owner = @owner
            """, new
        {
            page.Done,
            page.Changed,
            page.NowReady,
            page.NowInvalid,
            page.Day,
            page.Id,
            run.RunId,
            run.Facility,
            owner,
            now = session.Database.Now,
            until = session.Database.Now + (long)lease.TotalMilliseconds,
        }, ct) == 1;

    /// <summary>Ends a part, or gives it back when <paramref name="state"/> is running.</summary>
    public async Task EndAsync(RejudgeRow run, RejudgeState state, string? cause, string owner, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        int touched = await session.ExecuteAsync("""
            UPDATE rejudge_run SET state = @state, cause = @cause, finished_at = @finished, updated_at = @now, lease_owner = NULL, leased_until = NULL
            WHERE run_id = @RunId AND facility = @Facility AND state = 'Running' AND lease_owner = @owner
            """, new
        {
            state = state.ToString(),
            cause,
            owner,
            run.RunId,
            run.Facility,
            now = database.Now,
            finished = state == RejudgeState.Running ? (long?)null : database.Now,
        }, ct);
        if (touched == 1 && state == RejudgeState.Done)
        {
            await session.ExecuteAsync("DELETE FROM rejudge_record WHERE run_id = @RunId AND facility = @Facility", run, ct);
            session.Audit(run.Facility, run.Actor, "rejudge.done", run.RunId);
        }
        await session.CommitAsync(ct);
    }

    /// <summary>Moves the parts of a run that the caller may see from some states to another.</summary>
    /// <returns>Parts moved.</returns>
    public async Task<int> SetAsync(Caller caller, Guid run, IReadOnlyCollection<RejudgeState> from, RejudgeState to, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        List<string> facilities = await session.QueryAsync<string>(caller, $"""
            SELECT facility FROM rejudge_run WHERE {"{scope}"} AND run_id = @run AND {"{in:state:@from}"} {"{lock}"}
            """, new { run = run.ToString(), from = database.Dialect.List(from.Select(f => f.ToString())) }, ct);
        foreach (string facility in facilities)
        {
            await session.ExecuteAsync("""
                UPDATE rejudge_run SET state = @to, cause = NULL, lease_owner = NULL, leased_until = NULL, updated_at = @now, finished_at = @finished
                WHERE run_id = @run AND facility = @facility
                """, new
            {
                to = to.ToString(),
                run = run.ToString(),
                facility,
                now = database.Now,
                finished = to == RejudgeState.Stopped ? database.Now : (long?)null,
            }, ct);
            session.Audit(facility, caller.Name, "rejudge." + to.ToString().ToLowerInvariant(), run.ToString());
        }
        await session.CommitAsync(ct);
        return facilities.Count;
    }

    /// <summary>Which of these records' versions a worker is signing or sending right now.</summary>
    public static async Task<HashSet<string>> LeasedAsync(WriteSession session, IEnumerable<string> records, CancellationToken ct) =>
        [.. await session.QueryUnscopedAsync<string>(
            "SELECT record_id FROM work_item WHERE {in:record_id:@ids} AND status = 'Leased'", new { ids = session.Database.Dialect.List(records) }, ct)];

    private static string FromDay(RejudgeSelection s) => s.From?.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture) ?? "";

    private static string ToDay(RejudgeSelection s) => s.To is { } to ? to.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture) + "9999" : "9";
}

internal sealed class FacilityCount
{
    public string Facility { get; init; } = "";
    public long Count { get; init; }
}

internal sealed class NamedRecord
{
    public string Facility { get; init; } = "";
    public string RecordId { get; init; } = "";
}

/// <summary>What a page of a run did.</summary>
internal sealed record PageResult(int Done, int Changed, int NowReady, int NowInvalid, string Day, string Id);

/// <summary>A current version with its findings, to be judged again.</summary>
internal sealed class StoredVersion
{
    public const string Columns = """
        v.record_id, v.version, v.facility, v.origin, v.content_ref, v.ngay_ra, v.findings,
        (SELECT COUNT(*) FROM record_facts f JOIN version_claim c ON c.record_id = f.record_id AND c.version = f.version
         WHERE f.record_id = v.record_id AND f.version = v.version) AS has_facts
        """;

    public string RecordId { get; init; } = "";
    public int Version { get; init; }
    public string Facility { get; init; } = "";
    public string Origin { get; init; } = "";
    public string ContentRef { get; init; } = "";
    public string NgayRa { get; init; } = "";
    public byte[]? Findings { get; init; }
    public long HasFacts { get; init; }
}

internal sealed class RejudgeRow
{
    public const string Columns = """
        run_id, facility, state, from_day, to_day, rule, include_sent, listed, reason, actor, total, done, changed, now_ready, now_invalid, cursor_day,
        cursor_id, cause, started_at, updated_at, finished_at
        """;

    public string RunId { get; init; } = "";
    public string Facility { get; init; } = "";
    public string State { get; init; } = "";
    public string FromDay { get; init; } = "";
    public string ToDay { get; init; } = "";
    public string Rule { get; init; } = "";
    public int IncludeSent { get; init; }
    public int Listed { get; init; }
    public string Reason { get; init; } = "";
    public string Actor { get; init; } = "";
    public long Total { get; init; }
    public long Done { get; init; }
    public long Changed { get; init; }
    public long NowReady { get; init; }
    public long NowInvalid { get; init; }
    public string CursorDay { get; init; } = "";
    public string CursorId { get; init; } = "";
    public string? Cause { get; init; }
    public long StartedAt { get; init; }
    public long UpdatedAt { get; init; }
    public long? FinishedAt { get; init; }
}
