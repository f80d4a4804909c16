using LienThong.Gateway.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LienThong.Gateway.Deadlines;

/// <summary>Keeps deadlines, incidents and duties up to date while the server runs. Everything it does may be done by several nodes at once.</summary>
public sealed partial class DeadlineWorker(
    DeadlineKeeper keeper, IncidentDesk incidents, IncidentWatch watch, DutyKeeper duties, Database database, ILogger<DeadlineWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BetweenDuties = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset dutiesAt = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await incidents.ProlongAsync(stoppingToken);
                long again = await keeper.SettleAsync(stoppingToken);
                if (again > 0)
                    Calculated(again);
                await watch.LookAsync(stoppingToken);
                if (database.Time.GetUtcNow() - dutiesAt >= BetweenDuties)
                {
                    await duties.RunAsync(stoppingToken);
                    dutiesAt = database.Time.GetUtcNow();
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Failed(e, database.Dialect.Name);
            }
            await keeper.WaitAsync(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(EventId = 4301, Level = LogLevel.Information, Message = "Deadlines of {Count} records were calculated again")]
    private partial void Calculated(long count);

    [LoggerMessage(EventId = 4302, Level = LogLevel.Error, Message = "Looking after deadlines failed on {Database}; it is done again soon")]
    private partial void Failed(Exception error, string database);
}
