using LienThong.Gateway.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LienThong.Gateway.Receipts;

/// <summary>Applies lists while the server runs, also those a crash has left, and removes lists that nobody applied.</summary>
public sealed partial class ReconciliationWorker : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly ReconciliationRunner runner;
    private readonly Database database;
    private readonly ILogger<ReconciliationWorker> logger;

    internal ReconciliationWorker(ReconciliationRunner runner, Database database, ILogger<ReconciliationWorker> logger) =>
        (this.runner, this.database, this.logger) = (runner, database, logger);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await runner.RunAsync(null, stoppingToken);
                await runner.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Failed(e, database.Dialect.Name);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(EventId = 4401, Level = LogLevel.Error, Message = "Applying a list of the portal failed on {Database}; it goes on in 5 s")]
    private partial void Failed(Exception error, string database);
}
