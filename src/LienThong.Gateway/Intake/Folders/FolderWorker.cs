using System.Collections.Concurrent;
using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LienThong.Gateway.Intake.Folders;

/// <summary>Looks at all watched folders; one that can't be reached is tried less and less often, and logged once an hour.</summary>
public sealed partial class FolderWatch
{
    private static readonly TimeSpan NotedEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LoggedEvery = TimeSpan.FromHours(1);
    private readonly WatchedFolderStore store;
    private readonly FolderRun run;
    private readonly FolderOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly ConcurrentDictionary<(Guid, DateTimeOffset), Watch> watches = [];

    internal FolderWatch(WatchedFolderStore store, FolderRun run, FolderOptions options, TimeProvider time, ILogger<FolderWatch> logger) =>
        (this.store, this.run, this.options, this.time, this.logger) = (store, run, options, time, logger);

    /// <summary>One look at every active folder that is due.</summary>
    /// <returns>How many files were taken.</returns>
    public async Task<int> LookAsync(CancellationToken ct)
    {
        int taken = 0;
        foreach (WatchedFolder folder in await DueAsync(ct))
            taken += await LookAsync(folder, ct);
        return taken;
    }

    /// <summary>Active folders nobody looks at just now and whose time has come.</summary>
    internal async Task<List<WatchedFolder>> DueAsync(CancellationToken ct)
    {
        List<WatchedFolder> folders = (await store.ListAsync(Caller.System(), ct)).FindAll(f => f.Active);
        foreach ((Guid, DateTimeOffset) gone in watches.Keys.Except(folders.Select(Key)))
            watches.TryRemove(gone, out _);
        return folders.FindAll(f => !watches.TryGetValue(Key(f), out Watch? watch) || (watch.Due <= time.GetUtcNow() && Volatile.Read(ref watch.Busy) == 0));
    }

    /// <summary>One look at a folder.</summary>
    internal async Task<int> LookAsync(WatchedFolder folder, CancellationToken ct)
    {
        Watch watch = watches.GetOrAdd(Key(folder), _ => new Watch(new FolderScan(options.StableLooks)));
        if (Interlocked.Exchange(ref watch.Busy, 1) != 0)
            return 0;
        try
        {
            int taken = await run.LookAsync(folder, watch.Scan, ct);
            await ReachedAsync(folder, watch, ct);
            return taken;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await FailedAsync(folder, watch, e, ct);
            return 0;
        }
        finally
        {
            Volatile.Write(ref watch.Busy, 0);
        }
    }

    private async Task ReachedAsync(WatchedFolder folder, Watch watch, CancellationToken ct)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (watch.Wait > TimeSpan.Zero)
            Reached(folder.Id, folder.Facility);
        if (watch.Wait > TimeSpan.Zero || folder.Failure is not null || now - watch.NotedAt >= NotedEvery)
        {
            await store.SeenAsync(folder.Id, null, ct);
            watch.NotedAt = now;
        }
        (watch.Wait, watch.Due, watch.LoggedAt) = (TimeSpan.Zero, now, null);
    }

    private async Task FailedAsync(WatchedFolder folder, Watch watch, Exception e, CancellationToken ct)
    {
        DateTimeOffset now = time.GetUtcNow();
        watch.Wait = watch.Wait == TimeSpan.Zero ? options.Poll : TimeSpan.FromTicks(Math.Min(watch.Wait.Ticks * 2, options.LongestWait.Ticks));
        watch.Due = now + watch.Wait;
        string said = FolderPlaces.Say(e);
        if (folder.Failure != said)
            await store.SeenAsync(folder.Id, said, ct);
        if (watch.LoggedAt is { } logged && now - logged < LoggedEvery)
            return;
        watch.LoggedAt = now;
        Unreachable(folder.Id, folder.Facility, e.GetType().Name, watch.Wait.TotalSeconds);
    }

    // Changed settings are a new folder to look at.
    private static (Guid, DateTimeOffset) Key(WatchedFolder folder) => (folder.Id, folder.ChangedAt);

    [LoggerMessage(EventId = 4201, Level = LogLevel.Warning, Message = "Watched folder {Folder} of {Facility} can't be used ({Error}); tried again in {Seconds} s and less often then")]
    private partial void Unreachable(Guid folder, string facility, string error, double seconds);

    [LoggerMessage(EventId = 4202, Level = LogLevel.Information, Message = "Watched folder {Folder} of {Facility} can be used again")]
    private partial void Reached(Guid folder, string facility);

    private sealed class Watch(FolderScan scan)
    {
        public int Busy;

        public FolderScan Scan => scan;
        public TimeSpan Wait { get; set; }
        public DateTimeOffset Due { get; set; }
        public DateTimeOffset NotedAt { get; set; }
        public DateTimeOffset? LoggedAt { get; set; }
    }
}

/// <summary>Keeps looking while the server runs. A folder that hangs (a share that went away) doesn't hold up the others.</summary>
public sealed partial class FolderWorker(FolderWatch watch, FolderOptions options, Database database, ILogger<FolderWorker> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (WatchedFolder folder in await watch.DueAsync(stoppingToken))
                    _ = Task.Run(() => LookAsync(folder, stoppingToken), stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(e, database.Dialect.Name);
            }
            await Task.Delay(options.Poll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(WatchedFolder folder, CancellationToken ct)
    {
        try
        {
            await watch.LookAsync(folder, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(e, database.Dialect.Name);
        }
        catch (OperationCanceledException)
        {
            // The server stops; what was claimed is gone on with at the next start.
        }
    }

    [LoggerMessage(EventId = 4203, Level = LogLevel.Error, Message = "Looking at a watched folder failed on {Database}; it is tried again")]
    private partial void Failed(Exception error, string database);
}
