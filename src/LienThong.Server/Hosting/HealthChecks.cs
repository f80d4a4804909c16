using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Intake.Pull;
using LienThong.Gateway.Jobs;
using LienThong.Gateway.Receipts;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;

namespace LienThong.Server.Hosting;

/// <summary>State of the machine room, for monitors. No names, no numbers of patients.</summary>
/// <param name="Status"><c>ok</c>, <c>warn</c> (works, look soon) or <c>down</c> (doesn't work).</param>
/// <param name="Checks">Each part with its own status and, unless ok, what is wrong.</param>
public sealed record HealthReport(string Status, IReadOnlyDictionary<string, HealthCheck> Checks);

/// <summary>State of one part.</summary>
/// <param name="Status">As in <see cref="HealthReport"/>.</param>
/// <param name="Detail">What is wrong, in English for monitors; null when ok.</param>
public sealed record HealthCheck(string Status, string? Detail = null)
{
    internal static HealthCheck Ok { get; } = new("ok");
}

/// <summary>Looks at database, archive, workers, recurring jobs, sources of visits, disk, certificates, check-ins, further destinations and watched folders.</summary>
internal sealed class HealthChecks(ServerOptions options, Database database, IServiceProvider services, TimeProvider time, ILogger<HealthChecks> logger)
{
    // Anyone may ask, and the archive is checked by writing to it: however often it is asked for, it is looked at once in two seconds.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private Seen? last;

    public async Task<HealthReport> CheckAsync(CancellationToken ct)
    {
        if (last is { } seen && time.GetElapsedTime(seen.At) < Fresh)
            return seen.Report;
        HealthReport report = await LookAsync(ct);
        last = new Seen(time.GetTimestamp(), report);
        return report;
    }

    private async Task<HealthReport> LookAsync(CancellationToken ct)
    {
        Dictionary<string, HealthCheck> checks = new(StringComparer.Ordinal)
        {
            ["database"] = await TryAsync("database", async () => await database.QueryUnscopedAsync<long>("SELECT 1", null, ct)),
            ["archive"] = await TryAsync("archive", () => services.GetRequiredService<IArchive>().ProbeAsync(ct)),
            ["worker"] = Worker(),
            ["sources"] = await SourcesAsync(ct),
            ["disk"] = Disk(),
        };
        checks["certificates"] = checks["database"].Status == "ok" ? await CertificatesAsync(ct) : HealthCheck.Ok;
        checks["checkIns"] = checks["database"].Status == "ok" ? await CheckInsAsync(ct) : HealthCheck.Ok;
        checks["deliveries"] = checks["database"].Status == "ok" ? await DeliveriesAsync(ct) : HealthCheck.Ok;
        checks["jobs"] = checks["database"].Status == "ok" ? await JobsAsync(ct) : HealthCheck.Ok;
        checks["folders"] = checks["database"].Status == "ok" ? await FoldersAsync(ct) : HealthCheck.Ok;
        checks["reconciliation"] = checks["database"].Status == "ok" ? await ReconciliationAsync(ct) : HealthCheck.Ok;
        string status = checks.Values.Any(c => c.Status == "down") ? "down" : checks.Values.Any(c => c.Status == "warn") ? "warn" : "ok";
        return new HealthReport(status, checks);
    }

    private async Task<HealthCheck> TryAsync(string part, Func<Task> look)
    {
        try
        {
            await look();
            return HealthCheck.Ok;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The address and the driver's text stay in the log: this answer is for anyone.
            logger.LogError(e, "Health check of {Part} failed", part);
            return new HealthCheck("down", $"{part} does not answer; see the log");
        }
    }

    private HealthCheck Worker()
    {
        if (!options.RunsWorkers)
            return new HealthCheck("ok", "runs elsewhere");
        return services.GetRequiredService<SubmissionWorker>().ExecuteTask is { IsCompleted: false }
            ? HealthCheck.Ok
            : new HealthCheck("down", "submission worker has stopped");
    }

    // Which facility's stays on the page: this answer is for anyone.
    private async Task<HealthCheck> CertificatesAsync(CancellationToken ct)
    {
        DateTimeOffset now = time.GetUtcNow();
        List<SigningKeyView> current = [.. (await services.GetRequiredService<SigningKeys>().ListAsync(Caller.System(), ct))
            .Where(k => k.State != SigningKeyState.Retired).GroupBy(k => k.Facility, StringComparer.Ordinal).Select(f => f.FirstOrDefault(k => k.State == SigningKeyState.InUse) ?? f.First())];
        int expired = current.Count(k => k.NotAfter < now), soon = current.Count(k => k.NotAfter >= now && CertificateWatch.StepOf(k.NotAfter - now) is not null);
        int locked = current.Count(k => k.State == SigningKeyState.Locked);
        return expired + soon + locked == 0 ? HealthCheck.Ok : new HealthCheck("warn", $"{expired} signing certificates expired, {soon} expire within 30 days, {locked} locked after a wrong PIN");
    }

    private async Task<HealthCheck> ReconciliationAsync(CancellationToken ct)
    {
        UnconfirmedCounts counts = await services.GetRequiredService<UnconfirmedReceipts>().CountAsync(Caller.System(), ct);
        return counts.Due + counts.Closed == 0
            ? HealthCheck.Ok : new HealthCheck("warn", $"{counts.Due} records not confirmed by a list of the portal 45 days after sending, {counts.Closed} whose result the portal no longer shows");
    }

    private async Task<HealthCheck> CheckInsAsync(CancellationToken ct)
    {
        IReadOnlyList<CheckInAges> ages = await CheckInQueries.AgesAsync(database, Caller.System(), ct);
        (long late, long alert) = (ages.Sum(a => a.Late), ages.Sum(a => a.Alert));
        return late + alert == 0 ? HealthCheck.Ok : new HealthCheck("warn", $"{alert} check-ins unsent beyond the alert age, {late} beyond the warning age");
    }

    private async Task<HealthCheck> DeliveriesAsync(CancellationToken ct)
    {
        if (options.RunsWorkers && services.GetRequiredService<DeliveryWorker>().ExecuteTask is not { IsCompleted: false })
            return new HealthCheck("down", "delivery worker has stopped");
        int paused = (await services.GetRequiredService<ChannelDesk>().ListAsync(Caller.System(), ct)).Count(c => c.Enabled && c.PausedCause is not null);
        return paused == 0 ? HealthCheck.Ok : new HealthCheck("warn", $"{paused} further destination(s) wait for a person");
    }

    private async Task<HealthCheck> JobsAsync(CancellationToken ct)
    {
        if (!options.RunsWorkers)
            return new HealthCheck("ok", "run elsewhere");
        if (services.GetRequiredService<JobScheduler>().ExecuteTask is not { IsCompleted: false })
            return new HealthCheck("down", "the scheduler of recurring jobs has stopped");
        IReadOnlyList<string> troubled = await services.GetRequiredService<JobBook>().TroubledAsync(ct);
        return troubled.Count == 0 ? HealthCheck.Ok : new HealthCheck("warn", $"recurring jobs that failed or are late: {string.Join(", ", troubled)}");
    }

    private async Task<HealthCheck> FoldersAsync(CancellationToken ct)
    {
        int failing = await services.GetRequiredService<WatchedFolderStore>().CountFailingAsync(ct);
        return failing == 0 ? HealthCheck.Ok : new HealthCheck("warn", $"{failing} watched folders can't be reached");
    }

    private async Task<HealthCheck> SourcesAsync(CancellationToken ct)
    {
        try
        {
            // Asked for only here: without its archive there is no desk, and that must still be told.
            int failing = await services.GetRequiredService<PullDesk>().FailingAsync(ct);
            return failing == 0 ? HealthCheck.Ok : new HealthCheck("warn", $"{failing} source(s) of visits can't be read; see the page of sources");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The checks of database and archive say what is down.
            return new HealthCheck("warn", "not known while database or archive do not answer");
        }
    }

    private HealthCheck Disk()
    {
        long free = new DriveInfo(Path.GetFullPath(options.Gateway.DataFolder)).AvailableFreeSpace;
        return free >= options.LowDiskBytes ? HealthCheck.Ok : new HealthCheck("warn", $"{free / (1024 * 1024)} MiB free");
    }

    private sealed record Seen(long At, HealthReport Report);
}

/// <summary><c>GET /health</c>.</summary>
internal static class HealthEndpoint
{
    public static void MapHealth(this IEndpointRouteBuilder app) => app.MapGet("/health", async (HealthChecks checks, CancellationToken ct) =>
    {
        HealthReport report = await checks.CheckAsync(ct);
        return TypedResults.Json(report, statusCode: report.Status == "down" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }).AllowAnonymous().WithTags("Health").WithSummary("State of database, archive, workers, recurring jobs, sources of visits, disk, certificates, check-ins, further destinations and watched folders").Produces<HealthReport>().Produces<HealthReport>(503);
}
