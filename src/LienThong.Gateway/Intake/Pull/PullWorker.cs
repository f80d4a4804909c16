using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>Reads sources when they are due while the server runs, each on its own, so that one that is slow or down doesn't hold the others up.</summary>
public sealed partial class PullWorker : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private readonly PullDesk desk;
    private readonly PullRunner runner;
    private readonly Database database;
    private readonly PullStore store;
    private readonly ILogger<PullWorker> logger;
    private readonly Dictionary<string, Task> running = new(StringComparer.Ordinal);

    internal PullWorker(PullDesk desk, PullRunner runner, Database database, PullStore store, ILogger<PullWorker> logger) =>
        (this.desk, this.runner, this.database, this.store, this.logger) = (desk, runner, database, store, logger);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StartDueAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(e, "");
            }

            await Task.Delay(Poll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(running.Values);
    }

    private async Task StartDueAsync(CancellationToken ct)
    {
        IReadOnlyList<PullFile> files = await desk.FilesAsync(ct);
        if (files.Count == 0) return;
        Dictionary<(string, string), PullRow> rows = (await store.ListAsync(Caller.System(), ct)).ToDictionary(r => (r.Facility, r.Source));
        foreach (PullPlanLoad load in files.Select(f => f.Load))
        {
            if (load.Plan is not { } plan || (running.TryGetValue($"{plan.Facility}/{plan.Name}", out Task? task) && !task.IsCompleted)) continue;
            if (rows.TryGetValue((plan.Facility, plan.Name), out PullRow? row) && (row.Paused == 1 || (row.Wanted == 0 && row.NextAt > database.Now))) continue;
            running[$"{plan.Facility}/{plan.Name}"] = Task.Run(() => PassAsync(load, ct), CancellationToken.None);
        }
    }

    private async Task PassAsync(PullPlanLoad load, CancellationToken ct)
    {
        try
        {
            if (await runner.RunAsync(load, new PullRunRequest("system"), null, ct) is { Error: { } error }) NotRead(load.Plan!.Name, error);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The next start goes on.
        }
        catch (Exception e)
        {
            Failed(e, load.Plan!.Name);
        }
    }

    [LoggerMessage(EventId = 4501, Level = LogLevel.Error, Message = "Pulling from source {Source} failed inside the gateway; it goes on when its lease ends")]
    private partial void Failed(Exception error, string source);

    [LoggerMessage(EventId = 4502, Level = LogLevel.Warning, Message = "Source {Source} couldn't be read, tried again later: {Reason}")]
    private partial void NotRead(string source, string reason);
}
