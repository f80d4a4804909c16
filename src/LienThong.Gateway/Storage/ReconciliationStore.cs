using LienThong.Gateway.Access;
using LienThong.Gateway.Receipts;

namespace LienThong.Gateway.Storage;

/// <summary>Comparisons with lists of the portal: runs, their rows while they are open, differences.</summary>
internal sealed class ReconciliationStore(Database database)
{
    private static readonly string[] RowNames =
        ["run_id", "row_key", "number", "facility", "line", "ma_lk", "ma_giao_dich", "received", "ngay_ra", "total", "fund", "verdict", "code", "message"];

    private static readonly string[] DifferenceNames =
        ["run_id", "ordinal", "facility", "kind", "ma_lk", "record_id", "version", "field", "ours", "theirs", "code", "message", "line"];

    /// <summary>A new run, being read.</summary>
    public async Task AddAsync(ReconciliationRunRow run, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync("""
            INSERT INTO reconciliation_run (run_id, facility, kind, state, file_name, content_ref, sha256, as_of, seen_until, simulator, repeats, range_by, row_count, refused, confirmed,
              expected, counts, problems, more_problems, stage, cursor_key, cursor_number, done, differences, actor, created_at, updated_at)
            VALUES (@RunId, @Facility, @Kind, 'Reading', @FileName, @ContentRef, @Sha256, @AsOf, @AsOf, 0, @Repeats, '', 0, 0, 0, '{}', '{}', '[]', 0, 'Rows', '', 0, 0, 0,
              @Actor, @CreatedAt, @CreatedAt)
            """, run, ct);
        await session.CommitAsync(ct);
    }

    /// <summary>Puts rows of a list aside, in bulk.</summary>
    public async Task StageAsync(ReconciliationRunRow run, IReadOnlyList<PortalRow> rows, long first, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.InsertManyAsync("reconciliation_row", RowNames, [.. rows.Select((r, i) => new object?[]
        {
            run.RunId, r.Key, first + i, run.Facility, r.Line, r.MaLk, r.Transaction, r.Received, r.NgayRa, RecordChanges.Thousandths(r.Total), RecordChanges.Thousandths(r.Fund),
            r.Verdict.ToString(), r.Code, r.Text,
        })], ct);
        await session.CommitAsync(ct);
    }

    /// <summary>Keeps what reading and preview found.</summary>
    public async Task SavePreviewAsync(ReconciliationRunRow run, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync("""
            UPDATE reconciliation_run SET state = 'Previewed', kind = @Kind, simulator = @Simulator, seen_until = @SeenUntil, range_by = @RangeBy, range_from = @RangeFrom,
              range_to = @RangeTo, row_count = @RowCount, refused = @Refused, expected = @Expected, problems = @Problems, more_problems = @MoreProblems, updated_at = @now
            WHERE run_id = @RunId AND state = 'Reading'
            """, new
        {
            run.RunId,
            run.Kind,
            run.Simulator,
            run.SeenUntil,
            run.RangeBy,
            run.RangeFrom,
            run.RangeTo,
            run.RowCount,
            run.Refused,
            run.Expected,
            run.Problems,
            run.MoreProblems,
            now = database.Now,
        }, ct);
        await session.CommitAsync(ct);
    }

    /// <summary>A run; null when unknown or out of scope.</summary>
    public async Task<ReconciliationRunRow?> FindAsync(Caller caller, Guid run, CancellationToken ct) =>
        (await database.QueryAsync<ReconciliationRunRow>(
            caller, $"SELECT {ReconciliationRunRow.Columns} FROM reconciliation_run WHERE run_id = @run AND {"{scope}"}", new { run = run.ToString() }, ct)).SingleOrDefault();

    /// <summary>Runs before a moment, newest first; those still being read aren't shown.</summary>
    public Task<List<ReconciliationRunRow>> ListAsync(Caller caller, long at, string id, int take, CancellationToken ct) =>
        database.QueryAsync<ReconciliationRunRow>(caller, $"""
            SELECT {ReconciliationRunRow.Columns} FROM reconciliation_run
            WHERE {"{scope}"} AND state <> 'Reading' AND (created_at, run_id) < (@at, @id) ORDER BY created_at DESC, run_id DESC LIMIT @take
            """, new { at, id, take }, ct);

    /// <summary>The run that applied these bytes for a facility; null when none did.</summary>
    public async Task<string?> AppliedBeforeAsync(string facility, string sha256, CancellationToken ct) =>
        (await database.QueryUnscopedAsync<string>("""
            SELECT run_id FROM reconciliation_run WHERE sha256 = @sha256 AND facility = @facility AND state IN ('Applying', 'Done') AND repeats IS NULL
            ORDER BY created_at LIMIT 1
            """, new { facility, sha256 }, ct)).SingleOrDefault();

    /// <summary>Lets a previewed run be applied.</summary>
    /// <returns>Whether it was waiting for that.</returns>
    public static async Task<bool> ApplyAsync(WriteSession session, Guid run, string actor, bool confirmed, string? repeats, CancellationToken ct) =>
        await session.ExecuteAsync("""
            UPDATE reconciliation_run SET state = 'Applying', applied_by = @actor, confirmed = @confirmed, repeats = COALESCE(repeats, @repeats), updated_at = @now
            WHERE run_id = @run AND state = 'Previewed'
            """, new { run = run.ToString(), actor, confirmed = confirmed ? 1 : 0, repeats, now = session.Database.Now }, ct) == 1;

    /// <summary>Takes a run that is being applied and that nobody works on; null when there is none.</summary>
    public async Task<ReconciliationRunRow?> ClaimAsync(Guid? run, string owner, TimeSpan lease, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        List<ReconciliationRunRow> free = await session.QueryUnscopedAsync<ReconciliationRunRow>($"""
            SELECT {ReconciliationRunRow.Columns} FROM reconciliation_run
            WHERE state = 'Applying' AND (leased_until IS NULL OR leased_until <= @now) AND (@run IS NULL OR run_id = @run) ORDER BY created_at, run_id LIMIT 1 {"{lock}"}
            """, new { now = database.Now, run = run?.ToString() }, ct);
        if (free.Count == 0)
            return null;
        await session.ExecuteAsync(
            "UPDATE reconciliation_run SET lease_owner = @owner, leased_until = @until WHERE run_id = @RunId", new { owner, until = database.Now + (long)lease.TotalMilliseconds, free[0].RunId }, ct);
        await session.CommitAsync(ct);
        return free[0];
    }

    /// <summary>Gives a run back.</summary>
    public async Task ReleaseAsync(ReconciliationRunRow run, string owner, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync(
            "UPDATE reconciliation_run SET lease_owner = NULL, leased_until = NULL WHERE run_id = @RunId AND lease_owner = @owner", new { run.RunId, owner }, ct);
        await session.CommitAsync(ct);
    }

    /// <summary>Moves a run on with the page it has done, and keeps the lease.</summary>
    /// <returns>Whether it is still ours; otherwise nothing of this page may be committed.</returns>
    public static async Task<bool> AdvanceAsync(WriteSession session, ReconciliationRunRow run, string owner, TimeSpan lease, CancellationToken ct)
    {
        long now = session.Database.Now;
        return await session.ExecuteAsync("""
            UPDATE reconciliation_run SET stage = @Stage, cursor_key = @CursorKey, cursor_number = @CursorNumber, done = @Done, counts = @Counts, differences = @Differences,
              state = @state, finished_at = @finished, updated_at = @now, leased_until = @until
            WHERE run_id = @RunId AND state = 'Applying' AND lease_owner = @owner
            """, new
        {
            run.RunId,
            run.Stage,
            run.CursorKey,
            run.CursorNumber,
            run.Done,
            run.Counts,
            run.Differences,
            state = run.Stage == "Done" ? "Done" : "Applying",
            finished = run.Stage == "Done" ? now : (long?)null,
            owner,
            now,
            until = now + (long)lease.TotalMilliseconds,
        }, ct) == 1;
    }

    /// <summary>The next rows of a run, by key.</summary>
    public static Task<List<StagedRow>> PageAsync(WriteSession session, ReconciliationRunRow run, int take, CancellationToken ct) =>
        session.QueryUnscopedAsync<StagedRow>("""
            SELECT row_key, number, line, ma_lk, ma_giao_dich, received, ngay_ra, total, fund, verdict, code, message FROM reconciliation_row
            WHERE run_id = @RunId AND row_key > @CursorKey ORDER BY row_key, number LIMIT @take
            """, new { run.RunId, run.CursorKey, take }, ct);

    /// <summary>All rows of one key, for keys with more rows than a page.</summary>
    public static Task<List<StagedRow>> RowsOfAsync(WriteSession session, ReconciliationRunRow run, string key, int take, CancellationToken ct) =>
        session.QueryUnscopedAsync<StagedRow>("""
            SELECT row_key, number, line, ma_lk, ma_giao_dich, received, ngay_ra, total, fund, verdict, code, message FROM reconciliation_row
            WHERE run_id = @RunId AND row_key = @key ORDER BY number LIMIT @take
            """, new { run.RunId, key, take }, ct);

    /// <summary>Removes some rows of a run.</summary>
    /// <returns>Rows removed; 0 when none is left.</returns>
    public static Task<int> DropRowsAsync(WriteSession session, string run, int take, CancellationToken ct) => session.ExecuteAsync("""
        DELETE FROM reconciliation_row WHERE run_id = @run AND (row_key, number) IN (SELECT row_key, number FROM reconciliation_row WHERE run_id = @run LIMIT @take)
        """, new { run, take }, ct);

    /// <summary>Adds differences; they get the run's next numbers.</summary>
    public static Task AddDifferencesAsync(WriteSession session, ReconciliationRunRow run, IReadOnlyList<DifferenceDraft> differences, CancellationToken ct)
    {
        long first = run.Differences + 1;
        run.Differences += differences.Count;
        return differences.Count == 0 ? Task.CompletedTask : session.InsertManyAsync("reconciliation_difference", DifferenceNames, [.. differences.Select((d, i) => new object?[]
        {
            run.RunId, first + i, run.Facility, d.Kind.ToString(), d.MaLk, d.RecordId, d.Version, d.Field, d.Ours, d.Theirs, d.Code, d.Message, d.Line,
        })], ct);
    }

    /// <summary>Differences of a run after one of them, with the state of their records now.</summary>
    public Task<List<DifferenceRow>> DifferencesAsync(Caller caller, Guid run, DifferenceKind? kind, long after, int take, CancellationToken ct) =>
        database.QueryAsync<DifferenceRow>(caller, """
            SELECT d.ordinal, d.kind, d.ma_lk, d.record_id, d.version, v.state, d.field, d.ours, d.theirs, d.code, d.message, d.line
            FROM (SELECT * FROM reconciliation_difference WHERE run_id = @run AND {scope} AND (@kind = '' OR kind = @kind) AND ordinal > @after ORDER BY ordinal LIMIT @take) d
            LEFT JOIN record_version v ON v.record_id = d.record_id AND v.is_current = 1 ORDER BY d.ordinal
            """, new { run = run.ToString(), kind = kind?.ToString() ?? "", after, take }, ct);

    /// <summary>How many differences of each kind a run has.</summary>
    public async Task<IReadOnlyDictionary<DifferenceKind, long>> CountDifferencesAsync(Caller caller, Guid run, CancellationToken ct) =>
        (await database.QueryAsync<(string Kind, long Count)>(
            caller, "SELECT kind, COUNT(*) FROM reconciliation_difference WHERE run_id = @run AND {scope} GROUP BY kind", new { run = run.ToString() }, ct))
            .ToDictionary(c => Enum.Parse<DifferenceKind>(c.Kind), c => c.Count);

    /// <summary>Removes runs that nobody applied.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DropForgottenAsync(long before, CancellationToken ct)
    {
        List<string> runs = await database.QueryUnscopedAsync<string>(
            "SELECT run_id FROM reconciliation_run WHERE state IN ('Reading', 'Previewed') AND updated_at < @before LIMIT 20", new { before }, ct);
        foreach (string run in runs)
            await DropAsync(run, ct);
        return runs.Count;
    }

    /// <summary>Removes a run that wasn't applied, with its rows.</summary>
    public async Task DropAsync(string run, CancellationToken ct)
    {
        int dropped;
        do
        {
            await using WriteSession rows = await database.BeginAsync(ct);
            // Locked, so that nobody begins to apply what is being removed.
            if (await rows.ExecuteAsync("UPDATE reconciliation_run SET state = 'Reading' WHERE run_id = @run AND state IN ('Reading', 'Previewed')", new { run }, ct) == 0)
                return;
            dropped = await DropRowsAsync(rows, run, 20_000, ct);
            await rows.CommitAsync(ct);
        }
        while (dropped > 0);
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync("DELETE FROM reconciliation_run WHERE run_id = @run AND state = 'Reading'", new { run }, ct);
        await session.CommitAsync(ct);
    }
}
