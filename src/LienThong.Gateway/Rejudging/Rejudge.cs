using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Rejudging;

/// <summary>
/// Judges stored records again after a rule, a list or a setting changed. A run is persistent: it survives a restart, can be paused and
/// goes on where it stood. <see cref="RejudgeWorker"/> works it off; the command line does so itself with <see cref="RunAsync"/>.
/// </summary>
public sealed class Rejudge
{
    private static readonly RejudgeState[] Resumable = [RejudgeState.Paused, RejudgeState.Failed];
    private readonly Database database;
    private readonly RejudgeStore store;
    private readonly RejudgeRunner runner;

    internal Rejudge(Database database, RejudgeStore store, RejudgeRunner runner) => (this.database, this.store, this.runner) = (database, store, runner);

    /// <summary>Starts a run over the selected records.</summary>
    /// <param name="caller">Needs <see cref="Permissions.EditRecords"/>; only records of the caller's facilities are taken.</param>
    /// <param name="selection">Which records.</param>
    /// <param name="ct">Stops the start; a run that was started goes on.</param>
    /// <returns>The run; one without records is over at once.</returns>
    /// <exception cref="UnauthorizedAccessException">The caller lacks the permission.</exception>
    public async Task<RejudgeProgress> StartAsync(Caller caller, RejudgeSelection selection, CancellationToken ct)
    {
        Demand(caller);
        Guid run = Guid.CreateVersion7(database.Time.GetUtcNow());
        List<NamedRecord> named = selection.Records is null ? [] : await store.NamedAsync(caller, selection, ct);
        List<FacilityCount> facilities = selection.Records is null
            ? await store.CountAsync(caller, selection, ct)
            : [.. named.GroupBy(n => n.Facility, StringComparer.Ordinal).Select(g => new FacilityCount { Facility = g.Key, Count = g.Count() })];
        if (facilities.Count == 0)
            return Nothing(run, caller, selection);
        await using (WriteSession session = await database.BeginAsync(ct))
        {
            foreach (FacilityCount facility in facilities.OrderBy(f => f.Facility, StringComparer.Ordinal))
            {
                await RejudgeStore.AddAsync(session, run, selection, caller.Name, facility, [.. named.Where(n => n.Facility == facility.Facility)], ct);
                session.Audit(facility.Facility, caller.Name, "rejudge.started", run.ToString(), $"{facility.Count} {selection.Rule} {selection.Reason}".Trim());
            }
            await session.CommitAsync(ct);
        }
        runner.Wake();
        return (await FindAsync(caller, run, ct))!;
    }

    /// <summary>Stops a run until it is resumed.</summary>
    /// <returns>The run; null when unknown or not the caller's.</returns>
    public Task<RejudgeProgress?> PauseAsync(Caller caller, Guid run, CancellationToken ct) => SetAsync(caller, run, [RejudgeState.Running], RejudgeState.Paused, ct);

    /// <summary>Lets a paused or failed run go on where it stood.</summary>
    /// <returns>The run; null when unknown or not the caller's.</returns>
    public Task<RejudgeProgress?> ResumeAsync(Caller caller, Guid run, CancellationToken ct) => SetAsync(caller, run, Resumable, RejudgeState.Running, ct);

    /// <summary>Ends a run; what was judged stays judged.</summary>
    /// <returns>The run; null when unknown or not the caller's.</returns>
    public Task<RejudgeProgress?> StopAsync(Caller caller, Guid run, CancellationToken ct) =>
        SetAsync(caller, run, [RejudgeState.Running, .. Resumable], RejudgeState.Stopped, ct);

    /// <summary>A run; null when unknown or not the caller's.</summary>
    public async Task<RejudgeProgress?> FindAsync(Caller caller, Guid run, CancellationToken ct) =>
        Group(await store.ListAsync(caller, run, 1000, ct)).FirstOrDefault();

    /// <summary>The newest runs.</summary>
    public async Task<IReadOnlyList<RejudgeProgress>> ListAsync(Caller caller, CancellationToken ct) => Group(await store.ListAsync(caller, null, 200, ct));

    /// <summary>Works a run off in this process, beside a server that may do the same, and tells how far it is about five times a second.</summary>
    /// <returns>The run when it is over or paused.</returns>
    public async Task<RejudgeProgress> RunAsync(Caller caller, Guid run, Action<RejudgeProgress>? tell, CancellationToken ct)
    {
        Task work = runner.RunAsync(run, ct);
        while (true)
        {
            bool idle = work.IsCompleted;
            await work.WaitAsync(TimeSpan.FromMilliseconds(200), ct).ContinueWith(_ => { }, ct, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            RejudgeProgress progress = await FindAsync(caller, run, ct) ?? throw new InvalidOperationException($"There is no run {run}.");
            tell?.Invoke(progress);
            if (progress.IsOver || progress.State == RejudgeState.Paused)
            {
                await work;
                return progress;
            }
            if (!idle)
                continue;
            // Somebody else holds a part of it: look whether it was given up.
            await work;
            await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
            work = runner.RunAsync(run, ct);
        }
    }

    /// <summary>Judges stored records again that newly stored ones concern, without waiting for a worker.</summary>
    /// <returns>Records looked at.</returns>
    public Task<int> SettleAsync(CancellationToken ct) => runner.SettleAsync(ct);

    private async Task<RejudgeProgress?> SetAsync(Caller caller, Guid run, IReadOnlyCollection<RejudgeState> from, RejudgeState to, CancellationToken ct)
    {
        Demand(caller);
        if (await store.SetAsync(caller, run, from, to, ct) > 0)
            runner.Wake();
        return await FindAsync(caller, run, ct);
    }

    private RejudgeProgress Nothing(Guid run, Caller caller, RejudgeSelection selection)
    {
        DateTimeOffset now = database.Time.GetUtcNow();
        return new RejudgeProgress(run, [], RejudgeState.Done, 0, 0, 0, 0, 0, caller.Name, selection.Reason, null, now, now, now);
    }

    private static void Demand(Caller caller)
    {
        if (!caller.May(Permissions.EditRecords))
            throw new UnauthorizedAccessException($"Judging stored records again takes {Permissions.EditRecords}.");
    }

    private static List<RejudgeProgress> Group(List<RejudgeRow> rows) => [.. rows.GroupBy(r => r.RunId, StringComparer.Ordinal).Select(g => Sum([.. g]))];

    private static RejudgeProgress Sum(List<RejudgeRow> parts)
    {
        RejudgeState[] states = [.. parts.Select(p => Enum.Parse<RejudgeState>(p.State))];
        RejudgeState state = Array.Find([RejudgeState.Running, RejudgeState.Paused, RejudgeState.Failed, RejudgeState.Stopped], s => states.Contains(s)) is var found
            && states.Contains(found) ? found : RejudgeState.Done;
        RejudgeRow first = parts[0];
        return new RejudgeProgress(
            Guid.Parse(first.RunId), [.. parts.Select(p => p.Facility)], state, parts.Sum(p => p.Total), parts.Sum(p => p.Done), parts.Sum(p => p.Changed),
            parts.Sum(p => p.NowReady), parts.Sum(p => p.NowInvalid), first.Actor, first.Reason, parts.Find(p => p.Cause is not null)?.Cause,
            ListRow.Utc(first.StartedAt), ListRow.Utc(parts.Max(p => p.UpdatedAt)),
            parts.TrueForAll(p => p.FinishedAt is not null) ? ListRow.Utc(parts.Max(p => p.FinishedAt!.Value)) : null);
    }
}
